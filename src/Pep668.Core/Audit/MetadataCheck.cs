using Pep668.Machines;
using Pep668.Packages;

namespace Pep668.Audit;

/// <summary><see cref="PythonPackageConflictKind.DuplicateMetadata"/>,
/// <see cref="PythonPackageConflictKind.PhantomMetadata"/> and
/// <see cref="PythonPackageConflictKind.PartlyRemoved"/>: metadata that does not fit the files, in what no distro
/// package owns.</summary>
internal sealed class MetadataCheck : ConflictCheck
{
    /// <inheritdoc/>
    internal override IEnumerable<PythonPackageConflict> Find(AuditedPython python)
    {
        foreach (string folder in python.Folders)
        {
            InterruptedInstallProblem[] problems =
                [.. InterruptedInstall.InFolder(python.Files, python.Environment, folder, isThorough: true)];
            HashSet<string> twice = [.. problems.Where(one => one.Kind == PythonPackageConflictKind.DuplicateMetadata)
                .SelectMany(one => one.Paths)];
            // Metadata that is replaced need not fit the files.
            foreach (InterruptedInstallProblem problem in problems
                .Where(one => one.Kind == PythonPackageConflictKind.DuplicateMetadata || !one.Paths.Any(twice.Contains)))
            {
                string[] own = [.. problem.Paths.Where(path => !IsOwned(python, path))];
                if (problem.Kind is PythonPackageConflictKind kind && own.Length > 0)
                {
                    // Of two, the one that was written last describes the files.
                    string[] stale = kind == PythonPackageConflictKind.DuplicateMetadata && own.Length == problem.Paths.Count
                        ? [.. own.OrderBy(path => Written(python.Files, path)).SkipLast(1)] : own;
                    yield return Make(python, kind, stale[^1], python.IsMeantToBeManaged
                        ? [AuditRemedies.RemoveRest(python, kind, problem.Name, stale)]
                        : [.. problem.Notice.Remedies.Select(one => one.AsRoot(python.Machine.NeedsRoot(problem.Paths)))]) with
                    {
                        Distribution = At(python, stale[^1])?.Distribution.Name ?? problem.Name,
                        Version = At(python, stale[^1])?.Distribution.Version is { Length: > 0 } version ? version : null,
                        Paths = problem.Paths,
                    };
                }
            }
        }
    }

    private static long Written(FileTree files, string info) =>
        files.Stat(Path.Combine(info, RecordFile.FileName)).Modified;

    private static bool IsOwned(AuditedPython python, string info) => At(python, info)?.Owner is not null;

    private static AuditedDistribution? At(AuditedPython python, string info) =>
        python.Distributions.FirstOrDefault(one => string.Equals(one.Distribution.MetadataPath, info, StringComparison.Ordinal));
}
