using System.Text.Json;

namespace Pep668.Tests;

/// <summary><c>pep668 plan</c>.</summary>
public sealed class PlanTests : IDisposable
{
    private readonly Companion _companion = new();
    private readonly WheelHouse _wheels;
    private readonly string _venv;

    public PlanTests()
    {
        _wheels = new(_companion.At("/wheels"));
        _venv = _companion.At("/home/user/venv");
        _companion.Set("PEP668_CACHE_DIR", SharedSeeds.Cache)
            .RunHere("venv", _venv, "--python", Interpreters.Newest(Needs.Ensurepip).Executable).Exits(0);
    }

    public void Dispose() => _companion.Dispose();

    [Fact]
    public void Plan_as_JSON_has_the_names_of_the_contract()
    {
        CompanionResult result = Plan("tiny", "leaf", "--json").Exits(0);
        using JsonDocument plan = JsonDocument.Parse(result.Output);
        Assert.Equal(["environment", "changes", "unknown", "shadowed", "overwritten", "dependents", "risk"],
            plan.RootElement.EnumerateObject().Select(property => property.Name));
        Assert.Equal(["leaf 1.0 WouldInstall", "tiny 2.0 WouldInstall"], plan.RootElement.GetProperty("changes").EnumerateArray()
            .Select(one => $"{one.GetProperty("name")} {one.GetProperty("version")} {one.GetProperty("action")}"));
        Assert.Equal("None", plan.RootElement.GetProperty("risk").GetString());
        Assert.Empty(result.Error);
        ContractSchema.AssertMatches("plan", result.Output);
    }

    [Fact]
    public void Plan_is_text_that_a_person_can_read()
    {
        CompanionResult result = Plan("Top.Name", "unbuildable").Exits(0);
        Assert.Equal(
            $"Environment:  {_venv}/bin/python\nRisk:         None\nChanges:      tiny 1.1\n              Top.Name 1.0\n"
                + "Unknown:      unbuildable\n",
            result.Output);
        Assert.StartsWith("pep668: 'unbuildable', or a dependency of it, has no wheel", result.Error, StringComparison.Ordinal);
        Assert.Contains("--allow-build", result.Error);
        Assert.Equal("none", Plan("pip").Exits(0).Output.Split('\n')[2].Split(' ')[^1]);
    }

    [Fact]
    public void Plan_has_the_exit_codes_of_an_install()
    {
        Plan("nosuch").Exits(4);
        Plan("unbuildable", "--allow-build").Exits(4);
        Plan("requests[").Exits(2);
        _companion.RunHere("plan", "-E", _venv).Exits(2);
        _companion.RunHere("plan", "tiny", "--dry-run").Exits(2);
        _companion.RunHere("plan", "tiny", "-E", "nosuch").Exits(5);
    }

    private CompanionResult Plan(params string[] arguments) =>
        _companion.RunHere(["plan", .. arguments, "--no-index", "--find-links", _wheels.Folder, "-E", _venv]);
}
