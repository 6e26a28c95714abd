using System.Globalization;

namespace Pep668.Machines;

/// <summary>Whether only this user and root can change a file.</summary>
internal static class FileTrust
{
    private const UnixFileMode OthersWrite = UnixFileMode.OtherWrite, GroupWrite = UnixFileMode.GroupWrite;

    // Their modes are made up by mount options: drvfs and 9p of WSL, FAT, NTFS, SMB.
    private static readonly HashSet<string> WithoutModes = new(StringComparer.Ordinal)
    {
        "drvfs", "9p", "vfat", "msdos", "exfat", "ntfs", "ntfs3", "fuseblk", "cifs", "smb3",
    };

    /// <summary>
    /// Whether a file belongs to this user or root and no other user can write to it. The owner's private group (the
    /// same id, without other members) is not another user; on a file system without Unix modes the owner of the mount
    /// decides; on Windows the owner: the user, Administrators or SYSTEM.
    /// </summary>
    internal static bool IsTrusted(Machine machine, string path)
    {
        if (machine.Platform == Platform.Windows)
        {
            return WindowsOwner.IsTrusted(path);
        }
        FileEntry entry = machine.Files.Stat(path);
        return entry.Kind != FileKind.Missing && IsOwner(machine.Files, machine.UserId, entry.Owner)
            && (!CanOthersWrite(machine.Files, entry) || HasNoModes(machine.Files, entry));
    }

    /// <summary>Whether a file belongs to this user; on Windows the folder that it is in decides.</summary>
    internal static bool IsOwn(FileEntry entry) => HostPlatform.IsWindows || entry.Owner == NativeFile.UserId();

    /// <summary>Whether a link, or what else has the path, belongs to this user or root.</summary>
    internal static bool IsTrustedLink(Machine machine, string path) =>
        machine.Platform == Platform.Windows || IsOwner(machine.Files, machine.UserId, machine.Files.LinkStat(path).Owner);

    /// <summary>The real path of a folder if no other user can rename or exchange it or a folder above it; null if one
    /// can. A folder in which everybody may create files is safe if it has the sticky bit.</summary>
    internal static string? SafeFolder(string path)
    {
        FileTree files = FileTree.Host;
        if (files.RealPath(path) is not string real || HostPlatform.IsWindows)
        {
            return files.RealPath(path);
        }
        return Machine.Upward(real).All(IsSafe) ? real : null;

        bool IsSafe(string folder) =>
            files.Stat(folder) is { Kind: FileKind.Directory } entry && IsOwner(files, NativeFile.UserId(), entry.Owner)
            && ((entry.Mode & UnixFileMode.StickyBit) != 0 || !CanOthersWrite(files, entry) || HasNoModes(files, entry));
    }

    /// <summary>Whether a user decides about this machine: this one, root, or who owns <c>/</c> (in a user namespace,
    /// root itself has another number).</summary>
    internal static bool IsOwner(FileTree files, uint user, uint owner) =>
        owner == user || owner == 0 || owner == files.Stat("/").Owner;

    private static bool CanOthersWrite(FileTree files, FileEntry entry) =>
        (entry.Mode & OthersWrite) != 0 || ((entry.Mode & GroupWrite) != 0 && !IsPrivateGroup(files, entry.Owner, entry.Group));

    // As useradd(8) creates them (USERGROUPS_ENAB of login.defs(5)). Root's group is root's own.
    private static bool IsPrivateGroup(FileTree files, uint owner, uint group)
    {
        if (owner != group)
        {
            return false;
        }
        string id = group.ToString(CultureInfo.InvariantCulture);
        string[]? user = Records(files, "/etc/passwd", 2, id).FirstOrDefault();
        return Records(files, "/etc/group", 2, id).All(record =>
                record.Length < 4
                    || record[3].Split(',').All(member => member.Length == 0 || string.Equals(member, user?[0], StringComparison.Ordinal)))
            && Records(files, "/etc/passwd", 3, id).All(record => string.Equals(record[2], id, StringComparison.Ordinal));
    }

    private static IEnumerable<string[]> Records(FileTree files, string path, int field, string value) =>
        (files.ReadText(path) ?? "").Split('\n').Select(line => line.Split(':'))
            .Where(fields => fields.Length > field && string.Equals(fields[field], value, StringComparison.Ordinal));

    // proc_pid_mountinfo(5): "36 35 98:0 /root /mount options [fields] - type source options".
    private static bool HasNoModes(FileTree files, FileEntry entry)
    {
        string device = FormattableString.Invariant($"{entry.Device >> 32}:{(uint)entry.Device}");
        foreach (string line in (files.ReadText("/proc/self/mountinfo") ?? "").Split('\n'))
        {
            string[] fields = line.Split(' ');
            int dash = Array.IndexOf(fields, "-");
            if (dash > 2 && dash + 1 < fields.Length && string.Equals(fields[2], device, StringComparison.Ordinal))
            {
                return WithoutModes.Contains(fields[dash + 1]);
            }
        }
        return false;
    }
}
