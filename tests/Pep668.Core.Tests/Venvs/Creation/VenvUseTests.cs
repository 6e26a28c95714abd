using System.Text.Json;
using Pep668.Environments;
using Pep668.Machines;
using Pep668.Venvs.Creation;

namespace Pep668.Tests.Venvs.Creation;

/// <summary>What people do inside an environment works in ours.</summary>
public sealed class VenvUseTests(VenvWorld world)
{
    public static TheoryData<string> Pythons => VenvWorld.Pythons;

    [Theory, MemberData(nameof(Pythons))]
    public void Python_and_pip_are_at_home_in_it(string text)
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
        Assert.Contains("No broken requirements found.", Pip(made, "check").Output, StringComparison.Ordinal);
        Assert.Equal(seeds, JsonDocument.Parse(Pip(made, "list", "--format", "json").Output).RootElement.EnumerateArray()
            .Select(one => one.GetProperty("name").GetString())
            .Where(name => name is not ("cffi" or "greenlet" or "hpy" or "readline")).Order()); // PyPy's standard library brings these
        // All byte-code is there, and the interpreter took it as it was.
        Assert.Equal([], fresh.Differences(TreeSnapshot.Read(made.Prefix), (_, _, _) => false));

        Pip(made, "install", "--find-links", TinyWheel.WriteTo(world.NewPath()), "tiny-tool");
        Assert.Equal("tiny\n", Run(Script(made, "tiny-tool")).Output);
        Pip(made, "uninstall", "--yes", "tiny-tool");
        Assert.Equal([], fresh.Differences(TreeSnapshot.Read(made.Prefix), (_, _, _) => false));

        // RECORD lists all that pip is, so that nothing of it stays.
        Pip(made, "uninstall", "--yes", "pip");
        Assert.DoesNotContain(TreeSnapshot.Read(made.Prefix).Items.Keys,
            path => path.Contains("/pip", StringComparison.Ordinal) && !path.StartsWith("share/", StringComparison.Ordinal)
            && !path.Contains("/setuptools", StringComparison.Ordinal) && !path.Contains("/pkg_resources", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("3.8")]
    [InlineData("newest")]
    public void Pip_replaces_itself(string text)
    {
        PythonEnvironment python = world.Need(text);
        PythonEnvironment made = world.Make(new(world.NewPath(), python));
        TreeSnapshot fresh = TreeSnapshot.Read(made.Prefix);

        // By the name that venv calls it by, which its commands then have.
        Run(Script(made, Path.GetFileName(python.Executable)), "-m", "pip", "install", "--force-reinstall", "--no-deps",
            BundledWheels.Find(FileTree.Host, python)!.Wheels[^1]);

        // From a file, pip notes which one (PEP 610), and lists that note.
        string[] more = [.. fresh.Differences(TreeSnapshot.Read(made.Prefix),
            (path, _, _) => path.EndsWith(".pyc", StringComparison.Ordinal) || path.EndsWith("/RECORD", StringComparison.Ordinal))];
        Assert.Equal($"{Path.GetRelativePath(made.Prefix, made.SitePackages[0])}/pip-{made.PipVersion}.dist-info/direct_url.json",
            Assert.Single(more).Split(':')[0]);
    }

    /// <summary>pip's own way leaves a command that does not start where the path has a quote, a <c>$</c> or a
    /// backslash in it; ours does everywhere.</summary>
    [Theory]
    [InlineData("3.6")]
    [InlineData("previous")]
    [InlineData("newest")]
    public void Commands_run_in_every_place(string text)
    {
        PythonEnvironment python = world.Need(text);
        Assert.All(HostilePaths.Names, name =>
        {
            PythonEnvironment made = world.Make(new(world.NewPath(name), python));
            Tool.Result result = Run(Script(made, "pip3"), "--version");
            Assert.Equal("", result.Error);
            Assert.StartsWith($"pip {made.PipVersion} from {made.SitePackages[0]}", result.Output, StringComparison.Ordinal);
        });
    }

    private static string Script(PythonEnvironment made, string name) => Path.Combine(made.Scripts!, name);

    private static Tool.Result Pip(PythonEnvironment made, params string[] arguments) => Run(made.Executable, ["-m", "pip", .. arguments]);

    private static Tool.Result Run(string program, params string[] arguments) =>
        Tool.Run(program, arguments, variables: VenvWorld.Quiet).Checked();
}
