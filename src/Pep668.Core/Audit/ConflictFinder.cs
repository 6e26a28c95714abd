using Pep668.Discovery;
using Pep668.Distros;
using Pep668.Machines;
using Pep668.Packages;

namespace Pep668.Audit;

/// <summary>Finds what past installs have broken, from files alone.</summary>
internal static class ConflictFinder
{
    /// <summary>The conflicts in one environment.</summary>
    internal static Outcome<IReadOnlyList<PythonPackageConflict>> Find(Machine machine, PythonEnvironment environment) =>
        Find(machine, [environment],
            [.. environment.IsVirtual ? [] : PackageDatabases.OfSystem(machine), .. PackageDatabases.OfEnvironment(machine, environment)],
            [], _ => []);

    /// <summary>The conflicts of a machine: in the Pythons of its system, and in folders without a Python.</summary>
    internal static Outcome<IReadOnlyList<PythonPackageConflict>> Find(EnvironmentCatalog catalog)
    {
        Machine machine = catalog.Machine;
        IReadOnlyList<string> leftBehind = LeftBehindCheck.Folders(machine, catalog.All);
        return Find(machine, SystemPythons.Find(catalog), PackageDatabases.OfSystem(machine), leftBehind,
            owners => RootOwnedCheck.Find(machine).Concat(LeftBehindCheck.Find(machine, leftBehind, owners)));
    }

    private static Outcome<IReadOnlyList<PythonPackageConflict>> Find(
        Machine machine, IReadOnlyList<PythonEnvironment> environments, IReadOnlyList<PackageDatabase> databases,
        IReadOnlyList<string> folders, Func<PackageOwners, IEnumerable<PythonPackageConflict>> elsewhere)
    {
        var owners = new PackageOwners(databases, [.. environments.SelectMany(FoldersOf).Concat(folders)
            .Select(machine.Files.RealPath).OfType<string>().Distinct(StringComparer.Ordinal)]);
        ConflictCheck[] checks =
        [
            new MarkerCheck(), new ShadowedCheck(), new UserSiteCheck(), new ChangedFilesCheck(), new MetadataCheck(), new OrphanedCheck(),
        ];
        PythonPackageConflict[] found =
        [
            .. environments.Select(environment => new AuditedPython(machine, environment, owners))
                .SelectMany(python => checks.SelectMany(check => check.Find(python))),
            .. elsewhere(owners),
        ];
        return Outcome.Success<IReadOnlyList<PythonPackageConflict>>(
            [.. found.DistinctBy(one => (one.Kind, one.Location, one.Distribution)).OrderBy(Rank)],
            notices: InstalledPackages.Problems(owners));
    }

    // What belongs to root comes first: the user cannot uninstall it.
    private static int Rank(PythonPackageConflict one) => one.Kind == PythonPackageConflictKind.RootOwned ? -1 : (int)one.Kind;

    // The commands of packages are in the folder of the interpreter.
    private static IEnumerable<string> FoldersOf(PythonEnvironment environment) => environment.IsVirtual ? []
        : [.. environment.SitePackages, .. environment.StdLib is string library ? [library] : Array.Empty<string>(),
            Path.GetDirectoryName(environment.Executable)!];
}
