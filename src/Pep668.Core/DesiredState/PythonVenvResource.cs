using Pep668.Environments;
using Pep668.Machines;
using Pep668.Requirements;
using Pep668.Venvs.Creation;
using Pep668.Venvs.Removal;
using Pep668.Venvs.Repair;
using Pep668.Versions;

namespace Pep668.DesiredState;

/// <summary>A virtual environment.</summary>
internal sealed class PythonVenvResource : ResourceType
{
    private const string PathKey = "path", Python = "python", SystemSitePackages = "systemSitePackages", Prompt = "prompt",
        Packages = "requirements", Health = "health", Problem = "problem", Version = "version", Executable = "executable",
        PipVersion = "pipVersion";

    /// <inheritdoc/>
    internal override string Name => "PythonVenv";

    /// <inheritdoc/>
    internal override string Description => "A Python virtual environment and the packages that it requires.";

    /// <inheritdoc/>
    internal override IReadOnlyList<ResourceProperty> Properties { get; } =
    [
        new(PathKey, ResourceValue.Text, ResourceAccess.Key,
            "The folder of the environment: an absolute path, or a path that begins with '~/'."),
        new(ResourceProperty.Exist, ResourceValue.Switch, ResourceAccess.Desired, "Whether the environment exists."),
        new(Python, ResourceValue.Text, ResourceAccess.Desired,
            "The base Python: a version such as 3.12, a specifier such as >=3.10, or a path. "
            + "An environment with another Python is replaced."),
        new(SystemSitePackages, ResourceValue.Switch, ResourceAccess.Desired,
            "Whether the environment can import the packages of its base Python."),
        new(Prompt, ResourceValue.Text, ResourceAccess.Desired, "The name in the prompt."),
        new(Packages, ResourceValue.TextList, ResourceAccess.Desired,
            "Requirements (PEP 508) that are satisfied in the environment. A result contains those that are satisfied.")
        {
            HasRequirements = true,
        },
        .. PackageSource.Properties,
        new(Version, ResourceValue.Text, ResourceAccess.Reported, "The version of Python."),
        new(Executable, ResourceValue.Text, ResourceAccess.Reported, "The path of the interpreter."),
        new(PipVersion, ResourceValue.Text, ResourceAccess.Reported, "The version of pip in the environment."),
        new(Health, ResourceValue.Text, ResourceAccess.Reported,
            "Healthy or Broken. A broken environment is not in the desired state; it is repaired."),
        new(Problem, ResourceValue.Text, ResourceAccess.Reported, "What is wrong with a broken environment."),
    ];

    /// <inheritdoc/>
    private protected override string? Invalid(string property, ResourceState state) => property switch
    {
        PathKey => InvalidPath(state.Text(PathKey)!),
        Prompt => state.Text(Prompt) is "." ? ResourceMessages.CurrentFolder() : VenvNaming.WhyNotPrompt(state.Text(Prompt)),
        Python => PipPackageResource.InvalidEnvironment(state.Text(Python)!) ?? InvalidPython(state.Text(Python)!),
        Packages => state.List(Packages).Select(Wrong).FirstOrDefault(problem => problem is not null),
        _ => PackageSource.Invalid(property, state),
    };

    /// <inheritdoc/>
    internal override Outcome<ResourceState> Get(ResourceHost host, ResourceState desired)
    {
        ResourceState keys = ResourceState.Empty.With(PathKey, desired.Text(PathKey)!);
        if (Find(host, desired) is not PythonEnvironment found)
        {
            return keys.With(ResourceProperty.Exist, false);
        }
        ResourceState state = Describe(found, keys);
        if (desired.Text(Python) is string python && IsPython(host, found, python))
        {
            state = state.With(Python, python);
        }
        if (desired.Text(Prompt) is string prompt && PyVenvConfigFile.IsPrompt(found.Config?.Prompt, prompt))
        {
            state = state.With(Prompt, prompt);
        }
        return desired.Has(Packages) ? state.With(Packages, Needs(host, desired).SatisfiedIn(found)) : state;
    }

    /// <inheritdoc/>
    internal override Outcome<IReadOnlyList<ResourceState>> Export(ResourceHost host, ResourceState filter)
    {
        IEnumerable<PythonEnvironment> all = filter.Text(PathKey) is not null
            ? Find(host, filter) is PythonEnvironment one ? [one] : []
            : host.Catalog().All.Where(environment => environment.IsVirtual);
        return Outcome.Success<IReadOnlyList<ResourceState>>(
            [.. all.Select(environment => Describe(environment, ResourceState.Empty.With(PathKey, environment.Prefix)))]);
    }

    /// <inheritdoc/>
    private protected override IReadOnlyList<string> Faults(ResourceState actual) => actual.Text(Health) is "Broken" ? [Health] : [];

    /// <inheritdoc/>
    private protected override string Prefix(ResourceHost host, ResourceState desired) => host.Machine.Absolute(desired.Text(PathKey)!);

    /// <inheritdoc/>
    private protected override Outcome<ResourceState> Plan(ResourceHost host, ResourceTest test, ResourceProgress progress) =>
        Planned(host, test, progress).AboutState();

