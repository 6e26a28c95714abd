using Pep668.Distros;

namespace Pep668.Tests.Distros;

/// <summary>apk's database, as <c>apk_db_write_fdb</c> in apk-tools' <c>src/database.c</c> writes it.</summary>
public sealed class ApkDatabaseTests : IDisposable
{
    private const string Site = "/usr/lib/python3.12/site-packages";

    // The digest of the text "six\n" by sha1sum, then by sha256sum, as base64.
    private const string Sha1 = "Q1z6aY74gjD75oYsswAmijpkfsxx0=", Sha256 = "Q2/iVH/iYEtEXnD8nYGQYpYFUvkUW9sEO1GYbkeKSAais=";

    private const string Python = """
        C:Q1AAAAAAAAAAAAAAAAAAAAAAAAAAA=
        P:python3
        V:3.12.7-r0
        A:x86_64
        S:1000
        I:2000
        T:A programming language
        D:so:libc.musl-x86_64.so.1 so:libffi.so.8
        p:so:libpython3.12.so.1.0=1.0 cmd:python3=3.12.7-r0 python-abi
        F:
        F:etc
        R:pythonrc
        Z:Q1AAAAAAAAAAAAAAAAAAAAAAAAAAA=
        F:usr
        F:usr/bin
        R:python3
        a:0:0:777
        Z:Q1AAAAAAAAAAAAAAAAAAAAAAAAAAA=
        R:python3.12
        a:0:0:755
        Z:Q1AAAAAAAAAAAAAAAAAAAAAAAAAAA=
        F:usr/lib
        F:usr/lib/python3.12
        M:0:0:1777
        R:os.py
        Z:Q1AAAAAAAAAAAAAAAAAAAAAAAAAAA=

        """;

    private const string Six = $"""
        C:Q1BAAAAAAAAAAAAAAAAAAAAAAAAAA=
        P:py3-six
        V:1.16.0-r9
        D:python3~3.12 !py-six<1.16 tzdata>=2024 alias@edge
        p:py3.12:six=1.16.0-r9
        r:py-six
        F:usr/lib/python3.12/site-packages
        R:six.py
        Z:{Sha1}
        F:usr/lib/python3.12/site-packages/six-1.16.0.dist-info
        R:METADATA
        R:RECORD
        Z:{Sha256}

        """;

    private const string Library = "P:libffi\nV:3.4-r0\np:so:libffi.so.8=8.1.4\nF:usr/lib\nR:libffi.so.8\n\n";

    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    [Theory]
    [InlineData("/lib/apk/db/installed")]
    [InlineData("/usr/lib/apk/db/installed")]
    public void Apk_packages_and_their_files_are_read(string path)
    {
        ApkDatabase database = Open(Python + "\n" + Six, path);
        Assert.Equal(["python3 3.12.7-r0", "py3-six 1.16.0-r9"], database.Packages.Select(one => $"{one.Name} {one.Version}"));
        const string Info = $"py3-six {Site}/six-1.16.0.dist-info";
        string[] six = [$"py3-six {Site}/six.py", $"{Info}/METADATA", $"{Info}/RECORD"];
        Assert.Equal(six, Files(database, Site));
        Assert.Equal(["python3 /usr/lib/python3.12/os.py", .. six], Files(database, "/usr/lib/python3.12"));
        Assert.Equal(six[..1], Files(database, $"{Site}/six.py"));
        Assert.Equal(7, Files(database, "/").Length);
        Assert.Empty(Files(database, "/usr/lib/python3.1"));
        Assert.Null(database.Problem);
    }

    [Fact]
    public void Apk_database_is_read_once_where_lib_is_a_link()
    {
        _world.CreateFolder("/usr/lib").Link("/lib", "usr/lib");
        ApkDatabase database = Open("P:musl\nV:1.2-r0\nF:lib\nR:libc.musl-x86_64.so.1\n\n", "/usr/lib/apk/db/installed");
        Assert.Equal(["musl /usr/lib/libc.musl-x86_64.so.1"], Files(database, "/usr/lib"));
    }

    [Fact]
    public void Apk_dependents_are_found_by_name_and_by_what_is_provided()
    {
        ApkDatabase database = Open(Python + "\n" + Six + "\n" + Library + "P:tzdata\nV:2024a-r0\n\nP:alias\nV:1-r0\n\nP:py-six\nV:1-r0\n");
        Assert.Equal("py3-six", Dependents(database, "python3"));
        Assert.Equal("python3", Dependents(database, "libffi"));
        Assert.Equal("py3-six", Dependents(database, "tzdata"));
        Assert.Equal("py3-six", Dependents(database, "alias"));
        Assert.Equal("", Dependents(database, "py-six"));
        Assert.Equal("", Dependents(database, "py3-six"));
    }

