using Pep668.Environments;
using Pep668.Machines;
using Pep668.Markers;
using Pep668.Packages;
using Pep668.Pip.Policy;
using Pep668.Pip.Requests;

namespace Pep668.Tests.Pip.Running;

/// <summary>Real installs with <c>--prefix</c>, <c>--root</c> and <c>--target</c>: what they put elsewhere, and what
/// pip removes from the environment for it.</summary>
public sealed class OtherDestinationTests(OtherDestinationTests.PythonWithTiny template)
    : IClassFixture<OtherDestinationTests.PythonWithTiny>, IDisposable
{
    private readonly InstallWorld _world = new();

    public void Dispose() => _world.Dispose();

    /// <summary>A copied Python 3.9 in which tiny 1.0 is installed: the tests copy it.</summary>
    public sealed class PythonWithTiny : IDisposable
    {
        private readonly InstallWorld _world = new();
        private readonly Lazy<string> _folder;

        /// <summary>It is made when it is needed.</summary>
        public PythonWithTiny() => _folder = new(() =>
        {
            string folder = Path.Combine(_world.Folder, "python");
            string python = CopiedPython.Make(folder, Interpreters.Need("3.9", Needs.Pip), marker: false);
            _world.Results(_world.Install(Read(python), "tiny==1.0"));
            return folder;
        });

        internal string CopyTo(string folder)
        {
            Tool.Run("cp", ["-a", _folder.Value, folder]).Checked();
            return Path.Combine(folder, "bin", "python3.9");
        }

        /// <inheritdoc/>
        public void Dispose() => _world.Dispose();
    }

    public static TheoryData<string> Pythons => [.. TestExtent.Some<string>(["3.6", "newest"], ["3.8", "3.9", "managed"])];

    [Theory]
    [MemberData(nameof(Pythons))]
    public void Removal_from_the_environment_is_reported_beside_the_install_elsewhere(string python)
    {
        PythonEnvironment venv = _world.Venv(python);
        PipRequest Install(string package, params string[] arguments) => _world.Install(venv, package) with { Arguments = arguments };
        _world.Results(Install("tiny==1.0"));
        Assert.Equal(["tiny*: Installed ->1.0"], _world.Results(Install("tiny==1.0", "--target", "a")));
        Assert.Equal(["tiny*: Installed ->2.0"], _world.Results(Install("tiny==2.0", "--prefix", "b", "--ignore-installed")));
        Assert.Equal(["tiny*: Unchanged 1.0->1.0 (same)"], _world.Results(Install("tiny", "--prefix", "c")));
        Assert.Contains("tiny", Names(venv));
        Assert.Equal(["tiny*: Removed 1.0->", "tiny*: Installed ->2.0"], _world.Results(Install("tiny==2.0", "--prefix", "c")));
        Assert.DoesNotContain("tiny", Names(venv));
        _world.Results(Install("tiny==1.0"));
        _world.Set("PIP_ROOT", "d");
        Assert.Equal(["tiny*: Removed 1.0->", "tiny*: Installed ->1.1"], _world.Results(Install("tiny==1.1")));
        Assert.DoesNotContain("tiny", Names(venv));
    }

    [Fact]
    public void Dry_run_shows_what_would_be_removed()
    {
        PythonEnvironment venv = _world.Venv("newest");
        _world.Results(_world.Install(venv, "tiny==1.0"));
        PipRequest dry = _world.Install(venv, "tiny==2.0") with { DryRun = true };
        Assert.Equal(["tiny*: WouldRemove 1.0-> (same)", "tiny*: WouldInstall ->2.0 (same)"],
            _world.Results(dry with { Arguments = ["--prefix", "a"] }));
        Assert.Equal(["tiny*: WouldInstall ->2.0 (same)"], _world.Results(dry with { Arguments = ["--prefix", "a", "-I"] }));
        Assert.Equal(["tiny*: WouldInstall ->2.0 (same)"], _world.Results(dry with { Arguments = ["-ta"] }));
        Assert.Contains("tiny", Names(venv));
    }

    [Fact]
    public void Prefix_of_the_environment_itself_is_the_environment()
    {
        PythonEnvironment venv = _world.Venv("newest");
        _world.Results(_world.Install(venv, "tiny==1.0"));
        Assert.Equal(["tiny*: Upgraded 1.0->2.0"],
            _world.Results(_world.Install(venv, "tiny==2.0") with { Arguments = ["--prefix", venv.Prefix] }));
    }

    [Fact]
    public void Uv_removes_nothing_from_the_environment()
    {
        Assert.SkipUnless(Tool.Exists("uv"), "needs uv");
        PythonEnvironment venv = _world.Venv("newest");
        PipRequest install = _world.Install(venv, "tiny==1.0") with { Installer = PipInstaller.Uv };
        _world.Results(install);
        foreach (string option in (string[])["--prefix", "--target"])
        {
            PipRequest other = _world.Install(venv, "tiny==2.0") with { Installer = PipInstaller.Uv, Arguments = [option, option[2..]] };
            Assert.Equal(["tiny*: Installed ->2.0"], _world.Results(other));
            Assert.Equal(["tiny*: Unchanged 2.0->2.0 (same)"], _world.Results(other));
        }
        Assert.Contains("tiny", Names(venv));
    }

    [Theory]
    [InlineData("--prefix {free}", "tiny", "prefix")]
    [InlineData("--root {free}", "tiny", "root")]
    [InlineData("--prefi={free} --no-deps", "tiny", "prefix")]
    [InlineData("--prefix {free} --no-deps", "other", null)]
    [InlineData("--prefix {free} --no-deps other", "other", "prefix")]
    [FullInlineData("--prefix {free} -I", "tiny", null)]
    [InlineData("--root {free} --ignore-inst", "tiny", null)]
    [InlineData("--prefix {free} --target {free}", "tiny", null)]
    [FullInlineData("--target {free}", "tiny", null)]
    public void Managed_environment_is_not_changed_for_another_destination(string arguments, string package, string? option)
    {
        string python = template.CopyTo(Path.Combine(_world.Folder, "python"));
        PythonEnvironment environment = Read(python);
        File.WriteAllText(Path.Combine(environment.StdLib!, "EXTERNALLY-MANAGED"), "[externally-managed]\nError=no\n");
        environment = Read(python);
        PipRequest request = _world.Install(environment, package is "tiny" ? "tiny==2.0" : package) with
        {
            Arguments = arguments.Replace("{free}", Path.Combine(_world.Folder, "free")).Split(' '),
        };
        PipVerdict verdict = PipPolicy.Decide(_world.Machine, request, MarkerLanguage.Untranslated);
        Assert.Equal(option, (verdict.Refusal?.Target as Refusal)?.Cause.ToString().ToLowerInvariant());
        if (option is null)
        {
            // The real pip leaves it as it is.
            Assert.DoesNotContain(_world.Run(request).Results, result => result.Action == PipInstallAction.Removed);
            Assert.Contains("tiny", Names(environment));
        }
        else
        {
            Assert.Contains("--ignore-installed", verdict.Refusal!.FirstCommand());
            PipRequest overriding = request with { BreakSystemPackages = true };
            Assert.NotNull(PipPolicy.Decide(_world.Machine, overriding, MarkerLanguage.Untranslated).Overridden);
        }
    }

    [Theory]
    [FullInlineData("lib")]
    [InlineData("site-packages")]
    [InlineData("bin")]
    public void Linked_folder_of_an_environment_is_refused_as_the_managed_one_that_it_leads_to(string linked)
    {
        string managed = CopiedPython.Make(Path.Combine(_world.Folder, "python"), Interpreters.Newest(Needs.Venv | Needs.PipOrWheel),
            marker: true);
        PythonEnvironment venv = Read(CopiedPython.Venv(Path.Combine(_world.Folder, "venv"), managed));
        PipVerdict Decide() => PipPolicy.Decide(_world.Machine, _world.Install(venv, "tiny"), MarkerLanguage.Untranslated);
        Assert.Null(Decide().Refusal);
        string folder = linked is "site-packages" ? venv.SitePackages[0] : Path.Combine(venv.Prefix, linked);
        Directory.Delete(folder, recursive: true);
        PythonEnvironment other = Read(managed);
        File.CreateSymbolicLink(folder, linked is "site-packages" ? other.SitePackages[0] : Path.Combine(other.Prefix, linked));
        Assert.Equal(FailureId.ExternallyManagedEnvironment, Decide().Refusal?.Id);
        Assert.Equal(FailureId.ExternallyManagedEnvironment, PipPolicy.Decide(_world.Machine,
            _world.Uninstall(venv, "pip") with { Installer = PipInstaller.Uv }, MarkerLanguage.Untranslated).Refusal?.Id);
    }

    private static IEnumerable<string> Names(PythonEnvironment environment) =>
        InstalledDistributions.Read(FileTree.Host, environment).Found.Keys;

    private static PythonEnvironment Read(string python) => new EnvironmentReader(FileTree.Host).Read(python).Environment!;
}
