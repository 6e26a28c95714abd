using Pep668.Discovery;
using Pep668.Environments;

namespace Pep668.Tests.Discovery.Locators;

/// <summary>Trees as <c>Formula/p/python@3.13.rb</c> of homebrew-core installs and links them.</summary>
public sealed class HomebrewLocatorTests : IDisposable
{
    private const string Scheme = "_INSTALL_SCHEMES = {'osx_framework_library': {}}\n";
    private const string Customized = "sys.base_prefix = new_prefix\n";
    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    private void Mac(string brew, string version)
    {
        string keg = $"{brew}/Cellar/python@3.13/{version}";
        string framework = $"{keg}/Frameworks/Python.framework/Versions/3.13";
        _world.Write($"{framework}/bin/python3.13", World.Program("3.13.1"), executable: true)
            .Link($"{framework}/bin/python3", "python3.13")
            .Write($"{framework}/lib/python3.13/os.py", "")
            .Write($"{framework}/lib/python3.13/sysconfig/__init__.py", Scheme)
            .Write($"{framework}/lib/python3.13/sitecustomize.py", Customized)
            .Write($"{framework}/lib/python3.13/EXTERNALLY-MANAGED", "[externally-managed]\nError=brew\n")
            .Write($"{keg}/lib/python3.13/site-packages/pip/__init__.py", "__version__ = '26.1.2'\n")
            .Link($"{framework}/lib/python3.13/site-packages", "../../../../../../lib/python3.13/site-packages")
            .Link($"{keg}/bin/python3.13", "../Frameworks/Python.framework/Versions/3.13/bin/python3.13")
            .Link($"{keg}/bin/python3", "../Frameworks/Python.framework/Versions/3.13/bin/python3")
            .Link($"{keg}/libexec/bin/python", "../../Frameworks/Python.framework/Versions/3.13/bin/python3.13");
    }

    [Theory]
    [InlineData("/opt/homebrew", null)]
    [InlineData("/usr/local", null)]
    [InlineData("/Users/me/brew", "/Users/me/brew")]
    public void Homebrew_Python_on_macOS_is_found_once_with_every_link_as_alias(string brew, string? variable)
    {
        Mac(brew, "3.13.1_1");
        _world.Link($"{brew}/opt/python@3.13", "../Cellar/python@3.13/3.13.1_1")
            .Link($"{brew}/opt/python3", "../Cellar/python@3.13/3.13.1_1")
            .Link($"{brew}/bin/python3.13", "../Cellar/python@3.13/3.13.1_1/bin/python3.13")
            .Write($"{brew}/lib/python3.13/site-packages/pip/__init__.py", "__version__ = '26.1.2'\n")
            .Set("PATH", "/bin");
        if (variable is not null)
        {
            _world.Set("HOMEBREW_PREFIX", variable);
        }
        string framework = $"{brew}/opt/python@3.13/Frameworks/Python.framework/Versions/3.13";
        PythonEnvironment only = Assert.Single(_world.OnMac().All);
        Assert.Equal((PythonManager.Homebrew, "python@3.13", "3.13.1"), (only.Manager, only.Name, only.Version));
        Assert.Equal(($"{brew}/opt/python@3.13/bin/python3.13", framework, framework), (only.Executable, only.Prefix, only.BasePrefix));
        Assert.Equal((framework + "/lib/python3.13", $"{brew}/bin"), (only.StdLib, only.Scripts));
        Assert.Equal(framework + "/lib/python3.13/EXTERNALLY-MANAGED", only.MarkerPath);
        Assert.Equal([$"{brew}/lib/python3.13/site-packages", framework + "/lib/python3.13/site-packages"], only.SitePackages);
        Assert.Equal("26.1.2", only.PipVersion);
        Assert.Superset(
            new HashSet<string>
            {
                $"{brew}/bin/python3.13", $"{brew}/opt/python@3.13/bin/python3", $"{brew}/opt/python@3.13/libexec/bin/python",
                $"{brew}/opt/python3/bin/python3.13",
                $"{brew}/Cellar/python@3.13/3.13.1_1/bin/python3.13",
                $"{brew}/Cellar/python@3.13/3.13.1_1/Frameworks/Python.framework/Versions/3.13/bin/python3.13",
            },
            only.Aliases.ToHashSet());
        _world.OnMac().AssertSameFromEachPath(only, $"{brew}/Cellar/python@3.13/3.13.1_1/Frameworks/Python.framework/Versions/3.13");
    }

