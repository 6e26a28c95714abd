namespace Pep668.Pip.Linting;

/// <summary>The texts that a script of sed writes: those of <c>a</c>, <c>i</c> and <c>c</c>, and the replacements of
/// <c>s</c> (XCU, "sed").</summary>
internal sealed class SedScript
{
    private readonly LintText _text;
    private readonly List<LintText> _written = [];
    private int _at;

    private SedScript(LintText text) => _text = text;

    /// <summary>Reads them.</summary>
    internal static IReadOnlyList<LintText> ReadWritten(LintText script)
    {
        var reader = new SedScript(script);
        while (reader._at < script.Length)
        {
            reader.ReadCommand();
        }
        return reader._written;
    }

    private char Letter => _at < _text.Length ? _text[_at] : '\0';

    private void ReadCommand()
    {
        SkipAddresses();
        char command = Letter;
        _at++;
        switch (command)
        {
            case 'a' or 'i' or 'c':
                ReadText();
                break;
            case 's' or 'y':
                char delimiter = Letter;
                _at++;
                _ = ReadUpTo(delimiter);
                LintText replacement = ReadUpTo(delimiter);
                if (command is 's')
                {
                    _written.Add(replacement);
                }
                SkipToNext();
                break;
            case '#':
                SkipLine();
                break;
            case '{' or '}' or ';' or '\n':
                break;
            default:
                SkipToNext();
                break;
        }
    }

    // 1,$ /expression/I \cexpressionc first~step addr,+N !
    private void SkipAddresses()
    {
        while (_at < _text.Length)
        {
            if (Letter is '/' or '\\')
            {
                _at += Letter is '\\' ? 1 : 0;
                char delimiter = Letter;
                _at++;
                _ = ReadUpTo(delimiter);
                while (Letter is 'I' or 'M')
                {
                    _at++;
                }
            }
            else if (char.IsWhiteSpace(Letter) || char.IsAsciiDigit(Letter) || Letter is ',' or '$' or '!' or '+' or '~')
            {
                _at++;
            }
            else
            {
                return;
            }
        }
    }

    // Up to a sign that no backslash precedes; \n is a line break.
    private LintText ReadUpTo(char delimiter)
    {
        var part = new LintTextBuilder();
        while (_at < _text.Length && _text[_at] != delimiter)
        {
            bool isEscape = _text[_at] is '\\' && _at + 1 < _text.Length;
            char letter = isEscape && _text[_at + 1] is 'n' ? '\n' : _text[isEscape ? _at + 1 : _at];
            part.Append(letter, _text.PlaceOf(isEscape ? _at + 1 : _at));
            _at += isEscape ? 2 : 1;
        }
        _at++;
        return part.Build(_text.PlaceOf(Math.Min(_at, _text.Length)));
    }

    // After "a", "a\" or "a\" and a line break; a backslash at the end of a line continues it.
    private void ReadText()
    {
        while (Letter is ' ' or '\t')
        {
            _at++;
        }
        if (Letter is '\\')
        {
            _at++;
            while (Letter is ' ' or '\t' or '\n')
            {
                _at++;
            }
        }
        var part = new LintTextBuilder();
        for (; _at < _text.Length && Letter is not '\n'; _at++)
        {
            if (Letter is '\\' && _at + 1 < _text.Length)
            {
                _at++;
                part.Append(Letter is 'n' ? '\n' : Letter, _text.PlaceOf(_at));
            }
            else
            {
                part.Append(_text, _at);
            }
        }
        _written.Add(part.Build(_text.PlaceOf(Math.Min(_at, _text.Length))));
    }

    private void SkipToNext()
    {
        while (_at < _text.Length && Letter is not ('\n' or ';' or '}'))
        {
            _at++;
        }
    }

    private void SkipLine()
    {
        int end = _at < _text.Length ? _text.Text.IndexOf('\n', _at) : -1;
        _at = end < 0 ? _text.Length : end + 1;
    }
}
