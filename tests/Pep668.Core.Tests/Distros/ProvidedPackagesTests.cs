using Pep668.Discovery;
using Pep668.Distros;
using Pep668.Machines;
using Pep668.Requirements;

namespace Pep668.Tests.Distros;

/// <summary>The packages of the system that provide distributions, beside dpkg, apt and the map of dh-python.</summary>
public sealed class ProvidedPackagesTests : IDisposable
{
    private const string Fallback = "/usr/share/dh-python/dist/cpython3_fallback";

    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public void Installed_distributions_are_provided_by_the_packages_that_dpkg_names()
    {
        Machine machine = Debian();
        string[] folders = [.. Folders(machine)];
        IReadOnlyList<SystemPythonPackage> found = new ProvidedPackages(machine, folders).FindInstalled();
        IEnumerable<string> metadata = folders.Where(Directory.Exists).SelectMany(Directory.GetFileSystemEntries).Where(path =>
            path.EndsWith(".dist-info", StringComparison.Ordinal) || path.EndsWith(".egg-info", StringComparison.Ordinal));
        var expected = new SortedSet<string>(StringComparer.Ordinal);
        // "python3-yaml, python3-x: /usr/lib/…"
        foreach (string[] owner in Tool.Run("dpkg", ["-S", .. metadata], variables: DpkgWorld.English).Output
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(": ", 2)))
        {
            string name = NormalizedName.Normalize(Path.GetFileNameWithoutExtension(owner[1]).Split('-')[0]);
            expected.UnionWith(owner[0].Split(", ").Select(package => $"{name} {package.Split(':')[0]}"));
        }
        Assert.NotEmpty(expected);
        Assert.Equal(expected,
            found.Select(one => $"{NormalizedName.Normalize(one.Distribution)} {one.Name}").Order(StringComparer.Ordinal));
        Assert.All(found, one =>
        {
            Assert.Equal((AdviceConfidence.Known, "apt"), (one.Confidence, one.Provider));
            Assert.NotNull(one.InstalledVersion);
        });
        // The same by their names.
        Assert.Equal(found.Select(one => one.Name).Order(StringComparer.Ordinal), new ProvidedPackages(machine, folders)
            .Find([.. found.Select(one => one.Distribution).Distinct(StringComparer.Ordinal)], mayAsk: false)
            .Select(one => one.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Names_are_those_of_the_map_of_dh_python() => RandomSeed.Fixed(668).Run(seed =>
    {
        Assert.SkipUnless(File.Exists(Fallback), "needs dh-python");
        var random = new Random(seed);
        string[][] lines = [.. File.ReadAllLines(Fallback).Select(line => line.Split(' ')).Where(parts => parts.Length == 2)];
        string[][] some = [.. lines.OrderBy(_ => random.Next()).Take(200)];
        // Nothing is installed, and nothing is asked: the map alone decides.
        _world.Write("/etc/os-release", "ID=debian\n").Write(Fallback, File.ReadAllBytes(Fallback));
        var packages = new ProvidedPackages(_world.Machine, []);
        foreach (string[] line in some)
        {
            SystemPythonPackage found = Assert.Single(packages.Find([line[0]], mayAsk: false));
            Assert.Equal((line[1], AdviceConfidence.Known), (found.Name, found.Confidence));
        }
        // The table that is built in is the map of another release, and agrees nearly always.
        int others = some.Count(line =>
            DebianNames.FindInTable(NormalizedName.Normalize(line[0])) is string listed && listed != line[1]);
        Assert.True(others <= 10, $"{others} of 200 differ");
    });

    [Fact]
    public void Installed_package_comes_before_the_map()
    {
        Fill("/var/lib/dpkg/status", "Package: python3-other-yaml\nStatus: install ok installed\nVersion: 9\nArchitecture: all\n");
        _world.Write("/var/lib/dpkg/info/python3-other-yaml.list",
            "/usr/lib/python3/dist-packages/PyYAML-6.0.egg-info\n/usr/lib/python3/dist-packages/PyYAML-6.0.egg-info/PKG-INFO\n")
            .Write("/usr/lib/python3/dist-packages/PyYAML-6.0.egg-info/PKG-INFO", "Name: PyYAML\n")
            .Write("/usr/share/python3/dist/python3-yaml", "PyYAML python3-yaml; PEP386\n");
        SystemPythonPackage found = Assert.Single(
            new ProvidedPackages(_world.Machine, ["/usr/lib/python3/dist-packages"]).Find(["pyyaml"], mayAsk: false));
        Assert.Equal(("python3-other-yaml", "PyYAML", "9"), (found.Name, found.Distribution, found.InstalledVersion));
    }

    [Fact]
    public void Name_by_convention_has_the_version_that_is_installed()
    {
        Fill("/var/lib/dpkg/status", "Package: python3-yaml\nStatus: install ok installed\nVersion: 6.0-3\nArchitecture: all\n");
        _world.Write("/var/lib/apt/lists/x_Packages", "Package: python3-yaml\nVersion: 6.0-4\n\n");
        SystemPythonPackage found = Assert.Single(new ProvidedPackages(_world.Machine, []).Find(["yaml"], mayAsk: false));
        Assert.Equal(("python3-yaml", "6.0-4", "6.0-3", AdviceConfidence.Guess),
            (found.Name, found.Version, found.InstalledVersion, found.Confidence));
    }

    // The source of a name, and whether an index confirms it.
    [Theory]
    [InlineData("pyyaml", "python3-yaml", true, AdviceConfidence.Known)]
    [InlineData("pyyaml", "other", true, null)]
    [InlineData("pyyaml", null, false, AdviceConfidence.Guess)]
    [InlineData("no-such-distribution", "python3-no-such-distribution", true, AdviceConfidence.Guess)]
    [InlineData("no-such-distribution", "other", true, null)]
    [InlineData("no-such-distribution", null, false, null)]
    public void Name_is_certain_only_if_the_index_has_the_package(
        string distribution, string? listed, bool hasIndex, AdviceConfidence? expected)
    {
        _world.Write("/etc/os-release", "ID=debian\n");
        if (hasIndex)
        {
            _world.Write("/var/lib/apt/lists/x_Packages", $"Package: {listed}\nVersion: 1:2.0-3\n\n")
                .Write("/var/lib/apt/lists/y_Packages", $"Package: {listed}\nVersion: 1:2.0~rc1-9\n\n");
        }
        SystemPythonPackage? found = new ProvidedPackages(_world.Machine, []).Find([distribution], mayAsk: true).SingleOrDefault();
        Assert.Equal(expected, found?.Confidence);
        Assert.Equal(hasIndex && expected is not null ? "1:2.0-3" : null, found?.Version);
    }

    [Fact]
    public void Compressed_index_is_asked_for_through_apt()
    {
        Machine machine = Debian();
        string[] names = ["numpy", "no-such-distribution-668", "PyYAML", "Zope.Interface"];
        IReadOnlyList<SystemPythonPackage> found = new ProvidedPackages(machine, []).Find(names, mayAsk: true);
        const string Candidate = "Candidate: ";
        Assert.All(found, one => Assert.Equal(
            one.Version, Tool.Run("apt-cache", ["policy", one.Name], variables: DpkgWorld.English).Checked().Output.Split('\n')
                .Select(line => line.Trim()).First(line => line.StartsWith(Candidate, StringComparison.Ordinal))[Candidate.Length..]));
        Assert.SkipWhen(Directory.GetFiles("/var/lib/apt/lists", "*_Packages*").Length == 0, "needs the package lists of apt");
        Assert.Equal(["python3-numpy", "python3-yaml", "python3-zope.interface"], found.Select(one => one.Name));
    }

    [Fact]
    public void Index_of_the_real_repo_add_is_read()
    {
        Assert.SkipUnless(Tool.Exists("repo-add") && Tool.Exists("bsdtar"), "needs repo-add of pacman");
        _world.Write("/etc/os-release", "ID=arch\n").Write("/build/.PKGINFO",
            "pkgname = python-two-words\npkgbase = x\npkgver = 2.0.1-3\npkgdesc = x\narch = any\nsize = 1\nbuilddate = 1\n");
        string build = _world.OnDisk("/build");
        Tool.Run("bsdtar", ["-czf", "python-two-words-2.0.1-3-any.pkg.tar.gz", ".PKGINFO"], build).Checked();
        Tool.Run("repo-add", ["extra.db.tar.gz", "python-two-words-2.0.1-3-any.pkg.tar.gz"], build).Checked();
        _world.Write("/var/lib/pacman/sync/extra.db", File.ReadAllBytes(Path.Combine(build, "extra.db.tar.gz")));
        SystemPythonPackage found = Assert.Single(new ProvidedPackages(_world.Machine, []).Find(["Two.Words", "other"], mayAsk: false));
        Assert.Equal(("python-two-words", "Two.Words", "2.0.1-3", "pacman", AdviceConfidence.Guess),
            (found.Name, found.Distribution, found.Version, found.Provider, found.Confidence));
    }

    [Theory]
    [InlineData("1.0", "1.0")]
    [InlineData("1.0", "1.0-1")]
    [InlineData("1:1.0", "2.0")]
    [InlineData("1.0~rc1", "1.0")]
    [InlineData("1.0~~", "1.0~")]
    [InlineData("1.0+b1", "1.0")]
    [InlineData("1.0-10", "1.0-9")]
    [InlineData("1.0a", "1.0+")]
    [InlineData("1.09", "1.9")]
    [InlineData("1.0.", "1.0")]
    [InlineData("2.28.1+dfsg-1", "2.28.1-1")]
    [InlineData("0:1", "1")]
    public void Versions_of_Debian_are_ordered_as_by_dpkg(string one, string other)
    {
        Assert.SkipUnless(Tool.Exists("dpkg"), "needs dpkg");
        string[] relations = ["lt", "eq", "gt"];
        Assert.Equal(
            relations.Single(relation => Tool.Run("dpkg", ["--compare-versions", one, relation, other]).ExitCode == 0),
            relations[Math.Sign(DebianVersion.Compare(one, other)) + 1]);
    }

    private static Machine Debian()
    {
        Assert.SkipUnless(Tool.Exists("dpkg") && Tool.Exists("apt-cache") && File.Exists("/usr/bin/python3"), "needs Debian with python3");
        return Machine.Current();
    }

    private static IEnumerable<string> Folders(Machine machine) =>
        SystemPythons.Find(new EnvironmentCatalog(machine)).SelectMany(python => python.SitePackages).Distinct();

    private void Fill(string path, string text) => _world.Write("/etc/os-release", "ID=debian\n").Write(path, text);
}
