using Pep668.Distros;
using Pep668.Environments;
using Pep668.Machines;
using Pep668.Packages;

namespace Pep668.Audit;

/// <summary><see cref="PythonPackageConflictKind.LeftBehind"/>: packages in a folder of a Python version that is not
/// installed any more, such as <c>/usr/local/lib/python3.9/dist-packages</c> after an upgrade of the
/// distribution.</summary>
internal static class LeftBehindCheck
{
    private static readonly string[] Parents = ["/usr/local/lib", "/usr/local/lib64", "/usr/lib", "/usr/lib64"];

    /// <summary>Finds them.</summary>
    /// <param name="machine">Where to look.</param>
    /// <param name="folders">The folders (<see cref="Folders"/>).</param>
    /// <param name="owners">The owners of the files in them.</param>
    internal static IEnumerable<PythonPackageConflict> Find(Machine machine, IReadOnlyList<string> folders, PackageOwners owners)
    {
        foreach (InstalledDistribution one in InstalledPackages.In(machine.Files, folders))
        {
            if (machine.Files.RealPath(one.MetadataFile) is string real && owners.Find(real) is null)
            {
                string[] paths = Paths(machine.Files, one);
                yield return new()
                {
                    Kind = PythonPackageConflictKind.LeftBehind,
                    Distribution = one.Name,
                    Version = one.Version,
                    Location = one.Location,
                    Paths = paths,
                    Remedies = !machine.IsImage ? Remedies(machine, one.Name, paths) : [],
                };
            }
        }
    }

    /// <summary>The folders of packages that no Python of the machine uses.</summary>
    /// <param name="machine">Where to look.</param>
    /// <param name="environments">The environments of the machine.</param>
    /// <remarks>A folder is in use if a Python imports from it, as its own or as the user's.</remarks>
    internal static IReadOnlyList<string> Folders(Machine machine, IReadOnlyList<PythonEnvironment> environments)
    {
        if (machine.Platform == Platform.Windows)
        {
            return [];
        }
        PythonEnvironment[] pythons = [.. environments.Where(one => !one.IsVirtual)];
        UserHome[] homes = [.. UserHome.All(machine)];
        var used = new HashSet<string>(
            pythons.SelectMany(python => python.SitePackages.Concat(
                    homes.Select(home => UserSite.Find(home.Machine, python)).OfType<string>()))
                .Select(folder => machine.Files.RealPath(folder) ?? folder), StringComparer.Ordinal);
        return [..
            (from parent in Parents.Concat(homes.Select(home => Path.Combine(home.Folder, ".local", "lib")))
             from item in machine.Files.List(parent).OrderBy(item => item.Name, StringComparer.Ordinal)
             where InterpreterName.Parse(item.Name) is { Major: not null, Minor: not null }
             from name in (string[])["dist-packages", "site-packages"]
             let folder = Path.Combine(parent, item.Name, name)
             where machine.Files.RealPath(folder) is string real && !used.Contains(real) && machine.Files.IsDirectory(folder)
             select folder).DistinctBy(machine.Files.RealPath, StringComparer.Ordinal)];
    }

    private static string[] Paths(FileTree files, InstalledDistribution one) =>
        [.. (DistributionFiles.TopLevelNames(files, one) ?? [Path.GetFileName(one.MetadataPath)])
            .Where(name => name is not "__pycache__").Select(name => Path.Combine(one.Location, name))
            .Where(path => files.LinkStat(path).Kind != FileKind.Missing)];

    private static IReadOnlyList<Remedy> Remedies(Machine machine, string name, IReadOnlyList<string> paths) =>
        paths.Count == 0 ? [AuditRemedies.InstallAgain(name)]
            : [AuditRemedies.InstallAgain(name), AuditRemedies.Remove(machine, areFolders: true, paths)];
}
