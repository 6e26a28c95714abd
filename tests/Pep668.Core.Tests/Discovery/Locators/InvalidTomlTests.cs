using Pep668.Discovery;

namespace Pep668.Tests.Discovery.Locators;

/// <summary>
/// Settings before a syntax error in the same file: Poetry, PDM, Hatch, mise and Rye stop with an error, pixi
/// ignores the file. No setting applies, and what is in the usual folders is found.
/// </summary>
public sealed class InvalidTomlTests : IDisposable
{
    private const string Error = "\n[unfinished\n";
    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    [Theory]
    [InlineData(
        PythonManager.Poetry, ".config/pypoetry/config.toml", "[virtualenvs]\npath = '/srv/envs'", "/srv/envs/my-app-Ab3_-9xZ-py3.12",
        "/home/user/.cache/pypoetry/virtualenvs/my-app-Ab3_-9xZ-py3.12")]
    [InlineData(
        PythonManager.Pdm, ".config/pdm/config.toml", "[venv]\nlocation = '/srv/envs'", "/srv/envs/my-app-Ab3_-9xZ-3.12",
        "/home/user/.local/share/pdm/venvs/my-app-Ab3_-9xZ-3.12")]
    [InlineData(
        PythonManager.Hatch, ".config/hatch/config.toml", "[dirs.env]\nvirtual = '/srv/envs'", "/srv/envs/my-app/Ab3_-9xZ/test.py3.12",
        "/home/user/.local/share/hatch/env/virtual/my-app/Ab3_-9xZ/test.py3.12")]
    public void Setting_in_invalid_TOML_does_not_apply(PythonManager manager, string file, string text, string configured, string usual)
    {
        _world.Venv(configured, "/usr", "3.12.3").Venv(usual, "/usr", "3.12.3").Write("/home/user/" + file, text);
        Assert.Contains(configured, Found(manager));
        _world.Write("/home/user/" + file, text + Error);
        Assert.Equal([usual], Found(manager));
    }

    [Fact]
    public void Pixi_ignores_invalid_TOML()
    {
        const string Configured = "/srv/envs/my-app-1234567890/envs/default", Usual = "/home/user/.cache/.pixi/envs/my-app-1/envs/default";
        foreach (string prefix in (string[])[Configured, Usual])
        {
            _world.Python(prefix, "3.12.3").Write(prefix + "/conda-meta/history", "").Write(prefix + "/conda-meta/pixi", "{}");
        }
        const string Text = "detached-environments = '/srv/envs'";
        _world.Write("/home/user/.pixi/config.toml", Text);
        Assert.Contains(Configured, Found(PythonManager.Pixi));
        _world.Write("/home/user/.pixi/config.toml", Text + Error);
        Assert.Equal([Usual], Found(PythonManager.Pixi));
    }

    [Theory]
    [InlineData("/home/user/project/mise.toml")]
    [InlineData("/home/user/.config/mise/config.toml")]
    public void Mise_shim_with_invalid_TOML_starts_none_of_its_versions(string file)
    {
        const string Data = "/home/user/.local/share/mise", Text = "[tools]\npython = '3.12'";
        _world.Python(Data + "/installs/python/3.12.7", "3.12.7").Link(Data + "/installs/python/3.12", "./3.12.7").Python("/usr", "3.10.2")
            .Write("/usr/bin/mise", World.Program("2026.8.1"), executable: true).Link(Data + "/shims/python3", "/usr/bin/mise")
            .Set("PATH", Data + "/shims:/usr/bin").Write(file, Text);
        Assert.Equal("3.12.7", Default());
        _world.Write(file, Text + Error);
        Assert.NotEqual("3.12.7", Default());
        Assert.Equal([Data + "/installs/python/3.12.7"], Found(PythonManager.Mise));
    }

    [Fact]
    public void Rye_shim_with_invalid_TOML_starts_none_of_its_versions()
    {
        const string Root = "/home/user/.rye", Text = "[behavior]\nglobal-python = true\n[default]\ntoolchain = 'cpython@3.12'";
        _world.Python(Root + "/py/cpython@3.12.3", "3.12.3").Python("/usr", "3.10.2")
            .Write(Root + "/shims/python3", World.Program("x"), executable: true)
            .Set("PATH", Root + "/shims:/usr/bin").Write(Root + "/config.toml", Text);
        Assert.Equal("3.12.3", Default());
        _world.Write(Root + "/config.toml", Text + Error);
        Assert.NotEqual("3.12.3", Default());
    }

    private IEnumerable<string> Found(PythonManager manager) =>
        new EnvironmentCatalog(_world.Machine).Find([manager]).Select(one => one.Prefix);

    private string? Default() => new EnvironmentCatalog(_world.Machine).All.SingleOrDefault(one => one.IsDefault)?.Version;
}
