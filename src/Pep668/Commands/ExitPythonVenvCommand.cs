using System.Management.Automation;
using Pep668.Machines;
using Pep668.PowerShell.Binding;
using Pep668.PowerShell.Session;
using Pep668.Venvs.Activation;

namespace Pep668.PowerShell.Commands;

/// <summary><c>Exit-PythonVenv</c>: takes back what the last <c>Enter-PythonVenv</c> of this session did, and nothing
/// else.</summary>
[Cmdlet(VerbsCommon.Exit, "PythonVenv", HelpUri = "https://peps.python.org/pep-0405/")]
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
            WriteVerbose($"'{gone.Activation.Folder}' is not active any more: something else has deactivated it.");
        }
        if (entered.Top is null)
        {
            return;
        }
        Machine machine = CurrentMachine();
        if (entered.IsCoveredByScript(machine, functions))
        {
            Report(new Failure(FailureId.EnvironmentBusy,
                $"'{machine.Variable("VIRTUAL_ENV")}' was activated by its own script after '{entered.Top.Activation.Folder}' was " +
                $"entered: deactivate it first.",
                machine.Variable("VIRTUAL_ENV"), "deactivate; Exit-PythonVenv"));
            return;
        }
        ActivatedEnvironment exited = entered.Exit(machine, functions);
        string left = exited.Activation.Folder;
        if (exited.PromptStays)
        {
            WriteWarning(
                $"The function 'prompt' of this session cannot be changed any more: it still shows '{exited.Activation.Prompt}', which " +
                $"was left.");
        }
        WriteVerbose(CurrentMachine().Variable("VIRTUAL_ENV") is string active
            ? $"'{left}' was left; '{active}' is active."
            : $"'{left}' was left.");
    }

    private static Failure NothingEntered(Machine machine, GlobalFunctions functions)
    {
        const string Nothing = "No environment was entered in this session";
        return machine.Variable("VIRTUAL_ENV") is string active
            ? ActivationStack.HasDeactivate(functions)
                ? new(FailureId.EnvironmentNotFound,
                    $"{Nothing}: '{active}' was activated by its own script, whose 'deactivate' undoes it.", active, "deactivate")
                : new(FailureId.EnvironmentNotFound,
                    $"{Nothing}: '{active}' was activated outside of it, in the shell that started this one or in another runspace, and " +
                    $"has to be left there.", active, "exit")
            : machine.Variable("CONDA_PREFIX") is string conda
                ? new(FailureId.EnvironmentNotFound, $"{Nothing}: '{conda}' was activated by conda.", conda, "conda deactivate")
                : new(FailureId.EnvironmentNotFound, $"{Nothing}: there is nothing to leave.", null, "Enter-PythonVenv");
    }
}
