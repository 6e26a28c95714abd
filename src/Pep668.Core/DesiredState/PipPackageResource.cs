using Pep668.Packages;
using Pep668.Pip.Planning;
using Pep668.Pip.Requests;
using Pep668.Pip.Running;
using Pep668.Requirements;
using Pep668.Versions;

namespace Pep668.DesiredState;

/// <summary>A package in a Python environment.</summary>
internal sealed class PipPackageResource : ResourceType
{
    private const string Environment = "environment", PackageName = "name", VersionKey = "version", Latest = "latest",
        Location = "location", Executable = "executable";

    /// <inheritdoc/>
    internal override string Name => "PipPackage";

    /// <inheritdoc/>
    internal override string Description => "A package that pip or uv installs in a Python environment.";

    /// <inheritdoc/>
    internal override IReadOnlyList<ResourceProperty> Properties { get; } =
    [
        new(Environment, ResourceValue.Text, ResourceAccess.Key,
            "The environment: an absolute path, a path that begins with '~/', a name, a version or a specifier."),
        new(PackageName, ResourceValue.Text, ResourceAccess.Key, "The name of the package."),
        new(ResourceProperty.Exist, ResourceValue.Switch, ResourceAccess.Desired, "Whether the package is installed."),
        new(VersionKey, ResourceValue.Text, ResourceAccess.Desired,
            "The version: a specifier (PEP 440) such as >=2.31, or one version. A result contains the installed version."),
        new(Latest, ResourceValue.Switch, ResourceAccess.Desired,
            "Whether the newest version that the index has, and that 'version' allows, is installed."),
        new(PackageSource.BreakSystemPackages, ResourceValue.Switch, ResourceAccess.Option,
            "Whether an externally managed environment is changed although its distribution manages it (PEP 668). "
            + "Overrides that are set on the machine are ignored."),
        .. PackageSource.Properties,
        new(Executable, ResourceValue.Text, ResourceAccess.Reported, "The path of the environment's interpreter."),
        new(Location, ResourceValue.Text, ResourceAccess.Reported, "The folder that the package is imported from."),
    ];

    /// <inheritdoc/>
    private protected override string? Invalid(string property, ResourceState state) => property switch
    {
        Environment => InvalidEnvironment(state.Text(Environment)!),
        PackageName => IsName(state.Text(PackageName)!) ? null : ResourceMessages.NotAName(state.Text(PackageName)!),
        VersionKey => Specifiers(state) is null ? ResourceMessages.NotAVersion(state.Text(VersionKey)!) : null,
        _ => PackageSource.Invalid(property, state),
    };

    /// <inheritdoc/>
    internal override Outcome<ResourceState> Get(ResourceHost host, ResourceState desired)
    {
        Outcome<PythonEnvironment> outcome = host.Resolver().Resolve(desired.Text(Environment)!);
        if (!outcome.TryGet(out PythonEnvironment? environment, out Failure? failure))
        {
            // Nothing is installed in what does not exist.
            return desired.Exists || failure.Id != FailureId.EnvironmentNotFound ? failure
                : ResourceState.Empty.With(Environment, desired).With(PackageName, desired).With(ResourceProperty.Exist, false);
        }
        ResourceState state = ResourceState.Empty.With(Environment, desired).With(PackageName, desired);
        if (new PackageNeeds(host.Machine, environment).Find(desired.Text(PackageName)!) is not InstalledDistribution found)
        {
            return state.With(ResourceProperty.Exist, false).With(Executable, environment.Executable);
        }
        state = state.With(ResourceProperty.Exist, true).With(VersionKey, found.Version);
        IReadOnlyList<Notice> notices = [];
        if (desired.Exists && desired.Switch(Latest))
        {
            Outcome<PipInstallPlan> plan = Planned(host, desired, environment);
            notices = plan.Notices;
            if (!plan.TryGet(out PipInstallPlan? planned, out _))
            {
                return Outcome.Fail<ResourceState>(plan.Failures) with { Notices = notices };
            }
            state = state.With(Latest, Change(planned, desired) is null);
        }
        return Outcome.Success(state.With(Executable, environment.Executable).With(Location, found.Location), notices: notices);
    }

