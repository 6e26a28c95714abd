using Pep668.Audit;
using Pep668.Discovery;
using Pep668.Environments;
using Pep668.Machines;
using Pep668.Packages;

namespace Pep668.Tests.Audit;

/// <summary>An image of Fedora, whose packages the real rpm installed. Fedora has no marker.</summary>
public sealed class FedoraImageTests : IDisposable
{
    private const string Site = "/usr/lib/python3.12/site-packages", Local = "/usr/local/lib/python3.12/site-packages";

    private const string Requests = $$"""
        BuildArch: noarch
        AutoReqProv: no
        %description
        d
        %install
        mkdir -p %{buildroot}{{Site}}/requests %{buildroot}{{Site}}/requests-2.28.1.dist-info
        echo 'version = "2.28.1"' > %{buildroot}{{Site}}/requests/__init__.py
        printf 'Metadata-Version: 2.1\nName: requests\nVersion: 2.28.1\n' > %{buildroot}{{Site}}/requests-2.28.1.dist-info/METADATA
        %files
        {{Site}}/requests
        {{Site}}/requests-2.28.1.dist-info
        """;

    private readonly RpmWorld _rpm = new();

    public FedoraImageTests()
    {
        _rpm.World.Python("/usr", "3.12.4").Write("/usr/lib/python3.12/site.py", "# RPM_BUILD_ROOT\n")
            .Write("/etc/os-release", "ID=fedora\nNAME=\"Fedora Linux\"\n");
        _rpm.InstallFiles(_rpm.Build("python3-requests", "2.28.1", Requests));
        _rpm.Install(_rpm.BuildSimple("user-of-requests", header: "Requires: python3-requests\n"));
    }

    public void Dispose() => _rpm.Dispose();

    private Machine Image => Machine.Under(_rpm.World.Folder);

    private PythonEnvironment Python => new EnvironmentCatalog(Image).Identify("/usr/bin/python3").Environment!;

    [Fact]
    public void Image_is_not_managed_and_has_no_conflicts()
    {
        Assert.False(Python.IsExternallyManaged);
        Assert.Contains("is not externally managed", EnvironmentMessages.ManagedReason(Python), StringComparison.Ordinal);
        Assert.Empty(ConflictFinder.Find(new EnvironmentCatalog(Image)).OrNull()!);
        PythonPackage package = Assert.Single(InstalledPackages.Read(Image, Python).OrNull()!);
        Assert.Equal(("requests", "python3-requests"), (package.Name, package.DistroPackage));
    }

    [Fact]
    public void Package_that_pip_installed_shadows_that_of_rpm()
    {
        _rpm.World.Write($"{Local}/requests-99.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: requests\nVersion: 99.0\n")
            .Write($"{Local}/requests-99.0.dist-info/RECORD", "requests-99.0.dist-info/METADATA,,\n");
        PythonPackageConflict found = Assert.Single(ConflictFinder.Find(new EnvironmentCatalog(Image)).OrNull()!);
        Assert.Equal((PythonPackageConflictKind.Shadowed, "python3-requests", "2.28.1-1", Local),
            (found.Kind, found.DistroPackage, found.DistroVersion, found.Location));
        Assert.Equal(["user-of-requests"], found.Dependents);
    }

    [Fact]
    public void File_that_was_changed_differs_from_the_digest_of_rpm()
    {
        _rpm.World.Write(Site + "/requests/__init__.py", "changed\n");
        PythonPackageConflict found = Assert.Single(ConflictFinder.Find(new EnvironmentCatalog(Image)).OrNull()!);
        Assert.Equal((PythonPackageConflictKind.Overwritten, "requests", "python3-requests"),
            (found.Kind, found.Distribution, found.DistroPackage));
        Assert.Equal([Site + "/requests/__init__.py"], found.Paths);
    }
}
