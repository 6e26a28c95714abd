using System.Globalization;
using System.Text;

namespace Pep668.Text;

/// <summary>The little of Python's own source text that has to be read or written: string literals.</summary>
internal static class PythonLiteral
{
    /// <summary>The string that a literal assigned to a name holds; null if it is missing.</summary>
    /// <param name="source">Python source.</param>
    /// <param name="assignment">What is before it, such as <c>_PIP_VERSION = </c>.</param>
    /// <remarks>Escapes are left as they are, but for a line break after the opening quotes. Text below
    /// <c>textwrap.dedent</c> is dedented.</remarks>
    internal static string? Literal(string source, string assignment)
    {
        int at = source.IndexOf(assignment, StringComparison.Ordinal);
        if (at < 0)
        {
            return null;
        }
        ReadOnlySpan<char> rest = source.AsSpan(at + assignment.Length).TrimStart();
        bool dedent = rest.StartsWith("textwrap.dedent(");
        rest = dedent ? rest["textwrap.dedent(".Length..].TrimStart() : rest;
        rest = rest is ['r', '"' or '\'', ..] ? rest[1..] : rest;
        if (rest is not ['"' or '\'', ..])
        {
            return null;
        }
        char quote = rest[0];
        ReadOnlySpan<char> quotes = rest.Length > 2 && rest[1] == quote && rest[2] == quote ? rest[..3] : rest[..1];
        rest = rest[quotes.Length..];
        int end = rest.IndexOf(quotes);
        if (end < 0)
        {
            return null;
        }
        string text = rest[..end].ToString().ReplaceLineEndings("\n");
        text = text.StartsWith("\\\n", StringComparison.Ordinal) ? text[2..] : text;
        return dedent ? Dedented(text) : text;
    }

    /// <summary>A string as <c>repr()</c> writes it.</summary>
    internal static string Repr(string text)
    {
        char quote = text.Contains('\'', StringComparison.Ordinal) && !text.Contains('"', StringComparison.Ordinal) ? '"' : '\'';
        var literal = new StringBuilder().Append(quote);
        foreach (Rune rune in text.EnumerateRunes())
        {
            _ = rune.Value switch
            {
                '\\' => literal.Append(@"\\"),
                '\n' => literal.Append(@"\n"),
                '\r' => literal.Append(@"\r"),
                '\t' => literal.Append(@"\t"),
                int value when value == quote => literal.Append('\\').Append(quote),
                int value when IsPrintable(rune) => literal.Append(rune.ToString()),
                < 0x100 and int value => literal.Append(CultureInfo.InvariantCulture, $"\\x{value:x2}"),
                < 0x10000 and int value => literal.Append(CultureInfo.InvariantCulture, $"\\u{value:x4}"),
                int value => literal.Append(CultureInfo.InvariantCulture, $"\\U{value:x8}"),
            };
        }
        return literal.Append(quote).ToString();
    }

    // Python's str.isprintable: no "Other" and no "Separator" but the blank.
    private static bool IsPrintable(Rune rune) =>
        rune.Value == ' ' || Rune.GetUnicodeCategory(rune) is not (
            UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
                or UnicodeCategory.OtherNotAssigned
            or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);

    private static string Dedented(string text)
    {
        string[] lines = text.Split('\n');
        int margin =
            lines.Where(line => line.Trim().Length > 0).Select(line => line.Length - line.TrimStart(' ').Length).DefaultIfEmpty(0).Min();
        return string.Join('\n', lines.Select(line => line.Trim().Length == 0 ? "" : line[margin..]));
    }
}
