using Pep668.Discovery;
using Pep668.Environments;

namespace Pep668.Tests.Discovery.Locators;

/// <summary>Trees as python-build and pyenv-virtualenv make them, and versions chosen as pyenv's <c>libexec</c>
/// does.</summary>
public sealed class PyenvLocatorTests : IDisposable
{
    private const string Root = "/home/user/.pyenv";
    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    private World Install(params string[] versions)
    {
        foreach (string version in versions)
        {
            string series = version.TrimStart("abcdefghijklmnopqrstuvwxyz-".ToCharArray()).TrimEnd('t');
            _world.Python($"{Root}/versions/{version}", char.IsAsciiDigit(version[0]) ? series : "3.9.9");
        }
        return _world.Write(Root + "/shims/python3",
            "#!/usr/bin/env bash\nset -e\nexport PYENV_ROOT=\"/home/user/.pyenv\"\nexec \"/home/user/.pyenv/libexec/pyenv\" exec " +
            "\"$program\" \"$@\"\n", executable: true)
            .Set("PATH", Root + "/shims");
    }

    private string? Chosen() => _world.OnLinux().Identify(Root + "/shims/python3").Environment?.Name;

    [Fact]
    public void Pyenv_virtualenv_environment_has_its_own_name()
    {
        Install("3.12.1").Venv(Root + "/versions/3.12.1/envs/mine", Root + "/versions/3.12.1", "3.12.1")
            .Link(Root + "/versions/mine", "3.12.1/envs/mine");
        EnvironmentCatalog catalog = _world.OnLinux();
        Assert.Equal([("3.12.1", PythonManager.Pyenv), ("mine", PythonManager.Pyenv)], catalog.All.Select(one => (one.Name, one.Manager)));
        Assert.All(catalog.All, one => catalog.AssertSameFromEachPath(one));
        catalog.AssertSameFromEachPath(catalog.All[1], Root + "/versions/mine", Root + "/versions/mine/bin/python");
    }

    [Fact]
    public void Pyenv_framework_build_is_named_by_its_version()
    {
        const string Version = Root + "/versions/3.12.1";
        _world.Python(Version + "/Library/Frameworks/Python.framework/Versions/3.12", "3.12.1")
            .Link(Version + "/Library/Frameworks/Python.framework/Versions/Current", "3.12")
            .Link(Version + "/bin", Version + "/Library/Frameworks/Python.framework/Versions/Current/bin");
        EnvironmentCatalog catalog = _world.OnMac();
        PythonEnvironment only = Assert.Single(catalog.All);
        Assert.Equal((PythonManager.Pyenv, "3.12.1", Version + "/Library/Frameworks/Python.framework/Versions/3.12"),
            (only.Manager, only.Name, only.Prefix));
        catalog.AssertSameFromEachPath(only, Version, Version + "/bin/python3");
    }

    [Theory]
    [InlineData("3.12", "3.12.10")]
    [InlineData("python-3.12", "3.12.10")]
    [InlineData("3.13t", "3.13.1t")]
    [InlineData("3.13", "3.13.0")]
    [InlineData("3.1", null)]
    [InlineData("miniconda3", "miniconda3-4.7.12")]
    [InlineData("# comment\n\n3.99\n3.12.9 words\n", "3.12.9")]
    [InlineData("../../etc\n3.12.9\n", "3.12.9")]
    [InlineData("system\n3.12.9\n", null)]
    [InlineData("3.99:3.12 word\n3.13\n", "3.12.10")]
    [InlineData("3.99:../3.12:3.12.9\n3.13.0\n", "3.13.0")]
    [InlineData(":3.12.9:\n", "3.12.9")]
    [InlineData("", null)]
    public void Pyenv_version_file_selects_the_version_that_pyenv_starts(string file, string? name)
    {
        Install("3.12.9", "3.12.10", "3.13.0", "3.13.1t", "miniconda3-4.7.12", "miniconda3-4.6.14")
            .Python(Root + "/versions/3.12.11rc1", "3.12.11")
            .Write("/home/user/project/.python-version", file).Write("/home/user/.python-version", "3.13.0\n")
            .Write(Root + "/version", "3.13.0\n");
        Assert.Equal(name, Chosen());
    }

    [Fact]
    public void Pyenv_variable_overrides_the_files_and_the_global_file_is_last()
    {
        Install("3.12.9", "3.13.0").Write(Root + "/version", "3.13.0\n");
        Assert.Equal("3.13.0", Chosen());
        _world.Set("PYENV_VERSION", "3.99:3.12.9");
        Assert.Equal("3.12.9", Chosen());
    }

    [Fact]
    public void Pyenv_version_or_environment_outside_PYENV_ROOT_is_still_managed_by_pyenv()
    {
        _world.Python("/srv/pyenv/versions/3.12.1", "3.12.1").CreateFolder("/srv/pyenv/shims")
            .Venv("/srv/pyenv/versions/work", "/srv/pyenv/versions/3.12.1", "3.12.1").Set("PYENV_ROOT", "/srv/pyenv");
        Assert.Equal([("3.12.1", PythonManager.Pyenv), ("work", PythonManager.Pyenv)],
            _world.OnLinux().All.Select(one => (one.Name, one.Manager)).Order());
        _world.Set("PYENV_ROOT", "/elsewhere");
        Assert.Empty(_world.OnLinux().All);
        Assert.Equal(PythonManager.Pyenv, _world.OnLinux().Identify("/srv/pyenv/versions/3.12.1").Environment!.Manager);
    }
}
