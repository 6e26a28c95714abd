using System.Text.Json;
using Pep668.Environments;
using Pep668.Machines;
using Pep668.Venvs.Creation;

namespace Pep668.Tests.Venvs.Creation;

/// <summary>Common commands work in a created environment.</summary>
public sealed class VenvUseTests(VenvWorld world)
{
    // Three commands of pip in one process: to start it takes most of their time.
    private const string CheckListAndInstall = """
        import sys
        try:
            from pip._internal.cli.main import main
        except ImportError:
            from pip._internal import main
        for command in (["check"], ["list", "--format", "json"], ["install", "--find-links", sys.argv[1], "tiny-tool"]):
            if main(command) != 0:
                sys.exit(str(command))
            print("---", flush=True)
        """;

    // It says for which environment it was imported, as the real pip does, in a tenth of the time.
    private const string OtherPip = """
        import sys
        def main():
            print("other", sys.prefix, sys.argv)
        """;

    public static TheoryData<string> Pythons => TestExtent.IsFull ? VenvWorld.FastPythons : ["managed"];

    public static TheoryData<string> Upgraded => [.. TestExtent.Some<string>(["3.10"], ["3.8", "newest"])];

    public static TheoryData<string> Releases => [.. TestExtent.Some<string>(["3.6", "newest"], ["previous"])];

    [Theory, MemberData(nameof(Pythons))]
    public void Python_and_pip_run_in_a_new_environment(string text)
    {
        PythonEnvironment python = world.Need(text);
        PythonEnvironment made = world.Make(new(world.NewPath(), python));
        TreeSnapshot fresh = TreeSnapshot.Read(made.Prefix);
        string[] seeds =
            [.. BundledWheels.Find(FileTree.Host, python)!.Wheels.Select(wheel => Path.GetFileName(wheel).Split('-')[0]).Order()];

        Assert.Equal(
            [made.Prefix, python.Prefix, made.Executable, made.SitePackages[0]],
            Run(made.Executable, "-c",
                "import sys, site; print(sys.prefix, sys.base_prefix, sys.executable, site.getsitepackages()[0], " +
                "sep='\\n')").Output.TrimEnd('\n').Split('\n'));
        Assert.Contains($"'{made.SitePackages[0]}'", Run(made.Executable, "-m", "site").Output, StringComparison.Ordinal);
        Assert.StartsWith($"pip {made.PipVersion} from {made.SitePackages[0]}", Run(Script(made, "pip"), "--version").Output,
            StringComparison.Ordinal);
        string wheels = TinyWheel.WriteTo(world.NewPath());
        string[] asked = Run(made.Executable, "-c", CheckListAndInstall, wheels).Output.Split("---\n");
        Assert.Contains("No broken requirements found.", asked[0], StringComparison.Ordinal);
        Assert.Equal(seeds, JsonDocument.Parse(asked[1]).RootElement.EnumerateArray()
            .Select(one => one.GetProperty("name").GetString())
            .Where(name => name is not ("cffi" or "greenlet" or "hpy" or "readline")).Order()); // PyPy's standard library brings these
        Assert.Equal("tiny-tool 1.0\n", Run(Script(made, "tiny-tool")).Output);
        Pip(made, "uninstall", "--yes", "tiny-tool");
        // All byte-code existed before, and the interpreter accepted it.
        Assert.Equal([], fresh.Differences(TreeSnapshot.Read(made.Prefix), (_, _, _) => false));

        // RECORD lists every file of pip, so that uninstalling it leaves none.
        Pip(made, "uninstall", "--yes", "pip");
        Assert.DoesNotContain(TreeSnapshot.Read(made.Prefix).Items.Keys,
            path => path.Contains("/pip", StringComparison.Ordinal) && !path.StartsWith("share/", StringComparison.Ordinal)
            && !path.Contains("/setuptools", StringComparison.Ordinal) && !path.Contains("/pkg_resources", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Upgraded))]
    public void Pip_in_a_new_environment_upgrades_itself(string text)
    {
        PythonEnvironment python = world.Need(text);
        PythonEnvironment made = world.Make(new(world.NewPath(), python));
        TreeSnapshot fresh = TreeSnapshot.Read(made.Prefix);

        // Run by the name that venv uses, which its commands then contain.
        Run(Script(made, Path.GetFileName(python.Executable)), "-m", "pip", "install", "--force-reinstall", "--no-deps",
            BundledWheels.Find(FileTree.Host, python)!.Wheels[^1]);

        // Installed from a file, pip records its URL (PEP 610), and lists that record.
        string[] more = [.. fresh.Differences(TreeSnapshot.Read(made.Prefix),
            (path, _, _) => path.EndsWith(".pyc", StringComparison.Ordinal) || path.EndsWith("/RECORD", StringComparison.Ordinal))];
        Assert.Equal($"{Path.GetRelativePath(made.Prefix, made.SitePackages[0])}/pip-{made.PipVersion}.dist-info/direct_url.json",
            Assert.Single(more).Split(':')[0]);
    }

    /// <summary>pip itself writes a command that does not start where the path contains a quote, a <c>$</c> or a
    /// backslash; those written here start in every path.</summary>
    [Theory]
    [MemberData(nameof(Releases))]
    public void Commands_run_in_every_path(string text)
    {
        PythonEnvironment python = world.Need(text);
        string other = world.NewPath();
        foreach (string module in (string[])["pip/__init__.py", "pip/_internal/__init__.py", "pip/_internal/cli/__init__.py"])
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(other, module))!);
            File.WriteAllText(Path.Combine(other, module), OtherPip);
        }
        File.WriteAllText(Path.Combine(other, "pip/_internal/cli/main.py"), OtherPip);
        var variables = new Dictionary<string, string>(VenvWorld.Quiet, StringComparer.Ordinal);
        string[] names = [.. Names(text)];
        Assert.All(names, name =>
        {
            PythonEnvironment made = world.Make(new(world.NewPath(name), python));
            variables["PYTHONPATH"] = TestExtent.IsFull || name == names[0] ? "" : other;
            Tool.Result result = Tool.Run(Script(made, "pip3"), ["--version"], variables: variables).Checked();
            Assert.Equal("", result.Error);
            string expected = variables["PYTHONPATH"].Length == 0 ? $"pip {made.PipVersion} from {made.SitePackages[0]}"
                : $"other {made.Prefix} [";
            Assert.StartsWith(expected, result.Output, StringComparison.Ordinal);
        });
    }

    // Each name with one Python; in a full run with every one.
    private static IEnumerable<string> Names(string python) => HostilePaths.Names.Where((_, index) => TestExtent.IsFull
        || index % 2 == (python is "newest" ? 0 : 1));

    private static string Script(PythonEnvironment made, string name) => Path.Combine(made.Scripts!, name);

    private static Tool.Result Pip(PythonEnvironment made, params string[] arguments) => Run(made.Executable, ["-m", "pip", .. arguments]);

    private static Tool.Result Run(string program, params string[] arguments) =>
        Tool.Run(program, arguments, variables: VenvWorld.Quiet).Checked();
}
