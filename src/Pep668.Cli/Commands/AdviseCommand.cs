using System.CommandLine;
using System.Globalization;
using Pep668.Machines;
using Pep668.Pip.Policy;

namespace Pep668.Cli.Commands;

/// <summary><c>pep668 advise</c>: the companion's <c>Get-PythonInstallAdvice</c>.</summary>
internal static class AdviseCommand
{
    internal static Command Create(Machine machine, Output output)
    {
        var packages = new Argument<string[]>("package")
        {
            Description = "Specifies the packages: requirements such as 'requests>=2.31'.",
            Arity = ArgumentArity.OneOrMore,
        };
        Option<InstallPurpose> purpose =
            CompanionOptions.Choice<InstallPurpose>("--purpose", "Specifies what the packages are wanted for.");
        Option<string?> environment = EnvironmentArgument.CreateOption<string?>();
        Option<bool> json = CompanionOptions.Switch("--json", "Prints a JSON array instead of commands."),
            verbose = CompanionOptions.Verbose();
        var command = new CompanionCommand("advise",
            "Prints the recommended ways to install packages on this machine, as commands that are ready to run.",
            new("advise requests", "Prints the ways to install a package."),
            new("advise black --purpose application", "Prints the ways to install a program."),
            new("advise requests -E /usr/bin/python3 --json", "Prints the alternatives to the system's Python as JSON."))
        {
            packages, environment, purpose, json, verbose,
        };
        command.SetAction(result =>
        {
            if (EnvironmentArgument.Resolve(machine, result.GetValue(environment), result.GetValue(verbose), output, out int code)
                is not PythonEnvironment found)
            {
                return code;
            }
            Outcome<IReadOnlyList<PythonInstallAdvice>> outcome = RequestAdvice.Advise(
                machine, result.GetValue(packages) ?? [], found,
                result.GetResult(purpose) is null ? null : result.GetValue(purpose), CultureInfo.CurrentUICulture.Name);
            output.Explain(outcome, result.GetValue(verbose));
            if (!outcome.TryGet(out IReadOnlyList<PythonInstallAdvice>? advice, out _))
            {
                return outcome.Failures.Select(output.Fail).ToArray()[0];
            }
            if (result.GetValue(json))
            {
                output.Json(advice, Output.Contract.IReadOnlyListPythonInstallAdvice);
            }
            else
            {
                output.Commands([.. advice.Select(one => one.Remedy)]);
            }
            return ExitCodes.Done;
        });
        return command;
    }
}
