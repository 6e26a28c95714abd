using System.Text.Json;

namespace Pep668.Tests;

/// <summary><c>pep668 conflicts</c>.</summary>
public sealed class ConflictsTests : IDisposable
{
    private readonly Companion _companion = new();
    private readonly World _image = new World().Python("/usr", "3.11.2", "[externally-managed]\nError=Use apt.\n")
        .Write("/usr/lib/python3.11/site.py", "# dist-packages\n")
        .Write("/usr/lib/python3/dist-packages/PyYAML-6.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: PyYAML\nVersion: 6.0\n")
        .Write("/var/lib/dpkg/status", "Package: python3-yaml\nStatus: install ok installed\nVersion: 6.0-3\n\n"
            + "Package: ansible-core\nStatus: install ok installed\nVersion: 2.14\nDepends: python3-yaml (>= 5)\n")
        .Write("/var/lib/dpkg/info/python3-yaml.list",
            "/usr/lib/python3/dist-packages/PyYAML-6.0.dist-info\n/usr/lib/python3/dist-packages/PyYAML-6.0.dist-info/METADATA\n");

    public void Dispose()
    {
        _companion.Dispose();
        _image.Dispose();
    }

    [Fact]
    public void Image_without_conflicts_exits_with_0()
    {
        CompanionResult result = _companion.RunHere("conflicts", "--root", _image.Folder).Exits(0);
        Assert.Equal(("", "No conflicts found.\n"), (result.Output, result.Error));
        Assert.Equal("[]\n", _companion.RunHere("conflicts", "--root", _image.Folder, "--json").Exits(0).Output);
    }

    [Fact]
    public void Image_with_conflicts_exits_with_1()
    {
        Shadow();
        CompanionResult result = _companion.RunHere("conflicts", "--root", _image.Folder).Exits(1);
        Assert.Equal(
            "Kind      Distribution  Version  DistroPackage  Location\n"
            + "Shadowed  PyYAML        99.0     python3-yaml   /usr/local/lib/python3.11/dist-packages\n", result.Output);
        Assert.Empty(result.Error);
    }

    [Fact]
    public void Conflicts_as_JSON_have_the_names_of_the_contract()
    {
        Shadow();
        JsonElement one = Assert.Single(_companion.RunHere("conflicts", "/usr", "--root", _image.Folder, "--json").Exits(1).Json());
        Assert.Equal(
            ["kind", "distribution", "version", "location", "paths", "distroPackage", "distroVersion", "dependents", "remedies",
                "environment"],
            one.EnumerateObject().Select(property => property.Name));
        Assert.Equal("Shadowed", one.GetProperty("kind").GetString());
        Assert.Equal("ansible-core", Assert.Single(one.GetProperty("dependents").EnumerateArray()).GetString());
        Assert.Equal("/usr/bin/python3.11", one.GetProperty("environment").GetString());
    }

    [Fact]
    public void Conflicts_on_this_machine_recommend_commands()
    {
        _companion.World.Python("/base", "3.12.1");
        _companion.Venv("/home/user/venv", "/base", "3.12.1");
        string phantom = _companion.At("/home/user/venv/lib/python3.12/site-packages/lost-1.0.dist-info");
        Directory.CreateDirectory(phantom);
        CompanionResult result = _companion.RunHere("conflicts", _companion.At("/home/user/venv")).Exits(1);
        Assert.StartsWith("  Recommendation:\n    removes this folder, then installs the package again:\n      rm -rf -- ", result.Error,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Unknown_environment_exits_with_5() => _companion.RunHere("conflicts", _companion.At("/missing")).Exits(5);

    private void Shadow() => _image.Write("/usr/local/lib/python3.11/dist-packages/PyYAML-99.0.dist-info/METADATA",
        "Metadata-Version: 2.1\nName: PyYAML\nVersion: 99.0\n")
        .Write("/usr/local/lib/python3.11/dist-packages/PyYAML-99.0.dist-info/RECORD", "PyYAML-99.0.dist-info/METADATA,,\n");
}
