using Pep668.Text;

namespace Pep668.Requirements;

/// <summary>What people write by mistake in a requirement, and the words that tell them.</summary>
internal static class RequirementHints
{
    // An operator that is none, and what was meant. Of two with one beginning, the longer one stands first.
    private static readonly (string Written, string Meant)[] Operators =
    [
        ("=>", ">="), ("=<", "<="), ("=!", "!="), ("=~", "~="), ("<>", "!="), ("=", "=="), ("!", "!="), ("~", "~="),
    ];

    /// <summary>A text with the operator that is probably meant at a place; null if nothing is known.</summary>
    internal static string? Correct(string text, int position)
    {
        if (position < 0 || position >= text.Length)
        {
            return null;
        }
        string rest = text[position..];
        foreach ((string written, string meant) in Operators)
        {
            if (rest.StartsWith(written, StringComparison.Ordinal))
            {
                return text[..position] + meant + rest[written.Length..];
            }
        }
        return char.IsAsciiDigit(rest[0]) && position > 0 && PythonText.IsSpace(text[position - 1])
            ? text[..position].TrimEnd() + "==" + rest : null;
    }

    /// <summary>What is wrong with text after a URL and a blank.</summary>
    internal static string AfterUrl(RequirementScanner scanner) =>
        scanner.Next == '-' ? RequirementText.Option(scanner.Rest) + " would be parsed as an option."
        : "Only ';' and a condition can follow the URL.";

    /// <summary>What is wrong with the text at the scanner's place, after a name or after versions.</summary>
    /// <param name="scanner">The scanner.</param>
    /// <param name="hasSpecifier">Whether versions were read.</param>
    /// <param name="missing">The sign that could stand here.</param>
    internal static string Unexpected(RequirementScanner scanner, bool hasSpecifier, string missing)
    {
        bool isApart = scanner.Position > 0 && PythonText.IsSpace(scanner.Text[scanner.Position - 1]);
        if (scanner.Next == '-' && isApart)
        {
            return RequirementText.Option(scanner.Rest) + " would be parsed as an option.";
        }
        if (scanner.Next is '-' or '.' && !hasSpecifier)
        {
            return "A name must end with a letter or a digit.";
        }
        foreach ((string written, _) in Operators)
        {
            if (scanner.Rest.StartsWith(written, StringComparison.Ordinal))
            {
                return $"Invalid version operator '{written}'.";
            }
        }
        bool isWord = char.IsAsciiLetterOrDigit(scanner.Next);
        return
            isWord && hasSpecifier ? "Missing comma, or unexpected white space."
            : isWord && char.IsAsciiDigit(scanner.Next) ? "Missing version operator, such as '=='."
            : isWord ? "Unexpected second requirement."
            : hasSpecifier ? $"Expected ',', {missing} or the end."
            : $"Expected a version operator, '@' and a URL, {missing} or the end.";
    }
}
