using Pep668.Pip.Planning;

namespace Pep668.PowerShell.Formatting;

/// <summary>Parts of a plan in its view.</summary>
public static class PlanView
{
    /// <summary>What would change, a line for each package.</summary>
    /// <param name="plan">The plan.</param>
    public static string? Changes(PipInstallPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return plan.Changes.Count == 0 ? "none" : ViewText.Lines(PlanText.Changes(plan));
    }

    /// <summary>Distro packages, a line each.</summary>
    /// <param name="conflicts">The packages.</param>
    public static string? Affected(IReadOnlyList<PythonPackageConflict> conflicts) => ViewText.Lines(conflicts.Select(PlanText.Affected));

    /// <summary>The first dependents, and how many others there are.</summary>
    /// <param name="packages">The dependents.</param>
    public static string? Dependents(IReadOnlyList<string> packages) => ViewText.Line(PlanText.Dependents(packages));
}
