using System.Globalization;
using Pep668.Cli;
using Pep668.Text;

namespace Pep668.Tests;

/// <summary>Names, settings and texts from outside do not reach the terminal as control characters, and add no lines.
/// JSON has them exactly.</summary>
public sealed class TerminalTextTests : IDisposable
{
    private const string Hostile = "e\u001B[31m\nforged  3.9  System\u0085\u009B0m\u202E\u2066\u2028\u007F\r\tx";

    private readonly Companion _companion = new();

    public TerminalTextTests() => _companion.World.Python("/usr", "3.11.2", "[externally-managed]\nError=use apt\n");

    public void Dispose() => _companion.Dispose();

    [Fact]
    public void Environment_with_a_hostile_path_is_one_row()
    {
        _companion.Venv($"/home/user/project/{Hostile}", "/usr", "3.11.2");
        string path = _companion.At($"/home/user/project/{Hostile}");
        CompanionResult result = AssertHarmless(_companion.RunHere("list", path).Exits(0));
        Assert.Equal(2, result.Lines().Length);
        Assert.Contains(@"\u001b[31m\nforged", result.Lines()[1]);
        Assert.Single(AssertHarmless(_companion.RunHere("check", path).Exits(0)).Lines());
        Assert.Equal(path, Assert.Single(_companion.RunHere("list", path, "--json").Exits(0).Json()).GetProperty("prefix").GetString());
    }

    [Fact]
    public void Problem_of_an_environment_is_one_line()
    {
        _companion.Venv("/home/user/project/broken", "/usr", "3.11.2");
        _companion.World.Write("/home/user/project/broken/pyvenv.cfg", $"home = /gone{Hostile.Replace('\n', 'n')}\nversion = 3.11.2\n");
        File.Delete(_companion.At("/home/user/project/broken/bin/python"));
        CompanionResult result = AssertHarmless(_companion.RunHere("list", "./broken").Exits(0));
        Assert.Equal(2, result.Lines().Length);
        Assert.NotEmpty(result.Error);
    }

    [Theory]
    [InlineData("check")]
    [InlineData("marker")]
    [InlineData("list")]
    [InlineData("overrides")]
    [InlineData("packages")]
    [InlineData("packages --path")]
    [InlineData("uninstall")]
    public void Hostile_argument_is_quoted_in_one_line(string command)
    {
        CompanionResult result = AssertHarmless(_companion.RunHere([.. command.Split(' '), "/none/" + Hostile]));
        Assert.NotEqual(0, result.ExitCode);
        Assert.DoesNotContain("\nforged", result.Error);
    }

    [Theory]
    [InlineData("")]
    [InlineData("--")]
    [InlineData("check --")]
    public void Hostile_usage_is_quoted_in_one_line(string before)
    {
        string[] words = before.Split(' ');
        CompanionResult result = AssertHarmless(_companion.RunHere([.. words[..^1], words[^1] + Hostile]).Exits(2));
        Assert.Equal(2, result.Error.TrimEnd('\n').Split('\n').Length);
    }

    [Fact]
    public void Setting_with_a_hostile_value_is_one_row()
    {
        _companion.Set("PIP_BREAK_SYSTEM_PACKAGES", "1").Set("PIP_CONFIG_FILE", _companion.At($"/tmp/{Hostile}"));
        _companion.World.Write($"/tmp/{Hostile}", "[global]\nbreak-system-packages = y\u001B[2J\u202E\n");
        AssertHarmless(_companion.RunHere("overrides"));
        AssertHarmless(_companion.RunHere("install", "x", "--verbose", "--dry-run"));
    }

    [Fact]
    public void Marker_keeps_its_lines_and_nothing_else_that_a_terminal_obeys()
    {
        _companion.World.Python("/usr", "3.11.2",
            "[externally-managed]\nError=use apt\n second \u001B]0;title\u0007 \u202Eline\u0085\u2028\n");
        CompanionResult result = AssertHarmless(_companion.RunHere("marker").Exits(0));
        Assert.Equal(2, result.Lines().Length);
        Assert.StartsWith(@"second \u001b]0;title\u0007 \u202eline", result.Lines()[1]);
        CompanionResult refused = AssertHarmless(_companion.RunHere("install", "x").Exits(3));
        Assert.Contains("\n  use apt\n  second \\u001b]0;title", refused.Error);
        Assert.Contains("second \u001B]0;title\u0007 \u202Eline",
            Assert.Single(_companion.RunHere("marker", "--json").Json()).GetProperty("message").GetString());
        AssertHarmless(_companion.RunHere("marker", "--json"));
    }

    [Fact]
    public void Every_output_is_harmless_and_JSON_is_exact()
    {
        using StringWriter results = new(CultureInfo.InvariantCulture), messages = new(CultureInfo.InvariantCulture);
        var output = new Output(results, messages, () => 60);
        output.Line(Hostile);
        output.Note(Hostile);
        output.Table(["a", "b"], [[Hostile, "b"]]);
        output.PathTable(["a", "b"], [["b", Hostile]], Hostile);
        var remedy = new Remedy(Hostile, new ProgramStep("x", Hostile));
        output.Notices([new Notice(Hostile, remedy)]);
        output.Fail(new Failure(FailureId.PipFailed, Hostile, null, remedy) { Details = "first\r\nsecond " + Hostile });
        output.Quote(Hostile);
        Assert.DoesNotContain("\nforged  3.9  System", results.ToString());
        foreach (string text in (string[])[results.ToString(), messages.ToString()])
        {
            Assert.DoesNotContain(text, letter => letter is not ('\n' or '\t') && DisplayText.IsUnsafe(letter));
        }
        results.GetStringBuilder().Clear();
        output.Json<IReadOnlyList<PipInstallResult>>([], Output.Contract.IReadOnlyListPipInstallResult);
        Assert.Equal("[]", results.ToString().TrimEnd());
    }

    private static CompanionResult AssertHarmless(CompanionResult result)
    {
        foreach (string text in (string[])[result.Output, result.Error])
        {
            Assert.DoesNotContain(text, letter => letter != '\n' && DisplayText.IsUnsafe(letter));
        }
        return result;
    }
}
