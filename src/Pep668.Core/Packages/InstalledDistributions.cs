using Pep668.Machines;

namespace Pep668.Packages;

/// <summary>What is installed in an environment at one moment, from its files.</summary>
internal sealed class InstalledDistributions
{
    private readonly Dictionary<string, InstalledDistribution> _byName = new(StringComparer.Ordinal);

    private InstalledDistributions(IReadOnlyList<InstalledDistribution> all, IReadOnlySet<string> paths)
    {
        (All, Paths) = (all, paths);
        foreach (InstalledDistribution one in all)
        {
            _byName.TryAdd(one.NormalizedName, one);
        }
    }

    /// <summary>All of them in the order in which Python finds them; one that another of its name hides too.</summary>
    public IReadOnlyList<InstalledDistribution> All { get; }

    /// <summary>Those that Python finds, by normalized name.</summary>
    public IReadOnlyDictionary<string, InstalledDistribution> Found => _byName;

    /// <summary>Everything that stands in the folders, whatever it is.</summary>
    internal IReadOnlySet<string> Paths { get; }

    /// <summary>Whether nothing was added, taken away or laid down anew.</summary>
    internal bool IsAsIn(InstalledDistributions other) =>
        Paths.SetEquals(other.Paths) && All.Count == other.All.Count
            && All.Zip(other.All).All(pair => pair.First.IsAsWrittenIn(pair.Second));

    /// <summary>The <c>.dist-info</c> folders in a folder of distributions, from their names alone.</summary>
    internal static IEnumerable<DistInfoName> NamesIn(FileTree files, string folder) =>
        files.List(folder).Select(item => DistInfoName.Parse(item.Name)).OfType<DistInfoName>();

    /// <summary>Reads the folders that the environment names.</summary>
    public static InstalledDistributions Read(FileTree files, PythonEnvironment environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        return Read(files, environment.SitePackages);
    }

    /// <summary>Reads folders, in order; one that is named twice once.</summary>
    public static InstalledDistributions Read(FileTree files, IReadOnlyList<string> folders)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(folders);
        var all = new List<InstalledDistribution>();
        var paths = new HashSet<string>(StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (string folder in folders)
        {
            // lib64 is a link to lib.
            if (files.RealPath(folder) is not string real || !seen.Add(real))
            {
                continue;
            }
            foreach (DirectoryItem item in files.List(folder).OrderBy(item => item.Name, StringComparer.Ordinal))
            {
                paths.Add(Path.Combine(folder, item.Name));
                if (InstalledMetadata.Read(files, folder, item.Name, withWritten: true) is InstalledDistribution one)
                {
                    all.Add(one);
                }
            }
        }
        return new(all, paths);
    }
}
