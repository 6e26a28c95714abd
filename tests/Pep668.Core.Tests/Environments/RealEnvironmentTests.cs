using Pep668.Environments;
using Pep668.Machines;

namespace Pep668.Tests.Environments;

/// <summary>The properties of real environments that are read from files equal those that the interpreter
/// reports.</summary>
public sealed class RealEnvironmentTests : IDisposable
{
    private readonly string _folder = FileTree.Host.RealPath(Directory.CreateTempSubdirectory("pep668-").FullName)!;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static PythonEnvironment Read(string path) => new EnvironmentReader(FileTree.Host).Read(path).Environment
        ?? throw new InvalidOperationException($"{path} was not read");

    private static void AgreesWithItself(string path)
    {
        PythonEnvironment read = Read(path);
        InterpreterOracle said = InterpreterOracle.Ask(read.Executable);

        Assert.Equal(said.Version, read.Version);
        Assert.Equal(said.Implementation, read.Implementation);
        Assert.Equal(said.Prefix, read.Prefix);
        Assert.Equal(said.BasePrefix, read.BasePrefix);
        Assert.Equal(said.StdLib, read.StdLib);
        Assert.Equal(said.Scripts, read.Scripts);
        Assert.Equal(new[] { said.PureLib }.Concat(said.SitePackages).Distinct(), read.SitePackages);
        Assert.Equal(said.PipVersion, read.PipVersion);
        Assert.Equal(said.IsVirtual, read.IsVirtual);
        Assert.Equal(said.Marker, read.MarkerPath);
        Assert.Equal(said.Marker is not null, read.IsExternallyManaged);
        Assert.Equal(EnvironmentHealth.Healthy, read.Health);
        Assert.Null(read.Problem);
        Assert.Equal(
            Tool.Run("uname", ["-m"]).Output.Trim(), read.Architecture);

        string before = Text(read);
        Assert.Equal(before, Text(Read(path)));
        foreach (string alias in read.Aliases)
        {
            Assert.Equal(before, Text(Read(alias)));
        }
        if (read.IsVirtual)
        {
            Assert.Equal(before, Text(Read(read.Prefix)));
        }
    }

    private static string Text(PythonEnvironment environment) => System.Text.Json.JsonSerializer.Serialize(environment);

    [Fact]
    public void Base_interpreter_is_read_as_it_reports_itself()
    {
        Assert.All(Interpreters.NeedAny(), one => AgreesWithItself(one.Executable));
    }

    [Theory]
    [InlineData("")]
    [InlineData("--system-site-packages")]
    [InlineData("--copies")]
    [InlineData("--prompt=a name")]
    public void Venv_is_read_as_its_interpreter_reports_itself(string option)
    {
        // Debian's PyPy fails at --copies by itself: it copies folders that its own links do not lead to.
        Interpreter[] able =
            [.. Interpreters.Sample(Interpreters.All).Where(one => one.HasVenv && (one.IsCPython || option != "--copies"))];
        Assert.SkipWhen(able.Length == 0, "needs CPython with venv");
        Assert.All(able.Select(one => one.Executable), path =>
        {
            string target = Path.Combine(_folder, Guid.NewGuid().ToString("N"));
            Tool.Run(path, (string[])["-m", "venv", "--without-pip", .. option.Length == 0 ? (string[])[] : [option], target]).Checked();
            AgreesWithItself(target);
        });
    }

    // From 3.11 on, site is in the program itself and not read from the library.
    [Fact]
    public void Venv_with_the_library_of_another_Python_of_its_series_is_read_as_its_interpreter_reports_itself()
    {
        Interpreter[] able = [.. Interpreters.All.Where(one => one.IsCPython && one.HasVenv && one.Version.Major == 3)];
        (Interpreter One, Interpreter Other)[] pairs =
            [.. from one in able from other in able where one.Series == other.Series && one != other select (one, other)];
        Assert.SkipWhen(pairs.Length == 0, "needs two CPythons of one series");
        Assert.All(pairs, pair =>
        {
            string target = Path.Combine(_folder, Guid.NewGuid().ToString("N")), config = Path.Combine(target, "pyvenv.cfg");
            Tool.Run(pair.One.Executable, ["-m", "venv", "--without-pip", target]).Checked();
            File.WriteAllLines(config, [.. File.ReadAllLines(config).Select(line => line.StartsWith("home", StringComparison.Ordinal)
                ? "home = " + Path.GetDirectoryName(pair.Other.Executable) : line)]);
            AgreesWithItself(target);
        });
    }

