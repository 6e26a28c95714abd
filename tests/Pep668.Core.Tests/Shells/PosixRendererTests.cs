using Pep668.Shells;
using Pep668.Text;

namespace Pep668.Tests.Shells;

/// <summary>What POSIX shells and fish read from the commands of remedies.</summary>
public sealed class PosixRendererTests
{
    private static readonly string[] Programs = ["pep668", "sudo", "rm", "show"];

    public static TheoryData<string> Shells => new([.. ShellOracle.Posix, "fish"]);

    [Theory]
    [MemberData(nameof(Shells))]
    public void Every_value_comes_back_from_the_shell(string shell)
    {
        Assert.SkipUnless(Tool.Exists(shell), "needs " + shell);
        GeneratedValues.Each(all =>
        {
            string[] values = [.. all.Where(one => !one.EndsWith('\n'))];
            string[] commands = [.. values.Select(value => Render(new ProgramStep("show", value, "x", value)))];
            Assert.All(commands, one => Assert.True(DisplayText.IsPlain(one)));
            IReadOnlyList<IReadOnlyList<IReadOnlyList<string>>> calls = ShellOracle.Calls(shell, Programs, commands);
            foreach ((string value, IReadOnlyList<IReadOnlyList<string>> found) in values.Zip(calls))
            {
                Assert.Equal([["show", value, "x", value]], found);
            }
        });
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public void Steps_run_in_order(string shell)
    {
        Assert.SkipUnless(Tool.Exists(shell), "needs " + shell);
        string command = Render(
            new RemovePathStep(true, "/a b", "/c"), new RemovePathStep(false, "/-d"),
            new ProgramStep("apt", "install", "x y") { NeedsRoot = true },
            new ProductStep(ProductCommand.CreateVenv).With(ProductParameter.Path, "-venv").With(ProductParameter.Force),
            new ProductStep(ProductCommand.Install).With(ProductParameter.Package, "a", "b>=1").With(ProductParameter.Environment, "./x'y")
                .With(ProductParameter.ArgumentList, "--no-deps", "-v") with { IsPiped = true });
        Assert.Equal(
            [
                ["rm", "-rf", "--", "/a b", "/c"], ["rm", "-f", "--", "/-d"], ["sudo", "apt", "install", "x y"],
                ["pep668", "venv", "./-venv", "--force"],
                ["pep668", "install", "a", "b>=1", "--environment", "./x'y", "--argument=--no-deps", "--argument=-v"],
            ],
            Assert.Single(ShellOracle.Calls(shell, Programs, [command])));
    }

    [Theory]
    [InlineData("plain/path-1.0", "plain/path-1.0")]
    [InlineData("it's", "'it'\"'\"'s'")]
    [InlineData(@"a\b", @"'a\b'")]
    [InlineData(@"end\", "'end'\"\\\\\"''")]
    [InlineData("=x", "'=x'")]
    [InlineData("a\nb", "\"$(printf 'a\\012b')\"")]
    [InlineData("-\u202E'%", "\"$(printf '\\055\\342\\200\\256\\047\\045')\"")]
    public void Value_is_quoted_no_more_than_needed(string value, string expected) =>
        Assert.Equal(expected, PosixRenderer.Instance.Quote(value));

    [Theory]
    [InlineData("dash")]
    [InlineData("bash")]
    public void Variable_is_unset(string shell)
    {
        Assert.SkipUnless(Tool.Exists(shell), "needs " + shell);
        string command = Render(new UnsetVariableStep("PIP_BREAK_SYSTEM_PACKAGES"), new ProgramStep("show", "after"));
        Assert.Equal("unset PIP_BREAK_SYSTEM_PACKAGES && show after", command);
        Tool.Result result = Tool.Run(shell, ["-c", $"show() {{ printf %s \"${{PIP_BREAK_SYSTEM_PACKAGES-unset}}\"; }}; {command}"],
            variables: new Dictionary<string, string>(StringComparer.Ordinal) { ["PIP_BREAK_SYSTEM_PACKAGES"] = "1" });
        Assert.Equal("unset", result.Checked().Output);
    }

    /// <summary>pip takes <c>PIP_break_system-packages</c> too; no command of a shell can unset it.</summary>
    [Theory]
    [InlineData("PIP_break_system-packages")]
    [InlineData("1X")]
    [InlineData("")]
    public void Variable_that_the_shell_cannot_name_has_no_command(string name) =>
        Assert.Null(PosixRenderer.Instance.Render(new("removes it", new UnsetVariableStep(name))));

    [Fact]
    public void Value_that_no_shell_can_be_given_has_no_command() => Assert.All((string[])["a\0b", "a\n", "\n", "a\uD800b"],
        value => Assert.Null(PosixRenderer.Instance.Render(new("x", new ProgramStep("show", value)))));

    [Theory]
    [InlineData(ProductCommand.TestVenv)]
    [InlineData(ProductCommand.RepairVenv)]
    [InlineData(ProductCommand.EnterVenv)]
    [InlineData(ProductCommand.ExitVenv)]
    public void Command_that_the_companion_does_not_have_is_not_shown(ProductCommand command) =>
        Assert.Null(PosixRenderer.Instance.Render(new("x", new ProductStep(command))));

    private static string Render(params RemedyStep[] steps) =>
        Assert.IsType<string>(PosixRenderer.Instance.Render(new("a reason", steps)));
}
