using System.Management.Automation;
using Pep668.Machines;

namespace Pep668.PowerShell.Completion;

/// <summary>The machine as the session sees it, for completers, which are handed no session.</summary>
internal static class SessionMachine
{
    internal static Machine Current()
    {
        using var shell = System.Management.Automation.PowerShell.Create(RunspaceMode.CurrentRunspace);
        shell.AddCommand("Microsoft.PowerShell.Management\\Get-Location").AddParameter("PSProvider", "FileSystem");
        return Machine.Current(shell.Invoke<PathInfo>().Select(location => location.ProviderPath).FirstOrDefault());
    }
}
