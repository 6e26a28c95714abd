using Pep668.Discovery;
using Pep668.Environments;
using Pep668.Machines;

namespace Pep668.Tests.Discovery.Locators;

/// <summary>Trees as Poetry's <c>config/config.py</c> and <c>utils/env/env_manager.py</c> place and name
/// them.</summary>
public sealed class PoetryLocatorTests : IDisposable
{
    private const string Generated = "my-app-Ab3_-9xZ-py3.12";
    private const string LinuxCache = "/home/user/.cache/pypoetry";
    private readonly World _world = new();

    public PoetryLocatorTests() => _world.Python("/usr", "3.12.3");

    public void Dispose() => _world.Dispose();

    private static void AssertFoundIn(EnvironmentCatalog catalog, string folder)
    {
        PythonEnvironment found = Assert.Single(catalog.Find([PythonManager.Poetry]));
        Assert.Equal(($"{folder}/{Generated}", Generated, "3.12.3"), (found.Prefix, found.Name, found.Version));
        Assert.Equal(["Poetry"], found.FoundBy);
        catalog.AssertSameFromEachPath(found);
    }

    [Theory]
    [InlineData(null, null, LinuxCache + "/virtualenvs")]
    [InlineData("XDG_CACHE_HOME", "/srv/cache", "/srv/cache/pypoetry/virtualenvs")]
    [InlineData("POETRY_CACHE_DIR", "/srv/poetry", "/srv/poetry/virtualenvs")]
    [InlineData("POETRY_CACHE_DIR", "~/poetry", "/home/user/poetry/virtualenvs")]
    [InlineData("POETRY_VIRTUALENVS_PATH", "/srv/envs", "/srv/envs")]
    [InlineData("POETRY_VIRTUALENVS_PATH", "{cache-dir}/here", LinuxCache + "/here")]
    public void Poetry_environments_on_Linux_are_found_by_default_and_by_variables(string? variable, string? value, string folder)
    {
        _world.Venv($"{folder}/{Generated}", "/usr", "3.12.3", "prompt = my-app-py3.12\nvirtualenv = 20.30.0\n");
        if (variable is not null)
        {
            _world.Set(variable, value!);
        }
        AssertFoundIn(_world.OnLinux(), folder);
    }

    [Theory]
    [InlineData("poetry.lock", "", "virtualenv = 20.30.0\n", PythonManager.Poetry)]
    [InlineData("poetry.lock", "", "", PythonManager.Venv)]
    [InlineData("poetry.toml", "", "virtualenv = 20.30.0\n", PythonManager.Poetry)]
    [InlineData("pyproject.toml", "[tool.poetry]\nname = 'x'\n", "virtualenv = 20.30.0\n", PythonManager.Poetry)]
    [InlineData("pyproject.toml", "[build-system]\nbuild-backend = 'poetry.core.masonry.api'\n", "virtualenv = 20.30.0\n",
        PythonManager.Poetry)]
    [InlineData("pyproject.toml", "[project]\nname = 'x'\n", "virtualenv = 20.30.0\n", PythonManager.Virtualenv)]
    public void Poetry_environment_in_its_project_is_told_by_the_project(string file, string text, string extra, PythonManager manager)
    {
        _world.Venv("/home/user/project/.venv", "/usr", "3.12.3", extra).Write("/home/user/project/" + file, text);
        PythonEnvironment found = Assert.Single(_world.OnLinux().All, one => one.IsVirtual);
        Assert.Equal((manager, "project"), (found.Manager, found.Name));
        _world.OnLinux().AssertSameFromEachPath(found);
    }

    [Theory]
    [InlineData("cache-dir = \"/srv/poetry\"\n", "/srv/poetry/virtualenvs")]
    [InlineData("cache-dir = \"/srv/poetry\"\n[virtualenvs]\npath = \"{cache-dir}/mine\" # there\n", "/srv/poetry/mine")]
    [InlineData("[virtualenvs]\ncreate = true\npath = '~/mine'\n", "/home/user/mine")]
    [InlineData("virtualenvs.path = '/srv/envs'\n", "/srv/envs")]
    [InlineData("[virtualenvs]\npath = [\n", LinuxCache + "/virtualenvs")]
    public void Poetry_environments_are_found_by_its_config(string text, string folder)
    {
        _world.Venv($"{folder}/{Generated}", "/usr", "3.12.3").Write("/home/user/.config/pypoetry/config.toml", text);
        AssertFoundIn(_world.OnLinux(), folder);
    }

