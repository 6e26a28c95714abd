namespace Pep668.Pip.Linting;

/// <summary>The commands of a batch file for <c>cmd.exe</c>. Brackets are blanks: the commands of <c>if</c> and
/// <c>for</c> follow as further words, except those that print.</summary>
internal sealed class BatchReader
{
    private readonly LintText _text;
    private readonly List<LintCommand> _commands = [];
    private LintCommand? _current;
    private LintCommand? _before;

    private BatchReader(LintText text) => _text = text;

    /// <summary>Reads them, in order.</summary>
    internal static IReadOnlyList<LintCommand> Read(LintText text)
    {
        var reader = new BatchReader(text);
        for (int at = 0; at < text.Length;)
        {
            at = reader.ReadPart(at);
        }
        reader.Finish();
        return reader._commands;
    }

    private int ReadPart(int at)
    {
        char letter = _text[at];
        switch (letter)
        {
            case ' ' or '\t' or '\r' or '(' or ')' or ',' or ';':
                return at + 1;
            case '@' when _current is null:
                return at + 1;
            case '^' when at + 1 < _text.Length && _text[at + 1] is '\n' or '\r':
                return at + (_text[at + 1] is '\r' ? 3 : 2);
            case '\n' or '&' or '|':
                LintCommand? from = _current;
                Finish();
                _before = letter is '|' ? from : null;
                return at + 1;
            case '>':
                return ReadRedirect(at);
            default:
                return ReadWord(at);
        }
    }

    private int ReadWord(int at)
    {
        int start = at;
        LintWord word = Word(ref at);
        string name = word.Text.ToLowerInvariant();
        if (_current is null && !word.IsQuoted && (name is "rem" || name.StartsWith("::", StringComparison.Ordinal)))
        {
            int end = _text.Text.IndexOf('\n', at);
            return end < 0 ? _text.Length : end;
        }
        if (_current?.Words is [{ Program: "if" or "for" or "else" }, ..] && name is "echo" or "echo." or "rem")
        {
            Finish();
        }
        _current ??= new(_text, start) { PipedFrom = _before };
        if (_before is not null)
        {
            _before.PipedTo = _current;
            _before = null;
        }
        _current.Add(name is "echo." ? new(word.Value.Slice(0, 4), word.IsQuoted) : word, at);
        return at;
    }

    private int ReadRedirect(int at)
    {
        string sign = _text.ReadRedirection(ref at);
        if (at < _text.Length && !IsEnd(_text[at]))
        {
            LintWord word = Word(ref at);
            _current?.Redirects.Add(new(sign, word.Text));
        }
        return at;
    }

    private LintWord Word(ref int at)
    {
        var word = new LintTextBuilder();
        bool isQuoted = false;
        int start = at;
        while (at < _text.Length && !IsEnd(_text[at]))
        {
            if (_text[at] is '"')
            {
                isQuoted = true;
                int end = _text.Text.AsSpan(at + 1).IndexOfAny('"', '\n');
                end = end < 0 ? _text.Length : at + 1 + end;
                word.Append(_text, at + 1, end);
                at = end < _text.Length && _text[end] is '"' ? end + 1 : end;
                continue;
            }
            if (_text[at] is '^' && at + 1 < _text.Length)
            {
                at++;
                if (_text[at] is '\n' or '\r')
                {
                    break;
                }
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
        letter is ' ' or '\t' or '\r' or '\n' or '(' or ')' or ',' or ';' or '&' or '|' or '>';

    private void Finish()
    {
        if (_current is not null)
        {
            _commands.Add(_current);
        }
        _current = null;
    }
}
