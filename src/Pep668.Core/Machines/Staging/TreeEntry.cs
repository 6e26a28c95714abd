namespace Pep668.Machines.Staging;

/// <summary>What a path in a tree becomes.</summary>
internal enum TreeEntryKind
{
    Directory,

    File,

    Link,

    /// <summary>A copy of a file that stands elsewhere.</summary>
    Copy,
}

/// <summary>One thing to write, in a folder that is still to be named.</summary>
/// <param name="Path">Its place below that folder.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Content">The bytes of a file.</param>
/// <param name="Target">Where a link leads, or what is copied.</param>
/// <param name="Mode">Its permissions; null for what the user's mask leaves.</param>
/// <param name="Modified">Its time of modification, in seconds since 1970; null for now.</param>
/// <param name="More">Permissions besides what the user's mask leaves.</param>
/// <param name="Source">A file that has these bytes at <paramref name="Offset"/>; null if it is missing.</param>
/// <param name="Offset">Where they stand in it.</param>
internal readonly record struct TreeEntry(
    string Path, TreeEntryKind Kind, ReadOnlyMemory<byte> Content = default, string? Target = null, UnixFileMode? Mode = null,
    long? Modified = null,
    UnixFileMode More = UnixFileMode.None, ReflinkSource? Source = null, long Offset = 0)
{
    /// <summary>The permissions 0755.</summary>
    internal const UnixFileMode Executable =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    /// <summary>What pip gives to a file that may be run in its wheel
    /// (<c>set_extracted_file_to_default_mode_plus_executable</c>): 0111.</summary>
    internal const UnixFileMode Run = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    internal static TreeEntry Folder(string path) => new(path, TreeEntryKind.Directory);

    internal static TreeEntry File(string path, ReadOnlyMemory<byte> content, UnixFileMode? mode = null, long? modified = null) =>
        new(path, TreeEntryKind.File, content, Mode: mode, Modified: modified);

    internal static TreeEntry Link(string path, string target) => new(path, TreeEntryKind.Link, Target: target);
}
