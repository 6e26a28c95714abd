using System.CommandLine;
using Pep668.Environments;
using Pep668.Machines;

namespace Pep668.Cli.Commands;

/// <summary><c>pep668 check</c>: the companion's <c>Test-ExternallyManaged</c>. Exit code 1 means managed.</summary>
internal static class CheckCommand
{
    internal static Command Create(Machine machine, Output output)
    {
        var environment = new EnvironmentArgument();
        Option<bool> json = CompanionOptions.Switch("--json", "Prints the environment as a JSON array with one element."),
            quiet = CompanionOptions.Switch("--quiet", "Prints nothing; the exit code is the answer.", "-q"),
            verbose = CompanionOptions.Verbose();
        Option<string?> root = EnvironmentArgument.Root();
        var command = new CompanionCommand("check",
            "Tests whether an environment is externally managed. Exit code 1: managed; 0: not managed.",
            new("check", "Tests the environment that is used in this folder."),
            new("check /usr/bin/python3 --quiet", "Tests the Python of the system, for a script."),
            new("check -E 3.12 --verbose", "Tests the first Python 3.12, and prints why it is the first."),
            new("check --root /mnt/image", "Tests the default Python of an unpacked image."))
        {
            environment.Argument, environment.Option, json, quiet, root, verbose,
        };
        command.Validators.Add(environment.RefuseBoth);
        command.SetAction(result =>
        {
            if (EnvironmentArgument.MachineUnder(machine, result.GetValue(root), verified: null, output, out int code) is not Machine looked
                || EnvironmentArgument.Resolve(looked, environment.Text(result), result.GetValue(verbose), output,
                    out code) is not PythonEnvironment found)
            {
                return code;
            }
            if (found.StdLib is null && !found.IsVirtual)
            {
                return output.Fail(EnvironmentMessages.NoMarkerFolder(found));
            }
            if (found.Health == EnvironmentHealth.Broken)
            {
                output.Notices([EnvironmentMessages.Broken(found)]);
            }
            if (result.GetValue(json) && !result.GetValue(quiet))
            {
                output.Json([found], Output.Contract.IReadOnlyListPythonEnvironment);
            }
            else if (!result.GetValue(quiet))
            {
                output.Line(CompanionMessages.Managed(found));
            }
            return found.IsExternallyManaged ? ExitCodes.Managed : ExitCodes.Done;
        });
        return command;
    }
}
