using System.Management.Automation;
using Pep668.Requirements;

namespace Pep668.PowerShell.Binding;

/// <summary>A name of a distribution or an application, perhaps with wildcards. It matches a name as it is written, and
/// its normalized form (PEP 503).</summary>
internal sealed class NamePattern
{
    private readonly WildcardPattern _written;
    private readonly WildcardPattern? _normalized;

    private NamePattern(string text, WildcardPattern written)
    {
        (Text, _written) = (text, written);
        _ = TryCreate(NormalizedName.Normalize(text), WildcardOptions.None, out _normalized);
    }

    /// <summary>The text.</summary>
    internal string Text { get; }

    /// <summary>Whether it may match several names.</summary>
    internal bool HasWildcards => WildcardPattern.ContainsWildcardCharacters(Text);

    /// <summary>Reads a text; null if it is not a valid pattern.</summary>
    internal static NamePattern? Read(string text) =>
        TryCreate(text, WildcardOptions.IgnoreCase, out WildcardPattern? written) ? new(text, written!) : null;

    /// <summary>Whether a text is a valid pattern: a bracket that is not closed ends a command with an error of
    /// PowerShell, when the pattern is used.</summary>
    internal static bool IsValid(string text) => TryCreate(text, WildcardOptions.None, out _);

    /// <summary>Whether a name matches.</summary>
    internal bool IsMatch(string name) =>
        _written.IsMatch(name) || _normalized?.IsMatch(NormalizedName.Normalize(name)) == true;

    private static bool TryCreate(string text, WildcardOptions options, out WildcardPattern? pattern)
    {
        pattern = WildcardPattern.Get(text, options);
        try
        {
            _ = pattern.IsMatch("");
            return true;
        }
        catch (WildcardPatternException)
        {
            pattern = null;
            return false;
        }
    }
}
