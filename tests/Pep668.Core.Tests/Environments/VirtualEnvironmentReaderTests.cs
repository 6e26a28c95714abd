using Pep668.Discovery;
using Pep668.Environments;
using Pep668.Machines;

namespace Pep668.Tests.Environments;

/// <summary>An environment that cannot be used is returned as broken, with the reason.</summary>
public sealed class VirtualEnvironmentReaderTests : IDisposable
{
    private readonly World _world = new();

    public VirtualEnvironmentReaderTests() => _world.Python("/usr", "3.11.2").Venv("/env", "/usr", "3.11.2");

    public void Dispose() => _world.Dispose();

    private PythonEnvironment Read(string path = "/env") => new EnvironmentReader(_world.Machine.Files).Read(path).Environment!;

    private void Broken(string problem)
    {
        PythonEnvironment read = Read();
        Assert.Equal(EnvironmentHealth.Broken, read.Health);
        Assert.Contains(problem, read.Problem, StringComparison.Ordinal);
        Assert.Equal(("/env", EnvironmentKind.Virtual, true, false), (read.Prefix, read.Kind, read.IsVirtual, read.IsExternallyManaged));
    }

    // virtualenv 16: a copy of the interpreter, and a site.py of its own that reads orig-prefix.txt.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Environment_of_virtualenv_before_20_is_one_also_without_its_base(bool hasBase)
    {
        if (hasBase)
        {
            _world.Python("/usr", "3.6.15");
        }
        _world.Write("/srv/old/bin/python3.6", World.Program("3.6.15", "/usr"), executable: true)
            .Link("/srv/old/bin/python", "python3.6")
            .Write("/srv/old/lib/python3.6/orig-prefix.txt", "/usr").Write("/srv/old/lib/python3.6/no-global-site-packages.txt", "")
            .CreateFolder("/srv/old/lib/python3.6/site-packages");
        PythonEnvironment environment = new EnvironmentCatalog(_world.Machine).Identify("/srv/old").Environment!;
        Assert.Equal((true, "/srv/old", "old", PythonManager.Virtualenv, false),
            (environment.IsVirtual, environment.Prefix, environment.Name, environment.Manager, environment.IncludeSystemSitePackages));
        Assert.Equal(hasBase ? EnvironmentHealth.Healthy : EnvironmentHealth.Broken, environment.Health);
        Assert.Equal(hasBase ? null : "Its base Python is missing: '/usr', in its orig-prefix.txt, has no Python.", environment.Problem);
    }

    [Fact]
    public void Healthy_environment_has_no_problem() => Assert.Equal((EnvironmentHealth.Healthy, null), (Read().Health, Read().Problem));

    [Fact]
    public void Environment_without_its_base_is_broken()
    {
        File.Delete(_world.OnDisk("/usr/bin/python3.11"));
        Broken("Its base Python is missing: '/env/bin/python' is a link to '/usr/bin/python3.11'");
        Assert.Equal("3.11.2", Read().Version);
        Assert.Equal("/env", Read("/env/bin/python3").Prefix);
    }

    [Fact]
    public void Link_chain_to_a_missing_base_is_reported_with_its_end()
    {
        _world.Link("/env/bin/python", "python3").Link("/env/bin/python3", "/gone/python3.11");
        Broken("Its base Python is missing: '/env/bin/python' is a link to '/gone/python3.11', which does not exist");
        _world.Link("/env/bin/python3", "python");
        Broken("is a circular link");
    }

    [Fact]
    public void Missing_home_is_not_searched_up_to_the_root_folder()
    {
        // With a merged /usr there is a /lib/pythonX.Y as well; getpath ends before the root folder and takes the
        // interpreter's own place.
        _world.Link("/lib", "usr/lib").Write("/env/pyvenv.cfg", "home = /gone/bin\nversion = 3.11.2\n");
        Assert.Equal(("/usr", "/usr/lib/python3.11"), (Read().BasePrefix, Read().StdLib));
        _world.Link("/env/bin/python", "python3").Write("/env/bin/python3", World.Program("3.8.18"), executable: true);
        Broken("Its base Python is missing: '/gone/bin', the home in its pyvenv.cfg, does not exist");
    }

    [Fact]
    public void Environment_whose_base_was_upgraded_is_broken()
    {
        _world.Python("/usr", "3.13.5");
        File.Delete(_world.OnDisk("/env/bin/python"));
        _world.Link("/env/bin/python", "/usr/bin/python3.13");
        Broken("It was created for Python 3.11, but its base Python is now 3.13.5");
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
        Broken("Its interpreter '/env/bin/python' does not exist");
    }

    [Fact]
    public void Environment_whose_interpreter_is_not_executable_is_broken()
    {
        File.SetUnixFileMode(_world.OnDisk("/usr/bin/python3.11"), UnixFileMode.UserRead);
        Broken("is not executable");
    }

    [Fact]
    public void Environment_whose_interpreter_is_not_a_program_is_broken()
    {
        _world.Write("/usr/bin/python3.11", "text", executable: true);
        Broken("is not a program");
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
        Assert.Equal(isSound, read.Problem?.Contains("built for x86_64, which this aarch64 machine cannot run") is null or false);
    }

    [Theory]
    [InlineData("/usr\0/bin")]
    [InlineData("\0")]
    public void Home_with_a_NUL_is_a_problem_of_the_environment(string home)
    {
        _world.Write("/env/pyvenv.cfg", $"home = {home}\nversion = 3.11.2\n");
        Broken("the home in its pyvenv.cfg is not a valid path");
    }

    // Each part costs some looks at the disk, each as long as the path.
    [Fact]
    public async Task Home_of_a_hundred_thousand_parts_is_a_problem_of_the_environment()
    {
        _world.Write("/env/pyvenv.cfg", $"home = {string.Concat(Enumerable.Repeat("/a", 100_000))}\nversion = 3.11.2\n");
        await Task.Run(() => Broken("the home in its pyvenv.cfg is not a valid path"), TestContext.Current.CancellationToken)
            .WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
    }
}
