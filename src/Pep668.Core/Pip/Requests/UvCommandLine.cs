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

    private const string LettersWithoutValue = "UnqvhV";

    private static readonly Dictionary<char, string> Letters = new()
    {
        ['r'] = "requirement", ['e'] = "editable", ['c'] = "constraint", ['b'] = "build-constraint", ['i'] = "index-url",
        ['f'] = "find-links", ['P'] = "upgrade-package", ['C'] = "config-setting", ['p'] = "python",
    };

    private readonly List<CommandLineItem> _items = [];
    private readonly List<string> _problems = [];
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    /// <summary>The value of an option by its long name, empty for one that has none; null when it is not
    /// given.</summary>
    internal string? this[string name] => _values.GetValueOrDefault(name);

    /// <summary>Whether it is given.</summary>
    internal bool Has(string name) => _values.ContainsKey(name);

    /// <summary>Why uv would stop with a usage error.</summary>
    internal IReadOnlyList<string> Problems => _problems;

    /// <summary>All of them, in order.</summary>
    internal IReadOnlyList<CommandLineItem> Items => _items;

    /// <summary>Reads them. A long name that is not known here is left to uv: clap gives it no value that begins with a
    /// dash, so it hides no other option.</summary>
    internal static UvCommandLine Parse(IReadOnlyList<string> arguments)
    {
        var line = new UvCommandLine();
        var rest = new Queue<string>(arguments);
        while (rest.TryDequeue(out string? argument))
        {
            if (argument is "--")
            {
                line._items.Add(new(null, null, argument));
                line._items.AddRange(rest.Select(one => new CommandLineItem(null, one, one)));
                break;
            }
            if (argument.StartsWith("--", StringComparison.Ordinal))
            {
                line.ReadLong(argument, rest);
            }
            else if (argument is ['-', _, ..])
            {
                line.ReadLetters(argument, rest);
            }
            else
            {
                line._items.Add(new(null, argument, argument));
            }
        }
        return line;
    }

    private void ReadLong(string argument, Queue<string> rest)
    {
        int sign = argument.IndexOf('=', StringComparison.Ordinal);
        string name = sign < 0 ? argument[2..] : argument[2..sign];
        if (sign >= 0)
        {
            string value = argument[(sign + 1)..];
            Set(name, value);
            _items.Add(new(name, value, argument));
        }
        else if (WithValue.Contains(name))
        {
            AddValue(name, argument, Next(rest));
        }
        else
        {
            Set(name, "");
            _items.Add(new(name, null, argument));
        }
    }

    private void ReadLetters(string argument, Queue<string> rest)
    {
        for (int at = 1; at < argument.Length; at++)
        {
            string letter = "-" + argument[at];
            if (Letters.TryGetValue(argument[at], out string? name))
            {
                AddValue(name, letter, at + 1 < argument.Length ? argument[(at + 1)..] is ['=', .. string value] ? value
                    : argument[(at + 1)..] : Next(rest));
                return;
            }
            if (!LettersWithoutValue.Contains(argument[at], StringComparison.Ordinal))
            {
                _problems.Add($"uv has no option {letter}");
                _items.Add(new(argument[at..], null, "-" + argument[at..]));
                return;
            }
            _items.Add(new(letter, null, letter));
        }
    }

    private void AddValue(string name, string option, string? value)
    {
        if (value is null)
        {
            _problems.Add($"{option} needs a value");
            _items.Add(new(name, null, option));
        }
        else
        {
            Set(name, value);
            _items.Add(new(name, value, option, value));
        }
    }

    // clap takes nothing for a value that looks like an option.
    private static string? Next(Queue<string> rest) =>
        rest.TryPeek(out string? next) && (next is "-" || !next.StartsWith('-')) ? rest.Dequeue() : null;

    // clap's overrides_with: the later of the two counts.
    private void Set(string name, string value)
    {
        _values.Remove(name switch { "break-system-packages" => "no-break-system-packages",
            "no-break-system-packages" => "break-system-packages", _ => "" });
        _values[name] = value;
    }
}
