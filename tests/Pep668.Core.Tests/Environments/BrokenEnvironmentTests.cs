using Pep668.Discovery;
using Pep668.Environments;
using Pep668.Machines;

namespace Pep668.Tests.Environments;

/// <summary>An environment that cannot be used is still one, and says why.</summary>
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
    public void A_sound_one_has_no_problem() => Assert.Equal((EnvironmentHealth.Healthy, null), (Read().Health, Read().Problem));

    [Fact]
    public void Its_base_is_gone()
    {
        File.Delete(_world.OnDisk("/usr/bin/python3.11"));
        Broken("Its base Python is gone: /env/bin/python is a link to /usr/bin/python3.11");
        Assert.Equal("3.11.2", Read().Version);
        Assert.Equal("/env", Read("/env/bin/python3").Prefix);
    }

    [Fact]
    public void A_chain_of_links_is_followed_to_its_end()
    {
        _world.Link("/env/bin/python", "python3").Link("/env/bin/python3", "/gone/python3.11");
        Broken("Its base Python is gone: /env/bin/python is a link to /gone/python3.11, which does not exist");
        _world.Link("/env/bin/python3", "python");
        Broken("leads round in a circle");
    }

    [Fact]
    public void A_home_that_leads_nowhere_is_not_sought_up_to_the_root_folder()
    {
        // With a merged /usr there is a /lib/pythonX.Y as well; getpath ends before the root folder and takes the
        // interpreter's own place.
        _world.Link("/lib", "usr/lib").Write("/env/pyvenv.cfg", "home = /gone/bin\nversion = 3.11.2\n");
        Assert.Equal(("/usr", "/usr/lib/python3.11"), (Read().BasePrefix, Read().StdLib));
        _world.Link("/env/bin/python", "python3").Write("/env/bin/python3", World.Program("3.8.18"), executable: true);
        Broken("Its base Python is gone: the home that its pyvenv.cfg names, /gone/bin, does not exist");
    }

    [Fact]
    public void Its_base_was_upgraded()
    {
        _world.Python("/usr", "3.13.5");
        File.Delete(_world.OnDisk("/env/bin/python"));
        _world.Link("/env/bin/python", "/usr/bin/python3.13");
        Broken("It was made for Python 3.11, but its base Python is now 3.13.5");
    }

    [Fact]
    public void Its_library_is_gone()
    {
        Directory.Delete(_world.OnDisk("/usr/lib/python3.11"), recursive: true);
        Broken("standard library");
    }

    [Fact]
    public void It_has_no_interpreter()
    {
        Directory.Delete(_world.OnDisk("/env/bin"), recursive: true);
        Broken("It has no interpreter: /env/bin/python does not exist");
    }

    [Fact]
    public void Its_interpreter_may_not_be_executed()
    {
        File.SetUnixFileMode(_world.OnDisk("/usr/bin/python3.11"), UnixFileMode.UserRead);
        Broken("may not be executed");
    }

    [Fact]
    public void Its_interpreter_is_not_a_program()
    {
        _world.Write("/usr/bin/python3.11", "text", executable: true);
        Broken("is not a program");
    }

    [Fact]
    public void Its_configuration_is_not_text()
    {
        _world.Write("/env/pyvenv.cfg", [.. "home = /usr/bin\n"u8, 0xFF]);
        Broken("not valid UTF-8 (byte 16)");
    }

    [Theory]
    [InlineData("VIRTUAL_ENV=\"/old/env\"\n", "moved here from /old/env")]
    [InlineData("VIRTUAL_ENV='/old/it'\"'\"'s'\nexport VIRTUAL_ENV\n", "moved here from /old/it's")]
    [InlineData("    export VIRTUAL_ENV=$(cygpath \"/old/env\")\nelse\n    export VIRTUAL_ENV=\"/old/env\"\n", "moved here from /old/env")]
    [InlineData("VIRTUAL_ENV=/twin\n", "copied here from /twin")]
    public void It_was_moved_or_copied(string activate, string problem)
    {
        _world.Venv("/twin", "/usr", "3.11.2").Write("/env/bin/activate", activate);
        Broken(problem);
    }

    [Theory]
    [InlineData("VIRTUAL_ENV=\"/env\"\n")]
    [InlineData("VIRTUAL_ENV='/link'\n")]
    [InlineData("_OLD_VIRTUAL_ENV=/else\nVIRTUAL_ENV=''\"$(dirname -- \"$(dirname -- \"$SCRIPT_PATH\")\")\"''\n")]
    [InlineData("")]
    public void It_was_not_moved(string activate)
    {
        _world.Link("/link", "/env").Write("/env/bin/activate", activate);
        Assert.Null(Read().Problem);
    }

    [Theory]
    [InlineData("x86_64", true)]
    [InlineData("aarch64", false)]
    [InlineData(null, true)]
    public void Its_program_is_for_another_machine(string? machine, bool isSound)
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
    public void Its_configuration_is_read_as_Python_does(string text, bool includesSystem)
    {
        _world.Write("/env/pyvenv.cfg", text);
        Assert.Equal((EnvironmentHealth.Healthy, "/usr", includesSystem),
            (Read().Health, Read().BasePrefix, Read().IncludeSystemSitePackages));
    }
}
