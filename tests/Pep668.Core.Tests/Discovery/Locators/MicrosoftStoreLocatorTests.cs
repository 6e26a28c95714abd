using Pep668.Discovery;
using Pep668.Environments;

namespace Pep668.Tests.Discovery.Locators;

/// <summary>Aliases, packages and the repository of packages as Windows keeps them.</summary>
public sealed class MicrosoftStoreLocatorTests : IDisposable
{
    private const string Apps = "/mnt/c/Users/user/AppData/Local/Microsoft/WindowsApps";
    private const string Model = @"HKEY_CURRENT_USER\Software\Classes\Local Settings\Software\Microsoft\Windows\CurrentVersion\AppModel";
    private readonly World _world = new();
    private readonly FakeRegistry _registry = new();

    public void Dispose() => _world.Dispose();

    // An alias is an empty reparse point; here it contains a program, so that reading it would be noticed.
    private string Package(string series, string version)
    {
        string family = $"PythonSoftwareFoundation.Python.{series}_qbz5n2kfra8p0",
            full = $"PythonSoftwareFoundation.Python.{series}_{version}.0_x64__qbz5n2kfra8p0";
        string folder = "/mnt/c/Program Files/WindowsApps/" + full;
        foreach (string alias in (string[])[$"{Apps}/python.exe", $"{Apps}/python{series}.exe", $"{Apps}/{family}/python.exe"])
        {
            _world.Write(alias, LocatorWorld.Portable(version), executable: true);
        }
        _world.WindowsPython(folder, version).Write($"{folder}/python{series}.exe", LocatorWorld.Portable(), executable: true);
        _registry.Set($@"{Model}\SystemAppData\{family}\Schemas", "PackageFullName", full)
            .Set($@"{Model}\Repository\Packages\{full}", "PackageRootFolder", folder);
        return folder;
    }

    [Fact]
    public void Store_package_is_found_and_its_aliases_resolve_to_it()
    {
        string folder = Package("3.12", "3.12.10");
        _world.Set("PATH", Apps);
        EnvironmentCatalog catalog = _world.OnWindows(_registry);
        PythonEnvironment only = Assert.Single(catalog.All);
        Assert.Equal((PythonManager.MicrosoftStore, folder, "3.12.10", true), (only.Manager, only.Prefix, only.Version, only.IsDefault));
        Assert.DoesNotContain(only.Aliases.Append(only.Executable), path => path.StartsWith(Apps, StringComparison.Ordinal));
        catalog.AssertSameFromEachPath(only, $"{Apps}/python.exe", $"{Apps}/python3.12.exe",
            $"{Apps}/PythonSoftwareFoundation.Python.3.12_qbz5n2kfra8p0/python.exe");
    }

    [Fact]
    public void Store_alias_with_a_version_selects_one_of_several_packages()
    {
        Package("3.12", "3.12.10");
        Package("3.13", "3.13.1");
        EnvironmentCatalog catalog = _world.OnWindows(_registry);
        Assert.Equal(["3.12.10", "3.13.1"], catalog.All.Select(one => one.Version));
        Assert.Equal("3.13.1", catalog.Identify($"{Apps}/python3.13.exe").Environment!.Version);
        Assert.Equal("3.12.10",
            catalog.Identify($"{Apps}/PythonSoftwareFoundation.Python.3.12_qbz5n2kfra8p0/python.exe").Environment!.Version);
        Assert.Null(catalog.Identify($"{Apps}/python.exe").Environment);
    }

    [Fact]
    public void Store_stub_without_a_package_is_ignored_and_the_next_Python_on_PATH_is_the_default()
    {
        _world.Write($"{Apps}/python.exe", "", executable: true).WindowsPython("/mnt/c/Python312", "3.12.5")
            .Set("PATH", $"{Apps};/mnt/c/Python312");
        PythonEnvironment only = Assert.Single(_world.OnWindows().All);
        Assert.Equal(("/mnt/c/Python312", true), (only.Prefix, only.IsDefault));
        Assert.Null(_world.OnWindows().Identify($"{Apps}/python.exe").Environment);
    }
}