    /// <inheritdoc/>
    private protected override Outcome<ResourceState> Apply(ResourceHost host, ResourceTest test, ResourceProgress progress) =>
        Applied(host, test, progress).AboutState();

    private Outcome<ResourceState> Planned(ResourceHost host, ResourceTest test, ResourceProgress progress)
    {
        (ResourceState desired, ResourceState actual, _) = test;
        if (!desired.Exists)
        {
            Outcome<VenvRemoval> removal = progress.Take(Removal(host, desired));
            return removal.Failure is Failure denied ? denied
                : ResourceState.Empty.With(PathKey, actual).With(ResourceProperty.Exist, false);
        }
        if (host.WhyNotWritable(Prefix(host, desired)) is string reason)
        {
            return ResourceMessages.NotWritable(Prefix(host, desired), reason);
        }
        PythonEnvironment? existing = Find(host, desired);
        Outcome<PythonEnvironment> planned = existing is null || test.Differing.Contains(Python, StringComparer.Ordinal)
            ? PlanCreation(host, desired, existing, progress) : PlanAdjustment(host, desired, existing);
        return planned.TryGet(out PythonEnvironment? expected, out Failure? failure)
            ? Properties.Where(one => one.Access == ResourceAccess.Desired && desired.Has(one.Name)).Aggregate(
                Describe(expected, ResourceState.Empty.With(PathKey, actual)), (state, one) => state.With(one.Name, desired))
            : failure;
    }

    private static Outcome<PythonEnvironment> PlanCreation(
        ResourceHost host, ResourceState desired, PythonEnvironment? existing, ResourceProgress progress)
    {
        if (!Request(host, desired, existing).TryGet(out VenvRequest? request, out Failure? failure)
            || !progress.Take(new VenvBuilder(host.Catalog(), host.Cache).Prepare(request))
                .TryGet(out VenvPreparation? preparation, out failure))
        {
            return failure;
        }
        if (existing is not null)
        {
            progress.Add(ResourceMessages.Replaces(existing.Prefix, existing.Version, isPlan: true));
        }
        return Needs(host, desired).Plan(request, preparation.Expected);
    }

    private static Outcome<PythonEnvironment> PlanAdjustment(ResourceHost host, ResourceState desired, PythonEnvironment existing)
    {
        VenvRepair? repair = Repair(host, existing);
        if (repair?.Refusal is Failure refusal)
        {
            return refusal;
        }
        PythonEnvironment expected = repair?.Expected(host.Machine.Files) ?? existing;
        expected = expected with
        {
            IncludeSystemSitePackages = desired.Switch(SystemSitePackages, expected.IncludeSystemSitePackages),
        };
        // pip of a broken environment cannot be asked.
        return repair is null ? Needs(host, desired).Plan(expected) : expected;
    }

    private Outcome<ResourceState> Applied(ResourceHost host, ResourceTest test, ResourceProgress progress)
    {
        (ResourceState desired, _, _) = test;
        if (!desired.Exists)
        {
            return Remove(host, desired, progress) is Failure failure ? failure : Get(host, desired);
        }
        PythonEnvironment? existing = Find(host, desired);
        bool isReplaced = test.Differing.Contains(Python, StringComparer.Ordinal);
        Outcome<VenvResult> outcome = progress.Take(
            existing is null || isReplaced ? Create(host, desired, existing) : Repaired(host, existing, progress));
        if (existing is null && outcome.Failure is { Id: FailureId.VenvAlreadyExists } && Find(host, desired) is PythonEnvironment other)
        {
            // Another process created it since.
            outcome = progress.Take(Repaired(host, other, progress));
        }
        if (!outcome.TryGet(out VenvResult? venv, out _))
        {
            return Outcome.Fail<ResourceState>(outcome.Failures);
        }
        progress.Add(venv.Changed);
        if (existing is not null && isReplaced)
        {
            progress.Add(ResourceMessages.Replaces(existing.Prefix, existing.Version, isPlan: false));
        }
        // Also in a new one: venv of Python 3.7 and earlier does not record the prompt.
        Outcome<VenvResult> settled = new VenvSettings(host.Catalog()).Change(venv.Environment,
            desired.Text(Prompt) ?? existing?.Config?.Prompt,
            desired.Switch(SystemSitePackages, venv.Environment.IncludeSystemSitePackages));
        if (!settled.TryGet(out venv, out Failure? notChanged))
        {
            return notChanged;
        }
        progress.Add(venv.Changed);
        IReadOnlyList<Failure> failures = Needs(host, desired).Install(venv.Environment, progress);
        return failures.Count > 0 ? Outcome.Fail<ResourceState>(failures) : Get(host, desired);
    }

    private static VenvRequirements Needs(ResourceHost host, ResourceState desired) => new(host, desired, desired.List(Packages));

