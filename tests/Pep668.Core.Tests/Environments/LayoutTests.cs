using System.Buffers.Binary;
using System.Text;
using Pep668.Environments;
using Pep668.Machines;

namespace Pep668.Tests.Environments;

/// <summary>Layouts of other platforms and distributions: fixture trees that follow the distributor's files.</summary>
public sealed class LayoutTests : IDisposable
{
    private const string Marker = "[externally-managed]\nError=no\n";
    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    private PythonEnvironment Read(string path)
    {
        EnvironmentReading reading = new EnvironmentReader(_world.Machine.Files).Read(path);
        Assert.True(reading.Environment is not null, $"{path}: {reading.Reason}");
        return reading.Environment!;
    }

    private string[] Managed(params string[] paths) => [.. paths.Where(path => Read(path).IsExternallyManaged)];

    [Fact]
    public void Fedora_library_is_in_lib64_and_pip_installs_below_usr_local()
    {
        _world.Write("/usr/bin/python3.13", World.Program("3.13.2"), executable: true).Link("/usr/bin/python3", "python3.13")
            .Link("/bin", "usr/bin")
            .Write("/usr/lib64/python3.13/os.py", "")
            .Write("/usr/lib64/python3.13/site.py", "    if ENABLE_USER_SITE and 'RPM_BUILD_ROOT' not in os.environ:\n")
            .Write("/usr/lib64/python3.13/EXTERNALLY-MANAGED", Marker)
            .Write("/usr/lib/python3.13/site-packages/pip/__init__.py", "__version__ = \"24.3.1\"\n");
        PythonEnvironment read = Read("/bin/python3");
        Assert.Equal("/usr/bin/python3.13", read.Executable);
        Assert.Equal("/usr/lib64/python3.13", read.StdLib);
        Assert.Equal("/usr/lib64/python3.13/EXTERNALLY-MANAGED", read.MarkerPath);
        Assert.Equal("/usr/local/bin", read.Scripts);
        Assert.Equal("24.3.1", read.PipVersion);
        Assert.Equal(
            ["/usr/local/lib/python3.13/site-packages", "/usr/local/lib64/python3.13/site-packages", "/usr/lib64/python3.13/site-packages",
                "/usr/lib/python3.13/site-packages"],
            read.SitePackages);
    }

    [Fact]
    public void Free_threaded_build_has_a_separate_library_and_marker()
    {
        _world.Python("/usr", "3.13.1").Python("/usr", "3.13.1", suffix: "t", marker: Marker);
        Assert.Equal(["/usr/bin/python3.13t"], Managed("/usr/bin/python3.13", "/usr/bin/python3.13t"));
        Assert.True(Read("/usr/bin/python3.13t").IsFreeThreaded);
        Assert.Equal("/usr/lib/python3.13t/site-packages", Read("/usr/bin/python3.13t").SitePackages[0]);
    }

    [Theory]
    [InlineData("/opt/pypy3.7/lib-python/3", "/opt/pypy3.7/site-packages")]
    [InlineData("/opt/pypy3.7/lib/pypy3.7", "/opt/pypy3.7/lib/pypy3.7/site-packages")]
    public void PyPy_of_either_layout_is_read(string stdlib, string sitePackages)
    {
        _world.Write("/opt/pypy3.7/bin/pypy3.7", World.Program("3.7.13 (7.3.9, Mar 29 2022)"), executable: true)
            .Link("/opt/pypy3.7/bin/pypy3", "pypy3.7")
            .Write(stdlib + "/os.py", "").Write(stdlib + "/EXTERNALLY-MANAGED", Marker);
        PythonEnvironment read = Read("/opt/pypy3.7/bin/pypy3");
        Assert.Equal("PyPy", read.Implementation);
        Assert.Equal("3.7.13", read.Version);
        Assert.Equal(stdlib, read.StdLib);
        Assert.Equal(sitePackages, read.SitePackages[0]);
        Assert.True(read.IsExternallyManaged);
    }

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
            .Write(Version + "/include/python3.12/patchlevel.h", PatchLevel(3, 12, 4, "PY_RELEASE_LEVEL_FINAL", 0))
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
        _world.Write(Base + "/python.exe", Portable(0x8664), executable: true)
            .Write(Base + "/python312.dll", Portable(0x8664, "3.12.5"))
            .Write(Base + "/Lib/os.py", "").Write(Base + "/Lib/EXTERNALLY-MANAGED", Marker)
            .Write(Base + "/include/patchlevel.h", PatchLevel(3, 12, 5, "PY_RELEASE_LEVEL_FINAL", 0))
            .Write(Base + "/Lib/site-packages/pip/__init__.py", "__version__ = '24.0'\n")
            .Write("/mnt/c/project/.venv/pyvenv.cfg", $"home = {Base}\r\ninclude-system-site-packages = false\r\nversion = 3.12.5\r\n")
            .Write("/mnt/c/project/.venv/Scripts/python.exe", Portable(0x8664), executable: true);
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

