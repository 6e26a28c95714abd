using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;
using System.Text;
using Pep668.Text;

namespace Pep668.Versions;

/// <summary>A version of PEP 440: what is accepted, how it is written and how it is ordered are those of
/// <c>packaging</c>.</summary>
/// <remarks>
/// Letters are ASCII, as PEP 440 says. A number of more than 4300 digits is none, as in Python itself
/// (<c>sys.get_int_max_str_digits</c>).
/// </remarks>
internal sealed class Pep440Version : IComparable<Pep440Version>, IComparable, IEquatable<Pep440Version>
{
    internal Pep440Version(
        BigInteger epoch, ImmutableArray<BigInteger> release, PreRelease? pre, BigInteger? post, BigInteger? dev, string? local)
    {
        Epoch = epoch;
        Release = release;
        Pre = pre;
        Post = post;
        Dev = dev;
        Local = local;
    }

    /// <summary>The number before <c>!</c>; 0 if it is missing (PEP 440, "Version epochs").</summary>
    public BigInteger Epoch { get; }

    /// <summary>The numbers between dots, at least one, as many as were written (PEP 440, "Final releases").</summary>
    public ImmutableArray<BigInteger> Release { get; }

    /// <summary>The pre-release part, or null (PEP 440, "Pre-releases").</summary>
    public PreRelease? Pre { get; }

    /// <summary>The number of the post-release, or null (PEP 440, "Post-releases").</summary>
    public BigInteger? Post { get; }

    /// <summary>The number of the developmental release, or null (PEP 440, "Developmental releases").</summary>
    public BigInteger? Dev { get; }

    /// <summary>What follows <c>+</c>, in normal form, or null (PEP 440, "Local version identifiers").</summary>
    public string? Local { get; }

    /// <summary>The first release number.</summary>
    public BigInteger Major => ReleaseAt(0);

    /// <summary>The second release number; 0 if it is missing.</summary>
    public BigInteger Minor => ReleaseAt(1);

    /// <summary>The third release number; 0 if it is missing.</summary>
    public BigInteger Micro => ReleaseAt(2);

    /// <summary>Whether it is a pre-release or a developmental release (PEP 440, "Handling of pre-releases").</summary>
    public bool IsPrerelease => Pre is not null || Dev is not null;

    /// <summary>Whether it is a post-release (PEP 440, "Post-releases").</summary>
    public bool IsPostrelease => Post is not null;

    /// <summary>Reads a version in any spelling that PEP 440, "Normalization", lets pass.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out Pep440Version? version)
    {
        version = Pep440Scanner.Read(PythonText.Strip(text));
        return version is not null;
    }

    /// <summary>The normal form (PEP 440, "Normalization"), as <c>str(Version)</c> gives it.</summary>
    public override string ToString()
    {
        CultureInfo culture = CultureInfo.InvariantCulture;
        var text = new StringBuilder();
        if (!Epoch.IsZero)
        {
            text.Append(culture, $"{Epoch}!");
        }
        text.AppendJoin('.', Release.Select(number => number.ToString(culture)));
        text.Append(Pre?.ToString());
        if (Post is BigInteger post)
        {
            text.Append(culture, $".post{post}");
        }
        if (Dev is BigInteger dev)
        {
            text.Append(culture, $".dev{dev}");
        }
        if (Local is not null)
        {
            text.Append('+').Append(Local);
        }
        return text.ToString();
    }

    /// <summary>The order of PEP 440, "Summary of permitted suffixes and relative ordering".</summary>
    public int CompareTo(Pep440Version? other)
    {
        if (other is null)
        {
            return 1;
        }
        int order = ComparePublic(other);
        return order != 0 ? order : CompareLocal(Local, other.Local);
    }

    /// <inheritdoc/>
    public int CompareTo(object? obj) => obj switch
    {
        null => 1,
        Pep440Version other => CompareTo(other),
        _ => throw new ArgumentException("it is not a version", nameof(obj)),
    };

