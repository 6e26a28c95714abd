using System.Text.Json;
using System.Text.Json.Serialization;

namespace Pep668.Cli;

/// <summary>Writes a remedy with its command in the shell of this platform.</summary>
internal sealed class RemedyConverter : JsonConverter<Remedy>
{
    /// <inheritdoc/>
    public override Remedy Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("Remedies are never read from JSON.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Remedy value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString("command", Output.Command(value));
        writer.WriteString("reason", value.Reason);
        writer.WriteString("route", value.Route?.ToString());
        writer.WriteEndObject();
    }
}