    [Fact]
    public void Venv_with_pip_is_read_with_its_pip_version()
    {
        TestExtent.NeedFull(); // ensurepip takes seconds; the environments of VenvUseTests have pip
        string python = Interpreters.Newest(Needs.Venv | Needs.Ensurepip).Executable;
        Tool.Run(python, ["-m", "venv", Path.Combine(_folder, "with-pip")]).Checked();
        AgreesWithItself(Path.Combine(_folder, "with-pip"));
        Assert.NotNull(Read(Path.Combine(_folder, "with-pip")).PipVersion);
    }

    [Fact]
    public void Pip_in_an_egg_is_the_pip_that_is_imported()
    {
        Interpreter python = Interpreters.Newest(Needs.Venv | Needs.Launchers);
        string target = Path.Combine(_folder, "egg");
        Tool.Run(python.Executable, ["-m", "venv", "--without-pip", target]).Checked();
        string packages = Read(target).SitePackages[0], egg = $"pip-1.0-py{python.Series}.egg";
        System.IO.Compression.ZipFile.ExtractToDirectory(python.PipWheel!, Path.Combine(packages, egg));
        File.WriteAllText(Path.Combine(packages, "easy-install.pth"), $"import sys; sys.__plen = len(sys.path)\n./{egg}\n");
        AgreesWithItself(target);
        Assert.NotNull(Read(target).PipVersion);
    }

    // As uv writes it for "uv run --with": the key, and a line that Python runs.
    [Fact]
    public void Pip_of_an_extended_environment_is_the_pip_that_is_imported()
    {
        Interpreter python = Interpreters.Newest(Needs.Venv | Needs.Launchers);
        string parent = Path.Combine(_folder, "project"), target = Path.Combine(_folder, "overlay");
        Tool.Run(python.Executable, ["-m", "venv", "--without-pip", parent]).Checked();
        Tool.Run(python.Executable, ["-m", "venv", "--without-pip", target]).Checked();
        string packages = Read(parent).SitePackages[0];
        System.IO.Compression.ZipFile.ExtractToDirectory(python.PipWheel!, packages);
        AgreesWithItself(target);
        Assert.Null(Read(target).PipVersion);
        File.AppendAllText(Path.Combine(target, "pyvenv.cfg"), $"extends-environment = {parent}\n");
        File.WriteAllText(Path.Combine(Read(target).SitePackages[0], "_uv_ephemeral_overlay.pth"),
            $"import site; site.addsitedir(\"{packages}\")");
        AgreesWithItself(target);
        Assert.Equal(Read(parent).PipVersion, Read(target).PipVersion);
        Assert.NotNull(EnvironmentRefresh.Read(FileTree.Host, Read(target)).PipVersion);
    }

    [Theory]
    [InlineData("")]
    [InlineData("--system-site-packages")]
    public void Virtualenv_environment_is_read_as_its_interpreter_reports_itself(string option)
    {
        string virtualenv = Interpreters.NeedModule("virtualenv").Executable;
        Assert.All(Interpreters.Sample(Interpreters.All).Select(one => one.Executable), path =>
        {
            string target = Path.Combine(_folder, Guid.NewGuid().ToString("N"));
            Tool.Run(virtualenv, (string[])["-m", "virtualenv", "--without-pip", "--no-setuptools", "--no-wheel", "-p", path,
                .. option.Length == 0 ? (string[])[] : [option], target]).Checked();
            AgreesWithItself(target);
        });
    }

    [Fact]
    public void Uv_environment_is_read_as_its_interpreter_reports_itself()
    {
        Assert.SkipUnless(Tool.Exists("uv"), "needs uv");
        Interpreter[] able = [.. Interpreters.Sample(Interpreters.NeedAny()).Where(one => one.Version >= new Version(3, 7))];
        Assert.All(able.Select(one => one.Executable), path =>
        {
            string target = Path.Combine(_folder, Guid.NewGuid().ToString("N"));
            Tool.Run("uv", ["venv", "-q", "--offline", "-p", path, target]).Checked();
            AgreesWithItself(target);
        });
    }
}
