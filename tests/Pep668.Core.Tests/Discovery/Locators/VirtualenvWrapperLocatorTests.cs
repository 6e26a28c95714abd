using Pep668.Discovery;
using Pep668.Environments;
using Pep668.Machines;

namespace Pep668.Tests.Discovery.Locators;

/// <summary>Trees as <c>virtualenvwrapper.sh</c> and <c>virtualenvwrapper/user_scripts.py</c> write them.</summary>
public sealed class VirtualenvWrapperLocatorTests : IDisposable
{
    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    private World Venv(string folder, string prefix = "/usr") =>
        _world.Python("/usr", "3.12.1").Venv(folder, prefix, "3.12.1", "virtualenv = 20.17.1\nprompt = shown\n");

    private World Hooks(string scripts)
    {
        foreach (string hook in (string[])["predeactivate", "postdeactivate", "preactivate", "postactivate", "get_env_details"])
        {
            _world.Write($"{scripts}/{hook}", "#!/bin/bash\n# This hook is run before this virtualenv is activated.\n\n");
        }
        return _world;
    }

    [Theory]
    [InlineData(nameof(Platform.Linux), "/home/user/.virtualenvs", null, null)]
    [InlineData(nameof(Platform.Linux), "/srv/envs", "WORKON_HOME", "/srv/envs/")]
    [InlineData(nameof(Platform.Linux), "/home/user/envs", "WORKON_HOME", "~/envs")]
    [InlineData(nameof(Platform.Linux), "/home/user/envs", "WORKON_HOME", "envs")]
    [InlineData(nameof(Platform.Linux), "/home/user/envs", "WORKON_HOME", "$HOME/envs")]
    [InlineData(nameof(Platform.MacOS), "/home/user/.virtualenvs", null, null)]
    [InlineData(nameof(Platform.MacOS), "/srv/envs", "WORKON_HOME", "/srv/envs")]
    public void VirtualenvWrapper_environment_is_recognized_by_hooks_or_project(
        string platform, string root, string? variable, string? value)
    {
        _world.Set("HOME", "/home/user").Set(variable ?? "UNUSED", value ?? "");
        Venv($"{root}/hooked");
        Hooks($"{root}/hooked/bin");
        Venv($"{root}/gone", "/opt/gone");
        Hooks($"{root}/gone/bin");
        Venv($"{root}/named").Write($"{root}/named/.project", "/home/user/app\n");
        Venv($"{root}/both").Write($"{root}/both/.project", "/home/user/other\n").Write("/home/user/other/Pipfile", "");
        Hooks($"{root}/both/bin");
        Venv($"{root}/plain").Write($"{root}/postactivate", "");
        EnvironmentCatalog catalog = new(_world.Machine with { Platform = Enum.Parse<Platform>(platform) });
        Assert.Equal(
            [
                ("both", PythonManager.VirtualenvWrapper, EnvironmentHealth.Healthy),
                ("gone", PythonManager.VirtualenvWrapper, EnvironmentHealth.Broken),
                ("hooked", PythonManager.VirtualenvWrapper, EnvironmentHealth.Healthy),
                ("named", PythonManager.VirtualenvWrapper, EnvironmentHealth.Healthy),
                ("shown", PythonManager.Virtualenv, EnvironmentHealth.Healthy),
            ],
            catalog.All.Where(one => one.IsVirtual).OrderBy(one => one.Name, StringComparer.Ordinal)
                .Select(one => (one.Name, one.Manager, one.Health)));
        Assert.All(catalog.All, one => catalog.AssertSameFromEachPath(one));
        Assert.Equal(4, catalog.Find([PythonManager.VirtualenvWrapper]).Count);
        Assert.Contains(catalog.Find([PythonManager.Virtualenv]), one => one.Prefix == $"{root}/plain");
    }

