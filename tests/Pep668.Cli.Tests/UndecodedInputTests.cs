namespace Pep668.Tests;

/// <summary>Arguments and working folders with bytes that are not UTF-8: the text that .NET makes of them is the path
/// of another file.</summary>
public sealed class UndecodedInputTests : IDisposable
{
    private const string Sibling = "v-\uFFFD";

    private readonly Companion _companion = new();

    public UndecodedInputTests()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs file names of any bytes");
        _companion.World.Python("/usr", "3.11.2");
    }

    public void Dispose() => _companion.Dispose();

    [Theory]
    [InlineData("venv", "--force")]
    [InlineData("venv")]
    [InlineData("install", "x", "-E")]
    [InlineData("install")]
    [InlineData("install", "-e")]
    [InlineData("install", "x", "--find-links")]
    [InlineData("uninstall", "x", "-E")]
    [InlineData("list")]
    [InlineData("list", "--root")]
    [InlineData("check")]
    [InlineData("marker", "--file")]
    [InlineData("overrides", "--root")]
    [InlineData("packages", "--path")]
    public void Argument_that_is_not_UTF8_is_refused_and_its_sibling_unchanged(params string[] arguments)
    {
        _companion.Venv($"/home/user/project/{Sibling}", "/usr", "3.11.2");
        string before = TreeSnapshot.Describe(_companion.Folder);
        CompanionResult result = _companion.Shell("\"$@\" \"$(printf 'v-\\377')\"", arguments).Exits(2);
        Assert.Empty(result.Output);
        Assert.Contains($"The argument '{Sibling}' is not valid UTF-8; nothing was done.", result.Error);
        Assert.Equal(before, TreeSnapshot.Describe(_companion.Folder));
    }

    [Fact]
    public void Character_that_replaces_bytes_is_accepted_where_it_is_meant()
    {
        _companion.Venv($"/home/user/project/{Sibling}", "/usr", "3.11.2");
        Assert.Contains(Sibling, _companion.Run("check", "./" + Sibling).Exits(0).Output);
        Assert.Contains(Sibling, _companion.Run("list", "./" + Sibling, "--json").Exits(0).Output);
        _companion.Folder = _companion.At($"/home/user/project/{Sibling}");
        Assert.Contains(Sibling, _companion.Run("check", ".").Exits(0).Output);
    }

    [Theory]
    [InlineData("venv")]
    [InlineData("check")]
    [InlineData("install", "x")]
    public void Working_folder_that_is_not_UTF8_is_refused_and_its_sibling_unchanged(params string[] arguments)
    {
        _companion.Venv($"/home/user/project/{Sibling}/.venv", "/usr", "3.11.2");
        string line = "d=$(printf 'v-\\377'); /bin/mkdir \"$d\" && cd \"$d\" && \"$@\"; code=$?; cd ..; /bin/ls -A \"$d\"; exit $code";
        string before = TreeSnapshot.Describe(_companion.At($"/home/user/project/{Sibling}"));
        CompanionResult result;
        try
        {
            result = _companion.Shell(line, arguments).Exits(2);
        }
        finally
        {
            // .NET cannot name the folder to delete it.
            Companion.Finish(_companion.Start(["/bin/sh", "-c", "/bin/rm -rf -- \"$(printf 'v-\\377')\""]));
        }
        Assert.Empty(result.Output);
        Assert.Contains("The path of the working folder", result.Error);
        Assert.Equal(before, TreeSnapshot.Describe(_companion.At($"/home/user/project/{Sibling}")));
    }
}
