namespace Pep668.Text;

/// <summary>A text as <c>configparser.ConfigParser(interpolation=None)</c> reads it, or why it cannot.</summary>
/// <param name="Sections">The sections by their exact name, without <c>[DEFAULT]</c>; none when there is an
/// error.</param>
/// <param name="Defaults">The section <c>[DEFAULT]</c>, from which the others inherit.</param>
/// <param name="Error">The exception Python would raise; null if the text is valid.</param>
internal sealed record ConfigFile(
    IReadOnlyDictionary<string, ConfigSection> Sections, ConfigSection Defaults, ConfigError? Error)
{
    /// <summary><c>section in parser</c>, which <c>[DEFAULT]</c> is not for <c>has_section</c>: null when it is not
    /// there.</summary>
    internal ConfigSection? Section(string name) => Sections.GetValueOrDefault(name);
}

/// <summary>One option of a file.</summary>
/// <param name="Key">The name as <c>optionxform</c> leaves it: lower-cased.</param>
/// <param name="Written">The name as it is written.</param>
/// <param name="Value">The value, its lines joined by <c>\n</c>.</param>
/// <param name="Line">The line of the name, from 1.</param>
internal sealed record ConfigOption(string Key, string Written, string Value, int Line);

/// <summary>A section with what it inherits.</summary>
internal sealed class ConfigSection(string name, ConfigSection? defaults)
{
    private readonly Dictionary<string, ConfigOption> _own = new(StringComparer.Ordinal);

    /// <summary>The text between the brackets, blanks and all.</summary>
    internal string Name => name;

    /// <summary>The options under the section's own header, by their lower-cased name.</summary>
    internal IReadOnlyDictionary<string, ConfigOption> Own => _own;

    /// <summary><c>section[key]</c>: the key is lower-cased, and <c>[DEFAULT]</c> is searched last. Null for a
    /// <c>KeyError</c>.</summary>
    internal ConfigOption? Find(string key)
    {
        string lower = PythonText.Lower(key);
        return _own.GetValueOrDefault(lower) ?? defaults?._own.GetValueOrDefault(lower);
    }

    /// <summary><c>section.items()</c>: the inherited options first, then those of its own that do not replace
    /// one.</summary>
    internal IEnumerable<ConfigOption> Options()
    {
        if (defaults is not null)
        {
            foreach ((string key, ConfigOption inherited) in defaults._own)
            {
                yield return _own.GetValueOrDefault(key, inherited);
            }
        }
        foreach ((string key, ConfigOption own) in _own)
        {
            if (defaults?._own.ContainsKey(key) != true)
            {
                yield return own;
            }
        }
    }

    internal bool Contains(string lower) => _own.ContainsKey(lower);

    internal void Add(ConfigOption option) => _own[option.Key] = option;
}
