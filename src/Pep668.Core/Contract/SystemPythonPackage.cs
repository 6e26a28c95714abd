using System.Text.Json.Serialization;

namespace Pep668;

/// <summary>A package of the operating system that provides a distribution.</summary>
public sealed record SystemPythonPackage
{
    internal SystemPythonPackage()
    {
    }

    /// <summary>The name of the package, such as <c>python3-yaml</c>.</summary>
    public string Name { get; internal init; } = "";

    /// <summary>The name of the distribution, such as <c>PyYAML</c>: as in its metadata if it is installed, else as it
    /// was searched for.</summary>
    public string Distribution { get; internal init; } = "";

    /// <summary>The version of the package that would be installed, as the package manager writes it; null if no index
    /// on this machine contains it.</summary>
    public string? Version { get; internal init; }

    /// <summary>The version of the package that is installed; null if it is not.</summary>
    public string? InstalledVersion { get; internal init; }

    /// <summary>The package manager: <c>apt</c>, <c>dnf</c>, <c>zypper</c>, <c>pacman</c>, <c>apk</c>, <c>emerge</c>,
    /// <c>xbps-install</c>, <c>brew</c>.</summary>
    public string Provider { get; internal init; } = "";

    /// <summary>How certain it is that the package provides the distribution.</summary>
    public AdviceConfidence Confidence { get; internal init; }

    /// <summary>Installs it, or upgrades it if it is installed.</summary>
    [JsonIgnore]
    internal Remedy Install { get; init; } = new("");

    /// <summary>Returns the name of the package.</summary>
    public override string ToString() => Name;
}
