using System.Management.Automation;
using Pep668.Discovery;
using Pep668.Machines;
using Pep668.PowerShell.Binding;
using Pep668.Venvs.Repair;

namespace Pep668.PowerShell.Commands;

/// <summary><c>Test-PythonVenv</c>: determines whether a virtual environment works, and writes a warning for each
/// defect. Nothing is run.</summary>
[Cmdlet(VerbsDiagnostic.Test, "PythonVenv", DefaultParameterSetName = ParameterSets.Environment)]
[OutputType(typeof(bool))]
public sealed class TestPythonVenvCommand : EnvironmentReadCommand
{
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
        VenvExamination examination = VenvExaminer.Examine(new EnvironmentCatalog(machine), environment);
        VenvDefect? last = examination.Defects.LastOrDefault(defect => defect is { IsHarmless: false, CanBeRepaired: true });
        foreach (VenvDefect defect in examination.Defects)
        {
            if (defect.IsHarmless)
            {
                WriteVerbose(RepairMessages.Harmless(environment, defect.Message));
            }
            else
            {
                Warn(defect.ToNotice(environment, showsRepair: defect == last));
            }
        }
        WriteObject(examination.IsSound);
    }
}