    /// <summary>Whether both take the same place in the order: <c>1.0</c> equals <c>1.0.0</c>.</summary>
    public bool Equals(Pep440Version? other) => CompareTo(other) == 0;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Pep440Version);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        int zeros = 0;
        foreach (BigInteger number in Release)
        {
            if (number.IsZero)
            {
                zeros++;
                continue;
            }
            hash.Add(zeros);
            hash.Add(number);
            zeros = 0;
        }
        return HashCode.Combine(Epoch, hash.ToHashCode(), Pre, Post, Dev, Local);
    }

    /// <summary>Whether both are the same version.</summary>
    public static bool operator ==(Pep440Version? left, Pep440Version? right) => Compare(left, right) == 0;

    /// <summary>Whether the two differ.</summary>
    public static bool operator !=(Pep440Version? left, Pep440Version? right) => Compare(left, right) != 0;

    /// <summary>Whether the left one comes first.</summary>
    public static bool operator <(Pep440Version? left, Pep440Version? right) => Compare(left, right) < 0;

    /// <summary>Whether the left one comes first, or both are the same.</summary>
    public static bool operator <=(Pep440Version? left, Pep440Version? right) => Compare(left, right) <= 0;

    /// <summary>Whether the left one comes last.</summary>
    public static bool operator >(Pep440Version? left, Pep440Version? right) => Compare(left, right) > 0;

    /// <summary>Whether the left one comes last, or both are the same.</summary>
    public static bool operator >=(Pep440Version? left, Pep440Version? right) => Compare(left, right) >= 0;

    /// <summary>The order with local parts left aside.</summary>
    internal int ComparePublic(Pep440Version other)
    {
        int order = CompareBase(other);
        order = order != 0 ? order : PhaseRank.CompareTo(other.PhaseRank);
        order = order != 0 ? order : Nullable.Compare(Pre, other.Pre);
        order = order != 0 ? order : Nullable.Compare(Post, other.Post);
        order = order != 0 ? order : (Dev is null).CompareTo(other.Dev is null);
        return order != 0 ? order : Nullable.Compare(Dev, other.Dev);
    }

    /// <summary>The order by epoch and release numbers alone.</summary>
    internal int CompareBase(Pep440Version other)
    {
        int order = Epoch.CompareTo(other.Epoch);
        int count = Math.Max(Release.Length, other.Release.Length);
        for (int i = 0; order == 0 && i < count; i++)
        {
            order = ReleaseAt(i).CompareTo(other.ReleaseAt(i));
        }
        return order;
    }

    /// <summary>Whether epoch and release numbers start with those of <paramref name="prefix"/> (PEP 440, "Version
    /// matching").</summary>
    internal bool StartsWith(Pep440Version prefix)
    {
        bool same = Epoch == prefix.Epoch;
        for (int i = 0; same && i < prefix.Release.Length; i++)
        {
            same = ReleaseAt(i) == prefix.Release[i];
        }
        return same;
    }

    // 1.0.dev1 stands before every pre-release of 1.0; all that has no pre-release part otherwise stands after them.
    private int PhaseRank => Pre is not null ? 1 : Dev is not null && Post is null ? 0 : 2;

    private BigInteger ReleaseAt(int index) => index < Release.Length ? Release[index] : BigInteger.Zero;

    private static int Compare(Pep440Version? left, Pep440Version? right) =>
        left is not null ? left.CompareTo(right) : right is null ? 0 : -1;

    // PEP 440, "Local version identifiers": numbers by value and after words, words as ASCII, and a longer one after
    // its beginning.
    private static int CompareLocal(string? left, string? right)
    {
        if (left is null || right is null)
        {
            return (left is not null).CompareTo(right is not null);
        }
        string[] lefts = left.Split('.');
        string[] rights = right.Split('.');
        int order = 0;
        for (int i = 0; order == 0 && i < Math.Min(lefts.Length, rights.Length); i++)
        {
            bool isNumber = lefts[i].All(char.IsAsciiDigit);
            order = isNumber.CompareTo(rights[i].All(char.IsAsciiDigit));
            if (order == 0 && isNumber)
            {
                order = lefts[i].Length.CompareTo(rights[i].Length); // without leading zeros, the longer number is the greater
            }
            order = order != 0 ? order : string.CompareOrdinal(lefts[i], rights[i]);
        }
        return order != 0 ? order : lefts.Length.CompareTo(rights.Length);
    }
}
