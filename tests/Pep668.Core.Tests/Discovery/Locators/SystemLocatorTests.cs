using Pep668.Discovery;
using Pep668.Machines;

namespace Pep668.Tests.Discovery.Locators;

/// <summary>Interpreters in the usual folders of Linux.</summary>
public sealed class SystemLocatorTests : IDisposable
{
    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    [Theory]
    [InlineData("/usr", PythonManager.System)]
    [InlineData("/usr/local", PythonManager.Unknown)]
    [InlineData("/opt/python", PythonManager.Unknown)]
    [InlineData("/home/user/.local", PythonManager.Unknown)]
    public void Interpreters_in_usual_folders_are_found_without_PATH(string prefix, PythonManager manager)
    {
        _world.Python(prefix, "3.11.2").Set("PATH", "/nowhere");
        PythonEnvironment only = Assert.Single(Catalog().All);
        Assert.Equal((prefix, manager, "UsualFolders"), (only.Prefix, only.Manager, Assert.Single(only.FoundBy)));
    }

    [Fact]
    public void Interpreters_in_usual_folders_are_not_searched_on_Windows()
    {
        _world.Python("/opt/python", "3.11.2").Set("PATH", "/nowhere");
        Assert.Empty(new EnvironmentCatalog(_world.Machine with { Platform = Platform.Windows }).All);
    }

    private EnvironmentCatalog Catalog() => new(_world.Machine);
}
