using Pep668.Machines;

namespace Pep668.Pip.Applications;

/// <summary>
/// The links in folders of commands, by the folder that they lead to. pipx finds the commands of an application in this
/// way (<c>get_exposed_app_paths_for_package</c> of its <c>commands/common.py</c>). Each folder is read once.
/// </summary>
/// <param name="files">Where they are.</param>
internal sealed class CommandFolders(FileTree files)
{
    private readonly Dictionary<string, ILookup<string, string>> _links = new(StringComparer.Ordinal);

    /// <summary>The links in a folder that lead to files of another folder, by name.</summary>
    /// <param name="folder">The folder of commands.</param>
    /// <param name="scripts">The folder that they lead to.</param>
    internal IEnumerable<string> LinksTo(string folder, string scripts)
    {
        if (!_links.TryGetValue(folder, out ILookup<string, string>? links))
        {
            _links[folder] = links = files.List(folder)
                .Where(item => item.Kind == FileKind.Link)
                .Select(item => Path.Combine(folder, item.Name))
                .ToLookup(link => files.RealPath(link) is string target ? Path.GetDirectoryName(target)! : "", StringComparer.Ordinal);
        }
        return files.RealPath(scripts) is string real ? links[real].Order(StringComparer.Ordinal) : [];
    }

    /// <summary>Whether a link leads to a file of a folder.</summary>
    /// <param name="link">The link.</param>
    /// <param name="scripts">The folder.</param>
    internal bool LeadsTo(string link, string scripts) =>
        files.RealPath(link) is string target && files.RealPath(scripts) is string real
        && string.Equals(Path.GetDirectoryName(target), real, StringComparison.Ordinal);
}
