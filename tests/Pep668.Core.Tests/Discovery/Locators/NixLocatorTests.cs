using Pep668.Discovery;

namespace Pep668.Tests.Discovery.Locators;

/// <summary>Profiles and store paths as Nix lays them out.</summary>
public sealed class NixLocatorTests : IDisposable
{
    private const string Python = "/nix/store/0q1k2rs1x2m3q4w5e6r7t8y9u0i1o2p3-python3-3.12.8";
    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    [Theory]
    [InlineData("/home/user/.nix-profile", null)]
    [InlineData("/home/user/.local/state/nix/profile", null)]
    [InlineData("/etc/profiles/per-user/user", null)]
    [InlineData("/nix/var/nix/profiles/default", null)]
    [InlineData("/run/current-system/sw", null)]
    [InlineData("/srv/profile", "/elsewhere /srv/profile")]
    public void Nix_Python_linked_from_a_profile_is_found_and_the_rest_of_the_store_is_not(string profile, string? profiles)
    {
        _world.Python(Python, "3.12.8").Python("/nix/store/1q1k2rs1x2m3q4w5e6r7t8y9u0i1o2p3-python3-3.11.9", "3.11.9")
            .Link(profile + "/bin/python3", Python + "/bin/python3.12");
        if (profiles is not null)
        {
            _world.Set("NIX_PROFILES", profiles);
        }
        EnvironmentCatalog catalog = _world.OnLinux();
        PythonEnvironment only = Assert.Single(catalog.All);
        Assert.Equal((PythonManager.Nix, Python, "3.12.8"), (only.Manager, only.Prefix, only.Version));
        Assert.Contains(profile + "/bin/python3", only.Aliases);
        catalog.AssertSameFromEachPath(only);
    }

    [Fact]
    public void Nix_Python_with_packages_is_a_separate_environment()
    {
        const string Env = "/nix/store/2q1k2rs1x2m3q4w5e6r7t8y9u0i1o2p3-python3-3.12.8-env";
        _world.Python(Python, "3.12.8").Write(Env + "/bin/python3.12", World.Program("3.12.8"), executable: true)
            .Link(Env + "/bin/python3", "python3.12")
            .Link(Env + "/lib/python3.12/os.py", Python + "/lib/python3.12/os.py").CreateFolder(Env + "/lib/python3.12/site-packages")
            .Link("/run/current-system/sw/bin/python3", Env + "/bin/python3");
        PythonEnvironment only = Assert.Single(_world.OnLinux().All);
        Assert.Equal((Env, Env + "/lib/python3.12", PythonManager.Nix), (only.Prefix, only.StdLib, only.Manager));
        _world.OnLinux().AssertSameFromEachPath(only);
    }
}
