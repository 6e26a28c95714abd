using Pep668.Audit;
using Pep668.Discovery;
using Pep668.Machines;
using Pep668.Packages;
using Pep668.Shells;

namespace Pep668.Tests.Audit;

/// <summary>Each kind of conflict in a simulated Debian; and what is none.</summary>
public sealed class ConflictFinderTests : IDisposable
{
    private readonly DebianWorld _debian = new();

    public void Dispose() => _debian.Dispose();

    [Fact]
    public void Intact_system_has_no_conflicts()
    {
        _debian.Pip(DebianWorld.Local, "other", "1.0").World
            .Write(DebianWorld.Local + "/other/__pycache__/x.cpython-311.pyc", "").Write(DebianWorld.Local + "/a.pth", "/srv\n");
        Assert.Empty(Find());
    }

    [Fact]
    public void Package_that_pip_put_before_the_distribution_s_is_shadowed()
    {
        _debian.Pip(DebianWorld.Local, "requests", "99.0");
        PythonPackageConflict found = Single(PythonPackageConflictKind.Shadowed, "requests");
        Assert.Equal(("99.0", DebianWorld.Local, "python3-requests", "2.28.1+dfsg-1"),
            (found.Version, found.Location, found.DistroPackage, found.DistroVersion));
        Assert.Equal(["ansible-core"], found.Dependents);
        Assert.Equal("Invoke-PipUninstall requests -Environment /usr/bin/python3.11 -BreakSystemPackages -Force",
            Assert.Single(found.Remedies.Commands()));
    }

    [Fact]
    public void Remedies_for_files_that_only_root_can_change_run_as_root()
    {
        _debian.World.UserId = 4711;
        _debian.Pip(DebianWorld.Local, "requests", "99.0").Pip("/usr/local/lib/python3.9/dist-packages", "old", "1.0")
            .World.Write(DebianWorld.Local + "/lost/__init__.py", "").CreateFolder(DebianWorld.Local + "/phantom-1.0.dist-info");
        Remedy[] found = [.. Find().Select(one => one.Remedies[^1])];
        Assert.Equal(
        [
            "sudo pep668 uninstall requests --environment /usr/bin/python3.11 --break-system-packages --force",
            $"sudo rm -rf -- {DebianWorld.Local}/phantom-1.0.dist-info",
            $"sudo rm -rf -- {DebianWorld.Local}/lost",
            "sudo rm -rf -- /usr/local/lib/python3.9/dist-packages/old /usr/local/lib/python3.9/dist-packages/old-1.0.dist-info",
        ], found.Select(PosixRenderer.Instance.Render));
        Assert.Equal("Invoke-PipUninstall requests -Environment /usr/bin/python3.11 -BreakSystemPackages -Force"
            + "    # as root: removes it; 'python3-requests' is used again", PowerShellRenderer.Instance.Lines([found[0]])[0]);
        Assert.Equal($"sudo rm '-rf' '--' {DebianWorld.Local}/lost", PowerShellRenderer.Instance.Render(found[2]));
    }

    [Fact]
    public void Package_in_the_folder_of_a_user_that_system_tools_import_is_found()
    {
        const string folder = "/home/user/.local/lib/python3.11/site-packages";
        _debian.Pip(folder, "requests", "99.0").Pip(folder, "harmless", "1.0");
        Assert.Equal(folder, Single(PythonPackageConflictKind.UserSite, "requests").Location);
    }

    [Fact]
    public void Changed_file_is_overwritten_and_the_package_is_installed_again()
    {
        _debian.World.Write(DebianWorld.DistPackages + "/requests/__init__.py", "changed\n");
        PythonPackageConflict found = Single(PythonPackageConflictKind.Overwritten, "requests");
        Assert.Equal([DebianWorld.DistPackages + "/requests/__init__.py"], found.Paths);
        Assert.Equal(["apt install --reinstall python3-requests"], found.Remedies.Commands());
    }

    [Fact]
    public void Package_that_pip_put_into_the_distribution_s_folder_is_overwritten_once()
    {
        _debian.Pip(DebianWorld.DistPackages, "requests", "99.0");
        IReadOnlyList<PythonPackageConflict> found = Find();
        Assert.Equal([PythonPackageConflictKind.Overwritten, PythonPackageConflictKind.DuplicateMetadata], found.Select(one => one.Kind));
        Assert.Equal(("requests", "99.0"), (found[0].Distribution, found[0].Version));
        Assert.Equal($"Remove-Item -Recurse -Force -LiteralPath {DebianWorld.DistPackages}/requests-99.0.dist-info"
            + " && apt install --reinstall python3-requests", Assert.Single(found[0].Remedies.Commands()));
    }

