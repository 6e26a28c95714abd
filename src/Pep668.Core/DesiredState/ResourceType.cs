namespace Pep668.DesiredState;

/// <summary>The actual state of an instance, and what differs from the desired one.</summary>
/// <param name="Desired">The desired state.</param>
/// <param name="Actual">The actual state.</param>
/// <param name="Differing">The names of the properties that differ.</param>
internal sealed record ResourceTest(ResourceState Desired, ResourceState Actual, IReadOnlyList<string> Differing)
{
    /// <summary>Whether nothing differs.</summary>
    internal bool IsInDesiredState => Differing.Count == 0;
}

/// <summary>What setting a state changed, or would change.</summary>
/// <param name="Before">The state before.</param>
/// <param name="After">The state after.</param>
/// <param name="Changed">The names of the properties that changed.</param>
internal sealed record ResourceChange(ResourceState Before, ResourceState After, IReadOnlyList<string> Changed);

/// <summary>A kind of thing whose state can be declared.</summary>
internal abstract class ResourceType
{
    /// <summary>Its name, without the owner that DSC puts in front.</summary>
    internal abstract string Name { get; }

    /// <summary>One sentence for its users.</summary>
    internal abstract string Description { get; }

    /// <summary>Its properties.</summary>
    internal abstract IReadOnlyList<ResourceProperty> Properties { get; }

    /// <summary>Whether its state can be set.</summary>
    internal virtual bool CanSet => true;

    /// <summary>What is wrong with the values of a state: the names of properties, each with a clause.</summary>
    internal IEnumerable<(string Property, string Problem)> Problems(ResourceState state)
    {
        foreach (string name in state.Names)
        {
            // No path and no argument of a program can contain the character NUL: what follows it would be cut off.
            if ((Invalid(name, state) ?? (HasNul(state, name) ? ResourceMessages.HasNul() : null)) is string problem)
            {
                yield return (name, problem);
            }
        }
    }

    /// <summary>Reads the actual state.</summary>
    internal abstract Outcome<ResourceState> Get(ResourceHost host, ResourceState desired);

    /// <summary>The states of all instances on the machine.</summary>
    /// <param name="host">The machine.</param>
    /// <param name="filter">Keys that limit them; empty for all.</param>
    internal abstract Outcome<IReadOnlyList<ResourceState>> Export(ResourceHost host, ResourceState filter);

    /// <summary>Compares the actual state with the desired one.</summary>
    internal Outcome<ResourceTest> Test(ResourceHost host, ResourceState desired)
    {
        Outcome<ResourceState> outcome = Get(host, desired);
        return (outcome.TryGet(out ResourceState? actual, out _)
            ? new ResourceTest(desired, actual, Differing(desired, actual))
            : Outcome.Fail<ResourceTest>(outcome.Failures)) with { Notices = outcome.Notices };
    }

    /// <summary>Changes what differs, and nothing else.</summary>
    /// <param name="host">The machine.</param>
    /// <param name="desired">The desired state.</param>
    /// <param name="isPlan">Whether nothing is changed: then the result is what would be changed.</param>
    /// <param name="hasChanged">Whether something was changed, also before a failure; false for a plan.</param>
    internal Outcome<ResourceChange> Set(ResourceHost host, ResourceState desired, bool isPlan, out bool hasChanged)
    {
        hasChanged = false;
        if (!CanSet)
        {
            return ResourceMessages.ReadOnly(Name);
        }
        using StateLock? only = !isPlan && Prefix(host, desired) is string prefix
            ? StateLock.Take(host.Machine, prefix, host.Cancellation) : null;
        Outcome<ResourceTest> tested = Test(host, desired);
        if (!tested.TryGet(out ResourceTest? test, out _))
        {
            return Outcome.Fail<ResourceChange>(tested.Failures) with { Notices = tested.Notices };
        }
        var progress = new ResourceProgress();
        progress.Add(tested.Notices);
        Outcome<ResourceChange> outcome =
            test.IsInDesiredState ? new ResourceChange(test.Actual, test.Actual, []) : Set(host, test, isPlan, progress);
        hasChanged = !isPlan && (outcome.TryGet(out ResourceChange? change, out _) ? change.Changed.Count > 0
            : progress.HasChanged || (AfterFailure(host, test) is ResourceState now && Changed(test.Actual, now).Length > 0));
        return outcome with { Notices = progress.Notices };
    }

