using Pep668.Shells;
using Pep668.Text;

namespace Pep668.Tests.Shells;

/// <summary>What cmd.exe reads from the commands of remedies, by its documented rules.</summary>
public sealed class CmdRendererTests
{
    [Fact]
    public void Every_value_comes_back_from_the_line() => GeneratedValues.Each(values =>
    {
        foreach (string value in values)
        {
            string? command = CmdRenderer.Instance.Render(new("a reason", new ProgramStep("show", value, "x", value)));
            Assert.Equal(DisplayText.IsPlain(value), command is not null);
            if (command is not null)
            {
                Assert.Equal([["show", value, "x", value]], CmdReader.Calls(command));
            }
        }
    });

    [Theory]
    [InlineData(@"C:\x-1.0\y", @"C:\x-1.0\y")]
    [InlineData("", "\"\"")]
    [InlineData(@"C:\Program Files\x\", @"""C:\Program Files\x\\""")]
    [InlineData("a&b", "\"a&b\"")]
    [InlineData("%PATH%", "^\"^%^PATH^%^\"")]
    public void Value_is_quoted_no_more_than_needed(string value, string expected) =>
    Assert.Equal(expected, CmdRenderer.Instance.Quote(value));

    [Fact]
    public void Steps_run_in_order() => Assert.Equal(
        @"rmdir /s /q ""C:\a b"" C:\c && del /q C:\d && set ""PIP_USER="" && pep668 venv .venv --force",
        CmdRenderer.Instance.Render(new(
            "a reason", new RemovePathStep(true, @"C:\a b", @"C:\c"), new RemovePathStep(false, @"C:\d"), new UnsetVariableStep("PIP_USER"),
            new ProductStep(ProductCommand.CreateVenv).With(ProductParameter.Path, ".venv").With(ProductParameter.Force))));

    /// <summary>The reader itself, against results of a real cmd.exe that are known.</summary>
    [Theory]
    [InlineData("show \"a b\" c", "show|a b|c")]
    [InlineData("show \"a\\\\\" b\\c", "show|a\\|b\\c")]
    [InlineData("show \"a\\\"b\"", "show|a\"b")]
    [InlineData("show ^\"a^&b^\"", "show|a&b")]
    [InlineData("show \"a&b^c\"", "show|a&b^c")]
    [InlineData("show \"%username%\" %none%", "show|user|%none%")]
    [InlineData("show %PATH:a=b%", "show|C:\\Windows")]
    public void Reader_follows_the_rules_of_cmd(string line, string expected) =>
        Assert.Equal(expected, string.Join('|', Assert.Single(CmdReader.Calls(line))));
}
