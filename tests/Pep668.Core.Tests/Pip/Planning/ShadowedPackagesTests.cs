using Pep668.Environments;
using Pep668.Machines;
using Pep668.Pip.Planning;
using Pep668.Pip.Requests;

namespace Pep668.Tests.Pip.Planning;

/// <summary>Simulated distributions with a dpkg database, and what an install would do to their packages.</summary>
public sealed class ShadowedPackagesTests : IDisposable
{
    private const string Debian = "/usr/lib/python3/dist-packages", Local = "/usr/local/lib/python3.11/dist-packages",
        Plain = "/usr/lib/python3.11/site-packages";

    private readonly World _world = new World { UserId = 0 }.Python("/usr", "3.11.2").CreateFolder("/usr/local/lib");
    private readonly List<string> _status = [];

    public void Dispose() => _world.Dispose();

    [Fact]
    public void Package_that_is_installed_in_front_of_the_distribution_s_shadows_it()
    {
        OnDebian();
        PythonPackageConflict one = Assert.Single(Install("requests"));
        Assert.Equal(PythonPackageConflictKind.Shadowed, one.Kind);
        Assert.Equal(("requests", "9.0", Local), (one.Distribution, one.Version, one.Location));
        Assert.Equal(("python3-requests", "2.28.1+dfsg-1"), (one.DistroPackage, one.DistroVersion));
        Assert.Equal(["alpha", "beta"], one.Dependents);
        Assert.Equal(AdviceRoute.Venv, one.Remedies[0].Route);
    }

    [Fact]
    public void Package_that_nothing_needs_has_no_dependents()
    {
        OnDebian();
        Assert.Empty(Assert.Single(Install("Idna")).Dependents);
    }

    [Fact]
    public void Package_that_the_distribution_does_not_have_affects_nothing()
    {
        OnDebian();
        Assert.Empty(Install("flask"));
        Owned("python3-flask", "2", "/usr/share/flask/flask-2.dist-info");
        Assert.Empty(Install("flask"));
    }

    [Fact]
    public void User_who_may_not_write_there_installs_into_the_user_site()
    {
        OnDebian();
        _world.UserId = Machine.Current().UserId + 1000;
        PythonPackageConflict one = Assert.Single(Install("requests"));
        Assert.Equal((PythonPackageConflictKind.Shadowed, "/home/user/.local/lib/python3.11/site-packages"), (one.Kind, one.Location));
        Assert.Equal(Local, Assert.Single(Install("requests", "--no-user")).Location);
        _world.Set("PYTHONNOUSERSITE", "1");
        Assert.Equal(Local, Assert.Single(Install("requests")).Location);
    }

    [Fact]
    public void Option_user_installs_into_the_user_site()
    {
        OnSharedFolder();
        PythonPackageConflict one = Assert.Single(Install("requests", "--user"));
        Assert.Equal((PythonPackageConflictKind.Shadowed, "/home/user/.local/lib/python3.11/site-packages"), (one.Kind, one.Location));
    }

    [Fact]
    public void Package_in_the_folder_that_pip_installs_into_is_overwritten()
    {
        OnSharedFolder();
        PythonPackageConflict one = Assert.Single(Install("requests"));
        Assert.Equal((PythonPackageConflictKind.Overwritten, Plain), (one.Kind, one.Location));
        Assert.Equal(PythonPackageConflictKind.Overwritten, Assert.Single(Install("requests", "--ignore-installed")).Kind);
        Assert.Equal(PythonPackageConflictKind.Overwritten, Assert.Single(Find(Uv("requests"), Change("requests"))).Kind);
    }

    [Fact]
    public void Folder_is_the_same_behind_a_link()
    {
        OnSharedFolder();
        _world.Link("/usr/lib64", "lib");
        Assert.Equal(PythonPackageConflictKind.Overwritten,
            Assert.Single(Install("requests", "--target", "/usr/lib64/python3.11/site-packages")).Kind);
    }

    // Debian's pip leaves the distribution's packages as they are; another pip in its place removes them.
    [Fact]
    public void Pip_that_is_not_the_distribution_s_removes_its_packages()
    {
        OnDebian();
        Metadata(Local, "pip", "24.2");
        _world.Write($"{Local}/pip/__init__.py", "__version__ = '24.2'\n");
        PythonPackageConflict one = Assert.Single(Install("requests"));
        Assert.Equal((PythonPackageConflictKind.Overwritten, Local), (one.Kind, one.Location));
        Assert.Equal(PythonPackageConflictKind.Shadowed, Assert.Single(Install("requests", "--ignore-installed")).Kind);
        Assert.Equal(PythonPackageConflictKind.Shadowed, Assert.Single(Find(Uv("requests"), Change("requests"))).Kind);

        // What is found first is removed, and the distribution's package stays.
        Metadata(Local, "requests", "2.31.0");
        Assert.Equal(PythonPackageConflictKind.Shadowed, Assert.Single(Install("requests")).Kind);
    }

    [Fact]
    public void Other_destination_affects_nothing_unless_pip_removes_packages()
    {
        OnDebian();
        Assert.Empty(Install("requests", "--target", "/srv/app"));
        Assert.Empty(Install("requests", "--prefix", "/srv/app"));
        Metadata(Local, "pip", "24.2");
        _world.Write($"{Local}/pip/__init__.py", "__version__ = '24.2'\n");
        PipRequest request = Request("requests") with { Arguments = ["--prefix", "/srv/app"] };
        PythonPackageConflict one = Assert.Single(Find(request,
            Change("requests"), Change("requests", PipInstallAction.WouldRemove)));
        Assert.Equal((PythonPackageConflictKind.Overwritten, Debian, (string?)null), (one.Kind, one.Location, one.Version));
    }

