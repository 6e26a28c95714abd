using Pep668.Distros;
using Pep668.Machines;
using Pep668.Markers;
using Pep668.Packages;

namespace Pep668.Audit;

/// <summary>One environment and everything that the checks of it read.</summary>
internal sealed class AuditedPython
{
    private readonly Dictionary<string, IReadOnlyList<string>?> _topLevel = new(StringComparer.Ordinal);

    /// <summary>Reads the distributions of an environment.</summary>
    /// <param name="machine">Where it is.</param>
    /// <param name="environment">The environment.</param>
    /// <param name="owners">The owners of the files in its folders.</param>
    internal AuditedPython(Machine machine, PythonEnvironment environment, PackageOwners owners)
    {
        (Machine, Environment, Owners) = (machine, environment, owners);
        // A virtual environment may have another version than the base that it sees.
        Folders = [.. environment.SitePackages
            .Where(folder => !environment.IsVirtual || PathText.IsBelow(folder, environment.Prefix)).Where(machine.Files.IsDirectory)
            .DistinctBy(machine.Files.RealPath, StringComparer.Ordinal)];
        Distributions = Read(Folders);
    }

    /// <summary>Where it is.</summary>
    internal Machine Machine { get; }

    /// <summary>The files of the machine.</summary>
    internal FileTree Files => Machine.Files;

    /// <summary>The environment.</summary>
    internal PythonEnvironment Environment { get; }

    /// <summary>The owners of the files in its folders.</summary>
    internal PackageOwners Owners { get; }

    /// <summary>The folders of distributions that exist, in the order of the import path, without the user's.</summary>
    internal IReadOnlyList<string> Folders { get; }

    /// <summary>What is installed in these folders, in the same order.</summary>
    internal IReadOnlyList<AuditedDistribution> Distributions { get; }

    /// <summary>Whether it is externally managed, or will be when its package is installed again.</summary>
    internal bool IsMeantToBeManaged => Environment.IsExternallyManaged || MarkerOwner is not null;

    /// <summary>The place of the marker, with resolved links; null if it has none.</summary>
    internal string? MarkerPlace => Environment is { IsVirtual: false, StdLib: string library }
        && Files.RealPath(library) is string folder ? Path.Combine(folder, MarkerFile.FileName) : null;

    /// <summary>The diversion of the marker; null without one.</summary>
    internal Diversion? MarkerDiversion => Owners.Databases.SelectMany(database => database.Diversions)
        .FirstOrDefault(one => string.Equals(one.From, MarkerPlace, StringComparison.Ordinal));

    /// <summary>The package that contains the marker; null if none does.</summary>
    internal PackageOwner? MarkerOwner => MarkerPlace is string place ? Owners.Find(MarkerDiversion?.To ?? place) : null;

    /// <summary>The distributions of other folders, with their owners.</summary>
    internal IReadOnlyList<AuditedDistribution> Read(IReadOnlyList<string> folders) =>
        [.. InstalledPackages.In(Files, folders).Select(one =>
            new AuditedDistribution(one, Files.RealPath(one.MetadataFile) is string real ? Owners.Find(real) : null))];

    /// <summary>The names in its folder that a distribution consists of, metadata included; null if it has no list of
    /// its files.</summary>
    internal IReadOnlyList<string>? TopLevelNames(InstalledDistribution distribution)
    {
        if (!_topLevel.TryGetValue(distribution.MetadataPath, out IReadOnlyList<string>? names))
        {
            _topLevel[distribution.MetadataPath] = names = DistributionFiles.TopLevelNames(Files, distribution);
        }
        return names;
    }
}

/// <summary>A distribution, and the package that it belongs to.</summary>
/// <param name="Distribution">The distribution.</param>
/// <param name="Owner">The owner of its metadata; null if it has none.</param>
internal sealed record AuditedDistribution(InstalledDistribution Distribution, PackageOwner? Owner);
