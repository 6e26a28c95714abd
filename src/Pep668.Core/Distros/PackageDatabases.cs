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
        }.OfType<PackageDatabase>()];
}
