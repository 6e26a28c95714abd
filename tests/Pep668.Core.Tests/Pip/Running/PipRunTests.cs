using Pep668.Machines;
using Pep668.Packages;
using Pep668.Pip.Policy;
using Pep668.Pip.Requests;
using Pep668.Pip.Running;

namespace Pep668.Tests.Pip.Running;

/// <summary>Real installs by old and new pips and by uv, which are reported by the same objects.</summary>
public sealed class PipRunTests : IDisposable
{
    private readonly InstallWorld _world = new();

    public void Dispose() => _world.Dispose();

    public static TheoryData<string, PipInstaller> Installers()
    {
        var rows = new TheoryData<string, PipInstaller>
        {
            { "3.6", PipInstaller.Pip }, { "managed", PipInstaller.Auto }, { "newest", PipInstaller.Uv },
        };
        if (TestExtent.IsFull)
        {
            rows.Add("3.8", PipInstaller.Pip);
            rows.Add("newest", PipInstaller.Pip);
        }
        return rows;
    }

    [Theory]
    [MemberData(nameof(Installers))]
    public void Install_reports_what_each_run_changed(string python, PipInstaller installer)
    {
        Assert.SkipWhen(installer == PipInstaller.Uv && !Tool.Exists("uv"), "needs uv");
        PythonEnvironment venv = _world.Venv(python);
        PipRequest Install(params string[] packages) => _world.Install(venv, packages) with { Installer = installer };
        string[] again = installer == PipInstaller.Uv ? ["--reinstall"] : ["--force-reinstall", "--no-deps"];

        Assert.Equal(["leaf: Installed ->1.0", "tiny: Installed ->1.1", "Top.Name*: Installed ->1.0"],
            _world.Results(Install("top-name[more]")).Order(StringComparer.OrdinalIgnoreCase));
        Assert.Equal(["tiny*: Downgraded 1.1->1.0"], _world.Results(Install("tiny==1.0")));
        Assert.Equal(["tiny*: Unchanged 1.0->1.0 (same)"], _world.Results(Install("Tiny")));
        Assert.Equal(["tiny*: Upgraded 1.0->2.0"], _world.Results(Install("tiny") with { Upgrade = true }));
        Assert.Equal(["tiny*: Reinstalled 2.0->2.0"], _world.Results(Install("tiny==2.0") with { Arguments = again }));
        Assert.Equal(["leaf*: Reinstalled 1.0->1.0"], _world.Results(Install(_world.Wheels.PathOf("leaf")) with { Arguments = again }));
        string file = _world.Write("wanted.txt", "# what is wanted\ntiny >= 1 # or more\nleaf; python_version < '3'\n-r more.txt\n");
        _world.Write("more.txt", "other == 1.0 \\\n# and this\n");
        Assert.Equal(["other*: Installed ->1.0", "tiny*: Unchanged 2.0->2.0 (same)"],
            _world.Results(Install() with { Requirements = [file] }));

        PipRunOutcome planned = _world.Run(Install("tiny==1.0", "leaf") with { DryRun = true });
        if (planned.Failure is null)
        {
            Assert.Equal(["leaf*: Unchanged 1.0->1.0 (same)", "tiny*: WouldDowngrade 2.0->1.0 (same)"], InstallWorld.Short(planned));
        }
        else
        {
            Assert.Equal((FailureId.NotSupportedByPip, "3.6"), (planned.Failure.Id, python));
            Assert.Contains("22.2", planned.Failure.Message);
        }
        // pip does not evaluate the condition of what it uninstalls.
        string leaf = installer == PipInstaller.Uv ? "Leaf" : "Leaf; python_version < '3'";
        PipRequest removal = _world.Uninstall(venv, leaf, "absent", "TINY") with { Installer = installer };
        PipRunOutcome would = _world.Run(removal with { DryRun = true });
        Assert.Equal(["leaf*: WouldRemove 1.0-> (same)", "tiny*: WouldRemove 2.0-> (same)"], InstallWorld.Short(would));
        PipRunOutcome removed = _world.Run(removal);
        Assert.Equal(["leaf*: Removed 1.0->", "tiny*: Removed 2.0->"], InstallWorld.Short(removed));
        Assert.Equal([FailureId.PackageNotFound], removed.Failures.Select(failure => failure.Id));
        Assert.Equal(["other", "top-name"],
            InstalledDistributions.Read(_world.Machine.Files, venv).Found.Keys.Except(["pip", "setuptools"]).Order());
        Assert.Empty(InterruptedInstall.Find(_world.Machine, venv));
        Assert.Empty(Directory.GetFiles(venv.Prefix, ".pep668*"));
    }

