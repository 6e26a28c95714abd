using System.Buffers.Binary;
using Pep668.Discovery;
using Pep668.Venvs.Creation;

namespace Pep668.Tests.Venvs.Creation;

/// <summary>The created files equal those that the interpreter's own <c>venv</c> writes in the same
/// place.</summary>
public sealed class VenvTreeTests(VenvWorld world)
{
    public static TheoryData<string> Pythons => VenvWorld.Pythons;

    public static TheoryData<string> FastPythons => VenvWorld.FastPythons;

    // With the newest, the tree under a umask is compared in each run where there are any (VenvUmaskTests).
    [Theory, MemberData(nameof(FastPythons))]
    public void Tree_with_pip_equals_that_of_venv(string text)
    {
        Assert.SkipWhen(!TestExtent.IsFull && !OperatingSystem.IsWindows()
            && text == Interpreters.Newest(Needs.Venv | Needs.Ensurepip).Name, TestExtent.Reason);
        AssertSame(new(world.NewPath(), world.Need(text)));
    }

    [Theory, MemberData(nameof(Pythons))]
    public void Tree_without_pip_equals_that_of_venv(string text)
    {
        PythonEnvironment python = world.Need(text, Needs.Venv);
        AssertSame(new(world.NewPath(), python) { WithoutPip = true });
        AssertSame(new(world.NewPath(), python) { WithoutPip = true, SystemSitePackages = true });
        AssertSame(new(world.NewPath(), python) { WithoutPip = true, Prompt = "project" });
        AssertSame(new(world.NewPath("with a blank"), python) { WithoutPip = true, SystemSitePackages = true, Prompt = "Größe (x) 日本" });
    }

    // The command in pyvenv.cfg names the folder, so that it can be run elsewhere too.
    [Theory, MemberData(nameof(FastPythons))]
    public void Tree_with_a_full_stop_as_prompt_differs_from_that_of_venv_only_in_the_command(string text)
    {
        PythonEnvironment python = world.Need(text, Needs.Venv);
        Assert.SkipUnless(python.VersionInfo >= new Version(3, 9), "3.8 and earlier show the full stop");
        string name = Path.GetFileName(world.Machine.CurrentDirectory);
        var request = new VenvRequest(world.NewPath(), python) { WithoutPip = true, Prompt = "." };
        AssertSame(request, path => path is "pyvenv.cfg", folder: world.Machine.CurrentDirectory);
        Assert.Equal(name, new EnvironmentCatalog(world.Machine).ReadOne(request.Path).Environment!.Config!.Prompt);
    }

    // versions/3.12 -> 3.12.1 of pyenv, Homebrew's opt, aliases of asdf and mise.
    [Theory, MemberData(nameof(Pythons))]
    public void Tree_of_a_Python_in_a_linked_folder_equals_that_of_venv(string text)
    {
        string executable = world.Need(text, Needs.Venv).Executable, alias = world.NewPath("alias");
        File.CreateSymbolicLink(alias, Path.GetDirectoryName(Path.GetDirectoryName(executable))!);
        string named = Path.Combine(alias, "bin", Path.GetFileName(executable));
        PythonEnvironment python = new EnvironmentCatalog(world.Machine).ReadOne(named).Environment!;
        AssertSame(new(world.NewPath(), python) { WithoutPip = true }, named: named);
    }

    [Fact]
    public void Tree_with_every_option_in_a_path_with_a_space_equals_that_of_venv()
    {
        TestExtent.NeedFull();
        AssertSame(new(world.NewPath("with a blank"), world.Need("newest")) { SystemSitePackages = true, Prompt = "the project" });
    }

    // Where a template has its placeholder between quotes, Python puts the value in raw, and the script breaks; ours is
    // escaped. Where it quotes (gh-124651), it does so for a POSIX shell: a backslash in fish, and an exclamation mark
    // in csh, still mean something to those. pyvenv.cfg is Python's always.
    [Theory, MemberData(nameof(Pythons))]
    public void Tree_with_quotes_in_the_prompt_differs_only_in_activation_scripts(string text)
    {
        PythonEnvironment python = world.Need(text, Needs.Venv);
        bool isRaw = File.ReadAllText(Path.Combine(python.StdLib!, "venv", "__init__.py")) is string source
            && !source.Contains("shlex.quote", StringComparison.Ordinal);
        foreach (string prompt in (string[])["a 'quoted' name", "a \"quoted\" name", "$HOME `id` \\x", "both ' and \"", "wow! (x)"])
        {
            AssertSame(new(world.NewPath(), python) { WithoutPip = true, Prompt = prompt }, path =>
                isRaw ? path.StartsWith("bin/activate", StringComparison.OrdinalIgnoreCase)
                : (path is "bin/activate.fish" && prompt.Contains('\\')) || (path is "bin/activate.csh" && prompt.Contains('!')));
        }
    }

    /// <summary>Creates an environment with each in the same place, and compares them.</summary>
    internal void AssertSame(VenvRequest request, Predicate<string>? mayDiffer = null, string? named = null, string? folder = null)
    {
        TreeSnapshot theirs = Theirs(request, named ?? request.Python.Executable, folder);
        PythonEnvironment made = world.Make(request);
        TreeSnapshot ours = TreeSnapshot.Read(made.Prefix);
        IReadOnlyList<string> differences = theirs.Differences(ours, (path, mine, its) =>
            path.EndsWith(".pyc", StringComparison.Ordinal) ? IsByteCodeOf(path, mine, its, ours) : mayDiffer?.Invoke(path) ?? false);
        Assert.True(differences.Count == 0, string.Join('\n', differences.Take(20)));
    }

    private static TreeSnapshot Theirs(VenvRequest request, string python, string? folder)
    {
        List<string> arguments = ["-m", "venv"];
        if (request.WithoutPip)
        {
            arguments.Add("--without-pip");
        }
        if (request.SystemSitePackages)
        {
            arguments.Add("--system-site-packages");
        }
        if (request.Prompt is not null)
        {
            arguments.Add("--prompt=" + request.Prompt);
        }
        Tool.Run(python, [.. arguments, request.Path], folder, variables: VenvWorld.Quiet).Checked();
        return TreeSnapshot.ReadAndDelete(request.Path);
    }

    // Byte-code differs in the time of the source and in the path that it was compiled under (the import system sets
    // that right in memory). What the import system looks at (importlib._bootstrap_external, _validate_timestamp_pyc)
    // has to be right: else every start would compile it again.
    private static bool IsByteCodeOf(string path, SnapshotItem theirs, SnapshotItem ours, TreeSnapshot tree)
    {
        int start = path.IndexOf("__pycache__/", StringComparison.Ordinal);
        string name = path[(start + "__pycache__/".Length)..];
        SnapshotItem source = tree.Items[path[..start] + name[..name.IndexOf('.', StringComparison.Ordinal)] + ".py"];
        // 3.6 has no flags between the magic number and the time.
        int times = theirs.Content.AsSpan(4, 4).SequenceEqual(ours.Content.AsSpan(4, 4)) ? 8 : 4;
        return theirs.Content.AsSpan(0, times).SequenceEqual(ours.Content.AsSpan(0, times))
            && BinaryPrimitives.ReadUInt32LittleEndian(
                ours.Content.AsSpan(times)) == (uint)new DateTimeOffset(source.Modified).ToUnixTimeSeconds()
            && BinaryPrimitives.ReadUInt32LittleEndian(ours.Content.AsSpan(times + 4)) == (uint)source.Content.Length;
    }
}
