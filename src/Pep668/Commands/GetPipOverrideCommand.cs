using System.Management.Automation;
using Pep668.Discovery;
using Pep668.Discovery.Resolution;
using Pep668.Machines;
using Pep668.Pip.Settings;
using Pep668.PowerShell.Binding;

namespace Pep668.PowerShell.Commands;

/// <summary>
/// <c>Get-PipOverride</c>: every place that sets <c>break-system-packages</c> for pip or uv, the one that decides first
/// told from the rest. Files and variables are read; neither tool is run.
/// </summary>
[Cmdlet(VerbsCommon.Get, "PipOverride", DefaultParameterSetName = ParameterSets.Environment, HelpUri = "https://peps.python.org/pep-0668/")]
[OutputType(typeof(PipOverride))]
public sealed class GetPipOverrideCommand : EnvironmentCommand
{
    /// <summary>A folder that stands for <c>/</c>: an image, a chroot, a WSL distribution. The host's variables and
    /// home are not looked at.</summary>
    [Parameter]
    public string? Root { get; set; }

    /// <inheritdoc/>
    private protected override Machine? LookupMachine() => MachineUnder(Root);

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (MyInvocation.BoundParameters.ContainsKey(nameof(Environment)))
        {
            ProcessEnvironments();
        }
        else if (LookupMachine() is Machine machine)
        {
            // Most places belong to no environment: an image without any Python can have an override too.
            Outcome<PythonEnvironment> resolution = new EnvironmentResolver(new EnvironmentCatalog(machine)).Implied();
            Write(machine, resolution.Failure is null ? Accept(resolution) : null);
        }
    }

    /// <inheritdoc/>
    private protected override void Process(Machine machine, PythonEnvironment environment) => Write(machine, environment);

    private void Write(Machine machine, PythonEnvironment? environment)
    {
        PipOverrideList found = PipOverrides.Find(machine, environment);
        foreach (string problem in found.Problems)
        {
            WriteWarning(problem);
        }
        if (found.Overrides.Count == 0)
        {
            WriteVerbose("Nothing sets break-system-packages.");
        }
        WriteObject(found.Overrides, enumerateCollection: true);
    }
}
