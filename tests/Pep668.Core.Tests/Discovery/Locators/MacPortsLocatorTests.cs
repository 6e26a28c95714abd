using Pep668.Discovery;
using Pep668.Environments;

namespace Pep668.Tests.Discovery.Locators;

/// <summary>Trees as <c>lang/python313/Portfile</c> of macports-ports installs them.</summary>
public sealed class MacPortsLocatorTests : IDisposable
{
    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    [Theory]
    [InlineData("/opt/local", "/usr/bin")]
    [InlineData("/opt/ports", "/opt/ports/bin:/usr/bin")]
    public void MacPorts_framework_is_found_with_its_links_in_bin(string prefix, string path)
    {
        string version = prefix + "/Library/Frameworks/Python.framework/Versions/3.13";
        _world.Python(version, "3.13.2").Python(version + "t", "3.13.2", suffix: "t").CreateFolder(prefix + "/var/macports")
            .Link(prefix + "/bin/python3.13", version + "/bin/python3.13").Link(prefix + "/bin/python3", prefix + "/bin/python3.13")
            .Set("PATH", path);
        EnvironmentCatalog catalog = _world.OnMac();
        Assert.Equal([(version, false), (version + "t", true)], catalog.All.Select(one => (one.Prefix, one.IsFreeThreaded)).Order());
        Assert.All(catalog.All, one => Assert.Equal((PythonManager.MacPorts, "3.13.2"), (one.Manager, one.Version)));
        PythonEnvironment usual = catalog.All.Single(one => !one.IsFreeThreaded);
        Assert.Contains(prefix + "/bin/python3", usual.Aliases);
        Assert.Equal((version + "/lib/python3.13", version + "/bin"), (usual.StdLib, usual.Scripts));
        Assert.All(catalog.All, one => catalog.AssertSameFromEachPath(one));
    }

    [Fact]
    public void MacPorts_does_not_manage_a_framework_elsewhere()
    {
        _world.Python("/srv/Library/Frameworks/Python.framework/Versions/3.13", "3.13.2");
        Assert.Equal(PythonManager.Unknown,
            _world.OnMac().Identify("/srv/Library/Frameworks/Python.framework/Versions/3.13").Environment!.Manager);
    }
}
