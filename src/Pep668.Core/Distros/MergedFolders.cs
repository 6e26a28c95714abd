using Pep668.Machines;

namespace Pep668.Distros;

/// <summary>
/// Folders at the top of the tree that are links, as <c>/lib</c> to <c>usr/lib</c> is in most distributions. Packages
/// may record either name of a file.
/// </summary>
internal sealed class MergedFolders
{
    private static readonly string[] Names = ["/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/usr/lib64", "/usr/sbin"];
    private readonly (string Link, string Target)[] _links;

    private MergedFolders((string Link, string Target)[] links) => _links = links;

    /// <summary>The links of a tree.</summary>
    internal static MergedFolders Read(FileTree files) =>
        new([.. Names.Where(name => files.LinkStat(name).Kind == FileKind.Link)
            .Select(name => (name, files.RealPath(name))).Where(pair => pair.Item2 is not null)
            .Select(pair => (pair.name, pair.Item2!))]);

    /// <summary>The path behind such a link.</summary>
    internal string Real(string path)
    {
        foreach ((string link, string target) in _links)
        {
            if (PathText.IsBelow(path, link))
            {
                return target + path[link.Length..];
            }
        }
        return path;
    }

    /// <summary>Each name by which a package may have recorded a path: its own, then those through a link.</summary>
    internal IEnumerable<string> NamesOf(string path) =>
        [path, .. _links.Where(one => PathText.IsBelow(path, one.Target)).Select(one => one.Link + path[one.Target.Length..])];
}
