namespace Pep668.Pip.Linting;

/// <summary>
/// Reads YAML 1.2 as playbooks and workflows use it, and JSON, into <see cref="LintNode"/>s: block and flow
/// collections, all five styles of scalars. It has no errors: what it does not understand is skipped. Tags and anchors
/// are ignored, aliases are not followed.
/// </summary>
internal sealed partial class YamlReader
{
    private const int MaximumDepth = 100;

    private readonly LintText _text;
    private readonly bool _isJson;
    private int _at;
    private int _depth;

    private YamlReader(LintText text, bool isJson) => (_text, _isJson) = (text, isJson);

    /// <summary>Reads each document.</summary>
    internal static IReadOnlyList<LintNode> Read(LintText text)
    {
        var reader = new YamlReader(text, isJson: false);
        var documents = new List<LintNode>();
        while (reader.SkipToContent())
        {
            int before = reader._at;
            if (reader.ReadBlock(0) is LintNode node)
            {
                documents.Add(node);
            }
            if (reader._at == before)
            {
                reader.SkipLine();
            }
        }
        return documents;
    }

    /// <summary>Reads JSON; comments are allowed.</summary>
    internal static IReadOnlyList<LintNode> ReadJson(LintText text)
    {
        var reader = new YamlReader(text, isJson: true);
        reader.SkipFlowBlanks();
        return reader._at < text.Length ? [reader.ReadFlow()] : [];
    }

    // The first letter of the next line that is not empty, a comment or a mark of documents or templates.
    private bool SkipToContent()
    {
        while (_at < _text.Length)
        {
            int start = _at;
            while (_at < _text.Length && _text[_at] is ' ' or '\t' or '\r')
            {
                _at++;
            }
            if (_at >= _text.Length)
            {
                return false;
            }
            ReadOnlySpan<char> rest = _text.Text.AsSpan(_at);
            bool isMark = ColumnOf(_at) == 0 && (rest.StartsWith("---") || rest.StartsWith("...") || rest[0] is '%');
            if (rest[0] is '\n')
            {
                _at++;
            }
            else if (rest[0] is '#' || rest.StartsWith("{%") || rest.StartsWith("{#"))
            {
                SkipLine();
            }
            else if (isMark)
            {
                _at = rest[0] is '%' ? _at : _at + 3;
                if (rest[0] is '%' || IsLineRest())
                {
                    SkipLine();
                }
            }
            else
            {
                _ = start;
                return true;
            }
        }
        return false;
    }

    private bool IsLineRest()
    {
        int at = _at;
        while (at < _text.Length && _text[at] is ' ' or '\t' or '\r')
        {
            at++;
        }
        return at >= _text.Length || _text[at] is '\n' or '#';
    }

    private void SkipLine()
    {
        int end = _text.Text.IndexOf('\n', Math.Min(_at, _text.Length));
        _at = end < 0 ? _text.Length : end + 1;
    }

    private int ColumnOf(int at) => at == 0 ? 0 : at - 1 - _text.Text.LastIndexOf('\n', at - 1);

    private LintNode? ReadBlock(int least)
    {
        if (!SkipToContent() || ColumnOf(_at) is int column && column < least)
        {
            return null;
        }
        if (_depth >= MaximumDepth)
        {
            SkipLine();
            return null;
        }
        _depth++;
        LintNode? node = ReadContent(ColumnOf(_at), least - 1);
        _depth--;
        return node;
    }

    // What begins at this place of a line.
    private LintNode? ReadContent(int column, int parent)
    {
        SkipProperties();
        return IsItem() ? ReadSequence(column)
            : KeyEnd() >= 0 ? ReadMapping(column)
            : ReadScalar(parent);
    }

    private bool IsItem() => _at < _text.Length && _text[_at] is '-' && (_at + 1 == _text.Length || char.IsWhiteSpace(_text[_at + 1]));

    private LintList ReadSequence(int column)
    {
        var items = new List<LintNode>();
        while (SkipToContent() && ColumnOf(_at) == column && IsItem())
        {
            _at++;
            SkipBlanks();
            LintNode? item = IsLineRest() ? NextBlock(column + 1)
                : _depth < MaximumDepth ? Deeper(() => ReadContent(ColumnOf(_at), column)) : SkipRest();
            if (item is not null)
            {
                items.Add(item);
            }
        }
        return new(items);
    }

    private LintNode? NextBlock(int least)
    {
        SkipLine();
        return ReadBlock(least);
    }

    private LintNode? SkipRest()
    {
        SkipLine();
        return null;
    }

    private LintNode? Deeper(Func<LintNode?> read)
    {
        _depth++;
        LintNode? node = read();
        _depth--;
        return node;
    }

    private LintMap ReadMapping(int column)
    {
        var pairs = new List<LintPair>();
        while (SkipToContent() && ColumnOf(_at) == column && KeyEnd() is >= 0 and int end)
        {
            LintText key = ReadKey(end);
            SkipBlanks();
            SkipProperties();
            LintNode? value;
            if (IsLineRest())
            {
                SkipLine();
                // A sequence may have the column of its key.
                value = SkipToContent() && ColumnOf(_at) == column && IsItem() ? Deeper(() => ReadSequence(column)) : ReadBlock(column + 1);
            }
            else
            {
                value = ReadScalar(column);
            }
            pairs.Add(new(key, value));
        }
        return new(pairs);
    }

    // Where the colon of a key is on this line; below 0 if it is not a key.
    private int KeyEnd()
    {
        int at = _at;
        if (at >= _text.Length || _text[at] is '[' or '{' or '|' or '>' or '#')
        {
            return -1;
        }
        if (_text[at] is '"' or '\'')
        {
            char quote = _text[at++];
            while (at < _text.Length && _text[at] != quote && _text[at] is not '\n')
            {
                at += _text[at] is '\\' && quote is '"' ? 2 : 1;
            }
            at++;
            while (at < _text.Length && _text[at] is ' ')
            {
                at++;
            }
            return at < _text.Length && _text[at] is ':' && IsAfterColon(at + 1) ? at : -1;
        }
        for (; at < _text.Length && _text[at] is not '\n'; at++)
        {
            if (_text[at] is ':' && IsAfterColon(at + 1))
            {
                return at;
            }
            if (_text[at] is '#' && at > _at && _text[at - 1] is ' ')
            {
                return -1;
            }
        }
        return -1;
    }

    private bool IsAfterColon(int at) => at >= _text.Length || char.IsWhiteSpace(_text[at]);

    private LintText ReadKey(int end)
    {
        int start = _at, stop = end;
        while (stop > start && _text[stop - 1] is ' ')
        {
            stop--;
        }
        if (stop - start > 1 && _text[start] is '"' or '\'' && _text[stop - 1] == _text[start])
        {
            start++;
            stop--;
        }
        _at = end + 1;
        return _text.Slice(start, Math.Max(start, stop));
    }

    private void SkipBlanks()
    {
        while (_at < _text.Length && _text[_at] is ' ' or '\t')
        {
            _at++;
        }
    }

    // Tags and anchors.
    private void SkipProperties()
    {
        while (_at < _text.Length && _text[_at] is '!' or '&' && !IsLineRest())
        {
            while (_at < _text.Length && !char.IsWhiteSpace(_text[_at]))
            {
                _at++;
            }
            SkipBlanks();
        }
    }
}
