using Pep668.Machines;
using Pep668.Requirements;

namespace Pep668.Distros;

/// <summary>
/// Which package of the system provides a distribution. What installed packages really contain comes first; then the
/// map that the distribution itself uses; then a convention of names, but only for a package that the index contains.
/// </summary>
internal sealed class ProvidedPackages
{
    private static readonly string[] Endings = [".dist-info", ".egg-info", ".egg"], Metadata = ["METADATA", "PKG-INFO", "RECORD"];

    private readonly Machine _machine;
    private readonly string[] _folders;
    private readonly Lazy<PackageOwners> _owners;
    private readonly DebianNames _debian;
    private readonly Lazy<PackageIndex?> _index;

    /// <summary>Prepares a search; nothing is read yet.</summary>
    /// <param name="machine">Where the packages are.</param>
    /// <param name="folders">The folders of distributions of the system's Pythons.</param>
    /// <param name="manager">The package manager; null for that of the system.</param>
    internal ProvidedPackages(Machine machine, IEnumerable<string> folders, SystemPackageManager? manager = null)
    {
        _machine = machine;
        _folders = [.. folders.Select(machine.Files.RealPath).OfType<string>().Distinct(StringComparer.Ordinal)];
        _owners = new(() => new(PackageDatabases.OfSystem(machine), _folders));
        _debian = new(machine.Files);
        Manager = manager ?? SystemPackageManager.Find(machine);
        _index = new(() => Manager?.OpenIndex(machine));
    }

    /// <summary>The package manager; null if it is not known.</summary>
    internal SystemPackageManager? Manager { get; }

    /// <summary>The databases, and the files of the index, that could not be read in a search, or only in
    /// part.</summary>
    internal IReadOnlyList<Notice> Problems =>
    [
        .. !_owners.IsValueCreated ? [] : _owners.Value.Databases.Where(one => one.Problem is not null)
            .Select(one => DistroMessages.InvalidDatabase(one.Name, one.Problem!)),
        .. _index.IsValueCreated ? _index.Value?.Problems ?? [] : [],
    ];

    /// <summary>All that installed packages provide, by name.</summary>
    internal IReadOnlyList<SystemPythonPackage> FindInstalled()
    {
        IReadOnlyList<SystemPythonPackage> installed = FindInstalled(null);
        IReadOnlyDictionary<string, string>? versions =
            _index.Value?.Find(Names(installed.Select(one => one.Name)), mayAsk: false);
        return [.. installed.Select(one => one with { Version = Version(versions, one.Name) })];
    }

    /// <summary>The packages of some distributions; one that none is known for is missing.</summary>
    /// <param name="names">The names of the distributions, as they were typed.</param>
    /// <param name="mayAsk">Whether the package manager may be asked where its index cannot be read.</param>
    internal IReadOnlyList<SystemPythonPackage> Find(IReadOnlyList<string> names, bool mayAsk)
    {
        if (Manager is null)
        {
            return [];
        }
        string[] normal = [.. names.Select(NormalizedName.Normalize)];
        IReadOnlyList<SystemPythonPackage> installed = FindInstalled(normal.ToHashSet(StringComparer.Ordinal));
        HashSet<string> present = [.. installed.Select(one => NormalizedName.Normalize(one.Distribution))];
        (string Typed, string Package, NameSource Source)[] others =
            [.. names.Zip(normal).Where(pair => !present.Contains(pair.Second)).Select(pair => Name(pair.First, pair.Second))];
        PackageIndex? index = _index.Value;
        // Nothing is asked for what is installed.
        IReadOnlyDictionary<string, string>? versions = index?.Find(Names(installed.Select(one => one.Name)), mayAsk: false),
            candidates = others.Length == 0 ? null : index?.Find(Names(others.Select(one => one.Package)), mayAsk);
        ILookup<string, SystemPythonPackage> found = installed.Select(one => one with { Version = Version(versions, one.Name) })
            .Concat(others.Select(one => Candidate(one.Typed, one.Package, one.Source, candidates, index?.IsReadable(mayAsk) == true))
                .OfType<SystemPythonPackage>())
            .ToLookup(one => NormalizedName.Normalize(one.Distribution), StringComparer.Ordinal);
        return [.. normal.Distinct(StringComparer.Ordinal).SelectMany(name => found[name])];
    }

