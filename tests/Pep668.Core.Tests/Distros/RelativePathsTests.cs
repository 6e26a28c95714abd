using Pep668.Distros;

namespace Pep668.Tests.Distros;

/// <summary>Which recorded paths are below the wanted folders.</summary>
public sealed class RelativePathsTests
{
    [Theory]
    [InlineData("/", "/usr/lib", "usr/lib usr/lib/a", "usr/libexec usr lib")]
    [InlineData("/", "/", "usr a", "")]
    [InlineData("/opt/env", "/opt/env/lib", "lib lib/a", "opt/env/lib li")]
    [InlineData("/opt/env/", "/opt/env", "lib bin", "")]
    [InlineData("/opt/env", "/opt", "lib bin", "")]
    [InlineData("/opt/env", "/", "lib bin", "")]
    [InlineData("/opt/env", "/opt/environment", "", "lib ironment")]
    public void Relative_path_is_wanted_below_the_folders_only(string root, string folder, string wanted, string others)
    {
        WantedPaths paths = new RelativePaths(root).Wanted([folder]);
        Assert.All(wanted.Split(' ', StringSplitOptions.RemoveEmptyEntries), path => Assert.True(paths.Includes(path), path));
        Assert.All(others.Split(' ', StringSplitOptions.RemoveEmptyEntries), path => Assert.False(paths.Includes(path), path));
    }

    [Fact]
    public void Relative_path_becomes_absolute()
    {
        Assert.Equal("/usr/lib", new RelativePaths("/").Absolute("usr/lib"));
        Assert.Equal("/opt/env/lib", new RelativePaths("/opt/env").Absolute("lib"));
    }

    [Fact]
    public void Relative_path_on_Windows_has_its_separators_and_any_case()
    {
        Assert.SkipUnless(OperatingSystem.IsWindows(), "needs the paths of Windows");
        var paths = new RelativePaths(@"C:\conda");
        Assert.Equal(@"C:\conda\Lib\site-packages\six.py", paths.Absolute("Lib/site-packages/six.py"));
        WantedPaths wanted = paths.Wanted([@"c:\Conda\lib\site-packages"]);
        Assert.True(wanted.Includes("Lib/site-packages/six.py"));
        Assert.False(wanted.Includes("Lib/site-packages2"));
    }

    [Theory]
    [InlineData("usr", "usr/lib/python", true)]
    [InlineData("usr/lib/python/a", "usr/lib/python", true)]
    [InlineData("usr/lib/py", "usr/lib/python", false)]
    [InlineData("", "usr/lib", true)]
    [InlineData("opt", "usr/lib", false)]
    public void Folder_above_or_below_a_wanted_path_is_near_it(string folder, string wanted, bool expected) =>
        Assert.Equal(expected, new WantedPaths([wanted]).Touches(System.Text.Encoding.UTF8.GetBytes(folder)));

    [Fact]
    public void Wanted_path_ignores_case_where_that_is_asked_for()
    {
        Assert.True(new WantedPaths(["lib/site-packages"], ignoresCase: true).Includes("Lib/Site-Packages/a"));
        Assert.False(new WantedPaths(["lib/site-packages"]).Includes("Lib/Site-Packages/a"));
    }
}
