using Pep668.Discovery;
using Pep668.Environments;

namespace Pep668.Tests.Discovery.Locators;

/// <summary>Trees as Rye's <c>platform.rs</c>, <c>bootstrap.rs</c> and <c>installer.rs</c> make them.</summary>
public sealed class RyeLocatorTests : IDisposable
{
    private const string Root = "/home/user/.rye";
    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    private World Install(string root = Root)
    {
        _world.Python(root + "/py/cpython@3.12.3", "3.12.3").Python(root + "/py/cpython@3.11.8/install", "3.11.8").Python("/usr", "3.10.2");
        // On Linux the shims are copies of Rye itself.
        return _world.Write(root + "/shims/python3", World.Program("x"), executable: true)
            .Write(root + "/shims/python", World.Program("x"), executable: true)
            .Set("PATH", root + "/shims:/usr/bin");
    }

    private string? Default() => _world.OnLinux().All.SingleOrDefault(one => one.IsDefault)?.Version;

    [Theory]
    [InlineData(Root, false)]
    [InlineData("/srv/rye", true)]
    public void Rye_toolchains_tools_and_internal_environment_are_found(string root, bool named)
    {
        Install(root).Venv(root + "/self", root + "/py/cpython@3.12.3", "3.12.3", "uv = 0.4.1\n")
            .Venv(root + "/tools/black", root + "/py/cpython@3.12.3", "3.12.3", "uv = 0.4.1\n")
            .Python("/opt/py", "3.13.0").Link(root + "/py/cpython@3.13.0", "/opt/py/bin/python3");
        if (named)
        {
            _world.Set("RYE_HOME", root);
        }
        EnvironmentCatalog catalog = _world.OnLinux();
        Assert.Equal(["black", "cpython@3.11.8", "cpython@3.12.3", "self"],
            catalog.All.Where(one => one.Manager == PythonManager.Rye).Select(one => one.Name).Order(StringComparer.Ordinal));
        Assert.Equal(["/opt/py", "/usr"], catalog.All.Where(one => one.Manager != PythonManager.Rye).Select(one => one.Prefix).Order());
        Assert.DoesNotContain(catalog.All.SelectMany(one => one.Aliases.Append(one.Executable)), path => path.Contains("shims"));
        Assert.All(catalog.All.Where(one => one.Prefix != "/usr"), one => catalog.AssertSameFromEachPath(one));
    }

    [Fact]
    public void Rye_toolchain_registered_by_a_file_with_its_path_is_found()
    {
        _world.Python("/opt/py", "3.13.0").Write(Root + "/py/cpython@3.13.0", "/opt/py/bin/python3\n");
        Assert.Equal((PythonManager.Unknown, "3.13.0"),
            Assert.Single(_world.OnLinux().All.Where(one => one.FoundBy.Contains("Rye")).Select(one => (one.Manager, one.Version!))));
    }

    [Fact]
    public void Rye_shim_starts_the_Python_of_the_project_else_the_next_on_PATH()
    {
        Install().Venv("/home/user/project/.venv", Root + "/py/cpython@3.11.8/install", "3.11.8");
        Assert.Equal("3.10.2", Default());
        _world.Write("/home/user/project/pyproject.toml", "");
        Assert.Equal("3.11.8", Default());
        Assert.True(_world.OnLinux().Identify(Root + "/shims/python").Environment!.IsVirtual);
    }

    [Theory]
    [InlineData("3.11\n", "3.11.8")]
    [InlineData("cpython@3.12.3\n", "3.12.3")]
    [InlineData(null, "3.12.3")]
    public void Rye_shim_with_global_python_starts_a_toolchain(string? pin, string version)
    {
        Install().Write(Root + "/config.toml", "[behavior]\nglobal-python = true\n\n[default]\ntoolchain = \"cpython@3.12\"\n");
        if (pin is not null)
        {
            _world.Write("/home/user/project/.python-version", pin);
        }
        Assert.Equal(version, Default());
    }
}
