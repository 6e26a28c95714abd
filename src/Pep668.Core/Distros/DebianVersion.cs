namespace Pep668.Distros;

/// <summary>The order of Debian's versions (deb-version(7), "Sorting algorithm").</summary>
internal static class DebianVersion
{
    /// <summary>Compares two versions.</summary>
    internal static IComparer<string> Comparer { get; } = Comparer<string>.Create(Compare);

    /// <summary>Less than zero if the first is older, more than zero if it is newer.</summary>
    internal static int Compare(string one, string other)
    {
        (string epoch, string upstream, string revision) = Parts(one);
        (string otherEpoch, string otherUpstream, string otherRevision) = Parts(other);
        int order = ComparePart(epoch, otherEpoch);
        order = order != 0 ? order : ComparePart(upstream, otherUpstream);
        return order != 0 ? order : ComparePart(revision, otherRevision);
    }

    private static (string Epoch, string Upstream, string Revision) Parts(string version)
    {
        int colon = version.IndexOf(':', StringComparison.Ordinal);
        string rest = version[(colon + 1)..];
        int hyphen = rest.LastIndexOf('-');
        return (colon < 0 ? "" : version[..colon], hyphen < 0 ? rest : rest[..hyphen], hyphen < 0 ? "" : rest[(hyphen + 1)..]);
    }

    // Parts without digits and parts of digits, in turns; a tilde is before everything, also before the end.
    private static int ComparePart(string one, string other)
    {
        int i = 0, j = 0;
        while (i < one.Length || j < other.Length)
        {
            while ((i < one.Length && !char.IsAsciiDigit(one[i])) || (j < other.Length && !char.IsAsciiDigit(other[j])))
            {
                int order = Weight(one, i) - Weight(other, j);
                if (order != 0)
                {
                    return order;
                }
                i++;
                j++;
            }
            ReadOnlySpan<char> number = Number(one, ref i), otherNumber = Number(other, ref j);
            int length = number.Length.CompareTo(otherNumber.Length);
            length = length != 0 ? length : number.SequenceCompareTo(otherNumber);
            if (length != 0)
            {
                return length;
            }
        }
        return 0;
    }

    private static int Weight(string text, int at) =>
        at >= text.Length || char.IsAsciiDigit(text[at]) ? 0
        : text[at] == '~' ? -1
        : char.IsAsciiLetter(text[at]) ? text[at]
        : text[at] + 256;

    private static ReadOnlySpan<char> Number(string text, ref int at)
    {
        int start = at;
        while (at < text.Length && char.IsAsciiDigit(text[at]))
        {
            at++;
        }
        return text.AsSpan(start, at - start).TrimStart('0');
    }
}
