using System.Management.Automation;
using Pep668.Machines;
using Pep668.Pip.Requests;
using Pep668.PowerShell.Binding;

namespace Pep668.PowerShell.Commands;

/// <summary><c>Invoke-PipUninstall</c>: removes distributions with the real pip where that is allowed, and says as
/// objects what changed. PEP 668 guards removal too.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "PipUninstall", DefaultParameterSetName = ParameterSets.Environment, SupportsShouldProcess = true)]
[OutputType(typeof(PipInstallResult))]
public sealed class InvokePipUninstallCommand : PipChangeCommand
{
    /// <summary>The names of what to remove.</summary>
    [Parameter(Position = 0)]
    public string[] Package { get; set; } = [];

    private protected override PipInput Input(Machine machine) => new(PipAction.Uninstall) { Packages = Package };

    private protected override PipRequest Rest(PythonEnvironment environment) =>
        new(PipAction.Uninstall, environment) { BreakSystemPackages = BreakSystemPackages };
}
