using Pep668.Machines;
using Pep668.Packages;
using Pep668.Pip.Running;

namespace Pep668.Pip.Applications;

/// <summary>What a run of pipx or uv did.</summary>
/// <param name="Application">What it did with the application; null if nothing was changed before it failed.</param>
/// <param name="Failure">Why it failed; null if it did not.</param>
/// <param name="Warnings">What the user should know.</param>
internal sealed record ApplicationOutcome(PythonApplication? Application, Failure? Failure, IReadOnlyList<Notice> Warnings);

/// <summary>Runs pipx or uv, and finds out from files what it did.</summary>
internal static class ApplicationRun
{
    /// <summary>Runs a job to its end.</summary>
    /// <param name="machine">The machine; its variables are those of the program, without those of a virtual
    /// environment.</param>
    /// <param name="job">What is done.</param>
    /// <param name="progress">Gets each line as it comes, one at a time, from other threads.</param>
    /// <param name="cancellation">Ends the program at once, with all that it started.</param>
    /// <exception cref="OperationCanceledException">It was ended; what it left was reported to
    /// <paramref name="progress"/>.</exception>
    internal static ApplicationOutcome Execute(
        Machine machine, ApplicationJob job, IProgress<PipOutputLine>? progress, CancellationToken cancellation)
    {
        State before = State.Read(machine, job);
        var output = new ApplicationOutput(PipSecrets.Read(machine), progress);
        int? exitCode;
        string? problem;
        try
        {
            // The current folder may contain modules that the pip of an environment would import.
            (exitCode, problem) = StreamingProcess.Run(
                job.Program, ApplicationCommandLine.Arguments(job), machine.Home is string home && machine.Files.IsDirectory(home) ? home
                    : machine.CurrentDirectory, ApplicationCommandLine.Variables(machine, job), _ => { }, output.Take, cancellation);
        }
        catch (OperationCanceledException)
        {
            foreach (Notice notice in Left(before, State.Read(machine, job)))
            {
                progress?.Report(new(PipOutputKind.Warning, notice.Message) { Notice = notice });
            }
            throw;
        }
        State after = State.Read(machine, job);
        PythonApplication? result = Result(machine, job, before, after, exitCode == 0);
        return exitCode == 0 && DidNothing(job, after, result) ? new(null, ApplicationMessages.DidNothing(job, output.Tail), [])
            : exitCode == 0
            ? new(result, null, [.. Warnings(machine, job, after, result)])
            : new(result is { Changed: true } ? result : null, ApplicationMessages.Failed(job, exitCode, problem, output.Tail),
                [.. Left(before, after)]);
    }

    // The name of what a path or a URL contains is not known: it may be installed already.
    private static bool DidNothing(ApplicationJob job, State after, PythonApplication? result) => job.Action switch
    {
        ApplicationAction.Install => result is null && (job.Package?.Name is not null || after.Applications.Count == 0),
        ApplicationAction.Uninstall => result is not { Action: PipInstallAction.Removed },
        _ => result is null,
    };

    private static PythonApplication? Result(Machine machine, ApplicationJob job, State before, State after, bool succeeded)
    {
        if (Changed(job, before, after) is not InstalledApplication now)
        {
            return before.Find(job.Application) is InstalledApplication gone && after.Find(gone) is null
                ? gone.Application with
                {
                    Version = null,
                    PreviousVersion = gone.Application.Version,
                    OnPath = false,
                    Action = PipInstallAction.Removed,
                    Changed = true,
                }
                : null;
        }
        InstalledApplication? old = before.Find(now);
        bool isChanged = old is null || before.IsChanged(machine, old, now);
        PipInstallAction action = old is null ? PipInstallAction.Installed
            : !before.IsRewritten(machine, now) ? PipInstallAction.Unchanged
            : InstallChanges.Compare(old.Application.Version, now.Application.Version ?? "");
        return succeeded || isChanged
            ? now.Application with { PreviousVersion = old?.Application.Version, Action = action, Changed = isChanged }
            : null;
    }

    // The application of a path or a URL is the one that is new or has changed.
    private static InstalledApplication? Changed(ApplicationJob job, State before, State after) =>
        job.Application is not null ? after.Find(job.Application)
        : job.Package?.Name is string name
            ? ApplicationCatalog.Named(after.Applications, name, job.Installer) is [InstalledApplication first, ..] ? first : null
        : after.Applications.FirstOrDefault(one => before.Find(one) is null)
            ?? after.Applications.FirstOrDefault(one => before.IsTouched(one, after));

