using System.Text.Encodings.Web;
using System.Text.Json;

namespace Pep668.DesiredState;

/// <summary>The results of resources as JSON, with the names that DSC's own commands give their parts.</summary>
internal static class ResourceJson
{
    /// <summary>A state.</summary>
    internal static byte[] Write(ResourceState state) => Write(state.Write);

    /// <summary>A state that is compared with the desired one, with <c>_inDesiredState</c>.</summary>
    internal static byte[] WriteTested(ResourceTest test) =>
        Write(test.Actual.With("_inDesiredState", test.IsInDesiredState).Write);

    /// <summary>Names of properties.</summary>
    internal static byte[] Write(IReadOnlyList<string> names) => Write(writer => WriteNames(writer, names));

    /// <summary>The desired and the actual state, and what differs.</summary>
    internal static byte[] Write(ResourceType type, ResourceTest test) => Write(writer =>
    {
        writer.WriteStartObject();
        writer.WritePropertyName("desiredState");
        WithoutOptions(type, test.Desired).Write(writer);
        writer.WritePropertyName("actualState");
        test.Actual.Write(writer);
        writer.WriteBoolean("inDesiredState", test.IsInDesiredState);
        writer.WritePropertyName("differingProperties");
        WriteNames(writer, test.Differing);
        writer.WriteEndObject();
    });

    /// <summary>The states before and after, and what changed.</summary>
    internal static byte[] Write(ResourceChange change) => Write(writer =>
    {
        writer.WriteStartObject();
        writer.WritePropertyName("beforeState");
        change.Before.Write(writer);
        writer.WritePropertyName("afterState");
        change.After.Write(writer);
        writer.WritePropertyName("changedProperties");
        WriteNames(writer, change.Changed);
        writer.WriteEndObject();
    });

    // The index may contain a password.
    private static ResourceState WithoutOptions(ResourceType type, ResourceState state) => type.Properties
        .Where(one => one.Access == ResourceAccess.Option).Aggregate(state, (rest, one) => rest.With(one.Name, (string?)null));

    private static void WriteNames(Utf8JsonWriter writer, IReadOnlyList<string> names)
    {
        writer.WriteStartArray();
        foreach (string name in names)
        {
            writer.WriteStringValue(name);
        }
        writer.WriteEndArray();
    }

    private static byte[] Write(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            write(writer);
        }
        return stream.ToArray();
    }
}
