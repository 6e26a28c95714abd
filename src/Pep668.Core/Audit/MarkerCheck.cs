using Pep668.Distros;
using Pep668.Machines;
using Pep668.Markers;

namespace Pep668.Audit;

/// <summary><see cref="PythonPackageConflictKind.MarkerRemoved"/> and
/// <see cref="PythonPackageConflictKind.MarkerDiverted"/>: the marker that a package contains is not at its
/// place.</summary>
internal sealed class MarkerCheck : ConflictCheck
{
    /// <inheritdoc/>
    internal override IEnumerable<PythonPackageConflict> Find(AuditedPython python)
    {
        if (python.Environment is not { IsVirtual: false, StdLib: string library }
            || python.Files.RealPath(library) is not string folder)
        {
            yield break;
        }
        string path = Path.Combine(folder, MarkerFile.FileName);
        if (python.Files.IsFile(path))
        {
            yield break;
        }
        Diversion? diversion = python.Owners.Databases.SelectMany(database => database.Diversions)
            .FirstOrDefault(one => string.Equals(one.From, path, StringComparison.Ordinal));
        PackageOwner? owner = python.Owners.Find(diversion?.To ?? path);
        if (owner is null)
        {
            yield break;
        }
        yield return Make(python,
            diversion is null ? PythonPackageConflictKind.MarkerRemoved : PythonPackageConflictKind.MarkerDiverted, path,
            diversion is null ? AuditRemedies.RestoreMarker(python.Machine, owner)
                : AuditRemedies.RemoveDiversion(python.Machine, owner, diversion, hasFile: python.Files.IsFile(diversion.To))).With(owner);
    }
}
