using System.Collections.Concurrent;
using System.Globalization;
using System.Management.Automation;
using Pep668.Machines;
using Pep668.Markers;
using Pep668.Pip.Policy;
using Pep668.Pip.Requests;
using Pep668.Pip.Running;
using Pep668.PowerShell.Completion;
using Pep668.Requirements;

namespace Pep668.PowerShell.Binding;

/// <summary>A cmdlet that changes what is installed: policy first, then the question, then pip, whose output comes as
/// it is written.</summary>
public abstract partial class PipChangeCommand : EnvironmentCommand
{
    private readonly HashSet<PythonEnvironment> _done = [];
    private bool _yesToAll;
    private bool _noToAll;

    /// <summary>
    /// Specifies the environment: an object, an existing path, a name, a version or specifier. The default is the
    /// active one, else the nearest <c>.venv</c> that belongs to you or root, else the default Python.
    /// </summary>
    // By name only: what comes by value may be packages.
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    [AllowNull]
    [ArgumentCompleter(typeof(Completion.EnvironmentCompleter))]
    public override PSObject?[]? Environment { get; set; }

    /// <summary>Indicates that PEP 668 is overridden, after a confirmation, unless <c>-Force</c> or
    /// <c>-Confirm:$false</c> is given.</summary>
    [Parameter]
    public SwitchParameter BreakSystemPackages { get; set; }

    /// <summary>Indicates that an override needs no confirmation.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>What the user typed.</summary>
    /// <param name="machine">The machine that the session is on.</param>
    private protected abstract PipInput Input(Machine machine);

    /// <summary>What needs no reading.</summary>
    private protected abstract PipRequest Rest(PythonEnvironment environment);

    /// <inheritdoc/>
    private protected override void Process(Machine machine, PythonEnvironment environment)
    {
        ArgumentNullException.ThrowIfNull(machine);
        ArgumentNullException.ThrowIfNull(environment);
        // Several objects can be one environment: it is changed once.
        if (!_done.Add(environment))
        {
            return;
        }
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
            if (prepared.Verdict.Overridden is null || MayOverride(prepared.Verdict.Overridden, request))
            {
                Run(machine, prepared);
            }
        }
        else if (reason == ShouldProcessReason.WhatIf)
        {
            Run(machine, prepared with { Request = request with { DryRun = true } }, isWhatIf: true);
        }
    }

    private bool MayOverride(Failure overridden, PipRequest request)
    {
        bool isAnswered = Force || (MyInvocation.BoundParameters.TryGetValue("Confirm", out object? confirm)
            && confirm is SwitchParameter { IsPresent: false });
        if (isAnswered)
        {
            return true;
        }
        try
        {
            // With this overload No is the answer of a mere Enter.
            return ShouldContinue(OverrideMessages.Question(overridden, request), OverrideMessages.Caption, hasSecurityImpact: true,
                ref _yesToAll, ref _noToAll);
        }
        catch (Exception error) when (error is not PipelineStoppedException)
        {
            // The session has no user to ask: hosts throw their own exceptions, the console's a NullReferenceException
            // at the end of its input.
            Report(OverrideMessages.NotConfirmed(overridden, request));
            return false;
        }
    }

    // pip runs beside the pipeline's thread, which alone may write.
    private void Run(Machine machine, PreparedRequest prepared, bool isWhatIf = false)
    {
        using var lines = new BlockingCollection<PipOutputLine>();
        Task<PipRunOutcome> run = Task.Run(() =>
        {
            try
            {
                return PipRun.Execute(machine, prepared.Request, prepared.Verdict.Means, new Queued(lines), Stop);
            }
            finally
            {
                lines.CompleteAdding();
            }
        });
        bool hasProgress = false;
        var shown = new HashSet<Notice>();
        foreach (PipOutputLine line in lines.GetConsumingEnumerable())
        {
            hasProgress |= line.Kind == PipOutputKind.Progress;
            if (line.Notice is Notice notice)
            {
                shown.Add(notice);
                Warn(notice);
            }
            else
            {
                Show(line);
            }
        }
        PipRunOutcome outcome;
        try
        {
            outcome = run.GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            throw new PipelineStoppedException();
        }
        if (hasProgress)
        {
            WriteProgress(new(1, "pip", "done") { RecordType = ProgressRecordType.Completed });
        }
        Write(outcome, shown, isWhatIf);
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
