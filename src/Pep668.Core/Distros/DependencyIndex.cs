namespace Pep668.Distros;

/// <summary>Which packages need which names.</summary>
internal sealed class DependencyIndex
{
    private readonly ILookup<string, DistroPackage> _needs;

    /// <summary>Creates it.</summary>
    /// <param name="needs">Each package, and the names that it needs.</param>
    internal DependencyIndex(IEnumerable<(DistroPackage Package, IEnumerable<string> Names)> needs) =>
        _needs = needs.SelectMany(one => one.Names.Distinct(StringComparer.Ordinal).Select(name => (name, one.Package)))
            .ToLookup(pair => pair.name, pair => pair.Package, StringComparer.Ordinal);

    /// <summary>The packages that need a package, by its name or by another that it provides; itself is not
    /// included.</summary>
    internal IReadOnlyList<DistroPackage> DependentsOf(DistroPackage package, IEnumerable<string> provides) =>
        [.. provides.Prepend(package.Name).SelectMany(name => _needs[name])
            .Where(one => !string.Equals(one.Name, package.Name, StringComparison.Ordinal)).Distinct()
            .OrderBy(one => one.Name, StringComparer.Ordinal)];
}
