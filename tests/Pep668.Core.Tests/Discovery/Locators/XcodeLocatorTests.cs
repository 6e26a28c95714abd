using System.Text;
using Pep668.Discovery;
using Pep668.Environments;
using Pep668.Machines;

namespace Pep668.Tests.Discovery.Locators;

/// <summary>Trees of the Command Line Tools and of Xcode, and the stubs in <c>/usr/bin</c> that look for
/// them.</summary>
public sealed class XcodeLocatorTests : IDisposable
{
    private const string Tools = "/Library/Developer/CommandLineTools";
    private readonly World _world = new();

    public XcodeLocatorTests() => _world.Set("PATH", "/usr/bin");

    public void Dispose() => _world.Dispose();

    private World Developer(string folder, string version)
    {
        string series = string.Join('.', version.Split('.')[..2]);
        string prefix = $"{folder}/Library/Frameworks/Python3.framework/Versions/{series}";
        return _world.Python(prefix, version).Write($"{prefix}/lib/python{series}/sysconfig.py", "'osx_framework_library': {\n")
            .Link($"{folder}/usr/bin/python3", $"../../Library/Frameworks/Python3.framework/Versions/{series}/bin/python3");
    }

    private World Stub(string path)
    {
        byte[] bytes = new byte[4096];
        bytes.AsSpan().Clear();
        ((byte[])[0xCA, 0xFE, 0xBA, 0xBE, 0, 0, 0, 2, 1, 0, 0, 7]).CopyTo(bytes, 0);
        Encoding.ASCII.GetBytes("com.apple.dt.xcode_select.tool-shim-public", bytes.AsSpan(2000));
        return _world.Write(path, bytes, executable: true);
    }

    [Fact]
    public void Xcode_and_Command_Line_Tools_Pythons_are_found_with_their_shared_scripts_folder()
    {
        Developer(Tools, "3.9.6");
        Developer("/Applications/Xcode_16.4.app/Contents/Developer", "3.9.6");
        EnvironmentCatalog catalog = _world.OnMac();
        Assert.Equal([PythonManager.Xcode, PythonManager.Xcode], catalog.All.Select(one => one.Manager));
        PythonEnvironment tools = catalog.All[0];
        string prefix = Tools + "/Library/Frameworks/Python3.framework/Versions/3.9";
        Assert.Equal((prefix, prefix + "/lib/python3.9", "/usr/local/bin", "3.9.6"),
            (tools.Prefix, tools.StdLib, tools.Scripts, tools.Version));
        Assert.Equal(
            ["/Library/Python/3.9/site-packages", prefix + "/lib/python3.9/site-packages",
                "/AppleInternal/Library/Python/3.9/site-packages", "/AppleInternal/Tests/Python/3.9/site-packages"],
            tools.SitePackages);
        Assert.Contains("/Applications/Xcode_16.4.app/Contents/Developer/AppleInternal/Library/Python/3.9/site-packages",
            catalog.All[1].SitePackages);
        Assert.Contains(Tools + "/usr/bin/python3", tools.Aliases);
        Assert.All(catalog.All, one => catalog.AssertSameFromEachPath(one));
    }

    [Fact]
    public void Xcode_stub_is_not_an_interpreter_and_resolves_to_the_selected_folder()
    {
        Developer(Tools, "3.9.6");
        Developer("/Applications/Xcode.app/Contents/Developer", "3.9.7");
        Stub("/usr/bin/python3").Link("/var/db/xcode_select_link", Tools);
        Assert.Equal(ReadFailure.Script, new EnvironmentReader(_world.Machine.Files).Read("/usr/bin/python3").Reason);
        Assert.DoesNotContain(_world.OnMac().All.SelectMany(one => one.Aliases.Append(one.Executable)),
            path => path.StartsWith("/usr/bin", StringComparison.Ordinal));
        Assert.Equal("3.9.6", Assert.Single(_world.OnMac().All, one => one.IsDefault).Version);
        _world.Set("DEVELOPER_DIR", "/Applications/Xcode.app");
        Assert.Equal("3.9.7", Assert.Single(_world.OnMac().All, one => one.IsDefault).Version);
        Assert.Equal("3.9.7", _world.OnMac().Identify("/usr/bin/python3").Environment!.Version);
    }

    [Fact]
    public void Xcode_stub_without_the_tools_resolves_to_nothing()
    {
        Stub("/usr/bin/python3");
        Assert.Empty(_world.OnMac().All);
        Assert.Null(_world.OnMac().Identify("/usr/bin/python3").Environment);
    }

    [Fact]
    public void Xcode_virtual_environment_has_the_usual_layout()
    {
        Developer(Tools, "3.9.6").Venv("/srv/env", Tools + "/Library/Frameworks/Python3.framework/Versions/3.9", "3.9.6");
        PythonEnvironment venv = _world.OnMac().Identify("/srv/env").Environment!;
        Assert.Equal((PythonManager.Venv, "/srv/env/bin"), (venv.Manager, venv.Scripts));
        Assert.Equal(["/srv/env/lib/python3.9/site-packages"], venv.SitePackages);
    }
}
