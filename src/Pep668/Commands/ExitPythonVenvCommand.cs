using System.Management.Automation;
using Pep668.Machines;
using Pep668.PowerShell.Binding;
using Pep668.PowerShell.Session;
using Pep668.Venvs.Activation;

namespace Pep668.PowerShell.Commands;

/// <summary><c>Exit-PythonVenv</c>: reverts the changes of the last <c>Enter-PythonVenv</c> of this session, and no
/// others.</summary>
[Cmdlet(VerbsCommon.Exit, "PythonVenv")]
[OutputType(typeof(void))]
public sealed class ExitPythonVenvCommand : Pep668Command
{
    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var functions = new GlobalFunctions(SessionState);
        ActivationStack entered = ActivationStack.OfThisSession;
        if (entered.Top is null)
        {
            Report(NothingEntered(CurrentMachine(), functions));
            return;
        }
        foreach (ActivatedEnvironment gone in entered.ForgetGone(CurrentMachine, functions))
        {
            WriteVerbose(ActivationMessages.Forgotten(gone.Activation.Folder));
        }
        if (entered.Top is null)
        {
            return;
        }
        Machine machine = CurrentMachine();
        if (entered.IsCoveredByScript(machine, functions))
        {
            Report(ActivationMessages.Covered(entered.Top.Activation.Folder, machine.Variable("VIRTUAL_ENV")!));
            return;
        }
        ActivatedEnvironment exited = entered.Exit(machine, functions);
        string left = exited.Activation.Folder;
        if (exited.PromptStays)
        {
            Warn(ActivationMessages.PromptRemains(left, exited.Activation.Prompt));
        }
        WriteVerbose(ActivationMessages.Deactivated(left, CurrentMachine().Variable("VIRTUAL_ENV")));
    }

    private static Failure NothingEntered(Machine machine, GlobalFunctions functions) =>
        machine.Variable("VIRTUAL_ENV") is string active
            ? ActivationStack.HasDeactivate(functions)
                ? ActivationMessages.ActivatedByScript(active) : ActivationMessages.ActivatedElsewhere(active)
        : machine.Variable("CONDA_PREFIX") is string conda ? ActivationMessages.ActivatedByConda(conda)
        : ActivationMessages.NothingActive();
}
