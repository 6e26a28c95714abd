using System.Text.Json;

namespace Pep668.Tests;

/// <summary><c>pep668 packages</c>.</summary>
public sealed class PackagesTests : IDisposable
{
    private const string Site = "/home/user/project/.venv/lib/python3.11/site-packages", Left = "/usr/local/lib/python3.9/dist-packages";

    private readonly Companion _companion = new();

    public PackagesTests()
    {
        _companion.World.Python("/usr", "3.11.2", "[externally-managed]\nError=use apt\n");
        _companion.Venv("/home/user/project/.venv", "/usr", "3.11.2");
        Install(_companion.World, Site, "requests", "2.32.3", "INSTALLER", "pip\n", "REQUESTED", "");
        Install(_companion.World, Site, "Zope.Interface", "7.2", "INSTALLER", "uv\n");
        Install(_companion.World, Site, "in-place", "0.1", "direct_url.json",
            """{"url": "https://me:secret@example.org/x.git", "vcs_info": {"vcs": "git", "commit_id": "abc"},"""
            + """ "dir_info": {"editable": true}}""");
        Install(_companion.World, Left, "left", "1.0");
        Install(_companion.World, Left, "requests", "1.0");
    }

    public void Dispose() => _companion.Dispose();

    [Fact]
    public void Packages_are_a_table_in_the_order_of_the_import_path_and_of_names()
    {
        CompanionResult result = _companion.RunHere("packages").Exits(0);
        Assert.Empty(result.Error);
        string site = _companion.At(Site);
        Assert.Equal(
            ["Name            Version  Installer  Location",
                $"in-place        0.1                 {site}",
                $"requests        2.32.3   pip        {site}",
                $"Zope.Interface  7.2      uv         {site}"],
            result.Lines());
        Assert.Equal(result, _companion.RunHere("packages", ".venv"));
        Assert.Equal(result, _companion.RunHere("packages", "-E", ".venv"));
        Assert.Equal(result, _companion.RunHere("packages", _companion.At("/home/user/project/.venv/bin/python")));
    }

    [Fact]
    public void Packages_as_JSON_have_the_names_of_the_contract_and_no_password()
    {
        JsonElement[] found = _companion.RunHere("packages", "--json").Exits(0).Json();
        Assert.Equal(
            ["name", "version", "location", "installer", "requested", "editable", "directUrl", "distroPackage", "shadowedBy",
                "environment"],
            found[0].EnumerateObject().Select(property => property.Name));
        Assert.Equal(_companion.At("/home/user/project/.venv/bin/python"), found[0].GetProperty("environment").GetString());
        Assert.Equal(
            ["in-place True False git+https://example.org/x.git@abc ", "requests False True  pip", "Zope.Interface False False  uv"],
            found.Select(one => $"{one.GetProperty("name")} {one.GetProperty("editable")} {one.GetProperty("requested")} "
                + $"{one.GetProperty("directUrl")} {one.GetProperty("installer")}"));
    }

    [Fact]
    public void Name_in_any_spelling_selects_packages_and_a_missing_one_is_not_found()
    {
        CompanionResult result = _companion.RunHere(
            "packages", "--name", "ZOPE_interface", "--name", "none", "--name", "requests", "--name", "Requests",
            "--json").Exits(5);
        Assert.Equal(["requests", "Zope.Interface"], result.Json().Select(one => one.GetProperty("name").GetString()));
        Assert.Equal($"pep668: 'none' is not installed in '{_companion.At("/home/user/project/.venv")}'. [PackageNotFound]\n",
            result.Error);
    }

    [Fact]
    public void Folders_are_listed_without_an_environment()
    {
        string left = _companion.At(Left), site = _companion.At(Site);
        JsonElement[] found = _companion.RunHere("packages", "--path", left, "--json").Exits(0).Json();
        Assert.Equal(["left 1.0 ", "requests 1.0 "],
            found.Select(one => $"{one.GetProperty("name")} {one.GetProperty("version")} {one.GetProperty("environment")}"));
        Assert.All(found, one => Assert.Equal(left, one.GetProperty("location").GetString()));
        // Each folder by itself: none hides packages of another.
        found = _companion.RunHere(
            "packages", "--path", left, "--path", ".venv/lib/python3.11/site-packages", "--name", "requests", "--json").Exits(0).Json();
        Assert.Equal(["1.0", "2.32.3"], found.Select(one => one.GetProperty("version").GetString()));
        Assert.All(found, one => Assert.Equal(JsonValueKind.Null, one.GetProperty("shadowedBy").ValueKind));
        Assert.Equal($"pep668: 'none' is not installed in '{left}' or '{site}'. [PackageNotFound]\n",
            _companion.RunHere("packages", "--path", left, "--path", site, "--name", "none").Exits(5).Error);
    }

