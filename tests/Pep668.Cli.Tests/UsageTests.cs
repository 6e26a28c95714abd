namespace Pep668.Tests;

/// <summary>Help, bad usage, and streams that cannot be written.</summary>
public sealed class UsageTests : IDisposable
{
    private readonly Companion _companion = new();

    public UsageTests() => _companion.World.Python("/usr", "3.11.2", "[externally-managed]\nError=use apt\n");

    public void Dispose() => _companion.Dispose();

    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    [InlineData("list", "--help")]
    [InlineData("check", "-?")]
    [InlineData("marker", "--help")]
    [InlineData("--version")]
    public void Help_is_written_to_stdout(params string[] arguments)
    {
        CompanionResult result = _companion.Run(arguments).Exits(0);
        Assert.NotEmpty(result.Output);
        Assert.Empty(result.Error);
    }

    [Fact]
    public void Help_lists_every_command()
    {
        string help = _companion.Run("--help").Output;
        Assert.All((string[])["list", "check", "marker"], command => Assert.Contains($"  {command} ", help));
    }

    [Theory]
    [InlineData]
    [InlineData("frobnicate")]
    [InlineData("--frobnicate")]
    [InlineData("list", "--frobnicate")]
    [InlineData("list", "/usr", "--jsno")]
    [InlineData("list", "--root")]
    [InlineData("list", "--depth", "x")]
    [InlineData("list", "--depth", "-1")]
    [InlineData("check", "--frobnicate")]
    [InlineData("check", "-x")]
    [InlineData("check", "/usr", "/opt")]
    [InlineData("marker", "--frobnicate", "/usr")]
    [InlineData("marker", "--file")]
    [InlineData("marker", "--language")]
    public void Bad_usage_is_reported_on_stderr_with_a_reference_to_help(params string[] arguments)
    {
        CompanionResult result = _companion.Run(arguments).Exits(2);
        Assert.Empty(result.Output);
        Assert.StartsWith("pep668: ", result.Error);
        Assert.EndsWith("--help\n", result.Error);
    }

    [Fact]
    public void Path_that_starts_with_a_hyphen_is_accepted()
    {
        _companion.World.Python("/home/user/project/-py", "3.12.1");
        Assert.Single(_companion.Run("list", "./-py", "--json").Exits(0).Json());
    }

    [Theory]
    [InlineData("list", 0)]
    [InlineData("list --json", 0)]
    [InlineData("check", 1)]
    [InlineData("--help", 0)]
    public void Closed_stdout_is_not_an_error(string arguments, int code)
    {
        // The reader ends before the first byte is written.
        CompanionResult result = _companion.Shell("{ /bin/sleep 0.3; \"$@\"; echo \"code $?\" >&2; } | :", arguments.Split(' ')).Exits(0);
        Assert.Equal($"code {code}\n", result.Error);
    }

    [Theory]
    [InlineData("list")]
    [InlineData("list --json")]
    [InlineData("check")]
    [InlineData("marker")]
    [InlineData("--help")]
    public void Result_that_cannot_be_written_is_an_error(string arguments)
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "there is no /dev/full here");
        CompanionResult result = _companion.Shell("\"$@\" > /dev/full", arguments.Split(' ')).Exits(4);
        Assert.Contains("could not be written", result.Error);
    }

    [Fact]
    public void Message_that_cannot_be_written_keeps_the_exit_code()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "there is no /dev/full here");
        _companion.Shell("\"$@\" 2> /dev/full", "check", "/nowhere").Exits(5);
        _companion.Shell("\"$@\" 2> /dev/full", "check", "--frobnicate").Exits(2);
        _companion.Shell("\"$@\" 2> /dev/full", "marker").Exits(0);
    }
}
