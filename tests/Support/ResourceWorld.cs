using System.Text;
using Pep668.DesiredState;
using Pep668.Machines;

namespace Pep668.Tests;

/// <summary>Desired states in a world of separate environments with real pips.</summary>
internal sealed class ResourceWorld : IDisposable
{
    internal InstallWorld Install { get; } = new();

    internal ResourceHost Host =>
        new(Install.Machine with { UserId = Machine.Current(Install.Folder).UserId }, "", CancellationToken.None);

    internal string Folder => Install.Folder;

    /// <summary>The properties that let packages come from the generated wheels alone.</summary>
    internal string Source => $$"""
        "noIndex": true, "findLinks": ["{{Install.Wheels.Folder}}"]
        """;

    public void Dispose() => Install.Dispose();

    internal static Outcome<ResourceState> Read(string type, string json) =>
        ResourceInput.Read(Type(type), Encoding.UTF8.GetBytes(json));

    internal static ResourceType Type(string type) => ResourceTypes.Find(type).Value();

    internal ResourceState Get(string type, string json) => Type(type).Get(Host, Read(type, json).Value()).Value();

    internal IReadOnlyList<string> Differing(string type, string json) => Type(type).Test(Host, Read(type, json).Value()).Value().Differing;

    internal Outcome<ResourceChange> TrySet(string type, string json, bool isPlan = false) => TrySet(type, json, isPlan, out _);

    internal Outcome<ResourceChange> TrySet(string type, string json, bool isPlan, out bool hasChanged) =>
        Type(type).Set(Host, Read(type, json).Value(), isPlan, out hasChanged);

    /// <summary>Sets a state after a plan, which must have changed nothing and listed the same changes.</summary>
    internal ResourceChange SetAsPlanned(string type, string json)
    {
        ResourceChange planned = Set(type, json, isPlan: true), made = Set(type, json);
        Assert.Equal(Lines(planned.Before, planned.Changed), Lines(made.Before, planned.Changed));
        Assert.Equal(Lines(made.Before, made.Changed), Lines(planned.Before, planned.Changed));
        Assert.Equal(Lines(made.After, made.Changed), Lines(planned.After, planned.Changed));
        return made;
    }

    internal ResourceChange Set(string type, string json, bool isPlan = false)
    {
        Outcome<ResourceChange> outcome = TrySet(type, json, isPlan);
        Assert.True(outcome.Failure is null, outcome.Failure?.Message + outcome.Failure?.Details);
        return outcome.Value();
    }

    private static string[] Lines(ResourceState state, IReadOnlyList<string> names) =>
        [.. names.Order(StringComparer.Ordinal).Select(name => $"{name}: {Value(state, name)}")];

    private static string Value(ResourceState state, string name) => state.Text(name)
        ?? (state.TryList(name) is IReadOnlyList<string> texts ? string.Join(", ", texts.Order(StringComparer.Ordinal))
            : state.Has(name) ? state.Switch(name).ToString() : "absent");
}
