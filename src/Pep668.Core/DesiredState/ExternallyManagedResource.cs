using Pep668.Audit;
using Pep668.Discovery;
using Pep668.Pip.Settings;

namespace Pep668.DesiredState;

/// <summary>Whether an environment is externally managed, and whether anything overrides or breaks it. It is only
/// read.</summary>
internal sealed class ExternallyManagedResource : ResourceType
{
    private const string Environment = "environment", Managed = "managed", Overrides = "overrides", Conflicts = "conflicts",
        Executable = "executable", MarkerPath = "markerPath";

    /// <inheritdoc/>
    internal override string Name => "ExternallyManaged";

    /// <inheritdoc/>
    internal override string Description =>
        "Asserts whether a Python environment is externally managed (PEP 668), and that nothing overrides or breaks it.";

    /// <inheritdoc/>
    internal override IReadOnlyList<ResourceProperty> Properties { get; } =
    [
        new(Environment, ResourceValue.Text, ResourceAccess.Key,
            "The environment: an absolute path, a path that begins with '~/', a name, a version or a specifier."),
        new(Managed, ResourceValue.Switch, ResourceAccess.Desired, "Whether the environment is externally managed."),
        new(Overrides, ResourceValue.TextList, ResourceAccess.Desired,
            "The settings that override the protection and are effective. An empty array asserts that there are none."),
        new(Conflicts, ResourceValue.TextList, ResourceAccess.Desired,
            "What past installs have broken. An empty array asserts that nothing was found."),
        new(Executable, ResourceValue.Text, ResourceAccess.Reported, "The path of the environment's interpreter."),
        new(MarkerPath, ResourceValue.Text, ResourceAccess.Reported, "The path of the file EXTERNALLY-MANAGED."),
    ];

    /// <inheritdoc/>
    internal override bool CanSet => false;

    /// <inheritdoc/>
    private protected override string? Invalid(string property, ResourceState state) => property switch
    {
        Environment => PipPackageResource.InvalidEnvironment(state.Text(Environment)!),
        _ => null,
    };

    /// <inheritdoc/>
    internal override Outcome<ResourceState> Get(ResourceHost host, ResourceState desired)
    {
        string text = desired.Text(Environment)!;
        return host.Resolver().Resolve(text).TryGet(out PythonEnvironment? environment, out Failure? failure)
            ? Describe(host, environment, text) : failure;
    }

    /// <inheritdoc/>
    internal override Outcome<IReadOnlyList<ResourceState>> Export(ResourceHost host, ResourceState filter)
    {
        if (!host.Environments(filter.Text(Environment), SystemPythons.Find)
            .TryGet(out IReadOnlyList<PythonEnvironment>? environments, out Failure? failure))
        {
            return failure;
        }
        var states = new List<ResourceState>();
        var notices = new List<Notice>();
        foreach (PythonEnvironment environment in environments)
        {
            Outcome<ResourceState> state = Describe(host, environment, environment.Executable);
            states.Add(state.OrNull()!);
            notices.AddRange(state.Notices);
        }
        return Outcome.Success<IReadOnlyList<ResourceState>>(states, notices: notices);
    }

    private static Outcome<ResourceState> Describe(ResourceHost host, PythonEnvironment environment, string text)
    {
        Outcome<IReadOnlyList<PythonPackageConflict>> conflicts = ConflictFinder.Find(host.Machine, environment);
        return Outcome.Success(ResourceState.Empty
            .With(Environment, text)
            .With(Managed, environment.IsExternallyManaged)
            .With(Overrides, [.. PipOverrides.Find(host.Machine, environment).Overrides.Where(one => one.IsEffective)
                .Select(one => one.ToString()).Order(StringComparer.Ordinal)])
            .With(Conflicts, [.. (conflicts.OrNull() ?? []).Select(one => one.ToString()).Order(StringComparer.Ordinal)])
            .With(Executable, environment.Executable)
            .With(MarkerPath, environment.MarkerPath), notices: conflicts.Notices);
    }
}
