using System.Text.Json;
using System.Text.Json.Serialization;

namespace Pep668.Cli;

/// <summary>Writes a recommendation with its command in the shell of this platform.</summary>
internal sealed class AdviceConverter : JsonConverter<PythonInstallAdvice>
{
    /// <inheritdoc/>
    public override PythonInstallAdvice Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("Recommendations are never read from JSON.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, PythonInstallAdvice value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteNumber("rank", value.Rank);
        writer.WriteString("route", value.Route.ToString());
        writer.WriteString("command", Output.Command(value.Remedy));
        writer.WriteString("reason", value.Reason);
        writer.WriteString("confidence", value.Confidence.ToString());
        writer.WriteEndObject();
    }
}
