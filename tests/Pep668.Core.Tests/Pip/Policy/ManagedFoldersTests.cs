using Pep668.Environments;
using Pep668.Machines;
using Pep668.Pip.Policy;

namespace Pep668.Tests.Pip.Policy;

/// <summary>Which folders belong to a managed environment, through any link.</summary>
public sealed class ManagedFoldersTests : IDisposable
{
    private readonly ManagedWorld _managed = new();

    public void Dispose() => _managed.Dispose();

    [Theory]
    [InlineData("/srv/one/../back", nameof(PolicyBypass.Target))]
    [InlineData("/srv/link/../python3.11/site-packages", nameof(PolicyBypass.Target))]
    [InlineData("/srv/back/deeper/and/deeper", nameof(PolicyBypass.Target))]
    [InlineData("/home/user/.local/lib/python3.11/site-packages", nameof(PolicyBypass.Target))]
    [InlineData("../../../usr/lib/python3.11", nameof(PolicyBypass.Target))]
    [InlineData("/usr", nameof(PolicyBypass.Target))]
    [InlineData("vendor", nameof(PolicyBypass.None))]
    [InlineData("/usr/src/app/vendor", nameof(PolicyBypass.None))]
    [InlineData("/usr/lib/python3.1", nameof(PolicyBypass.None))]
    public void Target_inside_the_managed_environment_is_detected_through_any_path(string target, string expected)
    {
        _managed.World.CreateFolder("/srv/one").Link("/srv/back", "/usr/lib/python3.11/site-packages")
            .Link("/srv/link", "/usr/lib/python3.11");
        Assert.Equal(expected, _managed.Decide(_managed.Install() with { Arguments = ["--target", target] }).Bypass.ToString());
        _managed.World.Set("PIP_TARGET", target);
        PipVerdict ambient = _managed.Decide(_managed.Install());
        Assert.Equal(expected, ambient.Bypass.ToString());
        Assert.Equal(expected != nameof(PolicyBypass.None),
            ambient.Refusal?.Message.Contains("PIP_TARGET", StringComparison.Ordinal) == true);
    }

    [Theory]
    [InlineData("/usr/lib/python3.11/site-packages/deeper", false, "/usr")]
    [InlineData("/usr/bin", true, "/usr")]
    [InlineData("/usr/bin", false, null)]
    [InlineData("/usr/share", false, null)]
    [InlineData("/opt/other/lib/python3.9", false, "/opt/other")]
    [InlineData("/opt/other/bin", true, null)]
    [InlineData("/opt/free/lib/python3.10/site-packages", false, null)]
    public void Managed_folders_are_libraries_and_own_scripts(string folder, bool isScripts, string? prefix)
    {
        _managed.World.Python("/opt/other", "3.9.1", "[externally-managed]\nError=no\n").Python("/opt/free", "3.10.1");
        var folders = ManagedFolders.Find(_managed.World.Machine, _managed.Read());
        Assert.Equal(prefix, folders.Owner(folder, isScripts)?.Prefix);
    }

    [Fact]
    public void Managed_folders_of_a_virtual_environment_are_those_of_its_base()
    {
        _managed.World.Venv("/srv/venv", "/usr", "3.11.2");
        var folders = ManagedFolders.Find(_managed.World.Machine, _managed.Read("/srv/venv/bin/python"));
        Assert.Equal("/usr", folders.Owner("/usr/lib/python3.11/site-packages", isScripts: false)?.Prefix);
        Assert.Null(folders.Owner("/srv/venv/lib/python3.11/site-packages", isScripts: false));
    }
}
