using Pep668.Discovery;

namespace Pep668.Tests.Discovery.Locators;

/// <summary>Trees and shims as pyenv-win's <c>pyenv-lib.vbs</c> makes them.</summary>
public sealed class PyenvWinLocatorTests : IDisposable
{
    private const string Usual = "/mnt/c/Users/user/.pyenv/pyenv-win";
    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    private World Install(string root, params string[] versions)
    {
        foreach (string version in versions)
        {
            _world.WindowsPython($"{root}/versions/{version}", version);
        }
        return _world.Write($"{root}/libexec/pyenv.vbs", "")
            .Write($"{root}/shims/python.bat", "@echo off\r\nchcp 1250 > NUL\r\ncall pyenv exec %~n0 %*\r\n", executable: true)
            .Write($"{root}/shims/python", "#!/bin/sh\npyenv exec $(basename \"$0\") \"$@\"\n", executable: true)
            .Set("PATH", $"{root}/shims;/mnt/c/Python312");
    }

    [Theory]
    [InlineData(Usual, null)]
    [InlineData("/mnt/d/pyenv-win", "PYENV")]
    [InlineData("/mnt/d/pyenv-win", "PYENV_ROOT")]
    public void PyenvWin_versions_in_its_folder_are_found(string root, string? variable)
    {
        Install(root, "3.12.4", "3.11.9");
        if (variable is not null)
        {
            _world.Set(variable, root + "/");
        }
        EnvironmentCatalog catalog = _world.OnWindows();
        Assert.Equal([("3.11.9", PythonManager.Pyenv), ("3.12.4", PythonManager.Pyenv)],
            catalog.All.Select(one => (one.Name, one.Manager)));
        Assert.All(catalog.All, one => catalog.AssertSameFromEachPath(one));
        Assert.DoesNotContain(catalog.All.SelectMany(one => one.Aliases.Append(one.Executable)), path => path.Contains("shims"));
    }

    [Theory]
    [InlineData("3.12\n", null, "3.12.10")]
    [InlineData("3.11.9\r\n3.12.4\r\n", null, "3.11.9")]
    [InlineData("", null, "3.12.4")]
    [InlineData("../..\n", null, "3.12.4")]
    [InlineData("3.12\n", "3.11.9", "3.11.9")]
    [InlineData("3.99\n", null, "3.12.5")]
    public void PyenvWin_shim_before_another_Python_on_PATH_is_the_default(string file, string? variable, string version)
    {
        Install(Usual, "3.12.4", "3.12.10", "3.11.9").WindowsPython("/mnt/c/Python312", "3.12.5").Write(Usual + "/version", "3.12.4\r\n");
        _world.CurrentDirectory = "/mnt/c/Users/user/project";
        _world.Write("/mnt/c/Users/user/project/.python-version", file);
        if (variable is not null)
        {
            _world.Set("PYENV_VERSION", variable);
        }
        Assert.Equal(version, Assert.Single(_world.OnWindows().All, one => one.IsDefault).Version);
    }
}
