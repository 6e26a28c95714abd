using Pep668.Discovery;
using Pep668.Environments;
using Pep668.Machines;
using Pep668.Venvs.Creation;

namespace Pep668.Tests.Venvs.Creation;

/// <summary>Other tools accept the created environments, and leave them working.</summary>
public sealed class VenvPeerTests(VenvWorld world)
{
    public static TheoryData<string> FastPythons => VenvWorld.FastPythons;

    public static TheoryData<string> Upgraded => TestExtent.IsFull ? FastPythons : ["newest"];

    /// <summary><c>venv --upgrade</c> writes the environment over, for the Python that runs it. On one of the same
    /// version it changes no file but the recorded command.</summary>
    [Theory, MemberData(nameof(Upgraded))]
    public void Environment_is_upgraded_by_venv(string text)
    {
        PythonEnvironment python = world.Need(text);
        PythonEnvironment made = world.Make(new(world.NewPath(), python));
        TreeSnapshot fresh = TreeSnapshot.Read(made.Prefix);

        Run(python.Executable, "-m", "venv", "--upgrade", made.Prefix);

        Assert.Equal([], fresh.Differences(TreeSnapshot.Read(made.Prefix), (path, mine, its) =>
            path is "pyvenv.cfg" && mine.Text == its.Text.Replace(" --upgrade ", " ", StringComparison.Ordinal)));
    }

    [Theory, MemberData(nameof(FastPythons))]
    public void Environment_is_installed_into_and_replaced_by_uv(string text)
    {
        Assert.SkipUnless(Tool.Exists("uv"), "needs uv");
        PythonEnvironment python = world.Need(text);
        Assert.SkipWhen(python.VersionInfo < new Version(3, 7), "needs CPython 3.7 or later: uv supports no older one");
        PythonEnvironment made = world.Make(new(world.NewPath(), python));
        string wheels = TinyWheel.WriteTo(world.NewPath());

        Run("uv", "pip", "install", "--python", made.Prefix, "--offline", "--no-index", "--find-links", wheels, "tiny-tool");
        Assert.Equal("tiny-tool 1.0\n", Run(Path.Combine(made.Scripts!, "tiny-tool")).Output);
        Assert.Contains("tiny-tool==1.0", Run("uv", "pip", "freeze", "--python", made.Executable).Output, StringComparison.Ordinal);
        Assert.Contains("tiny-tool", Run(made.Executable, "-m", "pip", "list").Output, StringComparison.Ordinal);

        Run("uv", "venv", "--offline", "--allow-existing", "--python", python.Executable, made.Prefix);
        AssertWorks(made, python);
    }

    [Theory]
    [FullInlineData("3.8")]
    [InlineData("3.11")]
    [FullInlineData("PyPy")]
    public void Environment_is_replaced_by_virtualenv(string text)
    {
        Assert.SkipUnless(Tool.Exists("virtualenv"), "needs virtualenv");
        PythonEnvironment python = world.Need(text);
        PythonEnvironment made = world.Make(new(world.NewPath(), python));

        Run("virtualenv", "--no-download", "--no-periodic-update", "--app-data", world.NewPath(), "--without-pip", "--python",
            python.Executable, made.Prefix);
        AssertWorks(made, python);
        Run("virtualenv", "--no-download", "--no-periodic-update", "--app-data", world.NewPath(), "--clear", "--python", python.Executable,
            made.Prefix);
        AssertWorks(made, python);
    }

    private void AssertWorks(PythonEnvironment made, PythonEnvironment python)
    {
        Assert.Equal($"{made.Prefix}\n{python.Prefix}\n",
            Run(made.Executable, "-c", "import sys; print(sys.prefix, sys.base_prefix, sep='\\n')").Output);
        Assert.StartsWith("pip ", Run(made.Executable, "-m", "pip", "--version").Output, StringComparison.Ordinal);
        Assert.Equal(EnvironmentHealth.Healthy, new EnvironmentCatalog(world.Machine).Identify(made.Prefix).Environment!.Health);
    }

    private static Tool.Result Run(string program, params string[] arguments) =>
        Tool.Run(program, arguments, variables: VenvWorld.Quiet).Checked();
}
