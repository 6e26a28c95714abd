using System.Text.Json;
using Pep668.Environments;
using Pep668.Machines;
using Pep668.Venvs.Creation;

namespace Pep668.Tests.Venvs.Creation;

/// <summary>Common commands work in a created environment.</summary>
public sealed class VenvUseTests(VenvWorld world)
{
    // "pip check" and "pip list" in one process: to start pip takes most of their time.
    private const string CheckAndList = """
        import sys
        try:
            from pip._internal.cli.main import main
        except ImportError:
            from pip._internal import main
        sys.exit(main(["check"]) or print("---", flush=True) or main(["list", "--format", "json"]))
        """;

    public static TheoryData<string> Pythons => VenvWorld.FastPythons;

    public static TheoryData<string> Upgraded => [.. TestExtent.Some<string>(["3.8"], ["newest"])];

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
        string[] asked = Run(made.Executable, "-c", CheckAndList).Output.Split("---\n");
        Assert.Contains("No broken requirements found.", asked[0], StringComparison.Ordinal);
        Assert.Equal(seeds, JsonDocument.Parse(asked[1]).RootElement.EnumerateArray()
            .Select(one => one.GetProperty("name").GetString())
            .Where(name => name is not ("cffi" or "greenlet" or "hpy" or "readline")).Order()); // PyPy's standard library brings these
        // All byte-code exists, and the interpreter accepts it.
        Assert.Equal([], fresh.Differences(TreeSnapshot.Read(made.Prefix), (_, _, _) => false));

        Pip(made, "install", "--find-links", TinyWheel.WriteTo(world.NewPath()), "tiny-tool");
        Assert.Equal("tiny-tool 1.0\n", Run(Script(made, "tiny-tool")).Output);
        Pip(made, "uninstall", "--yes", "tiny-tool");
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
        Assert.All(Names(text), name =>
        {
            PythonEnvironment made = world.Make(new(world.NewPath(name), python));
            Tool.Result result = Run(Script(made, "pip3"), "--version");
            Assert.Equal("", result.Error);
            Assert.StartsWith($"pip {made.PipVersion} from {made.SitePackages[0]}", result.Output, StringComparison.Ordinal);
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
