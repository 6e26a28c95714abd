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
        FailureId.EnvironmentNotFound or FailureId.PythonNotFound => ErrorCategory.ObjectNotFound,
        FailureId.InvalidMarker or FailureId.VenvBroken => ErrorCategory.InvalidData,
        FailureId.EnvironmentBusy => ErrorCategory.ResourceBusy,
        FailureId.InvalidVersion => ErrorCategory.InvalidArgument,
        FailureId.RemoteEnvironment or FailureId.OfflineEnvironment => ErrorCategory.InvalidOperation,
        _ => ErrorCategory.NotSpecified,
    };
}
