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
        Assert.Equal(catalog.All.Count, catalog.All.Distinct().Count());
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
                Assert.Equal(Text(one), Text(new EnvironmentResolver(catalog) { DescribesFully = true }.Resolve(path).Value()));
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

    [Fact]
    public void Setting_with_a_NUL_does_not_end_the_search()
    {
        _world.Python("/usr", "3.11.2").Write("/home/user/.condarc", "envs_dirs:\n  - /a\0b\n  - /srv/envs\n")
            .Python("/srv/envs/c", "3.12.1").Write("/srv/envs/c/conda-meta/history", "")
            .Write("/home/user/.config/pypoetry/config.toml", "cache-dir = \"/x\\u0000\"\n[virtualenvs]\npath = \"{cache-dir}\\u0000/v\"\n")
            .Write("/home/user/.config/hatch/config.toml", "[dirs.env]\nvirtual = \"~/\\u0000\"\n")
            .Write("/home/user/project/pyproject.toml", "");
        EnvironmentCatalog catalog = Catalog();
        Assert.Equal(["/srv/envs/c", "/usr"], catalog.All.Select(one => one.Prefix).Order());
        Assert.Empty(catalog.Problems);
    }

    [Fact]
    public void Part_of_the_search_that_fails_is_reported_and_does_not_end_it()
    {
        // A relative path in a folder that was deleted has no meaning.
        _world.Set("POETRY_CACHE_DIR", "cache").Python("/usr", "3.11.2");
        var catalog = new EnvironmentCatalog(_world.Machine with { HasCurrentDirectory = false });
        Assert.Equal("/usr", Assert.Single(catalog.All).Prefix);
        Assert.Contains("The environments of Poetry could not be searched, so environments may be missing: ",
            Assert.Single(catalog.Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Machine_without_a_current_folder_uses_no_other_in_its_place()
    {
        _world.Python("/usr", "3.11.2").Venv("/.venv", "/usr", "3.11.2");
        Machine machine = _world.Machine with { CurrentDirectory = "/", HasCurrentDirectory = false };
        var resolver = new EnvironmentResolver(new EnvironmentCatalog(machine));
        Assert.Equal("/usr", resolver.Implied().Value().Prefix);
        Assert.Equal("/usr", resolver.Resolve("3.11").Value().Prefix);
        Assert.Equal("/.venv", resolver.Resolve("/.venv").Value().Prefix);
        Assert.Throws<CurrentFolderException>(() => resolver.Resolve("./.venv"));
        Assert.Throws<CurrentFolderException>(() => machine.Absolute(".venv"));
    }
}