    [Fact]
    public void Poetry_project_config_overrides_the_users_and_a_variable_names_its_folder()
    {
        _world.Venv($"/srv/two/{Generated}", "/usr", "3.12.3").Write("/srv/config/config.toml", "[virtualenvs]\npath = '/srv/two'\n")
            .Set("POETRY_CONFIG_DIR", "/srv/config");
        AssertFoundIn(_world.OnLinux(), "/srv/two");
        _world.Venv($"/srv/one/{Generated}", "/usr", "3.12.3").Write("/home/user/poetry.toml", "[virtualenvs]\npath = '/srv/one'\n");
        AssertFoundIn(_world.OnLinux(), "/srv/two");
        _world.Write("/home/user/pyproject.toml", "");
        AssertFoundIn(_world.OnLinux(), "/srv/one");
    }

    [Theory]
    [InlineData("Library/Caches/pypoetry/virtualenvs", null)]
    [InlineData("mine", "Library/Application Support/pypoetry")]
    public void Poetry_environments_on_macOS_are_found(string folder, string? config)
    {
        _world.Venv($"/home/user/{folder}/{Generated}", "/usr", "3.12.3");
        if (config is not null)
        {
            _world.Write($"/home/user/{config}/config.toml", "[virtualenvs]\npath = \"~/mine\"\n");
        }
        AssertFoundIn(_world.OnMac(), "/home/user/" + folder);
    }

    [Theory]
    [InlineData("/mnt/c/Users/user/AppData/Local/pypoetry/Cache/virtualenvs", false)]
    [InlineData("/mnt/c/envs", true)]
    public void Poetry_environments_on_Windows_are_found(string folder, bool configured)
    {
        _world.Venv($"{folder}/{Generated}", "/usr", "3.12.3");
        if (configured)
        {
            _world.Write("/mnt/c/Users/user/AppData/Roaming/pypoetry/config.toml", "[virtualenvs]\npath = '/mnt/c/envs'\n");
        }
        AssertFoundIn(_world.OnWindows(), folder);
    }

    [Fact]
    public void Poetry_environments_include_broken_ones_and_exclude_other_names()
    {
        _world.Venv($"{LinuxCache}/virtualenvs/gone-AAAAAAAA-py3.9", "/opt/gone", "3.9.1")
            .Venv($"{LinuxCache}/virtualenvs/plain", "/usr", "3.12.3").Venv($"{LinuxCache}/virtualenvs/short-AAA-py3.12", "/usr", "3.12.3")
            .Venv($"/home/user/elsewhere/{Generated}", "/usr", "3.12.3");
        EnvironmentCatalog catalog = _world.OnLinux();
        PythonEnvironment broken = Assert.Single(catalog.Find([PythonManager.Poetry]));
        Assert.Equal(("gone-AAAAAAAA-py3.9", EnvironmentHealth.Broken), (broken.Name, broken.Health));
        catalog.AssertSameFromEachPath(broken);
        Assert.Equal(["plain", "short-AAA-py3.12"], catalog.All.Where(one => one.Manager == PythonManager.Venv).Select(one => one.Name));
        Assert.Equal(PythonManager.Venv, catalog.Identify($"/home/user/elsewhere/{Generated}").Environment!.Manager);
    }

    [Fact]
    public void Poetry_environment_of_a_cache_that_no_variable_names_is_recognized()
    {
        _world.Venv($"/srv/pypoetry/virtualenvs/{Generated}", "/usr", "3.12.3");
        Assert.Equal(PythonManager.Poetry,
            _world.OnLinux().Identify($"/srv/pypoetry/virtualenvs/{Generated}/bin/python").Environment!.Manager);
    }