    [Fact]
    public void Windows_version_is_read_from_the_library_without_headers()
    {
        _world.Write("/mnt/c/Python313/python.exe", Portable(0xAA64), executable: true).Write("/mnt/c/Python313/Lib/os.py", "")
            .Write("/mnt/c/Python313/python313.dll", Portable(0xAA64, "3.13.0rc2")).Write("/mnt/c/Python313/python3.dll", Portable(0xAA64));
        Assert.Equal(("3.13.0rc2", "aarch64"),
            (Read("/mnt/c/Python313/python.exe").Version, Read("/mnt/c/Python313/python.exe").Architecture));
    }

    [Fact]
    public void Conda_environment_is_not_virtual_and_managed_only_by_a_marker_in_it()
    {
        _world.Python("/opt/conda", "3.12.2").Write("/opt/conda/conda-meta/history", "").Python("/opt/base", "3.12.2", marker: Marker)
            .Write("/opt/base/conda-meta/history", "");
        Assert.Equal(["/opt/base"], Managed("/opt/conda", "/opt/base"));
        Assert.Equal((EnvironmentKind.Conda, false), (Read("/opt/conda").Kind, Read("/opt/conda").IsVirtual));
    }

    [Fact]
    public void Marker_that_is_not_a_file_is_ignored()
    {
        _world.Python("/a", "3.11.2").CreateFolder("/a/lib/python3.11/EXTERNALLY-MANAGED")
            .Python("/b", "3.11.2").Link("/b/lib/python3.11/EXTERNALLY-MANAGED", "nowhere")
            .Python("/c", "3.11.2").Write("/etc/marker", Marker).Link("/c/lib/python3.11/EXTERNALLY-MANAGED", "/etc/marker")
            .Python("/d", "3.11.2");
        Tool.Run("mkfifo", [_world.OnDisk("/d/lib/python3.11/EXTERNALLY-MANAGED")]).Checked();
        Assert.Equal(["/c"], Managed("/a", "/b", "/c", "/d"));
    }

    [Theory]
    [InlineData("PY_RELEASE_LEVEL_ALPHA", 7, "3.14.0a7")]
    [InlineData("PY_RELEASE_LEVEL_BETA", 2, "3.14.0b2")]
    [InlineData("PY_RELEASE_LEVEL_GAMMA", 1, "3.14.0rc1")]
    [InlineData("0xF", 0, "3.14.0")]
    public void Pre_release_version_is_read_from_headers(string level, int serial, string version)
    {
        _world.Python("/opt/p", "3.14.0").Write("/opt/p/include/python3.14/patchlevel.h", PatchLevel(3, 14, 0, level, serial));
        Assert.Equal(version, Read("/opt/p").Version);
        Assert.Equal(new Version(3, 14, 0), Read("/opt/p").VersionInfo);
    }

    [Fact]
    public void Headers_of_another_build_are_ignored()
    {
        _world.Python("/usr", "3.11.9").Write("/usr/include/python3.11/patchlevel.h", PatchLevel(3, 11, 2, "PY_RELEASE_LEVEL_FINAL", 0));
        File.SetLastWriteTimeUtc(_world.OnDisk("/usr/include/python3.11/patchlevel.h"), DateTime.UtcNow.AddYears(-1));
        Assert.Equal("3.11.9", Read("/usr").Version);
    }

