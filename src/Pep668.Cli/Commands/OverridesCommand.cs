using System.CommandLine;
using Pep668.Discovery;
using Pep668.Discovery.Resolution;
using Pep668.Machines;
using Pep668.Pip.Settings;

namespace Pep668.Cli.Commands;

/// <summary><c>pep668 overrides</c>: what <c>Get-PipOverride</c> gives.</summary>
internal static class OverridesCommand
{
    internal static Command Create(Machine machine, Output output)
    {
        Argument<string?> environment = EnvironmentArgument.Create();
        var json = new Option<bool>("--json") { Description = "A JSON array." };
        var root = new Option<string?>("--root") { Description = "A folder that stands for /.", HelpName = "folder" };
        var command =
            new Command("overrides", "Every place that sets break-system-packages, for pip and for uv.") { environment, json, root };
        command.SetAction(result =>
        {
            if (EnvironmentArgument.MachineUnder(machine, result.GetValue(root), verify: false, output, out int code) is not Machine looked)
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
                // Most places belong to no environment: an image without any Python can have an override too.
                Outcome<PythonEnvironment> implied = new EnvironmentResolver(new EnvironmentCatalog(looked)).Implied();
                found = implied.OrNull();
                output.Notices(implied.Notices);
            }
            PipOverrideList list = PipOverrides.Find(looked, found);
            output.Notices([.. list.Problems.Select(one => new Notice(one))]);
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
                output.Note("Nothing sets break-system-packages.");
            }
            return ExitCodes.Done;
        });
        return command;
    }

    private static string[] Row(PipOverride one) =>
        [one.Tool, one.IsEffective ? "yes" : "no", one.Source.ToString(), one.Setting, one.Value.ReplaceLineEndings(" "), one.Path ?? ""];
}
