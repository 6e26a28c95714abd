namespace Pep668;

/// <summary>The exit codes of failures, for every program that ends with one.</summary>
internal static class FailureCode
{
    internal const int BadInput = 2;
    internal const int Refused = 3;
    internal const int ToolFailed = 4;
    internal const int NotFound = 5;

    /// <summary>The code of a failure.</summary>
    internal static int For(FailureId id) => id switch
    {
        FailureId.EnvironmentNotFound or FailureId.PythonNotFound or FailureId.PipSeedNotFound or FailureId.PipNotFound
            or FailureId.UvNotFound or FailureId.ApplicationInstallerNotFound
            or FailureId.PackageNotFound or FailureId.PathNotFound => NotFound,
        FailureId.ExternallyManagedEnvironment or FailureId.VenvRequired => Refused,
        FailureId.ProbeFailed or FailureId.VenvNotWritten or FailureId.PipFailed or FailureId.EnvironmentBusy
            or FailureId.BaselineNotWritten or FailureId.StateNotReached => ToolFailed,
        _ => BadInput,
    };
}
