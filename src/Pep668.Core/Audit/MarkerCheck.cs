using Pep668.Distros;

namespace Pep668.Audit;

/// <summary><see cref="PythonPackageConflictKind.MarkerRemoved"/> and
/// <see cref="PythonPackageConflictKind.MarkerDiverted"/>: the marker that a package contains is not at its
/// place.</summary>
internal sealed class MarkerCheck : ConflictCheck
{
    /// <inheritdoc/>
    internal override IEnumerable<PythonPackageConflict> Find(AuditedPython python)
    {
        if (python.MarkerPlace is not string path || python.Files.IsFile(path) || python.MarkerOwner is not PackageOwner owner)
        {
            yield break;
        }
        Diversion? diversion = python.MarkerDiversion;
        yield return Make(python,
            diversion is null ? PythonPackageConflictKind.MarkerRemoved : PythonPackageConflictKind.MarkerDiverted, path,
            diversion is null ? AuditRemedies.RestoreMarker(python.Machine, owner)
                : AuditRemedies.RemoveDiversion(python.Machine, owner, diversion, hasFile: python.Files.IsFile(diversion.To))).With(owner);
    }
}
