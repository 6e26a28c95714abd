using Pep668.Discovery;
using Pep668.Environments;
using Pep668.Machines;

namespace Pep668.Tests.Discovery.Locators;

/// <summary>Trees as <c>pipenv/utils/venv_locator.py</c> and <c>virtualenv.py</c> name them.</summary>
public sealed class PipenvLocatorTests : IDisposable
{
    // The name that Pipenv generates for /tmp/pv/p/Pipfile.
    private const string Project = "/tmp/pv/p", Hashed = "p-s6DCJeGO";
    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    private World Venv(string folder, string? project, string prefix = "/usr")
    {
        _world.Python("/usr", "3.12.1").Venv(folder, prefix, "3.12.1", "virtualenv = 20.17.1\nprompt = shown\n");
        return project is null ? _world : _world.Write($"{folder}/.project", project);
    }

    [Theory]
    [InlineData(nameof(Platform.Linux), "/home/user/.local/share/virtualenvs", null, null)]
    [InlineData(nameof(Platform.Linux), "/srv/data/virtualenvs", "XDG_DATA_HOME", "/srv/data")]
    [InlineData(nameof(Platform.Linux), "/srv/envs", "WORKON_HOME", "/srv/envs/")]
    [InlineData(nameof(Platform.Linux), "/home/user/envs", "WORKON_HOME", "~/envs")]
    [InlineData(nameof(Platform.Linux), "/home/user/envs", "WORKON_HOME", "$HOME/envs")]
    [InlineData(nameof(Platform.MacOS), "/home/user/.local/share/virtualenvs", null, null)]
    [InlineData(nameof(Platform.MacOS), "/srv/envs", "WORKON_HOME", "/srv/envs")]
    public void Pipenv_environments_of_projects_are_found(string platform, string root, string? variable, string? value)
    {
        _world.Set("HOME", "/home/user").Set(variable ?? "UNUSED", value ?? "");
        Venv($"{root}/{Hashed}", Project);
        Venv($"{root}/{Hashed}-3.12", Project);
        Venv($"{root}/gone-s6DCJeGO", Project, "/opt/gone");
        Venv($"{root}/custom", "/home/user/app").Write("/home/user/app/Pipfile", "");
        Venv($"{root}/plain-s6DCJeGO", null);
        EnvironmentCatalog catalog = new(_world.Machine with { Platform = Enum.Parse<Platform>(platform) });
        Assert.Equal(
            [
                ("custom", PythonManager.Pipenv, EnvironmentHealth.Healthy),
                ("gone-s6DCJeGO", PythonManager.Pipenv, EnvironmentHealth.Broken),
                (Hashed, PythonManager.Pipenv, EnvironmentHealth.Healthy),
                (Hashed + "-3.12", PythonManager.Pipenv, EnvironmentHealth.Healthy),
                ("shown", PythonManager.Virtualenv, EnvironmentHealth.Healthy),
            ],
            catalog.All.Where(one => one.IsVirtual).OrderBy(one => one.Name, StringComparer.Ordinal)
                .Select(one => (one.Name, one.Manager, one.Health)));
        Assert.All(catalog.All, one => catalog.AssertSameFromEachPath(one));
        Assert.Equal(4, catalog.Find([PythonManager.Pipenv]).Count);
    }

    // The variable may be set for the command that creates it only: then the form of the name tells.
    [Theory]
    [InlineData("/tmp/pv/p/Pipfile")]
    [InlineData("/tmp/pv/p/Pipfile.ci")]
    [InlineData("")]
    public void Pipenv_environment_of_a_Pipfile_that_a_variable_names_is_found(string pipfile)
    {
        Venv($"/srv/envs/{Hashed}", "/elsewhere").Set("WORKON_HOME", "/srv/envs").Set("PIPENV_PIPFILE", pipfile);
        Assert.Equal(PythonManager.Pipenv, Assert.Single(_world.OnLinux().All, one => one.IsVirtual).Manager);
        _world.Write($"/srv/envs/{Hashed}/bin/postactivate", "").Write($"/srv/envs/{Hashed}/bin/predeactivate", "");
        Assert.Equal(pipfile is "/tmp/pv/p/Pipfile" ? PythonManager.Pipenv : PythonManager.VirtualenvWrapper,
            Assert.Single(_world.OnLinux().All, one => one.IsVirtual).Manager);
    }

