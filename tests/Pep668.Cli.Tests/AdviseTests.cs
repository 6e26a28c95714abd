using System.Text.Json;

namespace Pep668.Tests;

/// <summary><c>pep668 advise</c>.</summary>
public sealed class AdviseTests : IDisposable
{
    private readonly Companion _companion = new();

    public AdviseTests() => _companion.World.Python("/usr", "3.11.2", "[externally-managed]\nError=Ask.\n");

    public void Dispose() => _companion.Dispose();

    [Fact]
    public void Ways_are_commands_with_their_reasons()
    {
        string output = _companion.RunHere("advise", "requests>=2", "-E", Python).Exits(0).Output;
        Assert.Contains("pep668 venv .venv && pep668 install 'requests>=2' --environment ./.venv", output);
        Assert.Contains("virtual environment in this folder", output);
    }

    [Fact]
    public void Ways_as_JSON_have_the_names_of_the_contract()
    {
        JsonElement first = _companion.RunHere("advise", "requests", "-E", Python, "--purpose", "library", "--json").Exits(0).Json()[0];
        Assert.Equal(["rank", "route", "command", "reason", "confidence"], first.EnumerateObject().Select(one => one.Name));
        Assert.Equal((1, "Venv", "Known"),
            (first.GetProperty("rank").GetInt32(), first.GetProperty("route").GetString(), first.GetProperty("confidence").GetString()));
    }

    [Fact]
    public void Purpose_that_does_not_exist_is_reported_with_those_that_do() => Assert.Contains(
        "library, application, system", _companion.RunHere("advise", "requests", "--purpose", "fun", "-E", Python).Exits(2).Error);

    [Theory]
    [InlineData(2, "advise")]
    [InlineData(2, "advise", "requests[")]
    [InlineData(2, "advise", "requests", "--purpose", "fun")]
    [InlineData(5, "advise", "requests", "-E", "/missing")]
    public void Wrong_usage_and_missing_environments_have_their_exit_codes(int code, params string[] arguments) =>
        _companion.RunHere([.. arguments, .. arguments.Contains("-E") ? (string[])[] : ["-E", Python]]).Exits(code);

    private string Python => _companion.At("/usr/bin/python3.11");
}
