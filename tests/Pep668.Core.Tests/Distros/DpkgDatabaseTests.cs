using System.Security.Cryptography;
using Pep668.Distros;
using Pep668.Machines;

namespace Pep668.Tests.Distros;

/// <summary>dpkg's database of this machine, compared with dpkg and apt. What they say is right.</summary>
public sealed class DpkgDatabaseTests
{
    // A command line has a limit.
    private const int Batch = 8000; // the kernel accepts 2 MB of arguments

    // Without the packages that a mirror has.
    private static readonly string[] DependsOnly =
        ["-o", "Dir::State::lists=/nonexistent/", "-o", "Dir::Cache::pkgcache=", "-o", "Dir::Cache::srcpkgcache=",
            "rdepends", "--installed", "--no-recommends", "--no-suggests", "--no-conflicts", "--no-breaks", "--no-replaces",
        "--no-enhances"];

    private static readonly Lazy<string[]> Folders = new(() => [.. Directory.GetDirectories("/usr/lib")
        .Concat(Directory.Exists("/usr/local/lib") ? Directory.GetDirectories("/usr/local/lib") : [])
        .Where(folder => Path.GetFileName(folder) is string name && (name.StartsWith("python", StringComparison.Ordinal)
            || name.StartsWith("pypy", StringComparison.Ordinal)))]);

