using Pep668.Discovery;
using Pep668.Environments;

namespace Pep668.Tests.Discovery.Locators;

/// <summary>Trees as Hatch's <c>env/virtual.py</c>, <c>cli/application.py</c> and <c>project/core.py</c> place
/// them.</summary>
public sealed class HatchLocatorTests : IDisposable
{
    private const string Env = "my-app/Ab3_-9xZ/test.py3.12";
    private const string LinuxData = "/home/user/.local/share/hatch";
    private readonly World _world = new();

    public HatchLocatorTests() => _world.Python("/usr", "3.12.3");

    public void Dispose() => _world.Dispose();

    private static void AssertFound(EnvironmentCatalog catalog, string folder)
    {
        PythonEnvironment found = Assert.Single(catalog.Find([PythonManager.Hatch]));
        Assert.Equal((folder, Path.GetFileName(folder), "3.12.3"), (found.Prefix, found.Name, found.Version));
        catalog.AssertSameFromEachPath(found);
    }

    [Theory]
    [InlineData(null, null, LinuxData)]
    [InlineData("XDG_DATA_HOME", "/srv/data", "/srv/data/hatch")]
    [InlineData("HATCH_DATA_DIR", "/srv/mine", "/srv/mine")]
    [InlineData("HATCH_DATA_DIR", "$HOME/${PART}/x", "/home/user/part/x")]
    public void Hatch_environments_on_Linux_are_found_by_default_and_by_variables(string? variable, string? value, string data)
    {
        _world.Venv($"{data}/env/virtual/{Env}", "/usr", "3.12.3", "virtualenv = 20.30.0\n").Set("HOME", "/home/user").Set("PART", "part");
        if (variable is not null)
        {
            _world.Set(variable, value!);
        }
        AssertFound(_world.OnLinux(), $"{data}/env/virtual/{Env}");
    }

    [Theory]
    [InlineData("[dirs]\ndata = \"/srv/mine\"\n", "/srv/mine/env/virtual/" + Env)]
    [InlineData("[dirs.env]\nvirtual = \"~/envs\"\n", "/home/user/envs/" + Env)]
    [InlineData("[dirs]\nproject = []\nenv.virtual = '/srv/envs'\n", "/srv/envs/" + Env)]
    public void Hatch_environments_are_found_by_its_config(string text, string folder)
    {
        _world.Venv(folder, "/usr", "3.12.3").Write("/home/user/.config/hatch/config.toml", text);
        AssertFound(_world.OnLinux(), folder);
        File.Delete(_world.OnDisk("/home/user/.config/hatch/config.toml"));
        Assert.Empty(_world.OnLinux().Find([PythonManager.Hatch]));
        _world.Write("/srv/hatch.toml", text).Set("HATCH_CONFIG", "/srv/hatch.toml");
        AssertFound(_world.OnLinux(), folder);
    }

    [Fact]
    public void Hatch_environments_inside_the_project_are_found()
    {
        _world.Venv("/home/user/project/.hatch/docs", "/usr", "3.12.3")
            .Write("/home/user/project/.hatch/.gitignore", "# This file was automatically created by Hatch\n*\n")
            .Write("/home/user/project/pyproject.toml", "")
            .Write("/home/user/.config/hatch/config.toml", "[dirs.env]\nvirtual = \".hatch\"\n");
        AssertFound(_world.OnLinux(), "/home/user/project/.hatch/docs");
        _world.CurrentDirectory = "/";
        Assert.Equal(PythonManager.Hatch, _world.OnLinux().Identify("/home/user/project/.hatch/docs").Environment!.Manager);
    }

    [Theory]
    [InlineData(".internal/hatch-uv/my-app/Ab3_-9xZ/hatch-uv")]
    [InlineData("virtual/.scripts/Ab3_-9xZ")]
    public void Hatch_environments_of_its_tools_and_scripts_are_found(string folder)
    {
        _world.Venv($"{LinuxData}/env/{folder}", "/usr", "3.12.3");
        AssertFound(_world.OnLinux(), $"{LinuxData}/env/{folder}");
    }

    [Theory]
    [InlineData("pyproject.toml", "[tool.hatch.envs.test]\npath = '.envs/test'\n", "/home/user/project/.envs/test")]
    [InlineData("pyproject.toml", "[tool.hatch.envs.docs]\ntype = 'virtual'\npath = '../docs'\n", "/home/user/docs")]
    [InlineData("hatch.toml", "[envs.test]\npath = '/srv/test'\n", "/srv/test")]
    public void Hatch_environment_with_a_path_of_its_own_is_found(string file, string text, string folder)
    {
        _world.Venv(folder, "/usr", "3.12.3", "virtualenv = 20.30.0\n").Write("/home/user/project/pyproject.toml", "")
            .Write("/home/user/project/" + file, text);
        AssertFound(_world.OnLinux(), folder);
    }

