using System.Management.Automation;
using Pep668.Machines;
using Pep668.Pip.Requests;
using Pep668.PowerShell.Binding;

namespace Pep668.PowerShell.Commands;

/// <summary><c>Invoke-PipInstall</c>: installs with the real pip, or uv, where that is allowed, and returns the
/// changes as objects.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "PipInstall", DefaultParameterSetName = ParameterSets.Environment, SupportsShouldProcess = true)]
[OutputType(typeof(PipInstallResult))]
public sealed class InvokePipInstallCommand : PipInstallRequestCommand
{
    /// <summary>Indicates that nothing is changed, and that the result is what would change.</summary>
    [Parameter]
    public SwitchParameter DryRun { get; set; }

    /// <summary>Indicates that PEP 668 is overridden, after a confirmation, unless <c>-Force</c> or
    /// <c>-Confirm:$false</c> is given.</summary>
    [Parameter]
    public SwitchParameter BreakSystemPackages { get; set; }

    /// <summary>Indicates that an override needs no confirmation.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected override PipRequest Rest(PythonEnvironment environment) =>
        base.Rest(environment) with { DryRun = DryRun, BreakSystemPackages = BreakSystemPackages };

    /// <inheritdoc/>
    private protected override void ProcessRequest(Machine machine, PythonEnvironment environment) =>
        Change(machine, environment, Force);
}
