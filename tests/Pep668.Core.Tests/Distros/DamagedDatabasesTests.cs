using System.Text;
using Pep668.Distros;

namespace Pep668.Tests.Distros;

/// <summary>Databases with changed bytes: whatever is in the files, reading ends, and without an exception.</summary>
public sealed class DamagedDatabasesTests : IDisposable
{
    private const string Prefix = "/opt/brew/Cellar/conda/1/env";

    private static readonly (string Path, string Text)[] Files =
    [
        ("/var/lib/pacman/local/a-1-1/desc", "%NAME%\na\n\n%VERSION%\n1-1\n\n%DEPENDS%\nb>=1\nlibc.so=6-64\n\n%PROVIDES%\nc=1\n\n"),
        ("/var/lib/pacman/local/a-1-1/files", "%FILES%\nusr/\nusr/lib/\nusr/lib/a.py\n\n%BACKUP%\netc/a\t0123\n\n"),
        ("/var/lib/pacman/local/a-1-1/mtree", "#mtree\n/set type=file\n./usr/lib/a\\040.py md5digest=0123456789abcdef0123456789abcdef\n"),
        ("/lib/apk/db/installed",
            "P:a\nV:1\nD:b>1 !c d@e\np:so:a.so=1\nF:usr\nR:a\na:0:0:755\nZ:Q1z6aY74gjD75oYsswAmijpkfsxx0=\n\nP:b\nV:2\n\n"),
        ($"{Prefix}/conda-meta/a-1-0.json", """
            {"name": "a", "version": "1", "depends": ["b >1"], "files": ["bin/a", "lib\u002fa"],
             "paths_data": {"paths": [{"_path": "bin/a", "path_type": "hardlink", "sha256_in_prefix":
             "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"}]}}
            """),
        ("/opt/brew/Cellar/conda/1/INSTALL_RECEIPT.json",
            "{\"runtime_dependencies\": [{\"full_name\": \"a/b/c\", \"declared_directly\": true}]}"),
    ];

    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public void Databases_with_damaged_files_are_read_without_an_exception()
    {
        byte[][] seeds = [.. Files.Select(file => Encoding.UTF8.GetBytes(file.Text))];
        var rounds = new Rounds(2000);
        var mutator = new Mutator(rounds.Random);
        rounds.Each(_ =>
        {
            for (int at = 0; at < Files.Length; at++)
            {
                _world.Write(Files[at].Path, mutator.Change(seeds[at], seeds[rounds.Random.Next(seeds.Length)]));
            }
            PackageDatabase[] databases =
            [
                .. PackageDatabases.OfSystem(_world.Machine),
                .. PackageDatabases.OfEnvironment(_world.Machine, new PythonEnvironment { Prefix = Prefix }),
            ];
            Assert.Equal(["pacman", "apk", "Homebrew", "conda"], databases.Select(one => one.Name));
            foreach (PackageDatabase database in databases)
            {
                _ = database.FilesBelow(["/"]).Count + database.FilesBelow(["/usr/lib"]).Count;
                foreach (DistroPackage package in database.Packages)
                {
                    _ = database.DependentsOf(package).Count + database.DigestsOf(package).Count;
                    _ = database.ConfigurationFilesOf(package).Count;
                    Assert.NotNull(database.Reinstall(package));
                }
                Assert.NotEqual("", database.Problem);
            }
        });
    }
}
