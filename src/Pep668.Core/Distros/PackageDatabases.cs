using Pep668.Machines;

namespace Pep668.Distros;

/// <summary>The package databases of a machine, or of an image.</summary>
internal static class PackageDatabases
{
    /// <summary>Those that exist: of the system, then of an environment's own package manager.</summary>
    /// <param name="machine">Where to look.</param>
    /// <param name="environment">The environment whose manager is included (conda, Homebrew); null for the system
    /// alone.</param>
    internal static IReadOnlyList<PackageDatabase> Open(Machine machine, PythonEnvironment? environment = null) =>
        [.. new PackageDatabase?[]
        {
            DpkgDatabase.Open(machine.Files),
            PacmanDatabase.Open(machine.Files),
            ApkDatabase.Open(machine.Files),
        }.Concat(environment is null ? [] : OfEnvironment(machine, environment.Prefix)).OfType<PackageDatabase>()];

    private static IEnumerable<PackageDatabase?> OfEnvironment(Machine machine, string prefix)
    {
        if (machine.Platform != Platform.Windows)
        {
            yield return HomebrewDatabase.Open(machine.Files, prefix);
        }
        else if (Path.GetDirectoryName(prefix) is string folder)
        {
            yield return PacmanDatabase.Open(machine.Files, folder); // an environment of MSYS2 is a folder in it
        }
        yield return CondaDatabase.Open(machine.Files, prefix);
    }
}
