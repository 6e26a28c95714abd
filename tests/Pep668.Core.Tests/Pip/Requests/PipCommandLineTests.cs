using Pep668.Pip.Requests;
using Pep668.Pip.Settings;

namespace Pep668.Tests.Pip.Requests;

/// <summary>The arguments of pip, as <c>optparse</c> reads them.</summary>
public sealed class PipCommandLineTests
{
    [Theory]
    [InlineData("--target there", "target", "there")]
    [InlineData("--target=there", "target", "there")]
    [InlineData("--targ there", "target", "there")]
    [InlineData("-t there", "target", "there")]
    [InlineData("-tthere", "target", "there")]
    [InlineData("-Ut there", "target", "there")]
    [InlineData("--target=", "target", "")]
    [InlineData("--target one --target two", "target", "two")]
    [InlineData("--user", "user", "")]
    [InlineData("--user --no-user", "user", null)]
    [InlineData("-- --user", "user", null)]
    [InlineData("--target --user", "user", null)]
    [InlineData("--index-url --user", "user", null)]
    public void Option_has_the_value_that_optparse_reads(string arguments, string option, string? value) =>
        Assert.Equal(value, Parse(arguments)[option]);

    [Theory]
    [InlineData("--frobnicate")]
    [InlineData("--pre=x")]
    [InlineData("--target")]
    [InlineData("-t")]
    [InlineData("--re x")]
    public void Invalid_option_is_a_problem(string arguments) => Assert.NotEmpty(Parse(arguments).Problems);

    [Fact]
    public void Requirements_are_the_rest_of_the_arguments()
    {
        PipCommandLine line = Parse("one --pre two -- --three");
        Assert.Equal(["one", "two", "--three"], line.Rest);
        Assert.True(line.Has("pre"));
        Assert.Empty(line.Problems);
    }

    [Fact]
    public void Isolated_is_found_at_any_position()
    {
        Assert.True(Parse("one -- --isolated").IsIsolated);
        Assert.False(Parse("one --isolate").IsIsolated);
    }

    private static PipCommandLine Parse(string arguments) =>
        PipCommandLine.Parse(PipAction.Install, arguments.Split(' '), PipRelease.Parse("24.2"));
}