    [Theory]
    [InlineData(
        """{"language": {"version": "3.14", "version_info": {"major": 3, "minor": 14, "micro": 0, "releaselevel": "candidate", """
        + """ "serial": 3}}}""", "3.14.0rc3")]
    [InlineData("""{"language": {"version": "3.14"}}""", "3.14.7")]
    [InlineData("not json", "3.14.7")]
    [InlineData("[]", "3.14.7")]
    public void Build_details_override_other_version_sources(string json, string version)
    {
        _world.Python("/opt/p", "3.14.7").Write("/opt/p/lib/python3.14/build-details.json", json);
        Assert.Equal(version, Read("/opt/p").Version);
    }

    [Fact]
    public void Version_is_found_at_any_offset_of_a_large_program()
    {
        foreach (int offset in (int[])[100, (1 << 18) - 3, 1 << 18, (1 << 18) + 1, 3 << 18, (1 << 20) - 9])
        {
            byte[] bytes = new byte[(1 << 20) + 64];
            World.Program("x").CopyTo(bytes, 0);
            Encoding.ASCII.GetBytes("\03.11.junk\03.11.2.1\03.11.4rc1", bytes.AsSpan(offset));
            _world.Write("/usr/bin/python3.11", bytes, executable: true).Write("/usr/lib/python3.11/os.py", "");
            Assert.Equal("3.11.4rc1", Read("/usr").Version);
        }
    }

    [Theory]
    [InlineData("/usr/bin/python3.11", ReadFailure.NotExecutable)]
    [InlineData("/usr/bin/python3.11-config", ReadFailure.NoPython)]
    [InlineData("/usr/bin/ls", ReadFailure.NoPython)]
    [InlineData("/usr/bin/python2", ReadFailure.Script)]
    [InlineData("/usr/bin/python9", ReadFailure.NoPython)]
    [InlineData("/usr/bin/none", ReadFailure.Missing)]
    [InlineData("/usr/bin/python3", ReadFailure.Missing)]
    [InlineData("/usr/bin/python", ReadFailure.Missing)]
    public void Path_that_is_not_a_Python_is_a_failure_with_a_reason(string path, object reason)
    {
        _world.Write("/usr/bin/python3.11", World.Program("3.11.2")).Write("/usr/lib/python3.11/os.py", "")
            .Write("/usr/bin/python3.11-config", World.Program("3.11.2"), executable: true)
            .Write("/usr/bin/ls", World.Program("9.1"), executable: true)
            .Write("/usr/bin/python2", "#!/bin/sh\nexec python2.7\n", executable: true)
            .Write("/usr/bin/python9", "", executable: true)
            .Link("/usr/bin/python3", "python3.99").Link("/usr/bin/python", "python");
        EnvironmentReading reading = new EnvironmentReader(_world.Machine.Files).Read(path);
        Assert.Null(reading.Environment);
        Assert.Equal(reason, reading.Reason);
    }

    internal static string PatchLevel(int major, int minor, int micro, string level, int serial) => $"""
        #define PY_RELEASE_LEVEL_ALPHA  0xA
        #define PY_RELEASE_LEVEL_GAMMA  0xC     /* For release candidates */
        #define PY_MAJOR_VERSION        {major}
        #define PY_MINOR_VERSION        {minor}
        #define PY_MICRO_VERSION        {micro}
        #define PY_RELEASE_LEVEL        {level}
        #define PY_RELEASE_SERIAL       {serial}
        """;

    private static byte[] Portable(ushort machine, string version = "")
    {
        byte[] bytes = new byte[512];
        "MZ"u8.CopyTo(bytes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(60), 128);
        "PE\0\0"u8.CopyTo(bytes.AsSpan(128));
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(132), machine);
        Encoding.ASCII.GetBytes(version, bytes.AsSpan(200));
        return bytes;
    }
}
