using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;

namespace Pep668.Tests;

/// <summary>The resources of DSC v3, run as their manifests say. It needs pwsh alone: DSC is not run. What repeats an
/// operation is run in one pwsh, by what the script of the manifests calls.</summary>
public sealed class DscResourceTests : IClassFixture<PwshSession>, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pep668-dsc-").FullName;
    private readonly WheelHouse _wheels;
    private readonly Dictionary<string, string> _variables;
    private readonly PwshSession _session;

    public DscResourceTests(PwshSession session)
    {
        _session = session;
        _wheels = new(Path.Combine(_folder, "wheels"));
        _variables = new(StringComparer.Ordinal)
        {
            ["HOME"] = Directory.CreateDirectory(Path.Combine(_folder, "home")).FullName,
            ["PATH"] = "/usr/bin:/bin",
            ["PEP668_CACHE_DIR"] = SharedSeeds.Cache,
        };
    }

    private string Venv => Path.Combine(_folder, "venv");

    private string Source => $$"""
        "noIndex": true, "findLinks": ["{{_wheels.Folder}}"]
        """;

    private static string File(string name) => SourceTree.File("bin/" + name);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Manifests_contain_the_properties_of_the_resources()
    {
        string path = SourceTree.File(DscManifests.Path);
        string version = System.IO.File.ReadLines(SourceTree.File("Pep668.psd1"))
            .Single(line => line.Contains("ModuleVersion", StringComparison.Ordinal)).Split('\'')[1];
        string expected = DscManifests.Text(version);
        if (Environment.GetEnvironmentVariable("PEP668_TEST_UPDATE") is "1")
        {
            System.IO.File.WriteAllText(path, expected);
        }
        Assert.Equal(expected, System.IO.File.ReadAllText(path));
        Assert.True(System.IO.File.Exists(File("Pep668.dsc.manifests.json")), "the build puts it beside the module");
    }

    [Fact]
    public void Manifests_match_the_schema_of_DSC()
    {
        string? path = Environment.GetEnvironmentVariable("PEP668_DSC_SCHEMA");
        Assert.SkipWhen(path is null, "PEP668_DSC_SCHEMA does not name the schema");
        var schema = Schema(System.IO.File.ReadAllText(path!));
        foreach (JsonElement manifest in Manifests())
        {
            // The schema that is published does not know these keys of 3.2 yet; DSC's reference describes them.
            JsonObject older = JsonNode.Parse(manifest.GetRawText())!.AsObject();
            older.Remove("condition");
            older["$schema"] = "https://raw.githubusercontent.com/PowerShell/DSC/main/schemas/v3/bundled/resource/manifest.json";
            if (older["set"] is JsonObject set)
            {
                set.Remove("whatIfReturns");
                set["args"]!.AsArray().RemoveAt(set["args"]!.AsArray().Count - 1);
            }
            AssertValid(schema, JsonSerializer.Deserialize<JsonElement>(older.ToJsonString()));
        }
    }

    [Fact]
    public void Environment_is_planned_set_unchanged_and_removed()
    {
        string python = Interpreters.Newest(Needs.Ensurepip).Executable;
        string present = $$"""{"path": "{{Venv}}", "python": "{{python}}", "requirements": ["tiny==1.0"], {{Source}}}""";
        string absent = $$"""{"path": "{{Venv}}", "_exist": false}""";

        (JsonElement state, string[] differing) = Changes("PythonVenv", Run("PythonVenv", "test", present));
        Assert.Equal((false, "_exist"), (state.GetProperty("_inDesiredState").GetBoolean(), Assert.Single(differing)));
        (state, string[] changed) = Changes("PythonVenv", Run("PythonVenv", "set", present, whatIf: true));
        Assert.True(state.GetProperty("_exist").GetBoolean());
        Assert.Contains("_exist", changed);
        Assert.False(Directory.Exists(Venv));

        (state, _) = Changes("PythonVenv", Run("PythonVenv", "set", present));
        Assert.Equal("tiny==1.0", state.GetProperty("requirements")[0].GetString());
        string tree = TreeSnapshot.Describe(Venv);
        Assert.Empty(Changes("PythonVenv", RunAgain("PythonVenv", "set", present)).Names);
        Assert.Empty(Changes("PythonVenv", RunAgain("PythonVenv", "test", present)).Names);
        Assert.Equal(tree, TreeSnapshot.Describe(Venv));

        (state, _) = Changes("PythonVenv", RunAgain("PythonVenv", "set", absent));
        Assert.False(state.GetProperty("_exist").GetBoolean());
        Assert.False(Directory.Exists(Venv));
        Assert.False(Single("PythonVenv", "get", absent).GetProperty("_exist").GetBoolean());
    }

    [Fact]
    public void Package_is_upgraded_and_a_managed_environment_is_refused()
    {
        string[] create = [.. Companion.Command.Skip(1), "venv", Venv, "--python", Interpreters.Newest(Needs.Ensurepip).Executable];
        Tool.Run(Companion.Command[0], create, _folder, _variables).Checked();
        string package = $$"""{"environment": "{{Venv}}", "name": "tiny", {{Source}}, "version": """;
        Changes("PipPackage", RunAgain("PipPackage", "set", package + "\"1.0\"}"));
        (JsonElement state, string[] changed) = Changes("PipPackage", RunAgain("PipPackage", "set", package + "\">=2\"}"));
        Assert.Equal(("2.0", "version"), (state.GetProperty("version").GetString(), Assert.Single(changed)));
        Assert.Contains("\"tiny\"", Run("PipPackage", "export", $$"""{"environment": "{{Venv}}"}""").Checked().Output);

        string managed = Interpreters.Need("managed").Executable;
        Tool.Result refused = RunAgain("PipPackage", "set", $$"""{"environment": "{{managed}}", "name": "tiny"}""");
        Assert.Equal((3, ""), (refused.ExitCode, refused.Output));
        string error = JsonDocument.Parse(refused.Error).RootElement.GetProperty("error").GetString()!;
        Assert.Contains("[ExternallyManagedEnvironment]", error);
        Assert.Contains("apt install", error);
        Assert.Matches(@"\n  Recommendation:\n    New-PythonVenv \S.*\n", error);
        JsonElement asserted = Single("ExternallyManaged", "get", $$"""{"environment": "{{managed}}"}""");
        Assert.True(asserted.GetProperty("managed").GetBoolean());
    }

    [Theory]
    [InlineData("PythonVenv", "", "it is empty")]
    [InlineData("PythonVenv", """{"path": "/v",""", "is not JSON")]
    [FullInlineData("PipPackage", """{"environment": "/v", "name": 1}""", "'name' of PipPackage is invalid")]
    [FullInlineData("PythonVenv", """{"path": "/v", "colour": "red"}""", "no property 'colour'")]
    public void Invalid_input_is_an_error_line_and_changes_nothing(string type, string input, string message)
    {
        Tool.Result result = input.Length == 0 ? Run(type, "set", input) : RunAgain(type, "set", input);
        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains(message, JsonDocument.Parse(result.Error).RootElement.GetProperty("error").GetString());
    }

    [Fact]
    public void Error_contains_its_recommendation_for_PowerShell()
    {
        Tool.Result result = Run("PipPackage", "get", """{"environment": "/nowhere", "name": "tiny"}""");
        Assert.Equal("'/nowhere' does not exist. [EnvironmentNotFound]\n"
            + "  Recommendation:\n    Get-PythonEnvironment    # lists the Pythons on this machine",
            JsonDocument.Parse(result.Error).RootElement.GetProperty("error").GetString());
    }

    private static JsonElement[] Manifests() => [.. JsonDocument.Parse(System.IO.File.ReadAllText(File("Pep668.dsc.manifests.json")))
        .RootElement.GetProperty("resources").EnumerateArray()];

    // The program, the arguments and the input are those of the manifest, and the working directory is its folder.
    private Tool.Result Run(string type, string operation, string input, bool whatIf = false)
    {
        JsonElement method = Manifests().Single(one => one.GetProperty("type").GetString() == "Pep668/" + type).GetProperty(operation);
        Assert.Equal(("pwsh", "stdin"), (method.GetProperty("executable").GetString(), method.GetProperty("input").GetString()));
        string[] arguments = [.. method.GetProperty("args").EnumerateArray().Select(one => one.ValueKind == JsonValueKind.String
            ? one.GetString()! : whatIf ? one.GetProperty("whatIfArg").GetString()! : "").Where(one => one.Length > 0)];
        return Tool.RunPwshWith(arguments, SourceTree.File("bin"), _variables, input);
    }

    // The same in a pwsh that has started, as Pep668.Resource.ps1 does it; in a full run that script is started.
    private Tool.Result RunAgain(string type, string operation, string input)
    {
        if (TestExtent.IsFull)
        {
            return Run(type, operation, input);
        }
        string json = _session.Run("""
            foreach ($name in $data.variables.Keys) { [System.Environment]::SetEnvironmentVariable($name, $data.variables[$name]) }
            $null = [System.Reflection.Assembly]::LoadFrom($data.module)
            $run = [Pep668.PowerShell.Dsc.ResourceProgram].GetMethods([System.Reflection.BindingFlags] 'NonPublic, Static').Where{
                $_.Name -eq 'Run' }[0]
            $source = [System.IO.MemoryStream]::new([System.Text.Encoding]::UTF8.GetBytes($data.input))
            $results = [System.IO.MemoryStream]::new()
            $messages = [System.IO.MemoryStream]::new()
            $out.Add("$($run.Invoke($null, [object[]] ($data.type, $data.operation, $false, $source, $results, $messages)))")
            $out.Add([System.Text.Encoding]::UTF8.GetString($results.ToArray()))
            $out.Add([System.Text.Encoding]::UTF8.GetString($messages.ToArray()))
            """, JsonSerializer.Serialize(new { variables = _variables, module = File("Pep668.dll"), type, operation, input }));
        string[] answer = JsonSerializer.Deserialize<string[]>(json)!;
        return new(int.Parse(answer[0], System.Globalization.CultureInfo.InvariantCulture), answer[1], answer[2]);
    }

    // The two lines of stateAndDiff.
    private static (JsonElement State, string[] Names) Changes(string type, Tool.Result result)
    {
        result.Checked();
        Assert.Equal("", result.Error);
        string[] lines = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        return (Valid(type, lines[0]), JsonSerializer.Deserialize<string[]>(lines[1])!);
    }

    private JsonElement Single(string type, string operation, string input) =>
        Valid(type, Assert.Single(RunAgain(type, operation, input).Checked().Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)));

    private static JsonElement Valid(string type, string line)
    {
        JsonElement state = JsonSerializer.Deserialize<JsonElement>(line);
        JsonElement schema = Manifests().Single(one => one.GetProperty("type").GetString() == "Pep668/" + type)
            .GetProperty("schema").GetProperty("embedded");
        AssertValid(Schema(schema.GetRawText()), state);
        return state;
    }

    // Each schema bundles the same definitions, which a registry accepts once.
    private static JsonSchema Schema(string text) => JsonSchema.FromText(text, new BuildOptions { SchemaRegistry = new SchemaRegistry() });

    private static void AssertValid(JsonSchema schema, JsonElement instance)
    {
        EvaluationResults results = schema.Evaluate(instance, new EvaluationOptions { OutputFormat = OutputFormat.List });
        Assert.True(results.IsValid, string.Join('\n', (results.Details ?? []).Where(one => one.Errors is not null)
            .SelectMany(one => one.Errors!.Select(error => $"{one.InstanceLocation}: {error.Value}"))) + instance);
    }
}
