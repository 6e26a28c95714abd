using System.Text;
using Pep668.Machines;
using Pep668.Pip.Linting;

namespace Pep668.Tests.Pip.Linting;

/// <summary>Which files are read, and what a baseline accepts.</summary>
public sealed class OverrideLintTests : IDisposable
{
    private const string Install = "pip install --break-system-packages x\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("pep668-lint-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Folders_are_searched_without_those_of_tools_and_without_links()
    {
        Write("a.sh", Install);
        Write("deep/er/b.sh", Install);
        Write("node_modules/c.sh", Install);
        Write(".git/hooks/pre-commit", "#!/bin/sh\n" + Install);
        Write(".github/workflows/d.yml", "a:\n  run: " + Install);
        Write("readme.txt", Install);
        string other = Directory.CreateTempSubdirectory("pep668-lint-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(other, "e.sh"), Install);
            Directory.CreateSymbolicLink(Path.Combine(_folder, "link"), other);
            File.CreateSymbolicLink(Path.Combine(_folder, "f.sh"), Path.Combine(other, "e.sh"));
            Directory.CreateSymbolicLink(Path.Combine(_folder, "deep/up"), _folder);
            Assert.Equal([".github/workflows/d.yml", "a.sh", "deep/er/b.sh"], Found(recurses: true));
            Assert.Equal(["a.sh"], Found(recurses: false));
        }
        finally
        {
            Directory.Delete(other, recursive: true);
        }
    }