    /// <inheritdoc/>
    internal override Outcome<IReadOnlyList<ResourceState>> Export(ResourceHost host, ResourceState filter)
    {
        if (!host.Environments(filter.Text(Environment), catalog => [.. catalog.All.Where(one => one.Health == EnvironmentHealth.Healthy)])
            .TryGet(out IReadOnlyList<PythonEnvironment>? environments, out Failure? failure))
        {
            return failure;
        }
        return Outcome.Success<IReadOnlyList<ResourceState>>([.. environments.SelectMany(environment =>
            new PackageNeeds(host.Machine, environment).All
                .Where(found => filter.Text(PackageName) is not string name || IsSame(found.Name, name))
                .Select(found => ResourceState.Empty.With(Environment, environment.Executable).With(PackageName, found.Name)
                    .With(ResourceProperty.Exist, true).With(VersionKey, found.Version).With(Executable, environment.Executable)
                    .With(Location, found.Location)))]);
    }

    /// <inheritdoc/>
    private protected override bool Differs(string property, ResourceState desired, ResourceState actual) =>
        property is VersionKey ? !PackageNeeds.Contains(Specifiers(desired)!, actual.Text(VersionKey))
            : property is Latest ? desired.Switch(Latest) && !actual.Switch(Latest)
            : base.Differs(property, desired, actual);

    /// <inheritdoc/>
    private protected override string? Prefix(ResourceHost host, ResourceState desired) =>
        host.Resolver().Resolve(desired.Text(Environment)!).OrNull()?.Prefix;

    /// <inheritdoc/>
    private protected override Outcome<ResourceState> Plan(ResourceHost host, ResourceTest test, ResourceProgress progress)
    {
        (ResourceState desired, ResourceState actual, _) = test;
        if (!host.Resolver().Resolve(desired.Text(Environment)!).TryGet(out PythonEnvironment? environment, out Failure? failure))
        {
            return failure;
        }
        ResourceState after = actual.With(ResourceProperty.Exist, desired.Exists).With(VersionKey, (string?)null);
        (PipInput input, PipRequest rest) = Request(desired, environment);
        string? folder = desired.Exists ? host.Destination(input, rest, actual.Text(Location)) : null;
        // The refusal of the real run, before pip is asked what it would do.
        Outcome<PipRunOutcome> run = host.Run(input, rest with { DryRun = true }, progress);
        if (run.Failure is Failure denied && !(denied.Id == FailureId.NotSupportedByPip && desired.Exists))
        {
            return Outcome.Fail<ResourceState>(run.Failures);
        }
        if ((NotRemoved(test, environment, run) ?? NotWritable(host, test, folder)) is Failure impossible)
        {
            return impossible;
        }
        // A pip without --dry-run (before 22.2) cannot report the version.
        PipInstallResult? change = Result(run.OrNull(), desired);
        return !desired.Exists ? after.With(Location, (string?)null)
            : after.With(VersionKey, change?.Version ?? desired.Text(VersionKey)).With(Latest, desired)
                .With(Location, folder);
    }

    /// <inheritdoc/>
    private protected override Outcome<ResourceState> Apply(ResourceHost host, ResourceTest test, ResourceProgress progress)
    {
        if (!host.Resolver().Resolve(test.Desired.Text(Environment)!).TryGet(out PythonEnvironment? environment, out Failure? failure))
        {
            return failure;
        }
        (PipInput input, PipRequest rest) = Request(test.Desired, environment);
        Outcome<PipRunOutcome> run = host.Run(input, rest, progress);
        if (NotRemoved(test, environment, run) is Failure kept)
        {
            return kept;
        }
        if (run.Failure is Failure failed)
        {
            // pip ends with the place in its own code.
            string? folder = test.Desired.Exists ? host.Destination(input, rest, test.Actual.Text(Location)) : null;
            return failed.Id == FailureId.PipFailed && NotWritable(host, test, folder) is Failure denied ? denied
                : Outcome.Fail<ResourceState>(run.Failures);
        }
        // pip has just looked for the newest version.
        return Get(host, test.Desired.With(Latest, false)).TryGet(out ResourceState? after, out failure)
            ? after.Exists ? after.With(Latest, test.Desired) : after : failure;
    }