    /// <summary>What is wrong with the value of a property, as a clause; null if it is valid.</summary>
    private protected virtual string? Invalid(string property, ResourceState state) => null;

    /// <summary>The folder of the environment that is changed, which one process at a time may do; null if it is not
    /// known.</summary>
    private protected virtual string? Prefix(ResourceHost host, ResourceState desired) => null;

    /// <summary>Determines the state that <see cref="Apply"/> would reach, without changing anything.</summary>
    /// <param name="host">The machine.</param>
    /// <param name="test">What differs, at least one property.</param>
    /// <param name="progress">Receives the warnings.</param>
    private protected virtual Outcome<ResourceState> Plan(ResourceHost host, ResourceTest test, ResourceProgress progress) =>
        ResourceMessages.ReadOnly(Name);

    /// <summary>Changes what differs.</summary>
    /// <param name="host">The machine.</param>
    /// <param name="test">What differs, at least one property.</param>
    /// <param name="progress">Receives the warnings, and whether something was changed.</param>
    /// <returns>The actual state afterwards.</returns>
    private protected virtual Outcome<ResourceState> Apply(ResourceHost host, ResourceTest test, ResourceProgress progress) =>
        ResourceMessages.ReadOnly(Name);

    /// <summary>The actual state after <see cref="Apply"/> failed, with the properties of the one before; null if it
    /// cannot be read.</summary>
    private protected virtual ResourceState? AfterFailure(ResourceHost host, ResourceTest test) => Get(host, test.Desired).OrNull();

    /// <summary>Whether a desired property is different from the actual one.</summary>
    private protected virtual bool Differs(string property, ResourceState desired, ResourceState actual) =>
        !desired.IsSame(property, actual);

    /// <summary>Reported properties of an existing instance that must be repaired, whatever is desired.</summary>
    private protected virtual IReadOnlyList<string> Faults(ResourceState actual) => [];

    private Outcome<ResourceChange> Set(ResourceHost host, ResourceTest test, bool isPlan, ResourceProgress progress)
    {
        Outcome<ResourceState> set = isPlan ? Plan(host, test, progress) : Apply(host, test, progress);
        if (!set.TryGet(out ResourceState? after, out _))
        {
            return Outcome.Fail<ResourceChange>(set.Failures);
        }
        IReadOnlyList<string> left = isPlan ? [] : Differing(test.Desired, after);
        return left.Count > 0 ? ResourceMessages.NotReached(Name, left)
            : new ResourceChange(test.Actual, after, Changed(test.Actual, after));
    }

    private static string[] Changed(ResourceState before, ResourceState after) =>
        [.. before.Names.Union(after.Names, StringComparer.Ordinal).Where(name => !before.IsSame(name, after))];

    private static bool HasNul(ResourceState state, string name) =>
        state.List(name).Append(state.Text(name) ?? "").Any(text => text.Contains('\0', StringComparison.Ordinal));

    private string[] Differing(ResourceState desired, ResourceState actual)
    {
        if (desired.Exists != actual.Exists)
        {
            return [ResourceProperty.Exist];
        }
        // What does not exist has no other properties.
        return !desired.Exists ? []
            : [.. Properties.Where(one => one.Access == ResourceAccess.Desired && one.Name is not ResourceProperty.Exist
                && desired.Has(one.Name) && Differs(one.Name, desired, actual)).Select(one => one.Name), .. Faults(actual)];
    }
}
