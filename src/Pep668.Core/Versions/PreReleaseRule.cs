namespace Pep668.Versions;

/// <summary>Whether pre-releases match a specifier (PEP 440, "Handling of pre-releases").</summary>
internal enum PreReleaseRule
{
    /// <summary>Only where the specifier names one.</summary>
    Default,

    /// <summary>Like final releases.</summary>
    Included,

    /// <summary>Never.</summary>
    Excluded,
}
