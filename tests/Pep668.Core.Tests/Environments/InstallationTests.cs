using System.Buffers.Binary;
using Pep668.Environments;
using Pep668.Machines;

namespace Pep668.Tests.Environments;

/// <summary>Installations of macOS and Windows.</summary>
public sealed class InstallationTests : IDisposable
{
    private const string Marker = "[externally-managed]\nError=no\n";
    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public void Framework_build_of_macOS_is_read()
    {
        const string Version = "/Library/Frameworks/Python.framework/Versions/3.12";
        byte[] fat = new byte[256];
        BinaryPrimitives.WriteUInt32BigEndian(fat, 0xCAFEBABE);
        BinaryPrimitives.WriteUInt32BigEndian(fat.AsSpan(4), 2);
        BinaryPrimitives.WriteUInt32BigEndian(fat.AsSpan(8), 0x01000007);
        BinaryPrimitives.WriteUInt32BigEndian(fat.AsSpan(28), 0x0100000C);
        _world.Write(Version + "/bin/python3.12", fat, executable: true)
            .Write(Version + "/lib/python3.12/os.py", "")
            .Write(Version + "/include/python3.12/patchlevel.h", World.PatchLevel(3, 12, 4, "PY_RELEASE_LEVEL_FINAL", 0))
            .Link("/usr/local/bin/python3", Version + "/bin/python3.12");
        PythonEnvironment read = Read("/usr/local/bin/python3");
        Assert.Equal("3.12.4", read.Version);
        Assert.Equal("universal2", read.Architecture);
        Assert.Equal(Version, read.Prefix);
        Assert.Equal(Version + "/lib/python3.12", read.StdLib);
    }

    [Fact]
    public void Windows_installation_and_virtual_environment_are_read()
    {
        const string Base = "/mnt/c/Python312";
        _world.Write(Base + "/python.exe", LocatorWorld.Portable(0x8664), executable: true)
            .Write(Base + "/python312.dll", LocatorWorld.Portable(0x8664, "3.12.5"))
            .Write(Base + "/Lib/os.py", "").Write(Base + "/Lib/EXTERNALLY-MANAGED", Marker)
            .Write(Base + "/include/patchlevel.h", World.PatchLevel(3, 12, 5, "PY_RELEASE_LEVEL_FINAL", 0))
            .Write(Base + "/Lib/site-packages/pip/__init__.py", "__version__ = '24.0'\n")
            .Write("/mnt/c/project/.venv/pyvenv.cfg", $"home = {Base}\r\ninclude-system-site-packages = false\r\nversion = 3.12.5\r\n")
            .Write("/mnt/c/project/.venv/Scripts/python.exe", LocatorWorld.Portable(0x8664), executable: true);
        PythonEnvironment read = Read(Base);
        Assert.Equal((Base, Base + "/Lib", Base + "/Scripts", "x86_64", "3.12.5", "24.0"),
            (read.Prefix, read.StdLib, read.Scripts, read.Architecture, read.Version, read.PipVersion));
        Assert.True(read.IsExternallyManaged);
        PythonEnvironment venv = Read("/mnt/c/project/.venv");
        Assert.Equal(
            ("/mnt/c/project/.venv", Base, Base + "/Lib", "/mnt/c/project/.venv/Scripts", "3.12.5", EnvironmentHealth.Healthy),
            (venv.Prefix, venv.BasePrefix, venv.StdLib, venv.Scripts, venv.Version, venv.Health));
        Assert.Equal("/mnt/c/project/.venv/Lib/site-packages", venv.SitePackages[0]);
        Assert.False(venv.IsExternallyManaged);
    }

    private PythonEnvironment Read(string path) => _world.Read(path);
}
