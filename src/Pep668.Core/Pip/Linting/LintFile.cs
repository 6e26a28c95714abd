namespace Pep668.Pip.Linting;

/// <summary>One file: its text, and what is found in it.</summary>
internal sealed class LintFile
{
    private const string Ignore = "pep668: ignore";
    private const int MaximumDepth = 20;

    private readonly string _path;
    private readonly string _text;
    private readonly List<PipOverrideUse> _uses = [];
    private readonly HashSet<(int Place, string Rule)> _known = [];
    private int[]? _lines;
    private int _depth;

    internal LintFile(string path, string text, LintKind kind) => (_path, _text, Kind) = (path, text, kind);

    /// <summary>What kind of file it is.</summary>
    internal LintKind Kind { get; }

    /// <summary>The variables of scripts whose value names a marker.</summary>
    internal HashSet<string> MarkerVariables { get; } = new(StringComparer.Ordinal);

    /// <summary>Its name.</summary>
    internal string Name => Path.GetFileName(_path);

    /// <summary>Whether it is a test of Python, by the names that pytest and unittest find.</summary>
    internal bool IsTest => Kind is LintKind.Python && (Name.StartsWith("test_", StringComparison.Ordinal)
        || Name.EndsWith("_test.py", StringComparison.Ordinal) || Name is "conftest.py"
        || Path.GetFileName(Path.GetDirectoryName(_path)) is "tests" or "test");

    /// <summary>The whole text.</summary>
    internal LintText Whole => new(_text);

    /// <summary>What is found, by its place.</summary>
    internal IReadOnlyList<PipOverrideUse> Uses => [.. _uses.OrderBy(one => one.Line).ThenBy(one => one.Column)];

    /// <summary>Checks a text that is in another one, unless too many are in each other.</summary>
    internal void Nest(Action check)
    {
        if (_depth < MaximumDepth)
        {
            _depth++;
            check();
            _depth--;
        }
    }

    /// <summary>Adds a finding, unless a comment accepts it.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="place">Where it begins, in the file.</param>
    /// <param name="end">Where it ends, in the file.</param>
    /// <param name="text">The command or the setting.</param>
    /// <param name="remedies">What to write instead.</param>
    internal void Add(LintRule rule, int place, int end, string text, IReadOnlyList<Remedy> remedies)
    {
        (int line, int column) = PositionOf(place);
        if (!_known.Add((place, rule.Id)) || IsIgnored(line))
        {
            return;
        }
        (int endLine, int endColumn) = PositionOf(Math.Max(place, end));
        _uses.Add(new(_path, line, column, rule.Id, text)
        {
            Reason = rule.Reason,
            Remedies = remedies,
            EndColumn = endLine == line ? endColumn : column,
        });
    }

    private (int Line, int Column) PositionOf(int place)
    {
        _lines ??= Lines();
        int index = Array.BinarySearch(_lines, place);
        index = index < 0 ? ~index - 1 : index;
        return (index + 1, place - _lines[index] + 1);
    }

    // A comment on the line, or alone on the line before it.
    private bool IsIgnored(int line) =>
        HasIgnore(LineOf(line)) || (line > 1 && IsComment(LineOf(line - 1)) && HasIgnore(LineOf(line - 1)));

    private static bool HasIgnore(ReadOnlySpan<char> line)
    {
        int at = line.IndexOf(Ignore, StringComparison.OrdinalIgnoreCase);
        return at > 0 && IsComment(line[..at].TrimEnd(), atEnd: true);
    }

    private static bool IsComment(ReadOnlySpan<char> line, bool atEnd = false)
    {
        foreach (string sign in (string[])["#", "//", ";", "::", "REM", "/*"])
        {
            if (atEnd ? line.EndsWith(sign, StringComparison.OrdinalIgnoreCase)
                : line.TrimStart().StartsWith(sign, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }
        return false;
    }

    private ReadOnlySpan<char> LineOf(int line)
    {
        int start = _lines![line - 1];
        return _text.AsSpan(start, (line < _lines.Length ? _lines[line] : _text.Length) - start);
    }

    private int[] Lines()
    {
        var starts = new List<int> { 0 };
        for (int at = _text.IndexOf('\n', StringComparison.Ordinal); at >= 0; at = _text.IndexOf('\n', at + 1))
        {
            starts.Add(at + 1);
        }
        return [.. starts];
    }
}
