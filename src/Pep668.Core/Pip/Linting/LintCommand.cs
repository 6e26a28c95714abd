namespace Pep668.Pip.Linting;

/// <summary>A word of a command.</summary>
/// <param name="Value">Its text without quotes; a substitution remains as it is written.</param>
/// <param name="IsQuoted">Whether a part of it is quoted.</param>
internal sealed record LintWord(LintText Value, bool IsQuoted)
{
    /// <summary>Its text.</summary>
    internal string Text => Value.Text;

    /// <summary>The last part of a path, in lower case and without <c>.exe</c>: the name of a program.</summary>
    internal string Program { get; } = NameOf(Value.Text);

    private static string NameOf(string text)
    {
        string name = text[(text.LastIndexOfAny(['/', '\\']) + 1)..];
        foreach (string suffix in (string[])[".exe", ".cmd", ".bat"])
        {
            if (name.EndsWith(suffix, StringComparison.OrdinalIgnoreCase))
            {
                name = name[..^suffix.Length];
            }
        }
        return name.ToLowerInvariant();
    }
}

/// <summary>A redirection: its operator and its file.</summary>
internal sealed record LintRedirect(string Operator, string Target);

/// <summary>A simple command of a shell, or what can be read like one.</summary>
internal sealed class LintCommand
{
    private const int MaximumWords = 4000;

    private int _end = -1;

    internal LintCommand(LintText source, int start) => (Source, Start) = (source, start);

    /// <summary>The text that it is in.</summary>
    internal LintText Source { get; }

    /// <summary>Where it begins.</summary>
    internal int Start { get; }

    /// <summary>Its words, assignments included.</summary>
    internal List<LintWord> Words { get; } = [];

    /// <summary>Its redirections.</summary>
    internal List<LintRedirect> Redirects { get; } = [];

    /// <summary>The text of its here-document; null without one.</summary>
    internal LintText? Input { get; set; }

    /// <summary>The command whose output it reads; null without one.</summary>
    internal LintCommand? PipedFrom { get; init; }

    /// <summary>The command that reads its output; null without one.</summary>
    internal LintCommand? PipedTo { get; set; }

    /// <summary>The function that it is in; null outside of functions.</summary>
    internal string? Function { get; init; }

    /// <summary>Whether it is an array: a variable and its items.</summary>
    internal bool IsArray { get; set; }

    /// <summary>Adds a word.</summary>
    internal void Add(LintWord word, int end)
    {
        if (Words.Count < MaximumWords)
        {
            Words.Add(word);
            _end = end;
        }
    }

    /// <summary>The same command with other words.</summary>
    internal LintCommand With(IReadOnlyList<LintWord> words)
    {
        var command = new LintCommand(Source, Start)
        {
            Input = Input, PipedFrom = PipedFrom, PipedTo = PipedTo, IsArray = IsArray, Function = Function,
            _end = _end,
        };
        command.Words.AddRange(words.Take(MaximumWords));
        command.Redirects.AddRange(Redirects);
        return command;
    }

    /// <summary>The command on one line, with the brackets that close those in it.</summary>
    internal string Text => _end < 0 ? "" : OneLine(Source.Text.AsSpan(Start, EndWithBrackets() - Start));

    private int EndWithBrackets()
    {
        int end = _end;
        for (int at = _end; at < Source.Length && (Source[at] is ')' or ']' or '}' || char.IsWhiteSpace(Source[at])); at++)
        {
            if (!char.IsWhiteSpace(Source[at]))
            {
                char open = Source[at] switch { ')' => '(', ']' => '[', _ => '{' };
                ReadOnlySpan<char> text = Source.Text.AsSpan(Start, end - Start);
                if (text.Count(open) <= text.Count(Source[at]))
                {
                    break;
                }
                end = at + 1;
            }
        }
        return end;
    }

    /// <summary>A text on one line, without the signs of continued lines.</summary>
    internal static string OneLine(ReadOnlySpan<char> text)
    {
        const int Longest = 400;
        var line = new System.Text.StringBuilder();
        bool isBlank = false;
        for (int at = 0; at < text.Length; at++)
        {
            char letter = text[at];
            bool continues = letter is '\\' or '`' or '^' && at + 1 < text.Length && text[at + 1] is '\n' or '\r';
            if (char.IsWhiteSpace(letter) || continues)
            {
                isBlank = line.Length > 0;
                continue;
            }
            if (line.Length >= Longest)
            {
                return line.Append('…').ToString();
            }
            line.Append(isBlank ? " " : "").Append(letter);
            isBlank = false;
        }
        return line.ToString();
    }
}
