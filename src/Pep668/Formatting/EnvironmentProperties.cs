using System.Management.Automation;

namespace Pep668.PowerShell.Formatting;

/// <summary>Properties that the type data of the module adds to environments from jobs and other computers.</summary>
public static class EnvironmentProperties
{
    /// <summary>The version, which compares and sorts as one; the text if it is not a version of PEP 440; null without
    /// a version.</summary>
    /// <param name="environment">The environment.</param>
    public static object? Version(PSObject environment) =>
        (environment?.Members["psadapted"] as PSMemberSet)?.Properties[nameof(Version)]?.Value is string text
            ? PythonVersion.TryParse(text) ?? (object)text : null;
}
