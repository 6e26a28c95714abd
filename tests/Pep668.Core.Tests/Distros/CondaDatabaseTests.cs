using Pep668.Distros;

namespace Pep668.Tests.Distros;

/// <summary>The records in <c>conda-meta</c>, as conda's <c>PrefixRecord</c> writes them.</summary>
public sealed class CondaDatabaseTests : IDisposable
{
    private const string Prefix = "/opt/conda/envs/work", Site = "lib/python3.12/site-packages";

    private static readonly string Package = new('a', 64), Installed = new('b', 64);

    private static readonly string Six = $$"""
        {
          "arch": null,
          "build": "pyhd8ed1ab_1",
          "build_number": 1,
          "depends": ["python >=3.9", "conda-forge::Tzdata[version='>=2024']", "__unix", "pip=24", 1],
          "files": [
            "{{Site}}/six.py",
            "{{Site}}/\u0073ix-1.16.0.dist-info/METADATA",
            {"odd": ["{{Site}}/odd.py"]},
            "bin/six"
          ],
          "fn": "six-1.16.0-pyhd8ed1ab_1.conda",
          "link": {"source": "/opt/conda/pkgs/six-1.16.0-pyhd8ed1ab_1", "type": 1},
          "name": "six",
          "paths_data": {
            "paths": [
              {"_path": "{{Site}}/six.py", "path_type": "hardlink", "sha256": "{{Package}}", "size_in_bytes": 4},
              {"_path": "bin/six", "path_type": "hardlink", "prefix_placeholder": "/home/conda/placehold", "file_mode": "text",
               "sha256": "{{Package}}", "sha256_in_prefix": "{{Installed}}"},
              {"_path": "bin/lost", "path_type": "hardlink", "prefix_placeholder": "/home/conda/placehold", "sha256": "{{Package}}"},
              {"_path": "bin/link", "path_type": "softlink", "sha256": "{{Package}}"},
              {"_path": "share/empty", "path_type": "directory"},
              {"_path": "{{Site}}/__pycache__/six.cpython-312.pyc", "path_type": "pyc_file"},
              {"path_type": "hardlink", "sha256": "{{Package}}"}, "odd", null
            ],
            "paths_version": 1
          },
          "requested_spec": "six",
          "version": "1.16.0"
        }
        """;

    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public void Conda_packages_files_and_dependents_are_read()
    {
        Write("six-1.16.0-pyhd8ed1ab_1", Six);
        Write("python-3.12.7-h1", Record("python", "3.12.7", files: ["bin/python3.12", "lib/python3.12/os.py"]));
        Write("tzdata-2024a-0", Record("tzdata", "2024a"));
        _world.Write($"{Prefix}/conda-meta/history", "==> 2024-10-01 12:00:00 <==\n");
        CondaDatabase database = Open();
        Assert.Equal(
            [$"six {Prefix}/{Site}/six-1.16.0.dist-info/METADATA", $"six {Prefix}/{Site}/six.py"], Files(database, $"{Prefix}/{Site}"));
        Assert.Equal(5, Files(database, Prefix).Length);
        Assert.Equal(5, Files(database, "/").Length);
        Assert.Empty(Files(database, "/opt/conda/envs/other"));
        Assert.Equal(["python 3.12.7", "six 1.16.0", "tzdata 2024a"], database.Packages.Select(one => $"{one.Name} {one.Version}"));
        Assert.Equal("six", Dependents(database, "python"));
        Assert.Equal("six", Dependents(database, "tzdata"));
        Assert.Equal("", Dependents(database, "six"));
        Assert.Null(database.Problem);
    }

    [Fact]
    public void Conda_digest_is_that_of_the_installed_file()
    {
        Write("six-1.16.0-pyhd8ed1ab_1", Six);
        CondaDatabase database = Open();
        Assert.Equal(
            new Dictionary<string, FileDigest>
            {
                [$"{Prefix}/{Site}/six.py"] = new(DigestAlgorithm.Sha256, Package),
                [$"{Prefix}/bin/six"] = new(DigestAlgorithm.Sha256, Installed),
            },
            database.DigestsOf(Assert.Single(database.Packages)));
    }

