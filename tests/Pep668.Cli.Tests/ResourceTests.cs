using System.Diagnostics;
using System.Text.Json;

namespace Pep668.Tests;

/// <summary><c>pep668 resource</c>.</summary>
[Collection("faults")]
public sealed class ResourceTests : IDisposable
{
    private readonly Companion _companion = new();
    private readonly WheelHouse _wheels;
    private readonly string _venv;

    public ResourceTests()
    {
        _wheels = new WheelHouse(_companion.At("/wheels")).AddBig("1.0", files: WheelHouse.Many);
        _venv = _companion.At("/home/user/app");
        _companion.Set("PEP668_CACHE_DIR", SharedSeeds.Cache);
    }

    public void Dispose() => _companion.Dispose();

    [Fact]
    public void Results_have_the_names_of_DSC()
    {
        string input = $$"""{"path": "{{_venv}}", "_exist": false, "indexUrl": "https://me:secret@host.example/simple"}""";
        Assert.Equal($$"""{"path":"{{_venv}}","_exist":false}""" + "\n", Run("PythonVenv", "get", input).Exits(0).Output);
        CompanionResult test = Run("PythonVenv", "test", input).Exits(0);
        Assert.Equal(["desiredState", "actualState", "inDesiredState", "differingProperties"], Names(test));
        Assert.DoesNotContain("secret", test.Output + test.Error);
        Assert.Equal(["beforeState", "afterState", "changedProperties"], Names(Run("PythonVenv", "set", input).Exits(0)));
        Assert.Equal("", Run("PythonVenv", "export", $$"""{"path": "{{_venv}}"}""").Exits(0).Output);
    }

    [Fact]
    public void State_is_read_from_standard_input_too()
    {
        CompanionResult result =
            _companion.Shell($$"""printf '%s' '{"path": "{{_venv}}"}' | "$@" """, "resource", "PythonVenv", "get");
        Assert.Equal($$"""{"path":"{{_venv}}","_exist":false}""" + "\n", result.Exits(0).Output);
    }

    [Fact]
    public void Concurrent_sets_change_one_after_the_other_and_report_their_own_changes()
    {
        using SmallPython first = new(), second = new();
        string[] pythons = TestExtent.IsFull ? [.. Interpreters.Minors(Needs.Venv).TakeLast(2).Select(one => one.Executable)]
            : [first.Executable, second.Executable];
        Assert.SkipWhen(pythons.Length < 2, "needs two Pythons with venv");
        string State(string more) => $$"""{"path": "{{_venv}}", {{more}}}""";
        Run("PythonVenv", "set", State($"\"python\": \"{pythons[0]}\"")).Exits(0);
        string other = State($"\"python\": \"{pythons[1]}\"");
        Process[] started = [.. ((string[])[other, other, State("\"prompt\": \"own\""), other]).Select(input =>
            _companion.Start([.. Companion.Command, "resource", "PythonVenv", "set", "--input", input]))];
        JsonElement[] changes =
            [.. started.Select(Companion.Finish).Select(result => JsonDocument.Parse(result.Exits(0).Output).RootElement)];
        string[] Changed(int at) => [.. changes[at].GetProperty("changedProperties").EnumerateArray().Select(one => one.GetString()!)];
        Assert.Single((int[])[0, 1, 3], at => Changed(at).Contains("python", StringComparer.Ordinal));
        Assert.Equal(["prompt"], Changed(2));
        JsonElement now = JsonDocument.Parse(Run("PythonVenv", "get", other).Exits(0).Output).RootElement;
        Assert.Equal((pythons[1], "own"), (now.GetProperty("python").GetString(), now.GetProperty("prompt").GetString()));
    }

