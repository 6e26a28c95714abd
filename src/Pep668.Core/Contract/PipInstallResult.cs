using System.Text.Json.Serialization;

namespace Pep668;

/// <summary>What happened to a distribution, or would.</summary>
public enum PipInstallAction
{
    /// <summary>It was not there.</summary>
    Installed,

    /// <summary>An older version was there.</summary>
    Upgraded,

    /// <summary>A newer version was there.</summary>
    Downgraded,

    /// <summary>The same version was there, and was laid down anew.</summary>
    Reinstalled,

    /// <summary>It was taken away.</summary>
    Removed,

    /// <summary>It was asked for and is there already.</summary>
    Unchanged,

    /// <summary>It would be installed.</summary>
    WouldInstalled,

    /// <summary>It would replace an older version.</summary>
    WouldUpgraded,

    /// <summary>It would replace a newer version.</summary>
    WouldDowngraded,

    /// <summary>The same version would be laid down anew.</summary>
    WouldReinstalled,

    /// <summary>It would be taken away.</summary>
    WouldRemoved,

    /// <summary>It was asked for, and nothing would happen to it.</summary>
    WouldUnchanged,
}

/// <summary>One distribution that an install or uninstall was about.</summary>
public sealed record PipInstallResult
{
    internal PipInstallResult()
    {
    }

    /// <summary>Its name, as its metadata has it.</summary>
    public string Name { get; internal init; } = "";

    /// <summary>The version that is there now, or would be; null when it was removed.</summary>
    public string? Version { get; internal init; }

    /// <summary>The version that was there before; null when there was none.</summary>
    public string? PreviousVersion { get; internal init; }

    /// <summary>What happened, or would.</summary>
    public PipInstallAction Action { get; internal init; }

    /// <summary>Whether it was asked for by name, not only as a dependency.</summary>
    public bool Requested { get; internal init; }

    /// <summary>Whether the environment is different from before; false for a dry run.</summary>
    public bool Changed { get; internal init; }

    /// <summary>The environment.</summary>
    [JsonConverter(typeof(EnvironmentPathConverter))]
    public PythonEnvironment Environment { get; internal init; } = null!;
}
