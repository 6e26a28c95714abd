namespace Pep668;

/// <summary>The stable identifiers of errors: the first part of <c>FullyQualifiedErrorId</c> in PowerShell.</summary>
public enum FailureId
{
    /// <summary>A path, name, object or command that leads to no environment.</summary>
    EnvironmentNotFound,

    /// <summary>No Python of that version was found, or no Python.</summary>
    PythonNotFound,

    /// <summary>A marker file that does not exist or is not a file.</summary>
    InvalidMarker,

    /// <summary>A text that is neither a version nor a version specifier (PEP 440).</summary>
    InvalidVersion,

    /// <summary>The environment is on another machine.</summary>
    RemoteEnvironment,

    /// <summary>The environment is below a root, where no program is run.</summary>
    OfflineEnvironment,

    /// <summary>An interpreter that was run gave no answer.</summary>
    ProbeFailed,

    /// <summary>The folder of a new virtual environment exists already.</summary>
    VenvAlreadyExists,

    /// <summary>A virtual environment that is broken.</summary>
    VenvBroken,

    /// <summary>A virtual environment could not be written or removed: no permission, no space, an invalid path. The
    /// message reports what is left.</summary>
    VenvNotWritten,

    /// <summary>The machine has no wheel of pip for that Python.</summary>
    PipSeedNotFound,

    /// <summary>Another package manager manages this Python: pip must not change it (PEP 668).</summary>
    ExternallyManagedEnvironment,

    /// <summary>A text that is not a requirement (PEP 508), or a requirements file that does not exist.</summary>
    InvalidRequirement,

    /// <summary>No pip was found for the environment.</summary>
    PipNotFound,

    /// <summary>uv was requested and was not found.</summary>
    UvNotFound,

    /// <summary>A distribution that is not installed.</summary>
    PackageNotFound,

    /// <summary>The environment's pip does not support what was requested.</summary>
    NotSupportedByPip,

    /// <summary>Another command is changing the environment, or another environment is active where only one can
    /// be.</summary>
    EnvironmentBusy,

    /// <summary>pip, pipx or uv failed.</summary>
    PipFailed,

    /// <summary>pip is configured to change virtual environments only (<c>require-virtualenv</c>), and this is not
    /// one.</summary>
    VenvRequired,

    /// <summary>What was to be removed is not a virtual environment, or not only one.</summary>
    NotAVirtualEnvironment,

    /// <summary>Neither pipx nor uv was found, or not the one that is needed.</summary>
    ApplicationInstallerNotFound,

    /// <summary>A file or folder that does not exist.</summary>
    PathNotFound,

    /// <summary>A file that is not a baseline of findings.</summary>
    InvalidBaseline,

    /// <summary>A baseline could not be written.</summary>
    BaselineNotWritten,

    /// <summary>The desired state of a resource that cannot be read: not JSON, an unknown property, a value that a
    /// property cannot have.</summary>
    InvalidResource,

    /// <summary>The state of a resource was set without an error, and differs from the desired state
    /// afterwards.</summary>
    StateNotReached,
}
