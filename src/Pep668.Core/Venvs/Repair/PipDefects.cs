using Pep668.Environments;
using Pep668.Machines;
using Pep668.Machines.Staging;
using Pep668.Packages;
using Pep668.Venvs.Creation;

namespace Pep668.Venvs.Repair;

/// <summary>Whether the pip of an environment is whole.</summary>
internal static class PipDefects
{
    /// <summary>That pip is half there, or gone where the environment was made with it.</summary>
    internal static IEnumerable<VenvDefect> Defects(FileTree files, PythonEnvironment environment, VenvContents plan, PyVenvConfig config)
    {
        string folder = Path.Combine(environment.Prefix, plan.SitePackages);
        string[] names = [.. files.List(folder).Select(item => item.Name)];
        string[] infos = [.. InstalledDistributions.NamesIn(files, folder).Where(one => one.Name is "pip").Select(one => one.Folder)];
        bool hasPackage = names.Contains("pip", StringComparer.Ordinal);
        // What an interrupted pip leaves while it replaces itself.
        string[] leftovers = [.. names.Where(name => name.StartsWith('~') && name[1..].StartsWith("ip", StringComparison.Ordinal))];
        string? problem = TreeReplacer.WasCutOff(files, environment.Prefix) ? "A repair of its pip was cut off."
            : infos.Length == 0 && !hasPackage
                ? (WasMadeWithPip(config) ? "It was made with pip, but has none." : null)
            : infos.Length == 0 ? "Its pip is broken: it has no pip-*.dist-info."
            : infos.Length > 1 ? $"Its pip is broken: there is more than one of it ({string.Join(", ", infos.Order(StringComparer.Ordinal))})."
            : Missing(files, folder, infos[0]) is { Length: > 0 } missing ? $"Its pip is broken: {missing} is missing."
            : leftovers.Length > 0 ? $"An install of pip was cut off: {string.Join(", ", leftovers)} was left behind."
            : null;
        if (problem is not null)
        {
            // The seed itself is only asked for when it is to be mended.
            yield return new(problem) { Mending = [], Obsolete = [.. infos.Concat(leftovers).Append("pip").Select(name => Path.Combine(plan.SitePackages, name))] };
        }
    }

    private static bool WasMadeWithPip(PyVenvConfig config) =>
        config.Command is string command && command.Contains(" -m venv ", StringComparison.Ordinal) && !command.Contains(" --without-pip", StringComparison.Ordinal);

    // The first file of its RECORD that is not there; byte-code may go at any time.
    private static string? Missing(FileTree files, string folder, string info)
    {
        if (files.ReadText(Path.Combine(folder, info, "RECORD"), limit: 8 << 20) is not string record)
        {
            return $"{info}/RECORD";
        }
        foreach (string line in record.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            string path = line.StartsWith('"') ? line[1..line.IndexOf('"', 1)] : line.Split(',')[0];
            if (!path.EndsWith(".pyc", StringComparison.Ordinal) && !files.IsFile(Path.GetFullPath(path, folder)))
            {
                return path;
            }
        }
        return null;
    }
}
