using System.Text.Json;
using System.Text.Json.Serialization;

namespace Pep668;

/// <summary>
/// The contract's records as JSON: their property names in camelCase, enumerations as words, every property, absent
/// values as <c>null</c>. Where a record belongs to an environment, its value is the path of the interpreter.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, WriteIndented = true)]
[JsonSerializable(typeof(IReadOnlyList<PythonEnvironment>))]
[JsonSerializable(typeof(IReadOnlyList<PipInstallResult>))]
[JsonSerializable(typeof(IReadOnlyList<ExternallyManagedMarker>))]
[JsonSerializable(typeof(IReadOnlyList<PipOverride>))]
[JsonSerializable(typeof(IReadOnlyList<PipOverrideUse>))]
[JsonSerializable(typeof(IReadOnlyList<PythonPackage>))]
[JsonSerializable(typeof(IReadOnlyList<PythonPackageConflict>))]
[JsonSerializable(typeof(IReadOnlyList<PythonApplication>))]
[JsonSerializable(typeof(IReadOnlyList<PipInstallPlan>))]
[JsonSerializable(typeof(IReadOnlyList<PythonInstallAdvice>))]
[JsonSerializable(typeof(Refusal))]
public sealed partial class Pep668Json : JsonSerializerContext;

/// <summary>Writes an environment as the path of its interpreter, which names it again.</summary>
internal sealed class EnvironmentPathConverter : JsonConverter<PythonEnvironment>
{
    /// <inheritdoc/>
    public override PythonEnvironment Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("Environments are read from disk, never from JSON.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, PythonEnvironment value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Executable);
}