    [Theory]
    [InlineData("/mnt/c/Users/user/Envs", null)]
    [InlineData("/mnt/c/Users/user/.virtualenvs", null)]
    [InlineData("/mnt/d/envs", "/mnt/d/envs")]
    public void VirtualenvWrapper_environments_on_Windows_are_found(string root, string? variable)
    {
        if (variable is not null)
        {
            _world.Set("WORKON_HOME", variable);
        }
        _world.WindowsPython("/mnt/c/Python312", "3.12.10");
        foreach (string name in (string[])["hooked", "named", "plain"])
        {
            _world.Write($"{root}/{name}/pyvenv.cfg", "home = /mnt/c/Python312\nvirtualenv = 20.17.1\nversion = 3.12.10\n")
                .Write($"{root}/{name}/Scripts/python.exe", LocatorWorld.Portable(), executable: true);
        }
        Hooks($"{root}/hooked/Scripts").Write($"{root}/named/.project", "/mnt/c/app\n");
        EnvironmentCatalog catalog = _world.OnWindows();
        Assert.Equal(
            [("hooked", PythonManager.VirtualenvWrapper), ("named", PythonManager.VirtualenvWrapper), ("plain", PythonManager.Virtualenv)],
            catalog.All.Where(one => one.IsVirtual).Select(one => (one.Name, one.Manager)));
        Assert.All(catalog.All, one => catalog.AssertSameFromEachPath(one));
    }

    [Fact]
    public void VirtualenvWrapper_environment_in_an_unknown_folder_is_recognized_by_hooks_only()
    {
        Venv("/srv/old/hooked");
        Hooks("/srv/old/hooked/bin");
        Venv("/srv/old/named").Write("/srv/old/named/.project", "/home/user/app\n");
        EnvironmentCatalog catalog = _world.OnLinux();
        Assert.Equal(PythonManager.VirtualenvWrapper, catalog.Identify("/srv/old/hooked").Environment!.Manager);
        Assert.Equal(PythonManager.Virtualenv, catalog.Identify("/srv/old/named").Environment!.Manager);
    }

    [Fact]
    public void VirtualenvWrapper_project_file_can_have_another_name()
    {
        _world.Set("VIRTUALENVWRAPPER_PROJECT_FILENAME", ".where");
        Venv("/home/user/.virtualenvs/named").Write("/home/user/.virtualenvs/named/.where", "/home/user/app\n");
        Assert.Equal(PythonManager.VirtualenvWrapper, Assert.Single(_world.OnLinux().All, one => one.IsVirtual).Manager);
    }

    [Fact]
    public void VirtualenvWrapper_environment_created_by_the_real_tool_is_found()
    {
        const string Script = "/usr/share/virtualenvwrapper/virtualenvwrapper.sh", Python = "/usr/bin/python3";
        Assert.SkipWhen(!File.Exists(Script) || !Tool.Exists("virtualenv"), "needs virtualenvwrapper");
        Dictionary<string, string> variables = new(StringComparer.Ordinal)
        {
            ["WORKON_HOME"] = Path.Combine(_world.Folder, "envs"), ["HOME"] = _world.Folder, ["VIRTUALENVWRAPPER_PYTHON"] = Python,
            ["PATH"] = "/usr/bin:/bin",
        };
        Tool.Result made = Tool.Run("/bin/bash", ["-c", $". {Script}; mkvirtualenv -p {Python} web"], _world.Folder, variables);
        Assert.SkipWhen(!File.Exists(Path.Combine(variables["WORKON_HOME"], "web", "pyvenv.cfg")),
            $"virtualenvwrapper makes no environment here: {made.Error}");
        variables["PATH"] = "/nonexistent";
        EnvironmentCatalog catalog = new(Machine.Current(_world.Folder) with { Variables = variables, Home = _world.Folder });
        PythonEnvironment one = Assert.Single(catalog.Find([PythonManager.VirtualenvWrapper]));
        InterpreterOracle oracle = InterpreterOracle.Ask(one.Executable);
        Assert.Equal(("web", EnvironmentHealth.Healthy), (one.Name, one.Health));
        Assert.Equal((oracle.Version, oracle.Prefix, oracle.BasePrefix, oracle.StdLib, oracle.Scripts),
            (one.Version, one.Prefix, one.BasePrefix, one.StdLib, one.Scripts));
        Assert.Equal(oracle.SitePackages, one.SitePackages);
        catalog.AssertSameFromEachPath(one);
    }
}
