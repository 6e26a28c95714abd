namespace Pep668.Distros;

/// <summary>The distro package in a conflict.</summary>
internal static class AffectedPackage
{
    /// <summary>The conflict with the package, its version and what needs it.</summary>
    internal static PythonPackageConflict With(this PythonPackageConflict conflict, PackageOwner owner) => conflict with
    {
        DistroPackage = owner.Package.Name,
        DistroVersion = owner.Package.Version,
        Dependents = [.. owner.Database.DependentsOf(owner.Package).Select(one => one.Name).Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)],
    };
}
