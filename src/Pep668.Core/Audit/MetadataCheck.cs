using Pep668.Machines;
using Pep668.Packages;
using Pep668.Requirements;

namespace Pep668.Audit;

/// <summary><see cref="PythonPackageConflictKind.DuplicateMetadata"/>, <see
/// cref="PythonPackageConflictKind.PhantomMetadata"/> and <see cref="PythonPackageConflictKind.PartlyRemoved"/>: metadata
/// that does not fit the files, in what no distro package owns.</summary>
internal sealed class MetadataCheck : ConflictCheck
{
    /// <inheritdoc/>
    internal override IEnumerable<PythonPackageConflict> Find(AuditedPython python)
    {
        foreach (string folder in python.Folders)
        {
            foreach (InterruptedInstallProblem problem in InterruptedInstall.InFolder(
                python.Files, python.Environment, folder, isThorough: true))
            {
                if (problem.Kind is PythonPackageConflictKind kind && !problem.Paths.All(path => IsOwned(python, path)))
                {
                    yield return Make(python, kind, problem.Paths[^1], problem.Notice.Remedies) with
                    {
                        Distribution = problem.Name,
                        Version = DistInfoName.Parse(Path.GetFileName(problem.Paths[^1]))?.Version,
                        Paths = problem.Paths,
                    };
                }
            }
        }
    }

    private static bool IsOwned(AuditedPython python, string info) =>
        python.Distributions.Any(one => one.Owner is not null && string.Equals(one.Distribution.MetadataPath, info, StringComparison.Ordinal));
}
