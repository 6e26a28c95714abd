using Pep668.Discovery;

namespace Pep668.Tests.Discovery.Locators;

/// <summary>Interpreters in the folders of PATH.</summary>
public sealed class SearchPathLocatorTests : IDisposable
{
    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public void Shims_are_not_listed()
    {
        _world.Python("/usr", "3.11.2").Python("/home/user/.pyenv/versions/3.12.1", "3.12.1")
            .Write("/home/user/.pyenv/shims/python3.12", "#!/bin/sh\nexec pyenv exec\n", executable: true)
            .Write("/usr/local/bin/python3.9", "#!/bin/sh\nexec false\n", executable: true)
            .Set("PATH", "/home/user/.pyenv/shims:/usr/local/bin:/usr/bin");
        Assert.Equal(["3.11.2", "3.12.1"], Catalog().All.Select(one => one.Version).Order());
        Assert.DoesNotContain(Catalog().All.SelectMany(one => one.Aliases.Append(one.Executable)),
            path => path.Contains("shims") || path.Contains("local"));
    }

    [Fact]
    public void Interpreters_on_PATH_are_found_in_any_folder()
    {
        _world.Python("/odd", "3.10.2").Python("/even", "3.12.1").Set("PATH", "/nowhere:/odd/bin");
        PythonEnvironment only = Assert.Single(Catalog().All);
        Assert.Equal(("/odd/bin/python3.10", "SearchPath"), (only.Executable, Assert.Single(only.FoundBy)));
    }

    private EnvironmentCatalog Catalog() => new(_world.Machine);
}
