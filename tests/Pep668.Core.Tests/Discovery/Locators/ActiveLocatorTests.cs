using Pep668.Discovery;
using Pep668.Discovery.Locators;

namespace Pep668.Tests.Discovery.Locators;

/// <summary>The active environment, from the variables that an activation script sets.</summary>
public sealed class ActiveLocatorTests : IDisposable
{
    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    [Theory]
    [InlineData("/srv/venv", "/opt/conda", "/srv/venv")]
    [InlineData("", "/opt/conda", "/opt/conda")]
    [InlineData("/srv/venv", "", "/srv/venv")]
    [InlineData("", "", null)]
    public void Active_environment_is_VIRTUAL_ENV_else_CONDA_PREFIX(string venv, string conda, string? folder)
    {
        _world.Set("VIRTUAL_ENV", venv).Set("CONDA_PREFIX", conda);
        Assert.Equal(folder, ActiveLocator.Folder(_world.Machine));
    }

    [Fact]
    public void Active_environment_is_found_and_marked_as_active()
    {
        _world.Python("/usr", "3.11.2").Venv("/srv/env", "/usr", "3.11.2").Set("VIRTUAL_ENV", "/srv/env");
        PythonEnvironment active = Assert.Single(new EnvironmentCatalog(_world.Machine).All, one => one.IsActive);
        Assert.Equal(("/srv/env", "Active"), (active.Prefix, Assert.Single(active.FoundBy)));
    }
}
