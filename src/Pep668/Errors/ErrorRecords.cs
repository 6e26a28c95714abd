using System.Management.Automation;

namespace Pep668.PowerShell.Errors;

/// <summary>Turns what Core could not do into error records: the one place where ids meet categories.</summary>
internal static class ErrorRecords
{
    /// <summary>The error record of a failure.</summary>
    internal static ErrorRecord ToErrorRecord(this Failure failure) =>
        new(new InvalidOperationException(failure.Message), failure.Id.ToString(), CategoryOf(failure.Id), failure.Target)
        {
            ErrorDetails = new ErrorDetails(failure.Message) { RecommendedAction = failure.RecommendedAction },
        };

    private static ErrorCategory CategoryOf(FailureId id) => id switch
    {
        FailureId.EnvironmentNotFound or FailureId.PythonNotFound or FailureId.PipNotFound or FailureId.PipSeedNotFound
            or FailureId.UvNotFound
            or FailureId.PackageNotFound => ErrorCategory.ObjectNotFound,
        FailureId.ExternallyManagedEnvironment => ErrorCategory.PermissionDenied,
        FailureId.VenvAlreadyExists => ErrorCategory.ResourceExists,
        FailureId.EnvironmentBusy => ErrorCategory.ResourceBusy,
        FailureId.VenvNotWritten => ErrorCategory.WriteError,
        FailureId.InvalidMarker or FailureId.VenvBroken => ErrorCategory.InvalidData,
        FailureId.InvalidVersion or FailureId.InvalidRequirement => ErrorCategory.InvalidArgument,
        FailureId.RemoteEnvironment or FailureId.OfflineEnvironment or FailureId.NotSupportedByPip
            or FailureId.VenvRequired => ErrorCategory.InvalidOperation,
        _ => ErrorCategory.NotSpecified,
    };
}
