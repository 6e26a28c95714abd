using System.Text.Json.Serialization;

namespace Pep668;

/// <summary>How likely an install is to break what the distribution installed.</summary>
public enum PipInstallRisk
{
    /// <summary>No distro package is affected.</summary>
    None,

    /// <summary>Distro packages are shadowed that nothing installed needs.</summary>
    Low,

    /// <summary>Distro packages are overwritten, or shadowed ones are needed by others.</summary>
    High,
}

/// <summary>What an install or uninstall would change in one environment.</summary>
public sealed record PipInstallPlan
{
    internal PipInstallPlan()
    {
    }

    /// <summary>The environment.</summary>
    [JsonConverter(typeof(EnvironmentPathConverter))]
    public PythonEnvironment Environment { get; internal init; } = null!;

    /// <summary>What would be installed, upgraded or removed.</summary>
    public IReadOnlyList<PipInstallResult> Changes { get; internal init => field = Lists.Indexable(value); } = [];

    /// <summary>The requested packages that only a build could answer for: their versions and dependencies are not
    /// known.</summary>
    public IReadOnlyList<string> Unknown { get; internal init => field = Lists.Indexable(value); } = [];

    /// <summary>The distro packages in front of which another version would be installed.</summary>
    public IReadOnlyList<PythonPackageConflict> Shadowed { get; internal init => field = Lists.Indexable(value); } = [];

    /// <summary>The distro packages whose files would be replaced or removed.</summary>
    public IReadOnlyList<PythonPackageConflict> Overwritten { get; internal init => field = Lists.Indexable(value); } = [];

    /// <summary>The installed distro packages that need one of those, by name.</summary>
    public IReadOnlyList<string> Dependents { get; internal init => field = Lists.Indexable(value); } = [];

    /// <summary>How likely it is to break something.</summary>
    public PipInstallRisk Risk { get; internal init; }
}
