using Pep668.Environments;
using Pep668.Machines;
using Pep668.Pip.Requests;
using Pep668.Pip.Running;

namespace Pep668.Tests.Pip.Running;

/// <summary>pip runs in the working folder, and imports nothing from there.</summary>
public sealed class WorkingFolderTests : IDisposable
{
    private const string Setup = "from setuptools import setup\nsetup(name='Here', version='0.5', py_modules=[])\n";

    // What Python, pip and its build import early; pip.__main__ is what -m pip runs.
    private static readonly string[] Modules =
    [
        "pip/__init__", "pip/__main__", "typing", "runpy", "pkgutil", "importlib", "types", "logging", "optparse", "json", "platform",
        "subprocess", "tempfile", "traceback", "setuptools", "distutils", "tokenize", "locale", "keyring", "pep517",
    ];

    private readonly InstallWorld _world = new();

    public void Dispose() => _world.Dispose();

    public static TheoryData<string> Pythons =>
        [.. TestExtent.Some<string>(["2.7", "3.10", "newest"], ["3.6", "3.7", "3.8", "3.9", "3.11"])];

    // How each is started is tested with a command that takes less.
    public static TheoryData<string> Builders =>
        [.. TestExtent.Some<string>(["3.10", "newest"], ["2.7", "3.6", "3.7", "3.8", "3.9", "3.11"])];

    private string Trace => Path.Combine(_world.Folder, "trace");

    [Theory]
    [MemberData(nameof(Pythons))]
    public void No_module_of_the_working_folder_is_imported(string python)
    {
        PythonEnvironment environment = Environment(python);
        Plant();
        _world.Write("wanted.txt", "leaf\n");
        PipRequest install = _world.Install(environment, "tiny==1.0") with { Arguments = ["-r", "wanted.txt", .. ToUser(environment)] };
        // Only a newer pip reports what a file requests.
        Assert.Equal(["leaf: Installed ->1.0", "tiny: Installed ->1.0"], _world.Results(install).Select(line => line.Replace("*", "")));
        PipRunOutcome removed = _world.Run(_world.Uninstall(environment, "tiny"));
        Assert.Equal(["tiny*: Removed 1.0->"], InstallWorld.Short(removed));
        Assert.False(File.Exists(Trace), File.Exists(Trace) ? File.ReadAllText(Trace) : "");
    }

    [Theory]
    [MemberData(nameof(Builders))]
    public void Project_below_the_working_folder_is_built_without_its_modules(string python)
    {
        PythonEnvironment environment = Environment(python);
        Plant();
        _world.Write("project/setup.py", Setup);
        string[] arguments = [.. ToUser(environment), .. environment.VersionInfo?.Major == 2 ? (string[])[] : ["--no-build-isolation"]];
        foreach (bool isEditable in (bool[])[false, true])
        {
            PipRequest request = _world.Install(environment) with { Arguments = arguments };
            PipTarget target = _world.Target("./project");
            PipRunOutcome outcome = _world.Run(isEditable ? request with { Editables = [target] } : request with { Packages = [target] });
            Assert.False(File.Exists(Trace), File.Exists(Trace) ? File.ReadAllText(Trace) : "");
            // setuptools is not beside each pip, and wheel not beside each setuptools.
            string tail = string.Join('\n', outcome.Tail);
            Assert.True(outcome.Failure is null || tail.Contains("setuptools", StringComparison.Ordinal)
                || tail.Contains("invalid command 'bdist_wheel'", StringComparison.Ordinal), tail);
        }
    }

    [Fact]
    public void Build_dependencies_are_installed_without_its_modules()
    {
        // pip 18 starts itself with -m for them.
        PythonEnvironment environment = Environment("3.6");
        Plant();
        _world.Write("project/setup.py", Setup);
        _world.Write("project/pyproject.toml", "[build-system]\nrequires = ['leaf', 'setuptools', 'wheel']\n");
        PipRunOutcome outcome = _world.Run(_world.Install(environment, "./project") with { Arguments = ["-v"] });
        string tail = _world.AllText;
        Assert.Contains("leaf", tail);
        Assert.False(File.Exists(Trace), File.Exists(Trace) ? File.ReadAllText(Trace) : "");
        Assert.Contains("No matching distribution found for setuptools", tail);
        Assert.NotNull(outcome.Failure);
    }

    [Fact]
    public void User_site_and_PYTHONPATH_are_used_as_before()
    {
        PythonEnvironment environment = Environment("3.9");
        string path = Path.GetDirectoryName(_world.Write("path/sitecustomize.py",
            "import os\nopen(os.environ['SEEN'], 'a').write('path')\n"))!;
        string seen = Path.Combine(_world.Folder, "seen");
        _world.Set("PYTHONPATH", path).Set("SEEN", seen);
        Assert.Equal(["tiny*: Installed ->1.0"], _world.Results(_world.Install(environment, "tiny==1.0") with { Arguments = ["--user"] }));
        Assert.StartsWith("path", File.ReadAllText(seen));
        Assert.Equal(["tiny*: Unchanged 1.0->1.0 (same)"], _world.Results(_world.Install(environment, "tiny")));
    }

    private PythonEnvironment Environment(string python)
    {
        if (python is not ("2.7" or "3.9"))
        {
            return _world.Venv(python);
        }
        Interpreter real = Interpreters.Need(python, Needs.Pip);
        string copy = CopiedPython.Make(Path.Combine(_world.Folder, "python"), real, marker: false);
        return new EnvironmentReader(FileTree.Host).Read(copy).Environment!;
    }

    private static string[] ToUser(PythonEnvironment environment) => environment.IsVirtual ? [] : ["--user"];

    private void Plant()
    {
        foreach (string module in Modules)
        {
            _world.Write(module + ".py", $"open({Quoted(Trace)}, 'a').write('{module} ')\nraise ImportError('planted')\n");
        }
    }

    private static string Quoted(string path) => $"'{path}'";
}
