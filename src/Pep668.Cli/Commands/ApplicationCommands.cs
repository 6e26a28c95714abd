using System.CommandLine;
using Pep668.Discovery;
using Pep668.Discovery.Resolution;
using Pep668.Machines;
using Pep668.Pip.Applications;
using Pep668.Requirements;

namespace Pep668.Cli.Commands;

/// <summary><c>pep668 app</c>: the companion's <c>Get-</c>, <c>Install-</c>, <c>Update-</c> and
/// <c>Uninstall-PythonApplication</c>.</summary>
internal static class ApplicationCommands
{
    internal static Command Create(Machine machine, Output output) => new CompanionCommand(
        "app", "Manages applications with pipx or uv: lists, installs, updates and removes them.",
        new("app list", "Lists the applications and their commands."),
        new("app install httpie", "Installs an application."),
        new("app update --all", "Updates all applications."))
    {
        List(machine, output), Install(machine, output), Update(machine, output), Uninstall(machine, output),
    };

    private static Command List(Machine machine, Output output)
    {
        Argument<string[]> names = Names("Specifies the names of applications. Others are not listed.", ArgumentArity.ZeroOrMore);
        Option<PythonApplicationInstaller> installer = InstallerOption("Specifies whose applications are listed.");
        Option<bool> json = CompanionOptions.Switch("--json", "Prints a JSON array instead of a table.");
        var command = new CompanionCommand("list", "Lists the applications that pipx and uv installed, also broken ones. Nothing is run.",
            new("app list", "Lists all applications."),
            new("app list httpie --json", "Prints one of them as JSON."))
        {
            names, installer, json,
        };
        command.SetAction(result =>
        {
            int code = ExitCodes.Done;
            IReadOnlyList<InstalledApplication> all = ApplicationCatalog.Read(machine, result.GetValue(installer));
            string[] wanted = result.GetValue(names) ?? [];
            foreach (string name in wanted.Where(name => ApplicationCatalog.Named(all, name, PythonApplicationInstaller.Auto).Count == 0))
            {
                code = output.Fail(ApplicationMessages.NotListed(
                    name, result.GetValue(installer), ApplicationCatalog.OwnerOf(all, name)));
            }
            HashSet<string> keys = [.. wanted.Select(NormalizedName.Normalize)];
            InstalledApplication[] shown = [.. all.Where(one => keys.Count == 0 || keys.Contains(one.Key))];
            Show(output, [.. shown.Select(one => one.Application)], result.GetValue(json), isEmptyNoted: code == ExitCodes.Done);
            output.Notices([.. shown.Where(one => one.Environment.Health == EnvironmentHealth.Broken)
                .Select(ApplicationMessages.BrokenListed)]);
            return code;
        });
        return command;
    }

    private static Command Install(Machine machine, Output output)
    {
        var packages = new Argument<string[]>("package")
        {
            Description = "Specifies requirements, paths of projects or wheels, or URLs.",
            Arity = ArgumentArity.OneOrMore,
        };
        var python = new Option<string?>("--python", "-p")
        {
            Description = "Specifies the Python of the application: a path, a name, a version or a specifier.",
            HelpName = "python",
        };
        Option<bool> force =
            CompanionOptions.Switch("--force", "Replaces an existing application, and other commands of the same names.");
        var common = new Common("Specifies the program that installs. Default: the one that has the application, else pipx, else uv.");
        var command = new CompanionCommand("install", "Installs applications with pipx or uv, each in its own environment.",
            new("app install httpie", "Installs an application."),
            new("app install 'ansible-core>=2.17' --python 3.12", "Installs it with a version of Python."),
            new("app install ./project --installer uv", "Installs a project with uv."))
        {
            packages, common.Installer, python, force, common.Json, common.Verbose,
        };
        command.SetAction(result =>
        {
            Machine here = machine with { CurrentDirectory = machine.FromHere(".") };
            PythonEnvironment? found = null;
            if (result.GetValue(python) is string text)
            {
                Outcome<PythonEnvironment> resolution = new EnvironmentResolver(new EnvironmentCatalog(here)).ResolveBase(text);
                output.Explain(resolution, result.GetValue(common.Verbose));
                if (!resolution.TryGet(out found, out Failure? failure))
                {
                    return output.Fail(failure);
                }
            }
            return common.Run(here, output, result, result.GetValue(packages)!.Select(
                package => (Func<IReadOnlyList<Outcome<ApplicationJob>>>)(() => [new ApplicationPlanner(here)
                    .Install(package, result.GetValue(common.Installer), found, result.GetValue(force))])));
        });
        return command;
    }

