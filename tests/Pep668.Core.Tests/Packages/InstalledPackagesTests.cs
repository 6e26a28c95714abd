using System.IO.Compression;
using System.Text.Json;
using Pep668.Discovery;
using Pep668.Machines;
using Pep668.Packages;
using Pep668.Requirements;

namespace Pep668.Tests.Packages;

/// <summary>The packages of an environment, compared with the interpreter's own <c>importlib.metadata</c> and with
/// <c>pip list</c>.</summary>
public sealed class InstalledPackagesTests : IDisposable
{
    private const string Metadata = """
        import json, sys
        from importlib import metadata
        print(json.dumps([
            [d.metadata['Name'], d.version, str(d.locate_file('')), (d.read_text('INSTALLER') or '').strip() or None,
                d.read_text('REQUESTED') is not None]
            for d in metadata.distributions()]))
        """;

    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    public static TheoryData<string> Pythons =>
        [.. Interpreters.Sample(Interpreters.All).Select(one => one.Name).Distinct().DefaultIfEmpty("newest")];

    [Theory]
    [MemberData(nameof(Pythons))]
    public void Packages_are_those_of_importlib_metadata(string name)
    {
        Interpreter python = Interpreters.Need(name);
        Assert.SkipWhen(python.MajorMinor.CompareTo((3, 8)) < 0, "needs Python 3.8 or later: importlib.metadata");
        AssertAsImportlib(python.Executable, python.Run(Metadata));
    }

    /// <summary>Only the start of a file is read at first.</summary>
    [Theory]
    [InlineData(256)]
    [InlineData(2048)]
    [InlineData(4096)]
    public void Version_that_the_first_part_of_a_file_contains_only_partly_is_read_completely(int length)
    {
        const string folder = "/srv/packages";
        for (int cut = -2; cut <= "Version: 12.34.56\n".Length; cut++)
        {
            string start = "Metadata-Version: 2.1\nName: cut\nSummary: ", end = "Version: 12.34.56\n";
            string padding = new('x', length - start.Length - 1 - cut);
            _world.Write(folder + "/cut-1.dist-info/METADATA", $"{start}{padding}\n{end}\n{new string('y', length)}\n");
            Assert.Equal("12.34.56", Assert.Single(InstalledPackages.Read(_world.Machine, folder).OrNull()!).Version);
        }
    }

    [Theory]
    [MemberData(nameof(Pythons))]
    public void Packages_are_those_of_pip_list(string name)
    {
        Interpreter python = Interpreters.Need(name, Needs.Pip);
        AssertAsPipList(python.Executable);
    }

