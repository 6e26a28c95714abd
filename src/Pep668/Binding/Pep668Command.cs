using System.Management.Automation;
using Pep668.Environments;
using Pep668.Machines;
using Pep668.PowerShell.Errors;

namespace Pep668.PowerShell.Binding;

/// <summary>The base class of all cmdlets: a token that Ctrl+C cancels, the machine of the session, and the report of
/// failures.</summary>
public abstract partial class Pep668Command : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource _stop = new();

    /// <summary>Cancelled by Ctrl+C.</summary>
    private protected CancellationToken Stop => _stop.Token;

    /// <summary>Cancels the command.</summary>
    protected override void StopProcessing() => _stop.Cancel();

    /// <summary>This machine, with the session's location in the file system as current folder.</summary>
    private protected Machine CurrentMachine()
    {
        string location = SessionState.Path.CurrentFileSystemLocation.ProviderPath;
        if (IsUndecoded(location))
        {
            ThrowTerminatingError(ModuleMessages.Undecoded(location).ToErrorRecord());
        }
        return Machine.Current(location);
    }

    /// <summary>Whether a text has the character that .NET puts in the place of bytes that are not UTF-8: it would be
    /// the path of another file.</summary>
    internal static bool IsUndecoded(string text) => text.Contains('\uFFFD', StringComparison.Ordinal);

    /// <summary>The machine below a root, or this one if none is given; null if the root is not a folder, which is then
    /// reported.</summary>
    private protected Machine? MachineUnder(string? root)
    {
        if (root is null)
        {
            return CurrentMachine();
        }
        string? folder = FilePathOf(root, out _);
        if (folder is not null && FileTree.Host.IsDirectory(folder))
        {
            return Machine.Under(folder);
        }
        Report(EnvironmentMessages.NoRoot(root, folder is null || FileTree.Host.Stat(folder).Kind != FileKind.Missing));
        return null;
    }

    /// <summary>
    /// Resolves a path: relative to the session's location, or on one of its drives. Wildcards are not expanded.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="problem">Why it is not a path in the file system, in words.</param>
    /// <returns>An absolute path, which need not exist; null if it is not in the file system.</returns>
    private protected string? FilePathOf(string text, out string problem)
    {
        problem = ModuleMessages.NotAFilePath(text, null);
        if (string.IsNullOrWhiteSpace(text))
        {
            // PowerShell resolves it to the session's location.
            problem = ModuleMessages.EmptyText();
            return null;
        }
        try
        {
            string path = SessionState.Path.GetUnresolvedProviderPathFromPSPath(text, out ProviderInfo provider, out _);
            if (IsUndecoded(path))
            {
                problem = ModuleMessages.UndecodedText(path);
                return null;
            }
            return IsFileSystem(provider) ? PathText.Ordinary(path) : null;
        }
        catch (SessionStateException error)
        {
            problem = ModuleMessages.NotAFilePath(text, error.Message);
            return null;
        }
    }

    /// <summary>The same below a root, where paths are those inside it.</summary>
    private protected string? FullPathOf(string text, string? root, out string problem)
    {
        problem = ModuleMessages.UndecodedText(text);
        return IsUndecoded(text) ? null : root is not null ? MachinePath.GetFullPath(text, "/") : FilePathOf(text, out problem);
    }

    /// <summary>Whether it is the provider of files and folders.</summary>
    private protected static bool IsFileSystem(ProviderInfo provider) =>
        string.Equals(provider.Name, "FileSystem", StringComparison.Ordinal);

    /// <summary>Writes the reasons, warnings and errors of an outcome.</summary>
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