    private static string[] Names(IEnumerable<string> packages) => [.. packages.Distinct(StringComparer.Ordinal)];

    // Portage's index has no version.
    private static string? Version(IReadOnlyDictionary<string, string>? versions, string package) =>
        versions?.GetValueOrDefault(package) is { Length: > 0 } version ? version : null;

    private (string Typed, string Package, NameSource Source) Name(string typed, string name) =>
        Manager!.Name is not "apt" ? (typed, Manager.NameByConvention(name), NameSource.Convention)
        : _debian.FindInMap(name) is string mapped ? (typed, mapped, NameSource.Map)
        : DebianNames.FindInTable(name) is string listed ? (typed, listed, NameSource.Table)
        : (typed, Manager.NameByConvention(name), NameSource.Convention);

    // The map of this machine is that of its release. The table is of one release: a package that the index of another
    // one lacks is not recommended.
    private SystemPythonPackage? Candidate(
        string typed, string package, NameSource source, IReadOnlyDictionary<string, string>? versions, bool isReadable)
    {
        bool isListed = versions?.ContainsKey(package) == true;
        if (!isListed && (source == NameSource.Convention || (source == NameSource.Table && isReadable)))
        {
            return null;
        }
        string? installed = _owners.Value.Databases.SelectMany(database => database.Packages)
            .FirstOrDefault(one => string.Equals(one.Name, package, StringComparison.Ordinal))?.Version;
        return Create(typed, package, Version(versions, package), installed,
            source == NameSource.Map || (source == NameSource.Table && isListed) ? AdviceConfidence.Known : AdviceConfidence.Guess);
    }

    private IReadOnlyList<SystemPythonPackage> FindInstalled(HashSet<string>? names)
    {
        var found = new Dictionary<string, SystemPythonPackage>(StringComparer.Ordinal);
        foreach (string folder in _folders)
        {
            foreach (string item in _machine.Files.List(folder).Select(item => item.Name))
            {
                if (Stem(item) is not string stem || names?.Contains(NormalizedName.Normalize(stem)) == false)
                {
                    continue;
                }
                string path = Path.Combine(folder, item);
                PackageOwner? owner = _owners.Value.Find(path)
                    ?? Metadata.Select(file => _owners.Value.Find(Path.Combine(path, file))).FirstOrDefault(one => one is not null);
                if (owner is not null)
                {
                    found.TryAdd(owner.Package.Name + "\n" + NormalizedName.Normalize(stem),
                        Create(stem, owner.Package.Name, null, owner.Package.Version, AdviceConfidence.Known));
                }
            }
        }
        return [.. found.Values.OrderBy(one => one.Name, StringComparer.Ordinal).ThenBy(one => one.Distribution, StringComparer.Ordinal)];
    }

    // NAME-VERSION.dist-info; setuptools writes '_' for '-', and may leave the version out.
    private static string? Stem(string item) =>
        Array.Find(Endings, one => item.EndsWith(one, StringComparison.OrdinalIgnoreCase)) is string ending
            && item[..^ending.Length].Split('-')[0] is { Length: > 0 } name ? name.Replace('_', '-') : null;

    private SystemPythonPackage Create(string distribution, string package, string? version, string? installed, AdviceConfidence confidence)
    {
        var install = new Remedy(installed is null ? "installs it" : "upgrades it", Manager is null ? [] : [Manager.Install(package)])
        {
            Route = AdviceRoute.DistroPackage,
        };
        return new()
        {
            Name = package,
            Distribution = distribution,
            Version = version,
            InstalledVersion = installed,
            Provider = Manager?.Name ?? "",
            Confidence = confidence,
            Install = install,
        };
    }

    private enum NameSource
    {
        Map,
        Table,
        Convention,
    }
}
