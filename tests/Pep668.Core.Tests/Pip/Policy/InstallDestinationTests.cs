using Pep668.Pip.Policy;

namespace Pep668.Tests.Pip.Policy;

/// <summary>The folders that an install with <c>--target</c>, <c>--prefix</c> or <c>--root</c> writes to.</summary>
public sealed class InstallDestinationTests : IDisposable
{
    private readonly ManagedWorld _managed = new();

    public void Dispose() => _managed.Dispose();

    [Theory]
    [InlineData("vendor", "/srv/vendor")]
    [InlineData("/srv/vendor", "/srv/vendor")]
    [InlineData("/srv/link/../vendor", "/srv/link/../vendor")]
    public void Target_is_written_with_its_scripts_relative_to_the_current_folder(string value, string folder) =>
        Assert.Equal([folder, folder + "/bin"], Written(null, new InstallDestination(PolicyBypass.Target, value, null)));

    [Fact]
    public void Prefix_is_written_in_the_folders_of_every_scheme()
    {
        string[] written = Written(null, new InstallDestination(PolicyBypass.Prefix, "/srv", null));
        Assert.Contains("/srv/bin", written);
        Assert.Contains("/srv/lib/python3.11/site-packages", written);
        Assert.Contains("/srv/lib64/python3.11/site-packages", written);
        Assert.Contains("/srv/local/lib/python3.11/dist-packages", written);
    }

    [Fact]
    public void Root_is_put_before_the_default_folders_and_before_the_target()
    {
        var root = new InstallDestination(PolicyBypass.Root, "/srv", null);
        Assert.Contains("/srv/usr/lib/python3.11/site-packages", Written(null, root));
        Assert.Contains("/srv/home/user/.local", Written("/home/user/.local", root));
        Assert.Equal(["/opt/vendor", "/srv/opt/vendor", "/opt/vendor/bin", "/srv/opt/vendor/bin"],
            Written(null, root, new InstallDestination(PolicyBypass.Target, "/opt/vendor", null)));
    }

    [Fact]
    public void Empty_target_is_the_default_destination() =>
        Assert.Contains("/usr/lib/python3.11/site-packages", Written(null, new InstallDestination(PolicyBypass.Target, "", null)));

    private string[] Written(string? userSite, params InstallDestination[] destinations) =>
        [.. InstallDestination.Written(destinations, _managed.Read(), "/srv", userSite).Select(one => one.Path)];
}
