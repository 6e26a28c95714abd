namespace Pep668.Pip.Linting;

/// <summary>Where a text names a marker, also by a pattern of a shell (XCU 2.14, "Pattern Matching
/// Notation").</summary>
internal static class MarkerNames
{
    private const string Marker = "EXTERNALLY-MANAGED", Start = "EXT", Middle = "EXTERNALLY", End = "MANAGED";

    /// <summary>Where a text names a marker; below 0 if it does not. <c>EXTERNALLY-MANAGED.bak</c> is another
    /// file.</summary>
    /// <param name="text">The text.</param>
    /// <param name="ignoresCase">Whether lower case is the same.</param>
    internal static int Find(string text, bool ignoresCase = false)
    {
        StringComparison comparison = ignoresCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        for (int at = 0; (at = text.IndexOf(Marker, at, comparison)) >= 0; at += Marker.Length)
        {
            bool isStart = at == 0 || !(char.IsAsciiLetterOrDigit(text[at - 1]) || text[at - 1] is '_' or '-');
            char next = at + Marker.Length < text.Length ? text[at + Marker.Length] : '\0';
            if (isStart && !char.IsAsciiLetterOrDigit(next) && next is not ('.' or '_' or '-'))
            {
                return at;
            }
        }
        return FindPattern(text, comparison);
    }

    // A part of a path with * ? or [.
    private static int FindPattern(string text, StringComparison comparison)
    {
        for (int at = text.AsSpan().IndexOfAny('*', '?', '['); at >= 0;)
        {
            int start = at, end = at;
            while (start > 0 && !IsEnd(text[start - 1]))
            {
                start--;
            }
            while (end < text.Length && !IsEnd(text[end]))
            {
                end++;
            }
            ReadOnlySpan<char> pattern = text.AsSpan(start, end - start);
            if (IsSpecific(pattern, comparison) && Matches(pattern, Marker, comparison))
            {
                return start;
            }
            int next = end < text.Length ? text.AsSpan(end).IndexOfAny('*', '?', '[') : -1;
            at = next < 0 ? -1 : end + next;
        }
        return -1;
    }

    private static bool IsEnd(char letter) =>
        letter is '/' or '\\' or '"' or '\'' or ',' or ';' or '=' or '(' or ')' or '{' or '}' or '<' or '>' or '|'
        || char.IsWhiteSpace(letter);

    // Without one of these, any file is deleted.
    private static bool IsSpecific(ReadOnlySpan<char> pattern, StringComparison comparison) =>
        pattern.StartsWith(Start, comparison) || pattern.Contains(Middle, comparison) || pattern.Contains(End, comparison);

    private static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> name, StringComparison comparison)
    {
        int at = 0, letter = 0, star = -1, resume = 0;
        while (letter < name.Length)
        {
            if (at < pattern.Length && pattern[at] is '*')
            {
                (star, resume) = (++at, letter);
            }
            else if (at < pattern.Length && MatchesOne(pattern, at, name[letter], comparison) is > 0 and int length)
            {
                at += length;
                letter++;
            }
            else if (star >= 0)
            {
                (at, letter) = (star, ++resume);
            }
            else
            {
                return false;
            }
        }
        return pattern[at..].TrimStart('*').IsEmpty;
    }

    // How many letters of the pattern match one letter of the name.
    private static int MatchesOne(ReadOnlySpan<char> pattern, int at, char letter, StringComparison comparison)
    {
        if (pattern[at] is '?')
        {
            return 1;
        }
        ReadOnlySpan<char> one = new(in letter);
        int close = pattern[at] is '[' ? pattern[(at + 1)..].IndexOf(']') : -1;
        if (close <= 0)
        {
            return pattern.Slice(at, 1).Equals(one, comparison) ? 1 : 0;
        }
        ReadOnlySpan<char> set = pattern.Slice(at + 1, close);
        bool isNegated = set[0] is '!' or '^', isIn = false;
        for (int member = isNegated ? 1 : 0; member < set.Length; member++)
        {
            bool isRange = member + 2 < set.Length && set[member + 1] is '-';
            isIn |= isRange ? letter >= set[member] && letter <= set[member + 2] : set.Slice(member, 1).Equals(one, comparison);
            member += isRange ? 2 : 0;
        }
        return isIn != isNegated ? close + 2 : 0;
    }
}
