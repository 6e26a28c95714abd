using System.IO.Enumeration;
using Pep668.Machines;
using Pep668.Text;
using Pep668.Versions;

namespace Pep668.Pip.Settings;

/// <summary>
/// The folder from which uv looks upward for its project's settings: that of the workspace, where there is one, else
/// from its folder (uv's <c>Workspace::discover</c>, tried on 0.6.14).
/// </summary>
internal static class UvProject
{
    internal static string Folder(FileTree files, string start)
    {
        foreach (string folder in Machine.Upward(start))
        {
            if (files.IsFile(Path.Combine(folder, "pyproject.toml")))
            {
                return Pyproject(files, folder) is TomlTable project
                    && project.Find<TomlScalar>("tool", "uv", "managed")?.Truth != TruthValue.False
                    ? WorkspaceOf(files, folder, project) ?? start
                    : start;
            }
        }
        return start;
    }

    /// <summary>The <c>pyproject.toml</c> of a folder; null when it is not there or is not TOML.</summary>
    internal static TomlTable? Pyproject(FileTree files, string folder) =>
        TomlReader.Read(files.Read(Path.Combine(folder, "pyproject.toml")).Bytes);

    private static string? WorkspaceOf(FileTree files, string folder, TomlTable project)
    {
        if (project.ContainsKey("project") && !IsSound(project.Find<TomlTable>("project")))
        {
            return null;
        }
        if (project.Find<TomlTable>("tool", "uv", "workspace") is not null)
        {
            return folder;
        }
        if (project.Find<TomlTable>("project") is null)
        {
            return null;
        }
        string? above = Machine.Upward(folder).Skip(1).FirstOrDefault(at => files.IsFile(Path.Combine(at, "pyproject.toml")));
        return above is not null && Pyproject(files, above)?.Find<TomlTable>("tool", "uv", "workspace") is TomlTable workspace
            && Names(workspace, "members", above, folder) && !Names(workspace, "exclude", above, folder) ? above : folder;
    }

    // Without a name and a version that can be read it is none to uv, and is skipped.
    private static bool IsSound(TomlTable? project) =>
        project?.Find<string>("name") is { Length: > 0 } name && char.IsAsciiLetterOrDigit(name[0]) && char.IsAsciiLetterOrDigit(name[^1])
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-')
        && (project.Find<string>("version") is string version ? Pep440Version.TryParse(version, out _)
            : project.Find<List<object>>("dynamic")?.Contains("version") == true);

    private static bool Names(TomlTable workspace, string key, string root, string folder)
    {
        string[] parts = Path.GetRelativePath(root, folder).Split('/', '\\');
        return workspace.Find<List<object>>(key)?.OfType<string>()
            .Any(pattern => Fits(Parts(pattern), parts)) == true;
    }

    private static string[] Parts(string pattern) =>
        [.. pattern.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(part => part is not ".")];

    private static bool Fits(string[] pattern, string[] parts)
    {
        int at = 0, star = -1, start = 0, next = 0;
        while (next < parts.Length || at < pattern.Length)
        {
            if (at < pattern.Length && pattern[at] is "**")
            {
                // Only the last one needs another try: what the ones before it matched may stay as short as it is.
                (star, start) = (at++, next);
            }
            else if (at < pattern.Length && next < parts.Length
                && FileSystemName.MatchesSimpleExpression(pattern[at], parts[next], ignoreCase: false))
            {
                (at, next) = (at + 1, next + 1);
            }
            else if (star >= 0 && start < parts.Length)
            {
                (at, next) = (star + 1, ++start);
            }
            else
            {
                return false;
            }
        }
        return true;
    }
}