    [Fact]
    public void Removed_file_is_missing()
    {
        File.Delete(_debian.World.OnDisk(DebianWorld.DistPackages + "/requests/__init__.py"));
        Single(PythonPackageConflictKind.Missing, "requests");
    }

    [Fact]
    public void Removed_marker_is_found_with_the_package_that_contains_it()
    {
        File.Delete(_debian.World.OnDisk(DebianWorld.Marker));
        PythonPackageConflict found = Single(PythonPackageConflictKind.MarkerRemoved, null);
        Assert.Equal((DebianWorld.Marker, "libpython3.11-stdlib"), (found.Location, found.DistroPackage));
        Assert.Equal(["apt install --reinstall libpython3.11-stdlib"], found.Remedies.Commands());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Diverted_marker_is_found_with_the_command_that_gives_its_name_back(bool hasFile)
    {
        File.Move(_debian.World.OnDisk(DebianWorld.Marker), _debian.World.OnDisk(DebianWorld.Marker + (hasFile ? ".off" : ".gone")));
        _debian.World.Write("/var/lib/dpkg/diversions", $"{DebianWorld.Marker}\n{DebianWorld.Marker}.off\n:\n");
        PythonPackageConflict found = Single(PythonPackageConflictKind.MarkerDiverted, null);
        Assert.Equal(
            $"dpkg-divert --rename --remove {DebianWorld.Marker}" + (hasFile ? "" : " && apt install --reinstall libpython3.11-stdlib"),
            Assert.Single(found.Remedies.Commands()));
    }

    [Fact]
    public void Marker_that_no_package_contains_is_not_missed()
    {
        _debian.World.Write("/var/lib/dpkg/info/libpython3.11-stdlib.list", "/.\n/usr/lib/python3.11/site.py\n");
        File.Delete(_debian.World.OnDisk(DebianWorld.Marker));
        Assert.Empty(Find());
    }

    [Fact]
    public void Metadata_without_a_package_and_twice_are_found()
    {
        _debian.Pip(DebianWorld.Local, "twice", "2.0");
        _debian.World.CreateFolder(DebianWorld.Local + "/phantom-1.0.dist-info").CreateFolder(DebianWorld.Local + "/~est")
            .Write(DebianWorld.Local + "/twice-1.0.dist-info/METADATA", "Name: twice\nVersion: 1.0\n");
        Assert.Equal(
        [
            (PythonPackageConflictKind.PartlyRemoved, null, DebianWorld.Local + "/~est"),
            (PythonPackageConflictKind.DuplicateMetadata, "twice", DebianWorld.Local + "/twice-1.0.dist-info"),
            (PythonPackageConflictKind.PhantomMetadata, "phantom", DebianWorld.Local + "/phantom-1.0.dist-info"),
        ], Find().Select(one => (one.Kind, one.Distribution, one.Location)));
    }

    [Fact]
    public void Package_whose_files_are_missing_is_partly_removed()
    {
        _debian.Pip(DebianWorld.Local, "half", "1.0");
        File.Delete(_debian.World.OnDisk(DebianWorld.Local + "/half/__init__.py"));
        Single(PythonPackageConflictKind.PartlyRemoved, "half");
    }

    [Fact]
    public void Modules_that_belong_to_nothing_are_orphaned()
    {
        _debian.Pip(DebianWorld.Local, "known", "1.0").World.Write(DebianWorld.Local + "/lost/__init__.py", "")
            .Write(DebianWorld.Local + "/single.py", "").Write(DebianWorld.Local + "/sitecustomize.py", "")
            .Write(DebianWorld.Local + "/data/readme.txt", "");
        Assert.Equal(
        [
            (PythonPackageConflictKind.Orphaned, DebianWorld.Local + "/lost"),
            (PythonPackageConflictKind.Orphaned, DebianWorld.Local + "/single.py"),
        ], Find().Select(one => (one.Kind, one.Location)));
    }

    [Theory]
    [InlineData("__version__ = '2.28.1'\n", "requests", "2.28.1")]
    [InlineData("__version__ = '2.28.2'\n", null, null)]
    public void Orphaned_module_with_the_digests_of_a_distro_package_is_from_its_distribution(
        string text, string? distribution, string? version)
    {
        _debian.World.Write(DebianWorld.Local + "/requests/__init__.py", text)
            .Write(DebianWorld.Local + "/requests/__pycache__/x.cpython-311.pyc", "x");
        PythonPackageConflict found = Single(PythonPackageConflictKind.Orphaned, distribution);
        Assert.Equal((version, DebianWorld.Local + "/requests"), (found.Version, found.Location));
    }

    [Theory]
    [InlineData("a = 1\n", null, "twin")]
    [InlineData("a = 2\n", null, null)]
    [InlineData("a = 1\n", "more = 1\n", null)]
    public void Orphaned_module_with_the_digests_of_a_RECORD_elsewhere_is_from_that_distribution(
        string text, string? further, string? distribution)
    {
        const string info = "twin-1.5.dist-info";
        _debian.World.Write($"{DebianWorld.DistPackages}/{info}/METADATA", "Metadata-Version: 2.1\nName: twin\nVersion: 1.5\n")
            .Write($"{DebianWorld.DistPackages}/twin/__init__.py", "a = 1\n").Write($"{DebianWorld.DistPackages}/{info}/RECORD",
                RecordFile.Line("twin/__init__.py", "a = 1\n"u8.ToArray()) + $"\n{info}/METADATA,,\n{info}/RECORD,,\n")
            .Write(DebianWorld.Local + "/twin/__init__.py", text);
        if (further is not null)
        {
            _debian.World.Write(DebianWorld.Local + "/twin/more.py", further);
        }
        Assert.Equal(distribution is null ? null : "1.5", Single(PythonPackageConflictKind.Orphaned, distribution).Version);
    }

    [Fact]
    public void Package_of_a_Python_that_is_gone_is_left_behind()
    {
        _debian.Pip("/usr/local/lib/python3.9/dist-packages", "old", "1.0");
        PythonPackageConflict found = Single(PythonPackageConflictKind.LeftBehind, "old");
        Assert.Equal("New-PythonVenv .venv -ReuseExisting | Invoke-PipInstall old", found.Remedies.Commands()[0]);
    }

    [Fact]
    public void Package_of_another_Python_that_is_installed_is_not_left_behind()
    {
        _debian.Pip("/usr/local/lib/python3.9/dist-packages", "old", "1.0")
            .Pip("/home/user/.local/lib/python3.9/site-packages", "own", "1.0").World.Python("/usr/local", "3.9.18");
        Assert.DoesNotContain(Find(), one => one.Location.StartsWith("/home", StringComparison.Ordinal));
    }

    [Fact]
    public void Image_has_no_remedies_that_would_change_this_machine()
    {
        _debian.Pip(DebianWorld.Local, "requests", "99.0");
        PythonPackageConflict found = Assert.Single(
            ConflictFinder.Find(new EnvironmentCatalog(Machine.Under(_debian.World.Folder))).OrNull()!);
        Assert.Empty(found.Remedies);
    }

    [Fact]
    public void One_environment_is_checked_alone()
    {
        _debian.Pip(DebianWorld.Local, "requests", "99.0").Pip("/usr/local/lib/python3.9/dist-packages", "old", "1.0");
        Machine machine = _debian.World.Machine;
        PythonEnvironment environment = new EnvironmentCatalog(machine).Identify("/usr/bin/python3").Environment!;
        Assert.Equal([PythonPackageConflictKind.Shadowed], ConflictFinder.Find(machine, environment).OrNull()!.Select(one => one.Kind));
    }

    [Fact]
    public void Virtual_environment_may_have_another_version_than_the_system_that_it_sees()
    {
        const string site = "/srv/env/lib/python3.11/site-packages";
        _debian.World.Venv("/srv/env", "/usr", "3.11.2", "include-system-site-packages = true\n");
        _debian.Pip(DebianWorld.Local, "requests", "98.0").Pip(site, "requests", "99.0").World.CreateFolder(site + "/lost-1.0.dist-info");
        Machine machine = _debian.World.Machine;
        PythonEnvironment environment = new EnvironmentCatalog(machine).Identify("/srv/env/bin/python").Environment!;
        Assert.Contains(DebianWorld.DistPackages, environment.SitePackages);
        Assert.Equal([PythonPackageConflictKind.PhantomMetadata],
            ConflictFinder.Find(machine, environment).OrNull()!.Select(one => one.Kind));
    }

    private PythonPackageConflict Single(PythonPackageConflictKind kind, string? distribution)
    {
        PythonPackageConflict found = Assert.Single(Find());
        Assert.Equal((kind, distribution), (found.Kind, found.Distribution));
        return found;
    }

    private IReadOnlyList<PythonPackageConflict> Find() => ConflictFinder.Find(new EnvironmentCatalog(_debian.World.Machine)).OrNull()!;
}