    private static Command Update(Machine machine, Output output)
    {
        Argument<string[]> names = Names("Specifies the names of applications.", ArgumentArity.ZeroOrMore);
        Option<bool> all = CompanionOptions.Switch("--all", "Updates all applications.");
        var common = new Common("Specifies whose applications are updated.");
        var command = new CompanionCommand("update", "Updates applications with the program that installed them.",
            new("app update httpie", "Updates an application."),
            new("app update --all", "Updates all applications."))
        {
            names, all, common.Installer, common.Json, common.Verbose,
        };
        command.Validators.Add(given =>
        {
            bool hasNames = given.GetResult(names) is { Tokens.Count: > 0 };
            if (given.GetValue(all) == hasNames)
            {
                given.AddError(hasNames ? CompanionMessages.AllAndNames() : CompanionMessages.NoNames());
            }
        });
        command.SetAction(result => common.Run(machine, output, result, result.GetValue(all)
            ? [() => new ApplicationPlanner(machine).ChangeAll(ApplicationAction.Update, result.GetValue(common.Installer))]
            : common.Changes(machine, result, ApplicationAction.Update, result.GetValue(names)!)));
        return command;
    }

    private static Command Uninstall(Machine machine, Output output)
    {
        Argument<string[]> names = Names("Specifies the names of applications.", ArgumentArity.OneOrMore);
        var common = new Common("Specifies whose applications are removed.");
        var command = new CompanionCommand("uninstall", "Removes applications with the program that installed them.",
            new("app uninstall httpie", "Removes an application and its environment."),
            new("app uninstall httpie --installer uv", "Removes it only if uv installed it."))
        {
            names, common.Installer, common.Json, common.Verbose,
        };
        command.SetAction(result => common.Run(machine, output, result,
            common.Changes(machine, result, ApplicationAction.Uninstall, result.GetValue(names)!)));
        return command;
    }

    private static Argument<string[]> Names(string description, ArgumentArity arity) =>
        new("name") { Description = description, Arity = arity };

    private static Option<PythonApplicationInstaller> InstallerOption(string description) =>
        CompanionOptions.Choice<PythonApplicationInstaller>("--installer", description);

    private static void Show(Output output, IReadOnlyList<PythonApplication> applications, bool asJson, bool isEmptyNoted)
    {
        if (asJson)
        {
            output.Json(applications, Output.Contract.IReadOnlyListPythonApplication);
        }
        else if (applications.Count > 0)
        {
            output.ListTable(["Name", "Version", "Installer", "State", "OnPath", "Commands"], applications.Select(Row));
        }
        else if (isEmptyNoted)
        {
            output.Note(CompanionMessages.NoApplications());
        }
    }

    private static string[] Row(PythonApplication one) =>
    [
        one.Name, one.Version ?? "", one.Installer.ToString(),
        one.Action?.ToString() ?? (one.Environment.Health == EnvironmentHealth.Broken ? "broken" : ""),
        one.OnPath ? "yes" : one.Commands.Count > 0 && one.Action != PipInstallAction.Removed ? "no" : "", string.Join(", ", one.Commands),
    ];

    // What the commands that change something have.
    private sealed class Common(string installerDescription)
    {
        internal Option<PythonApplicationInstaller> Installer { get; } = InstallerOption(installerDescription);

        internal Option<bool> Json { get; } = CompanionOptions.Switch("--json", "Prints JSON instead of a table.");

        internal Option<bool> Verbose { get; } =
            CompanionOptions.Verbose("Prints to stderr the reasons of decisions and the output of pipx or uv.");

        /// <summary>The changes of the applications of some names. Each is planned when it is its turn.</summary>
        internal IEnumerable<Func<IReadOnlyList<Outcome<ApplicationJob>>>> Changes(
            Machine machine, ParseResult result, ApplicationAction action, string[] names) => names.Select(
            name => (Func<IReadOnlyList<Outcome<ApplicationJob>>>)(() =>
                new ApplicationPlanner(machine).Change(action, name, result.GetValue(Installer))));

        /// <summary>Runs plans, one after the other; the first failure decides about the exit code.</summary>
        internal int Run(
            Machine machine, Output output, ParseResult result, IEnumerable<Func<IReadOnlyList<Outcome<ApplicationJob>>>> plans)
        {
            using var interruption = new Interruption();
            var done = new List<PythonApplication>();
            var failures = new List<Failure>();
            foreach (Outcome<ApplicationJob> planned in plans.SelectMany(plan => plan()))
            {
                output.Explain(planned, result.GetValue(Verbose));
                if (!planned.TryGet(out ApplicationJob? job, out Failure? failure))
                {
                    failures.Add(failure);
                    continue;
                }
                ApplicationOutcome outcome = ApplicationRun.Execute(
                    machine, job, new PipLines(output, result.GetValue(Verbose)), interruption.Token);
                output.Notices(outcome.Warnings);
                done.AddRange(outcome.Application is null ? [] : [outcome.Application]);
                failures.AddRange(outcome.Failure is null ? [] : [outcome.Failure]);
            }
            Show(output, done, result.GetValue(Json), isEmptyNoted: failures.Count == 0);
            return failures.Select(output.Fail).ToArray() is [int first, ..] ? first : ExitCodes.Done;
        }
    }
}
