using System.Globalization;
using System.Text;

namespace Pep668.Text;

/// <summary>The exceptions that Python's <c>configparser</c> can raise while it reads.</summary>
internal enum ConfigErrorKind
{
    /// <summary><c>ParsingError</c>: a line that is not a header, an option or a comment, or an option without a
    /// name.</summary>
    Parsing,

    /// <summary><c>MissingSectionHeaderError</c>, a <c>ParsingError</c> too: text before the first header.</summary>
    MissingSectionHeader,

    /// <summary><c>DuplicateOptionError</c></summary>
    DuplicateOption,

    /// <summary><c>DuplicateSectionError</c></summary>
    DuplicateSection,
}

/// <summary>Why Python cannot read a text.</summary>
/// <param name="Kind">Which exception.</param>
/// <param name="Line">The line it names, from 1; for a parsing error the first of those collected.</param>
/// <param name="Name">The option, lower-cased, or the section that occurs twice; else empty.</param>
internal readonly record struct ConfigError(ConfigErrorKind Kind, int Line, string Name = "")
{
    private const int LongestName = 60;

    /// <summary>The reason in words.</summary>
    /// <param name="text">The text that was read.</param>
    internal string Describe(string text)
    {
        string line = string.Create(CultureInfo.InvariantCulture, $"Line {Line}: ");
        return line + Kind switch
        {
            ConfigErrorKind.DuplicateOption =>
                $"the key {Quote(Name)} occurs twice; pip itself fails with a DuplicateOptionError.",
            ConfigErrorKind.DuplicateSection =>
                $"the section {Quote(Name)} occurs twice; pip itself fails with a DuplicateSectionError.",
            ConfigErrorKind.MissingSectionHeader when text.StartsWith('\uFEFF') =>
                "the file begins with a byte order mark, which Python reads as text before the first section header.",
            ConfigErrorKind.MissingSectionHeader => "text before the first section header.",
            _ => "not a section header, a key with a value or a comment.",
        };
    }

    /// <summary>A name from the file, without characters that a terminal interprets.</summary>
    internal static string Quote(string name)
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
