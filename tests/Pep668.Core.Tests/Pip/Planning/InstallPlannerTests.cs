using Pep668.Packages;
using Pep668.Pip.Planning;
using Pep668.Pip.Requests;
using Pep668.Shells;

namespace Pep668.Tests.Pip.Planning;

/// <summary>Plans of real pips and of uv, which run no code of packages.</summary>
public sealed class InstallPlannerTests : IDisposable
{
    private readonly InstallWorld _world = new();

    public void Dispose() => _world.Dispose();

    public static TheoryData<PipInstaller> Installers => [PipInstaller.Pip, PipInstaller.Uv];

    // Written by the build of a source distribution.
    private string Trace => Path.Combine(_world.Folder, "trace");

    [Theory]
    [MemberData(nameof(Installers))]
    public void Plan_lists_the_changes_and_changes_nothing(PipInstaller installer)
    {
        PythonEnvironment venv = Venv(installer);
        _world.Results(_world.Install(venv, "tiny==1.0", "leaf") with { Installer = installer });
        string[] Names() => [.. Directory.GetFileSystemEntries(venv.SitePackages[0]).Order(StringComparer.Ordinal)];
        string[] before = Names();
        PipInstallPlan plan = Plan(_world.Install(venv, "tiny==2.0", "other", "leaf") with { Installer = installer });
        Assert.Equal(["other* -> 1.0", "tiny* 1.0 -> 2.0"], Changes(plan));
        Assert.Equal((PipInstallRisk.None, 0, 0, 0), (plan.Risk, plan.Unknown.Count, plan.Shadowed.Count, plan.Overwritten.Count));
        Assert.Equal(before, Names());
    }

    [Theory]
    [MemberData(nameof(Installers))]
    public void Package_without_a_wheel_is_unknown_and_is_not_built(PipInstaller installer)
    {
        PythonEnvironment venv = Venv(installer);
        WheelHouse.AddSource(_world.Wheels.Folder, "sourced", Trace);
        _world.Wheels.Add("needy", "1.0", "Requires-Dist: sourced\n");
        string[] known = [.. TestExtent.Some<string>(["other"], ["leaf", "tiny==2.0"])];
        PipRequest request = _world.Install(venv, ["sourced", .. known, "needy"]) with { Installer = installer };
        string[] Lines(params string[] more) => [.. known.Select(one => one is "tiny==2.0" ? "tiny* -> 2.0" : one + "* -> 1.0")
            .Concat(more).Order(StringComparer.Ordinal)];

        Outcome<PipInstallPlan> outcome = Run(request);
        PipInstallPlan plan = outcome.Value();
        Assert.Equal(Lines("needy* -> 1.0"), Changes(plan));
        Assert.Equal(["sourced", "needy"], plan.Unknown);
        Assert.Contains("'sourced' and 'needy'", Assert.Single(outcome.Notices).Message);
        Assert.False(File.Exists(Trace));

        plan = Run(request, PipBuilds.Allowed).Value();
        Assert.Equal(Lines("needy* -> 1.0", "sourced* -> 1.0"), Changes(plan));
        Assert.Empty(plan.Unknown);
        Assert.True(File.Exists(Trace));
    }

    [Theory]
    [MemberData(nameof(Installers))]
    public void Dependency_on_the_URL_of_sources_is_not_built(PipInstaller installer)
    {
        PythonEnvironment venv = Venv(installer);
        string archive = WheelHouse.AddSource(Path.Combine(_world.Folder, "elsewhere"), "sourced", Trace);
        _world.Wheels.Add("linked", "1.0", $"Requires-Dist: sourced @ file://{archive}\n")
            .Add("cloned", "1.0", $"Requires-Dist: sourced @ git+file://{_world.Folder}/elsewhere\n");
        Outcome<PipInstallPlan> outcome = Run(_world.Install(venv, "linked", "cloned", "other") with { Installer = installer });
        Assert.False(File.Exists(Trace));
        if (installer == PipInstaller.Uv)
        {
            // uv installs no such package.
            Assert.Equal(FailureId.PipFailed, outcome.Failure!.Id);
            return;
        }
        Assert.Equal(["cloned* -> 1.0", "linked* -> 1.0", "other* -> 1.0"], Changes(outcome.Value()));
        Assert.Equal(["linked", "cloned"], outcome.Value().Unknown);
    }