    [Fact]
    public void Poetry_folder_behind_a_link_is_recognized()
    {
        _world.Venv($"/data/envs/{Generated}", "/usr", "3.12.3").Link($"{LinuxCache}/virtualenvs", "/data/envs");
        AssertFoundIn(_world.OnLinux(), "/data/envs");
    }

    [Fact]
    public void Poetry_environment_created_by_the_real_Poetry_is_found()
    {
        Assert.SkipWhen(Tool.Find("poetry") is null, "needs Poetry");
        string folder = Directory.CreateTempSubdirectory("pep668-poetry-").FullName;
        try
        {
            File.WriteAllText(folder + "/pyproject.toml",
                "[tool.poetry]\nname = \"My-App\"\nversion = \"1.0\"\ndescription = \"\"\nauthors = " +
                "[]\n[tool.poetry.dependencies]\npython = \"*\"\n");
            var variables = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["POETRY_CACHE_DIR"] = folder + "/cache",
                ["POETRY_CONFIG_DIR"] = folder,
                ["HOME"] = folder,
            };
            Tool.Run("poetry", ["run", "python", "-V"], folder, variables).Checked();
            var catalog = new EnvironmentCatalog(Pep668.Machines.Machine.Current(folder) with { Variables = variables, Home = folder });
            PythonEnvironment found = Assert.Single(catalog.Find([PythonManager.Poetry]));
            Assert.Equal((folder + "/cache/virtualenvs/" + found.Name, EnvironmentHealth.Healthy), (found.Prefix, found.Health));
            Assert.StartsWith("my-app-", found.Name, StringComparison.Ordinal);
            catalog.AssertSameFromEachPath(found);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("/home/user/.local/share/pypoetry/python", null, null)]
    [InlineData("/srv/data/pypoetry/python", "XDG_DATA_HOME", "/srv/data")]
    [InlineData("/srv/poetry/python", "POETRY_HOME", "/srv/poetry")]
    [InlineData("/srv/poetry/python", "POETRY_DATA_DIR", "/srv/poetry")]
    [InlineData("/srv/pythons", "POETRY_PYTHON_INSTALLATION_DIR", "/srv/pythons")]
    [InlineData("/srv/pythons", "config", "[python]\ninstallation-dir = \"/srv/pythons\"\n")]
    [InlineData("/srv/data/here", "config", "data-dir = '/srv/data'\n[python]\ninstallation-dir = \"{data-dir}/here\"\n")]
    public void Poetry_interpreters_that_it_downloads_are_found(string folder, string? variable, string? value)
    {
        _world.Python($"{folder}/cpython@3.13.1", "3.13.1").Python($"{folder}/cpython@3.12.8/install", "3.12.8")
            .Python($"{folder}/other", "3.9.1");
        if (variable is "config")
        {
            _world.Write("/home/user/.config/pypoetry/config.toml", value!);
        }
        else if (variable is not null)
        {
            _world.Set(variable, value!);
        }
        EnvironmentCatalog catalog = _world.OnLinux();
        IReadOnlyList<PythonEnvironment> found = catalog.Find([PythonManager.Poetry]);
        Assert.Equal([("cpython@3.12.8", "3.12.8"), ("cpython@3.13.1", "3.13.1")], found.Select(one => (one.Name, one.Version)).Order());
        Assert.All(found, one => catalog.AssertSameFromEachPath(one));
    }

    [Fact]
    public void Poetry_interpreters_on_macOS_and_Windows_are_found()
    {
        _world.Python("/home/user/Library/Application Support/pypoetry/python/cpython@3.13.1", "3.13.1")
            .WindowsPython("/mnt/c/Users/user/AppData/Roaming/pypoetry/python/cpython@3.13.1", "3.13.1");
        foreach (EnvironmentCatalog catalog in (EnvironmentCatalog[])[_world.OnMac(), _world.OnWindows()])
        {
            PythonEnvironment found = Assert.Single(catalog.Find([PythonManager.Poetry]));
            Assert.Equal(("cpython@3.13.1", "3.13.1"), (found.Name, found.Version));
            catalog.AssertSameFromEachPath(found);
        }
    }
}
