using Pep668.Discovery;
using Pep668.Environments;
using Pep668.Machines;

namespace Pep668.Tests.Environments;

/// <summary>An environment that cannot be used is returned as broken, with the reason.</summary>
public sealed class BrokenEnvironmentTests : IDisposable
{
    private readonly World _world = new();

    public BrokenEnvironmentTests() => _world.Python("/usr", "3.11.2").Venv("/env", "/usr", "3.11.2");

    public void Dispose() => _world.Dispose();

    private PythonEnvironment Read(string path = "/env") => new EnvironmentReader(_world.Machine.Files).Read(path).Environment!;

    private void Broken(string problem)
    {
        PythonEnvironment read = Read();
        Assert.Equal(EnvironmentHealth.Broken, read.Health);
        Assert.Contains(problem, read.Problem, StringComparison.Ordinal);
        Assert.Equal(("/env", EnvironmentKind.Virtual, true, false), (read.Prefix, read.Kind, read.IsVirtual, read.IsExternallyManaged));
    }

    [Fact]
    public void Healthy_environment_has_no_problem() => Assert.Equal((EnvironmentHealth.Healthy, null), (Read().Health, Read().Problem));

    [Fact]
    public void Environment_without_its_base_is_broken()
    {
        File.Delete(_world.OnDisk("/usr/bin/python3.11"));
        Broken("Its base Python is gone: /env/bin/python is a link to /usr/bin/python3.11");
        Assert.Equal("3.11.2", Read().Version);
        Assert.Equal("/env", Read("/env/bin/python3").Prefix);
    }

    [Fact]
    public void Link_chain_to_a_missing_base_is_reported_with_its_end()
    {
        _world.Link("/env/bin/python", "python3").Link("/env/bin/python3", "/gone/python3.11");
        Broken("Its base Python is gone: /env/bin/python is a link to /gone/python3.11, which does not exist");
        _world.Link("/env/bin/python3", "python");
        Broken("leads round in a circle");
    }

    [Fact]
    public void Missing_home_is_not_searched_up_to_the_root_folder()
    {
        // With a merged /usr there is a /lib/pythonX.Y as well; getpath ends before the root folder and takes the
        // interpreter's own place.
        _world.Link("/lib", "usr/lib").Write("/env/pyvenv.cfg", "home = /gone/bin\nversion = 3.11.2\n");
        Assert.Equal(("/usr", "/usr/lib/python3.11"), (Read().BasePrefix, Read().StdLib));
        _world.Link("/env/bin/python", "python3").Write("/env/bin/python3", World.Program("3.8.18"), executable: true);
        Broken("Its base Python is gone: the home that its pyvenv.cfg names, /gone/bin, does not exist");
    }

    [Fact]
    public void Environment_whose_base_was_upgraded_is_broken()
    {
        _world.Python("/usr", "3.13.5");
        File.Delete(_world.OnDisk("/env/bin/python"));
        _world.Link("/env/bin/python", "/usr/bin/python3.13");
        Broken("It was made for Python 3.11, but its base Python is now 3.13.5");
    }

    [Fact]
    public void Environment_whose_standard_library_is_missing_is_broken()
    {
        Directory.Delete(_world.OnDisk("/usr/lib/python3.11"), recursive: true);
        Broken("standard library");
    }

    [Fact]
    public void Environment_without_interpreter_is_broken()
    {
        Directory.Delete(_world.OnDisk("/env/bin"), recursive: true);
        Broken("It has no interpreter: /env/bin/python does not exist");
    }

    [Fact]
    public void Environment_whose_interpreter_is_not_executable_is_broken()
    {
        File.SetUnixFileMode(_world.OnDisk("/usr/bin/python3.11"), UnixFileMode.UserRead);
        Broken("may not be executed");
    }

    [Fact]
    public void Environment_whose_interpreter_is_not_a_program_is_broken()
    {
        _world.Write("/usr/bin/python3.11", "text", executable: true);
        Broken("is not a program");
    }

    [Fact]
    public void Environment_whose_pyvenv_cfg_is_not_text_is_broken()
    {
        _world.Write("/env/pyvenv.cfg", [.. "home = /usr/bin\n"u8, 0xFF]);
        Broken("not valid UTF-8 (byte 16)");
    }

    [Theory]
    [InlineData("VIRTUAL_ENV=\"/old/env\"\n", "moved here from /old/env")]
    [InlineData("VIRTUAL_ENV='/old/it'\"'\"'s'\nexport VIRTUAL_ENV\n", "moved here from /old/it's")]
    [InlineData("    export VIRTUAL_ENV=$(cygpath \"/old/env\")\nelse\n    export VIRTUAL_ENV=\"/old/env\"\n", "moved here from /old/env")]
    [InlineData("VIRTUAL_ENV=/twin\n", "copied here from /twin")]
    public void Environment_that_was_moved_or_copied_is_broken(string activate, string problem)
    {
        _world.Venv("/twin", "/usr", "3.11.2").Write("/env/bin/activate", activate);
        Broken(problem);
    }

    [Theory]
    [InlineData("VIRTUAL_ENV=\"/env\"\n")]
    [InlineData("VIRTUAL_ENV='/link'\n")]
    [InlineData("_OLD_VIRTUAL_ENV=/else\nVIRTUAL_ENV=''\"$(dirname -- \"$(dirname -- \"$SCRIPT_PATH\")\")\"''\n")]
    [InlineData("")]
    public void Environment_that_was_not_moved_has_no_problem(string activate)
    {
        _world.Link("/link", "/env").Write("/env/bin/activate", activate);
        Assert.Null(Read().Problem);
    }

    [Theory]
    [InlineData("x86_64", true)]
    [InlineData("aarch64", false)]
    [InlineData(null, true)]
    public void Environment_with_a_program_for_another_architecture_is_broken(string? machine, bool isSound)
    {
        PythonEnvironment read =
            new Pep668.Discovery.EnvironmentCatalog(_world.Machine with { Architecture = machine }).Identify("/env").Environment!;
        Assert.Equal(isSound ? EnvironmentHealth.Healthy : EnvironmentHealth.Broken, read.Health);
        Assert.Equal(isSound, read.Problem?.Contains("built for x86_64, which this aarch64 machine does not run") is null or false);
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
            (Read().Health, Read().BasePrefix, Read().IncludeSystemSitePackages));
    }
}
