namespace Pep668.Pip.Linting;

/// <summary>
/// The commands of a script for PowerShell (about_Parsing, about_Quoting_Rules). Expressions are read like commands:
/// their operators and values are words.
/// </summary>
internal sealed class PowerShellReader
{
    private readonly LintText _text;
    private readonly List<LintCommand> _commands = [];
    private LintCommand? _current;
    private LintCommand? _before;
    private LintCommand? _block;

    private PowerShellReader(LintText text) => _text = text;

    /// <summary>Whether a text is more likely for PowerShell than for another shell.</summary>
    internal static bool IsLikely(string text) => text.Contains("$env:", StringComparison.OrdinalIgnoreCase)
        || text.Contains("Remove-Item", StringComparison.Ordinal) || text.Contains("`\n", StringComparison.Ordinal)
        || text.Contains("Move-Item", StringComparison.Ordinal) || text.Contains("Rename-Item", StringComparison.Ordinal);

    /// <summary>Reads them, in order.</summary>
    internal static IReadOnlyList<LintCommand> Read(LintText text)
    {
        var reader = new PowerShellReader(text);
        reader.ReadAll();
        return reader._commands;
    }

    private void ReadAll()
    {
        int at = 0;
        while (at < _text.Length)
        {
            char letter = _text[at], next = at + 1 < _text.Length ? _text[at + 1] : '\0';
            if (letter is '`' && next is '\n' or '\r')
            {
                at += next is '\r' ? 3 : 2;
            }
            else if (letter is '<' && next is '#')
            {
                int end = _text.Text.IndexOf("#>", at, StringComparison.Ordinal);
                at = end < 0 ? _text.Length : end + 2;
            }
            else if (letter is '#')
            {
                int end = _text.Text.IndexOf('\n', at);
                at = end < 0 ? _text.Length : end;
            }
            else if (letter is ' ' or '\t' or '\r' or ',' or '(' or ')' || (letter is '@' && next is not ('\'' or '"')))
            {
                at = letter is ',' ? SkipBlank(at + 1) : at + 1;
            }
            else if (letter is '\n' or ';' or '{' or '}' or '|' or '&')
            {
                at = ReadSeparator(at, letter);
            }
            else if (letter is '>')
            {
                at = ReadRedirect(at);
            }
            else
            {
                int start = at;
                AddWord(ref at, start);
            }
        }
        Finish();
    }

    private int ReadSeparator(int at, char letter)
    {
        bool isDouble = at + 1 < _text.Length && _text[at + 1] == letter;
        if (letter is '&' && !isDouble && _current is null)
        {
            return at + 1;
        }
        // The output of a block that ended just before is that of its last command.
        LintCommand? from = _current ?? (letter is '|' ? _block : null);
        Finish();
        _block = letter is '}' ? _commands.LastOrDefault() : null;
        // In the block of ForEach-Object, the output of the command before it is $_.
        _before = letter is '|' && !isDouble ? from
            : letter is '{'
                && from?.Words is [{ Program: "foreach-object" or "foreach" or "%" or "where-object" or "where" or "?" }, ..]
                ? from.PipedFrom : null;
        return letter is '|' && !isDouble ? SkipBlank(at + 1) : at + (isDouble && letter is '|' or '&' ? 2 : 1);
    }

    private int ReadRedirect(int at)
    {
        string sign = _text.ReadRedirection(ref at);
        if (at < _text.Length && !IsEnd(_text[at]))
        {
            LintWord word = ReadWord(ref at);
            _current?.Redirects.Add(new(sign, word.Text));
        }
        return at;
    }

    private void AddWord(ref int at, int start)
    {
        LintWord word = ReadWord(ref at);
        if (_current is null)
        {
            _current = new(_text, start) { PipedFrom = _before };
            if (_before is not null)
            {
                _before.PipedTo = _current;
            }
            _before = null;
        }
        _block = null;
        _current.Add(word, at);
    }

    private LintWord ReadWord(ref int at)
    {
        var word = new LintTextBuilder();
        bool isQuoted = false;
        int start = at;
        if (_text[at] is '@' && at + 1 < _text.Length && _text[at + 1] is '\'' or '"')
        {
            at = ReadHereString(at, word);
            return new(word.Build(_text.PlaceOf(start)), IsQuoted: true);
        }
        while (at < _text.Length && !IsEnd(_text[at]))
        {
            char letter = _text[at];
            if (letter is '\'' or '"')
            {
                isQuoted = true;
                at = ReadQuoted(at, word);
                continue;
            }
            // An assignment without blanks: three words.
            if (letter is '=' && at > start && (_text[start] is '$' || (isQuoted && word.Length > 0)))
            {
                break;
            }
            if (letter is '=' && at == start)
            {
                word.Append(_text, at++);
                break;
            }
            if (letter is '`' && at + 1 < _text.Length)
            {
                at++;
            }
            word.Append(_text, at++);
        }
        if (at == start)
        {
            at++;
        }
        return new(word.Build(_text.PlaceOf(start)), isQuoted);
    }

    private static bool IsEnd(char letter) =>
        letter is ' ' or '\t' or '\r' or '\n' or ';' or ',' or '(' or ')' or '{' or '}' or '|' or '&' or '>';

    private int ReadQuoted(int at, LintTextBuilder word)
    {
        char quote = _text[at++];
        while (at < _text.Length)
        {
            if (_text[at] == quote)
            {
                if (at + 1 < _text.Length && _text[at + 1] == quote)
                {
                    at++;
                }
                else
                {
                    return at + 1;
                }
            }
            else if (_text[at] is '`' && quote is '"' && at + 1 < _text.Length)
            {
                int place = _text.PlaceOf(at++);
                word.Append(_text[at] is 'n' ? '\n' : _text[at], place);
                at++;
                continue;
            }
            word.Append(_text, at++);
        }
        return at;
    }

    private int ReadHereString(int at, LintTextBuilder word)
    {
        int line = _text.Text.IndexOf('\n', at);
        if (line < 0)
        {
            return at + 1;
        }
        int end = _text.Text.IndexOf($"\n{_text[at + 1]}@", line, StringComparison.Ordinal);
        int stop = end < 0 ? _text.Length : end;
        word.Append(_text, Math.Min(line + 1, stop), stop);
        return end < 0 ? _text.Length : end + 3;
    }

    private int SkipBlank(int at)
    {
        while (at < _text.Length && char.IsWhiteSpace(_text[at]))
        {
            at++;
        }
        return at;
    }

    private void Finish()
    {
        if (_current is not null)
        {
            _commands.Add(_current);
        }
        _current = null;
    }
}