    [Fact]
    public void Uninstall_removes_packages_of_the_distribution_from_a_shared_folder_alone()
    {
        OnDebian();
        Assert.Empty(Uninstall());
        OnSharedFolder();
        Assert.Equal(PythonPackageConflictKind.Overwritten, Assert.Single(Uninstall()).Kind);

        IReadOnlyList<PythonPackageConflict> Uninstall() =>
            Find(Request("requests") with { Action = PipAction.Uninstall }, Change("requests", PipInstallAction.WouldRemove));
    }

    [Fact]
    public void Unknown_version_affects_the_package_of_that_name()
    {
        OnDebian();
        PipRequest request = Request("requests");
        PythonPackageConflict one = Assert.Single(
            ShadowedPackages.Find(_world.Machine, request, Program(request), [], ["requests"]).OrNull()!);
        Assert.Equal((PythonPackageConflictKind.Shadowed, (string?)null), (one.Kind, one.Version));
    }

    [Fact]
    public void Virtual_environment_affects_nothing()
    {
        OnDebian();
        _world.Venv("/home/user/venv", "/usr", "3.11.2").Write("/home/user/venv/pyvenv.cfg",
            "home = /usr/bin\ninclude-system-site-packages = true\nversion = 3.11.2\n");
        PipRequest request = Request("requests") with { Environment = Read("/home/user/venv/bin/python") };
        Assert.True(request.Environment.IncludeSystemSitePackages);
        Assert.Empty(Find(request, Change("requests")));
    }

    private void OnDebian()
    {
        _world.Write("/usr/lib/python3.11/site.py", "# dist-packages\n").Write($"{Debian}/pip/__init__.py", "__version__ = '23.0.1'\n");
        Owned("python3-pip", "23.0.1+dfsg-1", Metadata(Debian, "pip", "23.0.1"));
        Packages(Debian);
    }

    // As on Arch, Alpine and Gentoo.
    private void OnSharedFolder()
    {
        _world.Write("/usr/lib/python3.11/site.py", "").Write($"{Plain}/pip/__init__.py", "__version__ = '24.2'\n");
        Owned("python3-pip", "24.2-1", Metadata(Plain, "pip", "24.2"));
        Packages(Plain);
    }

    private void Packages(string folder)
    {
        Owned("python3-requests", "2.28.1+dfsg-1", Metadata(folder, "requests", "2.28.1"));
        Owned("python3-idna", "3.3-1", Metadata(folder, "idna", "3.3"));
        Owned("beta", "2", "/usr/share/beta/x", "python3-requests (>= 2)");
        Owned("alpha", "1", "/usr/share/alpha/x", "libc6, python3-requests | other");
        Metadata(folder, "flask", "1.0");
    }

    private string Metadata(string folder, string name, string version)
    {
        string info = $"{folder}/{name}-{version}.dist-info";
        _world.Write(info + "/METADATA", $"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n");
        return info;
    }

    private void Owned(string package, string version, string path, string depends = "")
    {
        _status.Add($"Package: {package}\nStatus: install ok installed\nVersion: {version}\n"
            + (depends.Length > 0 ? $"Depends: {depends}\n" : ""));
        _world.Write("/var/lib/dpkg/status", string.Join('\n', _status))
            .Write($"/var/lib/dpkg/info/{package}.list", $"{path}\n{path}/METADATA\n");
    }

    private PythonEnvironment Read(string path) => new EnvironmentReader(_world.Machine.Files).Read(path).Environment!;

    private PipRequest Request(string package) =>
        new(PipAction.Install, Read("/usr/bin/python3.11"))
        {
            Packages = [PipTarget.TryParse(package, _world.Machine, out PipTarget? target, out _) ? target
                : throw new ArgumentException(package, nameof(package))],
        };

    private PipRequest Uv(string package)
    {
        _world.Write("/usr/bin/uv", "", executable: true);
        return Request(package) with { Installer = PipInstaller.Uv };
    }

    private PipProgram Program(PipRequest request) => PipProgram.Choose(_world.Machine, request).Value();

    private static PipInstallResult Change(string name, PipInstallAction action = PipInstallAction.WouldUpgrade) =>
        new() { Name = name, Version = action == PipInstallAction.WouldRemove ? null : "9.0", Action = action };

    private IReadOnlyList<PythonPackageConflict> Install(string package, params string[] arguments) =>
        Find(Request(package) with { Arguments = arguments }, Change(package));

    private IReadOnlyList<PythonPackageConflict> Find(PipRequest request, params PipInstallResult[] changes) =>
        ShadowedPackages.Find(_world.Machine, request, Program(request), changes, []).OrNull()!;

    [Fact]
    public void Package_database_that_cannot_be_read_is_reported()
    {
        OnDebian();
        _world.Write("/usr/lib/sysimage/rpm/Packages.db", "RpmP");
        PipRequest request = Request("requests");
        Outcome<IReadOnlyList<PythonPackageConflict>> found =
            ShadowedPackages.Find(_world.Machine, request, Program(request), [Change("requests")], []);
        Assert.Single(found.OrNull()!);
        Assert.StartsWith("The package database of rpm cannot be read completely: ", Assert.Single(found.Notices).Message,
            StringComparison.Ordinal);
    }
}
