using System.Globalization;
using System.Text;

namespace Pep668.Requirements;

/// <summary>
/// Strings inside markers. PEP 508 has none but plain ones; <c>packaging</c> reads them as Python's own, with its
/// escapes.
/// </summary>
internal static class ConditionString
{
    /// <summary>The value of what is between the quotes; null, with the place and a problem in words, when Python
    /// could not read it.</summary>
    internal static string? Read(ReadOnlySpan<char> inside, out int position, out string problem)
    {
        problem = "";
        position = 0;
        if (!inside.Contains('\\'))
        {
            return inside.ToString();
        }
        var value = new StringBuilder(inside.Length);
        while (position < inside.Length)
        {
            if (inside[position] != '\\')
            {
                value.Append(inside[position++]);
                continue;
            }
            int length = ReadEscape(inside[position..], value, out problem);
            if (length == 0)
            {
                return null;
            }
            position += length;
        }
        return value.ToString();
    }

    /// <summary>A value as a string that reads back as it.</summary>
    internal static string Write(string value)
    {
        var text = new StringBuilder(value.Length + 2).Append('"');
        foreach (char character in value)
        {
            if (character is '"' or '\\' || char.IsControl(character))
            {
                text.Append(CultureInfo.InvariantCulture, $"\\x{(int)character:x2}");
            }
            else if (char.IsSurrogate(character) || character is '\u2028' or '\u2029')
            {
                text.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}");
            }
            else
            {
                text.Append(character);
            }
        }
        return text.Append('"').ToString();
    }

    // Python's language reference, "String and Bytes literals". The length of the escape, or 0.
    private static int ReadEscape(ReadOnlySpan<char> text, StringBuilder value, out string problem)
    {
        problem = "Unfinished escape sequence at the end of the string.";
        if (text.Length < 2)
        {
            return 0;
        }
        problem = "";
        char letter = text[1];
        int plain = "\\'\"abfnrtv".IndexOf(letter, StringComparison.Ordinal);
        if (plain >= 0)
        {
            value.Append("\\'\"\a\b\f\n\r\t\v"[plain]);
            return 2;
        }
        switch (letter)
        {
            case >= '0' and <= '7':
                return ReadOctal(text, value);
            case 'x':
                return ReadHex(text, 2, value, out problem);
            case 'u':
                return ReadHex(text, 4, value, out problem);
            case 'U':
                return ReadHex(text, 8, value, out problem);
            case 'N':
                problem = "Unsupported escape '\\N{…}'.";
                return 0;
            default:
                value.Append('\\').Append(letter);
                return 2;
        }
    }

    private static int ReadOctal(ReadOnlySpan<char> text, StringBuilder value)
    {
        int length = 1;
        int number = 0;
        while (length < text.Length && length < 4 && text[length] is >= '0' and <= '7')
        {
            number = (number * 8) + (text[length++] - '0');
        }
        value.Append((char)number);
        return length;
    }

    private static int ReadHex(ReadOnlySpan<char> text, int digits, StringBuilder value, out string problem)
    {
        problem = $"'\\{text[1]}' needs {digits} hexadecimal digits.";
        ReadOnlySpan<char> number = text[2..Math.Min(2 + digits, text.Length)];
        foreach (char digit in number)
        {
            if (!char.IsAsciiHexDigit(digit))
            {
                return 0;
            }
        }
        if (number.Length < digits)
        {
            return 0;
        }
        uint code = uint.Parse(number, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        if (code > 0x10FFFF)
        {
            problem = "Invalid character number.";
            return 0;
        }
        problem = "";
        if (code > 0xFFFF)
        {
            value.Append(char.ConvertFromUtf32((int)code));
        }
        else
        {
            value.Append((char)code);
        }
        return 2 + digits;
    }
}
