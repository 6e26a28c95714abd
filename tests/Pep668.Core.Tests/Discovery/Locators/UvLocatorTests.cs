using Pep668.Discovery;
using Pep668.Environments;
using Pep668.Machines;

namespace Pep668.Tests.Discovery.Locators;

/// <summary>Trees as uv's <c>crates/uv-python/src/managed.rs</c> and <c>crates/uv-tool/src/lib.rs</c> name
/// them.</summary>
public sealed class UvLocatorTests : IDisposable
{
    private const string Marker = "[externally-managed]\nError=This Python installation is managed by uv and should not be modified.\n";
    private const string Receipt = "[tool]\nrequirements = [{ name = \"ruff\" }]\nentrypoints = []\n";
    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    private World Tool(string folder) =>
        _world.Python("/usr", "3.12.1").Venv(folder, "/usr", "3.12.1", "uv = 0.6.14\nprompt = other\n")
            .Write($"{folder}/uv-receipt.toml", Receipt);

    [Theory]
    [InlineData(nameof(Platform.Linux), "/home/user/.local/share/uv/python", null, null)]
    [InlineData(nameof(Platform.Linux), "/srv/data/uv/python", "XDG_DATA_HOME", "/srv/data")]
    [InlineData(nameof(Platform.Linux), "/home/user/.local/share/uv/python", "XDG_DATA_HOME", "relative")]
    [InlineData(nameof(Platform.Linux), "/srv/pythons", "UV_PYTHON_INSTALL_DIR", "/srv/pythons/")]
    [InlineData(nameof(Platform.Linux), "/home/user/project/pythons", "UV_PYTHON_INSTALL_DIR", "pythons")]
    [InlineData(nameof(Platform.MacOS), "/home/user/.local/share/uv/python", null, null)]
    [InlineData(nameof(Platform.MacOS), "/home/user/Library/Application Support/uv/python", null, null)]
    [InlineData(nameof(Platform.MacOS), "/srv/data/uv/python", "XDG_DATA_HOME", "/srv/data")]
    [InlineData(nameof(Platform.MacOS), "/srv/pythons", "UV_PYTHON_INSTALL_DIR", "/srv/pythons")]
    public void Uv_interpreters_that_it_manages_are_found(string platform, string root, string? variable, string? value)
    {
        if (variable is not null)
        {
            _world.Set(variable, value!);
        }
        const string Newest = "cpython-3.12.10-linux-x86_64-gnu", Alpha = "cpython-3.15.0a1+freethreaded-linux-x86_64-gnu",
            Pypy = "pypy-3.10.14-linux-x86_64-gnu";
        _world.Python($"{root}/{Newest}", "3.12.10", Marker).Python($"{root}/{Alpha}", "3.15.0a1", Marker, suffix: "t")
            .Python($"{root}/.temp/x", "3.11.1")
            .Link($"{root}/cpython-3.12-linux-x86_64-gnu", Newest).Python($"{root}/other", "3.9.1").Write($"{root}/.gitignore", "*");
        _world.Python($"{root}/{Pypy}", "3.10.14", Marker, implementation: "pypy");
        EnvironmentCatalog catalog = new(_world.Machine with { Platform = Enum.Parse<Platform>(platform) });
        PythonEnvironment[] found = [.. catalog.All.OrderBy(one => one.Name, StringComparer.Ordinal)];
        Assert.Equal([Newest, Alpha, Pypy], found.Select(one => one.Name));
        Assert.All(found, one => Assert.Equal((PythonManager.Uv, true), (one.Manager, one.IsExternallyManaged)));
        Assert.All(found, one => catalog.AssertSameFromEachPath(one));
        catalog.AssertSameFromEachPath(found[0], $"{root}/cpython-3.12-linux-x86_64-gnu",
            $"{root}/cpython-3.12-linux-x86_64-gnu/bin/python3.12");
        Assert.Equal(PythonManager.Unknown, catalog.Identify($"{root}/other").Environment!.Manager);
    }

    [Theory]
    [InlineData("/mnt/c/Users/user/AppData/Roaming/uv", null, null)]
    [InlineData("/mnt/c/Users/user/AppData/Roaming/uv/data", null, null)]
    [InlineData("/mnt/d/uv", "/mnt/d/uv/python", "/mnt/d/uv/tools")]
    public void Uv_interpreters_and_tools_on_Windows_are_found(string data, string? pythons, string? tools)
    {
        const string Key = "cpython-3.12.10-windows-x86_64-none";
        if (pythons is not null)
        {
            _world.Set("UV_PYTHON_INSTALL_DIR", pythons).Set("UV_TOOL_DIR", tools!);
        }
        string tool = $"{data}/tools/ruff";
        _world.WindowsPython($"{data}/python/{Key}", "3.12.10").Link($"{data}/python/cpython-3.12-windows-x86_64-none", Key)
            .Write($"{tool}/pyvenv.cfg", $"home = {data}/python/{Key}\nuv = 0.6.14\nversion_info = 3.12.10\n")
            .Write($"{tool}/Scripts/python.exe", LocatorWorld.Portable(), executable: true).Write($"{tool}/uv-receipt.toml", Receipt);
        EnvironmentCatalog catalog = _world.OnWindows();
        Assert.Equal([(Key, PythonManager.Uv, false), ("ruff", PythonManager.Uv, true)],
            catalog.All.Select(one => (one.Name, one.Manager, one.IsVirtual)));
        Assert.All(catalog.All, one => catalog.AssertSameFromEachPath(one));
    }

