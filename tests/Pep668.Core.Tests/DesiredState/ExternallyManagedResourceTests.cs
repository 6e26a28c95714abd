using Pep668.DesiredState;

namespace Pep668.Tests.DesiredState;

/// <summary>Whether an environment is managed, as a state that is only read.</summary>
public sealed class ExternallyManagedResourceTests : IDisposable
{
    private readonly ResourceWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public void Managed_Python_is_reported_with_its_marker_and_its_overrides()
    {
        PythonEnvironment managed = _world.Install.Managed();
        Assert.Empty(_world.Differing("ExternallyManaged", State(managed, """  "managed": true, "overrides": []  """)));
        Assert.Equal(["managed"], _world.Differing("ExternallyManaged", State(managed, """  "managed": false  """)));
        Assert.Equal(managed.MarkerPath, _world.Get("ExternallyManaged", State(managed, "")).Text("markerPath"));

        _world.Install.Set("PIP_BREAK_SYSTEM_PACKAGES", "1");
        string set = Assert.Single(_world.Get("ExternallyManaged", State(managed, "")).List("overrides"));
        Assert.Equal("environment: PIP_BREAK_SYSTEM_PACKAGES=1", set);
        Assert.Equal(["overrides"], _world.Differing("ExternallyManaged", State(managed, """  "overrides": []  """)));
        Assert.Empty(_world.Differing("ExternallyManaged", State(managed, $"""  "overrides": ["{set}"]  """)));
    }

    [Fact]
    public void Environment_without_a_marker_is_not_managed_and_conflicts_are_named()
    {
        PythonEnvironment venv = _world.Install.Venv("newest");
        string desired = State(venv, """  "managed": false, "conflicts": []  """);
        Assert.Empty(_world.Differing("ExternallyManaged", desired));
        Directory.CreateDirectory(Path.Combine(venv.SitePackages[0], "ghost-1.0.dist-info"));
        Assert.Equal(["conflicts"], _world.Differing("ExternallyManaged", desired));
        Assert.Contains("ghost", Assert.Single(_world.Get("ExternallyManaged", desired).List("conflicts")));
    }

    [Fact]
    public void State_is_never_set()
    {
        Failure failure = _world.TrySet("ExternallyManaged", State(_world.Install.Managed(), """  "managed": false  """)).Failure!;
        Assert.Equal("ExternallyManaged has no set operation: it is read-only.", failure.Message);
    }

    [Fact]
    public void Export_has_each_Python_of_the_system()
    {
        PythonEnvironment managed = _world.Install.Managed();
        Assert.Contains(ResourceWorld.Type("ExternallyManaged").Export(_world.Host, ResourceState.Empty).Value(),
            one => one.Text("markerPath") == managed.MarkerPath);
    }

    private static string State(PythonEnvironment environment, string more) =>
        $$"""{"environment": "{{environment.Executable}}"{{(more.Trim().Length == 0 ? "" : ", " + more)}}}""";
}
