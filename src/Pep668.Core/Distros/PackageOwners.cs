using Pep668.Machines;

namespace Pep668.Distros;

/// <summary>Which package owns the files in some folders.</summary>
internal sealed class PackageOwners
{
    private readonly Dictionary<string, PackageOwner> _owners = new(StringComparer.Ordinal);

    /// <summary>Reads which files in some folders the packages of some databases own.</summary>
    /// <param name="databases">The databases.</param>
    /// <param name="folders">The folders, with resolved links.</param>
    internal PackageOwners(IReadOnlyList<PackageDatabase> databases, IReadOnlyList<string> folders)
    {
        Databases = databases;
        foreach (PackageDatabase database in databases)
        {
            foreach (OwnedFile file in database.FilesBelow(folders))
            {
                _owners.TryAdd(file.Path, new(database, file.Package));
            }
        }
    }

    /// <summary>The databases that were read.</summary>
    internal IReadOnlyList<PackageDatabase> Databases { get; }

    /// <summary>The owner of each file.</summary>
    internal IReadOnlyDictionary<string, PackageOwner> Files => _owners;

    /// <summary>Reads the databases of a machine, and of an environment's own package manager.</summary>
    /// <param name="machine">Where they are.</param>
    /// <param name="environment">The environment; null for none.</param>
    /// <param name="folders">The folders. Nothing in a home folder belongs to a package of the system.</param>
    internal static PackageOwners Read(Machine machine, PythonEnvironment? environment, IEnumerable<string> folders)
    {
        string[] real = [.. folders.Select(machine.Files.RealPath).OfType<string>().Distinct(StringComparer.Ordinal)];
        bool isSystem = real.Any(folder => !IsAtHome(machine, folder) && !IsOfVenv(environment, folder));
        return new(
            [
                .. isSystem ? PackageDatabases.OfSystem(machine) : [],
                .. environment is null ? [] : PackageDatabases.OfEnvironment(machine, environment),
            ],
            real);
    }

    /// <summary>The owner of a file, by its path with resolved links; null if it has none.</summary>
    internal PackageOwner? Find(string path) => _owners.GetValueOrDefault(path);

    private static bool IsAtHome(Machine machine, string folder) =>
        machine.Home is string home && home.Length > 1 && PathText.IsBelow(folder, home);

    private static bool IsOfVenv(PythonEnvironment? environment, string folder) =>
        environment is { IsVirtual: true } && PathText.IsBelow(folder, environment.Prefix);
}

/// <summary>A package, and the database that lists it.</summary>
/// <param name="Database">The database.</param>
/// <param name="Package">The package.</param>
internal sealed record PackageOwner(PackageDatabase Database, DistroPackage Package);
