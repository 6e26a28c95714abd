namespace Pep668.Pip.Linting;

/// <content>Words: quotes and substitutions.</content>
internal sealed partial class ShellReader
{
    private LintWord ReadWord(ref int at, int depth)
    {
        var word = new LintTextBuilder();
        bool isQuoted = false;
        int start = at;
        while (at < _text.Length)
        {
            char letter = _text[at];
            if (IsEnd(letter) && !IsSubstitution(at) && !(letter is '(' && _isFish))
            {
                break;
            }
            switch (letter)
            {
                case '\\':
                    at = ReadEscape(at, word);
                    break;
                case '\'':
                    isQuoted = true;
                    at = ReadSingle(at, word);
                    break;
                case '"':
                    isQuoted = true;
                    at = ReadDouble(at + 1, word, depth);
                    break;
                case '(':
                    word.Append('$', _text.PlaceOf(at)); // as the other shells write it
                    int end = depth < MaximumDepth ? ReadList(at + 1, ')', depth + 1) : at + 1;
                    word.Append(_text, at, end);
                    at = end;
                    break;
                case '$' or '`' or '<' or '>':
                    at = ReadSubstitution(at, word, depth);
                    break;
                default:
                    word.Append(_text, at++);
                    break;
            }
        }
        if (at == start)
        {
            // A letter that no word begins with: it is skipped.
            at++;
        }
        return new(word.Build(_text.PlaceOf(start)), isQuoted);
    }

    private static bool IsEnd(char letter) =>
        letter is ' ' or '\t' or '\r' or '\n' or ';' or '&' or '|' or '<' or '>' or '(' or ')';

    private int ReadEscape(int at, LintTextBuilder word)
    {
        if (LineEnd(at + 1) is int next and > 0)
        {
            return next;
        }
        word.Append(_text, Math.Min(at + 1, _text.Length - 1));
        return Math.Min(at + 2, _text.Length);
    }

    private int ReadSingle(int at, LintTextBuilder word)
    {
        int end = _text.Text.IndexOf('\'', at + 1);
        end = end < 0 ? _text.Length : end;
        word.Append(_text, at + 1, end);
        return Math.Min(end + 1, _text.Length);
    }

    private int ReadDouble(int at, LintTextBuilder word, int depth)
    {
        while (at < _text.Length && _text[at] is not '"')
        {
            if (_text[at] is '\\' && LineEnd(at + 1) is int next and > 0)
            {
                at = next;
            }
            else if (_text[at] is '\\' && at + 1 < _text.Length && _text[at + 1] is '$' or '`' or '"' or '\\')
            {
                word.Append(_text, at + 1);
                at += 2;
            }
            else if (_text[at] is '`' || (_text[at] is '$' && at + 1 < _text.Length && _text[at + 1] is '(' or '{'))
            {
                at = ReadSubstitution(at, word, depth);
            }
            else
            {
                word.Append(_text, at++);
            }
        }
        return Math.Min(at + 1, _text.Length);
    }

    // $(…), `…`, <(…) and ${…} remain in the word as they are written; commands in them are commands too.
    private int ReadSubstitution(int at, LintTextBuilder word, int depth)
    {
        char next = at + 1 < _text.Length ? _text[at + 1] : '\0';
        int end = at + 1;
        if (depth < MaximumDepth && _text[at] is '`')
        {
            int close = _text.Text.IndexOf('`', at + 1);
            close = close < 0 ? _text.Length : close;
            Read(_text.Slice(at + 1, close), depth + 1, _isFish, _commands);
            end = Math.Min(close + 1, _text.Length);
        }
        else if (depth < MaximumDepth && next is '(')
        {
            end = at + 2 < _text.Length && _text[at + 2] is '(' ? Matching(at + 1, '(', ')') : ReadList(at + 2, ')', depth + 1);
        }
        else if (_text[at] is '$' && next is '{')
        {
            end = Matching(at + 1, '{', '}');
        }
        else if (_text[at] is '$' && next is '\'')
        {
            return ReadEscaped(at + 2, word);
        }
        word.Append(_text, at, end);
        return end;
    }

    // $'…': a backslash is an escape.
    private int ReadEscaped(int at, LintTextBuilder word)
    {
        for (; at < _text.Length && _text[at] is not '\''; at++)
        {
            if (_text[at] is '\\' && at + 1 < _text.Length)
            {
                int place = _text.PlaceOf(at++);
                word.Append(_text[at] switch { 'n' => '\n', 't' => '\t', char other => other }, place);
            }
            else
            {
                word.Append(_text, at);
            }
        }
        return Math.Min(at + 1, _text.Length);
    }

    private int Matching(int at, char open, char close)
    {
        int depth = 0;
        for (int start = at; at < _text.Length; at++)
        {
            depth += _text[at] == open ? 1 : _text[at] == close ? -1 : 0;
            if (depth == 0)
            {
                return at + 1;
            }
            if (at - start > 1_000)
            {
                return start + 1;
            }
        }
        return _text.Length;
    }
}
