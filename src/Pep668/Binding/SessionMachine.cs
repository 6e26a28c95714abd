using System.Collections;
using System.Management.Automation;
using Pep668.Machines;

namespace Pep668.PowerShell.Binding;

/// <summary>The machine of the session, for completers, which have no access to the session.</summary>
internal static class SessionMachine
{
    /// <summary>This machine, or the one below the root that is already on the command line.</summary>
    internal static Machine Current(IDictionary boundParameters)
    {
        if (boundParameters["Root"]?.ToString() is { Length: > 0 } root && FileTree.Host.IsDirectory(root))
        {
            return Machine.Under(root);
        }
        using var shell = System.Management.Automation.PowerShell.Create(RunspaceMode.CurrentRunspace);
        shell.AddCommand("Microsoft.PowerShell.Management\\Get-Location").AddParameter("PSProvider", "FileSystem");
        return Machine.Current(shell.Invoke<PathInfo>().Select(location => location.ProviderPath).FirstOrDefault());
    }
}
