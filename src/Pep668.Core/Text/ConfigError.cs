namespace Pep668.Text;

/// <summary>The exceptions of Python's <c>configparser</c> that reading can end in.</summary>
internal enum ConfigErrorKind
{
    /// <summary><c>ParsingError</c>: a line that is no header, no option, no comment, or an option without a name.</summary>
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
internal readonly record struct ConfigError(ConfigErrorKind Kind, int Line, string Name = "");