    [Theory]
    [InlineData("/mnt/c/Users/user/.virtualenvs", null)]
    [InlineData("/mnt/d/envs", "/mnt/d/envs")]
    public void Pipenv_environments_on_Windows_are_found(string root, string? variable)
    {
        if (variable is not null)
        {
            _world.Set("WORKON_HOME", variable);
        }
        _world.WindowsPython("/mnt/c/Python312", "3.12.10")
            .Write($"{root}/{Hashed}/pyvenv.cfg", "home = /mnt/c/Python312\nvirtualenv = 20.17.1\nversion = 3.12.10\n")
            .Write($"{root}/{Hashed}/Scripts/python.exe", LocatorWorld.Portable(), executable: true)
            .Write($"{root}/{Hashed}/.project", Project);
        PythonEnvironment only = Assert.Single(_world.OnWindows().All, one => one.IsVirtual);
        Assert.Equal((PythonManager.Pipenv, Hashed, EnvironmentHealth.Healthy), (only.Manager, only.Name, only.Health));
        _world.OnWindows().AssertSameFromEachPath(only);
    }

    [Fact]
    public void Pipenv_environment_is_recognized_in_the_project_and_in_an_unknown_folder()
    {
        Venv("/home/user/project/.venv", "/home/user/project").Write("/home/user/project/Pipfile", "");
        Venv($"/srv/old/{Hashed}", Project);
        Venv("/srv/old/other", "/home/user/nothing");
        PythonEnvironment own = Assert.Single(_world.OnLinux().All, one => one.IsVirtual);
        Assert.Equal((PythonManager.Pipenv, "shown"), (own.Manager, own.Name));
        _world.OnLinux().AssertSameFromEachPath(own);
        Assert.Equal(PythonManager.Pipenv, _world.OnLinux().Identify($"/srv/old/{Hashed}").Environment!.Manager);
        Assert.Equal(PythonManager.Virtualenv, _world.OnLinux().Identify("/srv/old/other").Environment!.Manager);
    }

    [Fact]
    public void Pipenv_environment_with_a_custom_name_is_recognized_in_its_own_folder()
    {
        Venv("/home/user/.local/share/virtualenvs/mine", "/home/user/deleted");
        Assert.Equal((PythonManager.Pipenv, "mine"),
            Assert.Single(_world.OnLinux().All.Where(one => one.IsVirtual).Select(one => (one.Manager, one.Name))));
    }

    [Fact]
    public void Pipenv_environment_created_by_the_real_Pipenv_is_found()
    {
        string? pipenv = Tool.Find("pipenv");
        Assert.SkipWhen(pipenv is null, "needs pipenv");
        string python = Interpreters.Newest(Needs.Venv).Executable, project = Path.Combine(_world.Folder, "a project");
        Directory.CreateDirectory(project);
        File.WriteAllText(Path.Combine(project, "Pipfile"), "[packages]\n");
        Dictionary<string, string> variables = new(StringComparer.Ordinal)
        {
            ["WORKON_HOME"] = Path.Combine(_world.Folder, "envs"), ["HOME"] = _world.Folder, ["LANG"] = "C.UTF-8",
            ["PIPENV_IGNORE_VIRTUALENVS"] = "1",
        };
        Tool.Result made = Tool.Run(pipenv, ["--python", python], project, variables);
        Assert.SkipWhen(!Directory.Exists(variables["WORKON_HOME"]) || Directory.GetDirectories(variables["WORKON_HOME"]).Length == 0,
            $"pipenv makes no environment here: {made.Error}");
        variables["PATH"] = "/nonexistent";
        EnvironmentCatalog catalog = new(Machine.Current(project) with { Variables = variables, Home = _world.Folder });
        PythonEnvironment one = Assert.Single(catalog.Find([PythonManager.Pipenv]));
        InterpreterOracle oracle = InterpreterOracle.Ask(one.Executable);
        Assert.StartsWith("a_project-", one.Name);
        Assert.Equal((oracle.Version, oracle.Prefix, oracle.BasePrefix, oracle.StdLib, oracle.Scripts),
            (one.Version, one.Prefix, one.BasePrefix, one.StdLib, one.Scripts));
        Assert.Equal(oracle.SitePackages, one.SitePackages);
        catalog.AssertSameFromEachPath(one);
        // Found by its hash alone.
        File.Delete(Path.Combine(project, "Pipfile"));
        EnvironmentCatalog later = new(Machine.Current(project) with { Variables = variables, Home = _world.Folder });
        Assert.Equal(PythonManager.Pipenv, later.Identify(one.Prefix).Environment!.Manager);
    }
}
