using System.Text.Json;
using Json.Schema;

namespace Pep668.Tests;

/// <summary><c>pep668 lint</c>.</summary>
public sealed class LintTests : IDisposable
{
    private const string Baseline = "pep668-baseline.json";

    private readonly Companion _companion = new();

    public LintTests() => _companion.World
        .Write("/home/user/project/Dockerfile", "FROM debian:12\nRUN pip3 install --break-system-packages requests\n")
        .Write("/home/user/project/a b/é.sh", "rm -f /usr/lib/python3*/EXTERNALLY-MANAGED\n")
        .Write("/home/user/project/README.md", "pip install --break-system-packages\n")
        .Write("/home/user/clean/install.sh", "python3 -m venv .venv\n");

    public void Dispose() => _companion.Dispose();

    [Fact]
    public void Findings_are_lines_with_exit_code_1()
    {
        CompanionResult result = _companion.RunHere("lint").Exits(1);
        Assert.Equal(
            ["Dockerfile:2:18: override-option pip3 install --break-system-packages requests",
                "a b/é.sh:1:7: marker-removed rm -f /usr/lib/python3*/EXTERNALLY-MANAGED"], result.Lines());
        Assert.StartsWith("2 findings in 2 files\n", result.Error, StringComparison.Ordinal);
        Assert.Contains("python3 -m venv /opt/venv && /opt/venv/bin/pip install requests\n", result.Error, StringComparison.Ordinal);
        Assert.Single(_companion.RunHere("lint", "Dockerfile").Exits(1).Lines());
    }

    [Fact]
    public void Exit_code_is_0_without_findings_2_for_wrong_usage_5_for_a_missing_path()
    {
        CompanionResult clean = _companion.RunHere("lint", _companion.At("/home/user/clean")).Exits(0);
        Assert.Equal(("", "No overrides found.\n"), (clean.Output, clean.Error));
        Assert.Equal("[]\n", _companion.RunHere("lint", _companion.At("/home/user/clean"), "--json").Exits(0).Output);
        Assert.Contains("cannot be used together", _companion.RunHere("lint", "--json", "--sarif").Exits(2).Error);
        Assert.Contains("cannot be used together", _companion.RunHere("lint", "--baseline", "x", "--write-baseline", "y").Exits(2).Error);
        Assert.Contains("[PathNotFound]", _companion.RunHere("lint", "nowhere").Exits(5).Error);
        Assert.Contains("[PathNotFound]", _companion.RunHere("lint", "--baseline", "nowhere").Exits(5).Error);
        Assert.Contains("[InvalidBaseline]", _companion.RunHere("lint", "--baseline", "Dockerfile").Exits(2).Error);
        Assert.Contains("[BaselineNotWritten]", _companion.RunHere("lint", "--write-baseline", "no/where.json").Exits(4).Error);
    }

    [Fact]
    public void File_that_is_not_a_baseline_is_not_replaced()
    {
        string file = _companion.At("/home/user/project/Dockerfile"), before = File.ReadAllText(file);
        Assert.Contains("it exists and is not a baseline. [BaselineNotWritten]",
            _companion.RunHere("lint", "--write-baseline", "Dockerfile").Exits(4).Error);
        Assert.Equal(before, File.ReadAllText(file));
    }

    [Fact]
    public void Named_file_that_is_too_large_is_no_success()
    {
        _companion.World.Write("/home/user/project/large/big.sh", new byte[(4 << 20) + 1]);
        Assert.Contains("could not be read; overrides in it are not found.", _companion.RunHere("lint", "large/big.sh").Exits(4).Error);
        _companion.RunHere("lint", "large").Exits(0);
    }

    [Fact]
    public void JSON_has_the_names_of_the_contract()
    {
        JsonElement one = _companion.RunHere("lint", "--json").Exits(1).Json()[0];
        Assert.Equal(["path", "line", "column", "rule", "text", "reason", "remedies"],
            one.EnumerateObject().Select(property => property.Name));
        Assert.Equal(_companion.At("/home/user/project/Dockerfile"), one.GetProperty("path").GetString());
    }

    [Fact]
    public void Baseline_accepts_what_it_was_written_for()
    {
        Assert.EndsWith("accepts 2 findings.\n",
            _companion.RunHere("lint", "--write-baseline", Baseline).Exits(0).Error, StringComparison.Ordinal);
        Assert.Equal("No overrides found besides the 2 findings that the baseline accepts.\n",
            _companion.RunHere("lint", "--baseline", Baseline).Exits(0).Error);
        _companion.World.Write("/home/user/project/new.sh", "pip install --break-system-packages x\n");
        Assert.StartsWith("new.sh:1:13: ",
            Assert.Single(_companion.RunHere("lint", "--baseline", Baseline).Exits(1).Lines()), StringComparison.Ordinal);
        string first = File.ReadAllText(_companion.At("/home/user/project/" + Baseline));
        File.Delete(_companion.At("/home/user/project/new.sh"));
        _companion.RunHere("lint", "--write-baseline", Baseline).Exits(0);
        Assert.Equal(first, File.ReadAllText(_companion.At("/home/user/project/" + Baseline)));
    }

