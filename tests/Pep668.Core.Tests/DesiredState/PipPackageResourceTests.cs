using Pep668.DesiredState;

namespace Pep668.Tests.DesiredState;

/// <summary>The state of packages, with real pips.</summary>
public sealed class PipPackageResourceTests : IDisposable
{
    private readonly ResourceWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Theory]
    [InlineData("newest")]
    [InlineData("managed")]
    [FullInlineData("3.6")]
    public void Package_is_planned_set_and_then_unchanged(string python)
    {
        PythonEnvironment venv = _world.Install.Venv(python);
        string one = State(venv, "tiny", """  "version": "1.0"  """), two = State(venv, "tiny", """  "version": ">=1.1,<2"  """),
            absent = State(venv, "tiny", """  "_exist": false  """);
        Assert.Equal(["_exist"], _world.Differing("PipPackage", one));
        Assert.Equal("1.0", _world.SetAsPlanned("PipPackage", one).After.Text("version"));
        Assert.Empty(_world.Set("PipPackage", one).Changed);

        Assert.Equal(["version"], _world.Differing("PipPackage", two));
        // pip before 22.2 cannot plan which version it is.
        ResourceChange upgrade = python is "3.6" ? _world.Set("PipPackage", two) : _world.SetAsPlanned("PipPackage", two);
        Assert.Equal(["version"], upgrade.Changed);
        Assert.Equal(("1.0", "1.1"), (upgrade.Before.Text("version"), upgrade.After.Text("version")));

        Assert.Equal(["_exist", "version", "location"], _world.SetAsPlanned("PipPackage", absent).Changed);
        Assert.Empty(_world.Set("PipPackage", absent).Changed);
    }

    [Fact]
    public void Latest_is_the_newest_version_that_the_specifier_allows()
    {
        PythonEnvironment venv = _world.Install.Venv("newest");
        _world.Set("PipPackage", State(venv, "tiny", """  "version": "1.0"  """));
        string latest = State(venv, "tiny", """  "latest": true, "version": "<2"  """);
        Assert.Equal(["latest"], _world.Differing("PipPackage", latest));
        Assert.Equal("1.1", _world.SetAsPlanned("PipPackage", latest).After.Text("version"));
        Assert.Empty(_world.Differing("PipPackage", latest));
        Assert.Empty(_world.Set("PipPackage", latest).Changed);
        Assert.Empty(_world.Differing("PipPackage", State(venv, "tiny", """  "latest": false  """)));
    }

    [Fact]
    public void Managed_environment_is_refused_with_the_message_of_the_distribution()
    {
        PythonEnvironment managed = _world.Install.Managed();
        foreach (bool isPlan in (bool[])[true, false])
        {
            Failure failure = _world.TrySet("PipPackage", State(managed, "tiny", ""), isPlan).Failure!;
            Assert.Equal(FailureId.ExternallyManagedEnvironment, failure.Id);
            Assert.Contains("apt install", failure.Details);
        }
    }

    [Fact]
    public void Override_of_the_machine_does_not_apply_and_that_of_the_resource_does()
    {
        PythonEnvironment managed = _world.Install.Managed();
        _world.Install.Set("PIP_BREAK_SYSTEM_PACKAGES", "1");
        Outcome<ResourceChange> refused = _world.TrySet("PipPackage", State(managed, "tiny", ""), isPlan: true);
        Assert.Equal(FailureId.ExternallyManagedEnvironment, refused.Failure?.Id);
        Assert.Empty(_world.TrySet("PipPackage", State(managed, "tiny", """  "breakSystemPackages": true  """), isPlan: true).Failures);
    }

    [Fact]
    public void Package_that_is_not_found_is_an_error_and_changes_nothing()
    {
        PythonEnvironment venv = _world.Install.Venv("newest");
        Assert.Equal(FailureId.PipFailed, _world.TrySet("PipPackage", State(venv, "nosuch", ""), isPlan: true).Failure?.Id);
        Assert.Equal(FailureId.PipFailed, _world.TrySet("PipPackage", State(venv, "nosuch", "")).Failure?.Id);
        Assert.False(_world.Get("PipPackage", State(venv, "nosuch", "")).Exists);
    }

    [Fact]
    public void Environment_that_is_not_found_is_an_error() => Assert.Equal(FailureId.EnvironmentNotFound,
        _world.TrySet("PipPackage", """{"environment": "~/nowhere/venv", "name": "tiny"}""").Failure?.Id);

    [Fact]
    public void Package_of_the_base_Python_is_not_removed_and_the_plan_says_so()
    {
        Interpreter python = Interpreters.Need("managed", Needs.Venv);
        string folder = Path.Combine(_world.Folder, "seeing");
        _world.Set("PythonVenv", $$"""{"path": "{{folder}}", "python": "{{python.Executable}}", "systemSitePackages": true}""");
        ResourceState? outside = ResourceWorld.Type("PipPackage")
            .Export(_world.Host, ResourceState.Empty.With("environment", folder)).Value()
            .FirstOrDefault(one => !one.Text("location")!.StartsWith(folder, StringComparison.Ordinal));
        Assert.SkipWhen(outside is null, "needs a package of the system's Python");
        string state = $$"""{"environment": "{{folder}}", "name": "{{outside!.Text("name")}}", "_exist": false}""";
        Assert.All((bool[])[true, false], isPlan =>
        {
            Failure failure = _world.TrySet("PipPackage", state, isPlan, out bool hasChanged).Failure!;
            Assert.Equal((FailureId.StateNotReached,
                $"'{outside.Text("name")}' is in '{outside.Text("location")}', which is not a folder of '{folder}'; "
                    + "pip does not remove it from there."), (failure.Id, failure.Message));
            Assert.False(hasChanged);
        });
    }

    [Fact]
    public void Package_is_absent_from_an_environment_that_does_not_exist() => Assert.Empty(
        _world.Set("PipPackage", """{"environment": "~/nowhere/venv", "name": "tiny", "_exist": false}""").Changed);

    [Fact]
    public void Export_lists_the_packages_of_an_environment()
    {
        PythonEnvironment venv = _world.Install.Venv("newest");
        _world.Set("PipPackage", State(venv, "Top.Name", ""));
        ResourceState filter = ResourceState.Empty.With("environment", venv.Executable);
        ResourceType type = ResourceWorld.Type("PipPackage");
        string?[] names = [.. type.Export(_world.Host, filter).Value().Select(one => one.Text("name"))];
        Assert.All((string[])["pip", "tiny", "Top.Name"], name => Assert.Contains(name, names));
        ResourceState one = Assert.Single(type.Export(_world.Host, filter.With("name", "top_name")).Value());
        Assert.Equal(("Top.Name", "1.0", true), (one.Text("name"), one.Text("version"), one.Exists));
    }

    private string State(PythonEnvironment environment, string name, string more) => $$"""
        {"environment": "{{environment.Executable}}", "name": "{{name}}", {{_world.Source}}{{(more.Trim().Length == 0 ? "" : ", " + more)}}}
        """;
}
