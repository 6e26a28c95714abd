namespace Pep668.Machines;

/// <summary>What is at a path.</summary>
internal enum FileKind
{
    /// <summary>Nothing, or nothing that this user can see; also a link that leads nowhere.</summary>
    Missing,

    /// <summary>A regular file.</summary>
    File,

    /// <summary>A directory.</summary>
    Directory,

    /// <summary>A symbolic link (only where links are not followed).</summary>
    Link,

    /// <summary>A FIFO, a socket or a device: never opened, since that can block for ever.</summary>
    Other,
}

/// <summary>The facts of one file, as <c>stat</c> gives them.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Mode">Permission bits; 0 on Windows.</param>
/// <param name="Owner">The owner's user id; 0 on Windows, where ownership is not judged by number.</param>
/// <param name="Group">The id of its group; 0 on Windows.</param>
/// <param name="Device">With <paramref name="Inode"/>, the file's identity: equal for hard links. 0 on Windows.</param>
/// <param name="Inode">See <paramref name="Device"/>.</param>
/// <param name="Size">Length in bytes.</param>
/// <param name="Modified">Last change of the content, in seconds since 1970 UTC.</param>
/// <param name="Links">How many names it has (hard links); 1 on Windows.</param>
internal readonly record struct FileEntry(
    FileKind Kind, UnixFileMode Mode, uint Owner, uint Group, ulong Device, ulong Inode, long Size, long Modified,
    uint Links)
{
    /// <summary>Whether both are the same file on disk: one path, or hard links of one file.</summary>
    public bool IsSameFile(FileEntry other) =>
        Kind != FileKind.Missing && Inode != 0 && Inode == other.Inode && Device == other.Device;
}

/// <summary>A name in a directory.</summary>
/// <param name="Name">The last part of the path.</param>
/// <param name="Kind">What it is; links are not followed.</param>
internal readonly record struct DirectoryItem(string Name, FileKind Kind);

/// <summary>What reading a file gave: its bytes, or why there are none.</summary>
/// <param name="Bytes">The content, or null.</param>
/// <param name="Problem">Why the content is missing, as a clause; null if it is not.</param>
internal readonly record struct FileContent(byte[]? Bytes, string? Problem);
