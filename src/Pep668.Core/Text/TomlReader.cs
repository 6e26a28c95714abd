namespace Pep668.Text;

/// <summary>
/// Reads TOML 1.0 into tables, lists, strings and truth values; a number or a date keeps its text, as
/// <see cref="TomlScalar"/>. A file with an error anywhere gives no table, because it stops the tools that read it.
/// </summary>
internal sealed class TomlReader
{
    // Deeper values would exhaust the stack; the limit of toml for Rust, which uv, pixi, mise and Rye use, is 80.
    private const int MaximumDepth = 80;

    private readonly TomlScanner _scanner;
    private readonly HashSet<TomlTable> _headed = [];
    private readonly HashSet<TomlTable> _dotted = [];
    private readonly HashSet<TomlTable> _closed = [];
    private int _depth;

    private TomlReader(string text) => _scanner = new(text);

    /// <summary>The whole file as a table; null if it is not TOML in UTF-8, or the file does not exist.</summary>
    internal static TomlTable? Read(byte[]? bytes) =>
        bytes is not null && PythonText.DecodeUtf8(bytes, out _) is string text ? Read(text) : null;

    /// <summary>The whole text as a table; null if it is not valid TOML.</summary>
    internal static TomlTable? Read(string text)
    {
        try
        {
            return new TomlReader(text.StartsWith('\uFEFF') ? text[1..] : text).ReadFile();
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private TomlTable ReadFile()
    {
        var file = new TomlTable();
        TomlTable current = file;
        while (_scanner.SkipToContent())
        {
            if (_scanner.Take('['))
            {
                current = ReadHeader(file, isItem: _scanner.Take('['));
            }
            else
            {
                ReadPair(current);
            }
            _scanner.EndLine();
        }
        return file;
    }

    private TomlTable ReadHeader(TomlTable file, bool isItem)
    {
        IReadOnlyList<string> path = _scanner.ReadKey();
        _scanner.Expect(']');
        if (isItem && !_scanner.Take(']'))
        {
            throw new FormatException();
        }
        TomlTable parent = path.SkipLast(1).Aggregate(file, (table, part) => Child(table, part));
        if (isItem)
        {
            if (!parent.TryGetValue(path[^1], out object? known))
            {
                parent[path[^1]] = known = new List<TomlTable>();
            }
            var items = known as List<TomlTable> ?? throw new FormatException();
            items.Add([]);
            return items[^1];
        }
        TomlTable own = Child(parent, path[^1], ofItems: false);
        return !_dotted.Contains(own) && _headed.Add(own) ? own : throw new FormatException();
    }

    private void ReadPair(TomlTable table)
    {
        IReadOnlyList<string> path = _scanner.ReadKey();
        foreach (string part in path.SkipLast(1))
        {
            table = Child(table, part, ofItems: false);
            // What a header defines, dotted keys may not add to, and the reverse.
            _ = _headed.Contains(table) ? throw new FormatException() : _dotted.Add(table);
        }
        _scanner.Expect('=');
        if (!table.TryAdd(path[^1], ReadValue()))
        {
            throw new FormatException();
        }
    }

    private TomlTable Child(TomlTable table, string name, bool ofItems = true)
    {
        if (!table.TryGetValue(name, out object? known))
        {
            table[name] = known = new TomlTable();
        }
        return known is TomlTable child && !_closed.Contains(child) ? child
            : ofItems && known is List<TomlTable> items ? items[^1]
            : throw new FormatException();
    }

    private object ReadValue()
    {
        if (++_depth > MaximumDepth)
        {
            throw new FormatException();
        }
        object value = ReadAnyValue();
        _depth--;
        return value;
    }

    private object ReadAnyValue()
    {
        _scanner.SkipBlanks();
        if (_scanner.Take('['))
        {
            var list = new List<object>();
            _scanner.SkipToContent();
            while (!_scanner.Take(']'))
            {
                list.Add(ReadValue());
                _scanner.SkipToContent();
                if (!_scanner.Take(','))
                {
                    _scanner.Expect(']');
                    break;
                }
                _scanner.SkipToContent();
            }
            return list;
        }
        return _scanner.Take('{') ? ReadInlineTable() : _scanner.ReadScalar();
    }

    private TomlTable ReadInlineTable()
    {
        var table = new TomlTable();
        _scanner.SkipBlanks();
        if (!_scanner.Take('}'))
        {
            do
            {
                ReadPair(table);
                _scanner.SkipBlanks();
            }
            while (_scanner.Take(','));
            _scanner.Expect('}');
        }
        Close(table);
        return table;
    }

    // An inline table is complete: nothing can be added to it later.
    private void Close(TomlTable table)
    {
        _closed.Add(table);
        foreach (TomlTable inner in table.Values.OfType<TomlTable>())
        {
            Close(inner);
        }
    }
}

/// <summary>A table of TOML.</summary>
internal sealed class TomlTable() : Dictionary<string, object>(StringComparer.Ordinal)
{
    /// <summary>The value at a path of tables; null when it is missing or has another type.</summary>
    internal T? Find<T>(params string[] path)
        where T : class
    {
        object? value = this;
        foreach (string part in path)
        {
            value = (value as TomlTable)?.GetValueOrDefault(part);
        }
        return value as T;
    }
}

/// <summary>A value that is not a string: a truth value, a number, a date.</summary>
/// <param name="Text">Its text in the file.</param>
internal sealed record TomlScalar(string Text)
{
    /// <summary>The truth value; <see cref="TruthValue.Invalid"/> when it is something else.</summary>
    internal TruthValue Truth => Text switch
    {
        "true" => TruthValue.True,
        "false" => TruthValue.False,
        _ => TruthValue.Invalid,
    };
}
