using Microsoft.Win32.SafeHandles;
using Pep668.Machines;

namespace Pep668.Tests.Machines;

/// <summary>What an attacker does with a file or folder.</summary>
public enum Attack
{
    /// <summary>Renames it, and puts a link in its place.</summary>
    Rename,

    /// <summary>Makes an empty folder a junction.</summary>
    Junction,
}

/// <summary>
/// The calls of Windows on a folder of Linux, with the rules of sharing and of links that Microsoft documents, and an
/// attacker who acts before one of them.
/// </summary>
internal sealed class AttackedWindows : WindowsHandles, IDisposable
{
    private const int PathOnly = 0x20_0000; // O_PATH
    private const uint Readable = 0x1 | 0x20, Writable = 0x2 | 0x4;

    private readonly string _area, _outside, _hidden;
    private readonly List<OpenOne> _open = [];
    private readonly Dictionary<string, string> _junctions = new(StringComparer.Ordinal);
    private (string Victim, Attack Attack, int Step) _plan = ("", default, 0);

    /// <param name="area">The folder that the attacker can change.</param>
    /// <param name="outside">What links lead to.</param>
    /// <param name="hidden">Where the attacker puts what was replaced.</param>
    internal AttackedWindows(string area, string outside, string hidden) => (_area, _outside, _hidden) = (area, outside, hidden);

    /// <summary>The number of calls since the attack was planned.</summary>
    internal int Steps { get; private set; }

    /// <summary>Whether the attack was made.</summary>
    internal bool IsDone { get; private set; }

    /// <summary>Whether the attack was refused because a handle does not share deletion.</summary>
    internal bool IsRefused { get; private set; }

    internal void Plan(string victim, Attack attack, int step) => (_plan, Steps) = ((victim, attack, step), 0);

    internal override int Open(SafeFileHandle? folder, string name, in WindowsOpen how, out SafeFileHandle handle)
    {
        Step();
        handle = new();
        bool follows = how.FollowsLinks;
        string path = name;
        if (folder is not null)
        {
            path = Find(folder);
            if (_junctions.TryGetValue(path, out string? link))
            {
                if (!follows)
                {
                    return WindowsOpen.LinkEncountered;
                }
                path = link;
            }
            string[] parts = name.Split('/');
            foreach (string part in parts[..^1])
            {
                path = Path.Combine(path, part);
                FileKind above = NativeFile.Stat(path, follows).Kind;
                if (above != FileKind.Directory)
                {
                    return above == FileKind.Link ? WindowsOpen.LinkEncountered : WindowsOpen.PathNotFound;
                }
            }
            path = Path.Combine(path, parts[^1]);
        }
        int error = Check(path, follows, how);
        if (error != 0)
        {
            return error;
        }
        FileKind kind = NativeFile.Stat(path, follows).Kind;
        if (kind == FileKind.Missing)
        {
            Make(path, (how.Options & WindowsOpen.FolderOnly) != 0);
            kind = NativeFile.Stat(path, follow: false).Kind;
        }
        int descriptor = PosixCalls.Open(
            PosixCalls.ProcessFolder, path,
            PosixCalls.CloseOnExec | (follows ? 0 : PosixCalls.NoFollow)
                | (kind != FileKind.File || (how.Access & (Readable | Writable)) == 0 ? PathOnly
                    : (how.Access & Writable) != 0 ? PosixCalls.ReadWrite : 0));
        Checked(descriptor >= 0, path);
        handle = new(descriptor, ownsHandle: true);
        int copy = PosixCalls.Open(PosixCalls.ProcessFolder, $"/proc/self/fd/{descriptor}", PathOnly | PosixCalls.CloseOnExec);
        _open.Add(new(handle, copy, how.Access, how.Share,
            (how.Options & WindowsOpen.DeleteOnClose) != 0 ? path : null));
        return 0;
    }

    internal override int Read(SafeFileHandle handle, out FileAttributes attributes, out uint links)
    {
        Step();
        string path = Find(handle);
        FileEntry entry = NativeFile.Stat((int)handle.DangerousGetHandle());
        attributes = _junctions.ContainsKey(path) ? FileAttributes.ReparsePoint | FileAttributes.Directory
            : entry.Kind == FileKind.Directory ? FileAttributes.Directory
            : entry.Kind != FileKind.Link ? FileAttributes.Normal
            : FileAttributes.ReparsePoint | (Directory.Exists(path) ? FileAttributes.Directory : 0);
        links = entry.Kind == FileKind.File ? entry.Links : 1;
        return 0;
    }

    // Each link is one of the attacker, and each folder one of the user.
    internal override string? OtherOwner(SafeFileHandle handle)
    {
        Step();
        return _junctions.ContainsKey(Find(handle)) || NativeFile.Stat((int)handle.DangerousGetHandle()).Kind == FileKind.Link
            ? "attacker" : null;
    }

    internal override string? LinkTarget(string path)
    {
        Step();
        return base.LinkTarget(path);
    }

    internal override int Delete(SafeFileHandle handle)
    {
        Step();
        string path = FindLink(handle);
        FileKind kind = NativeFile.Stat(path, follow: false).Kind;
        if (kind == FileKind.Directory && Directory.EnumerateFileSystemEntries(path).Any())
        {
            return WindowsOpen.NotEmpty;
        }
        Checked(PosixCalls.Remove(PosixCalls.ProcessFolder, path, kind == FileKind.Directory), path);
        return 0;
    }

