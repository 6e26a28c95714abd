using System.Management.Automation;
using Pep668.Pip.Planning;

namespace Pep668.PowerShell.Formatting;

/// <summary>Parts of a plan in its view. In a plan of another session, its parts are texts.</summary>
public static class PlanView
{
    /// <summary>What would change, a line for each package.</summary>
    /// <param name="plan">The plan.</param>
    public static string? Changes(PSObject plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        object? changes = plan.BaseObject is PipInstallPlan known ? PlanText.Changes(known) : plan.Properties["Changes"]?.Value;
        return LanguagePrimitives.GetEnumerable(changes)?.Cast<object>().Any() == true ? ViewText.Lines(changes) : "none";
    }

    /// <summary>Distro packages, a line each.</summary>
    /// <param name="conflicts">The packages.</param>
    public static string? Affected(object conflicts) =>
        ViewText.Lines(conflicts is IEnumerable<PythonPackageConflict> known ? known.Select(PlanText.Affected) : conflicts);

    /// <summary>The first dependents, and how many others there are.</summary>
    /// <param name="packages">The dependents.</param>
    public static string? Dependents(IReadOnlyList<string> packages) => ViewText.Line(PlanText.Dependents(packages));
}
