using Pep668.Discovery;
using Pep668.Discovery.Locators;

namespace Pep668.Tests.Discovery.Locators;

/// <summary>The nearest <c>.venv</c> in the current folder or its parent folders, and the files that name an
/// environment.</summary>
public sealed class NearestEnvironmentTests : IDisposable
{
    private const string Project = "/home/user/project";
    private readonly World _world = new();

    public NearestEnvironmentTests() => _world.Python("/usr", "3.11.2");

    public void Dispose() => _world.Dispose();

    [Theory]
    [InlineData("/home/user/project", "/home/user/project/.venv")]
    [InlineData("/home/user/project/src/deep", "/home/user/project/.venv")]
    [InlineData("/home/user", "/home/.venv")]
    [InlineData("/srv", null)]
    public void Nearest_dot_venv_is_in_the_folder_or_a_parent_folder(string folder, string? nearest)
    {
        Venv(Project + "/.venv").Venv("/home/.venv", "/usr", "3.11.2").CreateFolder("/home/user/project/src/deep")
            .CreateFolder("/home/user/.venv").CurrentDirectory = folder;
        Assert.Equal(nearest, Found()?.Folder);
        Assert.NotEqual(true, Found()?.IsNamed);
    }

    // PEP 832: the first version's file, the newer list, and how the two work together.
    [Theory]
    [InlineData(".venv", "/srv/env", "/srv/env")]
    [InlineData(".venv", "/srv/env\r\n", "/srv/env")]
    [InlineData(".venv", "\uFEFF../env\n", "/home/user/env")]
    [InlineData(".venv", "\n", null)]
    [InlineData(".python-envs", "/srv/env\n.tox/dev\n", "/home/user/project/.tox/dev")]
    [InlineData(".python-envs", ".tox/dev\r\n/srv/env", "/srv/env")]
    [InlineData(".python-envs", ".tox/dev\n/srv/env with blank \n", "/srv/env with blank ")]
    [InlineData(".python-envs", "", null)]
    public void File_names_the_environment(string file, string text, string? nearest)
    {
        _world.Write($"{Project}/{file}", text);
        Assert.Equal(nearest, Found()?.Folder);
        Assert.Equal(nearest is null ? null : $"{Project}/{file}", Found()?.Source);
    }

    [Theory]
    [InlineData("web", "/home/user/.virtualenvs/web")]
    [InlineData("web\n", "/home/user/.virtualenvs/web")]
    [InlineData("./web", "/home/user/project/web")]
    [InlineData("gone", "/home/user/project/gone")]
    [InlineData("..", "/home/user")]
    public void File_names_an_environment_of_the_users_folder_by_its_name(string text, string folder)
    {
        Venv("/home/user/.virtualenvs/web").Write(Project + "/.venv", text);
        Assert.Equal(folder, Found()!.Folder);
        Venv("/home/user/.local/share/virtualenvs/web");
        Assert.Equal(folder.Replace(".virtualenvs", ".local/share/virtualenvs", StringComparison.Ordinal), Found()!.Folder);
    }

    [Fact]
    public void Dot_venv_counts_as_the_last_line_of_the_list()
    {
        _world.Write(Project + "/.python-envs", "/srv/one\n/srv/two\n");
        Assert.Equal("/srv/two", Found()!.Folder);
        Venv(Project + "/.venv");
        Assert.Equal(Project + "/.venv", Found()!.Folder);
        Assert.Equal([Project + "/.venv", "/srv/two", "/srv/one"], NearestEnvironment.FindAll(_world.Machine));
    }

    [Fact]
    public void Nearer_file_comes_before_a_dot_venv_farther_up()
    {
        Venv("/home/user/.venv").Write(Project + "/.python-envs", "env\n").CreateFolder(Project + "/src").CurrentDirectory =
            Project + "/src";
        Assert.Equal(Project + "/env", Found()!.Folder);
    }

    [Fact]
    public void Listed_environments_are_found_and_the_last_is_used()
    {
        Venv("/srv/one").Venv(Project + "/envs/two", "/usr", "3.11.2")
            .Write(Project + "/.python-envs", "/srv/one\nssh@example.com:elsewhere\nenvs/two\n");
        EnvironmentCatalog catalog = new(_world.Machine);
        Assert.Equal(["/home/user/project/envs/two", "/srv/one"], catalog.All.Where(one => one.IsVirtual).Select(one => one.Prefix));
        Assert.All(catalog.All.Where(one => one.IsVirtual), one => Assert.Equal(["Upward"], one.FoundBy));
    }

    [Fact]
    public void Active_and_nearest_environments_are_listed_with_the_locators_that_found_them()
    {
        Venv(Project + "/.venv").Set("VIRTUAL_ENV", Project + "/.venv");
        PythonEnvironment venv = Assert.Single(new EnvironmentCatalog(_world.Machine).All, one => one.IsVirtual);
        Assert.Equal(["Active", "Upward"], venv.FoundBy);
        Assert.Equal((true, "project", PythonManager.Venv), (venv.IsActive, venv.Name, venv.Manager));
    }

    private World Venv(string folder) => _world.Venv(folder, "/usr", "3.11.2");

    private NearestEnvironment? Found() => NearestEnvironment.Find(_world.Machine);
}
