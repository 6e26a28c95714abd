using System.Text.Json;

namespace Pep668.Tests;

/// <summary>The schemas in <c>docs/schemas</c>: they describe the contract, and the results of every command match them
/// (that of <c>plan</c> in <see cref="PlanTests"/>).</summary>
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
            string path = ContractSchema.PathOf(command), expected = schema.ToJsonString(Layout) + "\n";
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
        ContractSchema.AssertMatches(command, result.Output);
    }

    [Fact]
    public void New_environment_and_its_packages_match_their_schemas()
    {
        string folder = _companion.At("/home/user/env"), python = Interpreters.Newest(Needs.Venv).Executable;
        ContractSchema.AssertMatches("venv", _companion.Run("venv", folder, "--python", python, "--without-pip", "--json").Exits(0).Output);
    }

    [Fact]
    public void Schema_rejects_a_record_with_a_missing_property() =>
        Assert.False(ContractSchema.Evaluate("overrides", """[{"tool":"pip"}]""").IsValid);
}
