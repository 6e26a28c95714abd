namespace Pep668.Pip.Linting;

/// <content>Scalars and flow collections.</content>
internal sealed partial class YamlReader
{
    private LintNode ReadScalar(int parent)
    {
        char first = _text[_at];
        bool isTemplate = _text.Text.AsSpan(_at).StartsWith("{{");
        if (first is '|' or '>')
        {
            return new LintScalar(ReadBlockScalar(parent, first is '>'));
        }
        if ((first is '[' || (first is '{' && !isTemplate)) && _depth < MaximumDepth)
        {
            LintNode flow = ReadFlow();
            SkipLine();
            return flow;
        }
        if (first is '"' or '\'')
        {
            LintText quoted = ReadQuoted();
            SkipLine();
            return new LintScalar(quoted);
        }
        return new LintScalar(ReadPlain(parent));
    }

    // Further lines with more indentation continue it.
    private LintText ReadPlain(int parent)
    {
        var text = new LintTextBuilder();
        while (_at < _text.Length)
        {
            int end = _text.Text.IndexOf('\n', _at);
            end = end < 0 ? _text.Length : end;
            int comment = _text.Text.IndexOf(" #", _at, end - _at, StringComparison.Ordinal);
            int stop = comment < 0 ? end : comment;
            text.Append(_text, _at, stop);
            text.Trim(char.IsWhiteSpace);
            int last = _text.PlaceOf(stop);
            _at = Math.Min(end + 1, _text.Length);
            if (comment >= 0 || !ContinuesPlain(parent))
            {
                break;
            }
            text.Append(' ', last);
        }
        return text.Build(_text.PlaceOf(_at));
    }

    private bool ContinuesPlain(int parent)
    {
        int at = _at;
        while (at < _text.Length && char.IsWhiteSpace(_text[at]))
        {
            at++;
        }
        if (at >= _text.Length || ColumnOf(at) <= Math.Max(parent, 0) || _text[at] is '#')
        {
            return false;
        }
        _at = at;
        return true;
    }

    private LintText ReadBlockScalar(int parent, bool isFolded)
    {
        int header = _at;
        SkipLine();
        int indent = -1;
        for (int digit = header + 1; digit < Math.Min(header + 3, _text.Length); digit++)
        {
            indent = char.IsAsciiDigit(_text[digit]) ? Math.Max(parent, 0) + _text[digit] - '0' : indent;
        }
        var text = new LintTextBuilder();
        bool wasText = false;
        while (_at < _text.Length)
        {
            int start = _at, end = _text.Text.IndexOf('\n', _at);
            end = end < 0 ? _text.Length : end;
            int content = start;
            while (content < end && _text[content] is ' ')
            {
                content++;
            }
            bool isBlank = _text.Text.AsSpan(content, end - content).Trim().IsEmpty;
            if (!isBlank)
            {
                if (content - start <= parent)
                {
                    break;
                }
                indent = indent < 0 ? content - start : indent;
            }
            int from = Math.Min(end, start + Math.Max(0, Math.Min(indent, content - start)));
            // Folded: a line break is a blank, except at empty lines and at lines with more indentation.
            bool joins = isFolded && wasText && !isBlank && _text[Math.Min(from, _text.Length - 1)] is not (' ' or '\t');
            if (joins && text.Last is '\n')
            {
                text.Trim(letter => letter is '\n' or '\r');
                text.Append(' ', _text.PlaceOf(start));
            }
            text.Append(_text, from, Math.Min(end + 1, _text.Length));
            wasText = !isBlank && from < end && _text[from] is not (' ' or '\t');
            _at = Math.Min(end + 1, _text.Length);
        }
        return text.Build(_text.PlaceOf(_at));
    }

    private LintText ReadQuoted()
    {
        char quote = _text[_at++];
        var text = new LintTextBuilder();
        while (_at < _text.Length)
        {
            char letter = _text[_at];
            if (letter == quote)
            {
                if (quote is '\'' && _at + 1 < _text.Length && _text[_at + 1] is '\'')
                {
                    _at++;
                }
                else
                {
                    _at++;
                    break;
                }
            }
            else if (letter is '\\' && quote is '"' && _at + 1 < _text.Length)
            {
                ReadEscape(text);
                continue;
            }
            else if (letter is '\n')
            {
                text.Trim(one => one is ' ' or '\t' or '\r');
                text.Append(' ', _text.PlaceOf(_at++));
                SkipBlanks();
                continue;
            }
            text.Append(_text, _at++);
        }
        return text.Build(_text.PlaceOf(_at));
    }

