using System.Globalization;
using System.Text;
using Pep668.Text;

namespace Pep668.Requirements;

/// <summary>What holds for every text that names something to install, before its grammar is looked at.</summary>
internal static class RequirementText
{
    /// <summary>Control characters and line breaks. A tab is white space in PEP 508.</summary>
    internal static bool IsForbidden(char character) =>
        character != '\t' && (char.IsControl(character) || character is '\u2028' or '\u2029');

    /// <summary><c>\w</c> of Python at a place: a letter or number of any script, or <c>_</c>; false at the
    /// end.</summary>
    internal static bool IsWordAt(ReadOnlySpan<char> text, int position)
    {
        if (position >= text.Length)
        {
            return false;
        }
        if (Rune.DecodeFromUtf16(text[position..], out Rune rune, out _) != System.Buffers.OperationStatus.Done)
        {
            return false;
        }
        return rune.Value == '_' || Rune.GetUnicodeCategory(rune) is
            UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
                or UnicodeCategory.ModifierLetter
            or UnicodeCategory.OtherLetter or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber
            or UnicodeCategory.OtherNumber;
    }

    /// <summary>
    /// The part without white space around it, or a problem: nothing is there, it begins as an option does, or a line
    /// break or another control character stands in it.
    /// </summary>
    internal static RequirementProblem? Check(string text, out int start, out int end)
    {
        start = text.Length - PythonText.StripStart(text).Length;
        end = PythonText.StripEnd(text).Length;
        if (start >= end)
        {
            end = start;
            return new("Empty requirement.", text, 0);
        }
        if (text[start] == '-')
        {
            return new($"{Option(text.AsSpan(start, end - start))} would be parsed as an option.", text, start);
        }
        for (int i = start; i < end; i++)
        {
            if (IsForbidden(text[i]))
            {
                string what = text[i] is '\r' or '\n' or '\u0085' or '\u2028' or '\u2029' or '\v' or '\f'
                    ? "A line break"
                    : string.Create(CultureInfo.InvariantCulture, $"The control character U+{(int)text[i]:X4}");
                return new($"{what} is not allowed.", text, i);
            }
        }
        return null;
    }

    /// <summary>The name of an option, in quotes; never its value.</summary>
    internal static string Option(ReadOnlySpan<char> text)
    {
        int length = 0;
        while (length < text.Length && (char.IsAsciiLetterOrDigit(text[length]) || text[length] == '-'))
        {
            length++;
        }
        // -ihttps://… carries its value without a sign between.
        bool isShort = length > 2 && text[1] != '-';
        return $"'{text[..(isShort ? 2 : length)]}'";
    }
}
