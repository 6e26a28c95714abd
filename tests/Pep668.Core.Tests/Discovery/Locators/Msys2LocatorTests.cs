using Pep668.Discovery;

namespace Pep668.Tests.Discovery.Locators;

/// <summary>Trees as the package <c>mingw-w64-python</c> installs them: POSIX's layout, Windows's programs.</summary>
public sealed class Msys2LocatorTests : IDisposable
{
    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    private World Install(string root, string name, string version)
    {
        string series = string.Join('.', version.Split('.')[..2]), prefix = $"{root}/{name}";
        return _world.Write($"{root}/msys2_shell.cmd", "")
            .Write($"{prefix}/bin/python{series}.exe", LocatorWorld.Portable(), executable: true)
            .Write($"{prefix}/bin/python.exe", LocatorWorld.Portable(), executable: true)
            .Write($"{prefix}/bin/libpython{series}.dll", LocatorWorld.Portable(version))
            .Write($"{prefix}/lib/python{series}/os.py", "")
            .Write($"{prefix}/lib/python{series}/EXTERNALLY-MANAGED", "[externally-managed]\nError=pacman\n");
    }

    [Theory]
    [InlineData("/mnt/c/msys64", "")]
    [InlineData("/mnt/d/tools/msys64", "/mnt/d/tools/msys64/ucrt64/bin")]
    public void Msys2_Python_of_each_environment_is_found(string root, string path)
    {
        Install(root, "ucrt64", "3.12.7");
        Install(root, "clang64", "3.11.9").Set("PATH", path);
        EnvironmentCatalog catalog = _world.OnWindows();
        Assert.Equal([("clang64", "3.11.9"), ("ucrt64", "3.12.7")], catalog.All.Select(one => (one.Name, one.Version!)).Order());
        Assert.All(catalog.All, one => Assert.Equal((PythonManager.Msys2, true), (one.Manager, one.IsExternallyManaged)));
        PythonEnvironment ucrt = catalog.All.Single(one => one.Name == "ucrt64");
        string prefix = root + "/ucrt64";
        Assert.Equal((prefix, prefix + "/lib/python3.12", prefix + "/bin"), (ucrt.Prefix, ucrt.StdLib, ucrt.Scripts));
        Assert.Equal([prefix + "/lib/python3.12/site-packages"], ucrt.SitePackages);
        Assert.All(catalog.All, one => catalog.AssertSameFromEachPath(one, one.Prefix + "/bin/python.exe"));
    }

    [Fact]
    public void Msys2_does_not_manage_a_folder_of_that_name_elsewhere()
    {
        Install("/mnt/c/msys64", "ucrt64", "3.12.7");
        File.Delete(_world.OnDisk("/mnt/c/msys64/msys2_shell.cmd"));
        Assert.Equal(PythonManager.Unknown, Assert.Single(_world.OnWindows().All).Manager);
    }
}
