using System.Collections.Concurrent;
using System.Globalization;
using System.Management.Automation;
using Pep668.Machines;
using Pep668.Pip.Planning;
using Pep668.Pip.Policy;
using Pep668.Pip.Requests;
using Pep668.Pip.Running;

namespace Pep668.PowerShell.Binding;

/// <content>Changes an environment: policy first, then the question, then pip, whose output comes as it is
/// written.</content>
public abstract partial class PipRequestCommand
{
    private bool _yesToAll;
    private bool _noToAll;

    /// <summary>Changes an environment, if that is allowed and confirmed.</summary>
    /// <param name="machine">Where it is.</param>
    /// <param name="environment">The environment.</param>
    /// <param name="isForced">Whether an override needs no confirmation.</param>
    private protected void Change(Machine machine, PythonEnvironment environment, bool isForced)
    {
        if (Accept(PreparedRequest.Prepare(machine, Input(machine), Rest(environment), CultureInfo.CurrentUICulture.Name))
            is not PreparedRequest prepared)
        {
            return;
        }
        PipRequest request = prepared.Request;
        string what = PipRunMessages.Action(request, prepared.Verdict.Overridden?.Target as Refusal);
        if (request.DryRun)
        {
            Run(machine, prepared);
        }
        else if (ShouldProcess(what, "pip", out ShouldProcessReason reason))
        {
            if (prepared.Verdict.Overridden is null || MayOverride(machine, prepared.Verdict.Overridden, request, isForced))
            {
                Run(machine, prepared);
            }
        }
        else if (reason == ShouldProcessReason.WhatIf)
        {
            Run(machine, prepared with { Request = request with { DryRun = true } }, isWhatIf: true);
        }
    }

    private bool MayOverride(Machine machine, Failure overridden, PipRequest request, bool isForced)
    {
        bool isAnswered = isForced || _yesToAll || (MyInvocation.BoundParameters.TryGetValue("Confirm", out object? confirm)
            && confirm is SwitchParameter { IsPresent: false });
        if (isAnswered)
        {
            return true;
        }
        IReadOnlyList<string> effects = _noToAll ? [] : Run(_ => InstallPlanner.Effects(machine, request, Stop), isShown: false);
        try
        {
            // With this overload No is the answer of a mere Enter.
            return ShouldContinue(OverrideMessages.Question(overridden, request, effects), OverrideMessages.Caption,
                hasSecurityImpact: true, ref _yesToAll, ref _noToAll);
        }
        catch (Exception error) when (error is not PipelineStoppedException)
        {
            // The session has no user to ask: hosts throw their own exceptions, the console's a NullReferenceException
            // at the end of its input.
            Report(OverrideMessages.NotConfirmed(overridden, request));
            return false;
        }
    }

    private void Run(Machine machine, PreparedRequest prepared, bool isWhatIf = false)
    {
        var shown = new HashSet<Notice>();
        PipRunOutcome outcome = Run(
            lines => PipRun.Execute(machine, prepared.Request, prepared.Verdict.Means, lines, Stop), isShown: true, shown);
        Write(outcome, shown, isWhatIf);
        foreach (Notice effect in prepared.Request.DryRun ? InstallPlanner.Effects(machine, prepared.Request, outcome) : [])
        {
            Warn(effect);
        }
    }

    /// <summary>Runs pip beside the pipeline's thread, which alone may write.</summary>
    /// <typeparam name="T">The type of the result.</typeparam>
    /// <param name="start">Runs it.</param>
    /// <param name="isShown">Whether its output is shown as that of the command, not as verbose text alone.</param>
    /// <param name="shown">Receives the warnings that were shown.</param>
    private protected T Run<T>(Func<IProgress<PipOutputLine>, T> start, bool isShown, HashSet<Notice>? shown = null)
    {
        using var lines = new BlockingCollection<PipOutputLine>();
        Task<T> run = Task.Run(() =>
        {
            try
            {
                return start(new Queued(lines));
            }
            finally
            {
                lines.CompleteAdding();
            }
        });
        bool hasProgress = false;
        foreach (PipOutputLine line in lines.GetConsumingEnumerable())
        {
            hasProgress |= line.Kind == PipOutputKind.Progress;
            if (line.Notice is Notice notice)
            {
                shown?.Add(notice);
                Warn(notice);
            }
            else if (isShown || line.Kind == PipOutputKind.Progress)
            {
                Show(line);
            }
            else
            {
                QuoteVerbose(line.Text);
            }
        }
        try
        {
            return run.GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            throw new PipelineStoppedException();
        }
        finally
        {
            if (hasProgress)
            {
                WriteProgress(new(1, "pip", "done") { RecordType = ProgressRecordType.Completed });
            }
        }
    }

    private void Write(PipRunOutcome outcome, HashSet<Notice> shown, bool isWhatIf)
    {
        foreach (Notice warning in outcome.Warnings.Where(shown.Add))
        {
            Warn(warning);
        }
        foreach (PipInstallResult result in outcome.Results)
        {
            WriteObject(result);
        }
        foreach (Failure failure in outcome.Failures)
        {
            // What -WhatIf asks is not whether pip can answer.
            if (isWhatIf && failure.Id is FailureId.PipFailed or FailureId.NotSupportedByPip)
            {
                Warn(PipRunMessages.NotKnown(failure));
            }
            else
            {
                Report(failure);
            }
        }
    }

    private void Show(PipOutputLine line)
    {
        switch (line.Kind)
        {
            case PipOutputKind.Warning:
                QuoteWarning(PipOutput.WithoutMark(line.Text));
                break;
            case PipOutputKind.Progress:
                WriteProgress(new(1, "pip", line.Text.Length > 0 ? line.Text : "downloading")
                {
                    PercentComplete = line.Total > 0 ? (int)(100 * line.Done / line.Total) : -1,
                });
                break;
            default:
                QuoteVerbose(line.Text);
                break;
        }
    }

    private sealed class Queued(BlockingCollection<PipOutputLine> lines) : IProgress<PipOutputLine>
    {
        public void Report(PipOutputLine value) => lines.Add(value);
    }
}
