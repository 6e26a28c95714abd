using System.Globalization;

namespace Pep668.Versions;

/// <summary>The numbers in the name of a version folder, as version managers sort them: <c>3.12.10</c> after
/// <c>3.12.9</c>, <c>miniconda3-4.7.12</c>.</summary>
internal static class VersionNumbers
{
    /// <summary>One number after the other; a missing one counts as less than any.</summary>
    internal static IComparer<IReadOnlyList<int>> Order { get; } = Comparer<IReadOnlyList<int>>.Create((one, other) =>
    {
        for (int index = 0; index < one.Count && index < other.Count; index++)
        {
            if (one[index] != other[index])
            {
                return one[index].CompareTo(other[index]);
            }
        }
        return one.Count.CompareTo(other.Count);
    });

    /// <summary>The numbers of a name, in order.</summary>
    internal static IReadOnlyList<int> Parse(string name)
    {
        var numbers = new List<int>();
        int start = -1;
        for (int at = 0; at <= name.Length; at++)
        {
            if (at < name.Length && char.IsAsciiDigit(name[at]))
            {
                start = start < 0 ? at : start;
            }
            else if (start >= 0)
            {
                numbers.Add(int.TryParse(name.AsSpan(start, at - start), NumberStyles.None, CultureInfo.InvariantCulture, out int number)
                    ? number : int.MaxValue);
                start = -1;
            }
        }
        return numbers;
    }

    /// <summary>Whether a name is no pre-release and no moving target: none of <c>3.14.0rc1</c>, <c>3.15-dev</c>,
    /// <c>…-src</c>, <c>…-latest</c>.</summary>
    internal static bool IsFinal(string name)
    {
        foreach (string end in (string[])["-dev", "-src", "-latest"])
        {
            if (name.EndsWith(end, StringComparison.Ordinal))
            {
                return false;
            }
        }
        string letters = name.TrimEnd("0123456789".ToCharArray());
        return letters.Length == name.Length
            || !(letters.EndsWith('a') || letters.EndsWith('b') || letters.EndsWith("rc", StringComparison.Ordinal));
    }
}
