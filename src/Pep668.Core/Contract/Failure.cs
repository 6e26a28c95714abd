namespace Pep668;

/// <summary>The stable names of what can go wrong: the first part of <c>FullyQualifiedErrorId</c> in
/// PowerShell.</summary>
public enum FailureId
{
    /// <summary>A path, name or version that leads to no environment.</summary>
    EnvironmentNotFound,

    /// <summary>No Python of that version, or none at all.</summary>
    PythonNotFound,

    /// <summary>A marker file that cannot be read as one.</summary>
    InvalidMarker,

    /// <summary>A text that is neither a version nor a version specifier (PEP 440).</summary>
    InvalidVersion,

    /// <summary>The environment is on another machine.</summary>
    RemoteEnvironment,

    /// <summary>The environment is below a root, where nothing may be run.</summary>
    OfflineEnvironment,

    /// <summary>An interpreter that was run did not answer.</summary>
    ProbeFailed,

    /// <summary>Where a virtual environment was to be made, something stands already.</summary>
    VenvAlreadyExists,

    /// <summary>A virtual environment that is not sound.</summary>
    VenvBroken,

    /// <summary>A virtual environment could not be written: no permission, no space, no such place. Nothing of it is
    /// left.</summary>
    VenvNotWritten,

    /// <summary>No wheel of pip is on the machine for that Python.</summary>
    PipSeedNotFound,

    /// <summary>The distribution manages this Python: pip may not change it (PEP 668).</summary>
    ExternallyManagedEnvironment,

    /// <summary>A text that is not a requirement (PEP 508).</summary>
    InvalidRequirement,

    /// <summary>No pip serves the environment.</summary>
    PipNotFound,

    /// <summary>uv was asked for and is not there.</summary>
    UvNotFound,

    /// <summary>A distribution that is not installed, or not known.</summary>
    PackageNotFound,

    /// <summary>The environment's pip is too old, or of another kind, for what was asked.</summary>
    NotSupportedByPip,

    /// <summary>Another command is changing the environment, or another one is active where only one can be.</summary>
    EnvironmentBusy,

    /// <summary>pip, or uv, ended with an error.</summary>
    PipFailed,

    /// <summary>pip is configured to work in virtual environments only (<c>require-virtualenv</c>), and this is
    /// none.</summary>
    VenvRequired,
}

/// <summary>Something that could not be done, for whoever shows it: a cmdlet as an error record, the companion on
/// stderr.</summary>
/// <param name="Id">Its stable name.</param>
/// <param name="Message">What is wrong, in words.</param>
/// <param name="Target">What it is about: a path, a name, an environment.</param>
/// <param name="RecommendedAction">What to do, so that it can be pasted.</param>
public sealed record Failure(FailureId Id, string Message, object? Target, string RecommendedAction);
