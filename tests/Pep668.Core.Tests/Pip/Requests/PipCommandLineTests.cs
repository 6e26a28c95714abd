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
    [InlineData("24.2", "--group dev", "this pip has no option --group; pip 25.1 and later have it")]
    [InlineData("25.1", "--group dev", null)]
    [InlineData("23.0", "--break-system-packages", "this pip has no option --break-system-packages; pip 23.0.1 and later have it")]
    [InlineData("26.1.2", "--only-deps six", "this pip has no option --only-deps; pip 26.2 and later have it")]
    [InlineData("26.2", "--only-deps six", null)]
    [InlineData("25.3", "--requirements-from-script x.py", "this pip has no option --requirements-from-script; pip 26.0 and later have it")]
    [InlineData("23.1", "--install-option=x", "this pip has no option --install-option; it was removed in pip 23.1")]
    [InlineData("22.3", "-C a=b", "this pip has no option -C; pip 23.1 and later have it")]
    [InlineData("24.2", "-r pylock.toml", "this pip does not read 'pylock.toml'; pip 26.1 and later do")]
    [InlineData("24.2", "-r ci/pylock.dev.toml", "this pip does not read 'ci/pylock.dev.toml'; pip 26.1 and later do")]
    [InlineData("24.2", "-r pylock.txt", null)]
    [InlineData("26.1", "-r pylock.toml", null)]
    [InlineData("24.2", "--nonsense", "pip has no option --nonsense")]
    public void Option_of_another_release_is_a_problem_that_names_the_release(string pip, string arguments, string? problem) =>
        Assert.Equal(problem is null ? [] : [problem],
            PipCommandLine.Parse(PipAction.Install, arguments.Split(' '), PipRelease.Parse(pip)).Problems);

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
