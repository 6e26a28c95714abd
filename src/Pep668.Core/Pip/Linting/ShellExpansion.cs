namespace Pep668.Pip.Linting;

/// <summary>
/// What can replace a substitution in a word: the word of <c>${NAME:-word}</c> and of its other forms (XCU 2.6.2,
/// "Parameter Expansion"), what a command in <c>$(…)</c> prints, and a text in an expression of GitHub. Only
/// substitutions with the option are replaced.
/// </summary>
internal static class ShellExpansion
{
    private const int MaximumDepth = 10, LongestPart = 1000;
    private const string OptionStart = "--b";

    /// <summary>Whether a text can have one.</summary>
    internal static bool MayApply(string text) =>
        text.AsSpan().IndexOfAny('$', '`') >= 0 && text.Contains(OptionStart, StringComparison.Ordinal);

    /// <summary>The text with the replacements; the same object without any.</summary>
    /// <param name="text">A word without its quotes.</param>
    /// <param name="assignsOnly">Whether only <c>${NAME:=word}</c> counts, which keeps the word.</param>
    internal static LintText Apply(LintText text, bool assignsOnly = false) =>
        MayApply(text.Text) ? Apply(text, assignsOnly, 0) : text;

    private static LintText Apply(LintText text, bool assignsOnly, int depth)
    {
        if (depth > MaximumDepth)
        {
            return text;
        }
        LintTextBuilder? result = null;
        int copied = 0;
        for (int at = text.Text.AsSpan().IndexOfAny('$', '`'); at >= 0 && at < text.Length;)
        {
            int end = EndOf(text.Text, at);
            if (end - at > OptionStart.Length && Replacement(text.Slice(at, end), assignsOnly, depth) is LintText replacement)
            {
                result ??= new();
                result.Append(text, copied, at).Append(replacement, 0, replacement.Length);
                copied = at = end;
            }
            else
            {
                at++;
            }
            int next = text.Text.AsSpan(at).IndexOfAny('$', '`');
            at = next < 0 ? -1 : at + next;
        }
        return result is null ? text : result.Append(text, copied, text.Length).Build(text.PlaceOf(text.Length));
    }

    // The place after a substitution; the same place if none begins there.
    private static int EndOf(string text, int at)
    {
        if (text[at] is '`')
        {
            int close = text.IndexOf('`', at + 1);
            return close < 0 ? at : close + 1;
        }
        char open = at + 1 < text.Length ? text[at + 1] : '\0', sign = open is '{' ? '}' : ')';
        if (open is not ('{' or '('))
        {
            return at;
        }
        int depth = 0;
        for (int end = at + 1; end < Math.Min(text.Length, at + LongestPart); end++)
        {
            depth += text[end] == open ? 1 : text[end] == sign ? -1 : 0;
            if (depth == 0)
            {
                return end + 1;
            }
        }
        return at;
    }

    private static LintText? Replacement(LintText part, bool assignsOnly, int depth)
    {
        if (!part.Text.Contains(OptionStart, StringComparison.Ordinal))
        {
            return null;
        }
        if (part.Text.StartsWith("${{", StringComparison.Ordinal))
        {
            return Literal(part);
        }
        if (part.Text.StartsWith("${", StringComparison.Ordinal))
        {
            return Default(part.Slice(2, part.Length - 1), assignsOnly, depth);
        }
        LintText inner = part.Slice(part[0] is '$' ? 2 : 1, part.Length - 1);
        return assignsOnly ? null : Choice(inner) ?? Printed(inner);
    }

    // The word of NAME:-word, NAME-word, := = :+ +; the one of ? is a message.
    private static LintText? Default(LintText inner, bool assignsOnly, int depth)
    {
        int at = 0;
        while (at < inner.Length && (char.IsAsciiLetterOrDigit(inner[at]) || inner[at] is '_' or '@' or '*'))
        {
            at++;
        }
        if (at == 0)
        {
            return null;
        }
        at += at < inner.Length && inner[at] is ':' ? 1 : 0;
        if (at >= inner.Length || !(inner[at] is '=' || (!assignsOnly && inner[at] is '-' or '+')))
        {
            return null;
        }
        var word = new LintTextBuilder();
        for (int letter = at + 1; letter < inner.Length; letter++)
        {
            if (inner[letter] is not ('"' or '\''))
            {
                word.Append(inner, letter);
            }
        }
        return Apply(word.Build(inner.PlaceOf(inner.Length)), assignsOnly: false, depth + 1);
    }

    private static LintText? Printed(LintText script)
    {
        var text = new LintTextBuilder();
        foreach (LintCommand command in ShellReader.Read(script))
        {
            if (command.PipedTo is not null || command.Redirects.Count > 0 || command.Words is not [LintWord program, ..]
                || program.Program is not ("echo" or "printf" or "print"))
            {
                continue;
            }
            foreach (LintWord word in command.Words.Skip(1))
            {
                if (text.Length > 0)
                {
                    text.Append(' ', word.Value.PlaceOf(0));
                }
                text.Append(word.Value, 0, word.Value.Length);
            }
        }
        return text.Length > 0 && text.Text.Contains(OptionStart, StringComparison.Ordinal)
            ? text.Build(script.PlaceOf(script.Length)) : null;
    }

    // $(if condition,then,else), $(or one,other): a function of make (GNU Make manual, 8.4).
    private static LintText? Choice(LintText call)
    {
        bool isIf = call.Text.StartsWith("if ", StringComparison.Ordinal);
        int first = call.Text.IndexOf(',', StringComparison.Ordinal);
        if (first < 0 || call.Text.AsSpan().IndexOfAny(';', '\n') >= 0
            || !(isIf || call.Text.StartsWith("or ", StringComparison.Ordinal) || call.Text.StartsWith("and ", StringComparison.Ordinal)))
        {
            return null;
        }
        var text = new LintTextBuilder();
        for (int at = isIf ? first + 1 : call.Text.IndexOf(' ', StringComparison.Ordinal) + 1; at < call.Length; at++)
        {
            text.Append(call[at] is ',' ? ' ' : call[at], call.PlaceOf(at));
        }
        return text.Build(call.PlaceOf(call.Length));
    }

    // ${{ condition && '--option' || '' }}: a text after a comparison is not a result.
    private static LintText? Literal(LintText expression)
    {
        for (int at = expression.Text.IndexOf('\'', StringComparison.Ordinal); at >= 0;)
        {
            int end = expression.Text.IndexOf('\'', at + 1);
            if (end < 0)
            {
                return null;
            }
            ReadOnlySpan<char> before = expression.Text.AsSpan(0, at).TrimEnd();
            if (before[^1] is '&' or '|' or ',' or '{'
                && expression.Text.AsSpan(at, end - at).Contains(OptionStart, StringComparison.Ordinal))
            {
                return expression.Slice(at + 1, end);
            }
            at = expression.Text.IndexOf('\'', end + 1);
        }
        return null;
    }
}
