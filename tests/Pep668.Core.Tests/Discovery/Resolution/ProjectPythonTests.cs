using Pep668.Discovery.Resolution;
using Pep668.Environments;
using Pep668.Machines;

namespace Pep668.Tests.Discovery.Resolution;

/// <summary>Which Python a project requires. The cases with files are compared with what uv finds in the same
/// folder.</summary>
public sealed class ProjectPythonTests : IDisposable
{
    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    public static TheoryData<string, string, string?> Files => new()
    {
        { ".python-version", "3.9\n", "3.9" },
        { ".python-version", "\r\n# the oldest\r\n  3.10  \r\n3.12\r\n", "3.10" },
        { ".python-version", ">=3.9,<3.11\n", ">=3.9,<3.11" },
        { ".python-version", "cpython@3.12\n", "cpython@3.12" },
        { ".python-version", "2.5\n", "2.5" },
        { ".python-version", "", null },
        { ".python-versions", "3.10\n3.12\n", "3.10" },
        { "pyproject.toml", "[project]\nname = 'x'\nversion = '1'\nrequires-python = '>=3.9,<3.11'\n", ">=3.9,<3.11" },
        { "pyproject.toml", "[project]\nname = 'x'\nversion = '1'\nrequires-python = '~=3.12.0'\n", "~=3.12.0" },
        { "pyproject.toml", "[project]\nname = 'x'\nversion = '1'\n", null },
        { "pyproject.toml", "[tool.black]\n", null },
    };

    // uv refuses a name in a version file; pyenv reads the first word, and has names of environments.
    [Theory, MemberData(nameof(Files))]
    [InlineData(".python-version", "3.13 # newest\n", "3.13")]
    [InlineData(".python-version", "project-env\n3.12\n", null)]
    [InlineData(".python-version", "system\n", null)]
    public void Project_requires_a_Python_by_a_file(string file, string text, string? required)
    {
        _world.Write("/home/user/project/" + file, text).CreateFolder("/home/user/project/src");
        ProjectPython? found = ProjectPython.Find(_world.Machine, "/home/user/project/src");
        Assert.Equal((required, required is null ? null : "/home/user/project/" + file), (found?.Request.ToString(), found?.File));
    }

    [Theory, MemberData(nameof(Files))]
    public void Project_requires_the_Python_that_uv_finds(string file, string text, string? required)
    {
        Assert.SkipWhen(Tool.Find("uv") is null, "needs uv");
        Interpreter[] pythons = [.. Interpreters.All.Where(one => one.IsCPython && one.Series is not "2.7" && !one.IsManaged)];
        Assert.SkipWhen(pythons.Length < 3, "needs several interpreters");
        string folder = _world.OnDisk("/home/user/project");
        Directory.CreateDirectory(folder);
        Tool.Result without = Uv(folder, pythons);
        File.WriteAllText(Path.Combine(folder, file), text);
        Tool.Result with = Uv(folder, pythons);
        if (required is null)
        {
            Assert.Equal(without.Output, with.Output);
            return;
        }
        ProjectPython wanted = ProjectPython.Find(Machine.Current(), folder)!;
        var reader = new EnvironmentReader(FileTree.Host);
        if (with.ExitCode == 0)
        {
            Assert.True(wanted.Matches(reader.Read(with.Output.Trim()).Environment!), $"uv found {with.Output}for {required}");
        }
        else
        {
            Assert.DoesNotContain(pythons, one => wanted.Matches(reader.Read(one.Executable).Environment!));
        }
    }

    [Fact]
    public void Version_file_farther_up_comes_before_the_project()
    {
        _world.Write("/home/user/.python-version", "3.12\n")
            .Write("/home/user/project/pyproject.toml", "[project]\nrequires-python = '>=3.9'\n");
        Assert.Equal("3.12", ProjectPython.Find(_world.Machine, "/home/user/project")!.Request.ToString());
    }

    [Fact]
    public void Only_the_nearest_project_requires_a_Python()
    {
        _world.Write("/home/user/pyproject.toml", "[project]\nrequires-python = '>=3.9'\n").Write("/home/user/project/pyproject.toml", "");
        Assert.Null(ProjectPython.Find(_world.Machine, "/home/user/project"));
    }

    private static Tool.Result Uv(string folder, IEnumerable<Interpreter> pythons) => Tool.Run(
        Tool.Find("uv")!, ["python", "find", "--python-preference", "only-system"], folder, new Dictionary<string, string>
        {
            ["PATH"] = string.Join(':', pythons.Select(one => Path.GetDirectoryName(one.Executable))),
            ["UV_PYTHON_DOWNLOADS"] = "never",
            ["UV_CACHE_DIR"] = Path.Combine(SharedSeeds.Cache, "uv"),
        });
}
