using Pep668.Pip.Requests;

namespace Pep668.Pip.Planning;

/// <summary>The errors and warnings of a plan, and what it reports in sentences.</summary>
internal static class PlanningMessages
{
    private const int MostNames = 3;

    /// <summary>Which distro packages would be affected, a sentence for each kind.</summary>
    /// <param name="action">What is asked.</param>
    /// <param name="conflicts">The packages.</param>
    internal static IReadOnlyList<string> Effects(PipAction action, IReadOnlyList<PythonPackageConflict> conflicts)
    {
        ILookup<PythonPackageConflictKind, PythonPackageConflict> kinds = conflicts.ToLookup(one => one.Kind);
        return
        [
            .. kinds[PythonPackageConflictKind.Overwritten].ToArray() is { Length: > 0 } overwritten
                ? (string[])[action == PipAction.Install ? Overwrites(overwritten) : Removes(overwritten)] : [],
            .. kinds[PythonPackageConflictKind.Shadowed].ToArray() is { Length: > 0 } shadowed ? (string[])[Shadows(shadowed)] : [],
        ];
    }

    internal static string Shadows(IReadOnlyList<PythonPackageConflict> conflicts) => $"This would shadow {Affected(conflicts)}.";

    internal static string Overwrites(IReadOnlyList<PythonPackageConflict> conflicts) =>
        $"This would replace files of {Affected(conflicts)}.";

    internal static string Removes(IReadOnlyList<PythonPackageConflict> conflicts) =>
        $"This would remove files of {Affected(conflicts)}.";

    /// <summary>A sentence of <see cref="Effects"/> as a warning.</summary>
    internal static Notice Warning(string sentence) => new(sentence);

    /// <summary>Without a build it is not known what some packages would install.</summary>
    /// <param name="request">The request.</param>
    /// <param name="packages">The packages, as they are written.</param>
    internal static Notice NeedBuild(PipRequest request, IReadOnlyList<string> packages) => new(
        packages.Count == 1 ? $"'{packages[0]}', or a dependency of it, has no wheel, so what it would install is not known."
            : $"{Listed([.. packages.Select(one => $"'{one}'")])}, or dependencies of them, have no wheel, so what they would install is "
                + "not known.",
        new Remedy("runs their builds to find out", Step(request with { Builds = PipBuilds.Allowed })));

    /// <summary>What to do after a failure of pip or uv.</summary>
    /// <param name="request">The request.</param>
    /// <param name="isUv">Whether uv was run.</param>
    internal static IReadOnlyList<Remedy> ShowMore(PipRequest request, bool isUv) =>
        isUv || request.Arguments.Any(one => one is "-v" or "--verbose") ? []
        : [new("shows more", Step(request with { Arguments = [.. request.Arguments, "-v"] }))];

    private static ProductStep Step(PipRequest request) =>
        ((request with { DryRun = false }).ToStepIn(request.Environment) with { Command = ProductCommand.Plan })
        .WithSwitch(ProductParameter.AllowBuild, request.Builds == PipBuilds.Allowed);

    private static string Affected(IReadOnlyList<PythonPackageConflict> conflicts)
    {
        string[] dependents =
            [.. conflicts.SelectMany(one => one.Dependents).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        string packages = Listed([.. conflicts.Select(one => $"'{one.DistroPackage}' {one.DistroVersion}")]);
        return dependents.Length switch
        {
            0 => $"{packages}, which no installed package needs",
            1 => $"{packages}, which '{dependents[0]}' uses",
            2 => $"{packages}, which '{dependents[0]}' and '{dependents[1]}' use",
            int count => $"{packages}, which '{dependents[0]}' and {count - 1} others use",
        };
    }

    private static string Listed(IReadOnlyList<string> names) => names.Count switch
    {
        1 => names[0],
        <= MostNames => $"{string.Join(", ", names.SkipLast(1))} and {names[^1]}",
        _ => $"{string.Join(", ", names.Take(MostNames - 1))} and {names.Count - MostNames + 1} others",
    };
}
