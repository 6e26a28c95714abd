using System.Text.Json;

namespace Pep668.Tests;

/// <summary><c>pep668 overrides</c>.</summary>
public sealed class OverridesTests : IDisposable
{
    private readonly Companion _companion = new();

    public OverridesTests()
    {
        // The test sets the folders of the machine; /etc/pip.conf is read regardless.
        _companion.World.Python("/usr", "3.11.2", "[externally-managed]\nError=use apt\n").CreateFolder("/empty");
        _companion.Set("XDG_CONFIG_DIRS", _companion.At("/empty"));
    }

    public void Dispose() => _companion.Dispose();

    [Fact]
    public void Overrides_as_JSON_have_the_names_of_the_contract_and_the_strongest_first()
    {
        _companion.World.Write("/home/user/.config/pip/pip.conf",
            "[global]\nbreak-system-packages = yes\n[install]\nbreak_system_packages = no\n")
            .Write("/home/user/.config/uv/uv.toml", "[pip]\nbreak-system-packages = true\n");
        CompanionResult result = _companion.Set("PIP_BREAK_SYSTEM_PACKAGES", "1").Run("overrides", "--json").Exits(0);
        Assert.Empty(result.Error);
        JsonElement[] found =
            [.. result.Json().Where(one => !"/etc/pip.conf".Equals(one.GetProperty("path").GetString(), StringComparison.Ordinal))];
        Assert.Equal(["tool", "source", "path", "setting", "value", "isEffective", "precedence", "remedies"],
            found[0].EnumerateObject().Select(property => property.Name));
        string[] shown = ["tool", "source", "setting", "value", "isEffective"];
        Assert.Equal(
            ["pip EnvironmentVariable PIP_BREAK_SYSTEM_PACKAGES 1 True", "pip UserFile install.break_system_packages no False",
                "pip UserFile global.break-system-packages yes False", "uv UvFile pip.break-system-packages true True"],
            found.Select(one => string.Join(' ', shown.Select(name => one.GetProperty(name)))));
        Assert.Equal(_companion.At("/home/user/.config/uv/uv.toml"), found[^1].GetProperty("path").GetString());
        Assert.Equal(1, found[0].GetProperty("precedence").GetInt32());
        Assert.Equal(1, found[^1].GetProperty("precedence").GetInt32());
    }

    [Fact]
    public void Overrides_are_a_table_or_a_message_on_stderr_when_none_is_found()
    {
        CompanionResult result = _companion.Set("PIP_BREAK_SYSTEM_PACKAGES", "true").Run("overrides", _companion.At("/usr")).Exits(0);
        Assert.Matches("(?m)^pip +yes +EnvironmentVariable +PIP_BREAK_SYSTEM_PACKAGES +true$", result.Output);
        using var image = new World();
        CompanionResult none = _companion.RunHere("overrides", "--root", image.Folder).Exits(0);
        Assert.Empty(none.Output);
        Assert.Equal("Nothing sets break-system-packages.\n", none.Error);
        Assert.Equal("[]\n", _companion.RunHere("overrides", "--root", image.Folder, "--json").Exits(0).Output);
    }

    [Fact]
    public void Overrides_of_an_image_exclude_those_of_the_host()
    {
        using var image = new World();
        image.Python("/usr", "3.12.3", "[externally-managed]\nError=use apt\n")
            .Write("/etc/pip.conf", "[global]\nbreak-system-packages = true\n");
        JsonElement one = Assert.Single(
            _companion.Set("PIP_BREAK_SYSTEM_PACKAGES", "0").Run("overrides", "--root", image.Folder, "--json").Exits(0).Json());
        Assert.Equal("/etc/pip.conf", one.GetProperty("path").GetString());
        Assert.Equal("GlobalFile", one.GetProperty("source").GetString());
        Assert.True(one.GetProperty("isEffective").GetBoolean());
    }

    [Fact]
    public void Overrides_report_a_file_that_stops_pip()
    {
        CompanionResult result = _companion.Set("PIP_BREAK_SYSTEM_PACKAGES", "maybe").Run("overrides", _companion.At("/usr")).Exits(0);
        Assert.Contains("pip cannot read the environment variable PIP_BREAK_SYSTEM_PACKAGES: 'maybe'", result.Error);
        Assert.DoesNotContain("yes ", result.Output);
        Assert.Contains("[EnvironmentNotFound]", _companion.RunHere("overrides", "/nowhere").Exits(5).Error);
    }
}
