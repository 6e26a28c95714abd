namespace Pep668.Text;

/// <summary>Sentences as parts of other sentences.</summary>
internal static class Sentence
{
    /// <summary>A sentence without its period and its capital letter, to follow a colon or a conjunction.</summary>
    internal static string ToClause(string sentence)
    {
        string text = sentence.Trim().TrimEnd('.');
        // The second letter of an abbreviation is a capital one too; Python is a name.
        return text.Length > 1 && char.IsUpper(text[0]) && !char.IsUpper(text[1]) && !text.StartsWith("Python", StringComparison.Ordinal)
            ? char.ToLowerInvariant(text[0]) + text[1..]
            : text;
    }
}
