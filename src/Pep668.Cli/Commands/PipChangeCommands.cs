using System.CommandLine;
using System.Globalization;
using Pep668.Machines;
using Pep668.Markers;
using Pep668.Pip.Policy;
using Pep668.Pip.Requests;
using Pep668.Pip.Running;

namespace Pep668.Cli.Commands;

/// <summary><c>pep668 install</c> and <c>pep668 uninstall</c>: what <c>Invoke-PipInstall</c> and
/// <c>Invoke-PipUninstall</c> do.</summary>
internal static class PipChangeCommands
{
    /// <summary>The option for arguments of pip or uv.</summary>
    internal const string ArgumentOption = "--argument";

    internal static Command Install(Machine machine, Output output)
    {
        var packages = new Argument<string[]>("package")
        {
            Description = "Specifies requirements, paths of projects or wheels, or URLs.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        Option<string[]> requirements = Values("Specifies a requirements file.", "file", "--requirement", "-r"),
            constraints = Values("Specifies a constraints file.", "file", "--constraint", "-c"),
            editables = Values("Specifies a project to install in editable mode.", "project", "--editable", "-e"),
            extra = Values("Specifies a further package index.", "url", "--extra-index-url"),
            links = Values("Specifies a folder, file or page with distributions.", "location", "--find-links", "-f"),
            arguments = Values("Specifies an argument for pip or uv, such as --argument=--no-deps.", "argument", ArgumentOption, "-a");
        var index = new Option<string?>("--index-url", "-i")
        {
            Description = "Specifies the package index, instead of the configured one.",
            HelpName = "url",
        };
        Option<bool> upgrade = CompanionOptions.Switch("--upgrade", "Installs newer versions of installed packages.", "-U"),
            noIndex = CompanionOptions.Switch("--no-index", "Uses no package index."),
            dryRun = CompanionOptions.Switch("--dry-run", "Prints what would change, and changes nothing.");
        Option<PipInstaller> installer = Installer();
        var common = new Common();
        var command = new CompanionCommand("install", "Installs packages with pip or uv, where that is allowed.",
            new("install requests", "Installs a package in the environment that is used in this folder."),
            new("install -r requirements.txt -E .venv", "Installs what a file requires in a virtual environment."),
            new("install -e . --dry-run", "Prints what an editable install of this project would change."),
            new("install requests --upgrade --installer uv", "Upgrades a package with uv."))
        {
            packages, common.Environment, requirements, constraints, editables, upgrade, index, extra, noIndex, links, dryRun, installer,
            common.Override, common.Force, common.Json, common.Verbose, arguments,
        };
        command.SetAction(result => Run(
            machine, output, common, result,
            new(PipAction.Install)
            {
                Packages = result.GetValue(packages) ?? [],
                Requirements = result.GetValue(requirements) ?? [],
                Constraints = result.GetValue(constraints) ?? [],
                Editables = result.GetValue(editables) ?? [],
                FindLinks = result.GetValue(links) ?? [],
            },
            environment => new(PipAction.Install, environment)
            {
                Upgrade = result.GetValue(upgrade),
                IndexUrl = result.GetValue(index),
                ExtraIndexUrls = result.GetValue(extra) ?? [],
                NoIndex = result.GetValue(noIndex),
                DryRun = result.GetValue(dryRun),
                Installer = result.GetValue(installer),
                BreakSystemPackages = result.GetValue(common.Override),
                Arguments = result.GetValue(arguments) ?? [],
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

    private static Option<string[]> Values(string description, string valueName, string name, params string[] aliases) =>
        new(name, aliases) { Description = description, HelpName = valueName };

    private static Option<PipInstaller> Installer()
    {
        var installer = new Option<PipInstaller>("--installer")
        {
            Description = "Specifies the program that installs packages.",
            HelpName = string.Join('|', Enum.GetNames<PipInstaller>()).ToLowerInvariant(),
        };
        // Enumerations are parsed from numbers too.
        installer.Validators.Add(given =>
        {
            if (!Enum.GetNames<PipInstaller>().Contains(given.Tokens[0].Value, StringComparer.OrdinalIgnoreCase))
            {
                given.AddError(CompanionMessages.InvalidInstaller());
            }
        });
        return installer;
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
        var shown = new Shown(output, result.GetValue(common.Verbose));
        PipRunOutcome outcome = PipRun.Execute(machine, prepared.Request, prepared.Verdict.Means, shown, interruption.Token);
        output.Notices([.. outcome.Warnings.Where(shown.IsNew)]);
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

    private sealed class Shown(Output output, bool isVerbose) : IProgress<PipOutputLine>
    {
        private readonly HashSet<Notice> _shown = [];

        internal bool IsNew(Notice notice) => _shown.Add(notice);

        public void Report(PipOutputLine value)
        {
            if (value.Notice is Notice notice)
            {
                _shown.Add(notice);
                output.Notices([notice]);
            }
            else if (value.Kind == PipOutputKind.Warning || (isVerbose && value.Kind != PipOutputKind.Progress))
            {
                output.Quote(value.Text);
            }
        }
    }
}