    [Fact]
    public void Homebrew_keg_that_is_no_longer_linked_keeps_its_Cellar_path()
    {
        Mac("/opt/homebrew", "3.13.0");
        Mac("/opt/homebrew", "3.13.1");
        _world.Link("/opt/homebrew/opt/python@3.13", "../Cellar/python@3.13/3.13.1");
        Assert.Equal(
            ["/opt/homebrew/Cellar/python@3.13/3.13.0/Frameworks/Python.framework/Versions/3.13",
                "/opt/homebrew/opt/python@3.13/Frameworks/Python.framework/Versions/3.13"],
            _world.OnMac().All.Select(one => one.Prefix).Order());
        Assert.All(_world.OnMac().All,
            one => Assert.Equal((PythonManager.Homebrew, "python@3.13", true), (one.Manager, one.Name, one.IsExternallyManaged)));
    }

    [Fact]
    public void Homebrew_Python_on_Linux_has_no_framework_and_a_venv_of_it_is_found()
    {
        const string Brew = "/home/linuxbrew/.linuxbrew", Opt = Brew + "/opt/python@3.13";
        _world.Python(Brew + "/Cellar/python@3.13/3.13.1", "3.13.1", marker: "[externally-managed]\nError=no\n")
            .Write(Brew + "/Cellar/python@3.13/3.13.1/lib/python3.13/sysconfig/__init__.py", Scheme)
            .Write(Brew + "/Cellar/python@3.13/3.13.1/lib/python3.13/sitecustomize.py", Customized)
            .Link(Opt, "../Cellar/python@3.13/3.13.1").Link(Brew + "/bin/python3", "../Cellar/python@3.13/3.13.1/bin/python3")
            .Venv("/home/user/project/.venv", Opt, "3.13.1").Set("PATH", "/usr/bin");
        EnvironmentCatalog catalog = _world.OnLinux();
        PythonEnvironment brew = Assert.Single(catalog.All, one => !one.IsVirtual);
        Assert.Equal((PythonManager.Homebrew, Opt, Brew + "/bin", true),
            (brew.Manager, brew.Prefix, brew.Scripts, brew.IsExternallyManaged));
        Assert.Equal([Brew + "/lib/python3.13/site-packages", Opt + "/lib/python3.13/site-packages"], brew.SitePackages);
        catalog.AssertSameFromEachPath(brew);
        PythonEnvironment venv = Assert.Single(catalog.All, one => one.IsVirtual);
        Assert.Equal((PythonManager.Venv, Opt, EnvironmentHealth.Healthy), (venv.Manager, venv.BasePrefix, venv.Health));
        Assert.Equal(["/home/user/project/.venv/lib/python3.13/site-packages"], venv.SitePackages);
    }

    [Fact]
    public void Homebrew_formula_without_patches_is_read_as_an_ordinary_Python()
    {
        _world.Python("/home/linuxbrew/.linuxbrew/Cellar/python@3.8/3.8.20", "3.8.20")
            .Link("/home/linuxbrew/.linuxbrew/opt/python@3.8", "../Cellar/python@3.8/3.8.20");
        PythonEnvironment only = Assert.Single(_world.OnLinux().All);
        Assert.Equal((PythonManager.Homebrew, "python@3.8", "/home/linuxbrew/.linuxbrew/Cellar/python@3.8/3.8.20"),
            (only.Manager, only.Name, only.Prefix));
        Assert.Equal(["/home/linuxbrew/.linuxbrew/Cellar/python@3.8/3.8.20/lib/python3.8/site-packages"], only.SitePackages);
        _world.OnLinux().AssertSameFromEachPath(only);
    }

    [Fact]
    public void Homebrew_folder_in_opt_that_is_not_a_keg_is_ignored()
    {
        _world.Python("/opt/python@3.13", "3.13.1");
        Assert.Equal(PythonManager.Unknown, _world.OnLinux().Identify("/opt/python@3.13").Environment!.Manager);
    }
}
