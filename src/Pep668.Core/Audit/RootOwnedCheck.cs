using Pep668.Machines;

namespace Pep668.Audit;

/// <summary><see cref="PythonPackageConflictKind.RootOwned"/>: what <c>sudo pip</c> left in the home of a user, which
/// the user's own pip cannot change.</summary>
internal static class RootOwnedCheck
{
    private static readonly string[] Folders = [".cache/pip", ".local/bin"];

    internal static IEnumerable<PythonPackageConflict> Find(Machine machine)
    {
        foreach (UserHome home in UserHome.All(machine).Where(home => home.Owner != 0 && machine.Platform != Platform.Windows))
        {
            foreach (string folder in FoldersOf(machine.Files, home.Folder))
            {
                string[] paths = [.. machine.Files.List(folder).Select(item => Path.Combine(folder, item.Name)).Prepend(folder)
                    .Where(path => IsOfRoot(machine.Files, path)).Order(StringComparer.Ordinal)];
                if (paths.Length > 0)
                {
                    yield return new()
                    {
                        Kind = PythonPackageConflictKind.RootOwned,
                        Location = folder,
                        Paths = paths,
                        Remedies = !machine.IsImage ? [AuditRemedies.GiveBack(machine, home, folder)] : [],
                    };
                }
            }
        }
    }

    private static IEnumerable<string> FoldersOf(FileTree files, string home) =>
        Folders.Select(folder => Path.Combine(home, folder))
            .Concat(files.List(Path.Combine(home, ".local", "lib"))
                .Where(item => item.Name.StartsWith("python", StringComparison.Ordinal))
                .Select(item => Path.Combine(home, ".local", "lib", item.Name, "site-packages")))
            .Where(folder => files.LinkStat(folder).Kind == FileKind.Directory);

    private static bool IsOfRoot(FileTree files, string path) => files.LinkStat(path) is { Kind: not FileKind.Missing, Owner: 0 };
}
