using System.Buffers.Binary;
using System.Text;
using Pep668.Distros;
using Pep668.Machines;

namespace Pep668.Tests.Distros;

/// <summary>rpm's database, compared with the real rpm.</summary>
public sealed class RpmDatabaseTests : IDisposable
{
    private const string Site = "/usr/lib/python3.12/site-packages";

    // A file of each kind: folder, link, configuration, documentation, ghost, names with blanks and other letters.
    private const string Distribution = $$"""
        Epoch: 2
        BuildArch: noarch
        AutoReqProv: no
        Provides: python3.12dist(x-y) = 1.2
        Provides: python3dist(x-y) = 1.2
        %description
        d
        %install
        mkdir -p %{buildroot}{{Site}}/x_y/__pycache__ %{buildroot}{{Site}}/x_y-1.2.dist-info %{buildroot}/etc %{buildroot}/usr/share/doc/x
        mkdir -p "%{buildroot}{{Site}}/x_y/ü b" %{buildroot}/usr/bin
        echo code > %{buildroot}{{Site}}/x_y/__init__.py
        echo more > "%{buildroot}{{Site}}/x_y/ü b/x.py"
        ln -s __init__.py %{buildroot}{{Site}}/x_y/link.py
        printf 'Metadata-Version: 2.1\nName: x.Y\nVersion: 1.2\n' > %{buildroot}{{Site}}/x_y-1.2.dist-info/METADATA
        echo text > %{buildroot}/usr/share/doc/x/README
        echo setting > %{buildroot}/etc/x.conf
        echo run > %{buildroot}/usr/bin/x
        %files
        %dir {{Site}}/x_y
        {{Site}}/x_y/__init__.py
        {{Site}}/x_y/link.py
        "{{Site}}/x_y/ü b"
        {{Site}}/x_y-1.2.dist-info
        %dir {{Site}}/x_y/__pycache__
        %ghost {{Site}}/x_y/__pycache__/__init__.cpython-312.pyc
        %config(noreplace) /etc/x.conf
        %doc /usr/share/doc/x/README
        /usr/bin/x
        """;

    private RpmWorld? _rpm;

    public void Dispose() => _rpm?.Dispose();

    private RpmWorld Rpm(string place = "/var/lib/rpm") => _rpm ??= new(place);

    [Theory]
    [InlineData("/var/lib/rpm", "/var/lib/rpm")]
    [InlineData("/usr/lib/sysimage/rpm", "/usr/lib/sysimage/rpm")]
    [InlineData("/usr/share/rpm", "/usr/share/rpm")]
    [InlineData("/usr/lib/sysimage/rpm", "/var/lib/rpm")]
    public void Packages_and_files_are_those_of_rpm(string place, string link)
    {
        RpmWorld rpm = Rpm(place);
        rpm.Install(rpm.Build("python3-x", "1.2", Distribution), rpm.BuildSimple("other", files: ["/opt/other"]),
            rpm.BuildSimple("gpg-pubkey"), rpm.BuildSimple("empty"));
        if (!string.Equals(place, link, StringComparison.Ordinal))
        {
            rpm.World.Link(link, place);
        }
        PackageDatabase database = Assert.Single(PackageDatabases.OfSystem(rpm.World.Machine));
        Assert.Null(database.Problem);
        Assert.Equal(
            rpm.Rpm("-qa", "--queryformat", "%{NAME} %{EVR}\n").Order()
                .Where(line => !line.StartsWith("gpg-pubkey", StringComparison.Ordinal)),
            database.Packages.Select(one => $"{one.Name} {one.Version}").Order());
        AssertSameFiles(rpm, database);
        DistroPackage package = database.Packages.Single(one => one.Name is "python3-x");
        Assert.Equal(rpm.Rpm("-qc", "python3-x"), database.ConfigurationFilesOf(package));
        Assert.Equal(["/opt/other"], database.FilesBelow(["/opt/other"]).Select(file => file.Path));
        Assert.Equal(["/usr/bin/x"], database.FilesBelow(["/usr/bin/x", "/usr/bi"]).Select(file => file.Path));
        Assert.Empty(database.FilesBelow([Site + "/x_y/ü", "/opt/other/x"]));
    }