    public static TheoryData<string, PipInstaller> Failing() =>
        TestExtent.IsFull ? Installers() : new() { { "managed", PipInstaller.Auto }, { "newest", PipInstaller.Uv } };

    [Theory]
    [MemberData(nameof(Failing))]
    public void Failed_install_reports_the_reason(string python, PipInstaller installer)
    {
        Assert.SkipWhen(installer == PipInstaller.Uv && !Tool.Exists("uv"), "needs uv");
        PythonEnvironment venv = _world.Venv(python);
        PipRequest install = _world.Install(venv) with { Installer = installer };
        string hashed = _world.Write("hashed.txt", "tiny==1.0 --hash=sha256:" + new string('0', 64) + "\n");
        List<PipRequest> failing =
        [
            install with { Packages = [_world.Target("absent")] },
            install with { Requirements = [hashed] },
            install with { Packages = [_world.Target(_world.Wheels.PathOf("hollow"))] },
            install with { Packages = [_world.Target("unbuildable")], Arguments = ["--no-build-isolation"] },
        ];
        if (python is not "3.6") // the resolver of pip 18.1 takes the first of two that contradict each other
        {
            failing.Add(install with { Packages = [_world.Target("top-name"), _world.Target("clash")] });
        }
        foreach (PipRequest request in failing)
        {
            PipRunOutcome outcome = _world.Run(request);
            Assert.Equal(FailureId.PipFailed, outcome.Failure?.Id);
            Assert.Empty(outcome.Results);
            Assert.NotEqual(0, outcome.ExitCode);
            Assert.Contains($"exit code {outcome.ExitCode}", outcome.Failure!.Message);
            Assert.Contains(outcome.Tail[^1], outcome.Failure.Details);
        }
        Assert.Empty(InstalledDistributions.Read(_world.Machine.Files, venv).Found.Keys.Except(["pip", "setuptools"]));
        Assert.Empty(Directory.GetFiles(venv.Prefix, ".pep668*"));
    }

    public static TheoryData<string> Editables => [.. TestExtent.Some<string>(["managed"], ["3.6", "3.8"])];

    public static TheoryData<string> WithoutPip => [.. TestExtent.Some<string>(["newest"], ["3.6", "3.8", "managed"])];

    [Theory]
    [MemberData(nameof(Editables))]
    public void Editable_install_of_a_project_is_reported(string python)
    {
        PythonEnvironment venv = _world.Venv(python);
        string project = Path.GetDirectoryName(
            _world.Write("project/setup.py", "from setuptools import setup\nsetup(name='In.Place', version='0.5', py_modules=[])\n"))!;
        Assert.True(PipTarget.TryParseEditable(project, _world.Machine, out PipTarget? target, out _));
        PipRequest request = _world.Install(venv) with { Editables = [target], Arguments = ["--no-build-isolation"] };
        Assert.Equal(["In.Place*: Installed ->0.5"], _world.Results(request).Select(line => line.Replace("In-Place", "In.Place")));
        Assert.Equal(["In.Place*: Removed 0.5->"],
            _world.Results(_world.Uninstall(venv, "in-place")).Select(line => line.Replace("In-Place", "In.Place")));
    }

    [Theory]
    [MemberData(nameof(WithoutPip))]
    public void Environment_without_pip_is_changed_by_the_bundled_pip(string python)
    {
        PythonEnvironment venv = _world.Venv(python, withoutPip: true);
        PipRunOutcome outcome = _world.Run(_world.Install(venv, "tiny==1.0"));
        Assert.True(outcome.Failure is null, outcome.Failure?.Message);
        Assert.Equal(PipProgramKind.BundledPip, outcome.Program!.Kind);
        Assert.Equal(["tiny*: Installed ->1.0"], InstallWorld.Short(outcome));
        Assert.Equal(["tiny*: Removed 1.0->"], _world.Results(_world.Uninstall(venv, "tiny")));
    }

    [Fact]
    public void Install_as_root_is_reported()
    {
        PythonEnvironment venv = _world.Venv("newest");
        PipRequest request = _world.Install(venv, "tiny");
        PipRunOutcome outside = PipRun.Execute(_world.Machine with { UserId = 0 },
            request with { Environment = venv with { IsVirtual = false } }, OverrideMeans.Nothing, null, default);
        Assert.Contains(outside.Warnings, warning => warning.Message.Contains("pip runs as root: it changes"));
        PipRunOutcome inside = PipRun.Execute(_world.Machine with { UserId = 0 }, request, OverrideMeans.Nothing, null, default);
        Assert.Empty(inside.Warnings);
    }
}
