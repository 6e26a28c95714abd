using System.Management.Automation;
using Pep668.Shells;

namespace Pep668.PowerShell.Errors;

/// <summary>Creates error records from the failures of Core, with the category of each error id.</summary>
internal static class ErrorRecords
{
    /// <summary>The error record of a failure.</summary>
    internal static ErrorRecord ToErrorRecord(this Failure failure) =>
        new(Pep668Exception.Create(failure), failure.Id.ToString(), CategoryOf(failure.Id), failure.Target)
        {
            ErrorDetails = new ErrorDetails(Text(failure)) { RecommendedAction = Remedies(failure) },
        };

    /// <summary>The lines that show remedies in an error or a warning, each beginning with a line break; empty without
    /// remedies.</summary>
    internal static string RemedyLines(IReadOnlyList<Remedy> remedies) =>
        string.Concat(PowerShellRenderer.Instance.Lines(remedies).Select(line => "\n    " + line));

    private static string Text(Failure failure) => failure.Details is null ? failure.Message
        : $"{failure.Message}\n\n{string.Join('\n', failure.Details.Split('\n').Select(line => line.Length == 0 ? "" : "  " + line))}\n";

    // ConciseView shows it after "Recommendation:". Without a line break first it would put the lines into one.
    private static string Remedies(Failure failure) => RemedyLines(failure.Remedies)
        + (failure.Target is Refusal ? "\n  Why, and how to override: Get-Help about_Pep668_Refusals" : "");

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
