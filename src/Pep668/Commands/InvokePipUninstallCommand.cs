using System.Management.Automation;
using Pep668.Machines;
using Pep668.Pip.Requests;
using Pep668.PowerShell.Binding;

namespace Pep668.PowerShell.Commands;

/// <summary><c>Invoke-PipUninstall</c>: removes packages with the real pip, or uv, where that is allowed, and returns
/// the changes as objects. PEP 668 covers removal too.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "PipUninstall", DefaultParameterSetName = ParameterSets.Environment, SupportsShouldProcess = true)]
[OutputType(typeof(PipInstallResult))]
public sealed class InvokePipUninstallCommand : PipRequestCommand
{
    /// <summary>Specifies the names of the packages to remove.</summary>
    [Parameter(Position = 0)]
    [ValidateText(AllowsEmpty = true)]
    public override string[] Package { get; set; } = [];

    /// <summary>Indicates that PEP 668 is overridden, after a confirmation, unless <c>-Force</c> or
    /// <c>-Confirm:$false</c> is given.</summary>
    [Parameter]
    public SwitchParameter BreakSystemPackages { get; set; }

    /// <summary>Indicates that an override needs no confirmation.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected override PipInput Input(Machine machine) => new(Action) { Packages = Packages };

    private protected override PipAction Action => PipAction.Uninstall;

    private protected override string Argument(string name, string? version) => name;

    private protected override PipRequest Rest(PythonEnvironment environment) =>
        new(Action, environment) { BreakSystemPackages = BreakSystemPackages };

    /// <inheritdoc/>
    private protected override void ProcessRequest(Machine machine, PythonEnvironment environment) =>
        Change(machine, environment, Force);
}
