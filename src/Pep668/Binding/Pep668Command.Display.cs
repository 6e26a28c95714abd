using System.Management.Automation;
using Pep668.Machines;
using Pep668.PowerShell.Errors;
using Pep668.Text;

namespace Pep668.PowerShell.Binding;

/// <content>What a cmdlet shows. Names, paths and settings in it are from outside: what a terminal would obey is
/// escaped here, and in <see cref="ErrorRecords"/>. Objects are written as they are.</content>
public abstract partial class Pep668Command
{
    /// <summary>Writes a failure as a non-terminating error.</summary>
    private protected void Report(Failure failure) => WriteError(failure.ToErrorRecord());

    /// <summary>Writes a warning and its remedies.</summary>
    private protected void Warn(Notice notice) =>
        base.WriteWarning(DisplayText.Escape(notice.Message) + ErrorRecords.RemedyLines(notice.Remedies));

    /// <summary>Writes a reason.</summary>
    private protected new void WriteVerbose(string text) => base.WriteVerbose(DisplayText.Escape(text));

    /// <summary>Writes a line of another program as a warning.</summary>
    private protected void QuoteWarning(string text) => base.WriteWarning(DisplayText.EscapeLines(text));

    /// <summary>Writes a line of another program.</summary>
    private protected void QuoteVerbose(string text) => base.WriteVerbose(DisplayText.EscapeLines(text));

    /// <summary>Writes the state of a long operation.</summary>
    private protected new void WriteProgress(ProgressRecord progress)
    {
        ArgumentNullException.ThrowIfNull(progress);
        progress.StatusDescription = DisplayText.Escape(progress.StatusDescription);
        progress.CurrentOperation = DisplayText.Escape(progress.CurrentOperation);
        base.WriteProgress(progress);
    }

    /// <summary>Asks whether something is done, as <c>-Confirm</c> and <c>-WhatIf</c> require.</summary>
    private protected new bool ShouldProcess(string target, string action) =>
        base.ShouldProcess(DisplayText.Escape(target), DisplayText.Escape(action));

    /// <summary>Asks whether something is done, in other words than PowerShell's.</summary>
    private protected bool ShouldProcess(string action, string caption, out ShouldProcessReason reason)
    {
        string text = DisplayText.Escape(action);
        return ShouldProcess(text, text + "?", caption, out reason);
    }
}
