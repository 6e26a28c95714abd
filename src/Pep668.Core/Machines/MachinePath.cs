using HostPath = System.IO.Path;

namespace Pep668.Machines;

/// <summary>
/// Paths as texts, under the name <c>Path</c> in all of the product. They are the host's. On Windows those that start
/// with one <c>/</c> are paths below a root, whose system is POSIX (a container image, a WSL distribution).
/// </summary>
/// <remarks>On Windows <c>\</c> separates in a path below a root too: no file there can have it in its name.</remarks>
internal static class MachinePath
{
    /// <summary>The separator of the host.</summary>
    internal static char DirectorySeparatorChar => HostPath.DirectorySeparatorChar;

    /// <summary>The other separator of the host; on POSIX the same one.</summary>
    internal static char AltDirectorySeparatorChar => HostPath.AltDirectorySeparatorChar;

    /// <summary>The separator of PATH.</summary>
    internal static char PathSeparator => HostPath.PathSeparator;

    /// <summary>The separator of the system that a path belongs to.</summary>
    internal static char SeparatorOf(string path) => IsBelowRoot(path) ? '/' : HostPath.DirectorySeparatorChar;

    /// <inheritdoc cref="HostPath.Combine(string, string)" />
    internal static string Combine(string one, string two) =>
        IsBelowRoot(one) ? Joined([one, two]) : HostPath.Combine(one, two);

    /// <inheritdoc cref="HostPath.Combine(string, string, string)" />
    internal static string Combine(string one, string two, string three) =>
        IsBelowRoot(one) ? Joined([one, two, three]) : HostPath.Combine(one, two, three);

    /// <inheritdoc cref="HostPath.Combine(string, string, string, string)" />
    internal static string Combine(string one, string two, string three, string four) =>
        IsBelowRoot(one) ? Joined([one, two, three, four]) : HostPath.Combine(one, two, three, four);

    /// <inheritdoc cref="HostPath.Combine(string[])" />
    internal static string Combine(params string[] parts) =>
        parts is [string first, ..] && IsBelowRoot(first) ? Joined(parts) : HostPath.Combine(parts);

    /// <inheritdoc cref="HostPath.GetFileName(string)" />
    [return: System.Diagnostics.CodeAnalysis.NotNullIfNotNull(nameof(path))]
    internal static string? GetFileName(string? path) => HostPath.GetFileName(path);

    /// <inheritdoc cref="HostPath.GetFileName(ReadOnlySpan{char})" />
    internal static ReadOnlySpan<char> GetFileName(ReadOnlySpan<char> path) => HostPath.GetFileName(path);

    /// <inheritdoc cref="HostPath.GetFileNameWithoutExtension(string)" />
    [return: System.Diagnostics.CodeAnalysis.NotNullIfNotNull(nameof(path))]
    internal static string? GetFileNameWithoutExtension(string? path) => HostPath.GetFileNameWithoutExtension(path);

    /// <inheritdoc cref="HostPath.GetExtension(string)" />
    [return: System.Diagnostics.CodeAnalysis.NotNullIfNotNull(nameof(path))]
    internal static string? GetExtension(string? path) => HostPath.GetExtension(path);

    /// <inheritdoc cref="HostPath.GetDirectoryName(string)" />
    internal static string? GetDirectoryName(string? path) =>
        !IsBelowRoot(path) ? HostPath.GetDirectoryName(path)
        : HostPath.GetDirectoryName(path) is string folder ? Posix(folder)
        : null;

    /// <inheritdoc cref="HostPath.GetPathRoot(string)" />
    internal static string? GetPathRoot(string? path) => IsBelowRoot(path) ? "/" : HostPath.GetPathRoot(path);

    /// <inheritdoc cref="HostPath.IsPathRooted(string)" />
    internal static bool IsPathRooted([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] string? path) => HostPath.IsPathRooted(path);

    /// <inheritdoc cref="HostPath.IsPathFullyQualified(string)" />
    internal static bool IsPathFullyQualified(string path) => IsBelowRoot(path) || HostPath.IsPathFullyQualified(path);

    /// <inheritdoc cref="HostPath.GetFullPath(string)" />
    internal static string GetFullPath(string path) => IsBelowRoot(path) ? Walked(path) : HostPath.GetFullPath(path);

    /// <inheritdoc cref="HostPath.GetFullPath(string, string)" />
    internal static string GetFullPath(string path, string folder) =>
        !IsBelowRoot(folder) ? HostPath.GetFullPath(path, folder)
        : IsBelowRoot(path) ? Walked(path)
        : Walked(folder + "/" + path);

    /// <inheritdoc cref="HostPath.GetRelativePath(string, string)" />
    internal static string GetRelativePath(string folder, string path) =>
        IsBelowRoot(folder) ? Posix(HostPath.GetRelativePath(folder, path)) : HostPath.GetRelativePath(folder, path);

    /// <inheritdoc cref="HostPath.TrimEndingDirectorySeparator(string)" />
    internal static string TrimEndingDirectorySeparator(string path) => HostPath.TrimEndingDirectorySeparator(path);

    /// <inheritdoc cref="HostPath.GetTempPath" />
    internal static string GetTempPath() => HostPath.GetTempPath();

    // "//server" is a name of the network.
    private static bool IsBelowRoot(string? path) => OperatingSystem.IsWindows() && path is ['/'] or ['/', not ('/' or '\\'), ..];

    private static string Joined(ReadOnlySpan<string> parts)
    {
        string path = "";
        foreach (string part in parts)
        {
            path = part is ['/' or '\\', ..] ? part
                : part.Length == 0 || path is [] or [.., '/'] ? path + part
                : path + "/" + part;
        }
        return Posix(path);
    }

    private static string Posix(string path) => path.Replace('\\', '/');

    private static string Walked(string path)
    {
        var parts = new List<string>();
        foreach (string part in path.Split('/', '\\'))
        {
            if (part is "..")
            {
                parts.RemoveRange(Math.Max(0, parts.Count - 1), Math.Min(1, parts.Count));
            }
            else if (part is not ("" or "."))
            {
                parts.Add(part);
            }
        }
        string last = parts.Count > 0 && path[^1] is '/' or '\\' ? "/" : "";
        return "/" + string.Join('/', parts) + last;
    }
}
