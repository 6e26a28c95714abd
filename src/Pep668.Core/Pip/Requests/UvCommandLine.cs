namespace Pep668.Pip.Requests;

/// <summary>The arguments after <c>uv pip install</c> or <c>uv pip uninstall</c> as clap reads them, as far as policy
/// needs them (uv 0.6.14): long names are never abbreviated.</summary>
internal sealed class UvCommandLine
{
    private static readonly HashSet<string> WithValue = new(StringComparer.Ordinal)
    {
        "requirements", "requirement", "editable", "constraints", "constraint", "overrides", "override", "build-constraints",
        "build-constraint", "extra", "group",
        "target", "prefix", "no-binary", "only-binary", "python-version", "python-platform", "torch-backend", "index", "default-index",
        "index-url",
        "extra-index-url", "find-links", "index-strategy", "keyring-provider", "upgrade-package", "resolution", "prerelease",
        "fork-strategy",
        "exclude-newer", "reinstall-package", "link-mode", "config-setting", "config-settings", "no-build-isolation-package", "cache-dir",
        "refresh-package",
        "python", "color", "allow-insecure-host", "trusted-host", "directory", "project", "config-file", "python-preference",
        "python-fetch",
    };

    private const string LettersWithValue = "recbifPCp";

    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    /// <summary>The value of an option by its long name, empty for one that has none; null when it is not
    /// given.</summary>
    internal string? this[string name] => _values.GetValueOrDefault(name);

    /// <summary>Whether it is given.</summary>
    internal bool Has(string name) => _values.ContainsKey(name);

    /// <summary>Reads them.</summary>
    internal static UvCommandLine Parse(IReadOnlyList<string> arguments)
    {
        var line = new UvCommandLine();
        var rest = new Queue<string>(arguments);
        while (rest.TryDequeue(out string? argument) && argument is not "--")
        {
            if (argument.StartsWith("--", StringComparison.Ordinal))
            {
                int sign = argument.IndexOf('=', StringComparison.Ordinal);
                string name = sign < 0 ? argument[2..] : argument[2..sign];
                line.Set(name,
                    sign >= 0 ? argument[(sign + 1)..] : WithValue.Contains(name) && rest.TryDequeue(out string? next) ? next : "");
            }
            else if (argument is ['-', _, ..])
            {
                line.ReadLetters(argument, rest);
            }
        }
        return line;
    }

    private void ReadLetters(string argument, Queue<string> rest)
    {
        for (int at = 1; at < argument.Length; at++)
        {
            if (!LettersWithValue.Contains(argument[at], StringComparison.Ordinal))
            {
                continue;
            }
            string value = at + 1 < argument.Length ? argument[(at + 1)..].TrimStart('=') : rest.TryDequeue(out string? next) ? next : "";
            if (argument[at] is 'p')
            {
                Set("python", value);
            }
            return;
        }
    }

    // clap's overrides_with: the later of the two counts.
    private void Set(string name, string value)
    {
        _values.Remove(name switch { "break-system-packages" => "no-break-system-packages",
            "no-break-system-packages" => "break-system-packages", _ => "" });
        _values[name] = value;
    }
}
