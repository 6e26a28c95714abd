namespace Pep668.Tests;

/// <summary>Bad usage, and streams that cannot be written.</summary>
public sealed class UsageTests : IDisposable
{
    private readonly Companion _companion = new();

    public UsageTests() => _companion.World.Python("/usr", "3.11.2", "[externally-managed]\nError=use apt\n");

    public void Dispose() => _companion.Dispose();

    [Theory]
    [InlineData]
    [InlineData("frobnicate")]
    [FullInlineData("--frobnicate")]
    [InlineData("list", "--frobnicate")]
    [InlineData("list", "/usr", "--jsno")]
    [FullInlineData("list", "--root")]
    [FullInlineData("list", "--depth", "x")]
    [InlineData("list", "--depth", "-1")]
    [FullInlineData("check", "--frobnicate")]
    [FullInlineData("check", "-x")]
    [InlineData("check", "/usr", "/opt")]
    [FullInlineData("marker", "--frobnicate", "/usr")]
    [InlineData("marker", "--file")]
    [FullInlineData("marker", "--language")]
    public void Bad_usage_is_reported_on_stderr_with_a_reference_to_help(params string[] arguments)
    {
        CompanionResult result = _companion.RunHere(arguments).Exits(2);
        Assert.Empty(result.Output);
        Assert.StartsWith("pep668: ", result.Error);
        Assert.EndsWith("--help\n", result.Error);
    }

    [Theory]
    [InlineData("chekc", "Unknown command 'chekc'; the nearest is 'check'.")]
    [InlineData("chekc --json", "Unknown command 'chekc'; the nearest is 'check'.")]
    [InlineData("chekc --help", "Unknown command 'chekc'; the nearest is 'check'.")]
    [InlineData("Unistall requests", "Unknown command 'Unistall'; the nearest is 'uninstall'.")]
    [InlineData("inst requests", "Unknown command 'inst'; the nearest is 'install'.")]
    [InlineData("frobnicate", "Unknown command 'frobnicate'.")]
    [InlineData("-- list", "Unknown command 'list'.")]
    [InlineData("", "No command was given.")]
    [InlineData("list --jsn", "Unknown option '--jsn'; the nearest is '--json'.")]
    [InlineData("list --jsn=yes", "Unknown option '--jsn'; the nearest is '--json'.")]
    [InlineData("list -json", "Unknown option '-json'; the nearest is '--json'.")]
    [InlineData("list /usr --recrus", "Unknown option '--recrus'; the nearest is '--recurse'.")]
    [InlineData("list --root --jsn", "Unknown option '--jsn'; the nearest is '--json'.")]
    [InlineData("list --frobnicate", "Unknown option '--frobnicate'.")]
    [InlineData("--frobnicate", "Unknown option '--frobnicate'.")]
    [InlineData("--vresion", "Unknown option '--vresion'; the nearest is '--version'.")]
    [InlineData("install --upgrde requests", "Unknown option '--upgrde'; the nearest is '--upgrade'.")]
    [InlineData("install requests --requirements=a.txt", "Unknown option '--requirements'; the nearest is '--requirement'.")]
    [InlineData("install --find ./wheels requests", "Unknown option '--find'; the nearest is '--find-links'.")]
    [InlineData("install -Ux requests", "Unknown option '-Ux'.")]
    [InlineData("uninstall --upgrade requests", "Unknown option '--upgrade'; it is an option of 'install' and 'plan'.")]
    [InlineData("list --version", "Unknown option '--version'; it is an option of 'pep668'.")]
    [InlineData("check -r .", "Unknown option '-r'; it is an option of 'list', 'install' and 'plan'.")]
    [InlineData("--quiet check", "Unknown option '--quiet'; it is an option of 'check'.")]
    [InlineData("check -e .venv", "Unknown option '-e'; the nearest is '-E'.")]
    [InlineData("venv .venv --pyhton 3.12", "Unknown option '--pyhton'; the nearest is '--python'.")]
    [InlineData("marker --file", "The option --file requires a value.")]
    [InlineData("list --root --json", "The option --root requires a value.")]
    [InlineData("list --root= --json", "The option --root requires a value.")]
    [InlineData("install requests -UE --json", "The option -E requires a value.")]
    [InlineData("install requests -E", "The option -E requires a value.")]
    [InlineData("check --json=yes", "The option --json does not take a value.")]
    [InlineData("list --root /a --root /b", "The option --root was given more than once.")]
    [InlineData("check -E /a -p /b", "The option --environment was given more than once.")]
    [InlineData("--version list", "The option --version cannot be used with other options or a command.")]
    [InlineData("uninstall", "The argument <package> is missing.")]
    [InlineData("check /usr /opt", "Unexpected argument '/opt'.")]
    [InlineData("install requests --installer conda", "The value of --installer must be auto, pip or uv.")]
    [InlineData("install requests --installer 1", "The value of --installer must be auto, pip or uv.")]
    [InlineData("list --depth -1", "The value of --depth must be a number, 0 or greater.")]
    public void Bad_usage_is_one_message_with_the_nearest_name(string arguments, string message)
    {
        string[] words = arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        // The name of the process is that of the program there only.
        CompanionResult result =
            message.Contains("'pep668'", StringComparison.Ordinal) ? _companion.Run(words) : _companion.RunHere(words);
        string[] lines = result.Exits(2).Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("pep668: " + message, lines[0]);
        Assert.Equal(2, lines.Length);
        Assert.EndsWith("--help", lines[1]);
    }

    [Fact]
    public void Every_unknown_option_is_named()
    {
        string error = _companion.RunHere("install", "--dry", "--upgrde", "requests", "--frobnicate").Exits(2).Error;
        Assert.StartsWith("pep668: Unknown option '--dry'; the nearest is '--dry-run'.\npep668: Unknown option '--upgrde'; the nearest is "
            + "'--upgrade'.\npep668: Unknown option '--frobnicate'.\n", error);
    }

    [Fact]
    public void Path_that_starts_with_a_hyphen_is_accepted()
    {
        _companion.World.Python("/home/user/project/-py", "3.12.1");
        Assert.Single(_companion.RunHere("list", "./-py", "--json").Exits(0).Json());
        Assert.Single(_companion.RunHere("list", "--environment=-py", "--json").Exits(0).Json());
        Assert.Single(_companion.RunHere("list", "--json", "--", "-py").Exits(0).Json());
    }

    [Theory]
    [InlineData("-a", "--no-deps")]
    [InlineData("--argument", "--upgrade")]
    [FullInlineData("--argument=--no-deps", "-vU")]
    public void Arguments_of_pip_can_start_with_a_hyphen(params string[] options) =>
        Assert.Contains("No package to install was given.", _companion.RunHere(["install", .. options]).Exits(2).Error);

    [Theory]
    [InlineData("list", 0)]
    [FullInlineData("list --json", 0)]
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
    [FullInlineData("list --json")]
    [InlineData("check")]
    [FullInlineData("marker")]
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