    [Fact]
    public void Owner_of_each_file_of_Python_is_the_one_of_dpkg_search()
    {
        DpkgDatabase database = Open();
        string[] files = [.. Folders.Value.SelectMany(Below).Order(StringComparer.Ordinal)];
        IEnumerable<string> expected = Search(files);
        HashSet<string> exist = [.. files];
        Assert.Equal(
            expected.Order(StringComparer.Ordinal),
            database.FilesBelow(Folders.Value).Where(one => exist.Contains(one.Path))
                .Select(one => $"{one.Package.Id} {one.Path}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Files_of_packages_are_no_folders()
    {
        Assert.DoesNotContain(Open().FilesBelow(Folders.Value), one => FileTree.Host.LinkStat(one.Path).Kind == FileKind.Directory);
    }

    [Fact]
    public void Digests_differ_where_dpkg_verify_reports_a_difference()
    {
        DpkgDatabase database = Open();
        DistroPackage[] packages = [.. database.FilesBelow(Folders.Value).Select(one => one.Package)
            .Concat(database.Packages.Where(one => database.Diversions.Any(diversion => diversion.By == one.Name)))
            .Where(one => one.Name is not ("linux-perf" or "vim-runtime")).Distinct()];
        // "??5?????? c /etc/x": the digest differs; a missing file has no digest.
        IEnumerable<string> verified = packages.Chunk(Batch).SelectMany(some =>
                Tool.Run("dpkg", ["--verify", .. some.Select(one => one.Id)]).Output.Split('\n'))
            .Where(line => line.Length > 12 && line[2] == '5').Select(line => line[12..]);
        IEnumerable<string> different = packages.SelectMany(one => database.DigestsOf(one)
            .Where(pair => FileTree.Host.Read(pair.Key, 1 << 30).Bytes is byte[] bytes
                && !string.Equals(Convert.ToHexStringLower(MD5.HashData(bytes)), pair.Value.Hex, StringComparison.Ordinal))
            .Select(pair => pair.Key)).ToArray();
        // dpkg verifies files of the administrator as well, whose digests are not in .md5sums.
        HashSet<string> configuration = [.. packages.SelectMany(database.ConfigurationFilesOf)];
        Assert.Equal(
            verified.Where(path => !configuration.Contains(path)).Order(StringComparer.Ordinal), different.Order(StringComparer.Ordinal));
        Assert.True(packages.Sum(one => database.DigestsOf(one).Count) > 1000);
    }

    [Fact]
    public void Dependents_are_those_of_apt()
    {
        Assert.SkipUnless(Tool.Exists("apt-cache"), "needs apt-cache");
        DpkgDatabase database = Open();
        DistroPackage[] packages = [.. database.FilesBelow(Folders.Value).Select(one => one.Package).Distinct()];
        ILookup<string, string> real = Dependents(packages);
        foreach (DistroPackage package in packages)
        {
            string[] found = [.. database.DependentsOf(package).Select(one => one.Name)];
            Assert.Equal(found.Distinct(), found);
            Assert.Empty(real[package.Name].Except(found));
            // More are those that need a name which the package provides.
            Assert.All(found.Except(real[package.Name]), more =>
                Assert.NotEmpty(Names("${Pre-Depends}, ${Depends}", more).Intersect(Names("${Provides}", package.Id))));
        }
    }

    [Fact]
    public void Packages_are_those_that_dpkg_lists_as_installed()
    {
        Assert.SkipUnless(Tool.Exists("dpkg-query"), "needs dpkg-query");
        Assert.Equal(DpkgWorld.Listed([]), Open().Packages.Select(one => $"{one.Id} {one.Version}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Diversions_are_those_of_dpkg_divert()
    {
        DpkgDatabase database = Open();
        string[] expected = Tool.Run("dpkg-divert", ["--list"], variables: DpkgWorld.English).Checked().Output
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(expected.Order(StringComparer.Ordinal), database.Diversions.Select(DpkgWorld.Sentence).Order(StringComparer.Ordinal));
    }

    private static DpkgDatabase Open()
    {
        Assert.SkipUnless(File.Exists("/var/lib/dpkg/status") && Tool.Exists("dpkg"), "needs dpkg with its database");
        Assert.SkipWhen(Folders.Value.Length == 0, "needs a Python that dpkg installed");
        return DpkgDatabase.Open(FileTree.Host)!;
    }

    private static IEnumerable<string> Below(string folder) => Directory.EnumerateFiles(folder, "*", new EnumerationOptions
    {
        RecurseSubdirectories = true, AttributesToSkip = 0,
    }).Where(path => FileTree.Host.LinkStat(path).Kind is FileKind.File or FileKind.Link);

    // "NAME[:ARCH][, …]: PATH". A file that was recorded as /lib/x is not found as /usr/lib/x.
    private static IEnumerable<string> Search(string[] files) =>
        files.Concat(files.Where(path => path.StartsWith("/usr/lib/", StringComparison.Ordinal)).Select(path => path["/usr".Length..]))
            .Select(path => path.Replace("[", "\\[", StringComparison.Ordinal)).Chunk(Batch)
            .SelectMany(some => Tool.Run("dpkg-query", ["--search", "--", .. some], variables: DpkgWorld.English).Output.Split('\n'))
            .Where(line => line.Contains(": /", StringComparison.Ordinal) && !line.StartsWith("diversion by", StringComparison.Ordinal))
            .SelectMany(line => line[..line.IndexOf(": /", StringComparison.Ordinal)].Split(", ")
                .Select(owner => $"{owner} {Real(line[(line.IndexOf(": /", StringComparison.Ordinal) + 2)..])}"))
            .Distinct();

    private static string Real(string path) =>
        path.StartsWith("/lib/", StringComparison.Ordinal) && FileTree.Host.LinkStat("/lib").Kind == FileKind.Link ? "/usr" + path : path;

    // For apt, NAME:any is a name that is separate from NAME.
    private static ILookup<string, string> Dependents(IEnumerable<DistroPackage> packages)
    {
        var found = new List<(string Package, string Dependent)>();
        string name = "";
        string[] given = [.. packages.SelectMany(one => new[] { one.Name, one.Name + ":any" })];
        foreach (string line in Tool.Run("apt-cache", [.. DependsOnly, .. given], variables: DpkgWorld.English).Output.Split('\n'))
        {
            if (line.Length > 0 && line[0] != ' ')
            {
                name = line.EndsWith(':') ? name : line.Split(':')[0];
            }
            else if (line.Trim(' ', '|').Split(':')[0] is { Length: > 0 } dependent
                && !string.Equals(dependent, name, StringComparison.Ordinal))
            {
                found.Add((name, dependent));
            }
        }
        return found.ToLookup(pair => pair.Package, pair => pair.Dependent, StringComparer.Ordinal);
    }

    private static IEnumerable<string> Names(string format, string package) =>
        Tool.Run("dpkg-query", ["--show", "--showformat=" + format, package]).Checked().Output
            .Split([',', '|'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(one => one.Split(' ')[0]);
}
