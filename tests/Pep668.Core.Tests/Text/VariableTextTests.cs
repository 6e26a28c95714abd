using Pep668.Text;

namespace Pep668.Tests.Text;

/// <summary>Variables in texts.</summary>
public sealed class VariableTextTests
{
    // An unclosed "${" is not compared: the security releases of 2025 (CVE-2025-6075) leave the rest of the text
    // unexpanded.
    [Theory]
    [InlineData("$A/x", "1/x")]
    [InlineData("${A}x${A}", "1x1")]
    [InlineData("$Ax $NONE ${NONE} $ $$A", "$Ax $NONE ${NONE} $ $1")]
    [InlineData("${$A} ${}$A $", "${$A} ${}1 $")]
    public void Variables_are_expanded_as_Python_expands_them(string text, string expected)
    {
        string? python = Interpreters.All is [{ Executable: string first }, ..] ? first : null;
        if (python is not null && !OperatingSystem.IsWindows())
        {
            string[] command = ["-i", "A=1", python, "-c", "import os, sys; print(os.path.expandvars(sys.argv[1]))", text];
            Assert.Equal(expected, Tool.Run("/usr/bin/env", command).Checked().Output.TrimEnd('\n'));
        }
        Assert.Equal(expected, VariableText.Expand(text, name => name is "A" ? "1" : null));
    }

    [Fact]
    public void Braces_that_are_not_closed_take_one_look_each()
    {
        int looks = 0;
        string text = string.Concat(Enumerable.Repeat("${", 500_000));
        Assert.Equal(text + '}', VariableText.Expand(text + '}', _ => { looks++; return null; }));
        Assert.Equal(text, VariableText.Expand(text, _ => { looks++; return null; }));
        Assert.Equal(1, looks);
    }
}