    /// <inheritdoc/>
    private protected override ResourceState? AfterFailure(ResourceHost host, ResourceTest test) =>
        // Without asking pip once more for the newest version.
        Get(host, test.Desired.With(Latest, false)).OrNull()?.With(Latest, test.Actual);

    private static (PipInput Input, PipRequest Options) Request(ResourceState desired, PythonEnvironment environment)
    {
        string name = desired.Text(PackageName)!;
        PipRequest rest = PackageSource.Rest(desired, environment);
        return desired.Exists
            ? (PackageSource.Input(desired, [name + Specifiers(desired)]), rest with { Upgrade = desired.Switch(Latest) })
            : (new(PipAction.Uninstall) { Packages = [name] },
                new(PipAction.Uninstall, environment) { Installer = rest.Installer, BreakSystemPackages = rest.BreakSystemPackages });
    }

    // pip leaves what belongs to another environment.
    private static Failure? NotRemoved(ResourceTest test, PythonEnvironment environment, Outcome<PipRunOutcome> run) =>
        !test.Desired.Exists && Result(run.OrNull(), test.Desired) is { Action: PipInstallAction.Unchanged }
            ? ResourceMessages.NotRemovable(test.Desired.Text(PackageName)!, test.Actual.Text(Location)!, environment.Prefix) : null;

    private static Failure? NotWritable(ResourceHost host, ResourceTest test, string? folder) =>
        (folder ?? test.Actual.Text(Location)) is string changed && host.WhyNotWritable(changed) is string reason
            ? ResourceMessages.NotChangeable(test.Desired.Text(PackageName)!, reason) : null;

    private static PipInstallResult? Result(PipRunOutcome? run, ResourceState desired) =>
        run?.Results.FirstOrDefault(one => IsSame(one.Name, desired.Text(PackageName)!));

    // The newest version is known to pip alone.
    private static Outcome<PipInstallPlan> Planned(ResourceHost host, ResourceState desired, PythonEnvironment environment)
    {
        (PipInput input, PipRequest rest) = Request(desired, environment);
        return InstallPlanner.Plan(host.Machine, input, rest, progress: null, host.Cancellation);
    }

    private static PipInstallResult? Change(PipInstallPlan plan, ResourceState desired) =>
        plan.Changes.FirstOrDefault(one => IsSame(one.Name, desired.Text(PackageName)!));

    private static bool IsSame(string one, string other) =>
        string.Equals(NormalizedName.Normalize(one), NormalizedName.Normalize(other), StringComparison.Ordinal);

    private static bool IsName(string text) => Requirement.TryParse(text, out Requirement? requirement, out _)
        && string.Equals(requirement.Name, text, StringComparison.Ordinal);

    /// <summary>What is wrong with the text of an environment; null if it is valid. One with a separator is a
    /// path.</summary>
    internal static string? InvalidEnvironment(string text) => text.Length == 0 ? "it is empty"
        : (text.Contains('/', StringComparison.Ordinal) || text is "." or "..") && !PackageSource.IsAbsolute(text)
            ? ResourceMessages.NotAbsolute(text) : null;

    // One version is the same as ==version.
    private static VersionSpecifierSet? Specifiers(ResourceState state)
    {
        string text = state.Text(VersionKey)?.Trim() ?? "";
        text = Pep440Version.TryParse(text, out _) ? "==" + text : text;
        return VersionSpecifierSet.TryParse(text, out VersionSpecifierSet? specifiers, out _) ? specifiers : null;
    }
}
