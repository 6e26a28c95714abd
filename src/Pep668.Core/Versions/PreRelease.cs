using System.Globalization;
using System.Numerics;

namespace Pep668.Versions;

/// <summary>The pre-release part of a version (PEP 440, "Pre-releases").</summary>
/// <param name="Letter">The phase in its normal spelling: <c>a</c>, <c>b</c> or <c>rc</c>.</param>
/// <param name="Number">The number within the phase.</param>
internal readonly record struct PreRelease(string Letter, BigInteger Number) : IComparable<PreRelease>
{
    /// <inheritdoc/>
    public int CompareTo(PreRelease other)
    {
        int order = string.CompareOrdinal(Letter, other.Letter);
        return order != 0 ? order : Number.CompareTo(other.Number);
    }

    /// <summary>The normal form, such as <c>rc1</c>.</summary>
    public override string ToString() => Letter + Number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Whether the left one comes first.</summary>
    public static bool operator <(PreRelease left, PreRelease right) => left.CompareTo(right) < 0;

    /// <summary>Whether the left one comes first, or both are equal.</summary>
    public static bool operator <=(PreRelease left, PreRelease right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the left one comes last.</summary>
    public static bool operator >(PreRelease left, PreRelease right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left one comes last, or both are equal.</summary>
    public static bool operator >=(PreRelease left, PreRelease right) => left.CompareTo(right) >= 0;
}
