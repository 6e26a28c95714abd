using Pep668.Discovery;
using Pep668.Environments;
using Pep668.Machines;

namespace Pep668.Tests.Discovery.Locators;

/// <summary>Trees as PDM's <c>cli/commands/venv</c> and <c>project/config.py</c> place and name them.</summary>
public sealed class PdmLocatorTests : IDisposable
{
    private const string Generated = "my-app-Ab3_-9xZ-3.12";
    private const string LinuxVenvs = "/home/user/.local/share/pdm/venvs";
    private readonly World _world = new();

    public PdmLocatorTests() => _world.Python("/usr", "3.12.3");

    public void Dispose() => _world.Dispose();

    private static void AssertFoundIn(EnvironmentCatalog catalog, string folder)
    {
        PythonEnvironment found = Assert.Single(catalog.Find([PythonManager.Pdm]));
        Assert.Equal(($"{folder}/{Generated}", Generated, "3.12.3"), (found.Prefix, found.Name, found.Version));
        Assert.Equal(["Pdm"], found.FoundBy);
        catalog.AssertSameFromEachPath(found);
    }

    [Theory]
    [InlineData("/home/user/.config/pdm/config.toml", null, null)]
    [InlineData("/srv/pdm.toml", "PDM_CONFIG_FILE", "/srv/pdm.toml")]
    [InlineData("/srv/config/pdm/config.toml", "XDG_CONFIG_HOME", "/srv/config")]
    [InlineData("/etc/xdg/pdm/config.toml", null, null)]
    [InlineData("/srv/site/pdm/config.toml", "XDG_CONFIG_DIRS", "/srv/site:/etc/xdg")]
    public void Pdm_environments_are_found_by_its_config(string path, string? variable, string? value)
    {
        _world.Venv($"/home/user/mine/{Generated}", "/usr", "3.12.3").Write(path, "[venv]\nlocation = \"~/mine\"\n");
        if (variable is not null)
        {
            _world.Set(variable, value!);
        }
        AssertFoundIn(_world.OnLinux(), "/home/user/mine");
    }

    [Theory]
    [InlineData(null, LinuxVenvs)]
    [InlineData("/srv/data", "/srv/data/pdm/venvs")]
    public void Pdm_environments_on_Linux_are_found_by_default(string? data, string folder)
    {
        _world.Venv($"{folder}/{Generated}", "/usr", "3.12.3", "prompt = my-app-3.12\n");
        if (data is not null)
        {
            _world.Set("XDG_DATA_HOME", data);
        }
        AssertFoundIn(_world.OnLinux(), folder);
    }

    [Theory]
    [InlineData("/home/user/Library/Application Support/pdm/venvs", null)]
    [InlineData("/srv/envs", "/home/user/Library/Application Support/pdm/config.toml")]
    [InlineData("/srv/envs", "/Library/Application Support/pdm/config.toml")]
    public void Pdm_environments_on_macOS_are_found(string folder, string? config)
    {
        _world.Venv($"{folder}/{Generated}", "/usr", "3.12.3");
        if (config is not null)
        {
            _world.Write(config, "[venv]\nlocation = '/srv/envs'\n");
        }
        AssertFoundIn(_world.OnMac(), folder);
    }

    [Theory]
    [InlineData("/mnt/c/Users/user/AppData/Local/pdm/pdm/venvs", null)]
    [InlineData("/mnt/c/envs", "/mnt/c/Users/user/AppData/Local/pdm/pdm/config.toml")]
    [InlineData("/mnt/c/envs", "/mnt/c/ProgramData/pdm/pdm/config.toml")]
    public void Pdm_environments_on_Windows_are_found(string folder, string? config)
    {
        _world.Venv($"{folder}/{Generated}", "/usr", "3.12.3");
        if (config is not null)
        {
            _world.Write(config, "[venv]\nlocation = '/mnt/c/envs'\n");
        }
        AssertFoundIn(_world.OnWindows(), folder);
    }

    [Fact]
    public void Pdm_environment_selected_by_the_project_is_found()
    {
        _world.Venv("/home/user/.venv", "/usr", "3.12.3").Venv("/home/user/venv", "/usr", "3.12.3")
            .Write("/home/user/.pdm-python", "/home/user/.venv/bin/python\n");
        EnvironmentCatalog catalog = _world.OnLinux();
        PythonEnvironment found = Assert.Single(catalog.Find([PythonManager.Pdm]));
        Assert.Equal(("/home/user/.venv", "user"), (found.Prefix, found.Name));
        catalog.AssertSameFromEachPath(found);
        Assert.Equal(PythonManager.Venv, catalog.Identify("/home/user/venv").Environment!.Manager);
        _world.Write("/home/user/.pdm-python", "/usr/bin/python3.12");
        Assert.Empty(_world.OnLinux().Find([PythonManager.Pdm]));
    }

