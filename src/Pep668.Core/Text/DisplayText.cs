using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Pep668.Text;

/// <summary>
/// Text from outside as it is shown: what could move a terminal's cursor, end a line or change the order of letters is
/// written as an escape. Objects and JSON documents have the exact text.
/// </summary>
internal static class DisplayText
{
    // Control characters (C0, DEL, C1), marks and overrides of direction (UAX #9), separators of lines and paragraphs.
    private static readonly SearchValues<char> Unsafe = SearchValues.Create([
        .. Range('\u0000', '\u001F'), .. Range('\u007F', '\u009F'), '\u061C', '\u200E', '\u200F', .. Range('\u2028', '\u202E'),
        .. Range('\u2066', '\u2069')]);

    // Letters of ASCII, with and without the line breaks and tabs that are kept.
    private static readonly SearchValues<char> Plain = SearchValues.Create([.. Range(' ', '~')]),
        PlainLines = SearchValues.Create([.. Range(' ', '~'), '\n', '\t']);

    /// <summary>Whether a text is shown as it is.</summary>
    internal static bool IsPlain(string text) => NextUnsafe(text, 0, Plain) < 0;

    /// <summary>Whether a text of several lines consists only of ASCII that is shown as it is.</summary>
    internal static bool ArePlainLines(ReadOnlySpan<char> text) => !text.ContainsAnyExcept(PlainLines);

    /// <summary>Whether a character is shown as an escape.</summary>
    internal static bool IsUnsafe(char letter) => Unsafe.Contains(letter);

    /// <summary>Whether half of a surrogate pair is in a text: it has no encoding.</summary>
    internal static bool HasLoneSurrogate(string text)
    {
        for (int at = 0; at < text.Length; at++)
        {
            if (IsPair(text, at))
            {
                at++;
            }
            else if (char.IsSurrogate(text[at]))
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>A text as a part of one line.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    internal static string? Escape(string? text) => Escape(text, keepsLines: false);

    /// <summary>A text of several lines. Its line breaks and tabs are kept; <c>\r\n</c> is one line break.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    internal static string? EscapeLines(string? text) => Escape(text, keepsLines: true);

    private static string? Escape(string? text, bool keepsLines)
    {
        SearchValues<char> plain = keepsLines ? PlainLines : Plain;
        if (text is null || NextUnsafe(text, 0, plain) is not (>= 0 and int first))
        {
            return text;
        }
        var shown = new StringBuilder(text.Length + 16);
        int done = 0;
        for (int at = first; at >= 0; at = NextUnsafe(text, at + 1, plain))
        {
            shown.Append(text, done, at - done);
            done = at + 1;
            if (!keepsLines || text[at] != '\r' || done == text.Length || text[done] != '\n')
            {
                shown.Append(Escaped(text[at]));
            }
        }
        return shown.Append(text, done, text.Length - done).ToString();
    }

    private static string Escaped(char letter) => letter switch
    {
        '\n' => @"\n",
        '\r' => @"\r",
        '\t' => @"\t",
        _ => @"\u" + ((int)letter).ToString("x4", CultureInfo.InvariantCulture),
    };

    // Where the next character is that is not shown as it is; -1 if the rest is. Nearly every text is ASCII.
    private static int NextUnsafe(string text, int from, SearchValues<char> plain)
    {
        for (int at = from; at < text.Length; at++)
        {
            int next = text.AsSpan(at).IndexOfAnyExcept(plain);
            if (next < 0)
            {
                return -1;
            }
            at += next;
            if (IsPair(text, at))
            {
                at++;
            }
            else if (Unsafe.Contains(text[at]) || char.IsSurrogate(text[at]))
            {
                return at;
            }
        }
        return -1;
    }

    private static bool IsPair(string text, int at) =>
        char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]);

    private static IEnumerable<char> Range(char first, char last) => Enumerable.Range(first, last - first + 1).Select(one => (char)one);
}