    [Fact]
    public void Conda_environment_behind_a_link_has_real_paths()
    {
        Write("six-1.16.0-pyhd8ed1ab_1", Six);
        _world.Link("/home/user/work", Prefix);
        CondaDatabase database = CondaDatabase.Open(_world.Machine.Files, "/home/user/work")!;
        Assert.Contains($"six {Prefix}/bin/six", Files(database, Prefix));
        Assert.Contains($"{Prefix}/bin/six", database.DigestsOf(database.Packages[0]).Keys);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("{\"name\": \"six\"}")]
    [InlineData("{\"name\": 1, \"version\": \"1\"}")]
    [InlineData("{\"name\": \"six\", \"version\": \"1\", \"files\": [\"bin/\\ud800\"]}")]
    [InlineData("{\"name\": \"six\", \"version\": \"1\", \"files\": [\"bin/six\"]")]
    public void Conda_record_that_cannot_be_read_is_skipped_and_named(string text)
    {
        Write("six-1.16.0-0", text);
        Write("tzdata-2024a-0", Record("tzdata", "2024a", files: ["share/zoneinfo/UTC"]));
        CondaDatabase database = Open();
        Assert.Equal([$"tzdata {Prefix}/share/zoneinfo/UTC"], Files(database, Prefix));
        Assert.Equal("it has records that cannot be read: 'six-1.16.0-0'", database.Problem);
        Assert.Equal("tzdata", Assert.Single(database.Packages).Name);
    }

    [Fact]
    public void Conda_records_of_one_name_have_different_ids()
    {
        Write("six-1.15.0-0", Record("six", "1.15.0"));
        Write("six-1.16.0-pyhd8ed1ab_1", Six);
        CondaDatabase database = Open();
        Assert.Equal(["six", "six-1.16.0-pyhd8ed1ab_1"], database.Packages.Select(one => one.Id));
        Assert.Empty(database.DigestsOf(database.Packages[0]));
        Assert.NotEmpty(database.DigestsOf(database.Packages[1]));
    }

    [Theory]
    [InlineData("/opt/conda/envs/work", "conda install --force-reinstall -p /opt/conda/envs/work six")]
    [InlineData("/srv/workspace/.pixi/envs/default", "pixi reinstall --manifest-path /srv/workspace -e default six")]
    [InlineData("/home/user/.pixi/envs/six", null)]
    public void Conda_package_is_reinstalled_by_the_manager_of_the_environment(string prefix, string? expected)
    {
        _world.Write("/srv/workspace/pixi.toml", "").Write($"{prefix}/conda-meta/six-1.16.0-pyhd8ed1ab_1.json", Six);
        CondaDatabase database = CondaDatabase.Open(_world.Machine.Files, prefix)!;
        ProgramStep? step = database.Reinstall(Assert.Single(database.Packages));
        Assert.Equal((expected, false), (step is null ? null : string.Join(' ', step.Arguments), step?.NeedsRoot ?? false));
    }

    [Fact]
    public void Conda_folder_without_records_is_not_a_database()
    {
        _world.Write($"{Prefix}/conda-meta/history", "");
        Assert.Empty(PackageDatabases.OfEnvironment(_world.Machine, new PythonEnvironment { Prefix = Prefix }));
    }

    private static string[] Files(CondaDatabase database, string folder) =>
        [.. database.FilesBelow([folder]).Select(file => $"{file.Package} {file.Path}").Order(StringComparer.Ordinal)];

    private static string Dependents(CondaDatabase database, string name) =>
        string.Join(' ', database.DependentsOf(database.Packages.Single(one => one.Name == name)));

    private static string Record(string name, string version, string[]? files = null) => $$"""
        {"build": "0", "depends": [], "files": [{{string.Join(", ", (files ?? []).Select(file => $"\"{file}\""))}}],
         "name": "{{name}}", "version": "{{version}}"}
        """;

    private void Write(string record, string text) => _world.Write($"{Prefix}/conda-meta/{record}.json", text);

    private CondaDatabase Open() =>
        Assert.IsType<CondaDatabase>(Assert.Single(
            PackageDatabases.OfEnvironment(_world.Machine, new PythonEnvironment { Prefix = Prefix })));
}
