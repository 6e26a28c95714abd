using Pep668.Machines;

namespace Pep668.Discovery.Locators;

/// <summary>
/// Interpreters that a tool downloads for its user from python-build-standalone and PyPy: folders
/// <c>IMPLEMENTATION@VERSION</c>, the installation itself or, of old, its <c>install</c>.
/// </summary>
internal static class DownloadedPythons
{
    /// <summary>Those in a folder.</summary>
    internal static IEnumerable<string> In(FileTree files, string folder) =>
        files.List(folder)
            .Where(item => item.Kind is FileKind.Directory or FileKind.Link && item.Name.Contains('@', StringComparison.Ordinal))
            .Select(item => Path.Combine(folder, item.Name))
            .Order(StringComparer.Ordinal)
            .Select(path => files.IsDirectory(Path.Combine(path, "install")) ? Path.Combine(path, "install") : path);

    /// <summary>The folder <c>IMPLEMENTATION@VERSION</c> of one; null if it is not in such a folder.</summary>
    internal static string? FolderOf(PythonEnvironment environment)
    {
        string folder = Path.GetFileName(environment.Prefix) is "install" ? Path.GetDirectoryName(environment.Prefix)! : environment.Prefix;
        return !environment.IsVirtual && Path.GetFileName(folder).Contains('@', StringComparison.Ordinal) ? folder : null;
    }
}
