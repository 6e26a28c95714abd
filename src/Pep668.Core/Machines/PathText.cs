namespace Pep668.Machines;

/// <summary>Texts from files that name paths, which may be texts that no path can be.</summary>
internal static class PathText
{
    private const string Verbatim = @"\\?\", VerbatimShare = @"\\?\UNC\";

    /// <summary>The longest path that a system accepts: PATH_MAX of Linux, and of Windows the limit of its
    /// API.</summary>
    internal static int Longest { get; } = OperatingSystem.IsWindows() ? 32_767 : 4_096;

    /// <summary>Whether something can exist at a path.</summary>
    internal static bool IsPossible(string path) => path.Length <= Longest && !path.Contains('\0', StringComparison.Ordinal);

    /// <summary>A path made absolute. With a NUL, at which .NET throws, it remains a text at which
    /// nothing exists.</summary>
    /// <param name="path">A path.</param>
    /// <param name="folder">An absolute path: where a relative one starts.</param>
    internal static string Absolute(string path, string folder) =>
        path.Contains('\0', StringComparison.Ordinal) ? Path.Combine(folder, path) : Path.GetFullPath(Ordinary(path), folder);

    /// <summary>Whether a path is a folder, or is below it. Both are taken as they are written.</summary>
    internal static bool IsBelow(string path, string folder) =>
        path.StartsWith(folder, StringComparison.Ordinal)
        && (path.Length == folder.Length || path[folder.Length] is '/' || path[folder.Length] == Path.DirectorySeparatorChar
            || folder is [.., '/'] || (folder.Length > 0 && folder[^1] == Path.DirectorySeparatorChar));

    /// <summary>A path of Windows that starts with <c>\\?\</c>, as <c>\\?\C:\Python</c>, without it; every other as it
    /// is.</summary>
    internal static string Ordinary(string path) =>
        !OperatingSystem.IsWindows() || !path.StartsWith(Verbatim, StringComparison.Ordinal) ? path
        : path.StartsWith(VerbatimShare, StringComparison.OrdinalIgnoreCase) ? @"\\" + path[VerbatimShare.Length..]
        : path[Verbatim.Length..] is [_, ':', '\\', ..] ? path[Verbatim.Length..]
        : path;
}
