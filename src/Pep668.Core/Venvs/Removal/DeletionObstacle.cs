using Pep668.Machines;

namespace Pep668.Venvs.Removal;

/// <summary>A folder in an environment that cannot be deleted. It is found before anything is deleted, so that an
/// environment with files of another user, such as those of a <c>sudo pip</c>, remains complete.</summary>
/// <param name="Folder">The folder.</param>
/// <param name="IsMounted">Whether another file system is mounted there; else the user may not delete files in
/// it.</param>
internal sealed record DeletionObstacle(string Folder, bool IsMounted)
{
    private const UnixFileMode OwnersChange = UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode OthersWrite = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    /// <summary>Finds the first one; null without one. On Windows none is found: modes do not decide there.</summary>
    /// <param name="machine">The machine.</param>
    /// <param name="prefix">The folder of the environment.</param>
    internal static DeletionObstacle? Find(Machine machine, string prefix)
    {
        if (machine.Platform == Platform.Windows)
        {
            return null;
        }
        ulong device = machine.Files.LinkStat(prefix).Device;
        var rest = new Stack<string>([prefix]);
        while (rest.TryPop(out string? folder))
        {
            FileEntry entry = machine.Files.LinkStat(folder);
            if (entry.Kind != FileKind.Directory)
            {
                continue;
            }
            if (entry.Device != device)
            {
                return new(folder, IsMounted: true);
            }
            IReadOnlyList<DirectoryItem>? items = machine.Files.TryList(folder);
            // An empty folder is deleted from the one above it.
            if (items is not { Count: 0 } && IsDenied(machine, entry))
            {
                return new(folder, IsMounted: false);
            }
            foreach (DirectoryItem item in items ?? [])
            {
                if (item.Kind == FileKind.Directory)
                {
                    rest.Push(Path.Combine(folder, item.Name));
                }
            }
        }
        return null;
    }

    // Only what is certain: a group or an access list, whose mask is in the bits of the group, may allow it.
    private static bool IsDenied(Machine machine, FileEntry folder) => machine.UserId != 0
        && (folder.Owner == machine.UserId ? (folder.Mode & OwnersChange) != OwnersChange : (folder.Mode & OthersWrite) == 0);
}
