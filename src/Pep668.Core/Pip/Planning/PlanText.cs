namespace Pep668.Pip.Planning;

/// <summary>The parts of a plan as a person reads them, a line each.</summary>
internal static class PlanText
{
    private const int MostDependents = 3;

    /// <summary>The parts, with their headings. A part that is empty is missing, except the changes.</summary>
    internal static IReadOnlyList<(string Heading, IReadOnlyList<string> Lines)> Parts(PipInstallPlan plan)
    {
        (string Heading, IReadOnlyList<string> Lines)[] parts =
        [
            (nameof(plan.Environment), [plan.Environment.Executable]),
            (nameof(plan.Risk), [plan.Risk.ToString()]),
            (nameof(plan.Changes), plan.Changes.Count == 0 ? ["none"] : Changes(plan)),
            (nameof(plan.Unknown), plan.Unknown),
            (nameof(plan.Overwritten), [.. plan.Overwritten.Select(Affected)]),
            (nameof(plan.Shadowed), [.. plan.Shadowed.Select(Affected)]),
            (nameof(plan.Dependents), plan.Dependents.Count == 0 ? [] : [Dependents(plan.Dependents)]),
        ];
        return [.. parts.Where(part => part.Lines.Count > 0)];
    }

    /// <summary>What would change: <c>requests 2.28.1 -> 2.32.3</c>.</summary>
    internal static IReadOnlyList<string> Changes(PipInstallPlan plan) => [.. plan.Changes.Select(one => one.Action switch
    {
        PipInstallAction.WouldRemove => $"{one.Name} {one.PreviousVersion} (removed)",
        PipInstallAction.WouldReinstall => $"{one.Name} {one.Version} (again)",
        PipInstallAction.WouldInstall => $"{one.Name} {one.Version}",
        _ => $"{one.Name} {one.PreviousVersion} -> {one.Version}",
    })];

    /// <summary>A distro package, and what would take its place.</summary>
    internal static string Affected(PythonPackageConflict one) => $"{one.DistroPackage} {one.DistroVersion}"
        + (one.Version is null ? "" : $" by {one.Distribution} {one.Version}");

    /// <summary>The first packages, and how many others there are.</summary>
    internal static string Dependents(IReadOnlyList<string> packages) => packages.Count <= MostDependents + 1
        ? string.Join(", ", packages)
        : $"{string.Join(", ", packages.Take(MostDependents))} and {packages.Count - MostDependents} others";
}
