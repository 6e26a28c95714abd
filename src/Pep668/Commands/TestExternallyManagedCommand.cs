using System.Management.Automation;
using Pep668.Environments;
using Pep668.Machines;
using Pep668.PowerShell.Binding;

namespace Pep668.PowerShell.Commands;

/// <summary>
/// <c>Test-ExternallyManaged</c>: determines whether an environment is externally managed. <c>$true</c> means that
/// PEP 668 forbids pip to change it.
/// </summary>
[Cmdlet(VerbsDiagnostic.Test, "ExternallyManaged", DefaultParameterSetName = ParameterSets.Environment)]
[OutputType(typeof(bool))]
public sealed class TestExternallyManagedCommand : EnvironmentReadCommand
{
    /// <summary>Specifies a folder that is used as <c>/</c>: an image, a chroot, a WSL distribution. No program in it
    /// is run.</summary>
    [Parameter]
    [ValidateText(AllowsEmpty = true)]
    public string? Root { get; set; }

    /// <inheritdoc/>
    private protected override Machine? LookupMachine() => MachineUnder(Root);

    /// <inheritdoc/>
    protected override void ProcessRecord() => ProcessEnvironments();

    /// <inheritdoc/>
    private protected override void Process(Machine machine, PythonEnvironment environment)
    {
        if (environment.StdLib is null && !environment.IsVirtual)
        {
            Report(EnvironmentMessages.NoMarkerFolder(environment));
            return;
        }
        if (environment.Health == EnvironmentHealth.Broken)
        {
            Warn(EnvironmentMessages.Broken(environment));
        }
        WriteVerbose(EnvironmentMessages.ManagedReason(environment));
        WriteObject(environment.IsExternallyManaged);
    }
}
