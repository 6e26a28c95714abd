using System.Globalization;
using System.Text;

namespace Pep668.Text;

/// <summary>The exceptions of Python's <c>configparser</c> that reading can end in.</summary>
internal enum ConfigErrorKind
{
    /// <summary><c>ParsingError</c>: a line that is no header, no option, no comment, or an option without a
    /// name.</summary>
    Parsing,

    /// <summary><c>MissingSectionHeaderError</c>, a <c>ParsingError</c> too: text before the first header.</summary>
    MissingSectionHeader,

    /// <summary><c>DuplicateOptionError</c></summary>
    DuplicateOption,

    /// <summary><c>DuplicateSectionError</c></summary>
    DuplicateSection,
}

/// <summary>Why Python would not read a text.</summary>
/// <param name="Kind">Which exception.</param>
/// <param name="Line">The line it names, from 1; for a parsing error the first of those collected.</param>
/// <param name="Name">The option, lower-cased, or the section that stands twice; else empty.</param>
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
                $"the key {Quote(Name)} stands twice; pip itself would stop with a DuplicateOptionError.",
            ConfigErrorKind.DuplicateSection =>
                $"the section {Quote(Name)} stands twice; pip itself would stop with a DuplicateSectionError.",
            ConfigErrorKind.MissingSectionHeader when text.StartsWith('\uFEFF') =>
                "the file begins with a byte order mark, which Python takes for text before the first section header.",
            ConfigErrorKind.MissingSectionHeader => "text before the first section header.",
            _ => "neither a section header, nor a key with a value, nor a comment.",
        };
    }

    /// <summary>A name from the file, fit for a terminal.</summary>
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
