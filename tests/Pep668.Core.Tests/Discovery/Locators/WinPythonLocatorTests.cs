using Pep668.Discovery;
using Pep668.Environments;

namespace Pep668.Tests.Discovery.Locators;

/// <summary>Trees as winpython's <c>make.py</c> builds them, earlier ones too.</summary>
public sealed class WinPythonLocatorTests : IDisposable
{
    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    [Theory]
    [InlineData("/mnt/d/WPy64-31401/python", "WINPYDIRBASE", "/mnt/d/WPy64-31401", "WPy64-31401")]
    [InlineData("/mnt/d/WPy64-31401/python", "WINPYDIR", "/mnt/d/WPy64-31401/python", "WPy64-31401")]
    [InlineData("/mnt/d/WPy64-31300/python-3.13.0.amd64", "WINPYTHON_HOME", "/mnt/d", "WPy64-31300")]
    [InlineData("/mnt/d/WPy64-31300/python-3.13.0.amd64", "PATH", "/mnt/d/WPy64-31300/python-3.13.0.amd64", "WPy64-31300")]
    [InlineData("/mnt/d/mine/python", "WINPYTHON_HOME", "/mnt/d/mine", "mine")]
    public void WinPython_is_found_by_its_variables_or_on_PATH(string folder, string variable, string value, string name)
    {
        string above = Path.GetDirectoryName(folder)!;
        _world.WindowsPython(folder, "3.13.0").Write($"{above}/scripts/WinPythonIni.py", "").Set(variable, value);
        EnvironmentCatalog catalog = _world.OnWindows();
        PythonEnvironment only = Assert.Single(catalog.All);
        Assert.Equal((PythonManager.WinPython, name, folder, "3.13.0"), (only.Manager, only.Name, only.Prefix, only.Version));
        catalog.AssertSameFromEachPath(only);
    }

    [Fact]
    public void WinPython_does_not_manage_a_folder_only_named_python()
    {
        _world.WindowsPython("/mnt/d/tools/python", "3.13.0");
        Assert.Equal(PythonManager.Unknown, _world.OnWindows().Identify("/mnt/d/tools/python").Environment!.Manager);
    }
}
