using System.Management.Automation;
using Pep668.Machines;

namespace Pep668.PowerShell.Session;

/// <summary>Deactivates the environments of a session when the module is removed from it, because the cmdlet that
/// deactivates them is removed too.</summary>
public sealed class ModuleRemoval : IModuleAssemblyCleanup
{
    /// <inheritdoc/>
    public void OnRemove(PSModuleInfo psModuleInfo)
    {
        ActivationStack entered = ActivationStack.OfThisSession;
        if (entered.Top is null)
        {
            return;
        }
        using var shell = System.Management.Automation.PowerShell.Create(RunspaceMode.CurrentRunspace);
        if (shell.AddScript("$ExecutionContext.SessionState").Invoke<SessionState>().FirstOrDefault() is not SessionState session)
        {
            return;
        }
        var functions = new GlobalFunctions(session);
        while (entered.Top is not null)
        {
            entered.Exit(Machine.Current(), functions);
        }
    }
}
