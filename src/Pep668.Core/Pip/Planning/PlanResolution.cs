using Pep668.Machines;
using Pep668.Pip.Policy;
using Pep668.Pip.Requests;
using Pep668.Pip.Running;
using Pep668.Requirements;

namespace Pep668.Pip.Planning;

/// <summary>
/// Finds out with dry runs what a request would change, without running code of packages. If one of the packages, or of
/// their dependencies, would need a build, the others are found by halves.
/// </summary>
/// <param name="machine">Where pip or uv runs.</param>
/// <param name="request">The request.</param>
/// <param name="options">The options that its requirements files set.</param>
/// <param name="means">How uv is made to ignore the marker.</param>
/// <param name="progress">Receives the lines of pip or uv.</param>
/// <param name="cancellation">Ends the program.</param>
internal sealed class PlanResolution(
    Machine machine, PipRequest request, IReadOnlyList<RequirementLine> options, OverrideMeans means,
    IProgress<PipOutputLine>? progress, CancellationToken cancellation)
{
    // uv: no versions can be used together, or none has a wheel. Errors of the network have another exit code.
    private const int UvHasNoSolution = 1;

    private readonly Dictionary<string, PipInstallResult> _changes = new(StringComparer.Ordinal);
    private readonly List<PlanPart> _unknown = [];

    /// <summary>What would change, by name.</summary>
    internal IReadOnlyList<PipInstallResult> Changes =>
        [.. _changes.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Value)];

    /// <summary>The parts that need a build, or a dependency that needs one.</summary>
    internal IReadOnlyList<PlanPart> Unknown => _unknown;

    /// <summary>Why pip or uv failed, for another reason than a build; null if it did not.</summary>
    internal Failure? Failure { get; private set; }

    /// <summary>The first failure of uv that can be one of a build.</summary>
    internal Failure? UvFailure { get; private set; }

    /// <summary>Resolves parts of the request.</summary>
    internal void Resolve(IReadOnlyList<PlanPart> parts)
    {
        PipRunOutcome outcome = Run(parts, PipBuilds.OnlyWheels);
        if (outcome.Failure is not Failure failure)
        {
            Add(outcome);
            return;
        }
        if (!NeedsBuild(outcome, parts))
        {
            return;
        }
        int before = _unknown.Count;
        if (parts.Count > 1)
        {
            int half = parts.Count / 2;
            Resolve([.. parts.Take(half)]);
            if (Failure is null)
            {
                Resolve([.. parts.Skip(half)]);
            }
        }
        else
        {
            _unknown.Add(parts[0]);
            // Its own version, if only a dependency needs a build.
            Add(Run(parts, PipBuilds.OnlyWheels, "--no-deps"));
        }
        // Each of them can be installed, but not all together.
        Failure ??= _unknown.Count == before ? failure : null;
    }

    // Whether the failure is one of wheels alone: then the same run with source distributions comes to a build, which
    // is refused. If it comes to the end, it is the answer.
    private bool NeedsBuild(PipRunOutcome outcome, IReadOnlyList<PlanPart> parts)
    {
        if (outcome is { Program.IsUv: true, ExitCode: UvHasNoSolution })
        {
            UvFailure ??= outcome.Failure;
            return true;
        }
        if (outcome is { Program.IsUv: false, ExitCode: PipStart.NeedsBuild })
        {
            return true;
        }
        if (outcome is not { Program.IsUv: false, ExitCode: not null })
        {
            Failure ??= outcome.Failure;
            return false;
        }
        PipRunOutcome withSources = Run(parts, PipBuilds.Refused);
        Add(withSources);
        if (withSources.Failure is not null && withSources.ExitCode != PipStart.NeedsBuild)
        {
            Failure ??= withSources.Failure;
        }
        return withSources.ExitCode == PipStart.NeedsBuild;
    }

    private PipRunOutcome Run(IReadOnlyList<PlanPart> parts, PipBuilds builds, params string[] arguments)
    {
        PipRequest only = PlanPart.Only(request, parts, options) with { Builds = builds, Arguments = [.. arguments, .. request.Arguments] };
        return PipRun.Execute(machine, only, means, progress, cancellation);
    }

    private void Add(PipRunOutcome outcome)
    {
        foreach (PipInstallResult result in outcome.Failure is null ? outcome.Results : [])
        {
            // One that is removed here and installed elsewhere is listed twice.
            string key = NormalizedName.Normalize(result.Name) + (result.Action == PipInstallAction.WouldRemove ? "" : "!");
            _changes[key] = _changes.TryGetValue(key, out PipInstallResult? known)
                ? known with { Requested = known.Requested || result.Requested } : result;
        }
    }
}
