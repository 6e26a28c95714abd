using Pep668.Machines;

namespace Pep668.Tests.Machines;

/// <summary>The user's folders.</summary>
public sealed class UserFoldersTests
{
    private static Machine With(Platform platform, string? home, params (string Name, string Value)[] variables) => new()
    {
        Files = FileTree.Host, Platform = platform, Home = home, CurrentDirectory = "/home/user/project",
        Variables = variables.ToDictionary(one => one.Name, one => one.Value, StringComparer.Ordinal),
    };

    [Theory]
    [InlineData("/home/someone", "/home/someone")]
    [InlineData("/home/someone//", "/home/someone")]
    [InlineData("", "/")]
    [InlineData("///", "/")]
    [InlineData("relative", "relative")]
    public void Home_is_that_of_the_variable_as_Python_reads_it(string variable, string expected)
    {
        string? python = Interpreters.All is [{ Executable: string first }, ..] ? first : null;
        if (python is not null && !OperatingSystem.IsWindows())
        {
            string[] command = ["-i", "HOME=" + variable, python, "-c", "import os; print(os.path.expanduser('~'))"];
            Assert.Equal(expected, Tool.Run("/usr/bin/env", command).Checked().Output.TrimEnd('\n'));
        }
        Assert.Equal(expected, UserFolders.Home(With(Platform.Linux, "/home/user", ("HOME", variable))));
        Assert.Equal(@"C:\Users\user", UserFolders.Home(With(Platform.Windows, @"C:\Users\user", ("HOME", variable))));
    }

    [Fact]
    public void Cache_is_the_configured_folder_else_that_of_the_platform()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "compares POSIX paths");
        Assert.Equal("/home/user/.cache/pep668", Cache(Platform.Linux));
        Assert.Equal("/home/other/.cache/pep668", Cache(Platform.Linux, ("HOME", "/home/other")));
        Assert.Equal("/home/user/.cache/pep668", Cache(Platform.Linux, ("HOME", "relative"), ("XDG_CACHE_HOME", "relative")));
        Assert.Equal("/xdg/pep668", Cache(Platform.Linux, ("XDG_CACHE_HOME", "/xdg")));
        Assert.Equal("/given", Cache(Platform.Linux, ("XDG_CACHE_HOME", "/xdg"), ("PEP668_CACHE_DIR", "/given")));
        Assert.Equal("/home/user/Library/Caches/pep668", Cache(Platform.MacOS, ("XDG_CACHE_HOME", "/xdg")));
        Assert.Equal("/local/pep668/cache", Cache(Platform.Windows, ("LOCALAPPDATA", "/local")));
        Assert.Null(UserFolders.OwnCache(With(Platform.Linux, home: null)));
        using var world = new World();
        Assert.Null(UserFolders.OwnCache(world.Set("PEP668_CACHE_DIR", "/given").Machine));

        static string? Cache(Platform platform, params (string Name, string Value)[] variables) =>
            UserFolders.OwnCache(With(platform, "/home/user", variables));
    }
}
