using Pep668.Environments;
using Pep668.Machines;
using Pep668.Packages;
using Pep668.Pip.Policy;
using Pep668.Pip.Requests;
using Pep668.Pip.Settings;

namespace Pep668.Pip.Running;

/// <summary>
/// Runs pip, or uv in its place. Whether that is allowed was decided before. The program sees the session's variables
/// as it would have at the prompt, but for what makes its output a terminal's.
/// </summary>
internal static class PipRun
{
    /// <summary>How long a command waits for another one that changes the same environment.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(10);

    /// <summary>Runs a request to its end.</summary>
    /// <param name="machine">The machine; its variables are those that the program gets.</param>
    /// <param name="request">What to do.</param>
    /// <param name="means">How the program is told to leave the protection aside, where that was decided.</param>
    /// <param name="progress">Told each line as it comes, one at a time, from other threads.</param>
    /// <param name="cancellation">Ends the program at once, with all that it started.</param>
    /// <param name="patience">How long to wait for another command; null for <see cref="Patience"/>.</param>
    /// <exception cref="OperationCanceledException">It was ended; the last lines told say what it may have
    /// left.</exception>
    public static PipRunOutcome Execute(
        Machine machine, PipRequest request, OverrideMeans means, IProgress<PipOutputLine>? progress, CancellationToken cancellation,
        TimeSpan? patience = null)
    {
        ArgumentNullException.ThrowIfNull(machine);
        ArgumentNullException.ThrowIfNull(request);
        PythonEnvironment environment = request.Environment;
        if (environment.Root is not null || machine.Files.Root is not null)
        {
            return PipRunOutcome.Fail(RequestMessages.BelowRoot(environment));
        }
        if (!PipProgram.Choose(machine, request).TryGet(out PipProgram? program, out Failure? failure))
        {
            return PipRunOutcome.Fail(failure);
        }
        if (TemporaryFolder.Problem() is string noFolder)
        {
            return PipRunOutcome.Fail(PipRunMessages.NoTemporaryFolder(environment, noFolder));
        }
        request = request with { DryRun = request.DryRun || IsDry(machine, request, program) };
        if (request.DryRun && request.Action == PipAction.Install && !program.IsUv && !program.Release.HasReport)
        {
            bool hasUv = PipProgram.Choose(machine, request with { Installer = PipInstaller.Uv }).Failure is null;
            return PipRunOutcome.Fail(PipRunMessages.NoDryRun(request, program, hasUv));
        }
        program = request.Builds == PipBuilds.Allowed ? program : program.WithoutBuilds();
        var job = new Job(machine, request, program, means, progress);
        return request.DryRun ? job.Plan(cancellation) : job.Change(patience ?? Patience, cancellation);
    }

    // Given as pip's own argument, or by its settings.
    private static bool IsDry(Machine machine, PipRequest request, PipProgram program) =>
        request.Arguments.Contains("--dry-run", StringComparer.Ordinal)
        || (!program.IsUv && request.Action == PipAction.Install && program.Release.HasReport
            && PipSettings.Read(machine, request.Environment with { PipVersion = program.Version }).Switch("install", "dry-run").Value);