    [Theory]
    [MemberData(nameof(Installers))]
    public void Sources_that_are_named_are_unknown(PipInstaller installer)
    {
        PythonEnvironment venv = Venv(installer);
        string archive = WheelHouse.AddSource(Path.Combine(_world.Folder, "elsewhere"), "sourced", Trace);
        _world.Write("project/pyproject.toml", "[project]\nname = 'project'\nversion = '1'\n");
        string project = Path.Combine(_world.Folder, "project");
        PipRequest request = _world.Install(venv, archive, "other", $"named @ file://{archive}", $"git+file://{project}#egg=cloned",
            _world.Wheels.PathOf("leaf"), "absent @ file:///nothing.tar.gz ; python_version < '3'") with { Installer = installer };
        Assert.True(PipTarget.TryParseEditable(project, _world.Machine, out PipTarget? editable, out _));
        PipInstallPlan plan = Plan(request with { Editables = [editable] });
        Assert.Equal(["leaf* -> 1.0", "other* -> 1.0"], Changes(plan));
        Assert.Equal([archive, $"named @ file://{archive}", $"git+file://{project}#egg=cloned", project], plan.Unknown);
        Assert.False(File.Exists(Trace));
        Assert.Equal([archive], Plan(_world.Install(venv, archive) with { Installer = installer }).Unknown);
    }

    [Theory]
    [MemberData(nameof(Installers))]
    public void Requirements_file_cannot_allow_a_build(PipInstaller installer)
    {
        PythonEnvironment venv = Venv(installer);
        string archive = WheelHouse.AddSource(Path.Combine(_world.Folder, "sources"), "sourced", Trace);
        WheelHouse.AddSource(Path.Combine(_world.Folder, "more sources"), "sourced", Trace);
        _world.Wheels.Add("sourced", "0.5");
        _world.Write("project/pyproject.toml", "[project]\nname = 'project'\nversion = '1'\n");
        _world.Write("sub/more.txt", "-f '../more sources'\n-c limits.txt\ntiny\n");
        _world.Write("sub/limits.txt", "tiny<2\n");
        string file = _world.Write("all.txt",
            "--no-binary sourced\nother # one\n-r sub/more.txt\nleaf; python_version < '3'\n-e ./project\nsourced\n"
            + $"x @ file://{archive}\n");
        PipInstallPlan plan = Plan(_world.Install(venv) with { Requirements = [file], Installer = installer });
        Assert.Equal(["other* -> 1.0", "sourced* -> 0.5", "tiny* -> 1.1"], Changes(plan));
        Assert.Equal(["./project", $"x @ file://{archive}"], plan.Unknown);
        Assert.False(File.Exists(Trace));
    }

    [Theory]
    [MemberData(nameof(Installers))]
    public void Argument_cannot_allow_a_build(PipInstaller installer)
    {
        PythonEnvironment venv = Venv(installer);
        WheelHouse.AddSource(_world.Wheels.Folder, "sourced", Trace);
        string constraints = _world.Write("limits.txt", "--no-binary sourced\n");
        string[][] usual = [installer == PipInstaller.Uv ? ["--build"] : ["--no-binary", ":all:"],
            ["-r", _world.Write("more.txt", "--no-binary sourced\nsourced\n")]], more = [["-c", constraints], ["--", "sourced"]];
        foreach (string[] arguments in installer == PipInstaller.Uv ? [.. usual, .. more] : TestExtent.Some(usual, more))
        {
            // The file of requirements names the sources itself.
            foreach (string package in TestExtent.IsFull ? (string[])["other", "sourced"] : [arguments[0] is "-r" ? "other" : "sourced"])
            {
                Run(_world.Install(venv, package) with { Installer = installer, Arguments = arguments });
                Assert.False(File.Exists(Trace));
            }
        }
        _world.Write("uv.toml", "[pip]\nno-binary = ['sourced']\n");
        _world.Set("PIP_NO_BINARY", ":all:").Set("PIP_PREFER_BINARY", "0");
        PipRequest request = _world.Install(venv, "sourced") with { Installer = installer, Constraints = [constraints] };
        Assert.Equal(["sourced"], Plan(request).Unknown);
        Assert.False(File.Exists(Trace));
    }

