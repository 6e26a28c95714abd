using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Pep668.Distros;

namespace Pep668.Tests.Distros;

/// <summary>pacman's database: generated packages that the real pacman installs below a root, and databases as its
/// <c>be_local.c</c> writes them.</summary>
public sealed class PacmanDatabaseTests : IDisposable
{
    private const string Local = "/var/lib/pacman/local", Site = "/usr/lib/python3.13/site-packages";

    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public void Pacman_and_its_files_report_the_same_packages_files_dependents_and_changes() => RandomSeed.Fresh().Run(seed =>
    {
        Assert.SkipUnless(Tool.Exists("pacman") && Tool.Exists("bsdtar"), "needs pacman and bsdtar");
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "pacman installs as root only");
        var random = new Random(seed);
        PacmanRoot pacman = new(_world);
        pacman.Install([.. Enumerable.Range(0, 12).Select(number => PacmanPackage.Generate(random, number))]);
        PacmanDatabase database = Open();

        Assert.Equal(
            pacman.Run("-Q"), database.Packages.Select(one => $"{one.Name} {one.Version}").Order(StringComparer.Ordinal));
        string[] owned = [.. database.FilesBelow(["/"]).Select(file => $"{file.Package} {file.Path}").Order(StringComparer.Ordinal)];
        Assert.Equal(
            pacman.Run("-Ql").Where(line => !line.EndsWith('/')).Select(line => line.Replace(_world.Folder, ""))
                .Order(StringComparer.Ordinal),
            owned);
        Assert.Equal(owned.Where(line => line.Contains($" {Site}/")),
            database.FilesBelow([Site]).Select(file => $"{file.Package} {file.Path}").Order(StringComparer.Ordinal));
        foreach (DistroPackage package in database.Packages)
        {
            Assert.Equal(
                (package.Name, string.Join(' ', pacman.RequiredBy(package.Name))),
                (package.Name, string.Join(' ', database.DependentsOf(package))));
            Assert.All(database.DigestsOf(package), pair => Assert.Equal(Sha256(pair.Key), pair.Value.Hex));
        }

        string[] changed = [.. database.Packages.SelectMany(one => database.DigestsOf(one).Keys).Where(_ => random.Next(4) == 0)];
        Assert.NotEmpty(changed);
        foreach (string path in changed)
        {
            File.AppendAllText(_world.OnDisk(path), "changed");
        }
        Assert.Equal(
            pacman.Changed(),
            database.Packages.SelectMany(one => database.DigestsOf(one)).Where(pair => Sha256(pair.Key) != pair.Value.Hex)
                .Select(pair => pair.Key).Order(StringComparer.Ordinal));
        Assert.Null(database.Problem);
    });

    [Fact]
    public void Pacman_configuration_files_are_those_of_backup()
    {
        Write("nginx-1.26.2-1", files: ["etc/", "etc/nginx/", "etc/nginx/nginx.conf", "usr/", "usr/bin/nginx"],
            backup: ["etc/nginx/nginx.conf\t0123456789abcdef0123456789abcdef"]);
        PacmanDatabase database = Open();
        Assert.Equal(["/etc/nginx/nginx.conf"], database.ConfigurationFilesOf(Assert.Single(database.Packages)));
    }

    [Fact]
    public void Pacman_library_of_another_architecture_is_not_the_dependency()
    {
        Write("zlib-1.3-1", provides: ["libz.so=1-64"]);
        Write("lib32-zlib-1.3-1", provides: ["libz.so=1-32"]);
        Write("curl-8.9-1", depends: ["libz.so=1-64"]);
        Write("lib32-curl-8.9-1", depends: ["libz.so=1-32"]);
        Write("odd-1-1", depends: ["libz.so"]);
        PacmanDatabase database = Open();
        Assert.Equal("curl odd", Dependents(database, "zlib"));
        Assert.Equal("lib32-curl odd", Dependents(database, "lib32-zlib"));
    }

    [Fact]
    public void Pacman_package_that_cannot_be_read_is_skipped_and_named()
    {
        Write("python-six-1.16.0-9", files: ["usr/", $"{Site[1..]}/six.py"]);
        _world.Write($"{Local}/ALPM_DB_VERSION", "9\n").CreateFolder($"{Local}/empty-1-1").CreateFolder($"{Local}/other-1-1");
        _world.Write($"{Local}/python-idna-3.7-1/desc", "%NAME%\n\n%VERSION%\n3.7-1\n");
        Write("lost-1-1");
        File.Delete(_world.OnDisk($"{Local}/lost-1-1/files"));
        PacmanDatabase database = Open();
        Assert.Equal(["lost", "python-six"], database.Packages.Select(one => one.Name));
        Assert.Equal([$"{Site}/six.py"], database.FilesBelow([Site]).Select(file => file.Path));
        Assert.Equal("it has records that cannot be read: 'empty-1-1', 'lost', 'other-1-1' and 1 more", database.Problem);
    }

    [Theory]
    [InlineData(new byte[] { 0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0xff, 0xff, 0xff })]
    [InlineData(new byte[] { 0x1f, 0x8b })]
    public void Pacman_damaged_mtree_has_no_digests(byte[] mtree)
    {
        Write("python-six-1.16.0-9");
        _world.Write($"{Local}/python-six-1.16.0-9/mtree", mtree);
        PacmanDatabase database = Open();
        Assert.Empty(database.DigestsOf(Assert.Single(database.Packages)));
    }

    [Fact]
    public void Pacman_digest_is_sha256_then_md5_of_regular_files_only()
    {
        string sha256 = new('a', 64), md5 = new('b', 32);
        Write("odd-1-1");
        _world.Write($"{Local}/odd-1-1/mtree", Compressed($"""
            #mtree
            /set type=dir uid=0 mode=644
            ./.PKGINFO type=file sha256digest={sha256}
            ./usr
            ./usr/a\040b\134\303\251 type=file md5digest={md5} sha256digest={sha256}
            ./usr/link type=link link=a sha256digest={sha256}
            /set type=file
            ./usr/old md5digest={md5.ToUpperInvariant()}
            ./usr/short sha256digest=abc
            ./usr/none
            """));
        PacmanDatabase database = Open();
        Assert.Equal(
            new Dictionary<string, FileDigest>
            {
                ["/usr/a b\\é"] = new(DigestAlgorithm.Sha256, sha256),
                ["/usr/old"] = new(DigestAlgorithm.Md5, md5),
            },
            database.DigestsOf(Assert.Single(database.Packages)));
    }

    [Fact]
    public void Pacman_paths_through_a_merged_folder_are_real()
    {
        _world.CreateFolder("/usr/lib/python3.13").Link("/lib", "usr/lib");
        Write("odd-1-1", files: ["lib/", "lib/python3.13/", "lib/python3.13/os.py"]);
        Assert.Equal(["/usr/lib/python3.13/os.py"], Open().FilesBelow(["/usr/lib/python3.13"]).Select(file => file.Path));
    }

    [Fact]
    public void Pacman_database_of_MSYS2_is_below_its_folder()
    {
        const string Python = "ucrt64/lib/python3.12/";
        Write("mingw-w64-ucrt-x86_64-python-3.12.7-1", root: "/mnt/c/msys64",
            files: ["ucrt64/", "ucrt64/lib/", Python, $"{Python}os.py", "usr/bin/env.exe"]);
        var environment = new PythonEnvironment { Prefix = "/mnt/c/msys64/ucrt64" };
        PackageDatabase database = Assert.Single(PackageDatabases.OfEnvironment(_world.Windows(), environment));
        OwnedFile file = Assert.Single(database.FilesBelow(["/mnt/c/msys64/ucrt64"]), one => one.Path.EndsWith(".py"));
        Assert.Equal($"/mnt/c/msys64/{Python}os.py", file.Path);
        ProgramStep step = database.Reinstall(file.Package)!;
        Assert.Equal(("pacman -S mingw-w64-ucrt-x86_64-python", false), (string.Join(' ', step.Arguments), step.NeedsRoot));
    }

    [Fact]
    public void Pacman_reinstalls_as_root()
    {
        Write("python-six-1.16.0-9");
        PacmanDatabase database = Open();
        ProgramStep step = database.Reinstall(Assert.Single(database.Packages))!;
        Assert.Equal(("pacman -S python-six", true), (string.Join(' ', step.Arguments), step.NeedsRoot));
        Assert.Null(PacmanDatabase.Open(_world.Machine.Files, "/srv"));
        _world.Write($"/srv{Local}/ALPM_DB_VERSION", "9\n");
        Assert.Null(PacmanDatabase.Open(_world.Machine.Files, "/srv"));
    }

    private static byte[] Compressed(string text)
    {
        using var bytes = new MemoryStream();
        using (var stream = new GZipStream(bytes, CompressionLevel.Fastest))
        {
            stream.Write(Encoding.UTF8.GetBytes(text));
        }
        return bytes.ToArray();
    }

    private static string Dependents(PacmanDatabase database, string name) =>
        string.Join(' ', database.DependentsOf(database.Packages.Single(one => one.Name == name)));

    private string Sha256(string path) => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(_world.OnDisk(path)))).ToLowerInvariant();

    private PacmanDatabase Open() => Assert.IsType<PacmanDatabase>(Assert.Single(PackageDatabases.OfSystem(_world.Machine)));

    private void Write(
        string entry, string[]? files = null, string[]? backup = null, string[]? depends = null, string[]? provides = null,
        string root = "")
    {
        string[] parts = entry.Split('-');
        string name = string.Join('-', parts[..^2]), version = string.Join('-', parts[^2..]), folder = $"{root}{Local}/{entry}/";
        _world.Write(folder + "desc",
            $"%NAME%\n{name}\n\n%VERSION%\n{version}\n\n%ARCH%\nany\n\n{Section("DEPENDS", depends)}{Section("PROVIDES", provides)}");
        _world.Write(folder + "files", Section("FILES", files) + Section("BACKUP", backup));
    }

    private static string Section(string name, string[]? lines) => lines is null ? "" : $"%{name}%\n{string.Join('\n', lines)}\n\n";
}