    private void ReadEscape(LintTextBuilder text)
    {
        int place = _text.PlaceOf(_at);
        char letter = _text[_at + 1];
        _at += 2;
        if (letter is '\n' or '\r')
        {
            _at += letter is '\r' ? 1 : 0;
            SkipBlanks();
            return;
        }
        int digits = letter switch { 'x' => 2, 'u' => 4, _ => 0 };
        if (digits > 0 && _at + digits <= _text.Length && ushort.TryParse(_text.Text.AsSpan(_at, digits),
            System.Globalization.NumberStyles.AllowHexSpecifier, System.Globalization.CultureInfo.InvariantCulture, out ushort code))
        {
            text.Append((char)code, place);
            _at += digits;
            return;
        }
        text.Append(letter switch { 'n' => '\n', 't' => '\t', 'r' => '\r', '0' => '\0', char other => other }, place);
    }

    private LintNode ReadFlow()
    {
        char first = _text[_at];
        if (_depth >= MaximumDepth)
        {
            _at = _text.Length;
            return new LintList([]);
        }
        if (first is not ('[' or '{'))
        {
            return new LintScalar(first is '"' or '\'' ? ReadQuoted() : ReadFlowPlain());
        }
        _depth++;
        _at++;
        LintNode node = first is '[' ? ReadFlowList() : ReadFlowMap();
        _depth--;
        return node;
    }

    private LintList ReadFlowList()
    {
        var items = new List<LintNode>();
        for (SkipFlowBlanks(); _at < _text.Length && _text[_at] is not ']'; SkipFlowBlanks())
        {
            if (_text[_at] is ',' or '}' or ':')
            {
                _at++;
                continue;
            }
            items.Add(ReadFlow());
        }
        _at = Math.Min(_at + 1, _text.Length);
        return new(items);
    }

    private LintMap ReadFlowMap()
    {
        var pairs = new List<LintPair>();
        for (SkipFlowBlanks(); _at < _text.Length && _text[_at] is not '}'; SkipFlowBlanks())
        {
            if (_text[_at] is ',' or ']' or ':')
            {
                _at++;
                continue;
            }
            LintText? key = (ReadFlow() as LintScalar)?.Value;
            SkipFlowBlanks();
            LintNode? value = null;
            if (_at < _text.Length && _text[_at] is ':')
            {
                _at++;
                SkipFlowBlanks();
                value = _at < _text.Length && _text[_at] is not (',' or '}' or ']') ? ReadFlow() : null;
            }
            if (key is not null)
            {
                pairs.Add(new(key, value));
            }
        }
        _at = Math.Min(_at + 1, _text.Length);
        return new(pairs);
    }

    private LintText ReadFlowPlain()
    {
        int start = _at;
        while (_at < _text.Length && _text[_at] is not (',' or '[' or ']' or '{' or '}' or '\n')
            && !(_text[_at] is ':' && (_isJson || IsAfterColon(_at + 1)))
            && !(_text[_at] is '#' && _at > start && _text[_at - 1] is ' '))
        {
            _at++;
        }
        if (_at == start)
        {
            _at++;
        }
        int end = _at;
        while (end > start && char.IsWhiteSpace(_text[end - 1]))
        {
            end--;
        }
        return _text.Slice(start, end);
    }

    private void SkipFlowBlanks()
    {
        while (_at < _text.Length)
        {
            ReadOnlySpan<char> rest = _text.Text.AsSpan(_at);
            if (char.IsWhiteSpace(rest[0]))
            {
                _at++;
            }
            else if (_isJson ? rest.StartsWith("//") : rest[0] is '#')
            {
                SkipLine();
            }
            else if (_isJson && rest.StartsWith("/*"))
            {
                int end = rest.IndexOf("*/");
                _at = end < 0 ? _text.Length : _at + end + 2;
            }
            else
            {
                return;
            }
        }
    }
}
