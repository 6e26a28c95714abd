namespace Pep668.Pip.Linting;

/// <summary>The kind of a token.</summary>
internal enum PythonTokenKind
{
    /// <summary>A name or a keyword.</summary>
    Name,

    /// <summary>A string without its quotes.</summary>
    String,

    /// <summary>A number, an operator or a bracket.</summary>
    Other,

    /// <summary>The end of a line outside of brackets.</summary>
    End,
}

/// <summary>A token of Python.</summary>
internal readonly record struct PythonToken(PythonTokenKind Kind, LintText Text)
{
    /// <summary>Whether it is an operator or a name.</summary>
    internal bool Is(string text) => Kind is not PythonTokenKind.String && Text.Text.Equals(text, StringComparison.Ordinal);
}

/// <summary>The tokens of Python that matter here (Python reference, 2, "Lexical analysis").</summary>
internal static class PythonTokens
{
    private static readonly string[] Operators = ["+=", "==", "!=", ":=", ">=", "<=", "->", "**", "//"];

    /// <summary>Reads them. Comments and continued lines are left out.</summary>
    internal static List<PythonToken> Read(LintText text)
    {
        var tokens = new List<PythonToken>();
        int depth = 0;
        for (int at = 0; at < text.Length;)
        {
            char letter = text[at];
            if (letter is '#')
            {
                int end = text.Text.IndexOf('\n', at);
                at = end < 0 ? text.Length : end;
            }
            else if (letter is '\\' && at + 1 < text.Length)
            {
                at += 2;
            }
            else if (letter is '\n')
            {
                if (depth == 0)
                {
                    tokens.Add(new(PythonTokenKind.End, text.Slice(at, at + 1)));
                }
                at++;
            }
            else if (char.IsWhiteSpace(letter))
            {
                at++;
            }
            else if (QuoteAfterPrefix(text, at) is int quote and >= 0)
            {
                tokens.Add(ReadString(text, ref at, quote));
            }
            else
            {
                int end = EndOf(text, at);
                depth = Math.Max(0, depth + (letter is '(' or '[' or '{' ? 1 : letter is ')' or ']' or '}' ? -1 : 0));
                tokens.Add(new(char.IsLetter(letter) || letter is '_' ? PythonTokenKind.Name : PythonTokenKind.Other, text.Slice(at, end)));
                at = end;
            }
        }
        tokens.Add(new(PythonTokenKind.End, text.Slice(text.Length, text.Length)));
        return tokens;
    }

    private static int EndOf(LintText text, int at)
    {
        if (char.IsLetterOrDigit(text[at]) || text[at] is '_')
        {
            int end = at;
            while (end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] is '_'))
            {
                end++;
            }
            return end;
        }
        return at + 1 < text.Length && Operators.Contains(text.Text.Substring(at, 2), StringComparer.Ordinal) ? at + 2 : at + 1;
    }

    // r"…", b'…', f"…" and their combinations.
    private static int QuoteAfterPrefix(LintText text, int at)
    {
        int quote = at;
        while (quote < text.Length && quote - at < 3 && char.ToLowerInvariant(text[quote]) is 'r' or 'b' or 'f' or 'u' or 't')
        {
            quote++;
        }
        bool isStart = at == 0 || !(char.IsLetterOrDigit(text[at - 1]) || text[at - 1] is '_');
        return isStart && quote < text.Length && text[quote] is '"' or '\'' ? quote : -1;
    }

    private static PythonToken ReadString(LintText text, ref int at, int quote)
    {
        char sign = text[quote];
        bool isLong = text.Text.AsSpan(quote).StartsWith(new string(sign, 3));
        bool isRaw = text.Text.AsSpan(at, quote - at).IndexOfAny('r', 'R') >= 0;
        var value = new LintTextBuilder();
        int end = quote + (isLong ? 3 : 1);
        while (end < text.Length && !(text[end] == sign && (!isLong || text.Text.AsSpan(end).StartsWith(new string(sign, 3))))
            && (isLong || text[end] is not '\n'))
        {
            if (text[end] is '\\' && end + 1 < text.Length && !isRaw)
            {
                int place = text.PlaceOf(end++);
                if (text[end] is not ('\n' or '\r'))
                {
                    value.Append(text[end] switch { 'n' => '\n', 't' => '\t', char other => other }, place);
                }
                end++;
                continue;
            }
            value.Append(text, end++);
        }
        int place2 = text.PlaceOf(Math.Min(end, text.Length));
        at = Math.Min(end + (isLong ? 3 : 1), text.Length);
        return new(PythonTokenKind.String, value.Build(place2));
    }
}
