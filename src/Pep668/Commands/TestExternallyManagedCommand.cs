using System.Management.Automation;
using Pep668.Machines;
using Pep668.PowerShell.Binding;

namespace Pep668.PowerShell.Commands;

/// <summary>
/// <c>Test-ExternallyManaged</c>: whether PEP 668 forbids pip to change an environment. <c>$true</c> means managed: pip
/// may not.
/// </summary>
[Cmdlet(VerbsDiagnostic.Test, "ExternallyManaged", DefaultParameterSetName = ParameterSets.Environment,
    HelpUri = "https://peps.python.org/pep-0668/")]
[OutputType(typeof(bool))]
public sealed class TestExternallyManagedCommand : EnvironmentCommand
{
    /// <summary>A folder that stands for <c>/</c>: an image, a chroot, a WSL distribution. Nothing in it is
    /// run.</summary>
    [Parameter]
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
            Report(new Failure(FailureId.EnvironmentNotFound,
                $"Whether '{environment.Executable}' is managed cannot be told: {environment.Problem}", environment,
                $"Get-PythonEnvironment '{environment.Executable}' -Verify"));
            return;
        }
        if (environment.Health == EnvironmentHealth.Broken)
        {
            WriteWarning($"'{environment.Prefix}' is broken: {environment.Problem}");
        }
        WriteVerbose(environment.IsExternallyManaged ? $"Managed: {environment.MarkerPath}."
            : environment.IsVirtual ? "Not managed: it is a virtual environment."
            : $"Not managed: there is no EXTERNALLY-MANAGED in {environment.StdLib}.");
        WriteObject(environment.IsExternallyManaged);
    }
}
