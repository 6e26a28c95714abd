using Microsoft.Win32.SafeHandles;

namespace Pep668.Machines;

/// <summary>
/// The one door to files: the machine's own, or a folder that stands for <c>/</c>. Every path that goes in or comes out
/// is a path as seen inside; with a root, links resolve inside it and nothing outside it is ever read.
/// </summary>
/// <remarks>No member throws for what is on disk or missing there.</remarks>
internal sealed class FileTree
{
    private const int MaximumLinks = 40; // as Linux does (path_resolution(7))
    private const int NearPath = 512;    // longer paths are allocated

    private readonly string? _root;
    private readonly string? _disk; // the same for Windows, which changes no name behind this start
    private readonly RootFolder? _folder;
    private readonly string? _near; // a folder that is open, with the slash behind it
    private readonly int _nearDescriptor;

    /// <summary>The machine's own files.</summary>
    public static FileTree Host { get; } = new(null, null);

    private FileTree(string? root, RootFolder? folder)
    {
        (_root, _folder) = (root, folder);
        _disk = root is null || !HostPlatform.IsWindows ? null
            : root.StartsWith(@"\\?\", StringComparison.Ordinal) ? root
            : root.StartsWith(@"\\", StringComparison.Ordinal) ? @"\\?\UNC" + root[1..]
            : @"\\?\" + root;
    }

    private FileTree(string near, int descriptor) => (_near, _nearDescriptor) = (near, descriptor);

    /// <summary>A folder that is <c>/</c>.</summary>
    /// <param name="folder">An existing folder, as an absolute path of the machine.</param>
    public static FileTree Under(string folder)
    {
        string root = Host.RealPath(Path.GetFullPath(folder)) ?? Path.GetFullPath(folder);
        return new(root, HostPlatform.IsWindows ? null : RootFolder.Open(root));
    }

    /// <summary>Reads many files in a folder: while it is open, the system finds them without the folders
    /// above.</summary>
    /// <param name="folder">An absolute path.</param>
    /// <param name="read">Gets the tree with which it reads, and does not keep it.</param>
    internal T Near<T>(string folder, Func<FileTree, T> read)
    {
        int descriptor = _root is not null || HostPlatform.IsWindows || folder.Contains('\0', StringComparison.Ordinal) ? -1
            : PosixCalls.Open(PosixCalls.ProcessFolder, folder, PosixCalls.CloseOnExec | PosixCalls.Folder | PosixCalls.PathOnly);
        if (descriptor < 0)
        {
            return read(this);
        }
        try
        {
            return read(new(folder + "/", descriptor));
        }
        finally
        {
            PosixCalls.Close(descriptor);
        }
    }

    /// <summary>The folder that is <c>/</c>, as a path of the machine; null for the machine itself.</summary>
    public string? Root => _root;

    /// <summary>What is at a path, links followed.</summary>
    public FileEntry Stat(string path) =>
        IsNear(path) ? NativeFile.Stat(_nearDescriptor, path[_near!.Length..], follow: true)
        : _root is null ? NativeFile.Stat(path, follow: true)
        : _folder is not null ? Full(path) is string full ? _folder.Stat(full, follow: true) : default
        : RealPath(path) is string real ? NativeFile.Stat(Disk(real), follow: false)
        : default;

    /// <summary>What is at a path, the last link not followed.</summary>
    public FileEntry LinkStat(string path) =>
        _root is null ? NativeFile.Stat(path, follow: false)
        : _folder is not null ? Full(path) is string full ? _folder.Stat(full, follow: false) : default
        : OnDisk(path) is string disk ? NativeFile.Stat(disk, follow: false)
        : default;

    /// <summary>
    /// Whether what is at a path cannot be known, since a folder on the way may not be entered. Not told below a
    /// root: the system's own answer follows links out of it.
    /// </summary>
    public bool IsDenied(string path) => _root is null && NativeFile.IsDenied(path);

    /// <summary>Whether a regular file exists there, links followed.</summary>
    public bool IsFile(string path) => Stat(path).Kind == FileKind.File;

    /// <summary>Whether a directory exists there, links followed.</summary>
    public bool IsDirectory(string path) => Stat(path).Kind == FileKind.Directory;

    /// <summary>Whether two paths lead to one file or folder, however they are spelled: through links, in another case
    /// where that makes no difference, as a name of the network.</summary>
    public bool IsSame(string one, string other) =>
        string.Equals(one, other, StringComparison.Ordinal)
        || (!HostPlatform.IsWindows ? Stat(one).IsSameFile(Stat(other))
            : OnDisk(one, followLast: true) is string oneOnDisk && OnDisk(other, followLast: true) is string otherOnDisk
                && WindowsHandles.Native.IsSame(oneOnDisk, otherOnDisk));

    /// <summary>Whether this user may execute the file; inside a root, whether anybody may.</summary>
    public bool IsExecutable(string path)
    {
        FileEntry entry = Stat(path);
        return entry.Kind == FileKind.File && (_root is null
            ? NativeFile.MayExecute(path)
            : OperatingSystem.IsWindows()
                || (entry.Mode & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != 0);
    }

    /// <summary>Whether a user may create files in a folder: for this process, whether the system allows it; inside a
    /// root, by the bits of the owner and of others. On Windows always.</summary>
    public bool MayWrite(string folder, uint userId)
    {
        if (OperatingSystem.IsWindows() || userId == 0)
        {
            return true;
        }
        FileEntry entry = Stat(folder);
        return _root is null ? NativeFile.MayWrite(folder)
            : entry.Mode.HasFlag(entry.Owner == userId ? UnixFileMode.UserWrite : UnixFileMode.OtherWrite);
    }

    /// <summary>Where a link points, as it is written in it; null when it is none.</summary>
    public string? ReadLink(string path) =>
        _folder is not null ? Full(path) is string full ? _folder.ReadLink(full) : null
        : OnDisk(path) is string disk ? LinkTarget(disk) : null;

    /// <summary>A whole file, up to a limit.</summary>
    /// <param name="path">The file; links are followed.</param>
    /// <param name="limit">The most bytes to accept. A larger file is a problem, not a cut text.</param>
    public FileContent Read(string path, int limit = 16 << 20) =>
        IsNear(path) ? NativeRead.Whole(OpenNear(path), limit)
        : _folder is not null ? Full(path) is string full ? NativeRead.Whole(_folder.OpenToRead(full), limit) : NativeRead.Missing
        : OnDisk(path, followLast: true) is string disk ? NativeRead.Whole(disk, limit) : NativeRead.Missing;

    /// <summary>A small text file of a tool, read as UTF-8; what is not UTF-8 becomes U+FFFD. Null when it cannot be
    /// read.</summary>
    public string? ReadText(string path, int limit = 1 << 20) =>
        Read(path, limit).Bytes is byte[] bytes ? System.Text.Encoding.UTF8.GetString(bytes) : null;

    /// <summary>The first bytes of a file, as many as there are up to a number; null if it cannot be read.</summary>
    public byte[]? ReadStart(string path, int count)
    {
        byte[] bytes = new byte[count];
        int read = ReadStart(path, bytes);
        return read < 0 ? null : read == count ? bytes : bytes[..read];
    }

    /// <summary>Reads the first bytes of a file into a buffer.</summary>
    /// <returns>How many were read; below 0 if the file cannot be read.</returns>
    public int ReadStart(string path, Span<byte> buffer) =>
        IsNear(path) ? NativeRead.Start(OpenNear(path), buffer)
        : _folder is not null ? Full(path) is string full ? NativeRead.Start(_folder.OpenToRead(full), buffer) : -1
        : OnDisk(path, followLast: true) is string disk ? NativeRead.Start(disk, buffer) : -1;

    /// <summary>Reads a whole file into a buffer, for files that are many and mostly small.</summary>
    /// <returns>Its length; below 0 if it is not smaller than the buffer or cannot be read: use
    /// <see cref="Read(string, int)"/>.</returns>
    public int ReadSmall(string path, Span<byte> buffer) =>
        IsNear(path) ? NativeRead.Small(OpenNear(path), buffer)
        : _folder is not null ? Full(path) is string full ? NativeRead.Small(_folder.OpenToRead(full), buffer) : -1
        : !HostPlatform.IsWindows && _root is null && !path.Contains('\0', StringComparison.Ordinal)
            ? NativeRead.Small(PosixCalls.Open(PosixCalls.ProcessFolder, path, PosixCalls.ReadOnly), buffer)
        : -1;

    /// <summary>Whether a regular file of a folder exists. Where many folders have a file of that name, no path is
    /// made for each.</summary>
    public bool IsFile(string folder, string name)
    {
        Span<byte> path = stackalloc byte[NearPath];
        return IsNear(folder) && PosixPath.TryJoin(folder.AsSpan(_near!.Length), name, path)
            ? NativeFile.Stat(_nearDescriptor, path).Kind == FileKind.File : IsFile(Path.Combine(folder, name));
    }

    /// <summary>Reads the first bytes of a file of a folder, as <see cref="ReadStart(string, Span{byte})"/>
    /// does.</summary>
    public int ReadStart(string folder, string name, Span<byte> buffer)
    {
        Span<byte> path = stackalloc byte[NearPath];
        return IsNear(folder) && PosixPath.TryJoin(folder.AsSpan(_near!.Length), name, path)
            ? NativeRead.Start(PosixCalls.Open(_nearDescriptor, path, PosixCalls.ReadOnly), buffer)
            : ReadStart(Path.Combine(folder, name), buffer);
    }

    /// <summary>A whole file of a folder, as <see cref="Read(string, int)"/> reads it.</summary>
    public FileContent Read(string folder, string name, int limit)
    {
        Span<byte> path = stackalloc byte[NearPath];
        return IsNear(folder) && PosixPath.TryJoin(folder.AsSpan(_near!.Length), name, path)
            ? NativeRead.Whole(PosixCalls.Open(_nearDescriptor, path, PosixCalls.ReadOnly), limit)
            : Read(Path.Combine(folder, name), limit);
    }

    /// <summary>A regular file opened for reading in parts; null when it is not one or cannot be read.</summary>
    public SafeFileHandle? Open(string path) =>
        _folder is not null ? Full(path) is string full ? NativeRead.Open(_folder.OpenToRead(full)) : null
        : OnDisk(path, followLast: true) is string disk ? NativeRead.Open(disk) : null;

    /// <summary>The names in a directory, unordered; empty if it is not a directory or cannot be read.</summary>
    public IReadOnlyList<DirectoryItem> List(string directory) => TryList(directory) ?? [];

    /// <summary>The names in a directory, unordered; null if it is not a directory or cannot be read.</summary>
    public IReadOnlyList<DirectoryItem>? TryList(string directory)
    {
        if (_folder is not null)
        {
            return Full(directory) is string full ? NativeDirectory.ListPosix(_folder.OpenToRead(full, isFolder: true)) : null;
        }
        string? disk = OnDisk(directory, followLast: true);
        return disk is null || disk.Contains('\0', StringComparison.Ordinal) ? null : NativeDirectory.List(disk);
    }

    /// <summary>The path with every link resolved; null when it leads nowhere.</summary>
    public string? RealPath(string path) =>
        _folder is not null ? Full(path) is string full ? _folder.RealPath(full) : null : Resolve(path, followLast: true);

    /// <summary>The path with the links of its directories resolved, its last part as it is; null when the directory is
    /// not there.</summary>
    public string? RealDirectoryPath(string path) =>
        _folder is null ? Resolve(path, followLast: false)
        : Full(path) is not string full ? null
        : Path.GetDirectoryName(full) is not string parent ? full
        : _folder.RealPath(parent) is string real ? Path.Combine(real, Path.GetFileName(full))
        : null;

    // A path with ".." could leave the folder through a link in it, as it does without the folder; it is not shortened.
    private bool IsNear(string path) =>
        _near is not null && path.StartsWith(_near, StringComparison.Ordinal) && path.Length > _near.Length && path[_near.Length] != '/'
        && !path.Contains('\0', StringComparison.Ordinal);

    private int OpenNear(string path) => PosixCalls.Open(_nearDescriptor, path[_near!.Length..], PosixCalls.ReadOnly);

    private static string? Full(string path) =>
        path.Length == 0 || path.Contains('\0', StringComparison.Ordinal)
            ? null
            : Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));

