using Pep668.Discovery;

namespace Pep668.Tests.Discovery.Locators;

/// <summary>Trees as Python's documentation, "Using Python on macOS", describes them.</summary>
public sealed class PythonOrgLocatorTests : IDisposable
{
    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public void PythonOrg_frameworks_of_both_kinds_are_found_once_with_their_links()
    {
        const string Usual = "/Library/Frameworks/Python.framework/Versions/3.13",
            Free = "/Library/Frameworks/PythonT.framework/Versions/3.13";
        _world.Python(Usual, "3.13.1").Python(Free, "3.13.1", suffix: "t")
            .Link("/Library/Frameworks/Python.framework/Versions/Current", "3.13")
            .Link("/usr/local/bin/python3.13", Usual + "/bin/python3.13").Link("/usr/local/bin/python3.13t", Free + "/bin/python3.13t")
            .Set("PATH", "/usr/bin");
        EnvironmentCatalog catalog = _world.OnMac();
        Assert.Equal([(Usual, "python3.13"), (Free, "python3.13t")], catalog.All.Select(one => (one.Prefix, one.Name)));
        Assert.All(catalog.All, one => Assert.Equal(PythonManager.PythonOrg, one.Manager));
        Assert.Contains("/usr/local/bin/python3.13", catalog.All[0].Aliases);
        Assert.Contains("/Library/Frameworks/Python.framework/Versions/Current/bin/python3", catalog.All[0].Aliases);
        Assert.Contains("/usr/local/bin/python3.13t", catalog.All[1].Aliases);
        Assert.Equal(Free + "/lib/python3.13t", catalog.All[1].StdLib);
        Assert.All(catalog.All, one => catalog.AssertSameFromEachPath(one));
    }
}
