using Pep668.Distros;
using Pep668.Machines;

namespace Pep668.Audit;

/// <summary>The steps that repair conflicts, for this user.</summary>
internal static class AuditSteps
{
    /// <summary>The command that installs the package again, for this user; empty if its manager has none.</summary>
    internal static IReadOnlyList<RemedyStep> Reinstall(Machine machine, PackageOwner owner) =>
        owner.Database.Reinstall(owner.Package) is ProgramStep step ? [step.ForUser(machine)] : [];

    /// <summary>A step that needs root, for this user.</summary>
    internal static ProgramStep ForUser(this ProgramStep step, Machine machine) =>
        step with { NeedsRoot = step.NeedsRoot && machine.UserId != 0 };

    /// <summary>The step that uninstalls a distribution with pip, in spite of PEP 668: what it removes is what an
    /// override installed.</summary>
    internal static ProductStep Uninstall(AuditedPython python, string name) =>
        new ProductStep(ProductCommand.Uninstall).With(ProductParameter.Package, name).In(python.Environment)
            .WithSwitch(ProductParameter.BreakSystemPackages, python.IsMeantToBeManaged)
            .WithSwitch(ProductParameter.Force, python.IsMeantToBeManaged);
}
