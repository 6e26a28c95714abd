using Pep668.Discovery;
using Pep668.Environments;

namespace Pep668.Tests.Discovery.Locators;

/// <summary>Trees as pymanager's <c>install_command.py</c> and <c>aliasutils.py</c> make them.</summary>
public sealed class PyManagerLocatorTests : IDisposable
{
    private const string Local = "/mnt/c/Users/user/AppData/Local/Python";
    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    private World Install(string folder, string version) =>
        _world.WindowsPython(folder, version)
            .Write($"{folder}/__install__.json", """{"schema": 1, "id": "pythoncore-3.13-64", "executable": ".\\python.exe"}""");

    [Fact]
    public void PyManager_runtimes_are_found_by_metadata_and_launchers_by_their_target()
    {
        Install(Local + "/pythoncore-3.13-64", "3.13.1").WindowsPython(Local + "/no-metadata", "3.11.1")
            .Write(Local + "/bin/python.exe", LocatorWorld.Portable(), executable: true)
            .Write(Local + "/bin/python.exe.__target__", Local + "/pythoncore-3.13-64/python.exe")
            .Write(Local + "/bin/python3.9.exe", LocatorWorld.Portable(), executable: true)
            .Write(Local + "/bin/python3.9.exe.__target__", Local + "/gone/python.exe")
            .Set("PATH", Local + "/bin");
        FakeRegistry registry =
            new FakeRegistry().Set(@"HKEY_CURRENT_USER\Software\Python\PythonCore\3.13\InstallPath", "", Local + "/pythoncore-3.13-64");
        EnvironmentCatalog catalog = _world.OnWindows(registry);
        PythonEnvironment only = Assert.Single(catalog.All);
        Assert.Equal((PythonManager.PyManager, "pythoncore-3.13-64", "3.13.1", true),
            (only.Manager, only.Name, only.Version, only.IsDefault));
        Assert.Equal(["PyManager", "Registry"], only.FoundBy);
        catalog.AssertSameFromEachPath(only, Local + "/bin/python.exe");
        Assert.Null(catalog.Identify(Local + "/bin/python3.9.exe").Environment);
    }

    [Theory]
    [InlineData("user")]
    [InlineData("variable")]
    [InlineData("policy")]
    public void PyManager_folder_can_be_configured(string where)
    {
        Install("/mnt/c/Users/user/Runtimes/pythoncore-3.13-64", "3.13.1");
        var registry = new FakeRegistry();
        switch (where)
        {
            case "user":
                _world.Write("/mnt/c/Users/user/AppData/Roaming/Python/PyManager.json",
                    """{"install_dir": "%LocalAppData%\\..\\..\\Runtimes"}""");
                break;
            case "variable":
                _world.Write("/mnt/c/Users/user/config.json", "\ufeff{\"install_dir\": \".\\\\Runtimes\"}")
                    .Set("PYTHON_MANAGER_CONFIG", "/mnt/c/Users/user/config.json");
                break;
            default:
                registry.Set(@"HKEY_LOCAL_MACHINE\Software\Policies\Python\PyManager", "install_dir", "/mnt/c/Users/user/Runtimes");
                break;
        }
        Assert.Equal(PythonManager.PyManager, Assert.Single(_world.OnWindows(registry).All).Manager);
    }

    [Fact]
    public void PyManager_registration_outside_its_folder_is_found()
    {
        _world.WindowsPython("/mnt/c/target", "3.13.1");
        FakeRegistry registry = new FakeRegistry().Set(@"HKEY_CURRENT_USER\Software\Python\PythonCore\3.13", "ManagedByPyManager", "1")
            .Set(@"HKEY_CURRENT_USER\Software\Python\PythonCore\3.13\InstallPath", "", "/mnt/c/target");
        Assert.Equal(PythonManager.PyManager, Assert.Single(_world.OnWindows(registry).All).Manager);
    }
}
