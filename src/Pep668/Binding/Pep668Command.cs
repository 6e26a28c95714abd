using System.Management.Automation;
using Pep668.Discovery.Resolution;
using Pep668.Machines;
using Pep668.PowerShell.Errors;

namespace Pep668.PowerShell.Binding;

/// <summary>What every cmdlet has: a token that Ctrl+C cancels, the machine as the session sees it, one way to report
/// what failed.</summary>
public abstract partial class Pep668Command : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource _stop = new();

    /// <summary>Cancelled by Ctrl+C.</summary>
    private protected CancellationToken Stop => _stop.Token;

    /// <summary>Ends what is under way.</summary>
    protected override void StopProcessing() => _stop.Cancel();

    /// <summary>This machine, seen from the session's location in the file system, wherever the process itself
    /// stands.</summary>
    private protected Machine CurrentMachine() => Machine.Current(SessionState.Path.CurrentFileSystemLocation.ProviderPath);

    /// <summary>The machine below a root, or this one when none is given; null when the root is no folder, which is
    /// then reported.</summary>
    private protected Machine? MachineUnder(string? root)
    {
        if (root is null)
        {
            return CurrentMachine();
        }
        // PowerShell would take an empty text for the session's location.
        if (string.IsNullOrWhiteSpace(root) || FilePathOf(root, out _) is not string folder || !FileTree.Host.IsDirectory(folder))
        {
            Report(new Failure(FailureId.EnvironmentNotFound, $"The root '{root}' is no folder of the file system.", root,
                "Get-ChildItem -Directory"));
            return null;
        }
        return Machine.Under(folder);
    }

    /// <summary>
    /// The path that PowerShell's text for one means: relative to the session's location, or on one of its drives.
    /// Wildcards are not read.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="problem">Why it is missing, in words.</param>
    /// <returns>An absolute path, of something that need not exist; null when it is none of the file system.</returns>
    private protected string? FilePathOf(string text, out string problem)
    {
        problem = $"'{text}' is not a path of the file system.";
        try
        {
            string path = SessionState.Path.GetUnresolvedProviderPathFromPSPath(text, out ProviderInfo provider, out _);
            return IsFileSystem(provider) ? path : null;
        }
        catch (SessionStateException error)
        {
            problem = error.Message;
            return null;
        }
    }

    /// <summary>Whether it is the provider of files and folders.</summary>
    private protected static bool IsFileSystem(ProviderInfo provider) =>
        string.Equals(provider.Name, "FileSystem", StringComparison.Ordinal);

    /// <summary>Writes a failure as a non-terminating error.</summary>
    private protected void Report(Failure failure) => WriteError(failure.ToErrorRecord());

    /// <summary>Writes a warning and its remedies.</summary>
    private protected void Warn(Notice notice) => WriteWarning(notice.Message + ErrorRecords.RemedyLines(notice.Remedies));

    /// <summary>Writes how a value came about, what to warn of, and the errors where it is missing.</summary>
    /// <returns>The value; null after an error.</returns>
    private protected T? Accept<T>(Outcome<T> outcome)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(outcome);
        foreach (string reason in outcome.Reasons)
        {
            WriteVerbose(reason);
        }
        foreach (Notice notice in outcome.Notices)
        {
            Warn(notice);
        }
        foreach (Failure failure in outcome.Failures)
        {
            Report(failure);
        }
        return outcome.OrNull();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stop.Dispose();
        GC.SuppressFinalize(this);
    }
}
