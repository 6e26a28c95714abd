namespace Pep668.Text;

/// <summary>The numbers, dates and times of TOML 1.0, by their grammar.</summary>
internal static class TomlLiteral
{
    /// <summary>Whether it is an integer or a float.</summary>
    internal static bool IsNumber(ReadOnlySpan<char> text)
    {
        Func<char, bool>? digits = text switch
        {
            ['0', 'x', ..] => char.IsAsciiHexDigit,
            ['0', 'o', ..] => c => c is >= '0' and <= '7',
            ['0', 'b', ..] => c => c is '0' or '1',
            _ => null,
        };
        if (digits is not null)
        {
            text = text[2..];
            return TakeDigits(ref text, digits) && text.IsEmpty;
        }
        TakeSign(ref text);
        if (text is "inf" or "nan")
        {
            return true;
        }
        if (text is ['0', ..])
        {
            text = text[1..];
        }
        else if (!TakeDigits(ref text, char.IsAsciiDigit))
        {
            return false;
        }
        if (Take(ref text, '.') && !TakeDigits(ref text, char.IsAsciiDigit))
        {
            return false;
        }
        if (Take(ref text, 'e') || Take(ref text, 'E'))
        {
            TakeSign(ref text);
            return TakeDigits(ref text, char.IsAsciiDigit) && text.IsEmpty;
        }
        return text.IsEmpty;
    }

    /// <summary>Whether it is a date, a time, or both, which alone may have an offset.</summary>
    internal static bool IsTime(ReadOnlySpan<char> text)
    {
        if (!TakeNumber(ref text, 4, 1, 9999, out int year, '-'))
        {
            return TakeClock(ref text) && text.IsEmpty;
        }
        if (!TakeNumber(ref text, 2, 1, 12, out int month, '-') || !TakeNumber(ref text, 2, 1, DateTime.DaysInMonth(year, month), out _))
        {
            return false;
        }
        if (text.IsEmpty)
        {
            return true;
        }
        if (!(Take(ref text, 'T') || Take(ref text, 't') || Take(ref text, ' ')) || !TakeClock(ref text))
        {
            return false;
        }
        if (Take(ref text, 'Z') || Take(ref text, 'z') || text.IsEmpty)
        {
            return text.IsEmpty;
        }
        return TakeSign(ref text) && TakeNumber(ref text, 2, 0, 23, out _, ':') && TakeNumber(ref text, 2, 0, 59, out _) && text.IsEmpty;
    }

    private static bool TakeClock(ref ReadOnlySpan<char> text)
    {
        if (!TakeNumber(ref text, 2, 0, 23, out _, ':') || !TakeNumber(ref text, 2, 0, 59, out _, ':')
            || !TakeNumber(ref text, 2, 0, 59, out _))
        {
            return false;
        }
        if (!Take(ref text, '.'))
        {
            return true;
        }
        int length = text.IndexOfAnyExceptInRange('0', '9');
        length = length < 0 ? text.Length : length;
        text = text[length..];
        return length > 0;
    }

    // Leaves the text as it is where it does not fit.
    private static bool TakeNumber(ref ReadOnlySpan<char> text, int length, int least, int most, out int number, char? end = null)
    {
        number = 0;
        int whole = length + (end is null ? 0 : 1);
        if (text.Length < whole || (end is char c && text[length] != c) || text[..length].ContainsAnyExceptInRange('0', '9'))
        {
            return false;
        }
        foreach (char digit in text[..length])
        {
            number = (number * 10) + digit - '0';
        }
        bool isInRange = number >= least && number <= most;
        text = isInRange ? text[whole..] : text;
        return isInRange;
    }

    // At least one digit; single underscores may separate digits.
    private static bool TakeDigits(ref ReadOnlySpan<char> text, Func<char, bool> isDigit)
    {
        int at = 0;
        while (at < text.Length && (isDigit(text[at]) || (at > 0 && at + 1 < text.Length && text[at] == '_' && isDigit(text[at + 1]))))
        {
            at++;
        }
        text = text[at..];
        return at > 0;
    }

    private static bool TakeSign(ref ReadOnlySpan<char> text) => Take(ref text, '+') || Take(ref text, '-');

    private static bool Take(ref ReadOnlySpan<char> text, char c)
    {
        bool isNext = text.Length > 0 && text[0] == c;
        text = isNext ? text[1..] : text;
        return isNext;
    }
}
