using Pep668.Discovery;
using Pep668.Environments;

namespace Pep668.Tests.Discovery.Locators;

/// <summary>Trees as pixi's <c>pixi_core</c>, <c>pixi_global</c> and <c>pixi_config</c> place them.</summary>
public sealed class PixiLocatorTests : IDisposable
{
    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    private World Global(string prefix) =>
        _world.Python(prefix, "3.12.3").Link($"{prefix}/bin/python", "python3.12")
            .Write($"{prefix}/conda-meta/python-3.12.3-h1.json", "{}");

    private World Project(string prefix, bool history = true) =>
        (history ? Global(prefix).Write($"{prefix}/conda-meta/history", "// not relevant for pixi but for `conda run -p`") : Global(prefix))
            .Write($"{prefix}/conda-meta/pixi", "{}");

    private static void AssertFound(EnvironmentCatalog catalog, params (string Prefix, string Name)[] expected)
    {
        IReadOnlyList<PythonEnvironment> found = catalog.Find([PythonManager.Pixi]);
        Assert.Equal(expected, found.Select(one => (one.Prefix, one.Name)));
        Assert.All(found, one => Assert.Equal((EnvironmentKind.Conda, false), (one.Kind, one.IsVirtual)));
        Assert.All(found, one => catalog.AssertSameFromEachPath(one));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Pixi_environments_of_the_nearest_parent_project_are_found(bool history)
    {
        Project("/home/user/project/.pixi/envs/default", history);
        Project("/home/user/project/.pixi/envs/test", history);
        _world.CreateFolder("/home/user/project/src").CurrentDirectory = "/home/user/project/src";
        AssertFound(_world.OnLinux(), ("/home/user/project/.pixi/envs/default", "project"), ("/home/user/project/.pixi/envs/test", "test"));
        AssertFound(_world.OnMac(), ("/home/user/project/.pixi/envs/default", "project"), ("/home/user/project/.pixi/envs/test", "test"));
    }

    [Theory]
    [InlineData(null, "/home/user/.pixi")]
    [InlineData("/srv/pixi", "/srv/pixi")]
    public void Pixi_global_environments_are_found(string? variable, string home)
    {
        Global(home + "/envs/default");
        Global(home + "/envs/ipython");
        if (variable is not null)
        {
            _world.Set("PIXI_HOME", variable);
        }
        AssertFound(_world.OnLinux(), (home + "/envs/default", "default"), (home + "/envs/ipython", "ipython"));
        AssertFound(_world.OnMac(), (home + "/envs/default", "default"), (home + "/envs/ipython", "ipython"));
    }

    [Theory]
    [InlineData("/etc/pixi/config.toml", "detached-environments = \"/srv/envs\"\n", "/srv/envs")]
    [InlineData("/home/user/.config/pixi/config.toml", "detached-environments = \"~/envs\"\n", "/home/user/envs")]
    [InlineData("/home/user/.pixi/config.toml", "detached-environments = true\n[cache]\ndetached-environments = '/srv/envs'\n",
        "/srv/envs")]
    [InlineData("/home/user/project/.pixi/config.toml", "detached-environments = true\ncache.root = '/srv/cache'\n", "/srv/cache/envs")]
    [InlineData("/home/user/.pixi/config.toml", "detached-environments = true\n", "/home/user/.cache/.pixi/envs")]
    [InlineData("/home/user/.pixi/config.toml", "detached-environments = true\n", "/home/user/.cache/rattler/cache/envs")]
    public void Pixi_detached_environments_are_found(string config, string text, string folder)
    {
        Project(folder + "/my-app-1234567890/envs/default").Write(config, text);
        AssertFound(_world.OnLinux(), (folder + "/my-app-1234567890/envs/default", "my-app"));
    }

    [Theory]
    [InlineData("PIXI_CACHE_DIR", "/srv/cache", "/srv/cache/envs")]
    [InlineData("RATTLER_CACHE_DIR", "/srv/cache", "/srv/cache/envs")]
    [InlineData("PIXI_CACHE_DETACHED_ENVIRONMENTS_DIR", "/srv/envs", "/srv/envs")]
    [InlineData("PIXI_CONFIG_FILE", "/srv/pixi.toml", "/srv/other")]
    public void Pixi_detached_environments_are_found_by_variables(string variable, string value, string folder)
    {
        Project(folder + "/my-app-1234567890/envs/test").Write("/srv/pixi.toml", "detached-environments = '/srv/other'\n")
            .Set(variable, value);
        AssertFound(_world.OnLinux(), (folder + "/my-app-1234567890/envs/test", "test"));
    }

    [Fact]
    public void Pixi_detached_environments_are_found_behind_the_link_in_the_project()
    {
        Project("/srv/any/my-app-1234567890/envs/default").Link("/home/user/project/.pixi/envs", "/srv/any/my-app-1234567890/envs");
        AssertFound(_world.OnLinux(), ("/srv/any/my-app-1234567890/envs/default", "my-app"));
    }

    [Theory]
    [InlineData("/mnt/c/Users/user/.pixi/envs/ipython", null)]
    [InlineData("/mnt/c/detached/my-app-1/envs/test", "/mnt/c/Users/user/AppData/Roaming/pixi/config.toml")]
    [InlineData("/mnt/c/detached/my-app-1/envs/test", "/mnt/c/ProgramData/pixi/config.toml")]
    [InlineData("/mnt/c/Users/user/AppData/Local/.pixi/envs/my-app-1/envs/test", null)]
    public void Pixi_environments_on_Windows_are_found(string prefix, string? config)
    {
        _world.WindowsPython(prefix, "3.12.3").Write(prefix + "/conda-meta/python-3.12.3-h1.json", "{}");
        if (!prefix.Contains("/.pixi/envs/ipython"))
        {
            _world.Write(prefix + "/conda-meta/pixi", "{}");
        }
        if (config is not null)
        {
            _world.Write(config, "detached-environments = '/mnt/c/detached'\n");
        }
        AssertFound(_world.OnWindows(), (prefix, Path.GetFileName(prefix)));
    }

    [Fact]
    public void Pixi_environment_without_its_library_is_broken_and_the_others_are_found()
    {
        const string Envs = "/home/user/project/.pixi/envs";
        _world.Python("/usr", "3.12.3").Venv(Envs + "/plain", "/usr", "3.12.3").Python(Envs + "/bare", "3.12.3")
            .Write(Envs + "/gone/bin/python3.12", World.Program("3.12.3"), executable: true).Write(Envs + "/gone/conda-meta/pixi", "{}");
        EnvironmentCatalog catalog = _world.OnLinux();
        PythonEnvironment broken = Assert.Single(catalog.Find([PythonManager.Pixi]));
        catalog.AssertSameFromEachPath(broken);
        Assert.Equal((Envs + "/gone", "gone", EnvironmentHealth.Broken), (broken.Prefix, broken.Name, broken.Health));
        Assert.Equal(PythonManager.Venv, catalog.Identify(Envs + "/plain").Environment!.Manager);
        Assert.Equal(PythonManager.Unknown, catalog.Identify(Envs + "/bare").Environment!.Manager);
    }

    [Fact]
    public void Pixi_environment_also_registered_with_conda_is_managed_by_pixi()
    {
        Project("/home/user/project/.pixi/envs/test").Write("/home/user/.conda/environments.txt", "/home/user/project/.pixi/envs/test\n");
        AssertFound(_world.OnLinux(), ("/home/user/project/.pixi/envs/test", "test"));
        Assert.Empty(_world.OnLinux().Find([PythonManager.Conda]));
    }
}
