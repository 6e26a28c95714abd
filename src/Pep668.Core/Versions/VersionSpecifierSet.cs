using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Pep668.Text;

namespace Pep668.Versions;

/// <summary>Version specifiers between commas, all of which must hold (PEP 440, "Version specifiers").</summary>
/// <remarks>
/// What is accepted and what matches is what <c>SpecifierSet</c> of <c>packaging</c> 24.2 and 25 says. The empty set is
/// valid and takes every version.
/// </remarks>
internal sealed class VersionSpecifierSet
{
    private readonly ImmutableArray<VersionSpecifier> _specifiers;
    private readonly string _text;

    private VersionSpecifierSet(ImmutableArray<VersionSpecifier> specifiers, string text)
    {
        _specifiers = specifiers;
        _text = text;
        MentionsPrerelease = specifiers.Any(specifier => specifier.MentionsPrerelease);
    }

    /// <summary>
    /// Whether a clause other than <c>!=</c> names a pre-release, and so asks for them (PEP 440, "Handling of
    /// pre-releases"; packaging before 24.2 did not count <c>&lt;</c> and <c>&gt;</c>).
    /// </summary>
    public bool MentionsPrerelease { get; }

    /// <summary>Reads specifiers between commas; empty places between commas are skipped.</summary>
    /// <param name="text">The text, such as <c>&gt;=3.10,&lt;3.13</c>.</param>
    /// <param name="specifiers">What was read, or null.</param>
    /// <param name="problem">The clause that is none, and why, in words; null when all are.</param>
    public static bool TryParse(string? text, [NotNullWhen(true)] out VersionSpecifierSet? specifiers,
        [NotNullWhen(false)] out string? problem)
    {
        ImmutableArray<VersionSpecifier>.Builder all = ImmutableArray.CreateBuilder<VersionSpecifier>();
        foreach (string part in (text ?? "").Split(','))
        {
            ReadOnlySpan<char> clause = PythonText.Strip(part);
            if (clause.IsEmpty)
            {
                continue;
            }
            if (VersionSpecifier.Read(clause, out problem) is not VersionSpecifier specifier)
            {
                specifiers = null;
                return false;
            }
            all.Add(specifier);
        }
        specifiers = new VersionSpecifierSet(all.DrainToImmutable(), PythonText.Strip(text).ToString());
        problem = null;
        return true;
    }

    /// <summary>Whether a version matches.</summary>
    /// <param name="version">The version.</param>
    /// <param name="rule">Whether a pre-release may match.</param>
    public bool Contains(Pep440Version version, PreReleaseRule rule = PreReleaseRule.Default) =>
        (!version.IsPrerelease || rule == PreReleaseRule.Included || (rule == PreReleaseRule.Default && MentionsPrerelease))
        && Allows(version);

    /// <summary>The text that was read, without white space around it.</summary>
    public override string ToString() => _text;

    private bool Allows(Pep440Version version)
    {
        foreach (VersionSpecifier specifier in _specifiers)
        {
            if (!specifier.Allows(version))
            {
                return false;
            }
        }
        return true;
    }
}
