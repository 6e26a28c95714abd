using System.CommandLine;
using Pep668.Machines;

namespace Pep668.Cli.Commands;

/// <summary><c>pep668 check</c>: what <c>Test-ExternallyManaged</c> answers; 1 means managed.</summary>
internal static class CheckCommand
{
    internal static Command Create(Machine machine, Output output)
    {
        Argument<string?> environment = EnvironmentArgument.Create();
        var json = new Option<bool>("--json") { Description = "The environment as a JSON array of one." };
        var quiet = new Option<bool>("--quiet", "-q") { Description = "Only the exit code: 0 not managed, 1 managed." };
        var root = new Option<string?>("--root") { Description = "A folder that stands for /.", HelpName = "folder" };
        var command = new Command("check",
            "May pip change this environment? Exit code 0: yes; 1: no, it is externally managed.") { environment, json, quiet, root };
        command.SetAction(result =>
        {
            if (EnvironmentArgument.MachineUnder(machine, result.GetValue(root), verify: false, output, out int code) is not Machine looked
                || EnvironmentArgument.Resolve(looked, result.GetValue(environment), output, out code) is not PythonEnvironment found)
            {
                return code;
            }
            if (found.StdLib is null && !found.IsVirtual)
            {
                return output.Fail(new(FailureId.EnvironmentNotFound,
                    $"Whether '{found.Executable}' is managed cannot be told: {found.Problem}", found, "pep668 list"));
            }
            if (found.Health == EnvironmentHealth.Broken)
            {
                output.Note($"pep668: '{found.Prefix}' is broken: {found.Problem}");
            }
            if (result.GetValue(json) && !result.GetValue(quiet))
            {
                output.Json([found], Output.Contract.IReadOnlyListPythonEnvironment);
            }
            else if (!result.GetValue(quiet))
            {
                output.Line(found.IsExternallyManaged
                    ? $"{found.Executable} is externally managed: {found.MarkerPath}"
                    : $"{found.Executable} is not externally managed" + (found.IsVirtual ? ": it is a virtual environment" : ""));
            }
            return found.IsExternallyManaged ? ExitCodes.Managed : ExitCodes.Done;
        });
        return command;
    }
}
