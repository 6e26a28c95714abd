using System.Text;
using Pep668.Text;

namespace Pep668.Requirements;

/// <summary>The one spelling by which names of distributions and of extras are compared (PEP 503, "Normalized Names";
/// PEP 685 for extras).</summary>
internal static class NormalizedName
{
    /// <summary>Lower case, with each run of <c>-</c>, <c>_</c> and <c>.</c> made one <c>-</c>, as
    /// <c>packaging.utils.canonicalize_name</c> does.</summary>
    /// <param name="text">A name in any spelling; what is no name at all comes back in the same way.</param>
    public static string Normalize(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (IsNormal(text))
        {
            return text;
        }
        var normal = new StringBuilder(text.Length);
        foreach (char character in text)
        {
            if (character is not ('-' or '_' or '.'))
            {
                normal.Append(character);
            }
            else if (normal.Length == 0 || normal[^1] != '-')
            {
                normal.Append('-');
            }
        }
        return PythonText.Lower(normal.ToString());
    }

    private static bool IsNormal(string text)
    {
        char before = '\0';
        foreach (char character in text)
        {
            if (!char.IsAsciiLetterLower(character) && !char.IsAsciiDigit(character) && (character != '-' || before == '-'))
            {
                return false;
            }
            before = character;
        }
        return true;
    }
}
