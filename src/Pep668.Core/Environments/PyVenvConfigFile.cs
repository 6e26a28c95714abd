using System.Text;
using Pep668.Machines;
using Pep668.Text;

namespace Pep668.Environments;

/// <summary>
/// Reads a <c>pyvenv.cfg</c> as CPython's start-up does (<c>Modules/getpath.py</c> and <c>Lib/site.py</c>): one
/// <c>key = value</c> in each line, keys in any case; lines without <c>=</c> are ignored.
/// </summary>
internal static class PyVenvConfigFile
{
    internal const string FileName = "pyvenv.cfg";

    /// <summary>Reads one; null if the file does not exist.</summary>
    internal static VenvConfig? Read(FileTree files, string path)
    {
        FileContent content = files.Read(path, limit: 1 << 20);
        if (content.Bytes is null)
        {
            return files.IsFile(path) ? new VenvConfig { Problem = EnvironmentMessages.UnreadableConfig(content.Problem!) } : null;
        }
        return PythonText.DecodeUtf8(content.Bytes, out int position) is string text
            ? Parse(text)
            : Parse(content.Bytes is [0xff, 0xfe, ..] ? Encoding.Unicode.GetString(content.Bytes.AsSpan(2))
                : Encoding.UTF8.GetString(content.Bytes)) with
            {
                Problem = EnvironmentMessages.InvalidConfig(position),
            };
    }

    private static VenvConfig Parse(string text)
    {
        var config = new VenvConfig();
        foreach (string line in PythonText.UniversalNewlines(text).Split('\n'))
        {
            int equals = line.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0)
            {
                continue;
            }
            string value = PythonText.Strip(line.AsSpan(equals + 1)).ToString();
            config = PythonText.Lower(PythonText.Strip(line.AsSpan(0, equals)).ToString()) switch
            {
                "home" => config.Home is null ? config with { Home = value } : config,
                "include-system-site-packages" => config with
                {
                    IncludeSystemSitePackages = PythonText.Lower(value) is "true",
                },
                "version" or "version_info" => config with { Version = value },
                "python-version" => config with { Version = config.Version ?? value },
                "prompt" => config with { Prompt = Unquoted(value) },
                "command" => config with { Command = value },
                "extends-environment" => config with { Extends = value.Length == 0 ? null : value },
                "virtualenv" => config with { Creator = PythonManager.Virtualenv },
                "uv" => config with { Creator = PythonManager.Uv },
                _ => config,
            };
        }
        return config;
    }

    /// <summary>Whether the prompt that is read from a file is the one that was written: venv writes it as Python's
    /// <c>repr</c>, and nothing reads more than the quotes of that.</summary>
    internal static bool IsPrompt(string? read, string prompt) => string.Equals(read, prompt, StringComparison.Ordinal)
        || string.Equals(read, Unquoted(PythonLiteral.Repr(prompt)), StringComparison.Ordinal);

    private static string? Unquoted(string value) =>
        value.Length >= 2 && value[0] is '\'' or '"' && value[^1] == value[0] ? value[1..^1]
        : value.Length == 0 ? null
        : value;
}
