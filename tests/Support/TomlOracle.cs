using System.Text.Json;
using System.Text.Json.Nodes;
using Pep668.Text;
using Tomlyn;
using Tomlyn.Parsing;
using TomlynTable = Tomlyn.Model.TomlTable;

namespace Pep668.Tests;

/// <summary>
/// The values that other readers of TOML find in a text, as JSON, with 0 for a number and a time; null for an error.
/// </summary>
internal static class TomlOracle
{
    private const string Script = """
        import json, sys, tomllib
        def form(value):
            if isinstance(value, dict):
                return {key: form(one) for key, one in value.items()}
            if isinstance(value, list):
                return [form(one) for one in value]
            return value if isinstance(value, (str, bool)) else 0
        def read(text):
            try:
                return json.dumps(form(tomllib.loads(text)), sort_keys=True)
            except ValueError:
                return None
        json.dump([read(text) for text in json.load(sys.stdin)], sys.stdout)
        """;

    /// <summary>Our reader.</summary>
    internal static string? Ours(string text) => TomlReader.Read(text) is TomlTable table ? Form(table) : null;

    /// <summary>Tomlyn, which reads TOML 1.1.</summary>
    internal static string? Tomlyn(string text)
    {
        try
        {
            // Only the syntax tree is checked for keys and tables that are defined twice.
            return SyntaxParser.Parse(text, validate: true).HasErrors ? null : Form(TomlSerializer.Deserialize<TomlynTable>(text)!);
        }
        catch (Exception error) when (error is TomlException or ArgumentOutOfRangeException)
        {
            return null; // the second for an escaped surrogate
        }
    }

    /// <summary>
    /// Python's own reader, which Hatch and others use and which reads TOML 1.0; null when there is no Python that has
    /// it.
    /// </summary>
    internal static string?[]? Python(IReadOnlyList<string> texts)
    {
        // tomllib came with 3.11.
        if (Interpreters.Minors() is not [.., { Executable: string python } newest] || newest.MajorMinor.CompareTo((3, 11)) < 0)
        {
            return null;
        }
        string output = Tool.Run(python, ["-X", "utf8", "-c", Script], input: JsonSerializer.Serialize(texts)).Checked().Output;
        string?[] read = JsonSerializer.Deserialize<string?[]>(output)!;
        return [.. read.Select(json => json is null ? null : Sorted(JsonNode.Parse(json))!.ToJsonString())];
    }

    private static string Form(object value) => Sorted(Node(value))!.ToJsonString();

    private static JsonNode Node(object value) => value switch
    {
        string text => JsonValue.Create(text.Replace("\r\n", "\n", StringComparison.Ordinal)),
        bool truth => JsonValue.Create(truth),
        TomlScalar { Truth: not TruthValue.Invalid } scalar => JsonValue.Create(scalar.Truth == TruthValue.True),
        IEnumerable<KeyValuePair<string, object>> table =>
            new JsonObject(table.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)Node(pair.Value)))),
        IEnumerable<object> list => new JsonArray([.. list.Select(Node)]),
        _ => JsonValue.Create(0),
    };

    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject table => new JsonObject(table.OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => KeyValuePair.Create(pair.Key, Sorted(pair.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Sorted)]),
        _ => node?.DeepClone(),
    };
}
