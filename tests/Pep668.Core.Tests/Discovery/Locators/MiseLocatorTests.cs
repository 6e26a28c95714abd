using Pep668.Discovery;

namespace Pep668.Tests.Discovery.Locators;

/// <summary>Trees, links and shims as mise's <c>runtime_symlinks.rs</c> and <c>shims.rs</c> make them.</summary>
public sealed class MiseLocatorTests : IDisposable
{
    private const string Data = "/home/user/.local/share/mise";
    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    private World Install(string data = Data)
    {
        foreach (string version in (string[])["3.11.9", "3.12.7"])
        {
            _world.Python($"{data}/installs/python/{version}", version);
        }
        return _world.Link($"{data}/installs/python/3.12", "./3.12.7").Link($"{data}/installs/python/3", "./3.12.7")
            .Link($"{data}/installs/python/latest", "./3.12.7")
            .Link($"{data}/installs/python/3.11", "./3.11.9")
            .Write("/usr/bin/mise", World.Program("2026.8.1"), executable: true).Link($"{data}/shims/python3", "/usr/bin/mise")
            .Link($"{data}/shims/python", "/usr/bin/mise")
            .Python("/usr", "3.10.2").Set("PATH", $"{data}/shims:/usr/bin");
    }

    private string? Default() => _world.OnLinux().All.SingleOrDefault(one => one.IsDefault)?.Version;

    [Theory]
    [InlineData(Data, null, null)]
    [InlineData("/srv/mise", "MISE_DATA_DIR", "/srv/mise")]
    [InlineData("/srv/share/mise", "XDG_DATA_HOME", "/srv/share")]
    [InlineData("/usr/local/share/mise", null, null)]
    public void Mise_versions_are_listed_once_and_shims_are_not(string data, string? variable, string? value)
    {
        Install(data);
        if (variable is not null)
        {
            _world.Set(variable, value!);
        }
        EnvironmentCatalog catalog = _world.OnLinux();
        Assert.Equal(["3.11.9", "3.12.7"], catalog.All.Where(one => one.Manager == PythonManager.Mise).Select(one => one.Name).Order());
        Assert.Equal([PythonManager.System], catalog.All.Where(one => one.Manager != PythonManager.Mise).Select(one => one.Manager));
        Assert.DoesNotContain(catalog.All.SelectMany(one => one.Aliases.Append(one.Executable)),
            path => path.Contains("shims") || path.EndsWith("mise", StringComparison.Ordinal));
        PythonEnvironment newest = catalog.All.Single(one => one.Name == "3.12.7");
        catalog.AssertSameFromEachPath(newest, $"{data}/installs/python/3.12", $"{data}/installs/python/latest/bin/python3");
    }

    [Theory]
    [InlineData("mise.toml", "[tools]\nnode = '24'\npython = '3.11'\n", "3.11.9")]
    [InlineData(".mise.toml", "[tools]\npython = [\"3.99\", \"3.11.9\"]\n", "3.11.9")]
    [InlineData("mise.toml", "[tools]\npython = [\n  '3.11', # old\n]\n", "3.11.9")]
    [InlineData(".config/mise.toml", "[tools]\npython = { version = \"3.11\", virtualenv = \".venv\" }\n", "3.11.9")]
    [InlineData("mise/config.toml", "[tools.python]\nversion = \"3.11\"\n", "3.11.9")]
    [InlineData("mise.toml", "tools.python = 'latest'\n", "3.12.7")]
    [InlineData("mise.toml", "[tools]\npython = 'prefix:3.11'\n", "3.11.9")]
    [InlineData("mise.toml", "[tools]\npython = 'path:/opt/py'\n", "3.13.0")]
    [InlineData("mise.toml", "[tools]\npython = 'system'\n", "3.10.2")]
    [InlineData("mise.toml", "[env]\npython = '3.11'\n", "3.12.7")]
    [InlineData(".tool-versions", "python 3.11\n", "3.11.9")]
    [InlineData(".python-version", "3.11\n", "3.12.7")]
    public void Mise_shim_starts_the_version_of_the_folder_else_that_of_the_user(string name, string text, string version)
    {
        Install().Python("/opt/py", "3.13.0").Write("/home/user/.config/mise/config.toml", "[tools]\npython = '3.12'\n")
            .Write("/home/user/project/" + name, text);
        Assert.Equal(version, Default());
    }

    [Fact]
    public void Mise_variable_overrides_the_local_file_and_that_the_nearest_folder()
    {
        Install().Write("/home/user/mise.toml", "[tools]\npython = '3.12'\n")
            .Write("/home/user/project/mise.toml", "[tools]\npython = '3.12'\n")
            .Write("/home/user/project/mise.local.toml", "[tools]\npython = '3.11'\n");
        Assert.Equal("3.11.9", Default());
        _world.Set("MISE_PYTHON_VERSION", "3.12");
        Assert.Equal("3.12.7", Default());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Mise_reads_python_version_files_only_when_enabled(bool byVariable)
    {
        Install().Write("/home/user/project/.python-version", "# ours\npython-3.11\n");
        if (byVariable)
        {
            _world.Set("MISE_IDIOMATIC_VERSION_FILE_ENABLE_TOOLS", "node,python");
        }
        else
        {
            _world.Write("/home/user/.config/mise/config.toml", "[settings]\nidiomatic_version_file_enable_tools = [\"python\"]\n");
        }
        Assert.Equal("3.11.9", Default());
    }

    [Fact]
    public void Mise_link_outside_its_shims_folder_is_a_shim_too()
    {
        Install().Link("/usr/local/bin/python3", "/usr/bin/mise").Write("/home/user/project/mise.toml", "[tools]\npython = '3.11'\n")
            .Set("PATH", "/usr/local/bin:/usr/bin");
        Assert.Equal("3.11.9", Default());
        Assert.DoesNotContain(_world.OnLinux().All.SelectMany(one => one.Aliases.Append(one.Executable)),
            path => path.Contains("local/bin"));
    }

    [Fact]
    public void Mise_versions_and_shim_programs_on_Windows_are_found_below_LOCALAPPDATA()
    {
        const string Local = "/mnt/c/Users/user/AppData/Local/mise";
        _world.WindowsPython(Local + "/installs/python/3.12.7", "3.12.7").Link(Local + "/installs/python/3.12", "./3.12.7")
            .Write(Local + "/shims/python.exe", LocatorWorld.Portable(), executable: true)
            .Write("/mnt/c/Users/user/mise.toml", "[tools]\npython = '3.12'\n")
            .Set("PATH", Local + "/shims");
        _world.CurrentDirectory = "/mnt/c/Users/user/project";
        EnvironmentCatalog catalog = _world.OnWindows();
        PythonEnvironment only = Assert.Single(catalog.All);
        Assert.Equal((PythonManager.Mise, "3.12.7", true), (only.Manager, only.Name, only.IsDefault));
        catalog.AssertSameFromEachPath(only, Local + "/shims/python.exe");
    }
}
