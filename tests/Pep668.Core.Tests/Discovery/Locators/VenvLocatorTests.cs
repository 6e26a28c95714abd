using Pep668.Discovery;

namespace Pep668.Tests.Discovery.Locators;

/// <summary>The creator of a virtual environment, from its <c>pyvenv.cfg</c>.</summary>
public sealed class VenvLocatorTests : IDisposable
{
    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

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
