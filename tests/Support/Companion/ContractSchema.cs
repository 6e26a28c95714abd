using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using System.Xml.Linq;
using Json.Schema;

namespace Pep668.Tests;

/// <summary>The JSON schemas of the companion's results, from the records of the contract and their XML docs.</summary>
internal static class ContractSchema
{
    private static readonly Lazy<Dictionary<string, string>> Summaries = new(ReadSummaries);

    /// <summary>Each command and its schema.</summary>
    internal static IReadOnlyDictionary<string, JsonNode> All { get; } = new Dictionary<string, JsonNode>(StringComparer.Ordinal)
    {
        ["list"] = Create("list", Schema(Pep668Json.Default.IReadOnlyListPythonEnvironment)),
        ["check"] = Create("check", Schema(Pep668Json.Default.IReadOnlyListPythonEnvironment)),
        ["marker"] = Create("marker", Schema(Pep668Json.Default.IReadOnlyListExternallyManagedMarker)),
        ["venv"] = Create("venv", Schema(Pep668Json.Default.PythonEnvironment)),
        ["install"] = Create("install", Changes()),
        ["uninstall"] = Create("uninstall", Changes()),
        ["plan"] = Create("plan", Schema(Pep668Json.Default.PipInstallPlan)),
        ["packages"] = Create("packages", Schema(Pep668Json.Default.IReadOnlyListPythonPackage)),
        ["conflicts"] = Create("conflicts", Schema(Pep668Json.Default.IReadOnlyListPythonPackageConflict)),
        ["advise"] = Create("advise", Schema(Pep668Json.Default.IReadOnlyListPythonInstallAdvice)),
        ["app"] = Create("app list", Schema(Pep668Json.Default.IReadOnlyListPythonApplication)),
        ["overrides"] = Create("overrides", Schema(Pep668Json.Default.IReadOnlyListPipOverride)),
        ["lint"] = Create("lint", Schema(Pep668Json.Default.IReadOnlyListPipOverrideUse)),
    };

    /// <summary>Asserts that the output of a command matches the schema in its file.</summary>
    internal static void AssertMatches(string command, string output)
    {
        EvaluationResults results = Evaluate(command, output);
        string[] errors = [.. (results.Details ?? []).Where(one => one.Errors is not null)
            .SelectMany(one => one.Errors!.Select(error => $"{one.InstanceLocation}: {error.Value}"))];
        Assert.True(results.IsValid, string.Join('\n', errors) + "\n" + output);
    }

    /// <summary>Compares an output with the schema in the file of a command.</summary>
    internal static EvaluationResults Evaluate(string command, string output) => JsonSchema.FromText(File.ReadAllText(PathOf(command)))
        .Evaluate(JsonSerializer.Deserialize<JsonElement>(output), new EvaluationOptions { OutputFormat = OutputFormat.List });

    /// <summary>The file with the schema of a command.</summary>
    internal static string PathOf(string command) => SourceTree.File($"docs/schemas/{command}.schema.json");

    private static JsonNode Create(string command, JsonObject schema)
    {
        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.Insert(1, "title", $"pep668 {command} --json");
        return schema;
    }

    private static JsonObject Changes() => new()
    {
        ["oneOf"] = new JsonArray(Schema(Pep668Json.Default.IReadOnlyListPipInstallResult), Schema(Pep668Json.Default.Refusal)),
    };

    private static JsonObject Schema(JsonTypeInfo type) => type.GetJsonSchemaAsNode(new()
    {
        TreatNullObliviousAsNonNullable = true,
        TransformSchemaNode = (context, node) => Describe(context, node),
    }).AsObject();

    private static JsonNode Describe(JsonSchemaExporterContext context, JsonNode node)
    {
        Type type = context.TypeInfo.Type;
        // Written by converters: a path, and a command for the shell of the platform.
        if (type == typeof(PythonEnvironment) && context.PropertyInfo is not null)
        {
            node = new JsonObject { ["type"] = new JsonArray("string", "null") };
        }
        else if (type == typeof(Remedy))
        {
            node = RemedySchema();
        }
        else if (type == typeof(PythonInstallAdvice))
        {
            node["properties"]!.AsObject().Insert(2, "command", Command());
        }
        JsonObject schema = node as JsonObject ?? [];
        if (context.PropertyInfo is not null && !IsNullable(context.PropertyInfo) && schema["type"] is JsonArray types)
        {
            schema["type"] = types[0]!.DeepClone();
        }
        if (context.PropertyInfo is JsonPropertyInfo property
            && Summaries.Value.TryGetValue($"P:{property.DeclaringType.FullName}.{ClrName(property)}", out string? text))
        {
            schema.Insert(0, "description", text);
        }
        else if (context.PropertyInfo is null && context.BaseTypeInfo is null
            && Summaries.Value.TryGetValue("T:" + type.FullName, out string? summary))
        {
            schema.Insert(0, "description", summary);
        }
        if (schema.ContainsKey("properties"))
        {
            schema["required"] = new JsonArray([.. schema["properties"]!.AsObject().Select(one => (JsonNode)one.Key)]);
            schema["additionalProperties"] = false;
        }
        return schema;
    }

    private static bool IsNullable(JsonPropertyInfo property) =>
        new NullabilityInfoContext().Create(property.DeclaringType.GetProperty(ClrName(property))!).ReadState != NullabilityState.NotNull
        || Nullable.GetUnderlyingType(property.PropertyType) is not null;

    private static string ClrName(JsonPropertyInfo property) => char.ToUpperInvariant(property.Name[0]) + property.Name[1..];

    private static JsonObject Command() => new()
    {
        ["description"] = "The command for a POSIX shell, on Windows for cmd; null if the companion has none.",
        ["type"] = new JsonArray("string", "null"),
    };

    private static JsonObject RemedySchema() => new()
    {
        ["type"] = "object",
        ["properties"] = new JsonObject
        {
            ["command"] = Command(),
            ["reason"] = new JsonObject { ["type"] = "string" },
            ["route"] = new JsonObject { ["enum"] = new JsonArray([.. Enum.GetNames<AdviceRoute>().Select(one => (JsonNode)one), null]) },
        },
    };

    private static Dictionary<string, string> ReadSummaries() =>
        XDocument.Load(Path.ChangeExtension(typeof(PythonEnvironment).Assembly.Location, ".xml")).Descendants("member")
            .Where(member => member.Element("summary") is not null)
            .ToDictionary(member => (string)member.Attribute("name")!, member => Text(member.Element("summary")!), StringComparer.Ordinal);

    private static string Text(XElement summary)
    {
        foreach (XElement reference in summary.Descendants("see").ToArray())
        {
            string name = (string?)reference.Attribute("cref") ?? "";
            reference.ReplaceWith(name[(name.LastIndexOf('.') + 1)..]);
        }
        return string.Join(' ', summary.Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }
}
