using System.Management.Automation;
using Pep668.Shells;
using Pep668.Text;

namespace Pep668.PowerShell.Errors;

/// <summary>Creates error records from the failures of Core, with the category of each error id.</summary>
internal static class ErrorRecords
{
    /// <summary>The error record of a failure. What a terminal would obey is escaped in its texts, not in its
    /// target.</summary>
    internal static ErrorRecord ToErrorRecord(this Failure failure)
    {
        Failure shown = failure with { Message = DisplayText.Escape(failure.Message), Details = DisplayText.EscapeLines(failure.Details) };
        var record = new ErrorRecord(Pep668Exception.Create(shown), failure.Id.ToString(), CategoryOf(failure.Id), failure.Target)
        {
            ErrorDetails = new ErrorDetails(Text(shown)) { RecommendedAction = RecommendedAction(failure) },
        };
        // The text of the target in the views of errors.
        record.CategoryInfo.TargetName = DisplayText.Escape(record.CategoryInfo.TargetName);
        return record;
    }

    /// <summary>The lines that show remedies in an error or a warning, each beginning with a line break; empty without
    /// remedies.</summary>
    internal static string RemedyLines(IReadOnlyList<Remedy> remedies) =>
        string.Concat(PowerShellRenderer.Instance.Lines(remedies).Select(line => "\n    " + line));

    private static string Text(Failure failure) => failure.Details is null ? failure.Message
        : $"{failure.Message}\n\n{string.Join('\n', failure.Details.Split('\n').Select(line => line.Length == 0 ? "" : "  " + line))}\n";

    /// <summary>The recommendation of a failure, as <see cref="RemedyLines"/>. ConciseView shows it after
    /// "Recommendation:"; without a line break first it would put the lines into one.</summary>
    internal static string RecommendedAction(Failure failure) => RemedyLines(failure.Remedies)
        + (failure.Target is Refusal ? "\n  Why, and how to override: Get-Help about_Pep668_Refusals" : "");

    private static ErrorCategory CategoryOf(FailureId id) => id switch
    {
        FailureId.EnvironmentNotFound or FailureId.PythonNotFound or FailureId.PipNotFound or FailureId.PipSeedNotFound
            or FailureId.UvNotFound or FailureId.ApplicationInstallerNotFound
            or FailureId.PackageNotFound or FailureId.PathNotFound => ErrorCategory.ObjectNotFound,
        FailureId.ExternallyManagedEnvironment => ErrorCategory.PermissionDenied,
        FailureId.VenvAlreadyExists => ErrorCategory.ResourceExists,
        FailureId.EnvironmentBusy => ErrorCategory.ResourceBusy,
        FailureId.VenvNotWritten or FailureId.BaselineNotWritten => ErrorCategory.WriteError,
        FailureId.InvalidMarker or FailureId.VenvBroken or FailureId.InvalidBaseline
            or FailureId.InvalidResource => ErrorCategory.InvalidData,
        FailureId.StateNotReached => ErrorCategory.InvalidResult,
        FailureId.InvalidVersion or FailureId.InvalidRequirement or FailureId.NotAVirtualEnvironment => ErrorCategory.InvalidArgument,
        FailureId.RemoteEnvironment or FailureId.OfflineEnvironment or FailureId.NotSupportedByPip
            or FailureId.VenvRequired => ErrorCategory.InvalidOperation,
        _ => ErrorCategory.NotSpecified,
    };
}
