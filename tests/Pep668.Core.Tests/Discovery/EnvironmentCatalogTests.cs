using System.Text.Json;
using Pep668.Discovery;
using Pep668.Discovery.Resolution;
using Pep668.Environments;
using Pep668.Machines;

namespace Pep668.Tests.Discovery;

/// <summary>The environments of a machine: each once, and equal from each of its paths.</summary>
public sealed class EnvironmentCatalogTests : IDisposable
{
    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    private EnvironmentCatalog Catalog() => new(_world.Machine);

    private static string Text(PythonEnvironment environment) => JsonSerializer.Serialize(environment with { FoundBy = [] });

    // The files of this machine, with a PATH that the test sets.
    private static Machine Real(string path, string folder = "/") => Machine.Current(folder) with
    {
        Variables = new Dictionary<string, string>(StringComparer.Ordinal) { ["PATH"] = path },
    };

    [Fact]
    public void Real_interpreters_are_listed_once_and_are_equal_from_each_path()
    {
        var catalog = new EnvironmentCatalog(
            Real(string.Join(':', Interpreters.NeedAny().Select(one => Path.GetDirectoryName(one.Executable)).Append("/bin"))));
        Assert.Equal(catalog.All.Count, catalog.All.DistinctBy(one => one.Identity).Count());
        foreach (string interpreter in Interpreters.All.Select(one => one.Executable))
        {
            Assert.Contains(catalog.All, one => one.Aliases.Append(one.Executable).Contains(interpreter));
        }
        Assert.Single(catalog.All, one => one.IsDefault);
        Assert.All(catalog.All, one =>
        {
            foreach (string path in one.Aliases.Append(one.Executable))
            {
                Assert.Equal(Text(one), Text(catalog.Identify(path).Environment!));
                Assert.Equal(Text(one), Text(new EnvironmentResolver(catalog).Resolve(path).Value()));
            }
            bool alone = catalog.All.Count(other => other.Prefix == one.Prefix) == 1;
            Assert.True(!alone || Text(one) == Text(catalog.Identify(one.Prefix).Environment!), one.Prefix);
        });
    }

    [Fact]
    public void Debian_manages_only_its_own_Python()
    {
        Assert.SkipUnless(File.Exists("/etc/debian_version") && Interpreters.All.Any(one => one.Executable is "/usr/bin/python3"),
            "needs Debian's Python");
        var catalog = new EnvironmentCatalog(Real("/usr/bin:/bin"));
        Assert.All(catalog.All, one => Assert.Equal(one.Manager == PythonManager.System, one.IsExternallyManaged));
        Assert.Contains(catalog.All, one => one.IsExternallyManaged && one.IsDefault);
    }

    [Fact]
    public void Links_in_other_folders_are_listed_as_aliases()
    {
        _world.Python("/usr", "3.11.2").Link("/bin", "usr/bin").Link("/usr/local/bin/py", "/usr/bin/python3")
            .Link("/opt/x/bin/python", "../../../usr/bin/python3.11");
        PythonEnvironment only = Assert.Single(Catalog().All);
        Assert.Equal("/usr/bin/python3.11", only.Executable);
        Assert.Equal(["/bin/python3", "/bin/python3.11", "/opt/x/bin/python", "/usr/bin/python3"], only.Aliases);
        Assert.Equal(["SearchPath", "UsualFolders"], only.FoundBy);
        Assert.Equal(Text(only), Text(Catalog().Identify("/opt/x/bin/python").Environment!));
    }

    [Fact]
    public void Shims_are_not_listed()
    {
        _world.Python("/usr", "3.11.2").Python("/home/user/.pyenv/versions/3.12.1", "3.12.1")
            .Write("/home/user/.pyenv/shims/python3.12", "#!/bin/sh\nexec pyenv exec\n", executable: true)
            .Write("/usr/local/bin/python3.9", "#!/bin/sh\nexec false\n", executable: true)
            .Set("PATH", "/home/user/.pyenv/shims:/usr/local/bin:/usr/bin");
        Assert.Equal(["3.11.2", "3.12.1"], Catalog().All.Select(one => one.Version).Order());
        Assert.DoesNotContain(Catalog().All.SelectMany(one => one.Aliases.Append(one.Executable)),
            path => path.Contains("shims") || path.Contains("local"));
    }