    private static PythonEnvironment? Find(ResourceHost host, ResourceState desired)
    {
        string path = host.Machine.Absolute(desired.Text(PathKey)!);
        PythonEnvironment? found = host.Catalog().ReadOne(path).Environment;
        return found is { IsVirtual: true, NamedBy: null } && host.Machine.Files.IsSame(path, found.Prefix)
            && VenvTarget.IsEnvironment(host.Machine.Files, found) ? found : null;
    }

    private static ResourceState Describe(PythonEnvironment found, ResourceState keys) => keys
        .With(ResourceProperty.Exist, true)
        .With(Python, Series(found))
        .With(SystemSitePackages, found.IncludeSystemSitePackages)
        .With(Prompt, found.Config?.Prompt ?? Path.GetFileName(found.Prefix))
        .With(Version, found.Version)
        .With(Executable, found.Executable)
        .With(PipVersion, found.PipVersion)
        .With(Health, found.Health.ToString())
        .With(Problem, found.Problem);

    // A text that names the base Python again, also after an upgrade of its last number.
    private static string? Series(PythonEnvironment found)
    {
        string implementation = found.Implementation is "CPython" ? "" : found.Implementation.ToLowerInvariant();
        return found.VersionInfo is System.Version version
            ? FormattableString.Invariant($"{implementation}{version.Major}.{version.Minor}{(found.IsFreeThreaded ? "t" : "")}") : null;
    }

    private static bool IsPython(ResourceHost host, PythonEnvironment found, string python) =>
        PythonRequest.TryParse(python, out PythonRequest? request)
            ? Pep440Version.TryParse(found.Version, out Pep440Version? version)
                && request.Matches(found.Implementation, version, found.IsFreeThreaded, allowPrereleases: true)
            : host.Resolver().ResolveBase(python).OrNull() is PythonEnvironment named
                && string.Equals(named.StdLib, found.StdLib, StringComparison.Ordinal);

    // No name of a Python or of a command starts so.
    private static string? InvalidPython(string text) => text[0] is '=' or '<' or '>' or '!' or '~' or '-'
        && !text.StartsWith("~/", StringComparison.Ordinal) && !PythonRequest.TryParse(text, out _)
            ? ResourceMessages.NotAVersion(text) : null;

    private static string? InvalidPath(string path) => !PackageSource.IsAbsolute(path) ? ResourceMessages.NotAbsolute(path)
        : VenvNaming.WhyNotPath(Path.IsPathFullyQualified(path) ? PathText.Absolute(path, path) : path);

    private static string? Wrong(string text) =>
        Requirement.TryParse(text, out _, out RequirementProblem? problem) ? null : ResourceMessages.NotARequirement(text, problem.Message);

    private static Outcome<VenvRequest> Request(ResourceHost host, ResourceState desired, PythonEnvironment? existing)
    {
        string path = host.Machine.Absolute(desired.Text(PathKey)!);
        return host.Base(desired.Text(Python), path).TryGet(out PythonEnvironment? python, out Failure? failure)
            ? new VenvRequest(path, python)
            {
                IsPythonGiven = desired.Has(Python),
                Prompt = desired.Text(Prompt) ?? existing?.Config?.Prompt,
                SystemSitePackages = desired.Switch(SystemSitePackages, existing?.IncludeSystemSitePackages ?? false),
                Replace = existing is not null,
            }
            : failure;
    }

    // An environment is replaced only if what it needs can be installed again.
    private static Outcome<VenvResult> Create(ResourceHost host, ResourceState desired, PythonEnvironment? existing) =>
        !Request(host, desired, existing).TryGet(out VenvRequest? request, out Failure? failure) ? failure
        : existing is not null && Needs(host, desired).Plan(request, request.Python).Failure is Failure impossible ? impossible
        : new VenvBuilder(host.Catalog(), host.Cache).Create(request, host.Cancellation);

    private static VenvRepair? Repair(ResourceHost host, PythonEnvironment existing) => existing.Health != EnvironmentHealth.Broken ? null
        : new VenvRepairer(host.Catalog(), host.Cache).Prepare(existing, python: null);

    private static Outcome<VenvResult> Repaired(ResourceHost host, PythonEnvironment existing, ResourceProgress progress)
    {
        if (Repair(host, existing) is not VenvRepair repair)
        {
            return new VenvResult(existing, Changed: false);
        }
        Outcome<VenvResult> repaired = new VenvRepairer(host.Catalog(), host.Cache).Repair(repair, host.Cancellation);
        // The reasons of a failure are the defects that were repaired before it.
        progress.Add(repaired.Failure is not null && repaired.Reasons.Count > 0);
        return repaired;
    }

    private static Failure? Remove(ResourceHost host, ResourceState desired, ResourceProgress progress)
    {
        if (!progress.Take(Removal(host, desired)).TryGet(out VenvRemoval? prepared, out Failure? denied))
        {
            return denied;
        }
        VenvRemovalResult result = new VenvRemover(host.Machine).Remove(prepared, host.Cancellation);
        progress.Add(result.IsRemoved);
        return result.Failure;
    }

    private static Outcome<VenvRemoval> Removal(ResourceHost host, ResourceState desired) =>
        new VenvRemover(host.Machine).Prepare(Find(host, desired)!, VenvActivity.None, force: false);
}
