using System.Management.Automation;
using Pep668.Discovery;
using Pep668.Discovery.Resolution;
using Pep668.Machines;
using Pep668.Pip.Policy;
using Pep668.Pip.Settings;
using Pep668.PowerShell.Binding;
using Pep668.PowerShell.Errors;

namespace Pep668.PowerShell.Commands;

/// <summary>
/// <c>Get-PipOverride</c>: gets every place that sets <c>break-system-packages</c> for pip or uv, and which one is
/// effective. It reads files and variables and runs neither tool.
/// </summary>
[Cmdlet(VerbsCommon.Get, "PipOverride", DefaultParameterSetName = ParameterSets.Environment)]
[OutputType(typeof(PipOverride))]
public sealed class GetPipOverrideCommand : EnvironmentReadCommand
{
    /// <summary>Specifies a folder that is used as <c>/</c>: an image, a chroot, a WSL distribution. The host's
    /// variables and home folder are not used.</summary>
    [Parameter]
    [ValidateText(AllowsEmpty = true)]
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
            // Most settings belong to no environment: an image without a Python can have an override too.
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
            Warn(PolicyMessages.InvalidSetting(problem));
        }
        if (found.Overrides.Count == 0)
        {
            WriteVerbose(ModuleMessages.NoOverride());
        }
        WriteObject(found.Overrides, enumerateCollection: true);
    }
}
