using Pep668.Discovery;
using Pep668.Environments;
using Pep668.Machines;

namespace Pep668.Tests.Discovery.Locators;

/// <summary>Trees as pipx's <c>src/pipx/paths.py</c> and <c>pipx_metadata_file.py</c> name them.</summary>
public sealed class PipxLocatorTests : IDisposable
{
    private const string Metadata = "{\"main_package\": {\"package\": \"black\"}, \"pipx_metadata_version\": \"0.5\"}";
    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    private World Home(string home) =>
        _world.Python("/usr", "3.12.1")
            .Venv($"{home}/venvs/black", "/usr", "3.12.1", "prompt = other\n").Write($"{home}/venvs/black/pipx_metadata.json", Metadata)
            .Venv($"{home}/venvs/gone", "/opt/gone", "3.12.1").Write($"{home}/venvs/gone/pipx_metadata.json", Metadata)
            .Venv($"{home}/venvs/plain", "/usr", "3.12.1")
            .Venv($"{home}/shared", "/usr", "3.12.1");

    [Theory]
    [InlineData(nameof(Platform.Linux), "/home/user/.local/share/pipx", null, null)]
    [InlineData(nameof(Platform.Linux), "/home/user/.local/pipx", null, null)]
    [InlineData(nameof(Platform.Linux), "/srv/data/pipx", "XDG_DATA_HOME", "/srv/data")]
    [InlineData(nameof(Platform.Linux), "/srv/pipx", "PIPX_HOME", "/srv/pipx/")]
    [InlineData(nameof(Platform.Linux), "/home/user/tools", "PIPX_HOME", "~/tools")]
    [InlineData(nameof(Platform.Linux), "/opt/pipx", null, null)]
    [InlineData(nameof(Platform.Linux), "/srv/all", "PIPX_GLOBAL_HOME", "/srv/all")]
    [InlineData(nameof(Platform.MacOS), "/home/user/Library/Application Support/pipx", null, null)]
    [InlineData(nameof(Platform.MacOS), "/home/user/.local/pipx", null, null)]
    [InlineData(nameof(Platform.MacOS), "/srv/pipx", "PIPX_HOME", "/srv/pipx")]
    [InlineData(nameof(Platform.MacOS), "/opt/pipx", null, null)]
    public void Pipx_environments_of_a_home_are_found(string platform, string home, string? variable, string? value)
    {
        if (variable is not null)
        {
            _world.Set(variable, value!);
        }
        Home(home);
        EnvironmentCatalog catalog = new(_world.Machine with { Platform = Enum.Parse<Platform>(platform) });
        Assert.Equal(
            [
                ("black", PythonManager.Pipx, EnvironmentHealth.Healthy), ("gone", PythonManager.Pipx, EnvironmentHealth.Broken),
                ("plain", PythonManager.Venv, EnvironmentHealth.Healthy), ("shared", PythonManager.Pipx, EnvironmentHealth.Healthy),
            ],
            catalog.All.Where(one => one.IsVirtual).Select(one => (one.Name, one.Manager, one.Health)));
        Assert.All(catalog.All, one => catalog.AssertSameFromEachPath(one));
        Assert.Equal(["black", "gone", "shared"], catalog.Find([PythonManager.Pipx]).Select(one => one.Name));
        Assert.Contains(catalog.Find([PythonManager.Venv]), one => one.Name is "plain");
    }

    [Theory]
    [InlineData("/mnt/c/Users/user/AppData/Local/pipx/pipx", null)]
    [InlineData("/mnt/c/Users/user/pipx", null)]
    [InlineData("/mnt/c/Users/user/.local/pipx", null)]
    [InlineData("/mnt/d/pipx", "/mnt/d/pipx")]
    public void Pipx_environments_on_Windows_are_found(string home, string? variable)
    {
        if (variable is not null)
        {
            _world.Set("PIPX_HOME", variable);
        }
        _world.WindowsPython($"{home}/py/3.12", "3.12.10");
        foreach (string folder in (string[])[$"{home}/venvs/black", $"{home}/shared"])
        {
            _world.Write($"{folder}/pyvenv.cfg", $"home = {home}/py/3.12\nversion = 3.12.10\n")
                .Write($"{folder}/Scripts/python.exe", LocatorWorld.Portable(), executable: true);
        }
        _world.Write($"{home}/venvs/black/pipx_metadata.json", Metadata);
        EnvironmentCatalog catalog = _world.OnWindows();
        Assert.Equal([("black", true), ("3.12", false), ("shared", true)], catalog.All.Select(one => (one.Name, one.IsVirtual)));
        Assert.All(catalog.All,
            one => Assert.Equal((PythonManager.Pipx, "3.12.10", EnvironmentHealth.Healthy), (one.Manager, one.Version, one.Health)));
        Assert.All(catalog.All, one => catalog.AssertSameFromEachPath(one));
    }

