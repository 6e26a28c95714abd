using System.Text;
using Pep668.Environments;
using Pep668.Machines;

namespace Pep668.Tests.Environments;

/// <summary>The version of an installation, from the files that contain it.</summary>
public sealed class InterpreterVersionTests : IDisposable
{
    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public void Windows_version_is_read_from_the_library_without_headers()
    {
        _world.Write("/mnt/c/Python313/python.exe", LocatorWorld.Portable(0xAA64), executable: true).Write("/mnt/c/Python313/Lib/os.py", "")
            .Write("/mnt/c/Python313/python313.dll", LocatorWorld.Portable(0xAA64, "3.13.0rc2"))
            .Write("/mnt/c/Python313/python3.dll", LocatorWorld.Portable(0xAA64));
        Assert.Equal(("3.13.0rc2", "aarch64"),
            (Read("/mnt/c/Python313/python.exe").Version, Read("/mnt/c/Python313/python.exe").Architecture));
    }

    [Theory]
    [InlineData("PY_RELEASE_LEVEL_ALPHA", 7, "3.14.0a7")]
    [InlineData("PY_RELEASE_LEVEL_BETA", 2, "3.14.0b2")]
    [InlineData("PY_RELEASE_LEVEL_GAMMA", 1, "3.14.0rc1")]
    [InlineData("0xF", 0, "3.14.0")]
    public void Pre_release_version_is_read_from_headers(string level, int serial, string version)
    {
        _world.Python("/opt/p", "3.14.0").Write("/opt/p/include/python3.14/patchlevel.h", World.PatchLevel(3, 14, 0, level, serial));
        Assert.Equal(version, Read("/opt/p").Version);
        Assert.Equal(new Version(3, 14, 0), Read("/opt/p").VersionInfo);
    }

    [Fact]
    public void Headers_of_another_build_are_ignored()
    {
        _world.Python("/usr", "3.11.9")
            .Write("/usr/include/python3.11/patchlevel.h", World.PatchLevel(3, 11, 2, "PY_RELEASE_LEVEL_FINAL", 0));
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
    [InlineData("3.11.2", 3, 11, 2)]
    [InlineData("3.14.0rc1", 3, 14, 0)]
    [InlineData("3.9", 3, 9, -1)]
    public void Version_numbers_end_before_a_pre_release(string version, int major, int minor, int build)
    {
        Version? numbers = InterpreterVersion.Numbers(version);
        Assert.Equal((major, minor, build), (numbers!.Major, numbers.Minor, numbers.Build));
    }

    [Theory]
    [InlineData("3")]
    [InlineData("")]
    [InlineData("text")]
    [InlineData(null)]
    public void Version_numbers_of_other_text_are_none(string? text) => Assert.Null(InterpreterVersion.Numbers(text));

    private PythonEnvironment Read(string path) => _world.Read(path);

    [Theory]
    [InlineData("/opt/python/3.12.4", "", "3.12.4")]
    [InlineData("/opt/python/3.12.0rc2", "", "3.12.0rc2")]
    [InlineData("/opt/cpython-3.12.4-linux-x86_64-gnu", "", "3.12.4")]
    [InlineData("/opt/science", "python-3.12.9-h5148396_0_cpython.json", "3.12.9")]
    [InlineData("/opt/3.11.4", "", "3.12")]
    [InlineData("/opt/science-1.2.3", "python-dateutil-2.9.0-py_0.json", "3.12")]
    public void Version_without_headers_is_that_of_the_prefix_or_of_the_package_of_conda(string prefix, string record, string expected)
    {
        byte[] program = World.Program("", prefix);
        _world.Write($"{prefix}/bin/python3.12", program, executable: true).Write($"{prefix}/lib/python3.12/os.py", "");
        if (record.Length > 0)
        {
            _world.Write($"{prefix}/conda-meta/{record}", "{}");
        }
        Assert.Equal(expected, _world.Read($"{prefix}/bin/python3.12").Version);
    }

    [Theory]
    [InlineData("libpypy3-c.so", true)]
    [InlineData("libpypy3.9-c.so", false)]
    public void Version_of_an_old_PyPy_is_in_its_library_or_its_headers(string library, bool inHeader)
    {
        byte[] empty = World.Program("", "/opt/pypy");
        _world.Write("/opt/pypy/bin/pypy3", empty, executable: true).Write("/opt/pypy/lib-python/3/os.py", "")
            .Write("/opt/pypy/bin/" + library, inHeader ? empty : World.Program("3.9.16", "/opt/pypy"));
        if (inHeader)
        {
            _world.Write("/opt/pypy/include/patchlevel.h", World.PatchLevel(3, 6, 12, "0xF", 0));
        }
        Assert.Equal(inHeader ? "3.6.12" : "3.9.16", _world.Read("/opt/pypy/bin/pypy3").Version);
    }
}
