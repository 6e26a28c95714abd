using System.Text.Json;

namespace Pep668.Tests;

/// <summary><c>pep668 marker</c>.</summary>
public sealed class MarkerTests : IDisposable
{
    private const string Text = "[externally-managed]\nError=use apt\n really\nError-de=nimm apt\nError-fr_CA=prends apt\n";

    private readonly Companion _companion = new();

    public MarkerTests()
    {
        _companion.World.Python("/usr", "3.11.2", Text).Python("/opt/free", "3.12.1")
            .Write("/home/user/project/marker", "[externally-managed]\nError=use Größe\n");
        _companion.Set("LC_ALL", "C");
    }

    public void Dispose() => _companion.Dispose();

    [Fact]
    public void Marker_message_is_on_stdout_and_its_path_on_stderr()
    {
        CompanionResult result = _companion.RunHere("marker", _companion.At("/usr")).Exits(0);
        Assert.Equal("use apt\nreally\n", result.Output);
        Assert.Equal($"Marker: {_companion.At("/usr/lib/python3.11/EXTERNALLY-MANAGED")}\n", result.Error);
        Assert.Equal(result, _companion.RunHere("marker")); // the default Python's
    }

    [Fact]
    public void Marker_as_JSON_has_the_names_of_the_contract()
    {
        CompanionResult result = _companion.RunHere("marker", _companion.At("/usr"), "--json").Exits(0);
        Assert.Empty(result.Error);
        JsonElement marker = Assert.Single(result.Json());
        Assert.Equal(["path", "message", "language", "translations", "problem", "environment"],
            marker.EnumerateObject().Select(property => property.Name));
        Assert.Equal("use apt\nreally", marker.GetProperty("message").GetString());
        Assert.Equal(JsonValueKind.Null, marker.GetProperty("language").ValueKind);
        Assert.Equal(["de", "fr_CA"],
            marker.GetProperty("translations").EnumerateObject().Select(property => property.Name).Order(StringComparer.Ordinal));
        Assert.Equal("nimm apt", marker.GetProperty("translations").GetProperty("de").GetString());
        Assert.Equal(_companion.At("/usr/bin/python3.11"), marker.GetProperty("environment").GetString());
    }

    [Theory]
    [InlineData("de_DE", "nimm apt\n", "de")]
    [FullInlineData("de", "nimm apt\n", "de")]
    [InlineData("fr_CA", "prends apt\n", "fr_CA")]
    [FullInlineData("fr_FR", "use apt\nreally\n", null)]
    [InlineData("", "use apt\nreally\n", null)]
    public void Marker_is_in_the_requested_language(string language, string message, string? key)
    {
        _companion.Set("LC_ALL", "de_DE.UTF-8");
        Assert.Equal(message, _companion.RunHere("marker", "--language", language).Exits(0).Output);
        JsonElement one = Assert.Single(_companion.RunHere("marker", "--json", "--language", language).Exits(0).Json());
        Assert.Equal(key, one.GetProperty("language").GetString());
    }

    [Theory]
    [InlineData("LC_ALL", "de_DE.UTF-8", "nimm apt\n")]
    [InlineData("LANG", "de_AT.UTF-8", "use apt\nreally\n")] // LC_ALL=C has precedence
    public void Marker_is_in_the_language_of_the_session(string variable, string value, string message) =>
        Assert.Equal(message, _companion.Set(variable, value).Run("marker").Exits(0).Output);

    [Fact]
    public void Marker_of_an_unmanaged_environment_is_empty()
    {
        CompanionResult result = _companion.RunHere("marker", _companion.At("/opt/free")).Exits(0);
        Assert.Empty(result.Output);
        Assert.Contains("is not externally managed", result.Error);
        Assert.Empty(_companion.RunHere("marker", _companion.At("/opt/free"), "--json").Exits(0).Json());
    }

    [Fact]
    public void Marker_of_a_file_is_read_from_any_folder()
    {
        Assert.Equal("use Größe\n", _companion.RunHere("marker", "--file", "marker").Exits(0).Output);
        JsonElement marker =
            Assert.Single(_companion.RunHere("marker", "--json", "--file", _companion.At("/home/user/project/marker")).Exits(0).Json());
        Assert.Equal("use Größe", marker.GetProperty("message").GetString());
        Assert.Equal(JsonValueKind.Null, marker.GetProperty("environment").ValueKind);
    }

    [Fact]
    public void Marker_of_a_missing_file_is_bad_input()
    {
        foreach (string path in (string[])["nothing", "/nowhere/EXTERNALLY-MANAGED", "/"])
        {
            CompanionResult result = _companion.RunHere("marker", "--file", path).Exits(2);
            Assert.Empty(result.Output);
            Assert.Contains("[InvalidMarker]", result.Error);
            Assert.Contains(path is "/" ? "is not a file" : "does not exist", result.Error);
        }
    }

    [Fact]
    public void Marker_that_pip_cannot_read_has_the_default_text_and_a_reason()
    {
        _companion.World.Write("/home/user/project/twice", "[externally-managed]\nError=a\nerror=b\n");
        CompanionResult result = _companion.RunHere("marker", "--file", "twice").Exits(0);
        Assert.Contains("is managed externally", result.Output);
        Assert.Contains("Marker: " + _companion.At("/home/user/project/twice") + " (invalid", result.Error);
        Assert.NotEqual(JsonValueKind.Null,
            Assert.Single(_companion.RunHere("marker", "--file", "twice", "--json").Json()).GetProperty("problem").ValueKind);
    }

    [Fact]
    public void Marker_below_a_root_is_read_inside_that_root()
    {
        using var image = new World();
        image.Python("/usr", "3.12.3", "[externally-managed]\nError=inside\n").Link("/outside", _companion.At("/home/user/project/marker"));
        Assert.Equal("inside\n", _companion.RunHere("marker", "--root", image.Folder).Exits(0).Output);
        Assert.Equal("inside\n",
            _companion.RunHere("marker", "--root", image.Folder, "--file", "/usr/lib/python3.12/EXTERNALLY-MANAGED").Exits(0).Output);
        _companion.RunHere("marker", "--root", image.Folder, "--file", "/outside").Exits(2);
    }
}
