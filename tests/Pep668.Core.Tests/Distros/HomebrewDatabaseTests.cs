using Pep668.Distros;

namespace Pep668.Tests.Distros;

/// <summary>Kegs as Homebrew's <c>keg.rb</c> links them, with receipts as its <c>tab.rb</c> writes them.</summary>
public sealed class HomebrewDatabaseTests : IDisposable
{
    private const string Brew = "/opt/homebrew", Cellar = Brew + "/Cellar", Site = Brew + "/lib/python3.13/site-packages";
    private const string Framework = "Frameworks/Python.framework/Versions/3.13", Library = $"{Framework}/lib/python3.13";

    private readonly World _world = new();

    public HomebrewDatabaseTests()
    {
        Keg("python@3.13", "3.13.1", Receipt(("openssl@3", true), ("ca-certificates", false)))
            .Write($"{Cellar}/python@3.13/3.13.1/{Library}/os.py", "")
            .CreateFolder($"{Cellar}/python@3.13/3.13.1/{Framework}/bin");
        Keg("openssl@3", "3.4.0", Receipt(("ca-certificates", true)));
        Keg("ca-certificates", "2024-11-26", Receipt());
        Keg("numpy", "2.2.0", Receipt(("user/tap/python@3.13", true), ("openblas", null)))
            .Write($"{Cellar}/numpy/2.2.0/lib/python3.13/site-packages/numpy/__init__.py", "")
            .Write($"{Cellar}/numpy/2.2.0/lib/python3.13/site-packages/numpy-2.2.0.dist-info/METADATA", "");
        Keg("openblas", "0.3.28", Receipt());
        Keg("openblas", "0.3.29", Receipt());
        _world.Write($"{Site}/pip/__init__.py", "");
    }

    public void Dispose() => _world.Dispose();

    [Fact]
    public void Homebrew_kegs_are_packages()
    {
        Assert.Equal(
            ["ca-certificates 2024-11-26", "numpy 2.2.0", "openblas/0.3.28 0.3.28", "openblas/0.3.29 0.3.29", "openssl@3 3.4.0",
                "python@3.13 3.13.1"],
            Open().Packages.Select(one => $"{one.Id} {one.Version}"));
    }

    [Fact]
    public void Homebrew_file_belongs_to_the_keg_that_its_real_path_is_in()
    {
        const string Numpy = $"{Cellar}/numpy/2.2.0/lib/python3.13/site-packages", Python = $"{Cellar}/python@3.13/3.13.1/{Library}";
        _world.Link($"{Site}/numpy", "../../../Cellar/numpy/2.2.0/lib/python3.13/site-packages/numpy")
            .Link($"{Site}/numpy-2.2.0.dist-info/METADATA", $"{Numpy}/numpy-2.2.0.dist-info/METADATA")
            .Link($"{Site}/lost", "../../../Cellar/numpy/2.1.0/lost")
            .Link($"{Site}/local", "/home/user/project")
            .Link($"{Numpy}/numpy/loop", "../numpy")
            .Link($"{Python}/site-packages", Site)
            .Write("/home/user/project/mine.py", "");
        HomebrewDatabase database = Open();
        Assert.Equal(
            [$"numpy {Site}/numpy-2.2.0.dist-info/METADATA", $"numpy {Site}/numpy/__init__.py", $"numpy {Site}/numpy/loop"],
            Files(database, Site));
        Assert.Equal(
            [$"python@3.13 {Python}/os.py", $"python@3.13 {Python}/site-packages"], Files(database, Python));
        Assert.Equal([$"numpy {Numpy}/numpy/__init__.py"], Files(database, $"{Numpy}/numpy/__init__.py"));
        Assert.Empty(Files(database, "/home/user"));
        Assert.Contains($"numpy {Numpy}/numpy/__init__.py", Files(database, "/"));
    }

    [Fact]
    public void Homebrew_dependents_are_the_direct_ones_of_receipts()
    {
        HomebrewDatabase database = Open();
        Assert.Equal("numpy", Dependents(database, "python@3.13"));
        Assert.Equal("python@3.13", Dependents(database, "openssl@3"));
        Assert.Equal("openssl@3", Dependents(database, "ca-certificates"));
        Assert.Equal("numpy", Dependents(database, "openblas/0.3.29"));
        Assert.Null(database.Problem);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{\"runtime_dependencies\": [{\"full_name\": \"\\ud800\"}]}")]
    [InlineData(null)]
    public void Homebrew_receipt_that_cannot_be_read_is_named(string? receipt)
    {
        _world.CreateFolder($"{Cellar}/odd/1.0/bin");
        if (receipt is not null)
        {
            _world.Write($"{Cellar}/odd/1.0/INSTALL_RECEIPT.json", receipt);
        }
        Assert.Equal("it has records that cannot be read: 'odd/1.0'", Open().Problem);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"runtime_dependencies\": null}")]
    [InlineData("{\"runtime_dependencies\": [1, null, {}, {\"full_name\": 1}]}")]
    public void Homebrew_receipt_without_dependencies_is_read(string receipt)
    {
        Keg("odd", "1.0", receipt);
        Assert.Null(Open().Problem);
    }

    [Theory]
    [InlineData($"{Cellar}/python@3.13/3.13.1/{Framework}")]
    [InlineData($"{Brew}/opt/python@3.13/{Framework}")]
    [InlineData("/usr/local/python")]
    [InlineData(Brew)]
    public void Homebrew_is_found_from_a_prefix(string prefix)
    {
        _world.Link($"{Brew}/opt/python@3.13", "../Cellar/python@3.13/3.13.1").Link("/usr/local/python", $"{Brew}/opt/python@3.13");
        Assert.Equal("Homebrew", Assert.Single(
            PackageDatabases.OfEnvironment(_world.Machine, new PythonEnvironment { Prefix = prefix })).Name);
    }

    [Fact]
    public void Homebrew_is_not_found_from_a_prefix_outside_of_it() =>
        Assert.Empty(PackageDatabases.OfEnvironment(_world.Machine, new PythonEnvironment { Prefix = "/usr" }));

    [Fact]
    public void Homebrew_reinstalls_the_formula_as_the_user()
    {
        HomebrewDatabase database = Open();
        ProgramStep step = database.Reinstall(database.Packages[^1])!;
        Assert.Equal(("brew reinstall python@3.13", false), (string.Join(' ', step.Arguments), step.NeedsRoot));
        Assert.Empty(database.DigestsOf(database.Packages[^1]));
    }

    private static string Receipt(params (string Name, bool? IsDirect)[] dependencies) => $$"""
        {
          "homebrew_version": "4.4.0",
          "installed_on_request": true,
          "runtime_dependencies": [{{string.Join(", ", dependencies.Select(one => $$"""
            {"full_name": "{{one.Name}}", "version": "1"{{(one.IsDirect is bool isDirect
                ? $", \"declared_directly\": {(isDirect ? "true" : "false")}" : "")}}}
            """))}}],
          "source": {"tap": "homebrew/core"}
        }
        """;

    private static string[] Files(HomebrewDatabase database, string folder) =>
        [.. database.FilesBelow([folder]).Select(file => $"{file.Package} {file.Path}").Order(StringComparer.Ordinal)];

    private static string Dependents(HomebrewDatabase database, string id) =>
        string.Join(' ', database.DependentsOf(database.Packages.Single(one => one.Id == id)));

    private World Keg(string formula, string version, string receipt) =>
        _world.Write($"{Cellar}/{formula}/{version}/INSTALL_RECEIPT.json", receipt);

    private HomebrewDatabase Open() => HomebrewDatabase.Open(_world.Machine.Files, Brew)!;
}
