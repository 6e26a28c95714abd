using Pep668.Distros;

namespace Pep668.Audit;

/// <summary><see cref="PythonPackageConflictKind.Shadowed"/>: pip installed another version of a distro package into a
/// folder that Python searches first, such as <c>/usr/local/lib/python3.11/dist-packages</c>.</summary>
internal sealed class ShadowedCheck : ConflictCheck
{
    /// <inheritdoc/>
    internal override IEnumerable<PythonPackageConflict> Find(AuditedPython python)
    {
        foreach (IGrouping<string, AuditedDistribution> named in python.Distributions
            .GroupBy(one => one.Distribution.NormalizedName, StringComparer.Ordinal))
        {
            AuditedDistribution first = named.First();
            if (first.Owner is null && named.FirstOrDefault(one => one.Owner is not null
                    && !string.Equals(one.Distribution.Location, first.Distribution.Location, StringComparison.Ordinal))
                is { Owner: { } owner })
            {
                yield return (Make(python, PythonPackageConflictKind.Shadowed, first.Distribution.Location,
                    AuditRemedies.Uninstall(python, first.Distribution, owner.Package.Name)) with
                {
                    Distribution = first.Distribution.Name,
                    Version = first.Distribution.Version,
                }).With(owner);
            }
        }
    }
}
