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
        var environment = new EnvironmentArgument();
        Option<bool> json = CompanionOptions.Switch("--json", "Prints a JSON array instead of a table."),
            verbose = CompanionOptions.Verbose();
        Option<string?> root = EnvironmentArgument.Root();
        var command = new CompanionCommand("overrides", "Lists every place that sets break-system-packages for pip or uv.",
            new("overrides", "Lists the overrides for the environment that is used in this folder."),
            new("overrides /usr/bin/python3 --json", "Prints the overrides for the system's Python as JSON."),
            new("overrides --root /mnt/image", "Lists the overrides of an unpacked image."))
        {
            environment.Argument, environment.Option, json, root, verbose,
        };
        command.Validators.Add(environment.RefuseBoth);
        command.SetAction(result =>
        {
            if (EnvironmentArgument.MachineUnder(machine, result.GetValue(root), verified: null, output,
                out int code) is not Machine looked)
            {
                return code;
            }
            PythonEnvironment? found = null;
            if (environment.Text(result) is string named)
            {
                found = EnvironmentArgument.Resolve(looked, named, result.GetValue(verbose), output, out code);
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
                output.Explain(implied, result.GetValue(verbose));
            }
            PipOverrideList list = PipOverrides.Find(looked, found);
            output.Notices([.. list.Problems.Select(PolicyMessages.InvalidSetting)]);
            if (result.GetValue(json))
            {
                output.Json(list.Overrides, Output.Contract.IReadOnlyListPipOverride);
            }
            else if (list.Overrides.Count > 0)
            {
                output.PathTable(["Tool", "Effective", "Source", "Setting", "Value", "Path"], list.Overrides.Select(Row), looked.Home);
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
