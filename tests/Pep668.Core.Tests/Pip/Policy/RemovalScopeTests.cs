using System.Text.Json;
using Pep668.Environments;
using Pep668.Machines;
using Pep668.Packages;
using Pep668.Pip.Policy;
using Pep668.Pip.Requests;
using Pep668.Pip.Running;

namespace Pep668.Tests.Pip.Policy;

/// <summary>What pip removes, and what it leaves alone: the real pip decides, which is asked about each
/// distribution (<c>BaseDistribution.local</c>).</summary>
public sealed class RemovalScopeTests : IDisposable
{
    private const string Oracle = """
        import json
        from pip._internal.metadata import get_default_environment
        found = {}
        for dist in get_default_environment().iter_all_distributions():
            found.setdefault(dist.canonical_name, dist.local)
        print(json.dumps(found))
        """;

    private readonly DebianWorld _debian = new();

    public void Dispose() => _debian.Dispose();

    public static TheoryData<string> Pythons =>
        [.. Interpreters.Sample(Interpreters.All).Select(one => one.Name).Distinct().DefaultIfEmpty("newest")];

    [Theory]
    [MemberData(nameof(Pythons))]
    public void Distributions_that_pip_removes_are_those_of_the_real_pip(string name)
    {
        Interpreter python = Interpreters.Need(name);
        Assert.SkipWhen(python.MajorMinor.CompareTo((3, 8)) < 0, "needs pip 22 or later");
        Machine machine = Machine.Current();
        PythonEnvironment environment = new EnvironmentReader(machine.Files).Read(python.Executable).Environment!;
        var request = new PipRequest(PipAction.Uninstall, environment) { Installer = PipInstaller.Pip };
        Assert.SkipWhen(PipProgram.Choose(machine, request).OrNull() is not { Kind: PipProgramKind.EnvironmentPip } program,
            "needs a Python with pip");
        var expected = JsonSerializer.Deserialize<Dictionary<string, bool>>(python.Run(Oracle))!;
        InstalledDistributions installed = InstalledDistributions.Read(machine.Files, UserSite.Folders(machine, environment));
        var scope = RemovalScope.Read(machine, environment, PipProgram.Choose(machine, request).Value(), installed);
        foreach (InstalledDistribution one in installed.Found.Values.Where(one => expected.ContainsKey(one.NormalizedName)))
        {
            Assert.Equal((one.Name, expected[one.NormalizedName]), (one.Name, scope.Includes(one)));
        }
    }

    [Theory]
    [InlineData(null, PipInstallAction.Unchanged)]
    [InlineData(DebianWorld.Local, PipInstallAction.WouldRemove)]
    [InlineData("/home/user/.local/lib/python3.11/site-packages", PipInstallAction.WouldRemove)]
    public void Uninstall_of_a_distro_package_would_change_nothing_and_of_one_before_it_removes_that(
        string? folder, PipInstallAction expected)
    {
        _debian.Distribution("pip", "23.0.1", "python3-pip", "23.0.1+dfsg-1");
        _debian.World.Write(DebianWorld.DistPackages + "/pip/__init__.py", "__version__ = '23.0.1'\n");
        if (folder is not null)
        {
            _debian.Pip(folder, "requests", "99.0");
        }
        Assert.Equal(expected, Planned("/usr/bin/python3.11"));
    }

    [Fact]
    public void Uninstall_with_another_pip_than_the_distribution_s_removes_a_distro_package()
    {
        _debian.Pip(DebianWorld.Local, "pip", "24.2").World.Write(DebianWorld.Local + "/pip/__init__.py", "__version__ = '24.2'\n");
        Assert.Equal(PipInstallAction.WouldRemove, Planned("/usr/bin/python3.11"));
    }

    [Theory]
    [InlineData(false, PipInstallAction.Unchanged)]
    [InlineData(true, PipInstallAction.WouldRemove)]
    public void Virtual_environment_keeps_the_packages_of_the_system_that_it_sees(bool isOwn, PipInstallAction expected)
    {
        const string site = "/srv/env/lib/python3.11/site-packages";
        _debian.World.Venv("/srv/env", "/usr", "3.11.2", "include-system-site-packages = true\n");
        _debian.Pip(site, "pip", "24.2").World.Write(site + "/pip/__init__.py", "__version__ = '24.2'\n");
        if (isOwn)
        {
            _debian.Pip(site, "requests", "99.0");
        }
        Assert.Equal(expected, Planned("/srv/env/bin/python"));
    }

    // As PipRun does it, which runs nothing below a root.
    private PipInstallAction Planned(string python)
    {
        Machine machine = _debian.World.Machine;
        PythonEnvironment environment = new EnvironmentReader(machine.Files).Read(python).Environment!;
        var request = new PipRequest(PipAction.Uninstall, environment)
        {
            Packages =
                [PipTarget.TryParse("requests", machine, out PipTarget? target, out _) ? target : throw new InvalidOperationException()],
        };
        PipProgram program = PipProgram.Choose(machine, request).Value();
        InstalledDistributions installed = InstalledDistributions.Read(machine.Files, UserSite.Folders(machine, environment));
        var changes = new InstallChanges(machine, request, installed, PipConditions.Variables(machine, environment, program));
        return Assert.Single(changes.PlannedRemoval(RemovalScope.Read(machine, environment, program, installed))).Action;
    }
}
