using System.Management.Automation;
using Pep668.Discovery;
using Pep668.Discovery.Resolution;
using Pep668.Machines;
using Pep668.PowerShell.Binding;
using Pep668.PowerShell.Completion;
using Pep668.Venvs.Creation;
using Pep668.Venvs.Repair;
using Pep668.Venvs.Seeding;

namespace Pep668.PowerShell.Commands;

/// <summary><c>Repair-PythonVenv</c>: repairs a virtual environment in place and keeps its packages.</summary>
[Cmdlet(VerbsDiagnostic.Repair, "PythonVenv", DefaultParameterSetName = ParameterSets.Environment, SupportsShouldProcess = true)]
[OutputType(typeof(PythonEnvironment))]
public sealed class RepairPythonVenvCommand : EnvironmentCommand
{
    /// <summary>Specifies the base Python: an environment, a path, a name, a version or a specifier. The default is the
    /// environment's base Python, else another one of the same version.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(Completion.EnvironmentCompleter))]
    public PSObject? Python { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => ProcessEnvironments();

    /// <inheritdoc/>
    private protected override void Process(Machine machine, PythonEnvironment environment)
    {
        if (VenvExamination.Refusal(environment) is Failure refusal)
        {
            Report(refusal);
            return;
        }
        var catalog = new EnvironmentCatalog(machine);
        PythonEnvironment? python = null;
        if (MyInvocation.BoundParameters.ContainsKey(nameof(Python))
            && (python = Accept(
                Resolve(Python, new EnvironmentResolver(catalog), (resolver, text) => resolver.ResolveBase(text)).Resolution)) is null)
        {
            return;
        }
        var repairer = new VenvRepairer(catalog, SeedCache.For(machine));
        VenvRepair repair = repairer.Prepare(environment, python);
        string[] wanted = [.. repair.Examination.Defects.Where(defect => defect.CanBeRepaired).Select(defect => defect.Message)];
        if (repair.Refusal is null && wanted.Length > 0 && !ShouldProcess(environment.Prefix, RepairMessages.Action(wanted)))
        {
            return;
        }
        Outcome<VenvResult> outcome = repairer.Repair(repair, Stop);
        foreach (string reason in outcome.Reasons)
        {
            WriteVerbose(reason);
        }
        foreach (VenvDefect left in repair.Examination.Defects.Where(defect => defect is { CanBeRepaired: false, IsFatal: false }))
        {
            Warn(left.ToNotice(environment, showsRepair: false));
        }
        if (outcome.TryGet(out VenvResult? result, out Failure? failure))
        {
            WriteObject(result.Environment);
        }
        else
        {
            Report(failure);
        }
    }
}
