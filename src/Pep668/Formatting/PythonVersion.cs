using System.ComponentModel;
using Pep668.Versions;

namespace Pep668.PowerShell.Formatting;

/// <summary>
/// The version of an environment in PowerShell: the text of PEP 440, which compares and sorts as a version
/// (<c>Sort-Object Version</c>, <c>Where-Object Version -ge '3.10'</c>).
/// </summary>
/// <remarks>It is a <see cref="Uri"/>, a relative one, because <c>ConvertTo-Json</c> writes as text only strings, dates
/// and objects of this class: of all others it writes the properties.</remarks>
[TypeConverter(typeof(PythonVersionConverter))]
public sealed class PythonVersion : Uri, IComparable, IEquatable<PythonVersion>
{
    private readonly Pep440Version _version;

    private PythonVersion(string text, Pep440Version version)
        : base(text, UriKind.Relative) => _version = version;

    /// <summary>The first number, such as 3.</summary>
    public int Major => (int)_version.Major;

    /// <summary>The second number, such as 12.</summary>
    public int Minor => (int)_version.Minor;

    /// <summary>The third number.</summary>
    public int Micro => (int)_version.Micro;

    /// <summary>The version that a text is; null if it is not a version of PEP 440, or its numbers are too
    /// large.</summary>
    internal static PythonVersion? TryParse(string text) =>
        Pep440Version.TryParse(text, out Pep440Version? version) && version.Release.All(number => number <= int.MaxValue)
            ? new(text, version) : null;

    /// <summary>The numbers, as <c>[version]</c>; a pre-release has those of its final release.</summary>
    public static explicit operator Version(PythonVersion version)
    {
        ArgumentNullException.ThrowIfNull(version);
        return new(version.Major, version.Minor, version.Micro);
    }

    /// <summary>The text of PEP 440, such as <c>3.14.0rc1</c>.</summary>
    public override string ToString() => OriginalString;

    /// <summary>Compares by the rules of PEP 440.</summary>
    /// <param name="obj">Another version.</param>
    /// <exception cref="ArgumentException">It is something else.</exception>
    public int CompareTo(object? obj) => obj switch
    {
        null => 1,
        PythonVersion other => _version.CompareTo(other._version),
        _ => throw new ArgumentException("It can be compared only with another version.", nameof(obj)),
    };

    /// <summary>Whether it is the same version: <c>3.11</c> is <c>3.11.0</c>.</summary>
    /// <param name="other">Another version.</param>
    public bool Equals(PythonVersion? other) => other is not null && _version.Equals(other._version);

    /// <inheritdoc/>
    public override bool Equals(object? comparand) => Equals(comparand as PythonVersion);

    /// <inheritdoc/>
    public override int GetHashCode() => _version.GetHashCode();

    /// <summary>Whether two versions are the same.</summary>
    public static bool operator ==(PythonVersion? left, PythonVersion? right) => left?._version == right?._version;

    /// <summary>Whether two versions differ.</summary>
    public static bool operator !=(PythonVersion? left, PythonVersion? right) => left?._version != right?._version;

    /// <summary>Whether the first version is older.</summary>
    public static bool operator <(PythonVersion? left, PythonVersion? right) => left?._version < right?._version;

    /// <summary>Whether the first version is older or the same.</summary>
    public static bool operator <=(PythonVersion? left, PythonVersion? right) => left?._version <= right?._version;

    /// <summary>Whether the first version is newer.</summary>
    public static bool operator >(PythonVersion? left, PythonVersion? right) => left?._version > right?._version;

    /// <summary>Whether the first version is newer or the same.</summary>
    public static bool operator >=(PythonVersion? left, PythonVersion? right) => left?._version >= right?._version;
}
