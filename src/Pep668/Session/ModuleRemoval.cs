using System.Management.Automation;
using Pep668.Machines;

namespace Pep668.PowerShell.Session;

/// <summary>What happens when the module is removed from a session: what was entered is left, since nothing would be
/// there to leave it later.</summary>
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
