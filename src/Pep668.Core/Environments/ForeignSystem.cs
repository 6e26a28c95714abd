using Pep668.Machines;

namespace Pep668.Environments;

/// <summary>Recognizes environments that were created on another operating system, such as on Windows in a folder that
/// WSL shares: their paths mean nothing here.</summary>
internal static class ForeignSystem
{
    // Where macOS has Pythons, and no other system.
    private static readonly string[] FoldersOfMacOS =
        ["/Library/", "/System/", "/Applications/", "/Users/", "/opt/homebrew/", "/usr/local/Cellar/", "/usr/local/opt/", "/opt/local/"];

    /// <summary>The system that an environment was created on; null for the one that it is on.</summary>
    /// <param name="files">Where it is.</param>
    /// <param name="home">The <c>home</c> in its <c>pyvenv.cfg</c>.</param>
    internal static string? MadeOn(FileTree files, string? home)
    {
        if (home is null)
        {
            return null;
        }
        if (HostPlatform.IsWindows && files.Root is null)
        {
            return home.StartsWith('/') ? "Linux or macOS" : null;
        }
        return IsWindowsPath(home) ? "Windows"
            : HostPlatform.Current != Platform.MacOS && !files.IsDirectory(home)
                && Array.Exists(FoldersOfMacOS, folder => home.StartsWith(folder, StringComparison.Ordinal)) ? "macOS"
            : null;
    }

    // C:\Python or \\server\share
    private static bool IsWindowsPath(string path) =>
        (path is [_, ':', '\\' or '/', ..] && char.IsAsciiLetter(path[0])) || path.StartsWith(@"\\", StringComparison.Ordinal);
}
