using System.Text.Json.Serialization;

namespace Pep668;

/// <summary>What an install or uninstall did with a distribution, or would do.</summary>
public enum PipInstallAction
{
    /// <summary>It was installed.</summary>
    Installed,

    /// <summary>It replaced an older version.</summary>
    Upgraded,

    /// <summary>It replaced a newer version.</summary>
    Downgraded,

    /// <summary>The same version was installed again.</summary>
    Reinstalled,

    /// <summary>It was removed.</summary>
    Removed,

    /// <summary>It was requested and is already installed.</summary>
    Unchanged,

    /// <summary>It would be installed.</summary>
    WouldInstall,

    /// <summary>It would replace an older version.</summary>
    WouldUpgrade,

    /// <summary>It would replace a newer version.</summary>
    WouldDowngrade,

    /// <summary>The same version would be installed again.</summary>
    WouldReinstall,

    /// <summary>It would be removed.</summary>
    WouldRemove,
}

/// <summary>What an install or uninstall did with one distribution.</summary>
public sealed record PipInstallResult
{
    internal PipInstallResult()
    {
    }

    /// <summary>Its name, as in its metadata.</summary>
    public string Name { get; internal init; } = "";

    /// <summary>The version that is installed now, or would be; null if it was removed.</summary>
    public string? Version { get; internal init; }

    /// <summary>The version that was installed before; null if none was.</summary>
    public string? PreviousVersion { get; internal init; }

    /// <summary>What was done, or would be done.</summary>
    public PipInstallAction Action { get; internal init; }

    /// <summary>Whether it was requested by name, not only as a dependency.</summary>
    public bool Requested { get; internal init; }

    /// <summary>Whether the environment was changed; false for a dry run.</summary>
    public bool Changed { get; internal init; }

    /// <summary>The environment.</summary>
    [JsonConverter(typeof(EnvironmentPathConverter))]
    public PythonEnvironment Environment { get; internal init; } = null!;

    /// <summary>The distribution as a requirement, such as <c>requests==2.32.3</c>; its name if it was
    /// removed.</summary>
    public override string ToString() => Version is null ? Name : $"{Name}=={Version}";
}
