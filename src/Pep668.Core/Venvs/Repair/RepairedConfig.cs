using Pep668.Environments;
using Pep668.Machines;

namespace Pep668.Venvs.Repair;

/// <summary>The text of a <c>pyvenv.cfg</c> with correct values for the base Python; everything else is
/// unchanged.</summary>
internal static class RepairedConfig
{
    /// <summary>The text with the base of the environment.</summary>
    /// <param name="text">The text as it is.</param>
    /// <param name="files">Where it is.</param>
    /// <param name="python">The base.</param>
    /// <param name="folder">The folder of the environment.</param>
    /// <param name="keepsHome">Whether the home is kept as it is: the interpreter starts with it.</param>
    internal static string With(string text, FileTree files, PythonEnvironment python, string folder, bool keepsHome)
    {
        string home = Path.GetDirectoryName(python.Executable)!, real = files.RealPath(python.Executable) ?? python.Executable;
        var lines = text.Split('\n').ToList();
        bool hasHome = false;
        for (int at = 0; at < lines.Count; at++)
        {
            int equals = lines[at].IndexOf('=', StringComparison.Ordinal);
            if (equals < 0)
            {
                continue;
            }
            string key = lines[at][..equals].Trim(), value = lines[at][(equals + 1)..].Trim(), end = lines[at].EndsWith('\r') ? "\r" : "";
            bool isHome = key is "home";
            hasHome |= isHome;
            string? wanted = key switch
            {
                // Another path of the same folder is correct too.
                "home" => keepsHome || string.Equals(files.RealPath(value), files.RealPath(home), StringComparison.Ordinal) ? value : home,
                "version" => InterpreterVersion.Numbers(python.Version) is { Build: >= 0 } numbers ? numbers.ToString(3) : value,
                // virtualenv: 3.11.2.final.0; uv: 3.11.2.
                "version_info" => python.VersionInfo is not { Build: >= 0 }
                    || InterpreterVersion.FromVersionInfo(value) is string made && InterpreterVersion.Numbers(made) == python.VersionInfo
                    ? value : python.VersionInfo.ToString(3) + (value.Contains("final", StringComparison.Ordinal) ? ".final.0" : ""),
                "executable" => files.IsFile(value) && string.Equals(files.RealPath(value), real, StringComparison.Ordinal) ? value : real,
                "base-prefix" or "base-exec-prefix" => files.IsDirectory(value) ? value : python.Prefix,
                "base-executable" => files.IsFile(value) ? value : python.Executable,
                "command" => Command(value, python, folder),
                _ => value,
            };
            if (wanted is not null && !string.Equals(wanted, value, StringComparison.Ordinal))
            {
                lines[at] = $"{lines[at][..equals].TrimEnd()} = {wanted}{end}";
            }
        }
        if (!hasHome && !keepsHome)
        {
            lines.Insert(0, $"home = {home}");
        }
        return string.Join('\n', lines);
    }

    // interpreter -m venv options folder
    private static string Command(string value, PythonEnvironment python, string folder)
    {
        int module = value.IndexOf(" -m venv ", StringComparison.Ordinal), last = value.LastIndexOf(" /", StringComparison.Ordinal);
        return module < 0 || last < module || value.EndsWith(" " + folder, StringComparison.Ordinal)
            ? value
            : $"{python.Executable}{value[module..last]} {folder}";
    }
}