    private string? OnDisk(string path, bool followLast = false) =>
        _root is null ? path
        : Resolve(path, followLast) is string inside ? Disk(inside)
        : null;

    private string Disk(string path) => _disk is null ? _root + path : _disk + path.Replace('/', '\\');

    private string? Resolve(string path, bool followLast)
    {
        if (path.Length == 0 || path.Contains('\0', StringComparison.Ordinal))
        {
            return null;
        }
        path = Path.GetFullPath(path);
        char separator = Path.SeparatorOf(path);
        string start = Path.GetPathRoot(path) ?? "/";
        string done = start.TrimEnd(separator);
        var rest = new Stack<string>(Parts(path[start.Length..]).Reverse());
        int links = 0;
        while (rest.TryPop(out string? part))
        {
            if (string.Equals(part, "..", StringComparison.Ordinal))
            {
                done = done.Length == 0 ? done : done[..Math.Max(0, done.LastIndexOf(separator))];
                continue;
            }
            if (_root is not null && part.Contains(':', StringComparison.Ordinal))
            {
                return null; // a stream of a file, which the tree does not have
            }
            string next = done + separator + part;
            string disk = Disk(next);
            FileEntry entry = NativeFile.Stat(disk, follow: false);
            if (entry.Kind == FileKind.Link && (followLast || rest.Count > 0))
            {
                if (++links > MaximumLinks || LinkTarget(disk) is not string target)
                {
                    return null;
                }
                if (Path.IsPathRooted(target))
                {
                    start = Path.GetPathRoot(target)!;
                    done = start.TrimEnd('/', Path.DirectorySeparatorChar);
                    if (_root is not null && done.Length > 0)
                    {
                        return null; // a drive, which is not below the root
                    }
                    target = target[start.Length..];
                }
                foreach (string inner in Parts(target).Reverse())
                {
                    rest.Push(inner);
                }
                continue;
            }
            if (entry.Kind == FileKind.Missing && (followLast || rest.Count > 0))
            {
                return null;
            }
            done = next;
        }
        return done.Length == 0 || done[^1] == ':' && HostPlatform.IsWindows ? done + separator : done;
    }

    private static IEnumerable<string> Parts(string path) =>
        path.Split([Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries)
            .Where(part => !string.Equals(part, ".", StringComparison.Ordinal));

    private static string? LinkTarget(string disk)
    {
        if (disk.Contains('\0', StringComparison.Ordinal))
        {
            return null;
        }
        if (!HostPlatform.IsWindows)
        {
            return PosixCalls.ReadLink(PosixCalls.ProcessFolder, disk);
        }
        try
        {
            return new FileInfo(disk).LinkTarget;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
