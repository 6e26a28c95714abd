using System.Management.Automation;
using Pep668.Machines;
using Pep668.Pip.Planning;
using Pep668.Pip.Requests;
using Pep668.PowerShell.Binding;

namespace Pep668.PowerShell.Commands;

/// <summary><c>Get-PipInstallPlan</c>: gets what an install would change, and which distro packages it would shadow or
/// overwrite. It changes nothing and refuses nothing.</summary>
[Cmdlet(VerbsCommon.Get, "PipInstallPlan", DefaultParameterSetName = ParameterSets.Environment)]
[OutputType(typeof(PipInstallPlan))]
public sealed class GetPipInstallPlanCommand : PipInstallRequestCommand
{
    /// <summary>Indicates that packages without a wheel are built to find their dependencies, which runs their
    /// code.</summary>
    [Parameter]
    public SwitchParameter AllowBuild { get; set; }

    private protected override PipRequest Rest(PythonEnvironment environment) =>
        base.Rest(environment) with { Builds = AllowBuild ? PipBuilds.Allowed : PipBuilds.OnlyWheels };

    /// <inheritdoc/>
    private protected override void ProcessRequest(Machine machine, PythonEnvironment environment)
    {
        PipInput input = Input(machine);
        PipRequest rest = Rest(environment);
        if (Accept(Run(lines => InstallPlanner.Plan(machine, input, rest, lines, Stop), isShown: false)) is PipInstallPlan plan)
        {
            WriteObject(plan);
        }
    }
}