    /// <summary>What the page "SARIF support for code scanning" of GitHub's documentation requires, and what SARIF
    /// 2.1.0 requires of these objects.</summary>
    [Fact]
    public void SARIF_has_the_properties_that_code_scanning_requires()
    {
        JsonElement log = JsonDocument.Parse(_companion.RunHere("lint", "--sarif").Exits(1).Output).RootElement;
        Assert.Equal("2.1.0", log.GetProperty("version").GetString());
        JsonElement run = Assert.Single(log.GetProperty("runs").EnumerateArray());
        JsonElement driver = run.GetProperty("tool").GetProperty("driver");
        Assert.Equal("pep668", driver.GetProperty("name").GetString());
        Assert.Matches(@"^\d+\.\d+\.\d+", driver.GetProperty("semanticVersion").GetString());
        JsonElement[] rules = [.. driver.GetProperty("rules").EnumerateArray()];
        Assert.Distinct(rules.Select(rule => rule.GetProperty("id").GetString()));
        Assert.All(rules, rule =>
        {
            Assert.All((string[])["shortDescription", "fullDescription", "help"],
                name => Assert.InRange(rule.GetProperty(name).GetProperty("text").GetString()!.Length, 1, 1024));
            Assert.Equal("warning", rule.GetProperty("defaultConfiguration").GetProperty("level").GetString());
        });
        JsonElement[] results = [.. run.GetProperty("results").EnumerateArray()];
        Assert.Equal(2, results.Length);
        Assert.All(results, result =>
        {
            Assert.Equal(result.GetProperty("ruleId").GetString(),
                rules[result.GetProperty("ruleIndex").GetInt32()].GetProperty("id").GetString());
            Assert.NotEmpty(result.GetProperty("message").GetProperty("text").GetString()!);
            JsonElement place = Assert.Single(result.GetProperty("locations").EnumerateArray()).GetProperty("physicalLocation");
            JsonElement file = place.GetProperty("artifactLocation");
            Assert.Equal("%SRCROOT%", file.GetProperty("uriBaseId").GetString());
            Assert.True(Uri.IsWellFormedUriString(file.GetProperty("uri").GetString(), UriKind.Relative));
            Assert.True(place.GetProperty("region").GetProperty("startLine").GetInt32() > 0);
            Assert.True(place.GetProperty("region").GetProperty("endColumn").GetInt32()
                > place.GetProperty("region").GetProperty("startColumn").GetInt32());
            Assert.NotEmpty(result.GetProperty("partialFingerprints").EnumerateObject());
        });
        Assert.Equal(["Dockerfile", "a%20b/%C3%A9.sh"], results.Select(result => result.GetProperty("locations")[0]
            .GetProperty("physicalLocation").GetProperty("artifactLocation").GetProperty("uri").GetString()));
    }

    [Fact]
    public void Fingerprints_do_not_depend_on_the_line()
    {
        string[] before = Fingerprints();
        _companion.World.Write("/home/user/project/Dockerfile", "FROM debian:12\n\nRUN pip3 install --break-system-packages requests\n");
        Assert.Equal(before, Fingerprints());

        string[] Fingerprints() => [.. JsonDocument.Parse(_companion.RunHere("lint", "--sarif").Exits(1).Output).RootElement
            .GetProperty("runs")[0].GetProperty("results").EnumerateArray()
            .Select(result => result.GetProperty("partialFingerprints").GetRawText())];
    }

    /// <summary>The variable names OASIS's <c>sarif-schema-2.1.0.json</c>, which is not in this repository.</summary>
    [Fact]
    public void SARIF_matches_the_schema_of_the_standard()
    {
        string? path = Environment.GetEnvironmentVariable("PEP668_SARIF_SCHEMA");
        Assert.SkipWhen(path is null, "PEP668_SARIF_SCHEMA does not name the schema");
        EvaluationResults results = JsonSchema.FromText(File.ReadAllText(path!)).Evaluate(
            JsonSerializer.Deserialize<JsonElement>(_companion.RunHere("lint", "--sarif").Exits(1).Output),
            new EvaluationOptions { OutputFormat = OutputFormat.List });
        Assert.True(results.IsValid, string.Join('\n', (results.Details ?? []).Where(one => one.Errors is not null)
            .SelectMany(one => one.Errors!.Select(error => $"{one.InstanceLocation}: {error.Value}"))));
    }
}
