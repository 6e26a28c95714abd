using Pep668.Machines;

namespace Pep668.Distros;

/// <summary>The package databases of a machine, or of an image.</summary>
internal static class PackageDatabases
{
    /// <summary>Those of the system.</summary>
    internal static IReadOnlyList<PackageDatabase> OfSystem(Machine machine) =>
        [.. new PackageDatabase?[]
        {
            DpkgDatabase.Open(machine.Files),
            RpmDatabase.Open(machine),
            PacmanDatabase.Open(machine.Files),
            ApkDatabase.Open(machine.Files),
        }.OfType<PackageDatabase>()];

    /// <summary>Those of the package manager that created an environment.</summary>
    internal static IReadOnlyList<PackageDatabase> OfEnvironment(Machine machine, PythonEnvironment environment) =>
        [.. Open(machine, environment.Prefix).OfType<PackageDatabase>()];

    private static IEnumerable<PackageDatabase?> Open(Machine machine, string prefix)
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