    [Fact]
    public void Package_that_does_not_exist_is_an_error()
    {
        PythonEnvironment venv = Venv(PipInstaller.Pip);
        WheelHouse.AddSource(_world.Wheels.Folder, "sourced", Trace);
        foreach (string[] packages in TestExtent.Some<string[]>([["sourced", "nosuch"]],
            [["nosuch"], ["sourced", "other", "nosuch"], ["other", "nosuch", "tiny"]]))
        {
            Failure failure = Run(_world.Install(venv, packages)).Failure!;
            Assert.Equal(FailureId.PipFailed, failure.Id);
            Assert.Contains("nosuch", failure.Details);
            Assert.Contains("Get-PipInstallPlan", PowerShellRenderer.Instance.Render(Assert.Single(failure.Remedies)));
        }
    }

    [Fact]
    public void Package_that_uv_does_not_find_is_unknown_with_the_reason()
    {
        PythonEnvironment venv = Venv(PipInstaller.Uv);
        Outcome<PipInstallPlan> outcome = Run(_world.Install(venv, "nosuch") with { Installer = PipInstaller.Uv });
        Assert.Equal(["nosuch"], outcome.Value().Unknown);
        Assert.Contains(
            outcome.Notices, one => one.Message.StartsWith("What would change is not known: uv failed", StringComparison.Ordinal));
    }

    [Fact]
    public void Versions_that_cannot_be_used_together_are_an_error()
    {
        PythonEnvironment venv = Venv(PipInstaller.Pip);
        Failure failure = Run(_world.Install(venv, "clash", "tiny==1.0")).Failure!;
        Assert.Equal(FailureId.PipFailed, failure.Id);
    }

    [Fact]
    public void Pip_without_a_dry_run_is_not_supported()
    {
        PythonEnvironment venv = _world.Venv("3.6");
        Assert.Equal(FailureId.NotSupportedByPip, Run(_world.Install(venv, "tiny")).Failure!.Id);
    }

    [Fact]
    public void Invalid_argument_is_an_error() => Assert.Equal(FailureId.InvalidRequirement,
        Run(_world.Install(Venv(PipInstaller.Pip), "tiny") with { Arguments = ["--target"] }).Failure!.Id);

    [Fact]
    public void Setting_require_virtualenv_refuses_no_plan()
    {
        PythonEnvironment managed = _world.Managed();
        _world.Set("PIP_REQUIRE_VIRTUALENV", "1");
        PipInstallPlan plan = Plan(_world.Install(managed, "other") with { Arguments = ["--require-virtualenv"] });
        Assert.Equal(["other* -> 1.0"], Changes(plan));
    }

    [Theory]
    [MemberData(nameof(Installers))]
    public void Managed_environment_is_planned_with_its_distro_packages(PipInstaller installer)
    {
        Assert.SkipWhen(installer == PipInstaller.Uv && !Tool.Exists("uv"), "needs uv");
        PythonEnvironment managed = _world.Managed();
        PythonPackage? installed = InstalledPackages.Read(_world.Machine, managed).Value().FirstOrDefault(one =>
            one is { DistroPackage: not null, ShadowedBy: null, Version: not null } && one.Name is not "pip");
        Assert.SkipWhen(installed is null, "needs a package of the distribution for its Python");
        _world.Wheels.Add(installed.Name, "99999");
        PipInstallPlan plan = Plan(_world.Install(managed, installed.Name) with { Installer = installer, Upgrade = true });
        Assert.Equal((installed.Name, "99999"), (Assert.Single(plan.Changes).Name, plan.Changes[0].Version));
        PythonPackageConflict affected = Assert.Single(plan.Shadowed.Concat(plan.Overwritten));
        Assert.Equal((installed.DistroPackage, "99999"), (affected.DistroPackage, affected.Version));
        Assert.Equal(affected.Dependents, plan.Dependents);
        Assert.NotEqual(PipInstallRisk.None, plan.Risk);
        Assert.Contains(affected.Remedies, one => one.Route is AdviceRoute.Venv);
    }

    private PythonEnvironment Venv(PipInstaller installer)
    {
        Assert.SkipWhen(installer == PipInstaller.Uv && !Tool.Exists("uv"), "needs uv");
        return _world.Venv("newest");
    }

    private Outcome<PipInstallPlan> Run(PipRequest request, PipBuilds builds = PipBuilds.OnlyWheels) =>
        InstallPlanner.Plan(_world.Machine, request with { Builds = builds }, null, default);

    private PipInstallPlan Plan(PipRequest request) => Run(request).Value();

    private static string[] Changes(PipInstallPlan plan) => [.. plan.Changes.Select(one =>
        $"{one.Name}{(one.Requested ? "*" : "")}{(one.PreviousVersion is null ? "" : " " + one.PreviousVersion)} -> {one.Version}")];
}