    [Fact]
    public void Folder_that_is_missing_or_empty_is_reported()
    {
        CompanionResult result = _companion.RunHere("packages", "--path", "nowhere", "--name", "x", "--json").Exits(5);
        Assert.Equal($"pep668: Folder '{_companion.At("/home/user/project/nowhere")}' not found. [EnvironmentNotFound]\n", result.Error);
        Assert.Empty(result.Json());
        Assert.Contains("is not a folder. [EnvironmentNotFound]",
            _companion.RunHere("packages", "--path", ".venv/pyvenv.cfg").Exits(5).Error);
        _companion.World.CreateFolder("/home/user/project/empty");
        result = _companion.RunHere("packages", "--path", "empty").Exits(0);
        Assert.Equal(("", "No packages were found.\n"), (result.Output, result.Error));
        CompanionResult json = _companion.RunHere("packages", "--path", "empty", "--json").Exits(0);
        Assert.Equal(("[]\n", ""), (json.Output, json.Error));
        // One folder is missing, and the other is listed.
        Assert.Equal(3, _companion.RunHere("packages", "--path", "nowhere", "--path", _companion.At(Left)).Exits(5).Lines().Length);
    }

    [Theory]
    [InlineData(".venv", "--path", ".")]
    [FullInlineData("--path", ".", "-E", ".venv")]
    [InlineData("--python=.venv", "--path=.")]
    public void Folder_together_with_an_environment_is_wrong_usage(params string[] arguments) =>
        Assert.Equal("pep668: An environment cannot be used with --path.\n    pep668 packages --help\n",
            _companion.RunHere(["packages", .. arguments]).Exits(2).Error);

    [Fact]
    public void Packages_below_a_root_are_owned_by_its_distro_packages()
    {
        using var image = new World();
        // Debian's site.py uses dist-packages.
        image.Python("/usr", "3.12.3", "[externally-managed]\nError=use apt\n").Write("/usr/lib/python3.12/site.py", "'dist-packages'")
            .Write("/var/lib/dpkg/status", """
            Package: python3-six
            Status: install ok installed
            Architecture: all
            Version: 1.16.0-6

            """).Write("/var/lib/dpkg/info/python3-six.list", "/.\n/usr\n/usr/lib/python3/dist-packages/six-1.16.0.dist-info/METADATA\n");
        Install(image, "/usr/lib/python3/dist-packages", "six", "1.16.0", "INSTALLER", "debian\n");
        Install(image, "/usr/local/lib/python3.12/dist-packages", "six", "1.17.0");
        foreach (string[] which in (string[][])[["/usr/bin/python3"], []])
        {
            JsonElement[] found = _companion.RunHere(["packages", .. which, "--root", image.Folder, "--json"]).Exits(0).Json();
            Assert.Equal(["1.17.0   ", "1.16.0 python3-six debian /usr/local/lib/python3.12/dist-packages"],
                found.Select(one => $"{one.GetProperty("version")} {one.GetProperty("distroPackage")} {one.GetProperty("installer")} "
                    + one.GetProperty("shadowedBy")));
        }
        Assert.Equal(
            ["Name  Version  Installer  DistroPackage  Shadowed  Location",
                "six   1.17.0                                       /usr/local/lib/python3.12/dist-packages",
                "six   1.16.0   debian     python3-six    yes       /usr/lib/python3/dist-packages"],
            _companion.RunHere("packages", "--root", image.Folder).Exits(0).Lines());
        JsonElement alone = Assert.Single(
            _companion.RunHere("packages", "--path", "/usr/lib/python3/dist-packages", "--root", image.Folder, "--json").Exits(0).Json());
        Assert.Equal(("python3-six", "/usr/lib/python3/dist-packages"),
            (alone.GetProperty("distroPackage").GetString(), alone.GetProperty("location").GetString()));
        Assert.Contains("'none' is not installed in '/usr'.",
            _companion.RunHere("packages", "/usr/bin/python3", "--root", image.Folder, "--name", "none").Exits(5).Error);
        Assert.Contains("[EnvironmentNotFound]", _companion.RunHere("packages", "--root", _companion.At("/none")).Exits(5).Error);
    }

    [Fact]
    public void Names_that_a_terminal_would_obey_are_escaped_in_the_table_and_exact_in_JSON()
    {
        Install(_companion.World, Site, "x\u001B[2J", "1.0\u202E");
        Assert.DoesNotContain('\u001B', _companion.RunHere("packages").Exits(0).Output);
        Assert.Contains("x\u001B[2J",
            _companion.RunHere("packages", "--json").Exits(0).Json().Select(one => one.GetProperty("name").GetString()));
    }

    private static void Install(World world, string folder, string name, string version, params string[] files)
    {
        string info = $"{folder}/{name.Replace('-', '_').Replace("\u001B[", "", StringComparison.Ordinal)}-{version}.dist-info/";
        world.Write(info + "METADATA", $"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n\n{new string('x', 5000)}\n");
        for (int at = 0; at < files.Length; at += 2)
        {
            world.Write(info + files[at], files[at + 1]);
        }
    }
}
