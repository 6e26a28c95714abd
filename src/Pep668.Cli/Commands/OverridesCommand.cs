using System.CommandLine;
using Pep668.Discovery;
using Pep668.Discovery.Resolution;
using Pep668.Machines;
using Pep668.Pip.Policy;
using Pep668.Pip.Settings;

namespace Pep668.Cli.Commands;

/// <summary><c>pep668 overrides</c>: the companion's <c>Get-PipOverride</c>.</summary>
internal static class OverridesCommand
{
    internal static Command Create(Machine machine, Output output)
    {
        Argument<string?> environment = EnvironmentArgument.Create();
        var json = new Option<bool>("--json") { Description = "Writes a JSON array instead of a table." };
        Option<string?> root = EnvironmentArgument.Root();
        var command =
            new Command("overrides", "Lists every place that sets break-system-packages for pip or uv.") { environment, json, root };
        command.SetAction(result =>
        {
            if (EnvironmentArgument.MachineUnder(machine, result.GetValue(root), verified: null, output,
                out int code) is not Machine looked)
            {
                return code;
            }
            PythonEnvironment? found = null;
            if (result.GetValue(environment) is string named)
            {
                found = EnvironmentArgument.Resolve(looked, named, output, out code);
                if (found is null)
                {
                    return code;
                }
            }
            else
            {
                // Most settings belong to no environment: an image without a Python can have an override too.
                Outcome<PythonEnvironment> implied = new EnvironmentResolver(new EnvironmentCatalog(looked)).Implied();
                found = implied.OrNull();
                output.Notices(implied.Notices);
            }
            PipOverrideList list = PipOverrides.Find(looked, found);
            output.Notices([.. list.Problems.Select(PolicyMessages.InvalidSetting)]);
            if (result.GetValue(json))
            {
                output.Json(list.Overrides, Output.Contract.IReadOnlyListPipOverride);
            }
            else if (list.Overrides.Count > 0)
            {
                output.Table(["Tool", "Effective", "Source", "Setting", "Value", "Path"], list.Overrides.Select(Row));
            }
            else
            {
                output.Note(CompanionMessages.NoOverride());
            }
            return ExitCodes.Done;
        });
        return command;
    }

    private static string[] Row(PipOverride one) =>
        [one.Tool, one.IsEffective ? "yes" : "no", one.Source.ToString(), one.Setting, one.Value.ReplaceLineEndings(" "), one.Path ?? ""];
}
