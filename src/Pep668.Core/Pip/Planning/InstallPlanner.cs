using Pep668.Environments;
using Pep668.Machines;
using Pep668.Pip.Policy;
using Pep668.Pip.Requests;
using Pep668.Pip.Running;

namespace Pep668.Pip.Planning;

/// <summary>
/// Finds out what an install would change, and which distro packages it would affect. It changes nothing, refuses
/// nothing because of PEP 668, and runs no code of packages unless that is allowed.
/// </summary>
internal static class InstallPlanner
{
    // pip that was started by another pip for this interpreter (main_parser.py): it does not start one more.
    private const string IsStartedByPip = "_PIP_RUNNING_IN_SUBPROCESS";

    /// <summary>Plans what the user typed.</summary>
    /// <param name="machine">Whose files, variables and settings.</param>
    /// <param name="input">What is to be installed.</param>
    /// <param name="rest">The environment and the other options.</param>
    /// <param name="progress">Receives the lines of pip or uv, from other threads.</param>
    /// <param name="cancellation">Ends pip or uv.</param>
    public static Outcome<PipInstallPlan> Plan(
        Machine machine, PipInput input, PipRequest rest, IProgress<PipOutputLine>? progress, CancellationToken cancellation)
    {
        if (rest.Environment.Root is not null)
        {
            return RequestMessages.BelowRoot(rest.Environment);
        }
        if (rest.Environment.Health == EnvironmentHealth.Broken)
        {
            return RequestMessages.Broken(rest.Environment);
        }
        Outcome<PipRequest> read = input.Read(machine, rest);
        return read.TryGet(out PipRequest? request, out _) ? Plan(machine, request, progress, cancellation)
            : Outcome.Fail<PipInstallPlan>(read.Failures);
    }

    /// <summary>Plans a request: an uninstall too.</summary>
    public static Outcome<PipInstallPlan> Plan(
        Machine machine, PipRequest request, IProgress<PipOutputLine>? progress, CancellationToken cancellation)
    {
        // The setting require-virtualenv is policy, too.
        machine = With(machine, ("PIP_REQUIRE_VIRTUALENV", "0"), ("PIP_REQUIRE_VENV", "0"));
        request = request with
        {
            Environment = EnvironmentRefresh.Read(machine.Files, request.Environment),
            DryRun = true,
            BreakSystemPackages = false,
            Arguments = [.. request.Arguments.Where(one => one is not ("--require-virtualenv" or "--require-venv"))],
        };
        if (!PipProgram.Choose(machine, request).TryGet(out PipProgram? program, out Failure? failure))
        {
            return failure;
        }
        var rules = ToolRules.Read(machine, request, program);
        if (rules.InvalidArguments is string problem)
        {
            return RequestMessages.InvalidArguments(rules.Tool, problem, request.Arguments);
        }
        IReadOnlyList<Notice> notices = rules.Warnings;
        if (!string.Equals(rules.Environment.Executable, request.Environment.Executable, StringComparison.Ordinal) && !program.IsUv)
        {
            // --python or PIP_PYTHON: that interpreter's own pip is run, in one process.
            machine = With(machine, (IsStartedByPip, "1"));
            request = request with { Environment = rules.Environment };
            if (!PipProgram.Choose(machine, request).TryGet(out program, out failure))
            {
                return failure;
            }
        }
        OverrideMeans means = program.IsUv && rules.Environment.IsExternallyManaged && !rules.AsksToOverride
            ? OverrideMeans.Flag : OverrideMeans.Nothing;
        Outcome<PipInstallPlan> plan = request.Action == PipAction.Uninstall || request.Builds == PipBuilds.Allowed
            ? Whole(machine, request, program, means, progress, cancellation)
            : WithoutBuilds(machine, request, program, means, progress, cancellation);
        return plan with { Notices = [.. notices, .. plan.Notices] };
    }

    /// <summary>The distro packages that a run would affect, a warning for each kind.</summary>
    /// <param name="machine">Where it would run.</param>
    /// <param name="request">The request.</param>
    /// <param name="outcome">The result of its dry run.</param>
    internal static IReadOnlyList<Notice> Effects(Machine machine, PipRequest request, PipRunOutcome outcome)
    {
        if (outcome.Program is not PipProgram program)
        {
            return [];
        }
        Outcome<IReadOnlyList<PythonPackageConflict>> conflicts = ShadowedPackages.Find(machine, request, program, outcome.Results, []);
        return [.. PlanningMessages.Effects(request.Action, conflicts.OrNull()!).Select(PlanningMessages.Warning), .. conflicts.Notices];
    }

