using System.Text.Json;
using Pep668.Requirements;

namespace Pep668.DesiredState;

/// <summary>The properties of an instance, as they are or as they are desired. A property without a value is
/// absent.</summary>
internal sealed class ResourceState
{
    private readonly List<(string Name, object Value)> _values = [];

    /// <summary>A state without properties.</summary>
    internal static ResourceState Empty { get; } = new();

    private ResourceState()
    {
    }

    private ResourceState(IEnumerable<(string, object)> values) => _values.AddRange(values);

    /// <summary>The names of its properties.</summary>
    internal IEnumerable<string> Names => _values.Select(one => one.Name);

    /// <summary>Whether the instance exists; without that property it does.</summary>
    internal bool Exists => Switch(ResourceProperty.Exist, otherwise: true);

    /// <summary>The state with a text; without that property if it is null.</summary>
    internal ResourceState With(string name, string? value) => Set(name, value);

    /// <summary>The state with true or false.</summary>
    internal ResourceState With(string name, bool value) => Set(name, value);

    /// <summary>The state with texts.</summary>
    internal ResourceState With(string name, IReadOnlyList<string> value) => Set(name, value);

    /// <summary>The state with the value that another one has; without that property if it has none.</summary>
    internal ResourceState With(string name, ResourceState other) => Set(name, other.Value(name));

    /// <summary>Whether it has a property.</summary>
    internal bool Has(string name) => Value(name) is not null;

    /// <summary>A text; null if it is absent.</summary>
    internal string? Text(string name) => Value(name) as string;

    /// <summary>True or false.</summary>
    internal bool Switch(string name, bool otherwise = false) => Value(name) is bool value ? value : otherwise;

    /// <summary>Texts; empty if the property is absent.</summary>
    internal IReadOnlyList<string> List(string name) => TryList(name) ?? [];

    /// <summary>Texts; null if the property is absent or something else.</summary>
    internal IReadOnlyList<string>? TryList(string name) => Value(name) as IReadOnlyList<string>;

    /// <summary>Whether a property has the same value in both; the order of texts does not matter.</summary>
    internal bool IsSame(string name, ResourceState other) => (Value(name), other.Value(name)) switch
    {
        (IReadOnlyList<string> one, IReadOnlyList<string> two) => one.ToHashSet(StringComparer.Ordinal).SetEquals(two),
        (object one, object two) => one.Equals(two),
        (null, null) => true,
        _ => false,
    };

    /// <summary>Writes it as a JSON object, with the credentials of URLs hidden.</summary>
    internal void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        foreach ((string name, object value) in _values)
        {
            switch (value)
            {
                case string text:
                    writer.WriteString(name, UrlCredentials.Redact(text));
                    break;
                case bool isOn:
                    writer.WriteBoolean(name, isOn);
                    break;
                case IReadOnlyList<string> texts:
                    writer.WriteStartArray(name);
                    foreach (string text in texts)
                    {
                        writer.WriteStringValue(UrlCredentials.Redact(text));
                    }
                    writer.WriteEndArray();
                    break;
            }
        }
        writer.WriteEndObject();
    }

    private object? Value(string name) => _values.FirstOrDefault(one => string.Equals(one.Name, name, StringComparison.Ordinal)).Value;

    private ResourceState Set(string name, object? value)
    {
        int at = _values.FindIndex(one => string.Equals(one.Name, name, StringComparison.Ordinal));
        IEnumerable<(string, object)> others = at < 0 ? _values : [.. _values[..at], .. _values[(at + 1)..]];
        return value is null ? new(others)
            : at < 0 ? new([.. _values, (name, value)])
            : new([.. _values[..at], (name, value), .. _values[(at + 1)..]]);
    }
}
