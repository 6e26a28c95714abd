using System.Globalization;
using System.Text;
using Pep668.Text;

namespace Pep668.Markers;

/// <summary>Why a marker's own message cannot be given, in words.</summary>
internal static class MarkerProblem
{
    private const int LongestName = 60;

    internal const string Empty = "The file is empty.";
    internal const string NoSection = "The file has no section [" + MarkerFile.SectionName + "].";

    internal static string Unreadable(string reason) => $"The file cannot be read: {reason.TrimEnd('.')}.";

    internal static string NotUtf8(int position) => string.Create(CultureInfo.InvariantCulture, $"The file is not valid UTF-8 (byte {position}).");

    internal static string NoKey(IReadOnlyList<string> keys)
    {
        var problem = new StringBuilder("The section [" + MarkerFile.SectionName + "] has no key ");
        for (int i = 0; i < keys.Count; i++)
        {
            problem.Append(i == 0 ? "" : i == keys.Count - 1 ? " or " : ", ").Append(Quoted(keys[i]));
        }
        return problem.Append('.').ToString();
    }

    internal static string Of(ConfigError error, string text)
    {
        string line = string.Create(CultureInfo.InvariantCulture, $"Line {error.Line}: ");
        return line + error.Kind switch
        {
            ConfigErrorKind.DuplicateOption =>
                $"the key {Quoted(error.Name)} stands twice; pip itself would stop with a DuplicateOptionError.",
            ConfigErrorKind.DuplicateSection =>
                $"the section {Quoted(error.Name)} stands twice; pip itself would stop with a DuplicateSectionError.",
            ConfigErrorKind.MissingSectionHeader when text.StartsWith('\uFEFF') =>
                "the file begins with a byte order mark, which Python takes for text before the first section header.",
            ConfigErrorKind.MissingSectionHeader => "text stands before the first section header.",
            _ => "neither a section header, nor a key with a value, nor a comment.",
        };
    }

    /// <summary>A name from the file, fit for a terminal.</summary>
    private static string Quoted(string name)
    {
        var quoted = new StringBuilder("'");
        foreach (Rune rune in name.EnumerateRunes())
        {
            if (quoted.Length > LongestName)
            {
                quoted.Append('…');
                break;
            }
            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned)
            {
                quoted.Append(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:x}}}");
            }
            else
            {
                quoted.Append(rune);
            }
        }
        return quoted.Append('\'').ToString();
    }
}
