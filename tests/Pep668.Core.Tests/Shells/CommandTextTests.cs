using Pep668.Shells;

namespace Pep668.Tests.Shells;

/// <summary>Commands that are shown to be pasted.</summary>
public sealed class CommandTextTests
{
    [Theory]
    [InlineData("it's", "'it''s'")]
    [InlineData("it\u2019s", "'it\u2019\u2019s'")]
    [InlineData("3.10", "'3.10'")]
    [InlineData("a b", "'a b'")]
    [InlineData("$(x)", "'$(x)'")]
    [InlineData("a,b", "'a,b'")]
    [InlineData("-r", "'-r'")]
    [InlineData("", "''")]
    [InlineData("ruff", "ruff")]
    public void PowerShell_words_are_quoted_where_necessary(string word, string expected) =>
        Assert.Equal(expected, CommandText.PowerShell(word));

    [Fact]
    public void Command_lists_are_separated_as_each_shell_expects()
    {
        Assert.Equal("a, 'b c'", CommandText.PowerShellList(["a", "b c"]));
        Assert.Equal("a 'b c'", CommandText.PowerShellWords(["a", "b c"]));
        Assert.Equal("a 'b c' 'it'\"'\"'s'", CommandText.PosixWords(["a", "b c", "it's"]));
    }
}
