using System.Text.Json;
using Json.Schema;

namespace Pep668.Tests;

/// <summary>The schemas in <c>docs/schemas</c>: they describe the contract, and the results of every command match
/// them.</summary>
public sealed class SchemaTests : IDisposable
{
    private static readonly JsonSerializerOptions Layout = new()
    {
        WriteIndented = true, NewLine = "\n", Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly Companion _companion = new();

    public SchemaTests() => _companion.World.Python("/usr", "3.11.2", "[externally-managed]\nError=Use apt.\n")
        .Write("/usr/lib/python3.11/site-packages/pip/__init__.py", "__version__ = '24.2'\n");

    public void Dispose() => _companion.Dispose();

    /// <summary>PEP668_TEST_UPDATE=1 writes the files.</summary>
    [Fact]
    public void Schema_files_describe_the_records_of_the_contract()
    {
        foreach ((string command, System.Text.Json.Nodes.JsonNode schema) in ContractSchema.All)
        {
            string path = SchemaFile(command), expected = schema.ToJsonString(Layout) + "\n";
            if (Environment.GetEnvironmentVariable("PEP668_TEST_UPDATE") is "1")
            {
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                File.WriteAllText(path, expected);
            }
            Assert.Equal(expected, File.ReadAllText(path));
        }
    }

    [Theory]
    [InlineData("list", 0, "list", "--json")]
    [InlineData("check", 1, "check", "{python}", "--json")]
    [InlineData("marker", 0, "marker", "{python}", "--json")]
    [InlineData("overrides", 0, "overrides", "--json")]
    [InlineData("packages", 0, "packages", "{python}", "--json")]
    [InlineData("app", 0, "app", "list", "--json")]
    [InlineData("install", 3, "install", "requests", "--environment", "{python}", "--json")]
    [InlineData("uninstall", 3, "uninstall", "requests", "--environment", "{python}", "--json")]
    [InlineData("install", 3, "install", "requests", "--target", "{lib}", "--environment", "{python}", "--json")]
    public void Result_matches_its_schema(string command, int code, params string[] arguments)
    {
        _companion.Set("PIP_BREAK_SYSTEM_PACKAGES", command is "overrides" ? "1" : "0").Venv("/home/user/project/.venv", "/usr", "3.11.2");
        arguments = [.. arguments.Select(one => one.Replace("{python}", _companion.At("/usr/bin/python3.11"), StringComparison.Ordinal)
            .Replace("--target", "--argument=--target=" + _companion.At("/usr/lib/python3.11/site-packages"), StringComparison.Ordinal))
            .Where(one => one is not "{lib}")];
        CompanionResult result = _companion.Run(arguments).Exits(code);
        AssertMatches(command, result.Output);
    }

    [Fact]
    public void New_environment_and_its_packages_match_their_schemas()
    {
        string folder = _companion.At("/home/user/env"), python = Interpreters.Newest(Needs.Venv).Executable;
        AssertMatches("venv", _companion.Run("venv", folder, "--python", python, "--without-pip", "--json").Exits(0).Output);
    }

    [Fact]
    public void Plan_matches_its_schema()
    {
        string folder = _companion.At("/home/user/env");
        _companion.Set("PEP668_CACHE_DIR", SharedSeeds.Cache)
            .Run("venv", folder, "--python", Interpreters.Newest(Needs.Ensurepip).Executable).Exits(0);
        AssertMatches("plan", _companion.Run("plan", "tiny", "--no-index", "--find-links", new WheelHouse(_companion.At("/wheels")).Folder,
            "-E", folder, "--json").Exits(0).Output);
    }

    [Fact]
    public void Schema_rejects_a_record_with_a_missing_property() =>
        Assert.False(Evaluate("overrides", """[{"tool":"pip"}]""").IsValid);

    private static void AssertMatches(string command, string output)
    {
        EvaluationResults results = Evaluate(command, output);
        string[] errors = [.. (results.Details ?? []).Where(one => one.Errors is not null)
            .SelectMany(one => one.Errors!.Select(error => $"{one.InstanceLocation}: {error.Value}"))];
        Assert.True(results.IsValid, string.Join('\n', errors) + "\n" + output);
    }

    private static EvaluationResults Evaluate(string command, string output) => JsonSchema.FromText(File.ReadAllText(SchemaFile(command)))
        .Evaluate(JsonSerializer.Deserialize<JsonElement>(output), new EvaluationOptions { OutputFormat = OutputFormat.List });

    private static string SchemaFile(string command) => SourceTree.File($"docs/schemas/{command}.schema.json");
}
