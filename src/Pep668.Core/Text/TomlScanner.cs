using System.Globalization;
using System.Text;

namespace Pep668.Text;

/// <summary>The tokens of TOML 1.0. For an invalid one it throws <see cref="FormatException"/>.</summary>
internal sealed class TomlScanner(string text)
{
    private const int MaximumParts = 80;

    private int _at;

    private char Next => _at < text.Length ? text[_at] : '\0';

    internal void SkipBlanks()
    {
        while (Next is ' ' or '\t')
        {
            _at++;
        }
    }

    /// <summary>Skips blanks, line breaks and comments.</summary>
    /// <returns>Whether something follows.</returns>
    internal bool SkipToContent()
    {
        while (true)
        {
            SkipBlanks();
            if (Next == '#')
            {
                SkipComment();
            }
            else if (!TakeLineBreak())
            {
                return _at < text.Length;
            }
        }
    }

    /// <summary>Nothing but a comment may follow on this line.</summary>
    internal void EndLine()
    {
        SkipBlanks();
        if (Next == '#')
        {
            SkipComment();
        }
        if (_at < text.Length && !TakeLineBreak())
        {
            throw new FormatException();
        }
    }

    internal bool Take(char c)
    {
        bool isNext = _at < text.Length && text[_at] == c;
        _at += isNext ? 1 : 0;
        return isNext;
    }

    internal void Expect(char c)
    {
        SkipBlanks();
        if (!Take(c))
        {
            throw new FormatException();
        }
    }

    /// <summary>A key, perhaps dotted.</summary>
    internal IReadOnlyList<string> ReadKey()
    {
        var parts = new List<string>();
        do
        {
            SkipBlanks();
            parts.Add(Next is '"' or '\'' ? ReadString(mayBeLong: false) : ReadWhile(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'));
            SkipBlanks();
        }
        while (Take('.') && parts.Count < MaximumParts);
        return parts;
    }

    internal object ReadScalar()
    {
        if (Next is '"' or '\'')
        {
            return ReadString(mayBeLong: true);
        }
        string word = ReadWhile(IsOfWord);
        // A date may have its time after a blank.
        if (word.Length == 10 && word[4] == '-' && Next == ' ' && _at + 1 < text.Length && char.IsAsciiDigit(text[_at + 1]))
        {
            _at++;
            word += ' ' + ReadWhile(IsOfWord);
        }
        return word is "true" or "false" || TomlLiteral.IsNumber(word) || TomlLiteral.IsTime(word) ? new TomlScalar(word)
            : throw new FormatException();

        static bool IsOfWord(char c) => c is not (',' or ']' or '}' or '#' or ' ' or '\t' or '\r' or '\n');
    }

    private string ReadString(bool mayBeLong)
    {
        char quote = text[_at];
        bool isLong = mayBeLong && text.AsSpan(_at).StartsWith(new string(quote, 3));
        _at += isLong ? 3 : 1;
        if (isLong)
        {
            TakeLineBreak();
        }
        var value = new StringBuilder();
        while (true)
        {
            if (_at >= text.Length || (!isLong && text[_at] is '\n' or '\r'))
            {
                throw new FormatException();
            }
            char c = text[_at];
            if (c == quote && (!isLong || text.AsSpan(_at).StartsWith(new string(quote, 3))))
            {
                _at += isLong ? 3 : 1;
                // Up to two quotes may precede the closing three.
                for (int extra = 0; isLong && extra < 2 && Take(quote); extra++)
                {
                    value.Append(quote);
                }
                return value.ToString();
            }
            _at++;
            if (c == '\\' && quote == '"')
            {
                ReadEscape(value, isLong);
            }
            else if (IsAllowed(c) || (isLong && (c == '\n' || (c == '\r' && Next == '\n'))))
            {
                value.Append(c);
            }
            else
            {
                throw new FormatException();
            }
        }
    }

    private void ReadEscape(StringBuilder value, bool isLong)
    {
        char c = Next;
        _at++;
        int digits = c switch { 'u' => 4, 'U' => 8, _ => 0 };
        if (digits > 0)
        {
            string hex = _at + digits <= text.Length ? text.Substring(_at, digits) : "";
            _at += digits;
            value.Append(int.TryParse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int code) && Rune.IsValid(code)
                ? new Rune(code).ToString() : throw new FormatException());
            return;
        }
        if (isLong && c is ' ' or '\t' or '\n' or '\r')
        {
            _at--;
            SkipBlanks();
            if (!TakeLineBreak())
            {
                throw new FormatException();
            }
            do
            {
                SkipBlanks();
            }
            while (TakeLineBreak());
            return;
        }
        value.Append(c switch
        {
            'b' => '\b', 't' => '\t', 'n' => '\n', 'f' => '\f', 'r' => '\r', '"' => '"', '\\' => '\\', _ => throw new FormatException(),
        });
    }

    // Control characters other than the tab may not occur in strings and comments.
    private static bool IsAllowed(char c) => c is '\t' or (>= ' ' and not '\u007f');

    private string ReadWhile(Func<char, bool> belongs)
    {
        int start = _at;
        while (_at < text.Length && belongs(text[_at]))
        {
            _at++;
        }
        return _at > start ? text[start.._at] : throw new FormatException();
    }

    private bool TakeLineBreak() =>
        Take('\n') || (Next == '\r' && _at + 1 < text.Length && text[_at + 1] == '\n' && Take('\r') && Take('\n'));

    private void SkipComment()
    {
        while (_at < text.Length && text[_at] != '\n' && !text.AsSpan(_at).StartsWith("\r\n"))
        {
            _at += IsAllowed(text[_at]) ? 1 : throw new FormatException();
        }
    }
}
