using System.CommandLine;
using Pep668.Machines;
using Pep668.Pip.Planning;
using Pep668.Pip.Requests;

namespace Pep668.Cli.Commands;

/// <summary><c>pep668 plan</c>: the companion's <c>Get-PipInstallPlan</c>.</summary>
internal static class PlanCommand
{
    internal static Command Create(Machine machine, Output output)
    {
        var options = new InstallOptions();
        Option<string?> environment = EnvironmentArgument.CreateOption<string?>();
        Option<bool> allowBuild = CompanionOptions.Switch("--allow-build",
                "Builds packages without a wheel to find their dependencies, which runs their code."),
            json = CompanionOptions.Switch("--json", "Prints JSON instead of text."),
            verbose = CompanionOptions.Verbose("Prints to stderr the reasons of decisions and the output of pip or uv.");
        var command = new CompanionCommand("plan",
            "Prints what an install would change, and which distro packages it would shadow or overwrite.",
            new("plan requests -E /usr/bin/python3", "Prints what an override of PEP 668 would do to the system's Python."),
            new("plan -r requirements.txt --json", "Prints what a file requires as JSON."),
            new("plan . --allow-build", "Builds this project to find what it would install."))
        {
            options.Packages, environment, options.Requirements, options.Constraints, options.Editables, options.Upgrade, options.Index,
            options.ExtraIndexes, options.NoIndex, options.FindLinks, allowBuild, options.Installer, json, verbose, options.Arguments,
        };
        command.SetAction(result =>
        {
            // pip starts here, and so do the relative paths that it is given.
            Machine here = machine with { CurrentDirectory = machine.FromHere(".") };
            if (EnvironmentArgument.Resolve(here, result.GetValue(environment), result.GetValue(verbose), output, out int code)
                is not PythonEnvironment found)
            {
                return code;
            }
            using var interruption = new Interruption();
            PipRequest rest = options.Rest(result, found) with
            {
                Builds = result.GetValue(allowBuild) ? PipBuilds.Allowed : PipBuilds.OnlyWheels,
            };
            Outcome<PipInstallPlan> outcome = InstallPlanner.Plan(here, options.Input(result), rest,
                new PipLines(output, result.GetValue(verbose), hasWarnings: false), interruption.Token);
            output.Explain(outcome, result.GetValue(verbose));
            if (!outcome.TryGet(out PipInstallPlan? plan, out _))
            {
                return outcome.Failures.Select(output.Fail).ToArray()[0];
            }
            if (result.GetValue(json))
            {
                output.Json(plan, Output.Contract.PipInstallPlan);
            }
            else
            {
                output.Headed(PlanText.Parts(plan));
            }
            return ExitCodes.Done;
        });
        return command;
    }
}