    [Theory]
    [InlineData("timeout 60 \"$@\" < /dev/null")]
    [InlineData("timeout 60 \"$@\" <&-")]
    [InlineData("echo | timeout 60 \"$@\"")]
    [InlineData("timeout 60 script -qec \"$*\" /dev/null < /dev/null >&2")]
    public void Input_that_is_empty_closed_or_a_terminal_is_an_error_that_names_the_option(string line)
    {
        Assert.SkipWhen(line.Contains("script", StringComparison.Ordinal) && Tool.Find("script") is null, "needs script");
        _companion.Set("PATH", "/usr/bin:/bin");
        Assert.Contains("The input of PythonVenv is invalid: standard input is empty, and --input was not given. [InvalidResource]",
            _companion.Shell(line, "resource", "PythonVenv", "get").Exits(2).Error);
        _companion.Shell(line, "resource", "PythonVenv", "export").Exits(0);
    }

    [Fact]
    public void Module_of_Ansible_ends_if_its_input_is_closed()
    {
        _companion.Set("PATH", "/usr/bin:/bin");
        Assert.Contains("The input of pep668_venv is invalid: it is empty.",
            _companion.Shell("timeout 60 \"$@\" <&-", "ansible", "pep668_venv").Exits(1).Output);
    }

    [Theory]
    [InlineData(2, "[InvalidResource]", "PythonVenv", "set", """{"path": "/v", "color": 1}""")]
    [InlineData(2, "[InvalidResource]", "PythonVenv", "set", "{")]
    [InlineData(2, "[InvalidResource]", "Venv", "get", "{}")]
    [InlineData(2, "is read-only. [InvalidResource]", "ExternallyManaged", "set", """{"environment": "3"}""")]
    [InlineData(2, "The operation of a resource must be get, test, set or export.", "PythonVenv", "delete", "{}")]
    [InlineData(5, "[EnvironmentNotFound]", "PipPackage", "get", """{"environment": "/nowhere", "name": "six"}""")]
    [InlineData(5, "[PythonNotFound]", "PythonVenv", "set", """{"path": "/v", "python": ">=9"}""")]
    public void Failure_has_its_exit_code(int code, string message, string type, string operation, string input)
    {
        CompanionResult result = Run(type, operation, input).Exits(code);
        Assert.Equal("", result.Output);
        Assert.Contains(message, result.Error);
    }

    [Fact]
    public void What_if_is_an_option_of_set_only() =>
        Assert.Contains("--what-if can be used with set only", Run("PythonVenv", "get", "{}", "--what-if").Exits(2).Error);

    [Fact]
    public void Set_that_was_killed_converges_the_next_time()
    {
        string python = Interpreters.Newest(Needs.Ensurepip).Executable;
        string input = $$"""
            {"path": "{{_venv}}", "python": "{{python}}", "requirements": ["big", "tiny==1.0"], "noIndex": true,
                "findLinks": ["{{_wheels.Folder}}"]}
            """;
        var rounds = new Rounds(4);
        rounds.Each(round =>
        {
            using (Process process = _companion.Start([.. Companion.Command, "resource", "PythonVenv", "set", "--input", input]))
            {
                Thread.Sleep(TimeSpan.FromMilliseconds(rounds.Random.NextDouble() * 3000));
                process.Kill(entireProcessTree: true);
                process.WaitForExit();
            }
            WaitForChildren();
            JsonElement after = JsonDocument.Parse(Run("PythonVenv", "set", input).Exits(0).Output).RootElement.GetProperty("afterState");
            Assert.Equal(2, after.GetProperty("requirements").GetArrayLength());
            Assert.EndsWith("\"changedProperties\":[]}\n", Run("PythonVenv", "set", input).Exits(0).Output, StringComparison.Ordinal);
            Tool.Run(Path.Combine(_venv, "bin", "python"), ["-c", "import big, tiny"]).Checked();
            Directory.Delete(_venv, recursive: true);
        });
    }

    // pip is killed too, but may still be in a call.
    private void WaitForChildren()
    {
        for (int turn = 0; turn < 100 && Tool.Run("pgrep", ["-f", _venv + "/bin/python"]).ExitCode == 0; turn++)
        {
            Thread.Sleep(20);
        }
    }

    private static string[] Names(CompanionResult result) =>
        [.. JsonDocument.Parse(result.Output).RootElement.EnumerateObject().Select(one => one.Name)];

    private CompanionResult Run(string type, string operation, string input, params string[] more) =>
        _companion.RunHere(["resource", type, operation, "--input", input, .. more]);
}