    [Theory]
    [InlineData("/home/user/.local/share/uv/tools", null, null)]
    [InlineData("/srv/data/uv/tools", "XDG_DATA_HOME", "/srv/data")]
    [InlineData("/srv/tools", "UV_TOOL_DIR", "/srv/tools")]
    public void Uv_tools_are_recognized_by_their_receipt(string root, string? variable, string? value)
    {
        if (variable is not null)
        {
            _world.Set(variable, value!);
        }
        Tool($"{root}/ruff").Venv($"{root}/plain", "/usr", "3.12.1").Write($"{root}/.lock", "");
        Tool($"{root}/gone").Link($"{root}/gone/bin/python", "/opt/gone/bin/python3.12");
        foreach (EnvironmentCatalog catalog in (EnvironmentCatalog[])[_world.OnLinux(), _world.OnMac()])
        {
            Assert.Equal(
                [("gone", PythonManager.Uv, EnvironmentHealth.Broken), ("plain", PythonManager.Venv, EnvironmentHealth.Healthy),
                    ("ruff", PythonManager.Uv, EnvironmentHealth.Healthy)],
                catalog.All.Where(one => one.IsVirtual).Select(one => (one.Name, one.Manager, one.Health)));
            Assert.All(catalog.All, one => catalog.AssertSameFromEachPath(one));
        }
    }

    [Fact]
    public void Uv_interpreter_in_an_unknown_folder_is_recognized_by_its_marker()
    {
        const string Known = "/srv/old/cpython-3.12.1-linux-x86_64-gnu", Unknown = "/srv/old/cpython-3.11.1-linux-x86_64-gnu";
        _world.Python(Known, "3.12.1", Marker).Python(Unknown, "3.11.1");
        Assert.Equal(PythonManager.Uv, _world.OnLinux().Identify(Known).Environment!.Manager);
        Assert.Equal(PythonManager.Unknown, _world.OnLinux().Identify(Unknown).Environment!.Manager);
    }

    [Fact]
    public void Uv_interpreter_in_the_install_folder_of_earlier_versions_is_found()
    {
        const string Key = "cpython-3.12.1-linux-x86_64-gnu";
        _world.Python($"/home/user/.local/share/uv/python/{Key}/install", "3.12.1");
        PythonEnvironment only = Assert.Single(_world.OnLinux().All);
        Assert.Equal((PythonManager.Uv, Key), (only.Manager, only.Name));
        _world.OnLinux().AssertSameFromEachPath(only);
    }

    [Fact]
    public void Uv_tool_installed_by_the_real_uv_is_found()
    {
        string? uv = Tests.Tool.Find("uv");
        Assert.SkipWhen(uv is null, "needs uv");
        string python = Interpreters.Newest(Needs.Venv).Executable;
        string folder = _world.Folder, tools = Path.Combine(folder, "tools");
        Dictionary<string, string> variables = new(StringComparer.Ordinal)
        {
            ["UV_TOOL_DIR"] = tools, ["UV_TOOL_BIN_DIR"] = Path.Combine(folder, "bin"), ["UV_CACHE_DIR"] = Path.Combine(folder, "cache"),
            ["UV_PYTHON_DOWNLOADS"] = "never",
        };
        string wheels = TinyWheel.WriteTo(Path.Combine(folder, "wheels"));
        Tests.Tool.Run(uv, ["tool", "install", "--offline", "--no-index", "--find-links", wheels, "--python", python, "tiny-tool"], folder,
            variables).Checked();
        variables["PATH"] = "/nonexistent";
        EnvironmentCatalog catalog = new(Machine.Current(folder) with { Variables = variables, Home = Path.Combine(folder, "home") });
        PythonEnvironment tool =
            Assert.Single(catalog.Find([PythonManager.Uv]), one => one.Prefix.StartsWith(tools, StringComparison.Ordinal));
        InterpreterOracle oracle = InterpreterOracle.Ask(tool.Executable);
        Assert.Equal(("tiny-tool", PythonManager.Uv, EnvironmentHealth.Healthy), (tool.Name, tool.Manager, tool.Health));
        Assert.Equal((oracle.Version, oracle.Prefix, oracle.BasePrefix, oracle.StdLib, oracle.Scripts),
            (tool.Version, tool.Prefix, tool.BasePrefix, tool.StdLib, tool.Scripts));
        Assert.Equal(oracle.SitePackages, tool.SitePackages);
        catalog.AssertSameFromEachPath(tool);
    }
}
