namespace Pep668.Distros;

/// <summary>Paths that a database records relative to a folder, with <c>/</c> between their parts.</summary>
/// <param name="folder">The folder, absolute.</param>
internal sealed class RelativePaths(string folder)
{
    private readonly string _folder = Slashes(folder).TrimEnd('/');

    private bool IsWindows => Path.SeparatorOf(folder) == '\\';

    /// <summary>The absolute path.</summary>
    internal string Absolute(string path) => IsWindows ? $"{_folder}/{path}".Replace('/', '\\') : $"{_folder}/{path}";

    /// <summary>The wanted ones of them.</summary>
    /// <param name="folders">Absolute paths. Those that are neither in the folder nor above it have no effect.</param>
    internal WantedPaths Wanted(IEnumerable<string> folders) =>
        new(folders.Select(Slashes).Select(Relative).OfType<string>(), IsWindows);

    private string? Relative(string path)
    {
        StringComparison comparison = IsWindows ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        path = path.TrimEnd('/');
        return $"{_folder}/".StartsWith(path + "/", comparison) ? ""
            : path.StartsWith(_folder + "/", comparison) ? path[(_folder.Length + 1)..]
            : null;
    }

    private static string Slashes(string path) => Path.SeparatorOf(path) == '\\' ? path.Replace('\\', '/') : path;
}
