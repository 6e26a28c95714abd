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
    internal static Command Install(Machine machine, Output output)
    {
        var packages = new Argument<string[]>("package")
        {
            Description = "Requirements, paths of projects or wheels, URLs.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var requirements = new Option<string[]>("--requirement", "-r") { Description = "A requirements file.", HelpName = "file" };
        var constraints = new Option<string[]>("--constraint", "-c") { Description = "A constraints file.", HelpName = "file" };
        var editables = new Option<string[]>("--editable", "-e")
        {
            Description = "A project to install in editable mode.",
            HelpName = "project",
        };
        var upgrade = new Option<bool>("--upgrade", "-U") { Description = "Install newer versions of installed packages." };
        var index =
            new Option<string?>("--index-url", "-i")
            {
                Description = "The package index, instead of the configured one.",
                HelpName = "url",
            };
        var extra = new Option<string[]>("--extra-index-url") { Description = "A further package index.", HelpName = "url" };
        var noIndex = new Option<bool>("--no-index") { Description = "Use no package index." };
        var links =
            new Option<string[]>("--find-links", "-f") { Description = "A folder, file or page with distributions.", HelpName = "place" };
        var dryRun = new Option<bool>("--dry-run") { Description = "Show what would change, and change nothing." };
        var installer = new Option<PipInstaller>("--installer") { Description = "The program that installs: pip or uv." };
        var arguments = new Option<string[]>("--argument", "-a")
        {
            Description = "An argument for pip or uv, such as --argument=--no-deps.",
            HelpName = "argument",
        };
        var common = new Common();
        var command = new Command("install", "Installs packages with pip or uv, where that is allowed.")
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
            Description = "The names of the packages to remove.",
            Arity = ArgumentArity.OneOrMore,
        };
        var common = new Common();
        var command = new Command("uninstall", "Removes packages with pip or uv, where that is allowed.")
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
        if (EnvironmentArgument.Resolve(machine, result.GetValue(common.Environment), output,
            out int code) is not PythonEnvironment environment)
        {
            return code;
        }
        Outcome<PreparedRequest> outcome = PreparedRequest.Prepare(machine, input, rest(environment), CultureInfo.CurrentUICulture.Name);
        output.Notices(outcome.Notices);
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
            output.Table(["Action", "Name", "Version", "Previous"],
                outcome.Results.Select(one => new[] { one.Action.ToString(), one.Name, one.Version ?? "", one.PreviousVersion ?? "" }));
        }
        return outcome.Failures.Select(output.Fail).ToArray() is [int first, ..] ? first : ExitCodes.Done;
    }

    private static int Refuse(Output output, Outcome<PreparedRequest> outcome, Common common, ParseResult result)
    {
        foreach (string reason in result.GetValue(common.Verbose) ? outcome.Reasons : [])
        {
            output.Note(reason);
        }
        if (result.GetValue(common.Json) && outcome.Failure?.Target is Refusal refusal)
        {
            output.Json(refusal, Output.Contract.Refusal);
        }
        return outcome.Failures.Select(output.Fail).ToArray()[0];
    }

    // What both have.
    private sealed class Common
    {
        internal Option<string?> Environment { get; } = new("--environment", "-E")
        {
            Description = "The environment: a path, a name, a version or specifier. Default: the active one, else the nearest .venv in a "
                + "parent folder, else the default Python.",
            HelpName = "environment",
        };

        internal Option<bool> Override { get; } =
            new("--break-system-packages") { Description = "Override PEP 668; requires --force." };

        internal Option<bool> Force { get; } = new("--force") { Description = "Use --break-system-packages without confirmation." };

        internal Option<bool> Json { get; } = new("--json") { Description = "Print JSON instead of a table." };

        internal Option<bool> Verbose { get; } = new("--verbose", "-v") { Description = "Show the output of pip or uv." };
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
                output.Note(value.Text);
            }
        }
    }
}