    private static void AssertSameFiles(RpmWorld rpm, PackageDatabase database)
    {
        const string files = "[%{FILEMODES:perms} %{FILEFLAGS:fflags}|%{FILESTATES:fstate}|%{FILEDIGESTS}|%{FILENAMES}|%{=NAME}\n]";
        string[][] expected = [.. rpm.Rpm("-qa", "--queryformat", files).Select(line => line.Split('|'))
            .Where(file => file[0][0] != 'd' && file[1] is "normal")];
        Assert.NotEmpty(expected);
        Assert.Equal(expected.Select(file => $"{file[3]} {file[4]}").Order(StringComparer.Ordinal),
            database.FilesBelow([""]).Select(file => $"{file.Path} {file.Package.Name}").Order(StringComparer.Ordinal));
        Assert.Equal(
            expected.Where(file => file[2].Length > 0).Select(file => $"{file[3]} {file[2]}").Order(StringComparer.Ordinal),
            database.Packages.SelectMany(database.DigestsOf).Select(one => $"{one.Key} {one.Value.Hex}").Order(StringComparer.Ordinal));
        string[] below = [.. expected.Where(file => file[3].StartsWith(Site + "/x_y/", StringComparison.Ordinal)).Select(file => file[3])];
        Assert.Equal(below, database.FilesBelow([Site + "/x_y"]).Select(file => file.Path).Order(StringComparer.Ordinal));
        Assert.All(below, path => Assert.Contains(rpm.Rpm("-qf", path), one => one.StartsWith("python3-x-1.2", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(1, DigestAlgorithm.Md5)]
    [InlineData(2, DigestAlgorithm.Sha1)]
    [InlineData(8, DigestAlgorithm.Sha256)]
    [InlineData(9, DigestAlgorithm.Sha384)]
    [InlineData(10, DigestAlgorithm.Sha512)]
    [InlineData(11, null)] // SHA-224, which .NET does not have
    public void Digests_have_the_algorithm_that_rpm_used(int number, object? expected)
    {
        RpmWorld rpm = Rpm();
        rpm.Install(rpm.Build("a", "1", "BuildArch: noarch\n%description\nd\n%install\necho 1 > %{buildroot}/x\n%files\n/x\n",
            "--define", FormattableString.Invariant($"_binary_filedigest_algorithm {number}")));
        RpmDatabase database = rpm.Database;
        IReadOnlyDictionary<string, FileDigest> digests = database.DigestsOf(database.Packages.Single());
        Assert.Equal(expected is null ? [] : new object[] { new FileDigest((DigestAlgorithm)expected,
            rpm.Rpm("-q", "--queryformat", "[%{FILEDIGESTS}]", "a").Single()) }, digests.Values.Cast<object>());
        Assert.All(digests.Values, one => Assert.True(one.Matches("1\n"u8) && !one.Matches("2\n"u8)));
    }

    [Fact]
    public void Files_that_were_replaced_or_left_out_belong_to_nobody()
    {
        RpmWorld rpm = Rpm();
        rpm.InstallFiles(rpm.Build("python3-x", "1.2", Distribution), "--excludedocs");
        rpm.InstallFiles(rpm.BuildSimple("new", files: ["/usr/bin/x"]), "--replacefiles");
        RpmDatabase database = rpm.Database;
        AssertSameFiles(rpm, database);
        Assert.Equal("new", Assert.Single(database.FilesBelow(["/usr/bin"])).Package.Name);
        Assert.Empty(database.FilesBelow(["/usr/share"]));
    }

    [Fact]
    public void Package_of_two_architectures_or_versions_has_the_name_that_rpm_finds()
    {
        RpmWorld rpm = Rpm();
        const string spec = "%description\nd\n%files\n";
        rpm.Install(rpm.Build("two", "1", spec, "--target", "i686"), rpm.Build("two", "1", spec, "--target", "x86_64"),
            rpm.BuildSimple("one", "Epoch: 3"), rpm.BuildSimple("kernel"), rpm.BuildSimple("kernel", "Epoch: 1", version: "2"));
        RpmDatabase database = rpm.Database;
        Assert.Equal(["kernel-1-1.noarch", "kernel-2-1.noarch", "one", "two.i686", "two.x86_64"],
            database.Packages.Select(one => one.Id).Order(StringComparer.Ordinal));
        Assert.All(database.Packages, one => Assert.Equal([$"{one.Name} {one.Version}"],
            rpm.Rpm("-q", "--queryformat", "%{NAME} %{EVR}\n", one.Id)));
        rpm.World.Write("/etc/os-release", "ID=sles\nID_LIKE=suse\n");
        Assert.Equal(["kernel.noarch=1-1", "kernel.noarch=1:2-1", "one", "two.i686", "two.x86_64"],
            database.Packages.Select(one => database.Reinstall(one)!.Arguments[^1]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Dependents_are_those_that_rpm_names_at_removal()
    {
        RpmWorld rpm = Rpm();
        rpm.Install(
            rpm.Build("python3-x", "1.2", Distribution),
            rpm.BuildSimple("python3.12", "Provides: python(abi) = 3.12", ["/usr/bin/python3.12"]),
            rpm.BuildSimple("python3.11", "Provides: python(abi) = 3.11"),
            rpm.BuildSimple("by-name", "Requires: python3-x"),
            rpm.BuildSimple("by-version", "Requires: python3-x >= 2:1.0\nRequires: python(abi) = 3.12"),
            rpm.BuildSimple("by-distribution", "Requires: python3.12dist(x-y)"),
            rpm.BuildSimple("by-file", $"Requires: /usr/bin/python3.12\nRequires: {Site}/x_y/__init__.py"),
            rpm.BuildSimple("by-folder", $"Requires: {Site}/x_y"),
            rpm.BuildSimple("by-range", "Requires: (python3.12dist(x-y) >= 1 with python3.12dist(x-y) < 2)"),
            rpm.BuildSimple("by-choice", "Requires: (nothing or python3-x)"),
            rpm.BuildSimple("at-removal", "Requires(preun): python3-x"),
            rpm.BuildSimple("at-both", "Requires(post): python3-x\nRequires(postun): python3-x"),
            rpm.BuildSimple("at-installation", "Requires(pre): python3-x"),
            rpm.BuildSimple("abi", "Requires: python(abi) = 3.11"),
            rpm.BuildSimple("recommends", "Recommends: python3-x"),
            rpm.BuildSimple("condition", "Requires: (by-name if python3-x)"),
            rpm.BuildSimple("itself", "Provides: me\nRequires: me"));
        RpmDatabase database = rpm.Database;
        Assert.All(database.Packages, one => Assert.Equal(
            rpm.NeededBy(one.Name).Distinct().Order(StringComparer.Ordinal),
            database.DependentsOf(one).Select(other => other.Name)));
        Assert.Equal(9, database.DependentsOf(database.Packages.Single(one => one.Name is "python3-x")).Count);
    }

    [Fact]
    public void Provider_of_a_distribution_is_that_of_rpm()
    {
        RpmWorld rpm = Rpm();
        rpm.Install(
            rpm.Build("python3-x", "1.2", Distribution),
            rpm.BuildSimple("python3.11-x", "Provides: python3.11dist(x-y) = 1"),
            rpm.BuildSimple("python3-old", "Provides: python3.12dist(Zope.Interface__z) = 1"),
            rpm.BuildSimple("python3-x+extra", "Provides: python3.12dist(x-y[extra]) = 1"),
            rpm.BuildSimple("python3-every", "Provides: python3dist(every) = 1"));
        RpmDatabase database = rpm.Database;
        foreach ((string name, string series) in (IEnumerable<(string, string)>)[("x-y", "3.12"), ("x-y", "3.11")])
        {
            Assert.Equal(rpm.Rpm("-q", "--queryformat", "%{NAME}\n", "--whatprovides", $"python{series}dist({name})")[0],
                database.ProviderOf(name, series)?.Name);
        }
        Assert.Equal("python3-old", database.ProviderOf("zope-interface-z", "3.12")?.Name);
        Assert.Equal("python3-every", database.ProviderOf("every", "3.13")?.Name);
        Assert.Null(database.ProviderOf("x-y", "3.13"));
        Assert.Null(database.ProviderOf("y", "3.12"));
    }

    [Fact]
    public void Provider_is_found_by_what_the_generator_of_rpm_writes()
    {
        RpmWorld rpm = Rpm();
        Assert.SkipUnless(File.Exists("/usr/lib/rpm/pythondistdeps.py") && File.Exists("/usr/bin/python3")
            && Tool.Run("/usr/bin/python3", ["-c", "import packaging"]).ExitCode == 0, "needs rpm's pythondistdeps.py");
        rpm.Install(rpm.Build("python3-x", "1.2", Distribution.Replace("AutoReqProv: no\nProvides: python3.12dist(x-y) = 1.2\n"
            + "Provides: python3dist(x-y) = 1.2\n", "", StringComparison.Ordinal)));
        Assert.Contains(rpm.Rpm("-q", "--provides", "python3-x"), one => one.StartsWith("python3.12dist(", StringComparison.Ordinal));
        Assert.Equal("python3-x", rpm.Database.ProviderOf("x-y", "3.12")?.Name);
        Assert.Null(rpm.Database.ProviderOf("x-y", "3.11"));
    }

    [Fact]
    public void Packages_that_are_only_in_the_log_are_found()
    {
        RpmWorld rpm = Rpm("/usr/lib/sysimage/rpm");
        SqliteTool.Need();
        rpm.Install(rpm.BuildSimple("a", files: ["/a"]), rpm.BuildSimple("b", files: ["/b"]), rpm.BuildSimple("c", files: ["/c"]));
        string source = rpm.World.OnDisk("/usr/lib/sysimage/rpm/rpmdb.sqlite"), copy = rpm.World.OnDisk("/copy");
        SqliteTool.Change(source, copy, """
            blob = db.execute("SELECT blob FROM Packages WHERE hnum = (SELECT hnum FROM Name WHERE key = 'b')").fetchone()[0]
            db.execute('DELETE FROM Packages')
            db.execute('INSERT INTO Packages VALUES (9, ?)', (blob,))
            db.commit()
            db.execute('INSERT INTO Packages VALUES (10, ?)', (bytes(3000000),))
            """);
        Directory.Delete(rpm.World.OnDisk("/usr/lib/sysimage/rpm"), recursive: true);
        Directory.Move(copy, rpm.World.OnDisk("/usr/lib/sysimage/rpm"));
        RpmDatabase database = rpm.Database;
        Assert.Null(database.Problem);
        Assert.Equal(["b"], database.Packages.Select(one => one.Name));
        Assert.Equal(["/b"], database.FilesBelow([""]).Select(file => file.Path));
        File.Delete(rpm.World.OnDisk("/usr/lib/sysimage/rpm/rpmdb.sqlite-wal"));
        Assert.Equal(3, rpm.Database.Packages.Count);
    }

    [Fact]
    public void What_rpm_writes_is_read_as_the_database_is()
    {
        RpmWorld rpm = Rpm();
        Assert.SkipUnless(File.Exists(RpmQuery.Program), "needs " + RpmQuery.Program);
        rpm.Install(rpm.Build("python3-x", "1.2", Distribution), rpm.BuildSimple("empty"),
            rpm.BuildSimple("needs", "Requires: python3-x >= 1\nRequires: (a or b)"));
        IReadOnlyList<RpmRecord> records = RpmQuery.Read(out string? problem, rpm.Options);
        Assert.Null(problem);
        Assert.Equal(3, records.Count);
        var image = SqliteImage.Read(rpm.World.Machine.Files, "/var/lib/rpm/rpmdb.sqlite", out _)!;
        var expected = new List<RpmRecord>();
        Assert.Null(SystemSqlite.Shared!.Read(image, "SELECT blob FROM Packages", blob => expected.Add(RpmHeader.Parse(blob)!)));
        WantedPaths wanted = new([Site + "/x_y"]);
        Assert.Equal(expected.Select(Describe).Order(StringComparer.Ordinal), records.Select(Describe).Order(StringComparer.Ordinal));

        string Describe(RpmRecord one) =>
            $"{one.Name} {one.Version} {one.Architecture} {one.Algorithm}\n{string.Join('\n', one.Provides)}\n"
            + $"{string.Join('\n', one.Requires)}\n{string.Join('\n', one.Files(null))}\n{string.Join('\n', one.Files(wanted))}";
    }

    [Fact]
    public void Program_that_fails_is_the_problem()
    {
        Assert.SkipUnless(File.Exists(RpmQuery.Program), "needs " + RpmQuery.Program);
        Assert.Empty(RpmQuery.Read(out string? problem, "--no-such-option"));
        Assert.StartsWith("'/usr/bin/rpm -qa' failed with exit code 1: ", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Packages.db", "ndb")]
    [InlineData("Packages", "bdb")]
    public void Other_format_in_an_image_is_a_problem(string name, string format)
    {
        using var world = new World();
        Assert.Null(RpmDatabase.Open(world.Machine));
        world.Write("/usr/lib/sysimage/rpm/" + name, "x");
        PackageDatabase database = Assert.Single(PackageDatabases.OfSystem(world.Machine));
        Assert.Empty(database.Packages);
        Assert.Empty(database.FilesBelow(["/usr"]));
        Assert.Equal($"'/usr/lib/sysimage/rpm/{name}' has rpm's format {format}, which is not supported", database.Problem);
        world.Write("/usr/share/rpm/rpmdb.sqlite", "x");
        Assert.Contains("rpmdb.sqlite", RpmDatabase.Open(world.Machine)!.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_library_is_a_problem_in_an_image()
    {
        using var world = new World();
        world.Write("/var/lib/rpm/rpmdb.sqlite", "x");
        RpmDatabase database = RpmDatabase.Open(world.Machine, sqlite: null)!;
        Assert.Empty(database.Packages);
        Assert.Equal("'/var/lib/rpm/rpmdb.sqlite' cannot be read without the library libsqlite3, which was not found", database.Problem);
    }

    [Theory]
    [InlineData("")]
    [InlineData("SQLite format 3\0")]
    [InlineData("something else")]
    public void File_that_is_not_a_database_is_a_problem(string text)
    {
        NeedSqlite();
        using var world = new World();
        world.Write("/var/lib/rpm/rpmdb.sqlite", text);
        RpmDatabase database = RpmDatabase.Open(world.Machine)!;
        Assert.Empty(database.Packages);
        Assert.StartsWith("'/var/lib/rpm/rpmdb.sqlite' cannot be read: ", database.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void File_that_cannot_be_read_is_a_problem()
    {
        NeedSqlite();
        using var world = new World();
        world.Write("/var/lib/rpm/rpmdb.sqlite", "x").CreateFolder("/var/lib/rpm/rpmdb.sqlite-wal");
        RpmDatabase database = RpmDatabase.Open(world.Machine)!;
        Assert.Empty(database.Packages);
        Assert.NotNull(database.Problem);
        Assert.NotNull(SqliteImage.Read(world.Machine.Files, "/var/lib/rpm/rpmdb.sqlite", out string? problem));
        Assert.Equal("'/var/lib/rpm/rpmdb.sqlite-wal' cannot be read: it is a directory", problem);
        Assert.Null(SqliteImage.Read(world.Machine.Files, "/var/lib/rpm", out problem));
        Assert.Equal("'/var/lib/rpm' cannot be read: it is a directory", problem);
    }

    [Fact]
    public void Package_that_cannot_be_read_does_not_hide_the_others()
    {
        RpmWorld rpm = Rpm();
        SqliteTool.Need();
        rpm.Install(rpm.BuildSimple("a"), rpm.BuildSimple("b"), rpm.BuildSimple("c"));
        string second = SqliteTool.Query(rpm.World.OnDisk("/var/lib/rpm/rpmdb.sqlite"), "SELECT hnum FROM Name WHERE key = 'b'").Single();
        SqliteTool.Change(rpm.World.OnDisk("/var/lib/rpm/rpmdb.sqlite"), rpm.World.OnDisk("/copy"),
            $"db.execute('UPDATE Packages SET blob = substr(blob, 1, 300) WHERE hnum = {second}')\ndb.commit()");
        RpmDatabase database = rpm.Database;
        Assert.Equal(["a", "c"], database.Packages.Select(one => one.Name).Order());
        Assert.Equal("1 of 3 packages in '/var/lib/rpm/rpmdb.sqlite' cannot be read", database.Problem);
    }

    [Fact]
    public void Damaged_database_is_read_without_an_exception()
    {
        RpmWorld rpm = Rpm();
        NeedSqlite();
        rpm.Install(rpm.Build("python3-x", "1.2", Distribution), rpm.BuildSimple("needs", "Requires: python3-x"));
        byte[] bytes = File.ReadAllBytes(rpm.World.OnDisk("/var/lib/rpm/rpmdb.sqlite"));
        var rounds = new Rounds(800);
        rounds.Each(_ =>
        {
            // Most of the file is in pages that are not read.
            byte[] damaged = [.. bytes];
            for (int changes = rounds.Random.Next(1, 200); changes > 0; changes--)
            {
                damaged[rounds.Random.Next(damaged.Length)] ^= (byte)(1 << rounds.Random.Next(8));
            }
            rpm.World.Write("/var/lib/rpm/rpmdb.sqlite", damaged[..(damaged.Length >> rounds.Random.Next(4) / 3)]);
            RpmDatabase database = rpm.Database;
            _ = database.FilesBelow(["/"]).Count + database.FilesBelow([Site]).Count;
            Assert.True(database.ProviderOf("x-y", "3.12") is null or { Name.Length: > 0 });
            foreach (DistroPackage package in database.Packages)
            {
                _ = database.DependentsOf(package).Count + database.DigestsOf(package).Count;
                _ = database.ConfigurationFilesOf(package).Count;
                Assert.NotNull(database.Reinstall(package));
            }
            Assert.NotEqual("", database.Problem);
        });
    }

    [Theory]
    [InlineData("ID=fedora\n", "dnf reinstall a")]
    [InlineData("ID=\"opensuse-tumbleweed\"\nID_LIKE=\"opensuse suse\"\n", "zypper install --force a")]
    [InlineData("ID=sles\nID_LIKE=\"suse\"\n", "zypper install --force a")]
    public void Package_is_installed_again_with_the_command_of_the_distribution(string release, string expected)
    {
        using var world = new World();
        world.Write("/etc/os-release", release).Write("/var/lib/rpm/Packages", "x");
        ProgramStep? step = RpmDatabase.Open(world.Machine)!.Reinstall(new("a", "1"));
        Assert.Equal((expected, true), (string.Join(' ', step!.Arguments), step.NeedsRoot));
    }

    [Theory]
    [InlineData("microdnf", "microdnf reinstall a")]
    [InlineData("microdnf dnf", "dnf reinstall a")]
    public void Minimal_image_installs_a_package_again_with_microdnf(string programs, string expected)
    {
        using var world = new World();
        world.Write("/etc/os-release", "ID=\"rhel\"\n").Write("/var/lib/rpm/Packages", "x");
        foreach (string program in programs.Split(' '))
        {
            world.Write("/usr/bin/" + program, "", executable: true);
        }
        Assert.Equal(expected, string.Join(' ', RpmDatabase.Open(world.Machine)!.Reinstall(new("a", "1"))!.Arguments));
    }

    [Fact]
    public void Package_of_an_ostree_commit_has_no_command_that_installs_it_again()
    {
        using var world = new World();
        world.Write("/etc/os-release", "ID=fedora\nVARIANT_ID=silverblue\n").Write("/var/lib/rpm/Packages", "x")
            .Write("/run/ostree-booted", "").Write("/usr/bin/dnf", "", executable: true);
        Assert.Null(RpmDatabase.Open(world.Machine)!.Reinstall(new("a", "1")));
    }

    [Theory]
    [InlineData("(a >= 1 if b else c)", "a 12 1|c 0 ")]
    [InlineData("((a and b) if c)", "a 0 |b 0 ")]
    [InlineData("(x if (y or z))", "x 0 ")]
    [InlineData("(a or (b unless c) or d < 2:3-4)", "a 0 |b 0 |d 2 2:3-4")]
    [InlineData("(python3.12dist(x[y]) >= 1 with python3.12dist(x[y]) < 2)", "python3.12dist(x[y]) 12 1|python3.12dist(x[y]) 2 2")]
    [InlineData("(a without b)", "a 0 ")]
    [InlineData("((((", "")]
    [InlineData("( )) a (", "a 0 ")]
    [InlineData("(a >=", "a 12 ")]
    [InlineData("plain", "plain 8 1")]
    public void Rich_requirement_is_one_for_each_name_that_may_be_needed(string name, string expected)
    {
        IEnumerable<RpmRelation> found = new RpmRelation(name, RpmRelation.Equal, "1").Simple();
        Assert.Equal(expected, string.Join('|', found.Select(one => $"{one.Name} {one.Flags} {one.Version}")));
    }

    [Fact]
    public void No_bytes_make_a_reader_fail()
    {
        NeedSqlite();
        byte[] header = SampleHeader();
        Assert.Equal("python3-x 2:1-1", $"{RpmHeader.Parse(header)?.Name} {RpmHeader.Parse(header)?.Version}");
        Fuzzer.Run(
        [
            new("RpmHeader", ReadHeader, header),
            FuzzTarget.OfText("RpmRelation", text =>
            {
                _ = new RpmRelation("(" + text, 0, "").Simple().Count();
                Assert.Equal(0, RpmVersion.Compare(text, text));
                Assert.Equal(RpmVersion.Compare("1.0~rc1^a", text) > 0, RpmVersion.Compare(text, "1.0~rc1^a") < 0);
                _ = RpmVersion.Overlap(text, RpmRelation.Less, "1:2-3", RpmRelation.Equal);
            }, "(a >= 1 if (b with c < 2) else d)", "1:1.0~rc1^git2-3.fc40"),
        ], full: 200_000);
    }

    private static void ReadHeader(byte[] bytes)
    {
        if (RpmHeader.Parse(bytes) is RpmHeader header)
        {
            _ = (header.Architecture, header.Algorithm, header.Provides.Count, header.Files(null).Count);
            _ = (header.Requires.SelectMany(one => one.Simple()).Count(), header.Files(new WantedPaths(["/usr/lib"])).Count);
        }
    }

    private static void NeedSqlite() => Assert.SkipWhen(SystemSqlite.Shared is null, "needs the system's SQLite");

    // A header with one entry of each kind that is read.
    private static byte[] SampleHeader()
    {
        (RpmHeader.Tag Tag, int Type, int Count, byte[] Data)[] entries =
        [
            Text(RpmHeader.Tag.Name, 6, "python3-x"), Text(RpmHeader.Tag.Version, 6, "1"), Text(RpmHeader.Tag.Release, 6, "1"),
            Numbers(RpmHeader.Tag.Epoch, 2), Text(RpmHeader.Tag.Arch, 6, "noarch"),
            Text(RpmHeader.Tag.DirNames, 8, "/usr/lib/", "/etc/"), Numbers(RpmHeader.Tag.DirIndexes, 0, 0, 1),
            Text(RpmHeader.Tag.BaseNames, 8, "a.py", "b.py", "c.conf"), Numbers(RpmHeader.Tag.FileFlags, 0, 64, 1),
            (RpmHeader.Tag.FileModes, 3, 3, [0x81, 0xA4, 0x81, 0xA4, 0x81, 0xA4]), (RpmHeader.Tag.FileStates, 1, 3, [0, 0, 1]),
            Text(RpmHeader.Tag.FileDigests, 8, "00ff", "", "11"), Numbers(RpmHeader.Tag.FileDigestAlgorithm, 8),
            Text(RpmHeader.Tag.ProvideName, 8, "python3.12dist(x)"), Numbers(RpmHeader.Tag.ProvideFlags, 8),
            Text(RpmHeader.Tag.ProvideVersion, 8, "1"), Text(RpmHeader.Tag.RequireName, 8, "(a if b)", "c"),
            Numbers(RpmHeader.Tag.RequireFlags, 0, 12), Text(RpmHeader.Tag.RequireVersion, 8, "", "1"),
        ];
        byte[] data = [.. entries.SelectMany(entry => entry.Data)];
        var bytes = new List<byte>();
        Add(entries.Length, data.Length);
        int offset = 0;
        foreach ((RpmHeader.Tag tag, int type, int count, byte[] value) in entries)
        {
            Add((int)tag, type, offset, count);
            offset += value.Length;
        }
        return [.. bytes, .. data];

        void Add(params int[] numbers) => bytes.AddRange(numbers.SelectMany(BigEndian));

        static (RpmHeader.Tag, int, int, byte[]) Text(RpmHeader.Tag tag, int type, params string[] texts) =>
            (tag, type, texts.Length, Encoding.UTF8.GetBytes(string.Concat(texts.Select(text => text + '\0'))));

        static (RpmHeader.Tag, int, int, byte[]) Numbers(RpmHeader.Tag tag, params int[] numbers) =>
            (tag, 4, numbers.Length, [.. numbers.SelectMany(BigEndian)]);

        static byte[] BigEndian(int number)
        {
            byte[] four = new byte[4];
            BinaryPrimitives.WriteInt32BigEndian(four, number);
            return four;
        }
    }
}
