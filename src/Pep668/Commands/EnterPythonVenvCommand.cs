using System.Management.Automation;
using Pep668.Machines;
using Pep668.PowerShell.Binding;
using Pep668.PowerShell.Session;
using Pep668.Venvs.Activation;

namespace Pep668.PowerShell.Commands;

/// <summary><c>Enter-PythonVenv</c>: activates a virtual environment in this session, as its own <c>Activate.ps1</c>
/// would, if it has one or not.</summary>
// It changes the session and nothing on disk, as Enter-PSSession does: there is nothing to confirm.
[Cmdlet(VerbsCommon.Enter, "PythonVenv", DefaultParameterSetName = ParameterSets.Environment,
    HelpUri = "https://peps.python.org/pep-0405/")]
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
                WriteVerbose($"'{environment.Prefix}' is active already: nothing to do.");
                return;
            }
            Report(new Failure(FailureId.EnvironmentBusy,
                $"Only one environment can be active: '{_entered.Prefix}' was entered, and '{environment.Prefix}' was not.", environment,
                $"Enter-PythonVenv '{environment.Prefix.Replace("'", "''", StringComparison.Ordinal)}'"));
            return;
        }
        if (ActivationPolicy.Refusal(environment) is Failure refusal)
        {
            Report(refusal);
            return;
        }
        _entered = environment;
        // Variables are those of now, whatever came down the pipeline before.
        Machine now = CurrentMachine();
        var functions = new GlobalFunctions(SessionState);
        ActivationStack entered = ActivationStack.OfThisSession;
        foreach (ActivatedEnvironment gone in entered.ForgetGone(CurrentMachine, functions))
        {
            WriteVerbose($"'{gone.Activation.Folder}', entered before, is not active any more.");
        }
        if (VenvActivation.IsInForce(environment, now))
        {
            WriteVerbose($"'{environment.Prefix}' is active already: nothing to do.");
            return;
        }
        var activation = VenvActivation.For(environment, now);
        if (!entered.Enter(activation, functions))
        {
            WriteWarning(
                "The function 'prompt' of this session cannot be changed: the environment is active, but the prompt does not show it.");
        }
        WriteVerbose($"'{activation.Folder}' is active: {activation.Scripts} is first on PATH.");
    }
}
