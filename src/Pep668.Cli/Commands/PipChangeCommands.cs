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
            Description = "Requirements, paths of projects and wheels, URLs.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var requirements = new Option<string[]>("--requirement", "-r") { Description = "A requirements file.", HelpName = "file" };
        var constraints = new Option<string[]>("--constraint", "-c") { Description = "A constraints file.", HelpName = "file" };
        var editables = new Option<string[]>("--editable", "-e") { Description = "A project to install in place.", HelpName = "project" };
        var upgrade = new Option<bool>("--upgrade", "-U") { Description = "Take newer versions of what is there already." };
        var index =
            new Option<string?>("--index-url", "-i") { Description = "The index, instead of the configured one.", HelpName = "url" };
        var extra = new Option<string[]>("--extra-index-url") { Description = "A further index.", HelpName = "url" };
        var noIndex = new Option<bool>("--no-index") { Description = "Ask no index." };
        var links =
            new Option<string[]>("--find-links", "-f") { Description = "A folder, file or page with distributions.", HelpName = "place" };
        var dryRun = new Option<bool>("--dry-run") { Description = "Say what would be done, and change nothing." };
        var installer = new Option<PipInstaller>("--installer") { Description = "Which program does it." };
        var arguments = new Option<string[]>("--argument", "-a")
        {
            Description = "Another argument of pip's (or uv's) own, such as --argument=--no-deps.",
            HelpName = "argument",
        };
        var common = new Common();
        var command = new Command("install", "Install with pip, or uv, where that is allowed, and say what changed.")
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
        var packages = new Argument<string[]>("package") { Description = "The names of what to remove.", Arity = ArgumentArity.OneOrMore };
        var common = new Common();
        var command = new Command("uninstall", "Remove with pip where that is allowed, and say what changed.")
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
        if (environment.Health == EnvironmentHealth.Broken)
        {
            return output.Fail(PipRunMessages.Broken(environment));
        }
        Outcome<PipRequest> read = input.Read(machine, rest(environment));
        if (!read.TryGet(out PipRequest? request, out _))
        {
            return read.Failures.Select(output.Fail).ToArray()[0];
        }
        PreparedRequest prepared = PreparedRequest.Prepare(machine, request,
            MarkerReader.LanguageOf(machine, CultureInfo.CurrentUICulture.Name, environment));
        output.Notices(prepared.Verdict.Warnings);
        Failure? failure =
            prepared.Failure ?? (prepared.Verdict.Overridden is Failure overridden && !request.DryRun && !result.GetValue(common.Force)
            ? OverrideMessages.NotConfirmed(overridden, request) : null);
        if (failure is not null)
        {
            return Refuse(output, failure, result.GetValue(common.Json), result.GetValue(common.Verbose));
        }
        using var interruption = new Interruption();
        var shown = new Shown(output, result.GetValue(common.Verbose));
        PipRunOutcome outcome = PipRun.Execute(machine, request, prepared.Verdict.Means, shown, interruption.Token);
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

    private static int Refuse(Output output, Failure failure, bool asJson, bool isVerbose)
    {
        if (failure.Target is Refusal refusal)
        {
            foreach (string line in isVerbose ? refusal.Explanation : [])
            {
                output.Note(line);
            }
            if (asJson)
            {
                output.Json(refusal, Output.Contract.Refusal);
            }
        }
        return output.Fail(failure);
    }

    // What both have.
    private sealed class Common
    {
        internal Option<string?> Environment { get; } = new("--environment", "-E")
        {
            Description = "Where: a path, a name, a version or specifier; none: the active one, else the nearest .venv upward, else the "
                + "default Python.",
            HelpName = "environment",
        };

        internal Option<bool> Override { get; } =
            new("--break-system-packages") { Description = "Go ahead although the environment is externally managed; with --force only." };

        internal Option<bool> Force { get; } = new("--force") { Description = "The override is meant." };

        internal Option<bool> Json { get; } = new("--json") { Description = "A JSON array instead of a table." };

        internal Option<bool> Verbose { get; } = new("--verbose", "-v") { Description = "Show what pip says." };
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