    [Fact]
    public void Active_and_nearest_environments_are_listed_with_the_locators_that_found_them()
    {
        _world.Python("/usr", "3.11.2").Venv("/home/user/project/.venv", "/usr", "3.11.2").Set("VIRTUAL_ENV", "/home/user/project/.venv");
        PythonEnvironment venv = Assert.Single(Catalog().All, one => one.IsVirtual);
        Assert.Equal(["Active", "Upward"], venv.FoundBy);
        Assert.Equal((true, "project", PythonManager.Venv), (venv.IsActive, venv.Name, venv.Manager));
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

    [Fact]
    public void Pyenv_version_or_environment_outside_PYENV_ROOT_is_still_managed_by_pyenv()
    {
        _world.Python("/srv/pyenv/versions/3.12.1", "3.12.1").CreateFolder("/srv/pyenv/shims")
            .Venv("/srv/pyenv/versions/work", "/srv/pyenv/versions/3.12.1", "3.12.1").Set("PYENV_ROOT", "/srv/pyenv");
        Assert.Equal([("3.12.1", PythonManager.Pyenv), ("work", PythonManager.Pyenv)],
            Catalog().All.Select(one => (one.Name, one.Manager)).Order());
        _world.Set("PYENV_ROOT", "/elsewhere");
        Assert.Empty(Catalog().All);
        Assert.Equal(PythonManager.Pyenv, Catalog().Identify("/srv/pyenv/versions/3.12.1").Environment!.Manager);
    }

    [Fact]
    public void Search_for_one_manager_finds_the_same_as_filtering_all_environments()
    {
        _world.Python("/usr", "3.11.2").Python("/home/user/.pyenv/versions/3.12.1", "3.12.1")
            .Python("/home/user/.asdf/installs/python/3.10.1", "3.10.1")
            .Venv("/home/user/project/.venv", "/usr", "3.11.2", "uv = 0.6.14\n").Python("/opt/some", "3.9.1")
            .Link("/usr/local/bin/python3.10", "/home/user/.asdf/installs/python/3.10.1/bin/python3.10");
        foreach (EnvironmentCatalog catalog in (EnvironmentCatalog[])[Catalog(), new(Real("/usr/bin:/bin"))])
        {
            foreach (PythonManager manager in Enum.GetValues<PythonManager>())
            {
                Assert.Equal(
                    catalog.All.Where(one => one.Manager == manager).Select(one => Text(one)).Order(),
                    catalog.Find([manager]).Select(one => Text(one)).Order());
            }
        }
    }

    [Fact]
    public void Broken_environments_are_listed()
    {
        _world.Venv("/home/user/project/.venv", "/gone", "3.9.1");
        PythonEnvironment broken = Assert.Single(Catalog().All);
        Assert.Equal((EnvironmentHealth.Broken, "3.9.1"), (broken.Health, broken.Version));
    }

    [Theory]
    [InlineData("#!/opt/py/bin/python3\nimport sys\n", "/opt/py/bin/python3.12")]
    [InlineData("#!/usr/bin/env python3\n", "/usr/bin/python3.11")]
    [InlineData("#!/usr/bin/env -S python3 -I\n", "/usr/bin/python3.11")]
    [InlineData("#!/bin/sh\n'''exec' \"/opt/a long/bin/python3\" \"$0\" \"$@\"\n' '''\n", "/opt/a long/bin/python3.10")]
    [InlineData("#!/bin/sh\n'''exec' /opt/py/bin/python3 \"$0\" \"$@\"\n", "/opt/py/bin/python3.12")]
    [InlineData("#!/bin/sh\nexec something\n", null)]
    [InlineData("#!/nowhere/python\n", null)]
    [InlineData("text", null)]
    public void Command_resolves_to_the_interpreter_of_its_shebang(string script, string? executable)
    {
        _world.Python("/usr", "3.11.2").Python("/opt/py", "3.12.1").Python("/opt/a long", "3.10.2")
            .Write("/usr/local/bin/pip", script, executable: true);
        Outcome<PythonEnvironment> resolution = new CommandResolver(Catalog()).Find("pip");
        Assert.Equal(executable, resolution.OrNull()?.Executable);
        Assert.Equal(executable is null, resolution.Failure is { Id: FailureId.EnvironmentNotFound });
    }

    [Fact]
    public void Command_resolves_through_a_shim_or_to_the_interpreter_itself_or_fails()
    {
        _world.Python("/usr", "3.11.2").Python("/home/user/.pyenv/versions/3.12.1", "3.12.1").Write("/home/user/.pyenv/version", "3.12.1")
            .Write("/home/user/.pyenv/shims/pip", "#!/usr/bin/env bash\nexec pyenv exec\n", executable: true)
            .Write("/home/user/.pyenv/versions/3.12.1/bin/pip", "#!/home/user/.pyenv/versions/3.12.1/bin/python3\n", executable: true)
            .Write("/home/user/.pyenv/shims/flask", "#!/usr/bin/env bash\nexec pyenv exec\n", executable: true)
            .Set("PATH", "/home/user/.pyenv/shims:/usr/bin");
        var owner = new CommandResolver(Catalog());
        Assert.Equal("3.12.1", owner.Find("pip").Value().Version);
        Assert.Equal("3.11.2", owner.Find("python3").Value().Version);
        Assert.Contains("shim", owner.Find("flask").Failure!.Message);
        Assert.Contains("no command", owner.Find("pip9").Failure!.Message);
    }
}
