using Pep668.Text;

namespace Pep668.Versions;

/// <summary>The operators of PEP 440, "Version specifiers".</summary>
internal enum SpecifierOperator
{
    Compatible,
    Equal,
    NotEqual,
    AtMost,
    AtLeast,
    Less,
    Greater,
    Identical,
}

/// <summary>One clause of a specifier set.</summary>
/// <param name="Operator">What is asked.</param>
/// <param name="Version">The version after the operator, without <c>.*</c>; null for <c>===</c>, whose text need not be
/// one.</param>
/// <param name="Text">What is after the operator.</param>
/// <param name="IsPrefix">Whether <c>.*</c> follows (PEP 440, "Version matching").</param>
internal sealed record VersionSpecifier(SpecifierOperator Operator, Pep440Version? Version, string Text, bool IsPrefix)
{
    // Of two operators with one beginning, the longer one stands first.
    private static readonly (string Text, SpecifierOperator Operator)[] Operators =
    [
        ("===", SpecifierOperator.Identical),
        ("~=", SpecifierOperator.Compatible),
        ("==", SpecifierOperator.Equal),
        ("!=", SpecifierOperator.NotEqual),
        ("<=", SpecifierOperator.AtMost),
        (">=", SpecifierOperator.AtLeast),
        ("<", SpecifierOperator.Less),
        (">", SpecifierOperator.Greater),
    ];

    private readonly Pep440Version? _prefix = Operator == SpecifierOperator.Compatible && Version is not null
        ? new(Version.Epoch, Version.Release[..^1], pre: null, post: null, dev: null, local: null)
        : null;

    /// <summary>Whether the clause asks for a pre-release by name (PEP 440, "Handling of pre-releases").</summary>
    internal bool MentionsPrerelease => Operator switch
    {
        SpecifierOperator.NotEqual => false,
        SpecifierOperator.Identical => Pep440Version.TryParse(Text, out Pep440Version? version) && version.IsPrerelease,
        _ => Version!.IsPrerelease,
    };

    /// <summary>Whether a version passes, pre-releases not set apart.</summary>
    internal bool Allows(Pep440Version version) => Operator switch
    {
        SpecifierOperator.Compatible => version.ComparePublic(Version!) >= 0 && version.StartsWith(_prefix!),
        SpecifierOperator.Equal => IsEqual(version),
        SpecifierOperator.NotEqual => !IsEqual(version),
        SpecifierOperator.AtMost => version.ComparePublic(Version!) <= 0,
        SpecifierOperator.AtLeast => version.ComparePublic(Version!) >= 0,
        SpecifierOperator.Less => IsLess(version),
        SpecifierOperator.Greater => IsGreater(version),
        _ => string.Equals(version.ToString(), Text, StringComparison.OrdinalIgnoreCase),
    };

    /// <summary>Reads one clause, without white space around it; null and a problem in words when it is none, an empty
    /// problem otherwise.</summary>
    internal static VersionSpecifier? Read(ReadOnlySpan<char> clause, out string problem)
    {
        foreach ((string sign, SpecifierOperator asked) in Operators)
        {
            if (clause.StartsWith(sign, StringComparison.Ordinal))
            {
                ReadOnlySpan<char> text = PythonText.Strip(clause[sign.Length..]);
                VersionSpecifier? specifier = asked == SpecifierOperator.Identical
                    ? ReadIdentical(text, out problem)
                    : ReadOrdered(asked, text, out problem);
                problem = specifier is null ? $"'{clause}': {problem}" : "";
                return specifier;
            }
        }
        problem = $"'{clause}': it does not start with one of == != <= >= < > ~= ===";
        return null;
    }

    // PEP 440, "Arbitrary equality".
    private static VersionSpecifier? ReadIdentical(ReadOnlySpan<char> text, out string problem)
    {
        foreach (char character in text)
        {
            if (PythonText.IsSpace(character) || character is ';' or ')')
            {
                problem = $"'{text}' has white space, ';' or ')' in it";
                return null;
            }
        }
        problem = "";
        return new(SpecifierOperator.Identical, Version: null, text.ToString(), IsPrefix: false);
    }

    private static VersionSpecifier? ReadOrdered(SpecifierOperator asked, ReadOnlySpan<char> text, out string problem)
    {
        bool isEquality = asked is SpecifierOperator.Equal or SpecifierOperator.NotEqual;
        bool isPrefix = text.EndsWith(".*", StringComparison.Ordinal);
        Pep440Version? version = Pep440Scanner.Read(isPrefix ? text[..^2] : text);
        problem =
            text.IsEmpty ? "no version follows"
            : version is null ? $"'{text}' is not a version"
            : isPrefix && !isEquality ? "'.*' goes only with == and !="
            : isPrefix && (version.IsPrerelease || version.IsPostrelease || version.Local is not null) ? "'.*' follows only release numbers"
            : version.Local is not null && !isEquality ? $"'+{version.Local}' goes only with == and !="
            : asked == SpecifierOperator.Compatible && version.Release.Length < 2
                ? $"~= needs two release numbers, as in '~={version.Release[0]}.0'"
            : "";
        return version is not null && problem.Length == 0 ? new(asked, version, text.ToString(), isPrefix) : null;
    }

    // PEP 440, "Version matching": local parts count only when the clause has one.
    private bool IsEqual(Pep440Version version) =>
        IsPrefix ? version.StartsWith(Version!)
        : Version!.Local is null ? version.ComparePublic(Version) == 0
        : version == Version;

    // PEP 440, "Exclusive ordered comparison": <V takes no pre-release of V, unless V is one itself.
    private bool IsLess(Pep440Version version) =>
        version < Version && (Version!.IsPrerelease || !version.IsPrerelease || version.CompareBase(Version) != 0);

    // PEP 440, "Exclusive ordered comparison": >V takes no post-release of V, unless V is one itself, and no local
    // version of V.
    private bool IsGreater(Pep440Version version) =>
        version > Version
        && (version.CompareBase(Version!) != 0
            || ((Version!.IsPostrelease || !version.IsPostrelease) && version.Local is null));
}
