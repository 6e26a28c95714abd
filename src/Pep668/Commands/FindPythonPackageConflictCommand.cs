using System.Management.Automation;
using Pep668.Audit;
using Pep668.Discovery;
using Pep668.Machines;
using Pep668.PowerShell.Binding;
using Pep668.PowerShell.Errors;

namespace Pep668.PowerShell.Commands;

/// <summary>
/// <c>Find-PythonPackageConflict</c>: finds what past installs have broken: distro packages that are shadowed or
/// overwritten, markers that were removed, and what failed installs left. It reads files and changes nothing.
/// </summary>
[Cmdlet(VerbsCommon.Find, "PythonPackageConflict", DefaultParameterSetName = ParameterSets.Environment)]
[OutputType(typeof(PythonPackageConflict))]
public sealed class FindPythonPackageConflictCommand : EnvironmentReadCommand
{
    /// <summary>Specifies a folder that is used as <c>/</c>: an image, a chroot, a WSL distribution. No program in it
    /// is run.</summary>
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
            Write(ConflictFinder.Find(new EnvironmentCatalog(machine)));
        }
    }

    /// <inheritdoc/>
    private protected override void Process(Machine machine, PythonEnvironment environment) =>
        Write(ConflictFinder.Find(machine, environment));

    private void Write(Outcome<IReadOnlyList<PythonPackageConflict>> outcome)
    {
        if (Accept(outcome) is not IReadOnlyList<PythonPackageConflict> conflicts)
        {
            return;
        }
        if (conflicts.Count == 0)
        {
            WriteVerbose(ModuleMessages.NoConflict());
        }
        WriteObject(conflicts, enumerateCollection: true);
    }
}
