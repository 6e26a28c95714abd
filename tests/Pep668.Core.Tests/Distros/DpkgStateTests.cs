using System.Security.Cryptography;
using System.Text;
using Pep668.Distros;
using Pep668.Machines;

namespace Pep668.Tests.Distros;

/// <summary>Databases that a real dpkg wrote into a folder, in each state in which it leaves packages, and those of
/// distroless images.</summary>
public sealed class DpkgStateTests
{
    private const string Site = "/usr/lib/python3/dist-packages";

    [Fact]
    public void Packages_in_each_state_are_those_of_dpkg_list()
    {
        using var dpkg = new DpkgWorld();
        const string Fails = "#!/bin/sh\nexit 1\n";
        dpkg.Build("good", "1.0-1", "", Site + "/good.py", "good")
            .Build("unpacked", "2:2.0", "", Site + "/unpacked.py", "")
            .Build("half-configured", "3", "", Site + "/half_configured.py", "", "DEBIAN/postinst", Fails)
            .Build("half-installed", "4", "", Site + "/half_installed.py", "", "DEBIAN/preinst", Fails, "DEBIAN/postrm", Fails)
            .Build("half-removed", "5", "", Site + "/half_removed.py", "", "DEBIAN/postrm", Fails)
            .Build("with-config", "6", "", Site + "/with_config.py", "", "/etc/with config", "x", "DEBIAN/conffiles", "/etc/with config\n")
            .Build("removed", "7", "", Site + "/removed.py", "")
            .Build("held", "8", "", Site + "/held.py", "");
        dpkg.Install("good", "half-removed", "with-config", "removed", "held").Checked();
        dpkg.Run("--unpack", dpkg.Package("unpacked")).Checked();
        dpkg.Install("half-configured");
        dpkg.Install("half-installed");
        dpkg.Run("--remove", "half-removed");
        dpkg.Run("--remove", "with-config").Checked();
        dpkg.Run("--purge", "removed").Checked();
        File.AppendAllText(dpkg.World.OnDisk("/var/lib/dpkg/status"), "\n");
        string[] listed = AssertAsDpkg(dpkg);
        Assert.Equal(["dpkg 1.0", "good 1.0-1", "half-configured 3", "half-installed 4", "half-removed 5", "held 8", "unpacked 2:2.0"],
            listed.Select(line => line.Replace(":" + dpkg.Architecture, "", StringComparison.Ordinal)));
    }

