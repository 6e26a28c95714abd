using System.Management.Automation;
using Pep668.Machines;
using Pep668.Pip.Applications;
using Pep668.PowerShell.Completion;

namespace Pep668.PowerShell.Binding;

/// <summary>A cmdlet that changes applications that exist.</summary>
public abstract class ApplicationChangeCommand : ApplicationCommand
{
    /// <summary>Specifies applications: names, or objects of <c>Get-PythonApplication</c>.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = ParameterSets.Name)]
    [ValidateText]
    [ArgumentCompleter(typeof(ApplicationCompleter))]
    public PSObject[] Name { get; set; } = [];

    /// <summary>Specifies whose applications are changed: those of pipx or of uv. The default, <c>Auto</c>, is
    /// both.</summary>
    [Parameter]
    public PythonApplicationInstaller Installer { get; set; }

    /// <summary>What is done.</summary>
    private protected abstract ApplicationAction Action { get; }

    /// <summary>Changes the applications that were given.</summary>
    private protected void ChangeNamed()
    {
        foreach (PSObject given in Name)
        {
            if (NameOf(given, out PythonApplicationInstaller installer) is not string name)
            {
                continue;
            }
            // The applications of the moment: one of the pipeline can have been removed.
            Machine machine = CurrentMachine();
            foreach (Outcome<ApplicationJob> job in new ApplicationPlanner(machine)
                .Change(Action, name, Installer == PythonApplicationInstaller.Auto ? installer : Installer))
            {
                Run(machine, job);
            }
        }
    }
}
