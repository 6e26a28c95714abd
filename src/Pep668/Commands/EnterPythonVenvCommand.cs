using System.Management.Automation;
using Pep668.Machines;
using Pep668.PowerShell.Binding;
using Pep668.PowerShell.Session;
using Pep668.Venvs.Activation;

namespace Pep668.PowerShell.Commands;

/// <summary><c>Enter-PythonVenv</c>: activates a virtual environment in this session, as its <c>Activate.ps1</c> does,
/// even if the environment does not have that script.</summary>
// It changes the session and nothing on disk, as Enter-PSSession does, so it supports no confirmation.
[Cmdlet(VerbsCommon.Enter, "PythonVenv", DefaultParameterSetName = ParameterSets.Environment)]
[OutputType(typeof(void))]
public sealed class EnterPythonVenvCommand : EnvironmentCommand
{
    private PythonEnvironment? _entered;

    /// <inheritdoc/>
    protected override void ProcessRecord() => ProcessEnvironments();

    /// <inheritdoc/>
    private protected override void Process(Machine machine, PythonEnvironment environment)
    {
        if (_entered is not null)
        {
            if (string.Equals(_entered.Prefix, environment.Prefix, StringComparison.Ordinal))
            {
                WriteVerbose(ActivationMessages.AlreadyActive(environment.Prefix));
                return;
            }
            Report(ActivationMessages.Second(environment.Prefix, _entered.Prefix) with { Target = environment });
            return;
        }
        if (ActivationPolicy.Refusal(environment, CurrentMachine()) is Failure refusal)
        {
            Report(refusal);
            return;
        }
        _entered = environment;
        // The present variables, which earlier objects of the pipeline may have changed.
        Machine now = CurrentMachine();
        var functions = new GlobalFunctions(SessionState);
        ActivationStack entered = ActivationStack.OfThisSession;
        foreach (ActivatedEnvironment gone in entered.ForgetGone(CurrentMachine, functions))
        {
            WriteVerbose(ActivationMessages.Forgotten(gone.Activation.Folder));
        }
        if (VenvActivation.IsInForce(environment, now))
        {
            WriteVerbose(ActivationMessages.AlreadyActive(environment.Prefix));
            return;
        }
        var activation = VenvActivation.For(environment, now);
        if (!entered.Enter(activation, functions))
        {
            Warn(ActivationMessages.PromptUnchanged(activation.Folder));
        }
        WriteVerbose(ActivationMessages.Activated(activation.Folder, activation.Scripts));
    }
}