    [Fact]
    public void Hatch_environment_in_the_usual_folder_has_the_name_of_its_project()
    {
        _world.Venv("/home/user/project/.venv", "/usr", "3.12.3", "uv = 0.6.0\n")
            .Write("/home/user/project/pyproject.toml", "[tool.hatch.envs.default]\npath = '.venv'\n");
        PythonEnvironment found = Assert.Single(_world.OnLinux().Find([PythonManager.Hatch]));
        Assert.Equal(("/home/user/project/.venv", "project"), (found.Prefix, found.Name));
    }

    [Theory]
    [InlineData("/srv/here")]
    [InlineData("here")]
    public void Hatch_environment_named_by_a_variable_is_found(string value)
    {
        string folder = Path.GetFullPath(value, "/home/user/project");
        _world.Venv(folder, "/usr", "3.12.3", "virtualenv = 20.30.0\n")
            .Set("HATCH_ENV_TYPE_VIRTUAL_PATH", value).Write("/home/user/project/pyproject.toml", "");
        AssertFound(_world.OnLinux(), folder);
    }

    [Theory]
    [InlineData("/home/user/Library/Application Support/hatch/env/virtual/", false)]
    [InlineData("/srv/envs/", true)]
    public void Hatch_environments_on_macOS_are_found(string root, bool configured)
    {
        _world.Venv(root + Env, "/usr", "3.12.3");
        if (configured)
        {
            _world.Write("/home/user/Library/Application Support/hatch/config.toml", "[dirs.env]\nvirtual = '/srv/envs'\n");
        }
        AssertFound(_world.OnMac(), root + Env);
    }

    [Theory]
    [InlineData("/mnt/c/Users/user/AppData/Local/hatch/env/virtual/", false)]
    [InlineData("/mnt/c/envs/", true)]
    public void Hatch_environments_on_Windows_are_found(string root, bool configured)
    {
        _world.Venv(root + Env, "/usr", "3.12.3");
        if (configured)
        {
            _world.Write("/mnt/c/Users/user/AppData/Local/hatch/config.toml", "[dirs.env]\nvirtual = '/mnt/c/envs'\n");
        }
        AssertFound(_world.OnWindows(), root + Env);
    }

    [Fact]
    public void Hatch_environment_that_is_broken_is_found_with_the_others_beside_it()
    {
        _world.Venv($"{LinuxData}/env/virtual/gone/AAAAAAAA/gone", "/opt/gone", "3.9.1")
            .Venv($"{LinuxData}/env/virtual/plain", "/usr", "3.12.3")
            .Venv($"/home/user/elsewhere/{Env}", "/usr", "3.12.3");
        EnvironmentCatalog catalog = _world.OnLinux();
        PythonEnvironment broken = Assert.Single(catalog.Find([PythonManager.Hatch]));
        Assert.Equal(("gone", EnvironmentHealth.Broken), (broken.Name, broken.Health));
        catalog.AssertSameFromEachPath(broken);
        Assert.Equal(["plain"], catalog.All.Where(one => one.Manager == PythonManager.Venv).Select(one => one.Name));
        Assert.Equal(PythonManager.Venv, catalog.Identify($"/home/user/elsewhere/{Env}").Environment!.Manager);
    }

    [Theory]
    [InlineData("/home/user/.local/share/hatch/pythons", null)]
    [InlineData("/home/user/.local/share/hatch/env/virtual/.pythons", null)]
    [InlineData("/srv/pythons", "[dirs]\npython = \"/srv/pythons\"\n")]
    public void Hatch_interpreters_that_it_downloads_are_found(string folder, string? config)
    {
        foreach ((string name, string below,
            string version) in (IEnumerable<(string, string, string)>)[("3.12", "python", "3.12.8"), ("3.7", "python/install", "3.7.9")])
        {
            _world.Python($"{folder}/{name}/{below}", version).Write($"{folder}/{name}/hatch-dist.json", "{}");
        }
        _world.Python($"{folder}/pypy3.10/pypy3.10-v7.3.15-linux64", "3.10.13", implementation: "pypy")
            .Write($"{folder}/pypy3.10/hatch-dist.json", "{}")
            .Python($"{folder}/other/python", "3.9.1");
        if (config is not null)
        {
            _world.Write("/home/user/.config/hatch/config.toml", config);
        }
        EnvironmentCatalog catalog = _world.OnLinux();
        IReadOnlyList<PythonEnvironment> found = catalog.Find([PythonManager.Hatch]);
        Assert.Equal(["3.12", "3.7", "pypy3.10"], found.Select(one => one.Name).Order(StringComparer.Ordinal));
        Assert.All(found, one => catalog.AssertSameFromEachPath(one));
    }

    [Fact]
    public void Hatch_interpreters_on_Windows_are_found()
    {
        const string Folder = "/mnt/c/Users/user/AppData/Local/hatch/pythons/3.12";
        _world.WindowsPython(Folder + "/python", "3.12.8").Write(Folder + "/hatch-dist.json", "{}");
        EnvironmentCatalog catalog = _world.OnWindows();
        PythonEnvironment found = Assert.Single(catalog.Find([PythonManager.Hatch]));
        Assert.Equal(("3.12", "3.12.8"), (found.Name, found.Version));
        catalog.AssertSameFromEachPath(found);
    }
}
