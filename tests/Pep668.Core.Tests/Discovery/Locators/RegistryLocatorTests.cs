using Pep668.Discovery;
using Pep668.Environments;
using Pep668.Machines;

namespace Pep668.Tests.Discovery.Locators;

/// <summary>Registrations as PEP 514 has them.</summary>
public sealed class RegistryLocatorTests : IDisposable
{
    private const string User = @"HKEY_CURRENT_USER\Software\Python", System = @"HKEY_LOCAL_MACHINE\Software\Python";
    private readonly World _world = new();
    private readonly FakeRegistry _registry = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public void Registry_views_are_all_read_and_the_company_determines_the_manager()
    {
        _world.WindowsPython("/mnt/c/Python312", "3.12.5").WindowsPython("/mnt/c/Program Files/Python311", "3.11.9")
            .WindowsPython("/mnt/c/Program Files (x86)/Python310-32", "3.10.1")
            .WindowsPython("/mnt/c/astral", "3.13.1").WindowsPython("/mnt/c/acme/py", "3.9.1").WindowsPython("/mnt/c/launcher", "3.8.1");
        _registry.Set(User + @"\PythonCore\3.12\InstallPath", "", "/mnt/c/Python312/")
            .Set(User + @"\PythonCore\3.12\InstallPath", "ExecutablePath", "/mnt/c/Python312/python.exe")
            .Set(User + @"\PythonCore\3.12", "SysVersion", "3.12")
            .Set(System + @"\PythonCore\3.11\InstallPath", "", "/mnt/c/Program Files/Python311/")
            .Set(System + @"\PythonCore\3.10-32\InstallPath", "", "/mnt/c/Program Files (x86)/Python310-32", wide: false)
            .Set(User + @"\Astral\CPython3.13.1\InstallPath", "ExecutablePath", "/mnt/c/astral/python.exe")
            .Set(User + @"\Acme\1\InstallPath", "", "/mnt/c/acme/py")
            .Set(User + @"\PythonCore\3.7\InstallPath", "", "/mnt/c/gone").Set(User + @"\PythonCore\3.6\InstallPath", "", "relative")
            .Set(User + @"\PythonCore\3.5", "SysVersion", "3.5")
            .Set(User + @"\PyLauncher\3.8\InstallPath", "", "/mnt/c/launcher");
        EnvironmentCatalog catalog = _world.OnWindows(_registry);
        Assert.Equal(
            [
                ("3.10.1", PythonManager.PythonOrg), ("3.11.9", PythonManager.PythonOrg), ("3.12.5", PythonManager.PythonOrg),
                ("3.13.1", PythonManager.Uv),
                ("3.9.1", PythonManager.Unknown),
            ],
            catalog.All.Select(one => (one.Version!, one.Manager)).Order());
        Assert.All(catalog.All, one => Assert.Equal(["Registry"], one.FoundBy));
        PythonEnvironment usual = catalog.All.Single(one => one.Version == "3.12.5");
        Assert.Equal(("/mnt/c/Python312", "/mnt/c/Python312/Lib", "/mnt/c/Python312/Scripts"), (usual.Prefix, usual.StdLib, usual.Scripts));
        Assert.All(catalog.All, one => catalog.AssertSameFromEachPath(one));
    }

    [Fact]
    public void Registry_company_does_not_manage_a_virtual_environment_of_its_Python()
    {
        _world.WindowsPython("/mnt/c/Python312", "3.12.5").Write("/mnt/c/env/pyvenv.cfg", "home = /mnt/c/Python312\nversion = 3.12.5\n")
            .Write("/mnt/c/env/Scripts/python.exe", LocatorWorld.Portable(), executable: true);
        _registry.Set(User + @"\PythonCore\3.12\InstallPath", "", "/mnt/c/Python312");
        Assert.Equal(PythonManager.Venv, _world.OnWindows(_registry).Identify("/mnt/c/env").Environment!.Manager);
    }

    [Fact]
    public void Registry_free_threaded_build_is_separate_from_the_default_build()
    {
        _world.WindowsPython("/mnt/c/Python313", "3.13.1")
            .Write("/mnt/c/Python313/python3.13t.exe", LocatorWorld.Portable(), executable: true)
            .Write("/mnt/c/Python313/python313t.dll", LocatorWorld.Portable("3.13.1"));
        _registry.Set(User + @"\PythonCore\3.13\InstallPath", "", "/mnt/c/Python313")
            .Set(User + @"\PythonCore\3.13t\InstallPath", "", "/mnt/c/Python313")
            .Set(User + @"\PythonCore\3.13t\InstallPath", "ExecutablePath", "/mnt/c/Python313/python3.13t.exe");
        EnvironmentCatalog catalog = _world.OnWindows(_registry);
        Assert.Equal(["/mnt/c/Python313/python.exe", "/mnt/c/Python313/python3.13t.exe"], catalog.All.Select(one => one.Executable));
        Assert.All(catalog.All, one => Assert.Equal((PythonManager.PythonOrg, "3.13.1"), (one.Manager, one.Version)));
    }

    [Fact]
    public void Registry_is_absent_on_other_platforms()
    {
        _world.WindowsPython("/mnt/c/Python312", "3.12.5");
        _registry.Set(User + @"\PythonCore\3.12\InstallPath", "", "/mnt/c/Python312");
        Assert.Empty(new EnvironmentCatalog(_world.Machine with { Registry = _registry }).All);
    }
}
