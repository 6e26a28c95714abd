using System.Text.Json;

namespace Pep668.Pip.Applications;

/// <summary>
/// What pipx records of an application: <c>pipx_metadata.json</c> (its <c>pipx_metadata_file.py</c>). The fields that
/// are used here are the same in all versions of the file, from 0.1 to 0.12; <c>suffix</c> came with 0.2.
/// </summary>
/// <param name="Package">The distribution.</param>
/// <param name="Version">Its version.</param>
/// <param name="Apps">The file names of its commands, with those of other packages that are available too.</param>
internal sealed record PipxMetadata(string Package, string? Version, IReadOnlyList<string> Apps)
{
    /// <summary>The largest file that is read.</summary>
    internal const int Limit = 4 << 20;

    /// <summary>Reads the content of a file; null if it is not what pipx writes.</summary>
    internal static PipxMetadata? Parse(byte[] bytes)
    {
        try
        {
            using var json = JsonDocument.Parse(bytes);
            JsonElement main = Part(json.RootElement, "main_package"), injected = Part(json.RootElement, "injected_packages");
            return Text(main, "package") is not string package ? null
                : new(package, Text(main, "package_version") is { Length: > 0 } version ? version : null,
                [.. Available(main), .. injected.ValueKind == JsonValueKind.Object
                    ? injected.EnumerateObject().SelectMany(one => Available(one.Value)) : []]);
        }
        // A string may contain half of a surrogate pair.
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static IEnumerable<string> Available(JsonElement package)
    {
        string suffix = Text(package, "suffix") ?? "";
        return (IsTrue(package, "include_apps") ? Texts(package, "apps") : [])
            .Concat(IsTrue(package, "include_dependencies") ? Texts(package, "apps_of_dependencies") : [])
            .Select(name => Path.GetFileNameWithoutExtension(name) + suffix + Path.GetExtension(name));
    }

    private static JsonElement Part(JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out JsonElement part) ? part : default;

    private static string? Text(JsonElement of, string name) =>
        Part(of, name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    private static bool IsTrue(JsonElement of, string name) => Part(of, name).ValueKind == JsonValueKind.True;

    private static IEnumerable<string> Texts(JsonElement of, string name) =>
        Part(of, name) is { ValueKind: JsonValueKind.Array } array
            ? array.EnumerateArray().Where(one => one.ValueKind == JsonValueKind.String).Select(one => one.GetString()!) : [];
}