    [Theory]
    [InlineData("3.8", false)]
    [InlineData("newest", false)]
    [InlineData("newest", true)]
    [InlineData("managed", true)]
    public void Every_form_of_metadata_is_found_where_Python_finds_it(string name, bool withSystem)
    {
        Interpreter python = Interpreters.Need(name, Needs.Venv);
        string venv = _world.OnDisk("/venv"), home = _world.OnDisk("/home/user"), series = "python" + python.Series;
        string[] options = withSystem ? ["--without-pip", "--system-site-packages"] : ["--without-pip"];
        Tool.Run(python.Executable, ["-m", "venv", .. options, venv]).Checked();
        string site = $"/venv/lib/{series}/site-packages", user = $"/home/user/.local/lib/{series}/site-packages";
        DistInfo(site, "plain", "1.0", "INSTALLER", "pip\n", "REQUESTED", "");
        DistInfo(site, "Mixed.Case_name", "2.0rc1", "direct_url.json",
            """{"url": "https://user:secret@host/x.git", "vcs_info": {"vcs": "git", "commit_id": "abc"}, "subdirectory": "a"}""");
        DistInfo(site, "in-place", "0.1", "direct_url.json", """{"url": "file:///src", "dir_info": {"editable": true}}""");
        DistInfo(user, "plain", "3.0");
        DistInfo(user, "of-user", "3.1");
        _world.Write(site + "/folder.egg-info/PKG-INFO", "Metadata-Version: 1.1\nName: folder\nVersion: 4\n");
        _world.Write(site + "/single-5.egg-info", "Metadata-Version: 1.1\nName: single\nVersion: 5\n");
        _world.Write(site + "/an-6-py3.egg/EGG-INFO/PKG-INFO", "Metadata-Version: 1.1\nName: an\nVersion: 6\n");
        _world.Write(site + "/unlisted-7.egg/EGG-INFO/PKG-INFO", "Metadata-Version: 1.1\nName: unlisted\nVersion: 7\n");
        Zip(site + "/zipped-8-py3.egg", "Metadata-Version: 1.1\nName: zipped\nVersion: 8\n");
        _world.Write("/src/old/old.egg-info/PKG-INFO", "Metadata-Version: 1.1\nName: old\nVersion: 9\n");
        _world.Write(site + "/old.egg-link", _world.OnDisk("/src/old") + "\n.");
        _world.Write("/src/dead/dead.egg-info/PKG-INFO", "Metadata-Version: 1.1\nName: dead\nVersion: 9\n");
        _world.Write(site + "/dead.egg-link", _world.OnDisk("/src/dead") + "\n.");
        _world.Write(site + "/easy-install.pth", $"./an-6-py3.egg\r\n./zipped-8-py3.egg\n{_world.OnDisk("/src/old")}\n");
        DistInfo("/src/more", "of-path-file", "10");
        DistInfo("/src/more", "plain", "11");
        string more = _world.OnDisk("/src/more");
        _world.Write(site + "/a.pth", $"# a comment\nimport sys\n\n{more}  \n/missing\n{more}\n");
        _world.Write(site + "/.hidden.pth", _world.OnDisk("/src/hidden"));
        DistInfo("/src/hidden", "hidden", "12");
        DistInfo(site, "~plain", "0.9");

        var variables = new Dictionary<string, string> { ["HOME"] = home, ["PYTHONPATH"] = _world.OnDisk("/src/variable") };
        DistInfo("/src/variable", "of-variable", "13");
        string executable = Path.Combine(venv, "bin", "python");
        string script = "import sys; del sys.path[0]\n" + Metadata;
        string output = Tool.Run(executable, ["-B", "-c", script], variables: variables).Checked().Output;
        Machine machine = Machine.Current(home) with { Variables = variables, Home = home };
        IReadOnlyList<PythonPackage> found = Read(machine, executable);
        // Python before 3.12 reads hidden files too, and the name of what an interrupted pip left.
        AssertSame(JsonDocument.Parse(output).RootElement, [.. found], one => one is not ("hidden" or "~plain"));

        Assert.Equal("git+https://host/x.git@abc#subdirectory=a", Assert.Single(found, one => one.Name is "Mixed.Case_name").DirectUrl);
        Assert.Equal(["in-place", "old"], found.Where(one => one.Editable).Select(one => one.Name).Order(StringComparer.Ordinal));
        Assert.Equal("pip", found.First(one => one.Name is "plain").Installer);
        Assert.Equal(found.Where(one => one.Name is "plain").Skip(1).Select(_ => _world.OnDisk(site)),
            found.Where(one => one.Name is "plain" && one.ShadowedBy is not null).Select(one => one.ShadowedBy));
        Assert.Equal(withSystem, found.Any(one => one.Name is "of-user"));
    }

    [Fact]
    public void Broken_environment_has_the_same_packages()
    {
        Interpreter python = Interpreters.Newest(Needs.Venv);
        string venv = _world.OnDisk("/venv");
        Tool.Run(python.Executable, ["-m", "venv", "--without-pip", venv]).Checked();
        DistInfo($"/venv/lib/python{python.Series}/site-packages", "kept", "1.0");
        File.WriteAllText(Path.Combine(venv, "pyvenv.cfg"), "home = /missing/bin\nversion = 3.4.0\n");
        foreach (string link in Directory.GetFiles(Path.Combine(venv, "bin"), "python*"))
        {
            File.Delete(link);
            File.CreateSymbolicLink(link, "/missing/bin/python");
        }
        Machine machine = Machine.Current();
        PythonEnvironment environment = new EnvironmentCatalog(machine).Identify(venv).Environment!;
        Assert.Equal(EnvironmentHealth.Broken, environment.Health);
        Assert.Equal("kept==1.0", Assert.Single(InstalledPackages.Read(machine, environment).OrNull()!).ToString());
    }

