namespace Pep668.Tests;

/// <summary>What the system denies to the companion is an error that names it.</summary>
public sealed class SturdyTests : IDisposable
{
    private readonly Companion _companion = new();

    public SturdyTests()
    {
        _companion.World.Python("/usr", "3.11.2");
        _companion.Venv("/home/user/env", "/usr", "3.11.2");
    }

    public void Dispose() => _companion.Dispose();

    private CompanionResult InDeletedFolder(params string[] arguments) =>
        _companion.Shell("/bin/mkdir gone && cd gone && /bin/rmdir ../gone && exec \"$@\"", arguments);

    [Theory]
    [InlineData("x", "venv", "x", "--without-pip")]
    [InlineData("./env", "check", "./env")]
    [InlineData("./env", "list", "./env")]
    [InlineData(".", "list", "--recurse")]
    [InlineData("image", "list", "--root", "image")]
    [InlineData(".", "install", "six", "-E", "3.11")]
    [FullInlineData(".", "uninstall", "six", "-E", "3.11")]
    [FullInlineData("./env", "marker", "./env")]
    [FullInlineData("./env", "overrides", "./env")]
    [InlineData("./env", "packages", "./env")]
    [InlineData("lib", "packages", "--path", "lib")]
    public void Relative_path_in_a_deleted_folder_is_refused(string path, params string[] arguments)
    {
        CompanionResult result = InDeletedFolder(arguments).Exits(5);
        Assert.Contains($"pep668: The relative path '{path}' cannot be used: the current folder was deleted.", result.Error,
            StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }

    [Theory]
    [InlineData("list", "--json")]
    [InlineData("check", "3.11", "--json")]
    public void Deleted_folder_does_not_matter_without_a_relative_path(params string[] arguments) =>
        Assert.Contains(InDeletedFolder(arguments).Exits(0).Json(),
            one => one.GetProperty("executable").GetString() == _companion.At("/usr/bin/python3.11"));

    [Fact]
    public void Temporary_folder_that_does_not_exist_is_named_before_an_interpreter_is_run()
    {
        string missing = _companion.At("/missing");
        CompanionResult result = _companion.Set("TMPDIR", missing).Run("list", "--verify").Exits(4);
        Assert.Equal(
            $"pep668: No interpreter was run, and nothing was listed: the temporary folder '{missing}' does not exist. [ProbeFailed]\n",
            result.Error);
        Assert.Empty(result.Output);
    }

    [Fact]
    public void Temporary_folder_that_does_not_exist_is_named_before_pip_is_run()
    {
        string missing = _companion.At("/missing"), venv = _companion.At("/home/user/env");
        _companion.World.Write("/home/user/env/lib/python3.11/site-packages/pip/__init__.py", "__version__ = '23.0'\n")
            .Write("/home/user/env/lib/python3.11/site-packages/pip/__main__.py", "");
        CompanionResult result = _companion.Set("TMPDIR", missing).Run("install", "six", "-E", venv).Exits(4);
        Assert.Contains($"Nothing was changed in '{venv}': the temporary folder '{missing}' does not exist.", result.Error,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Temporary_folder_that_does_not_exist_is_named_if_an_environment_needs_it()
    {
        string missing = _companion.At("/missing"), target = _companion.At("/home/user/new");
        CompanionResult result = _companion.Set("TMPDIR", missing).Set("PEP668_CACHE_DIR", _companion.At("/cache"))
            .Run("venv", target, "-p", Interpreters.Newest(Needs.Venv | Needs.Ensurepip).Executable).Exits(4);
        Assert.Contains($"the temporary folder '{missing}' does not exist", result.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(target));
    }

    // Below some number the runtime itself does not start.
    public static TheoryData<int> FileLimits => [.. TestExtent.Some([41, 44, 47, 50, 60], [40, 42, 43, 45, 46, 48, 49])];

    [Theory]
    [MemberData(nameof(FileLimits))]
    public void Few_open_files_are_no_crash(int limit)
    {
        CompanionResult result = _companion.Shell($"ulimit -n {limit}; exec \"$@\"", "list", "--json");
        if (result.ExitCode == 0)
        {
            Assert.Contains(result.Json(), one => one.GetProperty("executable").GetString() == _companion.At("/usr/bin/python3.11"));
        }
        else
        {
            result.Exits(4);
            Assert.StartsWith("pep668: ", result.Error, StringComparison.Ordinal);
            Assert.Empty(result.Output);
        }
    }
}
