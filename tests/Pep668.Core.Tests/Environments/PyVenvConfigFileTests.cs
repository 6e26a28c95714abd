using Pep668.Environments;
using Pep668.Machines;

namespace Pep668.Tests.Environments;

/// <summary><c>pyvenv.cfg</c>, read as Python reads it.</summary>
public sealed class PyVenvConfigFileTests : IDisposable
{
    private readonly World _world = new World().Python("/usr", "3.11.2").Venv("/env", "/usr", "3.11.2");

    public void Dispose() => _world.Dispose();

    [Fact]
    public void Environment_whose_pyvenv_cfg_is_not_text_is_broken()
    {
        _world.Write("/env/pyvenv.cfg", [.. "home = /usr/bin\n"u8, 0xFF]);
        AssertBroken("not valid UTF-8 (byte 16)");
    }

    [Theory]
    [InlineData("home = /usr/bin\nhome = /other\n", true)]
    [InlineData("HOME=/usr/bin\nInclude-System-Site-Packages = TRUE", true)]
    [InlineData("include-system-site-packages = false\r\nhome\u00a0=\u00a0/usr/bin\r\n", false)]
    [InlineData("home = /usr/bin\ninclude-system-site-packages = yes\n", false)]
    [InlineData("", true)]
    public void PyVenvConfig_is_read_as_Python_reads_it(string text, bool includesSystem)
    {
        _world.Write("/env/pyvenv.cfg", text);
        Assert.Equal((EnvironmentHealth.Healthy, "/usr", includesSystem),
            (_world.Read("/env").Health, _world.Read("/env").BasePrefix, _world.Read("/env").IncludeSystemSitePackages));
    }

    [Theory]
    [InlineData("prompt = 'it is'\n", "it is", null, PythonManager.Venv)]
    [InlineData("prompt = 'it\n", "'it", null, PythonManager.Venv)]
    [InlineData("prompt =\nversion_info = 3.11.2.final.0\n", null, "3.11.2.final.0", PythonManager.Venv)]
    [InlineData("uv = 0.6.14\nversion = 3.11.2\n", null, "3.11.2", PythonManager.Uv)]
    [InlineData("python-version = 3.16\n", null, "3.16", PythonManager.Venv)]
    [InlineData("version = 3.16.2\npython-version = 3.16\n", null, "3.16.2", PythonManager.Venv)]
    [InlineData("python-version = 3.16\nversion_info = 3.16.2\nuv = 0.9\n", null, "3.16.2", PythonManager.Uv)]
    [InlineData("virtualenv = 20.17.1\n", null, null, PythonManager.Virtualenv)]
    [InlineData("no equals sign\n= value\n", null, null, PythonManager.Venv)]
    public void PyVenvConfig_has_prompt_version_and_creator(string text, string? prompt, string? version, PythonManager creator)
    {
        _world.Write("/env/pyvenv.cfg", text);
        VenvConfig config = PyVenvConfigFile.Read(_world.Machine.Files, "/env/pyvenv.cfg")!;
        Assert.Equal((prompt, version, creator), (config.Prompt, config.Version, config.Creator));
    }

    // Windows PowerShell writes it so.
    [Fact]
    public void PyVenvConfig_of_Windows_in_UTF_16_names_Windows()
    {
        _world.Write("/other/pyvenv.cfg",
            [.. System.Text.Encoding.Unicode.GetPreamble(), .. System.Text.Encoding.Unicode.GetBytes("home = C:\\Python311\r\n")])
            .Write("/other/Scripts/python.exe", "MZ");
        Assert.Equal("It was created on Windows and works only there.", _world.Read("/other").Problem);
    }

    [Fact]
    public void PyVenvConfig_is_none_for_a_missing_file_or_a_folder()
    {
        Assert.Null(PyVenvConfigFile.Read(_world.Machine.Files, "/usr/pyvenv.cfg"));
        Assert.Null(PyVenvConfigFile.Read(_world.Machine.Files, "/usr"));
    }

    private void AssertBroken(string problem)
    {
        PythonEnvironment read = _world.Read("/env");
        Assert.Equal(EnvironmentHealth.Broken, read.Health);
        Assert.Contains(problem, read.Problem, StringComparison.Ordinal);
    }
}
