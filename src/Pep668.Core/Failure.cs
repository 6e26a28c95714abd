namespace Pep668;

/// <summary>The stable names of what can go wrong: the first part of <c>FullyQualifiedErrorId</c> in PowerShell.</summary>
public enum FailureId
{
    /// <summary>A path, name or version that leads to no environment.</summary>
    EnvironmentNotFound,

    /// <summary>No Python of that version, or none at all.</summary>
    PythonNotFound,

    /// <summary>A marker file that cannot be read as one.</summary>
    InvalidMarker,

    /// <summary>A text that is no version and no version specifier (PEP 440).</summary>
    InvalidVersion,

    /// <summary>The environment is on another machine.</summary>
    RemoteEnvironment,

    /// <summary>The environment is below a root, where nothing may be run.</summary>
    OfflineEnvironment,

    /// <summary>An interpreter that was run did not answer.</summary>
    ProbeFailed,

    /// <summary>A virtual environment that cannot be used as it is.</summary>
    VenvBroken,

    /// <summary>Something else is under way, or stands, where only one can.</summary>
    EnvironmentBusy,
}

/// <summary>Something that could not be done, for whoever shows it: a cmdlet as an error record, the companion on stderr.</summary>
/// <param name="Id">Its stable name.</param>
/// <param name="Message">What is wrong, in words.</param>
/// <param name="Target">What it is about: a path, a name, an environment.</param>
/// <param name="RecommendedAction">What to do, so that it can be pasted.</param>
public sealed record Failure(FailureId Id, string Message, object? Target, string RecommendedAction);
