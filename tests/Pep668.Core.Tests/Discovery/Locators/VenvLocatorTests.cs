using Pep668.Discovery;

namespace Pep668.Tests.Discovery.Locators;

/// <summary>The creator of a virtual environment, from its <c>pyvenv.cfg</c>.</summary>
public sealed class VenvLocatorTests : IDisposable
{
    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    [Theory]
    [InlineData("envs")]
    [InlineData("Envs")]
    [InlineData(".venvs")]
    [InlineData(".direnv")]
    public void Environments_in_the_usual_folders_of_a_home_are_found(string folder)
    {
        _world.Python("/usr", "3.12.1").Venv($"/home/user/{folder}/web", "/usr", "3.12.1").CreateFolder($"/home/user/{folder}/other");
        PythonEnvironment found = Assert.Single(_world.OnLinux().All, one => one.IsVirtual);
        Assert.Equal(("web", $"/home/user/{folder}/web"), (found.Name, found.Prefix));
        Assert.Equal(["Venv"], found.FoundBy);
    }

    [Theory]
    [InlineData("", PythonManager.Venv, "env")]
    [InlineData("uv = 0.6.14\nprompt = shop\n", PythonManager.Uv, "shop")]
    [InlineData("virtualenv = 20.17.1\n", PythonManager.Virtualenv, "env")]
    [InlineData("prompt = 'it is'\n", PythonManager.Venv, "it is")]
    public void Virtual_environment_has_its_creator_as_manager_and_its_prompt_as_name(string extra, PythonManager manager, string name)
    {
        _world.Python("/usr", "3.11.2").Venv("/srv/env", "/usr", "3.11.2", extra);
        PythonEnvironment read = Catalog().Identify("/srv/env").Environment!;
        Assert.Equal((manager, name), (read.Manager, read.Name));
    }

    private EnvironmentCatalog Catalog() => new(_world.Machine);
}
