namespace Pep668.Pip.Settings;

/// <summary>One entry of pip's configuration.</summary>
/// <param name="Source">What sort of place it stands in.</param>
/// <param name="Path">The file; null for an environment variable.</param>
/// <param name="Section">The section, exactly as it is written; <c>:env:</c> for a variable.</param>
/// <param name="Key">The key as pip makes it the same everywhere: <c>break-system-packages</c>.</param>
/// <param name="Value">The value as it is written.</param>
/// <param name="Precedence">What has more wins, for one command. Sections that belong to different commands never
/// meet.</param>
internal sealed record PipSetting(PipOverrideSource Source, string? Path, string Section, string Key, string Value, int Precedence)
{
    /// <summary>Its name at its source: the variable, or section and key as <c>pip config</c> takes
    /// them.</summary>
    public string Name { get; internal init; } = $"{Section}.{Key}";

    /// <summary>Which of the files it stands in, counted from 1; 0 for a variable. The same file can be read
    /// twice.</summary>
    internal int File { get; init; }

    /// <summary>What pip keeps it under (<c>Configuration._normalized_keys</c>): of two with the same one the later
    /// counts.</summary>
    internal string FullKey => Section + "." + Key;
}

/// <summary>What pip makes of an option that is on or off.</summary>
/// <param name="Value">On or off; off when nothing sets it or pip would stop.</param>
/// <param name="Setting">What decides; null when nothing sets it.</param>
/// <param name="Problem">Why pip would stop with an error instead; else null.</param>
internal readonly record struct PipSwitch(bool Value, PipSetting? Setting, string? Problem);

/// <summary>What pip makes of an option that is counted, such as <c>verbose</c>.</summary>
/// <param name="Value">How often; 0 when nothing sets it or pip would stop.</param>
/// <param name="Setting">What decides; null when nothing sets it.</param>
/// <param name="Problem">Why pip would stop with an error instead; else null.</param>
internal readonly record struct PipCount(int Value, PipSetting? Setting, string? Problem);
