namespace Pep668.Distros;

/// <summary>The order of rpm's versions (rpm's <c>rpmvercmp.c</c> and <c>rpmver.c</c>; rpm-version(7)).</summary>
internal static class RpmVersion
{
    /// <summary>Whether two ranges of versions have one in common (<c>rpmverOverlap</c>).</summary>
    internal static bool Overlap(string one, int oneFlags, string other, int otherFlags)
    {
        (string? epoch, string version, string? release) = Parts(one);
        (string? otherEpoch, string otherVersion, string? otherRelease) = Parts(other);
        int order = Compare(epoch ?? "0", otherEpoch ?? "0");
        order = order == 0 ? Compare(version, otherVersion) : order;
        if (order == 0)
        {
            if (release is not null && otherRelease is not null)
            {
                order = Compare(release, otherRelease);
            }
            else if ((release is not null && (otherFlags & RpmRelation.Equal) != 0)
                || (otherRelease is not null && (oneFlags & RpmRelation.Equal) != 0))
            {
                return true; // any release of the version
            }
        }
        return order < 0 ? (oneFlags & RpmRelation.Greater) != 0 || (otherFlags & RpmRelation.Less) != 0
            : order > 0 ? (oneFlags & RpmRelation.Less) != 0 || (otherFlags & RpmRelation.Greater) != 0
            : (oneFlags & otherFlags & (RpmRelation.Less | RpmRelation.Greater | RpmRelation.Equal)) != 0;
    }

    /// <summary>The order of two versions or releases: below 0, 0, or above 0.</summary>
    internal static int Compare(ReadOnlySpan<char> one, ReadOnlySpan<char> other)
    {
        if (one.SequenceEqual(other))
        {
            return 0;
        }
        while (true)
        {
            one = Trim(one);
            other = Trim(other);
            // "~" is before everything, the end too; "^" is before everything but the end.
            if (Starts(one, '~') || Starts(other, '~'))
            {
                if (!Starts(one, '~') || !Starts(other, '~'))
                {
                    return Starts(one, '~') ? -1 : 1;
                }
            }
            else if (Starts(one, '^') || Starts(other, '^'))
            {
                if (one.IsEmpty || other.IsEmpty)
                {
                    return one.IsEmpty ? -1 : 1;
                }
                if (!Starts(one, '^') || !Starts(other, '^'))
                {
                    return Starts(one, '^') ? -1 : 1;
                }
            }
            else if (one.IsEmpty || other.IsEmpty)
            {
                return one.Length.CompareTo(other.Length);
            }
            else
            {
                bool isNumber = char.IsAsciiDigit(one[0]);
                ReadOnlySpan<char> part = Take(ref one, isNumber), otherPart = Take(ref other, isNumber);
                if (otherPart.IsEmpty)
                {
                    return isNumber ? 1 : -1; // a number is after letters
                }
                int order = isNumber ? CompareNumbers(part, otherPart) : part.SequenceCompareTo(otherPart);
                if (order != 0)
                {
                    return order;
                }
                continue;
            }
            one = one[1..];
            other = other[1..];
        }
    }

    private static bool Starts(ReadOnlySpan<char> text, char letter) => text.Length > 0 && text[0] == letter;

    private static ReadOnlySpan<char> Trim(ReadOnlySpan<char> text)
    {
        while (text.Length > 0 && !char.IsAsciiLetterOrDigit(text[0]) && text[0] is not ('~' or '^'))
        {
            text = text[1..];
        }
        return text;
    }

    private static ReadOnlySpan<char> Take(ref ReadOnlySpan<char> text, bool isNumber)
    {
        int length = 0;
        while (length < text.Length && (isNumber ? char.IsAsciiDigit(text[length]) : char.IsAsciiLetter(text[length])))
        {
            length++;
        }
        ReadOnlySpan<char> part = text[..length];
        text = text[length..];
        return part;
    }

    private static int CompareNumbers(ReadOnlySpan<char> one, ReadOnlySpan<char> other)
    {
        one = one.TrimStart('0');
        other = other.TrimStart('0');
        return one.Length != other.Length ? one.Length.CompareTo(other.Length) : one.SequenceCompareTo(other);
    }

    private static (string? Epoch, string Version, string? Release) Parts(string text)
    {
        int digits = text.AsSpan().IndexOfAnyExceptInRange('0', '9');
        string? epoch = digits >= 0 && text[digits] == ':' ? text[..digits] : null;
        string rest = epoch is null ? text : text[(digits + 1)..];
        int dash = rest.LastIndexOf('-');
        return (epoch is "" ? "0" : epoch, dash < 0 ? rest : rest[..dash], dash < 0 ? null : rest[(dash + 1)..]);
    }
}
