using Pep668.Environments;

namespace Pep668.Tests.Environments;

/// <summary>Folders of formulas in Homebrew.</summary>
public sealed class HomebrewKegTests
{
    [Theory]
    [InlineData("/opt/homebrew/Cellar/python@3.13/3.13.1/bin/python3", "/opt/homebrew", "python@3.13")]
    [InlineData("/opt/homebrew/opt/python@3.13/bin/python3", "/opt/homebrew", "python@3.13")]
    [InlineData("/home/linuxbrew/.linuxbrew/Cellar/python@3.13", "/home/linuxbrew/.linuxbrew", "python@3.13")]
    public void Homebrew_keg_is_found_below_Cellar_or_opt(string path, string prefix, string formula)
    {
        HomebrewKeg? keg = HomebrewKeg.Find(path);
        Assert.Equal(new HomebrewKeg(prefix, formula), keg);
        Assert.Equal($"{prefix}/opt/{formula}", keg!.Opt);
    }

    [Theory]
    [InlineData("/opt/python/bin/python3")]
    [InlineData("/usr/bin/python3")]
    [InlineData("/opt/homebrew/Cellar/")]
    [InlineData("")]
    public void Homebrew_keg_of_another_path_is_none(string path) => Assert.Null(HomebrewKeg.Find(path));
}