    /// <summary>The sentences of the confirmation of an override: which distro packages the request would affect. None
    /// if that is not known.</summary>
    internal static IReadOnlyList<string> Effects(Machine machine, PipRequest request, CancellationToken cancellation) =>
        Plan(machine, request with { Builds = PipBuilds.OnlyWheels }, null, cancellation).OrNull() is PipInstallPlan plan
            ? PlanningMessages.Effects(request.Action, [.. plan.Overwritten, .. plan.Shadowed]) : [];

    private static Outcome<PipInstallPlan> Whole(Machine machine, PipRequest request, PipProgram program, OverrideMeans means,
        IProgress<PipOutputLine>? progress, CancellationToken cancellation)
    {
        PipRunOutcome outcome = PipRun.Execute(machine, request, means, progress, cancellation);
        return outcome.Failure is Failure failure ? Failed(failure, request, program)
            : Create(machine, request, program, outcome.Results, []);
    }

    private static Outcome<PipInstallPlan> WithoutBuilds(Machine machine, PipRequest request, PipProgram program, OverrideMeans means,
        IProgress<PipOutputLine>? progress, CancellationToken cancellation)
    {
        (IReadOnlyList<PlanPart> parts, IReadOnlyList<RequirementLine> options) = PlanPart.Read(machine, request, program);
        var resolution = new PlanResolution(machine, request, options, means, progress, cancellation);
        PlanPart[] known = [.. parts.Where(part => !part.NeedsBuild)];
        if (known.Length > 0)
        {
            resolution.Resolve(known);
        }
        if (resolution.Failure is Failure failure)
        {
            return Failed(failure, request, program);
        }
        PlanPart[] unknown = [.. parts.Where(part => part.NeedsBuild || resolution.Unknown.Contains(part))];
        Outcome<PipInstallPlan> plan = Create(machine, request, program, resolution.Changes, unknown);
        // uv has one exit code for a package without a wheel and for one that does not exist.
        return program.IsUv && resolution is { Changes.Count: 0, UvFailure: Failure reason }
            ? plan with { Notices = [PipRunMessages.NotKnown(Failed(reason, request, program)), .. plan.Notices] } : plan;
    }

    private static Outcome<PipInstallPlan> Create(Machine machine, PipRequest request, PipProgram program,
        IReadOnlyList<PipInstallResult> results, IReadOnlyList<PlanPart> unknown)
    {
        PipInstallResult[] changes = [.. results.Where(one => one.Action != PipInstallAction.Unchanged)];
        HashSet<string> resolved = [.. changes.Select(one => Requirements.NormalizedName.Normalize(one.Name))];
        string[] labels = [.. unknown.Select(part => part.Label).Distinct(StringComparer.Ordinal)];
        Outcome<IReadOnlyList<PythonPackageConflict>> found = ShadowedPackages.Find(machine, request, program, changes,
            [.. unknown.Select(part => part.Target?.NormalizedName).OfType<string>().Where(name => !resolved.Contains(name))]);
        ILookup<PythonPackageConflictKind, PythonPackageConflict> conflicts = found.OrNull()!.ToLookup(one => one.Kind);
        PythonPackageConflict[] shadowed = [.. conflicts[PythonPackageConflictKind.Shadowed]],
            overwritten = [.. conflicts[PythonPackageConflictKind.Overwritten]];
        var plan = new PipInstallPlan
        {
            Environment = request.Environment,
            Changes = changes,
            Unknown = labels,
            Shadowed = shadowed,
            Overwritten = overwritten,
            Dependents = [.. overwritten.Concat(shadowed).SelectMany(one => one.Dependents).Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)],
            Risk = overwritten.Length > 0 || shadowed.Any(one => one.Dependents.Count > 0) ? PipInstallRisk.High
                : shadowed.Length > 0 ? PipInstallRisk.Low : PipInstallRisk.None,
        };
        return Outcome.Success(plan,
            notices: [.. labels.Length > 0 ? [PlanningMessages.NeedBuild(request, labels)] : Array.Empty<Notice>(), .. found.Notices]);
    }

    // The remedies of a run are installs.
    private static Failure Failed(Failure failure, PipRequest request, PipProgram program) => failure.Id != FailureId.PipFailed ? failure
        : failure with { Remedies = PlanningMessages.ShowMore(request, program.IsUv) };

    private static Machine With(Machine machine, params (string Name, string Value)[] variables)
    {
        var all = new Dictionary<string, string>(machine.Variables, StringComparer.Ordinal);
        foreach ((string name, string value) in variables)
        {
            all[name] = value;
        }
        return machine with { Variables = all };
    }
}