    [Fact]
    public void Apk_digests_are_of_files_and_not_of_links()
    {
        ApkDatabase database = Open(Python + "\n" + Six);
        Assert.Equal(
            new Dictionary<string, FileDigest>
            {
                [$"{Site}/six.py"] = new(DigestAlgorithm.Sha1, "cfa698ef88230fbe6862cb300268a3a647ecc71d"),
                [$"{Site}/six-1.16.0.dist-info/RECORD"] =
                    new(DigestAlgorithm.Sha256, "fe2547fe2604b445e70fc9d819062960552f9145bdb043b51986e478a4806a2b"),
            },
            database.DigestsOf(database.Packages[1]));
        Assert.Equal(
            ["/etc/pythonrc", "/usr/bin/python3.12", "/usr/lib/python3.12/os.py"],
            database.DigestsOf(database.Packages[0]).Keys.Order(StringComparer.Ordinal));
        Assert.Equal(["/etc/pythonrc"], database.ConfigurationFilesOf(database.Packages[0]));
    }

    [Theory]
    [InlineData("X1cfa698ef88230fbe6862cb300268a3a647ecc71d", "Sha1 cfa698ef88230fbe6862cb300268a3a647ecc71d")]
    [InlineData("Q1", null)]
    [InlineData("Q1z6aY74gjD75oYsswAmijpkfsxx0", null)]
    [InlineData("Q3z6aY74gjD75oYsswAmijpkfsxx0=", null)]
    [InlineData("X2ceddefd4", null)]
    [InlineData("Q1!", null)]
    public void Apk_digest_in_another_form_is_read_or_left_out(string text, string? expected)
    {
        ApkDatabase database = Open($"P:a\nV:1\nF:usr\nR:a\nZ:{text}\n");
        Assert.Equal(
            expected,
            database.DigestsOf(database.Packages[0]).Values.Select(one => $"{one.Algorithm} {one.Hex}").SingleOrDefault());
    }

    [Fact]
    public void Apk_shortened_digests_of_format_3_are_left_out()
    {
        ApkDatabase database = Open($"P:a\nV:1\nf:S\nF:usr\nR:a\nZ:{Sha1}\n");
        Assert.Empty(database.DigestsOf(Assert.Single(database.Packages)));
    }

    [Fact]
    public void Apk_provided_modules_are_not_distributions()
    {
        ApkDatabase database = Open("P:py3-yaml\nV:6-r0\np:py3.12:yaml=6-r0\n");
        Assert.Null(database.ProviderOf("yaml", "3.12"));
    }

    [Theory]
    [InlineData("P:a\nV:1\nF:usr\nR:a\n\nV:2\nF:usr\nR:b\n\nP:c\nV:3\n", "a c", "it has records that cannot be read: 'V:2'")]
    [InlineData("P:a\n\nP:\nV:1\n\n\n\nP:c\nV:3\nnothing\n:\nF\nR:lost\n", "c", "it has records that cannot be read: 'P:', 'a'")]
    [InlineData("\n\n\n", "", null)]
    [InlineData("", "", null)]
    public void Apk_package_that_cannot_be_read_is_skipped_and_named(string text, string names, string? problem)
    {
        ApkDatabase database = Open(text);
        Assert.Equal((names, problem), (string.Join(' ', database.Packages), database.Problem));
        _ = database.FilesBelow(["/"]);
    }

    [Fact]
    public void Apk_database_that_is_a_folder_has_a_problem()
    {
        _world.CreateFolder("/lib/apk/db/installed");
        PackageDatabase database = Assert.Single(PackageDatabases.OfSystem(_world.Machine));
        Assert.Equal(("apk", true, 0), (database.Name, database.Problem is not null, database.Packages.Count));
    }

    [Fact]
    public void Apk_fixes_as_root()
    {
        ApkDatabase database = Open(Six);
        ProgramStep step = database.Reinstall(Assert.Single(database.Packages))!;
        Assert.Equal(("apk fix py3-six", true), (string.Join(' ', step.Arguments), step.NeedsRoot));
    }

    private static string[] Files(ApkDatabase database, string folder) =>
        [.. database.FilesBelow([folder]).Select(file => $"{file.Package} {file.Path}")];

    private static string Dependents(ApkDatabase database, string name) =>
        string.Join(' ', database.DependentsOf(database.Packages.Single(one => one.Name == name)));

    private ApkDatabase Open(string text, string path = "/lib/apk/db/installed")
    {
        _world.Write(path, text);
        return Assert.IsType<ApkDatabase>(Assert.Single(PackageDatabases.OfSystem(_world.Machine)));
    }
}