    private static IEnumerable<Notice> Left(State before, State after) => after.Applications
        .Where(one => one.Environment.Health == EnvironmentHealth.Broken
            && before.Find(one) is null or { Environment.Health: EnvironmentHealth.Healthy })
        .Select(ApplicationMessages.Incomplete);

    private static IEnumerable<Notice> Warnings(Machine machine, ApplicationJob job, State after, PythonApplication? result)
    {
        if (job.Action != ApplicationAction.Install || result is null
            || after.Applications.FirstOrDefault(one => one.Environment == result.Environment) is not InstalledApplication now)
        {
            yield break;
        }
        if (result is { Action: PipInstallAction.Unchanged, Version: string version } && job.Package?.Requirement is { } wanted
            && Versions.Pep440Version.TryParse(version, out Versions.Pep440Version? installed) && !wanted.Specifiers.Contains(installed))
        {
            yield return ApplicationMessages.OtherVersion(job, version);
        }
        if (job.Python is PythonEnvironment python && !IsBasedOn(now.Environment, python))
        {
            yield return ApplicationMessages.OtherPython(now, job, python);
        }
        if (now.Commands.Count == 0)
        {
            yield return ApplicationMessages.NoCommands(now, job);
        }
        string? missing = null;
        foreach (ExposedCommand command in now.Commands)
        {
            if (command.FoundInstead(machine, out bool isFound) is string other)
            {
                yield return ApplicationMessages.Hidden(command.Name, other, now.Name);
            }
            missing ??= isFound ? null : Path.GetDirectoryName(command.Path);
        }
        if (missing is not null)
        {
            yield return ApplicationMessages.NotOnPath(now.Name, missing, job.Installer);
        }
    }

    private static bool IsBasedOn(PythonEnvironment application, PythonEnvironment python) =>
        string.Equals(application.BasePrefix, python.BasePrefix ?? python.Prefix, HostPlatform.PathComparison)
        && string.Equals(application.Implementation, python.Implementation, StringComparison.Ordinal)
        && application.VersionInfo == python.VersionInfo;

    // The applications of one installer at a moment, and what is in the environments that may change.
    private sealed class State
    {
        private readonly Dictionary<PythonEnvironment, InstalledDistributions> _distributions = [];

        private State(IReadOnlyList<InstalledApplication> applications) => Applications = applications;

        internal IReadOnlyList<InstalledApplication> Applications { get; }

        internal static State Read(Machine machine, ApplicationJob job)
        {
            var state = new State(ApplicationCatalog.Read(machine, job.Installer));
            string? name = job.Application?.Name ?? job.Package?.Name;
            foreach (InstalledApplication one in name is null ? state.Applications
                : ApplicationCatalog.Named(state.Applications, name, job.Installer))
            {
                state._distributions[one.Environment] = one.Distributions(machine.Files);
            }
            return state;
        }

        internal InstalledApplication? Find(InstalledApplication? application) =>
            application is null ? null : Applications.FirstOrDefault(one => one.Environment == application.Environment);

        internal bool IsTouched(InstalledApplication application, State after) =>
            _distributions.TryGetValue(application.Environment, out InstalledDistributions? before)
            && after._distributions.TryGetValue(application.Environment, out InstalledDistributions? now) && !now.IsAsIn(before);

        internal bool IsChanged(Machine machine, InstalledApplication old, InstalledApplication now) =>
            !old.Application.Commands.SequenceEqual(now.Application.Commands, StringComparer.Ordinal)
            || !_distributions.TryGetValue(now.Environment, out InstalledDistributions? before)
            || !now.Distributions(machine.Files).IsAsIn(before);

        internal bool IsRewritten(Machine machine, InstalledApplication now)
        {
            string key = Requirements.NormalizedName.Normalize(now.Package);
            return !_distributions.TryGetValue(now.Environment, out InstalledDistributions? before)
                || !before.Found.TryGetValue(key, out InstalledDistribution? old)
                || !now.Distributions(machine.Files).Found.TryGetValue(key, out InstalledDistribution? one) || !one.IsAsWrittenIn(old);
        }
    }
}