    [Fact]
    public void Pipx_shared_libraries_elsewhere_and_a_home_behind_a_link_are_recognized()
    {
        Home("/data/pipx").Link("/home/user/.local/share/pipx", "/data/pipx").Venv("/srv/shared", "/usr", "3.12.1")
            .Set("PIPX_SHARED_LIBS", "/srv/shared");
        EnvironmentCatalog catalog = _world.OnLinux();
        Assert.Equal(["/data/pipx/shared", "/data/pipx/venvs/black", "/data/pipx/venvs/gone", "/srv/shared"],
            catalog.Find([PythonManager.Pipx]).Select(one => one.Prefix).Order());
        Assert.All(catalog.All, one => catalog.AssertSameFromEachPath(one));
    }

    [Fact]
    public void Pipx_environment_in_an_unknown_home_is_recognized_by_its_metadata()
    {
        Home("/srv/old");
        EnvironmentCatalog catalog = _world.OnLinux();
        Assert.Equal((PythonManager.Pipx, "black"),
            (catalog.Identify("/srv/old/venvs/black").Environment!.Manager, catalog.Identify("/srv/old/venvs/black").Environment!.Name));
        Assert.Equal(PythonManager.Venv, catalog.Identify("/srv/old/shared").Environment!.Manager);
    }

    [Fact]
    public void Pipx_interpreter_that_it_downloaded_is_found()
    {
        _world.Python("/home/user/.local/share/pipx/py/3.13", "3.13.1").Python("/srv/py/3.13", "3.13.1");
        PythonEnvironment only = Assert.Single(_world.OnLinux().All);
        Assert.Equal((PythonManager.Pipx, "3.13"), (only.Manager, only.Name));
        _world.OnLinux().AssertSameFromEachPath(only);
        Assert.Equal(PythonManager.Unknown, _world.OnLinux().Identify("/srv/py/3.13").Environment!.Manager);
    }

    [Fact]
    public void Pipx_environment_created_by_the_real_pipx_is_found()
    {
        const string Python = "/usr/bin/python3", Seeds = "/usr/share/python-wheels";
        Assert.SkipWhen(!File.Exists(Python) || Tool.Run(Python, ["-m", "pipx", "--version"]).ExitCode != 0, "needs pipx");
        string folder = _world.Folder, home = Path.Combine(folder, "pipx"), wheels = TinyWheel.WriteTo(Path.Combine(folder, "wheels"));
        // The wheel to which pipx upgrades its shared libraries.
        foreach (string seed in Directory.Exists(Seeds) ? Directory.GetFiles(Seeds, "*.whl") : [])
        {
            File.Copy(seed, Path.Combine(wheels, Path.GetFileName(seed)));
        }
        Dictionary<string, string> variables = new(StringComparer.Ordinal)
        {
            ["PIPX_HOME"] = home, ["PIPX_BIN_DIR"] = Path.Combine(folder, "bin"), ["PIPX_DEFAULT_PYTHON"] = Python,
            ["HOME"] = Path.Combine(folder, "home"),
            ["PIP_NO_INDEX"] = "1", ["PIP_FIND_LINKS"] = wheels, ["PIP_CONFIG_FILE"] = "/dev/null",
        };
        string shared = Path.Combine(home, "shared");
        if (!TestExtent.IsFull)
        {
            variables["PIPX_SHARED_LIBS"] = shared = SharedPipx.Libraries;
        }
        Directory.CreateDirectory(variables["HOME"]);
        Tool.Result made = Tool.Run(Python,
            ["-m", "pipx", "install", "--python", Python, $"--pip-args=--no-index --find-links {wheels}", "tiny-tool"], folder, variables);
        Assert.SkipWhen(!Directory.Exists(Path.Combine(home, "venvs", "tiny-tool")),
            $"pipx makes no environment without a network: {made.Error}");
        variables["PATH"] = "/nonexistent";
        EnvironmentCatalog catalog = new(Machine.Current(folder) with { Variables = variables, Home = variables["HOME"] });
        PythonEnvironment[] found = [.. catalog.Find([PythonManager.Pipx])
            .Where(one => one.Prefix == shared || one.Prefix.StartsWith(home, StringComparison.Ordinal))];
        Assert.Equal([Path.Combine(home, "venvs", "tiny-tool"), shared], found.Select(one => one.Prefix));
        Assert.Equal("tiny-tool", found[0].Name);
        foreach (PythonEnvironment one in found)
        {
            InterpreterOracle oracle = InterpreterOracle.Ask(one.Executable);
            Assert.Equal((oracle.Version, oracle.Prefix, oracle.BasePrefix, oracle.StdLib, oracle.Scripts),
                (one.Version, one.Prefix, one.BasePrefix, one.StdLib, one.Scripts));
            Assert.Equal(oracle.SitePackages, one.SitePackages);
            catalog.AssertSameFromEachPath(one);
        }
    }
}
