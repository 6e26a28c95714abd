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
        }.OfType<PackageDatabase>()];

    /// <summary>Those of the package manager that created an environment.</summary>
    internal static IReadOnlyList<PackageDatabase> OfEnvironment(Machine machine, PythonEnvironment environment) => [];
}
