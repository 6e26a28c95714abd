using System.CommandLine;
using Pep668.Environments;
using Pep668.Machines;

namespace Pep668.Cli.Commands;

/// <summary><c>pep668 check</c>: the companion's <c>Test-ExternallyManaged</c>. Exit code 1 means managed.</summary>
internal static class CheckCommand
{
    internal static Command Create(Machine machine, Output output)
    {
        Argument<string?> environment = EnvironmentArgument.Create();
        var json = new Option<bool>("--json") { Description = "Writes the environment as a JSON array with one element." };
        var quiet = new Option<bool>("--quiet", "-q") { Description = "Writes nothing; the exit code is the answer." };
        Option<string?> root = EnvironmentArgument.Root();
        var command = new Command("check",
            "Tests whether an environment is externally managed. Exit code 1: managed; 0: not managed.") { environment, json, quiet, root };
        command.SetAction(result =>
        {
            if (EnvironmentArgument.MachineUnder(machine, result.GetValue(root), verified: null, output, out int code) is not Machine looked
                || EnvironmentArgument.Resolve(looked, result.GetValue(environment), output, out code) is not PythonEnvironment found)
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
