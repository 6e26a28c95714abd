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
}
