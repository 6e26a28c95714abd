using System.Management.Automation;
using Pep668.Machines;
using Pep668.Pip.Requests;
using Pep668.PowerShell.Binding;

namespace Pep668.PowerShell.Commands;

/// <summary><c>Invoke-PipUninstall</c>: removes packages with the real pip, or uv, where that is allowed, and returns
/// the changes as objects. PEP 668 covers removal too.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "PipUninstall", DefaultParameterSetName = ParameterSets.Environment, SupportsShouldProcess = true)]
[OutputType(typeof(PipInstallResult))]
public sealed class InvokePipUninstallCommand : PipChangeCommand
{
    /// <summary>Specifies the names of the packages to remove.</summary>
    [Parameter(Position = 0)]
    [ValidateText(AllowsEmpty = true)]
    public override string[] Package { get; set; } = [];

    private protected override PipInput Input(Machine machine) => new(Action) { Packages = Packages };

    private protected override PipAction Action => PipAction.Uninstall;

    private protected override string Argument(string name, string? version) => name;

    private protected override PipRequest Rest(PythonEnvironment environment) =>
        new(Action, environment) { BreakSystemPackages = BreakSystemPackages };
}