    [Fact]
    public void Package_databases_of_the_system_are_read_only_for_folders_with_packages_outside_the_environment()
    {
        _world.Python("/usr", "3.11.2").Venv("/srv/env", "/usr", "3.11.2").Write("/var/lib/rpm/Packages.db", "not supported");
        DistInfo("/srv/env/lib/python3.11/site-packages", "own", "1.0");
        var catalog = new EnvironmentCatalog(_world.Machine);
        Outcome<IReadOnlyList<PythonPackage>> ofVenv =
            InstalledPackages.Read(_world.Machine, catalog.Identify("/srv/env/bin/python").Environment!);
        Assert.Equal("own", Assert.Single(ofVenv.OrNull()!).Name);
        Assert.Empty(ofVenv.Notices);
        DistInfo("/usr/lib/python3.11/site-packages", "of-system", "1.0");
        Assert.Single(InstalledPackages.Read(_world.Machine, catalog.Identify("/usr/bin/python3").Environment!).Notices);
    }

    private void DistInfo(string folder, string name, string version, params string[] files)
    {
        string info = $"{folder}/{name.Replace('-', '_')}-{version}.dist-info/";
        _world.Write(info + "METADATA", $"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n\n{new string('x', 5000)}\n");
        for (int at = 0; at < files.Length; at += 2)
        {
            _world.Write(info + files[at], files[at + 1]);
        }
    }

    private void Zip(string path, string metadata)
    {
        using ZipArchive zip = ZipFile.Open(_world.OnDisk(path), ZipArchiveMode.Create);
        using var writer = new StreamWriter(zip.CreateEntry("EGG-INFO/PKG-INFO").Open());
        writer.Write(metadata);
    }

    private static void AssertAsImportlib(string executable, JsonElement expected)
    {
        AssertSame(expected, Read(executable), _ => true);
    }

    private static void AssertSame(JsonElement expected, IReadOnlyList<PythonPackage> found, Predicate<string> isWanted)
    {
        Assert.Equal(
            expected.EnumerateArray().Where(one => isWanted(one[0].GetString()!))
                .Select(one => $"{one[0]} {one[1]} {Real(one[2].GetString()!)} {one[3]} {one[4]}").Order(StringComparer.Ordinal),
            found.Where(one => isWanted(one.Name))
                .Select(one => $"{one.Name} {one.Version} {Real(one.Location)} {one.Installer} {one.Requested}")
                .Order(StringComparer.Ordinal));
    }

    private static void AssertAsPipList(string executable)
    {
        string json = Tool.Run(executable, ["-E", "-s", "-m", "pip", "--isolated", "--disable-pip-version-check", "list", "--format=json"],
            variables: new Dictionary<string, string> { ["PYTHONWARNINGS"] = "ignore" }).Checked().Output;
        string[] real = [.. JsonDocument.Parse(json).RootElement.EnumerateArray()
            .Select(one => $"{NormalizedName.Normalize(one.GetProperty("name").GetString()!)} {one.GetProperty("version")}")
            .Order(StringComparer.Ordinal)];
        // pip leaves out the standard library of Python 2 (pip._internal.utils.compat, "stdlib_pkgs").
        string[] found = [.. Read(executable).Where(one => one is { ShadowedBy: null, Name: not ("Python" or "argparse" or "wsgiref") })
            .Select(one => $"{NormalizedName.Normalize(one.Name)} {one.Version}").Order(StringComparer.Ordinal)];
        Assert.Equal(real, found);
    }

    private static IReadOnlyList<PythonPackage> Read(string executable) =>
        Read(Machine.Current() with { Variables = new Dictionary<string, string> { ["PYTHONNOUSERSITE"] = "1" } }, executable);

    private static IReadOnlyList<PythonPackage> Read(Machine machine, string executable) =>
        InstalledPackages.Read(machine, new EnvironmentCatalog(machine).Identify(executable).Environment!).OrNull()!;

    private static string Real(string path) => FileTree.Host.RealPath(path) ?? path;
}
