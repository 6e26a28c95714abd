using System.Globalization;
using System.Text;

namespace Pep668.Text;

internal static partial class PythonText
{
    private const char CapitalSigma = '\u03A3';
    private const char CapitalIWithDot = '\u0130';

    /// <summary>
    /// <c>str.lower()</c>: the full mapping of Unicode's SpecialCasing.txt, where U+0130 becomes two characters and a
    /// capital sigma that ends a word becomes U+03C2. Unlike a comparison that ignores case, it leaves U+00DF and
    /// U+017F alone.
    /// </summary>
    internal static string Lower(ReadOnlySpan<char> text)
    {
        if (text.ContainsAny(CapitalSigma, CapitalIWithDot) || text.ContainsAnyInRange('\uD800', '\uDFFF'))
        {
            return LowerFully(text);
        }
        return text.ToString().ToLowerInvariant();
    }

    private static string LowerFully(ReadOnlySpan<char> text)
    {
        var lower = new StringBuilder(text.Length + 1);
        for (int at = 0; at < text.Length;)
        {
            Rune.DecodeFromUtf16(text[at..], out Rune rune, out int length);
            switch (rune.Value)
            {
                case CapitalIWithDot:
                    lower.Append("i\u0307");
                    break;
                case CapitalSigma:
                    lower.Append(EndsWord(text[..at], text[(at + 1)..]) ? '\u03C2' : '\u03C3');
                    break;
                default:
                    lower.Append(Rune.ToLowerInvariant(rune));
                    break;
            }
            at += length;
        }
        return lower.ToString();
    }

    /// <summary>Unicode's Final_Sigma: a cased letter before, none after, whatever is case-ignorable passed
    /// over.</summary>
    private static bool EndsWord(ReadOnlySpan<char> before, ReadOnlySpan<char> after)
    {
        while (Rune.DecodeLastFromUtf16(before, out Rune rune, out int length) == System.Buffers.OperationStatus.Done)
        {
            if (!IsCaseIgnorable(rune))
            {
                return IsCased(rune) && !StartsCased(after);
            }
            before = before[..^length];
        }
        return false;
    }

    private static bool StartsCased(ReadOnlySpan<char> text)
    {
        while (Rune.DecodeFromUtf16(text, out Rune rune, out int length) == System.Buffers.OperationStatus.Done)
        {
            if (!IsCaseIgnorable(rune))
            {
                return IsCased(rune);
            }
            text = text[length..];
        }
        return false;
    }

    /// <summary>Unicode's Cased: Lu, Ll, Lt, Other_Uppercase, Other_Lowercase (the last two listed where they are not
    /// case-ignorable).</summary>
    private static bool IsCased(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter
            or UnicodeCategory.TitlecaseLetter
        || rune.Value is 0xAA or 0xBA or (>= 0x2160 and <= 0x217F) or (>= 0x24B6 and <= 0x24E9)
            or (>= 0x1F130 and <= 0x1F149) or (>= 0x1F150 and <= 0x1F169) or (>= 0x1F170 and <= 0x1F189);

    /// <summary>Unicode's Case_Ignorable: Mn, Me, Cf, Lm, Sk and the word breaks MidLetter, MidNumLet and
    /// Single_Quote.</summary>
    private static bool IsCaseIgnorable(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format
            or UnicodeCategory.ModifierLetter or UnicodeCategory.ModifierSymbol
        || rune.Value is '\'' or '.' or ':' or 0xB7 or 0x387 or 0x55F or 0x5F4 or 0x2018 or 0x2019 or 0x2024 or 0x2027
            or 0xFE13 or 0xFE52 or 0xFE55 or 0xFF07 or 0xFF0E or 0xFF1A;
}
