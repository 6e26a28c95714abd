using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Pep668.Versions;

namespace Pep668.Requirements;

/// <summary>What is asked for by name: <c>requests[socks]&gt;=2.0; python_version &lt; '3.12'</c> (PEP 508,
/// "Specification").</summary>
/// <remarks>
/// What is accepted is what <c>packaging</c> 24.1 takes, which is in pip 24.1 to 24.3, but for this: white space of
/// every kind may stand around the text, as pip strips it, and no line break or other control character inside.
/// </remarks>
internal sealed class Requirement
{
    internal Requirement(
        string text, string name, ImmutableArray<string> extras, VersionSpecifierSet specifiers, string? url, RequirementCondition? marker)
    {
        Text = text;
        Name = name;
        NormalizedName = Requirements.NormalizedName.Normalize(name);
        Extras = extras;
        Specifiers = specifiers;
        Url = url;
        Marker = marker;
    }

    /// <summary>The text that was read, without white space around it. It may have credentials in it.</summary>
    public string Text { get; }

    /// <summary>The name as it was written (PEP 508, "Names").</summary>
    public string Name { get; }

    /// <summary>The name by which it is compared (PEP 503, "Normalized Names").</summary>
    public string NormalizedName { get; }

    /// <summary>The extras as they were written, each once (PEP 508, "Extras").</summary>
    public ImmutableArray<string> Extras { get; }

    /// <summary>The versions that fit (PEP 440); the empty set for all, and always with a URL.</summary>
    public VersionSpecifierSet Specifiers { get; }

    /// <summary>Where it is to come from, after <c>@</c> (PEP 440, "Direct references"); null for wherever pip looks.
    /// It may have credentials in it.</summary>
    public string? Url { get; }

    /// <summary>Where it is wanted; null for everywhere.</summary>
    public RequirementCondition? Marker { get; }

    /// <summary>The text with the credentials of URLs hidden, for messages.</summary>
    public string Redacted => UrlCredentials.Redact(Text);

    /// <summary>Reads a requirement.</summary>
    /// <param name="text">The text.</param>
    /// <param name="requirement">What was read, or null.</param>
    /// <param name="problem">What is wrong and where; null when all is well.</param>
    public static bool TryParse(
        string? text, [NotNullWhen(true)] out Requirement? requirement, [NotNullWhen(false)] out RequirementProblem? problem)
    {
        text ??= "";
        problem = RequirementText.Check(text, out int start, out int end);
        requirement = problem is null ? RequirementParser.Read(text, start, end, out problem) : null;
        return requirement is not null;
    }

    /// <summary>The requirement in one spelling, with the credentials of URLs hidden.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(Name);
        if (!Extras.IsEmpty)
        {
            text.Append('[').AppendJoin(',', Extras).Append(']');
        }
        // What follows === ends at white space only, so that a comma would be part of it.
        string specifiers = Specifiers.ToString();
        text.Append(
            specifiers.Contains("===", StringComparison.Ordinal) ? specifiers.Replace(",", " ,", StringComparison.Ordinal) : specifiers);
        if (Url is not null)
        {
            text.Append(" @ ").Append(Url).Append(Marker is null ? "" : " ");
        }
        if (Marker is not null)
        {
            text.Append("; ").Append(Marker);
        }
        return UrlCredentials.Redact(text.ToString());
    }
}
