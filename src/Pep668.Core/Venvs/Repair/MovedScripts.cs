using System.Text;
using Pep668.Machines;
using Pep668.Machines.Staging;
using Pep668.Shells;

namespace Pep668.Venvs.Repair;

/// <summary>The activation scripts of an environment that was moved, with its current folder.</summary>
internal static class MovedScripts
{
    /// <summary>What to write over them.</summary>
    /// <param name="files">Where to read.</param>
    /// <param name="scripts">The folder of commands.</param>
    /// <param name="place">The folder where it was created.</param>
    /// <param name="folder">Its current folder.</param>
    /// <param name="isOfVenv">Whether Python's venv created it: then its templates are filled again. In the scripts of
    /// other tools the path is replaced.</param>
    /// <param name="templates">Those templates, filled.</param>
    internal static IEnumerable<TreeEntry> In(FileTree files, string scripts, string place, string folder, bool isOfVenv,
        IReadOnlyList<TreeEntry> templates)
    {
        foreach (string name in files.List(scripts).Select(item => item.Name)
            .Where(name => name.Contains("activate", StringComparison.OrdinalIgnoreCase)).Order(StringComparer.Ordinal))
        {
            string path = Path.Combine(scripts, name);
            TreeEntry template =
                templates.FirstOrDefault(entry => string.Equals(Path.GetFileName(entry.Path), name, StringComparison.Ordinal));
            // A path that no shell has to quote can replace another such path.
            bool isPlain = ScriptQuoting.IsSafe(place) && ScriptQuoting.IsSafe(folder);
            if (template.Path is not null && (isOfVenv || !isPlain))
            {
                yield return template;
            }
            else if (isPlain && files.ReadText(path) is string text && text.Contains(place, StringComparison.Ordinal))
            {
                yield return TreeEntry.File(
                    Path.Combine(Path.GetFileName(scripts), name),
                    Encoding.UTF8.GetBytes(text.Replace(place, folder, StringComparison.Ordinal)), files.Stat(path).Mode);
            }
        }
    }
}