    [Fact]
    public void Pdm_environments_include_broken_ones_and_exclude_other_names()
    {
        _world.Venv($"{LinuxVenvs}/gone-AAAAAAAA-3.9", "/opt/gone", "3.9.1").Venv($"{LinuxVenvs}/plain", "/usr", "3.12.3")
            .Venv($"/home/user/elsewhere/{Generated}", "/usr", "3.12.3");
        EnvironmentCatalog catalog = _world.OnLinux();
        PythonEnvironment broken = Assert.Single(catalog.Find([PythonManager.Pdm]));
        Assert.Equal(("gone-AAAAAAAA-3.9", EnvironmentHealth.Broken), (broken.Name, broken.Health));
        catalog.AssertSameFromEachPath(broken);
        Assert.Equal(["plain"], catalog.All.Where(one => one.Manager == PythonManager.Venv).Select(one => one.Name));
        Assert.Equal(PythonManager.Venv, catalog.Identify($"/home/user/elsewhere/{Generated}").Environment!.Manager);
    }

    [Theory]
    [InlineData("/home/user/.local/share/pdm/python", null)]
    [InlineData("/srv/pythons", "[python]\ninstall_root = \"/srv/pythons\"\n")]
    [InlineData("/srv/pythons", "python.install_root = \"/srv/pythons\"\n")]
    public void Pdm_interpreters_that_it_downloads_are_found(string folder, string? config)
    {
        _world.Python($"{folder}/cpython@3.13.1", "3.13.1").Python($"{folder}/cpython@3.12.8/install", "3.12.8")
            .Python($"{folder}/other", "3.9.1");
        if (config is not null)
        {
            _world.Write("/home/user/.config/pdm/config.toml", config);
        }
        EnvironmentCatalog catalog = _world.OnLinux();
        IReadOnlyList<PythonEnvironment> found = catalog.Find([PythonManager.Pdm]);
        Assert.Equal([("cpython@3.12.8", "3.12.8"), ("cpython@3.13.1", "3.13.1")], found.Select(one => (one.Name, one.Version)).Order());
        Assert.All(found, one => catalog.AssertSameFromEachPath(one));
    }

    [Fact]
    public void Pdm_interpreters_on_macOS_and_Windows_and_those_shared_with_Rye_are_found()
    {
        _world.Python("/home/user/Library/Application Support/pdm/python/cpython@3.13.1", "3.13.1")
            .WindowsPython("/mnt/c/Users/user/AppData/Local/pdm/pdm/python/cpython@3.13.1", "3.13.1");
        foreach (EnvironmentCatalog catalog in (EnvironmentCatalog[])[_world.OnMac(), _world.OnWindows()])
        {
            PythonEnvironment found = Assert.Single(catalog.Find([PythonManager.Pdm]));
            Assert.Equal(("cpython@3.13.1", "3.13.1"), (found.Name, found.Version));
            catalog.AssertSameFromEachPath(found);
        }
        _world.Python("/home/user/.rye/py/cpython@3.12.8", "3.12.8")
            .Write("/home/user/.config/pdm/config.toml", "[python]\ninstall_root = '~/.rye/py'\n");
        Assert.Equal(PythonManager.Rye, Assert.Single(_world.OnLinux().All, one => one.Version == "3.12.8").Manager);
    }

    [Theory]
    [InlineData("venv")]
    [InlineData("virtualenv")]
    public void Pdm_environment_created_by_the_real_PDM_is_found(string backend)
    {
        Assert.SkipWhen(Tool.Find("pdm") is null, "needs PDM");
        string python = Interpreters.Newest(Needs.Venv).Executable;
        string folder = Directory.CreateTempSubdirectory("pep668-pdm-").FullName;
        try
        {
            string project = Directory.CreateDirectory(folder + "/shop").FullName;
            File.WriteAllText(project + "/pyproject.toml",
                "[project]\nname = \"shop\"\nversion = \"1.0\"\nrequires-python = \">=3.8\"\ndependencies = []\n");
            var variables = new Dictionary<string, string>(StringComparer.Ordinal) { ["HOME"] = folder, ["PDM_CHECK_UPDATE"] = "0" };
            Tool.Run("pdm", ["venv", "create", "-n", "work", "-w", backend, python], project, variables).Checked();
            var catalog = new EnvironmentCatalog(Pep668.Machines.Machine.Current(project) with { Variables = variables, Home = folder });
            PythonEnvironment found = Assert.Single(catalog.Find([PythonManager.Pdm]));
            Assert.Equal((folder + "/.local/share/pdm/venvs/" + found.Name, EnvironmentHealth.Healthy), (found.Prefix, found.Health));
            Assert.Matches("^shop-.{8}-work$", found.Name);
            InterpreterOracle said = InterpreterOracle.Ask(found.Executable);
            Assert.Equal((said.Version, said.Prefix, said.BasePrefix, said.PipVersion),
                (found.Version, found.Prefix, found.BasePrefix, found.PipVersion));
            catalog.AssertSameFromEachPath(found);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