    [Fact]
    public void Binary_and_large_files_are_skipped_and_UTF_16_is_read()
    {
        Write("binary.sh", "\0" + Install);
        Write("large.sh", Install + new string('#', 5 << 20));
        Write("medium.sh", Install + new string('#', 1 << 20));
        File.WriteAllText(Path.Combine(_folder, "wide.ps1"), Install, Encoding.Unicode);
        File.WriteAllText(Path.Combine(_folder, "mark.sh"), Install, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        Assert.Equal(["mark.sh", "medium.sh", "wide.ps1"], Found(recurses: true));
    }

    [Fact]
    public void Unreadable_folder_is_reported_and_the_others_are_searched()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.UserName is "root", "root reads every folder");
        Write("a.sh", Install);
        Write("closed/b.sh", Install);
        File.SetUnixFileMode(Path.Combine(_folder, "closed"), UnixFileMode.None);
        LintResult result = Find(recurses: true);
        File.SetUnixFileMode(Path.Combine(_folder, "closed"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Assert.Equal([Path.Combine(_folder, "closed")], result.Unreadable);
        Assert.Single(result.Uses);
    }

    [Fact]
    public void Missing_link_target_in_an_explicit_path_finds_nothing() =>
        Assert.Empty(OverrideLint.Find(FileTree.Host, [Path.Combine(_folder, "missing.sh")], recurses: true, CancellationToken.None).Uses);

    [Fact]
    public void Baseline_accepts_moved_lines_and_not_further_occurrences()
    {
        string baseline = Path.Combine(_folder, "baseline.json");
        Write("a.sh", Install);
        Assert.Null(LintBaseline.Write(FileTree.Host, baseline, Find(recurses: true).Uses));
        Assert.Empty(Remaining(baseline));
        Write("a.sh", "echo\n\n" + Install);
        Assert.Empty(Remaining(baseline));
        Write("a.sh", Install + Install);
        Assert.Equal(2, Assert.Single(Remaining(baseline)).Line);
        Write("a.sh", Install.Replace(" x", " y"));
        Assert.Single(Remaining(baseline));
        Write("a.sh", Install);
        Write("b.sh", Install);
        Assert.EndsWith("b.sh", Assert.Single(Remaining(baseline)).Path, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"version\": 2, \"accepted\": []}")]
    [InlineData("{\"version\": 1, \"accepted\": [null]}")]
    [InlineData("{\"version\": 1, \"accepted\": [{\"rule\": \"x\"}]}")]
    public void File_that_is_no_baseline_is_refused(string text)
    {
        Write("baseline.json", text);
        Assert.Equal(FailureId.InvalidBaseline, LintBaseline.Read(FileTree.Host, Path.Combine(_folder, "baseline.json")).Failure?.Id);
    }

    [Theory]
    [InlineData("a.sh", "pip install --break-system-packages --user 'requests>=2' -r req.txt\n",
        "python3 -m venv .venv|.venv/bin/pip install requests>=2 -r req.txt")]
    [InlineData("a.sh", "pip install --break-system-packages $x\n", "python3 -m venv .venv")]
    [InlineData("a.ps1", "pip install --break-system-packages x\n", "python3 -m venv .venv|.venv/Scripts/pip install x")]
    [InlineData("Dockerfile", "RUN pip install --break x\n", "python3 -m venv /opt/venv|/opt/venv/bin/pip install x")]
    [InlineData("a.yml", "- pip:\n    break_system_packages: true\n", "python3 -m venv /opt/venv")]
    [InlineData("a.sh", "rm EXTERNALLY-MANAGED\n", "python3 -m venv .venv")]
    public void Remedy_is_a_virtual_environment_with_the_same_packages(string name, string text, string steps)
    {
        PipOverrideUse use = Assert.Single(LintChecks.Find(name, text, LintKinds.OfName(name)));
        Assert.Equal(steps, string.Join('|', use.Remedies[0].Steps.Cast<ProgramStep>().Select(step => string.Join(' ', step.Arguments))));
    }

    [Theory]
    [InlineData("pip install --break-system-packages \\\n    requests  \\\n    six\n", "pip install --break-system-packages requests six")]
    [InlineData("a && pip  install --break x; b\n", "pip install --break x")]
    public void Text_is_the_command_on_one_line(string text, string expected) =>
        Assert.Equal(expected, Assert.Single(LintChecks.Find("a.sh", text, LintKind.Shell)).Text);

    [Theory]
    [InlineData("a.sh", "args=(install --break-system-packages )\n", "args=(install --break-system-packages )")]
    [InlineData("a.sh", "(cd x && pip install --break x)\n", "pip install --break x")]
    [InlineData("a.ps1", "$a = @('install', '--break-system-packages')\n", "$a = @('install', '--break-system-packages')")]
    [InlineData("a.ps1", "[Environment]::SetEnvironmentVariable('PIP_BREAK_SYSTEM_PACKAGES', '1')\n",
        "[Environment]::SetEnvironmentVariable('PIP_BREAK_SYSTEM_PACKAGES', '1')")]
    [InlineData("a.cmd", "if exist x ( del EXTERNALLY-MANAGED )\n", "if exist x ( del EXTERNALLY-MANAGED )")]
    [InlineData("a.py", "run([\"pip\", \"install\", \"--break-system-packages\"])\n",
        "[\"pip\", \"install\", \"--break-system-packages\"]")]
    [InlineData("Dockerfile", "RUN [\"pip\", \"install\", \"--break-system-packages\"]\n",
        "[\"pip\", \"install\", \"--break-system-packages\"]")]
    public void Text_includes_the_brackets_that_close_those_in_it(string name, string text, string expected) =>
        Assert.Equal(expected, Assert.Single(LintChecks.Find(name, text, LintKinds.OfName(name))).Text);

    [Fact]
    public void Remedies_that_create_the_same_environment_are_one()
    {
        const string Text = """
            RUN pip install --break-system-packages x
            RUN pip install --break-system-packages y
            RUN pip install --break-system-packages x
            ENV PIP_BREAK_SYSTEM_PACKAGES=1
            RUN rm EXTERNALLY-MANAGED
            """;
        IReadOnlyList<PipOverrideUse> uses = LintChecks.Find("Dockerfile", Text, LintKind.Dockerfile);
        Assert.Equal(5, uses.Count);
        Remedy remedy = Assert.Single(LintRemedies.Merge(uses.SelectMany(use => use.Remedies)));
        Assert.Equal(["python3 -m venv /opt/venv", "/opt/venv/bin/pip install x", "/opt/venv/bin/pip install y"],
            remedy.Steps.Cast<ProgramStep>().Select(step => string.Join(' ', step.Arguments)));
    }

    private void Write(string name, string text)
    {
        string path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    private LintResult Find(bool recurses) => OverrideLint.Find(FileTree.Host, [_folder], recurses, CancellationToken.None);

    private IEnumerable<string> Found(bool recurses) => Find(recurses).Uses.Select(one => LintBaseline.Relative(_folder, one.Path));

    private IReadOnlyList<PipOverrideUse> Remaining(string baseline) =>
        LintBaseline.Read(FileTree.Host, baseline).OrNull()!.Remaining(Find(recurses: true).Uses);
}
