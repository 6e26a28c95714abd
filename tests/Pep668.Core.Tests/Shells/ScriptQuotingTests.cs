using System.Text.Json;
using Pep668.Shells;

namespace Pep668.Tests.Shells;

/// <summary>Values in scripts of each shell. <see cref="Venvs.Activation.ActivationTests"/> runs such
/// scripts.</summary>
public sealed class ScriptQuotingTests(PwshSession pwsh)
{
    [Theory]
    [InlineData("plain/path-1.0", "plain/path-1.0")]
    [InlineData("", "''")]
    [InlineData("a b", "'a b'")]
    [InlineData("it's", "'it'\"'\"'s'")]
    [InlineData("$HOME", "'$HOME'")]
    public void Posix_word_is_quoted_as_by_shlex(string value, string expected) => Assert.Equal(expected, ScriptQuoting.Posix(value));

    [Theory]
    [InlineData("", '"', "a\"b$c`d\\", "a\\\"b\\$c\\`d\\\\")]
    [InlineData(".ps1", '"', "a\"$`", "a`\"`$``")]
    [InlineData(".ps1", '\'', "it's", "it''s")]
    [InlineData(".ps1", '"', "“a”„", "`“a`”`„")]
    [InlineData(".ps1", '\'', "‘a’‚‛'", "‘‘a’’‚‚‛‛''")]
    [InlineData(".ps1", '\0', "it’s", "'it’’s'")]
    [InlineData(".fish", '\'', "it's\\", "it\\'s\\\\")]
    [InlineData(".csh", '"', "a!", "a\\!")]
    [InlineData(".bat", '"', "a%b", "a%b")]
    public void Value_is_escaped_for_the_open_quote_of_its_shell(string extension, char quote, string value, string expected) =>
        Assert.Equal(expected, ScriptQuoting.Fill(value, extension, quote));

    [Fact]
    public void PowerShell_reads_every_value_back_from_a_script()
    {
        string[] values =
            [.. HostilePaths.Names, "‘‚‛’'", "“„”\"`$", "’; exit 1; ’", "”; exit 1; ”", "$(exit 1)", "`n", "’", "”", "trailing `"];
        string json = pwsh.Run(string.Join('\n', values.SelectMany(value => (string[])
            [
                $"Write-Value {ScriptQuoting.Fill(value, ".ps1", '\0')}", $"Write-Value '{ScriptQuoting.Fill(value, ".ps1", '\'')}'",
                $"Write-Value \"{ScriptQuoting.Fill(value, ".ps1", '"')}\"",
            ]).Prepend("function Write-Value($Value) { $out.Add($Value) }")), "[]");
        Assert.Equal(values.SelectMany(value => Enumerable.Repeat(value, 3)), JsonSerializer.Deserialize<string[]>(json)!);
    }

    [Theory]
    [InlineData("a = \"X", '"')]
    [InlineData("a = 'X", '\'')]
    [InlineData("a = \"'\" X", '\0')]
    [InlineData("b = \"\na = X", '\0')]
    public void Open_quote_is_counted_from_the_start_of_the_line(string script, char quote) =>
        Assert.Equal(quote, ScriptQuoting.QuoteAround(script, script.IndexOf('X', StringComparison.Ordinal)));
}
