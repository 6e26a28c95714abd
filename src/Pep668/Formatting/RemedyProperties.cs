using System.Management.Automation;
using Pep668.Shells;

namespace Pep668.PowerShell.Formatting;

/// <summary>Properties that the type data of the module adds to remedies and to what has one.</summary>
public static class RemedyProperties
{
    /// <summary>The command of a remedy for PowerShell; null if it has none.</summary>
    /// <param name="remedy">The remedy.</param>
    public static string? Command(PSObject remedy) =>
        (remedy?.BaseObject switch
        {
            Remedy known => known,
            PythonInstallAdvice advice => advice.Remedy,
            SystemPythonPackage package => package.Install,
            _ => null,
        }) is Remedy found ? PowerShellRenderer.Instance.Render(found) : null;
}
