using System.Management.Automation;
using Pep668.Pip.Applications;
using Pep668.PowerShell.Binding;

namespace Pep668.PowerShell.Commands;

/// <summary><c>Uninstall-PythonApplication</c>: removes applications with the program that installed them.</summary>
[Cmdlet(VerbsLifecycle.Uninstall, "PythonApplication", DefaultParameterSetName = ParameterSets.Name, SupportsShouldProcess = true)]
[OutputType(typeof(PythonApplication))]
public sealed class UninstallPythonApplicationCommand : ApplicationChangeCommand
{
    private protected override ApplicationAction Action => ApplicationAction.Uninstall;

    /// <inheritdoc/>
    protected override void ProcessRecord() => ChangeNamed();
}
