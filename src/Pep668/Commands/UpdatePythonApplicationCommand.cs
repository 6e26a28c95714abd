using System.Management.Automation;
using Pep668.Machines;
using Pep668.Pip.Applications;
using Pep668.PowerShell.Binding;

namespace Pep668.PowerShell.Commands;

/// <summary><c>Update-PythonApplication</c>: upgrades applications with the program that installed them.</summary>
[Cmdlet(VerbsData.Update, "PythonApplication", DefaultParameterSetName = ParameterSets.Name, SupportsShouldProcess = true)]
[OutputType(typeof(PythonApplication))]
public sealed class UpdatePythonApplicationCommand : ApplicationChangeCommand
{
    /// <summary>Indicates that all applications are updated.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ParameterSets.All)]
    public SwitchParameter All { get; set; }

    private protected override ApplicationAction Action => ApplicationAction.Update;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (!All)
        {
            ChangeNamed();
            return;
        }
        Machine machine = CurrentMachine();
        foreach (Outcome<ApplicationJob> job in new ApplicationPlanner(machine).ChangeAll(Action, Installer))
        {
            Run(machine, job);
        }
    }
}
