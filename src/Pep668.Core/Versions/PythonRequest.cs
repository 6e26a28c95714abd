using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using Pep668.Text;

namespace Pep668.Versions;

/// <summary>
/// What a person types for a Python: a version (<c>3.12</c>, <c>3.14.0rc1</c>, <c>3.13t</c>), an implementation with or
/// without one (<c>pypy</c>, <c>cpython@3.12</c>, <c>python3.12</c>), specifiers of PEP 440
/// (<c>&gt;=3.10,&lt;3.13</c>, <c>pypy&gt;=3.9</c>), or uv's spellings of versions (<c>312</c>, <c>cp312</c>,
/// <c>pp39</c>, <c>3.13+freethreaded</c>; uv's documentation, "Requesting a version").
/// </summary>
/// <remarks>Two requests are equal when their texts are, upper and lower case aside.</remarks>
internal sealed record PythonRequest
{
    // "python" is what every implementation's program is called.
    private static readonly (string Name, string? Implementation)[] Names =
    [
        ("python", null), ("cpython", "CPython"), ("cp", "CPython"), ("pypy", "PyPy"), ("pp", "PyPy"), ("graalpy", "GraalPy"),
        ("gp", "GraalPy"),
    ];

    private const string FreeThreadedSuffix = "+freethreaded";

    private readonly string _text;
    private readonly Pep440Version? _version;
    private readonly VersionSpecifierSet? _specifiers;

    private PythonRequest(string text, string? implementation, bool freeThreaded, Pep440Version? version, VersionSpecifierSet? specifiers)
    {
        _text = text;
        Implementation = implementation;
        FreeThreaded = freeThreaded;
        _version = version;
        _specifiers = specifiers;
    }

    /// <summary><c>CPython</c>, <c>PyPy</c> or <c>GraalPy</c>; null for any.</summary>
    public string? Implementation { get; }

    /// <summary>Whether a free-threaded build is asked for, as <c>3.13t</c> does (PEP 703 names its programs
    /// so).</summary>
    public bool FreeThreaded { get; }

    /// <summary>Reads a request; false for text that is none, such as the name of an environment or a path.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out PythonRequest? request)
    {
        string whole = PythonText.Strip(text).ToString();
        string? implementation = null;
        ReadOnlySpan<char> rest = whole;
        bool isNamed = false;
        foreach ((string name, string? its) in Names)
        {
            if (rest.StartsWith(name, StringComparison.OrdinalIgnoreCase))
            {
                implementation = its;
                rest = PythonText.Strip(rest[name.Length..]);
                isNamed = true;
                break;
            }
        }
        request =
            rest.IsEmpty ? (isNamed ? new(whole, implementation, freeThreaded: false, version: null, specifiers: null) : null)
            : rest[0] is '~' or '=' or '!' or '<' or '>' ? ReadSpecifiers(whole, implementation, rest)
            : ReadVersion(whole, implementation, isNamed && rest[0] is '@' or '-' ? rest[1..] : rest);
        return request is not null;
    }

    /// <summary>Whether an interpreter answers the request.</summary>
    /// <param name="implementation">Its implementation, such as <c>CPython</c>; case does not count.</param>
    /// <param name="version">The version of the language, also for PyPy and GraalPy.</param>
    /// <param name="freeThreaded">Whether it is a free-threaded build: such a build answers only a request for
    /// one.</param>
    /// <param name="allowPrereleases"> Whether specifiers take a pre-release that they do not mention: PEP 440,
    /// "Handling of pre-releases", lets them when nothing else matches. Requests without specifiers take them always.
    /// </param>
    public bool Matches(string implementation, Pep440Version version, bool freeThreaded, bool allowPrereleases = false) =>
        FreeThreaded == freeThreaded
        && (Implementation is null || string.Equals(Implementation, implementation, StringComparison.OrdinalIgnoreCase))
        && MatchesVersion(version)
        && (_specifiers is null || _specifiers.Contains(version, allowPrereleases ? PreReleaseRule.Included : PreReleaseRule.Default));

    /// <summary>The text that was read, without white space around it.</summary>
    public override string ToString() => _text;

    /// <inheritdoc/>
    public bool Equals(PythonRequest? other) => other is not null && string.Equals(_text, other._text, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(_text);

    // An interpreter has three release numbers: fewer are a beginning, all of them or a pre-release one version.
    private bool MatchesVersion(Pep440Version version) =>
        _version is null
        || (_version.Release.Length < 3 && _version.Pre is null ? version.StartsWith(_version) : version.ComparePublic(_version) == 0);

    private static PythonRequest? ReadSpecifiers(string whole, string? implementation, ReadOnlySpan<char> text) =>
        VersionSpecifierSet.TryParse(text.ToString(), out VersionSpecifierSet? specifiers, out _)
            ? new(whole, implementation, freeThreaded: false, version: null, specifiers)
            : null;

    private static PythonRequest? ReadVersion(string whole, string? implementation, ReadOnlySpan<char> text)
    {
        bool hasSuffix = text.EndsWith(FreeThreadedSuffix, StringComparison.OrdinalIgnoreCase);
        bool hasLetter = text.Length > 1 && text[^1] is 't' or 'T' && char.IsAsciiDigit(text[^2]);
        ReadOnlySpan<char> numbers = hasSuffix ? text[..^FreeThreadedSuffix.Length] : hasLetter ? text[..^1] : text;
        return !numbers.IsEmpty
            && char.IsAsciiDigit(numbers[0])
            && Pep440Scanner.Read(WithPoint(numbers)) is { Post: null, Dev: null, Local: null } version
            && version.Epoch == BigInteger.Zero
            ? new(whole, implementation, hasSuffix || hasLetter, version, specifiers: null)
            : null;
    }

    // 312 is 3.12, as in the tags of wheels.
    private static ReadOnlySpan<char> WithPoint(ReadOnlySpan<char> numbers)
    {
        int digits = numbers.IndexOfAnyExceptInRange('0', '9');
        return (digits < 0 ? numbers.Length : digits) > 1 && (digits < 0 || numbers[digits] != '.')
            ? string.Concat(numbers[..1], ".", numbers[1..])
            : numbers;
    }
}
