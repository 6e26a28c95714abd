using Pep668.Pip.Settings;

namespace Pep668.Pip.Requests;

/// <summary>
/// The arguments after <c>pip install</c> or <c>pip uninstall</c> as Python's <c>optparse</c> reads them
/// (<c>OptionParser._process_args</c>): values attached or separate, clustered letters, unambiguous abbreviations of
/// long names, and <c>--</c> as the end of options.
/// </summary>
internal sealed class PipCommandLine
{
    private static readonly string[] Places = ["target", "prefix", "root"];

    private readonly List<PipOption> _options;
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private readonly List<string> _setupOptions = [];
    private readonly List<CommandLineItem> _items = [];
    private readonly List<string> _problems = [];
    private readonly PipAction _action;
    private readonly PipRelease _pip;

    private PipCommandLine(PipAction action, PipRelease pip) =>
        (_action, _pip, _options) = (action, pip, [.. PipOptionTable.All.Where(option => option.IsIn(pip, action))]);

    /// <summary>What is no option and belongs to none.</summary>
    internal List<string> Rest { get; } = [];

    /// <summary>Whether pip reads no variables and no user's file: it looks for the word itself, wherever it stands
    /// (<c>cli/main.py</c>).</summary>
    internal bool IsIsolated { get; private init; }

    /// <summary>Why pip would stop with a usage error.</summary>
    internal IReadOnlyList<string> Problems => _problems;

    /// <summary>Whether a newer pip may read them in another way: they have an option that is not known
    /// here.</summary>
    internal bool IsUncertain { get; private set; }

    /// <summary>All of them, in order.</summary>
    internal IReadOnlyList<CommandLineItem> Items => _items;

    /// <summary>The values of <c>--install-option</c>, which go to <c>setup.py install</c> (before 23.1).</summary>
    internal IReadOnlyList<string> SetupOptions => _setupOptions;

    /// <summary>The value of an option by its long name, empty for one that has none; null when it is not
    /// given.</summary>
    internal string? this[string name] => _values.GetValueOrDefault(name);

    /// <summary>Whether it is given.</summary>
    internal bool Has(string name) => _values.ContainsKey(name);

    /// <summary>Reads them.</summary>
    internal static PipCommandLine Parse(PipAction action, IReadOnlyList<string> arguments, PipRelease pip)
    {
        var line = new PipCommandLine(action, pip) { IsIsolated = arguments.Contains("--isolated", StringComparer.Ordinal) };
        line.Read(new Queue<string>(arguments));
        return line;
    }

    private void Read(Queue<string> arguments)
    {
        while (arguments.TryDequeue(out string? argument))
        {
            if (argument is "--")
            {
                Rest.AddRange(arguments);
                _items.Add(new(null, null, argument));
                _items.AddRange(arguments.Select(one => new CommandLineItem(null, one, one)));
                return;
            }
            if (argument.StartsWith("--", StringComparison.Ordinal))
            {
                ReadLong(argument[2..], arguments);
            }
            else if (argument is ['-', _, ..])
            {
                ReadLetters(argument[1..], arguments);
            }
            else
            {
                Rest.Add(argument);
                _items.Add(new(null, argument, argument));
            }
        }
    }

    private void ReadLong(string text, Queue<string> arguments)
    {
        int sign = text.IndexOf('=', StringComparison.Ordinal);
        string name = sign < 0 ? text : text[..sign];
        string? attached = sign < 0 ? null : text[(sign + 1)..];
        PipOption[] fitting = Fitting(name);
        if (fitting.Length != 1)
        {
            if (fitting.Length == 0)
            {
                AddUnknown("--" + name, one => one.Names.Contains(name, StringComparer.Ordinal));
            }
            else
            {
                _problems.Add($"--{name} can be {string.Join(", ", fitting.Select(one => "--" + one.Name))}");
            }
            _items.Add(new(name, attached, "--" + text));
            // pip stops here, whatever follows; should it know more than is known here, the strict reading is that of a
            // place.
            if (Array.Find(fitting, one => Places.Contains(one.Name, StringComparer.Ordinal)) is PipOption place
                && (attached ?? Next(arguments)) is string where)
            {
                _values.TryAdd(place.Name, where);
            }
            return;
        }
        if (!fitting[0].TakesValue)
        {
            if (attached is not null)
            {
                _problems.Add($"--{fitting[0].Name} takes no value");
            }
            Set(fitting[0], "");
            _items.Add(new(fitting[0].Name, null, "--" + text));
        }
        else if ((attached ?? Next(arguments)) is string value)
        {
            Set(fitting[0], value);
            _items.Add(attached is null ? new(fitting[0].Name, value, "--" + text, value) : new(fitting[0].Name, value, "--" + text));
        }
        else
        {
            _problems.Add($"--{fitting[0].Name} needs a value");
            _items.Add(new(fitting[0].Name, null, "--" + text));
        }
    }

    private void ReadLetters(string letters, Queue<string> arguments)
    {
        for (int at = 0; at < letters.Length; at++)
        {
            if (_options.Find(one => one.Letter == letters[at] && one.Letter != '\0') is not PipOption option)
            {
                char letter = letters[at];
                AddUnknown($"-{letter}", one => one.Letter == letter);
                _items.Add(new(letters[at..], null, "-" + letters[at..]));
                return;
            }
            if (!option.TakesValue)
            {
                Set(option, "");
                _items.Add(new(option.Name, null, "-" + option.Letter));
                continue;
            }
            if ((at + 1 < letters.Length ? letters[(at + 1)..] : Next(arguments)) is string value)
            {
                Set(option, value);
                _items.Add(new(option.Name, value, "-" + option.Letter, value));
            }
            else
            {
                _problems.Add($"-{option.Letter} needs a value");
                _items.Add(new(option.Name, null, "-" + option.Letter));
            }
            return;
        }
    }

    private void AddUnknown(string option, Predicate<PipOption> isIt)
    {
        if (PipOptionTable.Knows(_pip))
        {
            PipOption? other = PipOptionTable.All.FirstOrDefault(one => isIt(one) && one.IsOf(_action));
            _problems.Add(other is null ? $"pip has no option {option}"
                : other.IsLaterThan(_pip) ? $"this pip has no option {option}; pip {other.First} and later have it"
                : $"this pip has no option {option}; it was removed in pip {other.Removed}");
        }
        else
        {
            IsUncertain = true;
        }
    }

    // _match_abbrev: the whole name, else those that begin with it. Two names of one option are two.
    private PipOption[] Fitting(string name)
    {
        if (_options.Find(one => one.Names.Contains(name, StringComparer.Ordinal)) is PipOption exact)
        {
            return [exact];
        }
        return [.. _options.SelectMany(one => one.Names.Where(full => full.StartsWith(name, StringComparison.Ordinal)).Select(_ => one))];
    }

    private void Set(PipOption option, string value)
    {
        // --user and --no-user are one setting: the later counts.
        _values.Remove(option.Name switch { "user" => "no-user", "no-user" => "user", _ => "" });
        if (option.Name is "install-option")
        {
            _setupOptions.Add(value);
        }
        else if (option.Name is "requirement" && RequirementsFile.IsLockFile(value) && !_pip.ReadsLockFiles)
        {
            _problems.Add($"this pip does not read '{value}'; pip 26.1 and later do");
        }
        _values[option.Name] = value;
    }

    private static string? Next(Queue<string> arguments) => arguments.TryDequeue(out string? next) ? next : null;
}
