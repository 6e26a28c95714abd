using System.Text;
using Pep668.Machines;
using Pep668.Text;

namespace Pep668.Environments;

/// <summary>
/// A <c>pyvenv.cfg</c>, read as CPython's start-up does (<c>Modules/getpath.py</c> and <c>Lib/site.py</c>): one <c>key = value</c> a line, keys in
/// any case, lines without <c>=</c> passed over.
/// </summary>
internal sealed record PyVenvConfig
{
    internal const string FileName = "pyvenv.cfg";

    /// <summary>Where the interpreter that made it lives; getpath takes the first such line.</summary>
    internal string? Home { get; private init; }

    /// <summary>What site makes of <c>include-system-site-packages</c>: true also when the key is absent; the last such line counts.</summary>
    internal bool IncludeSystemSitePackages { get; private init; } = true;

    /// <summary>The version it was made with: <c>version</c> (venv) or <c>version_info</c> (virtualenv, uv).</summary>
    internal string? Version { get; private init; }

    /// <summary>The name to show, without the quotes that venv writes.</summary>
    internal string? Prompt { get; private init; }

    /// <summary>The command that made it, as venv of 3.11 and later writes it.</summary>
    internal string? Command { get; private init; }

    /// <summary>Which tool signed it.</summary>
    internal PythonManager Creator { get; private init; } = PythonManager.Venv;

    /// <summary>Why Python itself would stop at it; null when it would not.</summary>
    internal string? Problem { get; private init; }

    /// <summary>Reads one; null when no such file stands there.</summary>
    internal static PyVenvConfig? Read(FileTree files, string path)
    {
        FileContent content = files.Read(path, limit: 1 << 20);
        if (content.Bytes is null)
        {
            return files.IsFile(path) ? new PyVenvConfig { Problem = $"Its {FileName} cannot be read: {content.Problem}." } : null;
        }
        return PythonText.DecodeUtf8(content.Bytes, out int position) is string text
            ? Parse(text)
            : Parse(Encoding.UTF8.GetString(content.Bytes)) with
            {
                Problem = FormattableString.Invariant($"Its {FileName} is not valid UTF-8 (byte {position}), and Python stops at that."),
            };
    }

    private static PyVenvConfig Parse(string text)
    {
        var config = new PyVenvConfig();
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
                "prompt" => config with { Prompt = Unquoted(value) },
                "command" => config with { Command = value },
                "virtualenv" => config with { Creator = PythonManager.Virtualenv },
                "uv" => config with { Creator = PythonManager.Uv },
                _ => config,
            };
        }
        return config;
    }

    private static string? Unquoted(string value) =>
        value.Length >= 2 && value[0] is '\'' or '"' && value[^1] == value[0] ? value[1..^1]
        : value.Length == 0 ? null
        : value;
}
