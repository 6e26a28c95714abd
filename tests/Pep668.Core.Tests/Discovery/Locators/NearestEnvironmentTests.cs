using Pep668.Discovery;
using Pep668.Discovery.Locators;

namespace Pep668.Tests.Discovery.Locators;

/// <summary>The nearest <c>.venv</c> in the current folder or its parent folders.</summary>
public sealed class NearestVenvLocatorTests : IDisposable
{
    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    [Theory]
    [InlineData("/home/user/project", "/home/user/project/.venv")]
    [InlineData("/home/user/project/src/deep", "/home/user/project/.venv")]
    [InlineData("/home/user", "/home/.venv")]
    [InlineData("/srv", null)]
    public void Nearest_dot_venv_is_in_the_folder_or_a_parent_folder(string folder, string? nearest)
    {
        _world.Python("/usr", "3.11.2").Venv("/home/user/project/.venv", "/usr", "3.11.2").Venv("/home/.venv", "/usr", "3.11.2")
            .CreateFolder("/home/user/project/src/deep").CreateFolder("/home/user/.venv").CurrentDirectory = folder;
        Assert.Equal(nearest, NearestVenvLocator.Nearest(_world.Machine));
    }

    [Fact]
    public void Active_and_nearest_environments_are_listed_with_the_locators_that_found_them()
    {
        _world.Python("/usr", "3.11.2").Venv("/home/user/project/.venv", "/usr", "3.11.2").Set("VIRTUAL_ENV", "/home/user/project/.venv");
        PythonEnvironment venv = Assert.Single(Catalog().All, one => one.IsVirtual);
        Assert.Equal(["Active", "Upward"], venv.FoundBy);
        Assert.Equal((true, "project", PythonManager.Venv), (venv.IsActive, venv.Name, venv.Manager));
    }

    private EnvironmentCatalog Catalog() => new(_world.Machine);
}
