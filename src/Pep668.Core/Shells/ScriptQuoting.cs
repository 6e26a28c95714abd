using System.Buffers;
using System.Text;

namespace Pep668.Shells;

/// <summary>How a value is written into a script of each shell.</summary>
internal static class ScriptQuoting
{
    private static readonly SearchValues<char> Safe =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789@%+=:,./-_");

    /// <summary>The quote that is open at a place of a script, counted from the start of its line; <c>\0</c> for
    /// none.</summary>
    internal static char QuoteAround(string script, int place)
    {
        int start = script.LastIndexOf('\n', Math.Max(0, place - 1)) + 1;
        char quote = '\0';
        for (int at = start; at < place; at++)
        {
            char letter = script[at];
            quote = letter is not ('"' or '\'') ? quote : quote == '\0' ? letter : quote == letter ? '\0' : quote;
        }
        return quote;
    }

    /// <summary>A value as it stands in a script.</summary>
    /// <param name="value">The value.</param>
    /// <param name="extension">The extension of the script: <c>.csh</c>, <c>.fish</c>, <c>.ps1</c>, <c>.bat</c>; none
    /// for a POSIX shell.</param>
    /// <param name="quote">The quote that is open there; <c>\0</c> for none.</param>
    internal static string Fill(string value, string extension, char quote) => extension switch
    {
        ".bat" => value,
        ".ps1" => quote switch
        {
            '\0' => $"'{PowerShellRenderer.Doubled(value)}'",
            '\'' => PowerShellRenderer.Doubled(value),
            // PowerShell accepts three typographic quotes as a double quote (IsDoubleQuote in its tokenizer).
            _ => Escaped(value, "`$\"\u201C\u201D\u201E", '`'),
        },
        ".fish" => quote switch
        {
            // A backslash before a quote, or another one, is an escape between fish's single quotes; for all else
            // venv's own way does.
            '\0' => value.Contains('\\', StringComparison.Ordinal) ? $"'{Escaped(value, "\\'", '\\')}'" : Posix(value),
            '\'' => Escaped(value, "\\'", '\\'),
            _ => Escaped(value, "\\\"$", '\\'),
        },
        // csh has no escape between double quotes: the quotes are left for what has a meaning there. An exclamation
        // mark has one in every quote.
        ".csh" => Csh(value, quote),
        _ => quote switch
        {
            '\0' => Posix(value),
            '\'' => value.Replace("'", "'\"'\"'", StringComparison.Ordinal),
            _ => Escaped(value, "\\\"$`", '\\'),
        },
    };

    /// <summary>As <c>shlex.quote</c> does.</summary>
    internal static string Posix(string value) => IsSafe(value) ? value : $"'{value.Replace("'", "'\"'\"'", StringComparison.Ordinal)}'";

    /// <summary>Whether a value means itself in every shell.</summary>
    internal static bool IsSafe(string value) => value.Length > 0 && !value.AsSpan().ContainsAnyExcept(Safe);

    private static string Escaped(string value, string special, char escape)
    {
        var text = new StringBuilder(value.Length);
        foreach (char letter in value)
        {
            text.Append(special.Contains(letter, StringComparison.Ordinal) ? escape + letter.ToString() : letter);
        }
        return text.ToString();
    }

    private static string Csh(string value, char quote)
    {
        string inner = quote switch
        {
            '"' => value.Replace("\"", "\"'\"'\"", StringComparison.Ordinal).Replace("$", "\"'$'\"", StringComparison.Ordinal)
                .Replace("`", "\"'`'\"", StringComparison.Ordinal),
            '\'' => value.Replace("'", "'\"'\"'", StringComparison.Ordinal),
            _ => Posix(value),
        };
        return inner.Replace("!", "\\!", StringComparison.Ordinal);
    }
}
