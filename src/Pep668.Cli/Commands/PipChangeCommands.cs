using System.CommandLine;
using System.Globalization;
using Pep668.Machines;
using Pep668.Pip.Planning;
using Pep668.Pip.Policy;
using Pep668.Pip.Requests;
using Pep668.Pip.Running;

namespace Pep668.Cli.Commands;

/// <summary><c>pep668 install</c> and <c>pep668 uninstall</c>: what <c>Invoke-PipInstall</c> and
/// <c>Invoke-PipUninstall</c> do.</summary>
internal static class PipChangeCommands
{
    internal static Command Install(Machine machine, Output output)
    {
        var options = new InstallOptions();
        Option<bool> dryRun = CompanionOptions.Switch("--dry-run", "Prints what would change, and changes nothing.");
        var common = new Common();
        var command = new CompanionCommand("install", "Installs packages with pip or uv, where that is allowed.",
            new("install requests", "Installs a package in the environment that is used in this folder."),
            new("install -r requirements.txt -E .venv", "Installs what a file requires in a virtual environment."),
            new("install -e . --dry-run", "Prints what an editable install of this project would change."),
            new("install requests --upgrade --installer uv", "Upgrades a package with uv."))
        {
            options.Packages, common.Environment, options.Requirements, options.Constraints, options.Editables, options.Upgrade,
            options.Index, options.ExtraIndexes, options.NoIndex, options.FindLinks, dryRun, options.Installer,
            common.Override, common.Force, common.Json, common.Verbose, options.Arguments,
        };
        command.SetAction(result => Run(
            machine, output, common, result, options.Input(result), environment => options.Rest(result, environment) with
            {
                DryRun = result.GetValue(dryRun),
                BreakSystemPackages = result.GetValue(common.Override),
            }));
        return command;
    }

    internal static Command Uninstall(Machine machine, Output output)
    {
        var packages = new Argument<string[]>("package")
        {
            Description = "Specifies the names of the packages to remove.",
            Arity = ArgumentArity.OneOrMore,
        };
        var common = new Common();
        var command = new CompanionCommand("uninstall", "Removes packages with pip or uv, where that is allowed.",
            new("uninstall requests", "Removes a package from the environment that is used in this folder."),
            new("uninstall requests urllib3 -E .venv", "Removes packages from a virtual environment."))
        {
            packages, common.Environment, common.Override, common.Force, common.Json, common.Verbose,
        };
        command.SetAction(result => Run(
            machine, output, common, result, new(PipAction.Uninstall) { Packages = result.GetValue(packages) ?? [] },
            environment => new(PipAction.Uninstall, environment) { BreakSystemPackages = result.GetValue(common.Override) }));
        return command;
    }

    private static int Run(Machine machine, Output output, Common common, ParseResult result, PipInput input,
        Func<PythonEnvironment, PipRequest> rest)
    {
        // pip starts here, and so do the relative paths that it is given.
        machine = machine with { CurrentDirectory = machine.FromHere(".") };
        if (EnvironmentArgument.Resolve(machine, result.GetValue(common.Environment), result.GetValue(common.Verbose), output,
            out int code) is not PythonEnvironment environment)
        {
            return code;
        }
        Outcome<PreparedRequest> outcome = PreparedRequest.Prepare(machine, input, rest(environment), CultureInfo.CurrentUICulture.Name);
        output.Explain(outcome, result.GetValue(common.Verbose));
        if (!outcome.TryGet(out PreparedRequest? prepared, out _))
        {
            return Refuse(output, outcome, common, result);
        }
        if (prepared.Verdict.Overridden is Failure overridden && !prepared.Request.DryRun && !result.GetValue(common.Force))
        {
            return Refuse(output, OverrideMessages.NotConfirmed(overridden, prepared.Request), common, result);
        }
        return Change(machine, output, common, result, prepared);
    }

    private static int Change(Machine machine, Output output, Common common, ParseResult result, PreparedRequest prepared)
    {
        using var interruption = new Interruption();
        var shown = new PipLines(output, result.GetValue(common.Verbose));
        PipRunOutcome outcome = PipRun.Execute(machine, prepared.Request, prepared.Verdict.Means, shown, interruption.Token);
        output.Notices([.. outcome.Warnings.Where(shown.IsNew)]);
        output.Notices(prepared.Request.DryRun ? InstallPlanner.Effects(machine, prepared.Request, outcome) : []);
        if (result.GetValue(common.Json))
        {
            output.Json(outcome.Results, Output.Contract.IReadOnlyListPipInstallResult);
        }
        else if (outcome.Results.Count > 0)
        {
            // A long name does not move the versions.
            output.Table(["Action", "Version", "Previous", "Name"],
                outcome.Results.Select(one => new[] { one.Action.ToString(), one.Version ?? "", one.PreviousVersion ?? "", one.Name }));
        }
        return outcome.Failures.Select(output.Fail).ToArray() is [int first, ..] ? first : ExitCodes.Done;
    }

    private static int Refuse(Output output, Outcome<PreparedRequest> outcome, Common common, ParseResult result)
    {
        if (result.GetValue(common.Json) && outcome.Failure?.Target is Refusal refusal)
        {
            output.Json(refusal, Output.Contract.Refusal);
        }
        return outcome.Failures.Select(output.Fail).ToArray()[0];
    }

    // What both have.
    private sealed class Common
    {
        internal Option<string?> Environment { get; } = EnvironmentArgument.CreateOption<string?>();

        internal Option<bool> Override { get; } =
            CompanionOptions.Switch("--break-system-packages", "Overrides PEP 668; requires --force.");

        internal Option<bool> Force { get; } =
            CompanionOptions.Switch("--force", "Uses --break-system-packages without confirmation.");

        internal Option<bool> Json { get; } = CompanionOptions.Switch("--json", "Prints JSON instead of a table.");

        internal Option<bool> Verbose { get; } =
            CompanionOptions.Verbose("Prints to stderr the reasons of decisions and the output of pip or uv.");
    }
}