    internal override int Rename(SafeFileHandle handle, SafeFileHandle folder, string newName, bool replaces)
    {
        Step();
        // The folder of the target is opened again, and a junction is followed.
        string path = FindLink(handle), target = Path.Combine(FindLink(folder), newName);
        FileKind kind = NativeFile.Stat(target, follow: false).Kind;
        if (kind != FileKind.Missing && !replaces)
        {
            return WindowsOpen.Exists;
        }
        if (kind == FileKind.Directory || _open.Any(one => one.Handle != handle && !one.Handle.IsClosed && IsIn(path, Find(one.Handle))))
        {
            return WindowsOpen.AccessDenied;
        }
        Checked(PosixCalls.Rename(PosixCalls.ProcessFolder, path, PosixCalls.ProcessFolder, target), target);
        return 0;
    }

    internal override FileEntry Stat(string path, bool follow)
    {
        Step();
        return base.Stat(path, follow);
    }

    internal override IReadOnlyList<DirectoryItem>? List(string path)
    {
        Step();
        return base.List(path);
    }

    internal override void Link(string path, string target)
    {
        Step();
        base.Link(path, target);
    }

    public void Dispose()
    {
        foreach (OpenOne one in _open)
        {
            one.Handle.Dispose();
        }
        Sweep();
    }

    private int Check(string path, bool follows, in WindowsOpen how)
    {
        FileKind kind = NativeFile.Stat(path, follows).Kind;
        if (kind == FileKind.Missing)
        {
            return how.Disposition == WindowsOpen.Existing || !Directory.Exists(Path.GetDirectoryName(path)) ? WindowsOpen.FileNotFound : 0;
        }
        bool isFolder = Directory.Exists(path); // a link is one to a file or one to a folder
        uint access = how.Access, share = how.Share;
        return how.Disposition == WindowsOpen.New ? WindowsOpen.Exists
            : (how.Options & WindowsOpen.FolderOnly) != 0 && !isFolder ? WindowsOpen.NotFolder
            : (how.Options & WindowsOpen.FileOnly) != 0 && isFolder ? WindowsOpen.NotForFolders
            : _open.Any(one => !one.Handle.IsClosed && FindLink(one.Handle) == path
                && (!Allows(one.Share, access) || !Allows(share, one.Access))) ? WindowsOpen.SharingViolation
            : 0;
    }

    private static bool Allows(uint share, uint access) =>
        ((access & Readable) == 0 || (share & WindowsOpen.ShareRead) != 0)
        && ((access & Writable) == 0 || (share & WindowsOpen.ShareWrite) != 0)
        && ((access & WindowsOpen.Delete) == 0 || (share & WindowsOpen.ShareDelete) != 0);

    private static void Make(string path, bool isFolder)
    {
        if (isFolder)
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            File.Create(path).Dispose();
        }
    }

    private void Step()
    {
        Sweep();
        if (++Steps == _plan.Step)
        {
            AttackNow(Path.Combine(_area, _plan.Victim));
        }
    }

    private void AttackNow(string victim)
    {
        string parent = Path.GetDirectoryName(victim)!;
        for (string above = parent; above.Length > _area.Length; above = Path.GetDirectoryName(above)!)
        {
            if (NativeFile.Stat(above, follow: false).Kind != FileKind.Directory)
            {
                return;
            }
        }
        string aside = Path.Combine(_hidden, "aside");
        FileKind kind = NativeFile.Stat(victim, follow: false).Kind;
        if (kind == FileKind.Missing)
        {
            File.CreateSymbolicLink(victim, _plan.Attack == Attack.Rename ? _outside : Path.Combine(_outside, "f"));
        }
        else if (kind is FileKind.File or FileKind.Directory && _plan.Attack == Attack.Rename)
        {
            IsRefused = _open.Any(one => !one.Handle.IsClosed && (one.Share & WindowsOpen.ShareDelete) == 0
                && (one.Access & (Readable | Writable | WindowsOpen.Delete)) != 0 && IsIn(victim, Find(one.Handle)));
            if (!IsRefused)
            {
                Replace(victim, aside, kind == FileKind.File ? Path.Combine(_outside, "f") : _outside);
            }
        }
        else if (kind == FileKind.Directory && !Directory.EnumerateFileSystemEntries(victim).Any())
        {
            // An open handle does not prevent it: FSCTL_SET_REPARSE_POINT needs only the right to write attributes.
            Replace(victim, aside, _outside);
            _junctions.Add(aside, victim);
        }
    }

    private void Replace(string victim, string aside, string target)
    {
        Checked(PosixCalls.Rename(PosixCalls.ProcessFolder, victim, PosixCalls.ProcessFolder, aside), victim);
        File.CreateSymbolicLink(victim, target);
        IsDone = true;
    }

    private void Sweep()
    {
        foreach (OpenOne one in _open.Where(one => one.Handle.IsClosed).ToArray())
        {
            if (one.DeletedOnClose is string path)
            {
                FileKind kind = NativeFile.Stat(path, follow: false).Kind;
                Checked(kind == FileKind.Missing || PosixCalls.Remove(PosixCalls.ProcessFolder, path, kind == FileKind.Directory), path);
            }
            PosixCalls.Close(one.Copy);
            _open.Remove(one);
        }
    }

    // Where an open file is now, as the system knows it.
    private static string Find(SafeFileHandle handle) => new FileInfo($"/proc/self/fd/{handle.DangerousGetHandle()}").LinkTarget!;

    private string FindLink(SafeFileHandle handle) => Find(handle) is string path ? _junctions.GetValueOrDefault(path, path) : "";

    private static void Checked(bool isDone, string path)
    {
        if (!isDone)
        {
            throw new InvalidOperationException($"'{path}' could not be used (error {PosixCalls.Error()}).");
        }
    }

    private static bool IsIn(string folder, string path) => path == folder || path.StartsWith(folder + "/", StringComparison.Ordinal);

    private sealed record OpenOne(SafeFileHandle Handle, int Copy, uint Access, uint Share, string? DeletedOnClose);
}