    [Fact]
    public void Configuration_files_are_known_also_with_blanks_in_their_names()
    {
        using var dpkg = new DpkgWorld();
        dpkg.Build("configured", "1", "", "/etc/a b", "x", "/etc/plain", "y", Site + "/c.py", "",
            "DEBIAN/conffiles", "/etc/a b\n/etc/plain\n");
        dpkg.Install("configured").Checked();
        DpkgDatabase database = dpkg.Database;
        Assert.Equal(["/etc/a b", "/etc/plain"],
            database.ConfigurationFilesOf(Assert.Single(database.Packages, one => one.Name is "configured")).Order(StringComparer.Ordinal));
        dpkg.Build("configured", "2", "", "/etc/plain", "y", Site + "/c.py", "", "DEBIAN/conffiles", "/etc/plain\n");
        // "/etc/a b DIGEST obsolete"
        dpkg.Install("configured").Checked();
        database = dpkg.Database;
        Assert.Equal(["/etc/a b", "/etc/plain"],
            database.ConfigurationFilesOf(Assert.Single(database.Packages, one => one.Name is "configured")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Packages_are_known_after_dpkg_was_killed()
    {
        using var dpkg = new DpkgWorld();
        dpkg.Build("first", "1", "", Site + "/first.py", "").Build("gone", "1", "", Site + "/gone.py", "")
            .Build("second", "1", "", Site + "/second.py", "", "DEBIAN/preinst", "#!/bin/sh\nkill -9 $PPID\n");
        dpkg.Install("gone").Checked();
        Assert.NotEqual(0, dpkg.Run("--install", dpkg.Package("first"), dpkg.Package("second")).ExitCode);
        Assert.NotEmpty(Directory.GetFiles(dpkg.World.OnDisk("/var/lib/dpkg/updates")));
        Assert.Contains("first 1", AssertAsDpkg(dpkg));
    }

    [Fact]
    public void Packages_of_several_architectures_have_the_names_of_dpkg()
    {
        using var dpkg = new DpkgWorld();
        dpkg.Run("--add-architecture", dpkg.Foreign).Checked();
        foreach (string architecture in (string[])[dpkg.Architecture, dpkg.Foreign])
        {
            dpkg.Build("libpython", "1", $"Multi-Arch: same\nArchitecture: {architecture}", "/usr/lib/python3/shared.py", "same",
                $"/usr/lib/python3/{architecture}.so", architecture);
            dpkg.Install("libpython").Checked();
        }
        dpkg.Build("wine", "1", $"Multi-Arch: foreign\nArchitecture: {dpkg.Foreign}", "/usr/lib/python3/wine.py", "w")
            .Install("wine").Checked();
        dpkg.Build("changed", "1", $"Architecture: {dpkg.Foreign}", "/usr/lib/python3/changed.py", "1", "/etc/changed", "1",
            "DEBIAN/conffiles", "/etc/changed\n").Install("changed").Checked();
        dpkg.Run("--remove", "changed:" + dpkg.Foreign).Checked();
        dpkg.Build("changed", "2", $"Architecture: {dpkg.Architecture}", "/usr/lib/python3/changed.py", "2").Install("changed").Checked();
        AssertAsDpkg(dpkg);
        DpkgDatabase database = dpkg.Database;
        foreach (DistroPackage one in database.Packages.Where(one => one.Name is "libpython"))
        {
            Assert.Equal(["/usr/lib/python3/shared.py", $"/usr/lib/python3/{one.Id.Split(':')[1]}.so"],
                database.DigestsOf(one).Keys.OrderBy(path => path.EndsWith(".so", StringComparison.Ordinal)));
            Assert.Equal(["apt", "install", "--reinstall", one.Id], database.Reinstall(one)!.Arguments);
        }
        DistroPackage wine = Assert.Single(database.Packages, one => one.Name is "wine");
        Assert.Equal("wine:" + dpkg.Foreign, database.Reinstall(wine)!.Arguments[^1]);
        Assert.Equal("changed", database.Reinstall(Assert.Single(database.Packages, one => one.Name is "changed"))!.Arguments[^1]);
    }

    [Fact]
    public void Diverted_files_belong_to_their_packages_under_the_other_name()
    {
        using var dpkg = new DpkgWorld();
        dpkg.Divert("--add", "--package", "taker", "--divert", Site + "/taken.distrib.py", Site + "/taken.py").Checked();
        dpkg.Divert("--add", "--local", "--divert", "/opt/else/moved.py", Site + "/moved.py").Checked();
        dpkg.Divert("--add", "--local", "--divert", Site + "/arrived.py", "/opt/from/arrived.py").Checked();
        // dpkg creates no folders for other names.
        dpkg.World.CreateFolder(Site).CreateFolder("/opt/else");
        dpkg.Build("owner", "1", "", Site + "/taken.py", "of owner", Site + "/moved.py", "moved", "/opt/from/arrived.py", "arrived");
        dpkg.Build("taker", "1", "", Site + "/taken.py", "of taker");
        dpkg.Install("owner", "taker").Checked();
        DpkgDatabase database = dpkg.Database;
        Assert.Equal(
            dpkg.Divert("--list").Checked().Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal),
            database.Diversions.Select(DpkgWorld.Sentence).Order(StringComparer.Ordinal));
        Assert.Equal([$"owner {Site}/arrived.py", $"owner {Site}/taken.distrib.py", $"taker {Site}/taken.py"], Owned(database, Site));
        Assert.Equal(["owner /opt/else/moved.py"], Owned(database, "/opt"));
        foreach (OwnedFile file in database.FilesBelow(["/usr", "/opt"]))
        {
            byte[] bytes = File.ReadAllBytes(dpkg.World.OnDisk(file.Path));
            Assert.Equal(Convert.ToHexStringLower(MD5.HashData(bytes)), database.DigestsOf(file.Package)[file.Path].Hex);
        }
    }

    [Fact]
    public void Links_and_folders_are_those_of_dpkg()
    {
        using var dpkg = new DpkgWorld();
        dpkg.Build("links", "1", "", Site + "/only/link", "-> ../target.py", Site + "/target.py", "x", Site + "/folder", "-> only");
        dpkg.Install("links").Checked();
        Assert.Equal([$"links {Site}/folder", $"links {Site}/only/link", $"links {Site}/target.py"], Owned(dpkg.Database, Site));
        AssertAsDpkg(dpkg);
    }

    [Fact]
    public void Merged_folder_is_one_folder_whatever_name_a_package_recorded()
    {
        using var dpkg = new DpkgWorld();
        dpkg.World.CreateFolder("/usr/lib").Link("/lib", "usr/lib");
        dpkg.Build("old", "1", "", "/lib/python3/old.py", "old").Build("new", "1", "", "/usr/lib/python3/new.py", "new");
        dpkg.Install("old", "new").Checked();
        DpkgDatabase database = dpkg.Database;
        Assert.Equal(["new /usr/lib/python3/new.py", "old /usr/lib/python3/old.py"], Owned(database, "/usr/lib/python3"));
        Assert.Equal(["/usr/lib/python3/old.py"], database.DigestsOf(Assert.Single(database.Packages, one => one.Name is "old")).Keys);
    }

    // The layout of PACKAGE_METADATA.md in GoogleContainerTools/distroless: no Status, no lists, md5sums beside.
    [Fact]
    public void Distroless_image_has_its_packages_in_a_folder()
    {
        using var world = new World();
        world.Write("/var/lib/dpkg/status.d/libpython3.11-stdlib", """
            Package: libpython3.11-stdlib
            Source: python3.11
            Version: 3.11.2-6
            Architecture: amd64
            Multi-Arch: same
            Maintainer: Matthias Klose <doko@debian.org>
            Depends: libpython3.11-minimal (= 3.11.2-6), media-types | mime-support, libc6 (>= 2.36)
            Description: Interactive high-level object-oriented language
             Python is a high-level language.
             .
             It has modules.

            """)
            .Write("/var/lib/dpkg/status.d/libpython3.11-stdlib.md5sums",
                "d41d8cd98f00b204e9800998ecf8427e  usr/lib/python3.11/abc.py\n5461b4c9623a1657baf85fbc0c8576b6  usr/share/doc/x\n")
            .Write("/var/lib/dpkg/status.d/libpython3",
                "Package: libpython3.11-minimal\nVersion: 3.11.2-6\nArchitecture: amd64\nMulti-Arch: same\n")
            .Write("/var/lib/dpkg/status.d/libpython3.md5sums", "900150983cd24fb0d6963f7d28e17f72  usr/lib/python3.11/os.py\n");
        DpkgDatabase database = DpkgDatabase.Open(FileTree.Under(world.Folder))!;
        Assert.Equal(["libpython3.11-minimal:amd64 3.11.2-6", "libpython3.11-stdlib:amd64 3.11.2-6"],
            database.Packages.Select(one => $"{one.Id} {one.Version}").Order(StringComparer.Ordinal));
        Assert.Equal(["libpython3.11-minimal:amd64 /usr/lib/python3.11/os.py", "libpython3.11-stdlib:amd64 /usr/lib/python3.11/abc.py"],
            Owned(database, "/usr/lib/python3.11"));
        DistroPackage minimal = database.Packages.First(one => one.Name is "libpython3.11-minimal");
        Assert.Equal("libpython3.11-stdlib", Assert.Single(database.DependentsOf(minimal)).Name);
        Assert.Equal("900150983cd24fb0d6963f7d28e17f72", database.DigestsOf(minimal)["/usr/lib/python3.11/os.py"].Hex);
        Assert.Empty(database.Diversions);
    }

    [Fact]
    public void Machine_without_dpkg_has_no_database()
    {
        using var world = new World();
        Assert.Null(DpkgDatabase.Open(FileTree.Under(world.Folder)));
        world.CreateFolder("/var/lib/dpkg/status");
        Assert.Null(DpkgDatabase.Open(FileTree.Under(world.Folder)));
    }

    [Fact]
    public void Corrupt_files_never_throw()
    {
        var rounds = new Rounds(1000);
        Random random = rounds.Random;
        using var dpkg = new DpkgWorld();
        dpkg.Divert("--add", "--package", "b", "--divert", Site + "/x.distrib", Site + "/x.py").Checked();
        dpkg.Build("a", "1", "Depends: b | c (>= 1), d:any\nProvides: e (= 1)", Site + "/x.py", "x", "/etc/x", "y",
            "DEBIAN/conffiles", "/etc/x\n").Install("a").Checked();
        string[] files = [.. Directory.GetFiles(dpkg.World.OnDisk("/var/lib/dpkg"), "*", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)];
        Dictionary<string, byte[]> whole = files.ToDictionary(file => file, File.ReadAllBytes);
        rounds.Each(round =>
        {
            string file = files[random.Next(files.Length)];
            byte[] bytes = [.. whole[file]];
            for (int change = random.Next(1, 6); change > 0 && bytes.Length > 0; change--)
            {
                int at = random.Next(bytes.Length);
                bytes = random.Next(4) switch
                {
                    0 => bytes[..at],
                    1 => [.. bytes[..at], .. bytes[Math.Min(bytes.Length, at + random.Next(1, 40))..]],
                    2 => [.. bytes[..at], (byte)"\0\n :/|,([\r\u007f"[random.Next(11)], .. bytes[at..]],
                    _ => [.. bytes[..at], (byte)random.Next(256), .. bytes[(at + 1)..]],
                };
            }
            File.WriteAllBytes(file, bytes);
            DpkgDatabase? database = DpkgDatabase.Open(FileTree.Under(dpkg.World.Folder));
            foreach (DistroPackage one in database?.Packages ?? [])
            {
                _ = (database!.DependentsOf(one), database.DigestsOf(one), database.ConfigurationFilesOf(one), database.Reinstall(one));
            }
            _ = (database?.FilesBelow(["/usr", "/etc", "/"]), database?.Diversions);
            File.WriteAllBytes(file, whole[file]);
        });
        // Folders in place of files.
        foreach (string file in files)
        {
            File.Delete(file);
            Directory.CreateDirectory(file);
        }
        Assert.Null(DpkgDatabase.Open(FileTree.Under(dpkg.World.Folder)));
    }

    [Fact]
    public async Task Field_with_a_million_lines_is_read_in_one_pass()
    {
        using var world = new World();
        var text = new StringBuilder("Package: a\nStatus: install ok installed\nVersion: 1\nConffiles:\n");
        for (int line = 0; line < 1_000_000; line++)
        {
            text.Append(" /etc/x 0\n");
        }
        world.Write("/var/lib/dpkg/status", text.ToString());
        CancellationToken token = TestContext.Current.CancellationToken;
        Assert.Equal(1, await Task.Run(() => DpkgDatabase.Open(FileTree.Under(world.Folder))!.Packages.Count, token)
            .WaitAsync(TimeSpan.FromSeconds(20), token));
    }

    // What dpkg lists, and the owners of files in the folders of Python.
    private static string[] AssertAsDpkg(DpkgWorld dpkg)
    {
        DpkgDatabase database = dpkg.Database;
        string[] listed = dpkg.Listed();
        Assert.Equal(listed, database.Packages.Select(one => $"{one.Id} {one.Version}").Order(StringComparer.Ordinal));
        string[] known = [.. database.Packages.Select(one => one.Id)];
        // dpkg lists folders too, and those in the state config-files.
        Assert.Equal(
            dpkg.Owned("/usr/lib/python3").Where(line => known.Contains(line.Split(' ')[0])
                && FileTree.Host.LinkStat(dpkg.World.OnDisk(line.Split(' ')[1])).Kind != FileKind.Directory),
            Owned(database, "/usr/lib/python3"));
        return listed;
    }

    private static IEnumerable<string> Owned(DpkgDatabase database, string folder) =>
        database.FilesBelow([folder]).Select(one => $"{one.Package.Id} {one.Path}").Order(StringComparer.Ordinal);
}
