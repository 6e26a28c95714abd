using System.Text;

namespace Pep668.Text;

/// <summary>
/// Reads what <c>configparser.ConfigParser(interpolation=None)</c> reads, and fails where it fails. Written from
/// <c>RawConfigParser._read</c> of CPython 3.6 to 3.14, which differ in one visible thing: see <see cref="HeaderEnd"/>.
/// </summary>
internal sealed class ConfigParser
{
    /// <summary>Which bracket ends a section header.</summary>
    internal enum HeaderEnd
    {
        /// <summary>The last one of the line: <c>\[(?P&lt;header&gt;.+)\]</c>, from Python 3.10 on.</summary>
        Last,

        /// <summary>The first one: <c>\[(?P&lt;header&gt;[^]]+)\]</c>, up to Python 3.9.</summary>
        First,
    }

    private const string DefaultSection = "DEFAULT";

    private readonly HeaderEnd _headerEnd;
    private readonly Dictionary<string, ConfigSection> _sections = new(StringComparer.Ordinal);
    private readonly ConfigSection _defaults = new(DefaultSection, null);
    private readonly StringBuilder _value = new();
    private ConfigSection? _section;
    private ConfigOption? _option;
    private int _indent;
    private int _line;
    private ConfigError? _badLine;

    private ConfigParser(HeaderEnd headerEnd) => _headerEnd = headerEnd;

    /// <summary>Reads a whole text.</summary>
    /// <param name="text">The decoded file. A byte order mark must still be in it: Python does not take it off.</param>
    /// <param name="headerEnd">Which Python's headers.</param>
    internal static ConfigFile Read(string text, HeaderEnd headerEnd = HeaderEnd.Last)
    {
        var parser = new ConfigParser(headerEnd);

        // Bad lines are collected and raised at the end of the file; everything else is raised at once, and so wins.
        ConfigError? error = parser.ReadLines(PythonText.UniversalNewlines(text)) ?? parser._badLine;
        return error is null
            ? new ConfigFile(parser._sections, parser._defaults, null)
            : new ConfigFile(new Dictionary<string, ConfigSection>(StringComparer.Ordinal), new(DefaultSection, null), error);
    }

    private ConfigError? ReadLines(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            int end = text.IndexOf('\n');
            _line++;
            if (ReadLine(end < 0 ? text : text[..end]) is ConfigError error)
            {
                return error;
            }
            text = end < 0 ? default : text[(end + 1)..];
        }
        FinishOption();
        return null;
    }

    private ConfigError? ReadLine(ReadOnlySpan<char> line)
    {
        ReadOnlySpan<char> content = PythonText.StripStart(line);
        int indent = line.Length - content.Length;
        content = PythonText.StripEnd(content);
        bool inValue = _option is { Key.Length: > 0 };
        if (content.IsEmpty)
        {
            _value.Append(inValue ? "\n" : "");
            return null;
        }
        if (content[0] is '#' or ';')
        {
            return null;
        }
        if (inValue && indent > _indent)
        {
            _value.Append('\n').Append(content);
            return null;
        }
        _indent = indent;
        return IsHeader(content, out ReadOnlySpan<char> header) ? StartSection(header.ToString())
            : _section is null ? new ConfigError(ConfigErrorKind.MissingSectionHeader, _line)
            : StartOption(_section, content);
    }

    private bool IsHeader(ReadOnlySpan<char> content, out ReadOnlySpan<char> header)
    {
        int end = content[0] != '[' ? -1 : _headerEnd == HeaderEnd.Last ? content.LastIndexOf(']') : content.IndexOf(']');
        header = end > 1 ? content[1..end] : default;
        return end > 1;
    }

    private ConfigError? StartSection(string name)
    {
        FinishOption();
        if (string.Equals(name, DefaultSection, StringComparison.Ordinal))
        {
            _section = _defaults; // the one section that may be opened again
            return null;
        }
        _section = new ConfigSection(name, _defaults);
        return _sections.TryAdd(name, _section) ? null : new ConfigError(ConfigErrorKind.DuplicateSection, _line, name);
    }

    private ConfigError? StartOption(ConfigSection section, ReadOnlySpan<char> content)
    {
        int delimiter = content.IndexOfAny('=', ':');
        if (delimiter <= 0)
        {
            _badLine ??= new ConfigError(ConfigErrorKind.Parsing, _line);
        }
        if (delimiter < 0)
        {
            return null; // the option before it stays open
        }
        FinishOption();
        string written = PythonText.StripEnd(content[..delimiter]).ToString();
        _option = new ConfigOption(PythonText.Lower(written), written, "", _line);
        _value.Append(PythonText.StripStart(content[(delimiter + 1)..]));
        if (section.Contains(_option.Key))
        {
            return new ConfigError(ConfigErrorKind.DuplicateOption, _line, _option.Key);
        }
        section.Add(_option);
        return null;
    }

    private void FinishOption()
    {
        if (_option is not null)
        {
            _section!.Add(_option with { Value = PythonText.StripEnd(_value.ToString()).ToString() });
            _option = null;
            _value.Clear();
        }
    }
}
