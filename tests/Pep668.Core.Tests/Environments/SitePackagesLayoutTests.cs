using Pep668.Environments;
using Pep668.Machines;

namespace Pep668.Tests.Environments;

/// <summary>Library and scripts folders of distributions and implementations.</summary>
public sealed class SitePackagesLayoutTests : IDisposable
{
    private const string Marker = "[externally-managed]\nError=no\n";
    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

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
        File.Delete(_world.OnDisk("/usr/lib64/python3.13/EXTERNALLY-MANAGED"));
        Assert.Equal(
            "'/usr/bin/python3.13' is not externally managed because '/usr/lib64/python3.13' has no file EXTERNALLY-MANAGED. Fedora "
            + "and RHEL do not mark their Python; pip installs in '/usr/local/lib/python3.13/site-packages'.",
            EnvironmentMessages.ManagedReason(Read("/bin/python3")));
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

    private string[] Managed(params string[] paths) => [.. paths.Where(path => Read(path).IsExternallyManaged)];

    private PythonEnvironment Read(string path) => _world.Read(path);
}
