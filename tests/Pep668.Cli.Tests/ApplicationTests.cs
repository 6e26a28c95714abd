using System.Text.Json;

namespace Pep668.Tests;

/// <summary><c>pep668 app</c>, with trees of files, and with the real pipx and the real uv.</summary>
public sealed class ApplicationTests : IDisposable
{
    private const string Venv = "/home/user/.local/share/pipx/venvs/httpie", Bin = "/home/user/.local/bin";

    private readonly Companion _companion = new();

    public ApplicationTests() => _companion.World.Python("/usr", "3.11.2").Write("/etc/os-release", "ID=debian\n");

    public void Dispose() => _companion.Dispose();

    [Fact]
    public void Applications_are_a_table_and_broken_ones_have_a_command()
    {
        Application(Venv, "/usr", "http");
        Application("/home/user/.local/share/pipx/venvs/moved", "/opt/gone", "moved");
        CompanionResult result = _companion.RunHere("app", "list").Exits(0);
        Assert.Equal(
            ["Name    Version  Installer  State   OnPath  Commands", "httpie  3.2.3    Pipx               no      http",
                "moved   3.2.3    Pipx       broken  no      moved"],
            result.Lines());
        Assert.StartsWith("pep668: 'moved' is broken: ", result.Error);
        Assert.EndsWith("\n    creates its environment again:\n      pipx reinstall moved\n", result.Error);
        Assert.Single(_companion.RunHere("app", "list", "HTTPie").Exits(0).Lines(),
            line => line.StartsWith("httpie", StringComparison.Ordinal));
        Assert.Equal("No applications were found.\n", _companion.RunHere("app", "list", "--installer", "uv").Exits(0).Error);
        Assert.Empty(_companion.RunHere("app", "list", "--installer", "uv", "--json").Exits(0).Json());
        string error = _companion.RunHere("app", "list", "http").Exits(5).Error;
        Assert.Contains("'http' is not an application of pipx or uv, but a command of 'httpie'. [PackageNotFound]", error);
        Assert.Contains("pep668 app list httpie", error);
    }

    [Fact]
    public void Applications_as_JSON_have_the_names_of_the_contract()
    {
        Application(Venv, "/usr", "http");
        _companion.Set("PATH", _companion.At(Bin));
        JsonElement one = Assert.Single(_companion.RunHere("app", "list", "--json").Exits(0).Json());
        Assert.Equal(
            ["name", "version", "installer", "environment", "commands", "onPath", "previousVersion", "action", "changed"],
            one.EnumerateObject().Select(property => property.Name));
        Assert.Equal(("httpie", "Pipx", true, _companion.At(Venv + "/bin/python")),
            (one.GetProperty("name").GetString(), one.GetProperty("installer").GetString(), one.GetProperty("onPath").GetBoolean(),
                one.GetProperty("environment").GetString()));
    }

    [Fact]
    public void Without_an_installer_the_exit_code_is_not_found()
    {
        string error = _companion.RunHere("app", "install", "httpie").Exits(5).Error;
        Assert.StartsWith(
            "pep668: Neither pipx nor uv was found; an application needs one of them. [ApplicationInstallerNotFound]\n  Recommendation:\n",
            error);
        Application(Venv, "/usr", "http");
        Assert.Contains("'httpie' was installed by pipx, which was not found. [ApplicationInstallerNotFound]",
            _companion.RunHere("app", "update", "--all").Exits(5).Error);
        Assert.Contains("'http' is not an application of pipx or uv, but a command of 'httpie'. [PackageNotFound]",
            _companion.RunHere("app", "uninstall", "http").Exits(5).Error);
    }

    [Theory]
    [InlineData("pipx")]
    [InlineData("uv")]
    public void Application_is_installed_updated_and_removed(string installer)
    {
        using ApplicationWorld world = Real(installer);
        Assert.Equal([$"tiny-tool {Word(installer)} Installed True"],
            Short(_companion.RunHere("app", "install", "tiny-tool<3", "--installer", installer, "--json").Exits(0)));
        CompanionResult again = _companion.RunHere("app", "install", "tiny-tool").Exits(0);
        Assert.Matches($"^tiny-tool +1\\.0 +{Word(installer)} +Unchanged +yes +tiny-tool$", again.Lines()[1]);
        TinyWheel.Add(world.Wheels, "tiny-tool", "2.0", "tiny-tool");
        CompanionResult updated = _companion.RunHere("app", "update", "--all", "--verbose", "--json").Exits(0);
        Assert.Equal([$"tiny-tool {Word(installer)} Upgraded True"], Short(updated));
        Assert.Contains("2.0", updated.Error);
        CompanionResult failed = _companion.RunHere("app", "install", "library", "tiny-tool", "--installer", installer).Exits(4);
        Assert.Contains($"pep668: {installer} failed with exit code 1. [PipFailed]", failed.Error);
        Assert.StartsWith("tiny-tool ", failed.Lines()[1]);
        CompanionResult partly = _companion.RunHere("app", "uninstall", "nothing", "tiny-tool", "--json").Exits(5);
        Assert.Equal([$"tiny-tool {Word(installer)} Removed True"], Short(partly));
        Assert.Equal("No applications were found.\n", _companion.RunHere("app", "list").Exits(0).Error);
    }

    private static string Word(string installer) => installer is "uv" ? "Uv" : "Pipx";

    private static string[] Short(CompanionResult result) =>
        [.. result.Json().Select(one => $"{one.GetProperty("name")} {one.GetProperty("installer")} {one.GetProperty("action")} "
            + one.GetProperty("changed"))];

    // The companion in the home and with the variables of a world for the real programs.
    private ApplicationWorld Real(string installer)
    {
        Assert.SkipUnless(Tool.Exists(installer), $"needs {installer}");
        var world = new ApplicationWorld();
        TinyWheel.Add(world.Wheels, "library", "1.0");
        world.SetPath(world.Commands);
        foreach ((string name, string value) in world.Variables)
        {
            _companion.Set(name, value);
        }
        _companion.Folder = world.Folder;
        return world;
    }

    private void Application(string folder, string prefix, string command)
    {
        _companion.Venv(folder, prefix, "3.11.2").World.Write($"{folder}/bin/{command}", "#!\n", executable: true)
            .Write($"{folder}/pipx_metadata.json",
                $$"""{"main_package": {"package": "{{Path.GetFileName(folder)}}", "package_version": "3.2.3"} }""");
        Directory.CreateDirectory(_companion.At(Bin));
        File.CreateSymbolicLink(_companion.At($"{Bin}/{command}"), _companion.At($"{folder}/bin/{command}"));
    }
}
