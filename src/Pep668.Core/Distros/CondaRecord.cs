using System.Buffers;
using System.Text.Json;

namespace Pep668.Distros;

/// <summary>What is read of one file in <c>conda-meta</c> (<c>PrefixRecord</c> in conda's
/// <c>models/records.py</c>).</summary>
internal sealed record CondaRecord(string Name, string Version)
{
    private static readonly SearchValues<char> EndsOfName = SearchValues.Create(" =<>!~[");

    /// <summary>The names of the packages that it needs.</summary>
    internal IReadOnlyList<string> Needs { get; private init; } = [];

    /// <summary>The wanted ones of its files, relative to the environment.</summary>
    internal IReadOnlyList<string> Files { get; private init; } = [];

    /// <summary>Reads a record; null if it is not one.</summary>
    /// <param name="json">The content of the file.</param>
    /// <param name="wanted">Which files to include; null for none.</param>
    internal static CondaRecord? Read(ReadOnlySpan<byte> json, WantedPaths? wanted)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            return reader.Read() && reader.TokenType == JsonTokenType.StartObject ? Read(ref reader, wanted) : null;
        }
        catch (Exception error) when (IsOdd(error))
        {
            return null;
        }
    }

    /// <summary>
    /// The digests of its regular files, relative to the environment. <c>sha256_in_prefix</c> is that of the installed
    /// file, in which the prefix is replaced; where there is nothing to replace, <c>sha256</c> is the same.
    /// </summary>
    internal static IReadOnlyList<(string Path, FileDigest Digest)> Digests(byte[] json)
    {
        var found = new List<(string, FileDigest)>();
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            JsonElement? paths = Member(Member(document.RootElement, "paths_data"), "paths");
            foreach (JsonElement file in paths is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : default)
            {
                if (Text(file, "_path") is string path && Text(file, "path_type") is not ("softlink" or "directory")
                    && (Text(file, "sha256_in_prefix") ?? (Text(file, "prefix_placeholder") is null ? Text(file, "sha256") : null))
                        is { Length: 64 } digest && digest.All(char.IsAsciiHexDigit))
                {
                    found.Add((path, new(DigestAlgorithm.Sha256, digest.ToLowerInvariant())));
                }
            }
        }
        catch (Exception error) when (IsOdd(error))
        {
            return [];
        }
        return found;
    }

    private static CondaRecord? Read(ref Utf8JsonReader reader, WantedPaths? wanted)
    {
        string? name = null, version = null;
        IReadOnlyList<string> needs = [], files = [];
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("name"u8))
            {
                name = Text(ref reader);
            }
            else if (reader.ValueTextEquals("version"u8))
            {
                version = Text(ref reader);
            }
            else if (reader.ValueTextEquals("depends"u8))
            {
                needs = [.. Texts(ref reader, null).Select(NameOf).Where(one => one.Length > 0)];
            }
            else if (wanted is not null && reader.ValueTextEquals("files"u8))
            {
                files = Texts(ref reader, wanted);
            }
            else
            {
                reader.Skip();
            }
        }
        return name is { Length: > 0 } && version is not null ? new(name, version) { Needs = needs, Files = files } : null;
    }

    private static string? Text(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.String)
        {
            return reader.GetString();
        }
        reader.Skip();
        return null;
    }

    private static List<string> Texts(ref Utf8JsonReader reader, WantedPaths? wanted)
    {
        var found = new List<string>();
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return found;
        }
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.String)
            {
                reader.Skip();
            }
            else if (wanted is null || (reader.ValueIsEscaped ? wanted.Includes(reader.GetString()!) : wanted.Includes(reader.ValueSpan)))
            {
                found.Add(reader.GetString()!);
            }
        }
        return found;
    }

    // "name", "name >=1,<2", "name=1.2=build", "channel::name[version=1]" (models/match_spec.py).
    private static string NameOf(string spec)
    {
        int channel = spec.LastIndexOf("::", StringComparison.Ordinal);
        ReadOnlySpan<char> name = spec.AsSpan(channel < 0 ? 0 : channel + 2).TrimStart();
        int end = name.IndexOfAny(EndsOfName);
        return (end < 0 ? name : name[..end]).ToString().ToLowerInvariant();
    }

    private static JsonElement? Member(JsonElement? element, string name) =>
        element is { ValueKind: JsonValueKind.Object } one && one.TryGetProperty(name, out JsonElement value) ? value : null;

    private static string? Text(JsonElement element, string name) =>
        Member(element, name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    // Text that is not UTF-8 is an InvalidOperationException.
    private static bool IsOdd(Exception error) => error is JsonException or InvalidOperationException;
}