    private sealed class Job(Machine machine, PipRequest request, PipProgram program, OverrideMeans means,
        IProgress<PipOutputLine>? progress)
    {
        private readonly PipSecrets _secrets = PipRunMessages.Secrets(machine, request);
        private readonly List<Notice> _warnings = [];

        private PythonEnvironment Environment => request.Environment;

        internal PipRunOutcome Plan(CancellationToken cancellation)
        {
            InstalledDistributions before = Snapshot();
            InstallChanges changes = Changes(before);
            if (request.Action == PipAction.Uninstall)
            {
                return new()
                {
                    Results = changes.PlannedRemoval(RemovalScope.Read(machine, Environment, program, before)),
                    Failures = NotThere(changes),
                    Program = program,
                };
            }
            var output = new PipOutput(program, _secrets, progress);
            using var command = PipCommand.Prepare(machine, request, program, means, before);
            (int? exitCode, string? problem) = Run(command, output, command.Started, cancellation);
            IReadOnlyList<PlannedChange>? listed = program.IsUv ? output.Listed : command.Report();
            return Outcome(exitCode, problem, output, [], exitCode == 0 ? changes.Planned(listed ?? []) : []);
        }

        internal PipRunOutcome Change(TimeSpan patience, CancellationToken cancellation)
        {
            if (!EnvironmentLock.Take(machine, Environment, patience, request.ToStepIn(Environment), Warn, cancellation)
                .TryGet(out EnvironmentLock? taken, out Failure? failure))
            {
                return PipRunOutcome.Fail(failure) with { Program = program };
            }
            using EnvironmentLock hold = taken;
            _warnings.AddRange(PipSecrets.InVersionControl(request).Select(PipRunMessages.SecretInArguments));
            _warnings.AddRange(PipRunMessages.Root(machine, request, program));
            _warnings.AddRange(hold.Left is null ? [] : InterruptedInstall.Find(machine, Environment, hold.Left)
                .Select(problem => problem.Notice));
            InstalledDistributions before = Snapshot();
            HashSet<string> names = Names();
            InstallChanges changes = Changes(before);
            IReadOnlyList<Failure> notThere = request.Action == PipAction.Uninstall ? NotThere(changes) : [];
            if (notThere.Count > 0 && notThere.Count == request.Packages.Count && request.Requirements.Count == 0)
            {
                Release(hold, keep: hold.Left is not null);
                return new() { Failures = notThere, Warnings = _warnings, Program = program };
            }
            InstallNote note = PipRunMessages.Note(request, _secrets);
            hold.Write(note);
            var output = new PipOutput(program, _secrets, progress);
            using var command = PipCommand.Prepare(machine, request, program, means, before);
            try
            {
                (int? exitCode, string? problem) = Run(command, output,
                    process =>
                    {
                        command.Started(process);
                        hold.Write(note with { Process = process.Id, Started = process.Started });
                    }, cancellation);
                InstalledDistributions after = Snapshot();
                bool leavesFiles = exitCode != 0 && WarnOfLeft(names, before, after);
                IReadOnlyList<PlannedChange> listed = program.IsUv ? output.Listed : command.Report() ?? [];
                End(hold, note, hasChanged: exitCode != 0 && !after.IsAsIn(before), wasKilled: exitCode is > 128 or < 0, leavesFiles);
                return Outcome(exitCode, problem, output, notThere, changes.Done(after, listed, exitCode == 0));
            }
            catch (OperationCanceledException)
            {
                InstalledDistributions after = Snapshot();
                End(hold, note, hasChanged: !after.IsAsIn(before), wasKilled: true, WarnOfLeft(names, before, after));
                throw;
            }
        }

        private InstallChanges Changes(InstalledDistributions before) => new(
            machine, request, before, PipConditions.Variables(machine, Environment, program),
            request.Action == PipAction.Install ? OtherDestination.Find(machine, request, program) : null);

        private HashSet<string> Names() => new(
            UserSite.Folders(machine, Environment)
                .SelectMany(folder => machine.Files.List(folder).Select(item => Path.Combine(folder, item.Name))), StringComparer.Ordinal);

        // Files that no metadata names: a full disk stops pip before it writes the metadata, and it removes only what
        // it replaced. Packages that it installed before have their own.
        private bool WarnOfLeft(HashSet<string> names, InstalledDistributions before, InstalledDistributions after)
        {
            var known = new HashSet<string>(names, StringComparer.Ordinal);
            foreach (InstalledDistribution added in after.All.Where(one => !before.Paths.Contains(one.MetadataPath)))
            {
                if (RecordFile.Read(machine.Files, added.MetadataPath) is not RecordFile record)
                {
                    return false; // a form without a list of its files
                }
                known.UnionWith(record.Rows.Select(row => Path.Combine(added.Location, row[0].Split('/', Path.DirectorySeparatorChar)[0])));
            }
            string[] left = [.. Names().Except(known, StringComparer.Ordinal).Where(IsContent).Order(StringComparer.Ordinal)];
            if (left.Length > 0)
            {
                ILookup<bool, string> kinds = left.ToLookup(machine.Files.IsDirectory);
                Warn(PipRunMessages.LeftFiles([.. kinds[true]], [.. kinds[false]]));
            }
            return left.Length > 0;
        }

        // What pip put aside and incomplete metadata are reported as such.
        private static bool IsContent(string path) => Path.GetFileName(path) is not "__pycache__" and not ['~', ..]
            && DistInfoName.Parse(Path.GetFileName(path)) is null;

        // The note goes when nothing is half done, by this command or by the one before it.
        private void End(EnvironmentLock hold, InstallNote note, bool hasChanged, bool wasKilled, bool leavesFiles)
        {
            bool isCutOff = hasChanged && wasKilled;
            // One that was killed may have begun before any metadata changed: what it put aside shows in the folders.
            InstallNote? doubt = hasChanged || wasKilled || leavesFiles ? note : hold.Left;
            IReadOnlyList<InterruptedInstallProblem> problems = isCutOff
                ? InterruptedInstall.Find(machine, Environment, note)
                : [.. InterruptedInstall.InFolders(machine, Environment, isThorough: doubt is not null)];
            foreach (InterruptedInstallProblem problem in problems)
            {
                Warn(problem.Notice);
            }
            bool keep = doubt is not null && (problems.Count > 0 || leavesFiles);
            if (keep)
            {
                hold.Write(doubt! with { Process = 0 });
            }
            Release(hold, keep);
        }

        private static void Release(EnvironmentLock hold, bool keep)
        {
            if (!keep)
            {
                hold.Clear();
            }
        }

        private (int? ExitCode, string? Problem) Run(PipCommand command, PipOutput output, Action<RunningProcess> started,
            CancellationToken cancellation) =>
            StreamingProcess.Run(program.Executable, command.Arguments, machine.CurrentDirectory, command.Variables, started, output.Take,
                cancellation);

        private PipRunOutcome Outcome(
            int? exitCode, string? problem, PipOutput output, IReadOnlyList<Failure> notThere, IReadOnlyList<PipInstallResult> results) =>
            new()
            {
                Results = results,
                Failures =
                    exitCode == 0 ? notThere : [PipRunMessages.Failed(request, program, exitCode, problem, output, _secrets), .. notThere],
                Warnings = _warnings,
                PipWarnings = output.Warnings,
                Program = program,
                ExitCode = exitCode,
                Tail = output.Tail,
            };

        private InstalledDistributions Snapshot() => InstalledDistributions.Read(machine.Files, UserSite.Folders(machine, Environment));

        private IReadOnlyList<Failure> NotThere(InstallChanges changes) =>
            [.. changes.MissingPackages.Select(target => InstalledMessages.NotInstalled(target.Name!, Environment.Prefix))];

        private void Warn(Notice notice)
        {
            _warnings.Add(notice);
            progress?.Report(new(PipOutputKind.Warning, notice.Message) { Notice = notice });
        }
    }
}
