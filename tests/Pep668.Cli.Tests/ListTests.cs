using System.Text.Json;

namespace Pep668.Tests;

/// <summary><c>pep668 list</c>.</summary>
public sealed class ListTests : IDisposable
{
    private const string Marker = "[externally-managed]\nError=use apt\n";

    // The contract's names of PythonEnvironment, in camelCase.
    private static readonly string[] Names =
    [
        "name", "kind", "manager", "version", "versionInfo", "implementation", "architecture", "executable", "prefix", "basePrefix",
        "stdLib", "sitePackages",
        "scripts", "isVirtual", "isExternallyManaged", "markerPath", "isDefault", "isActive", "includeSystemSitePackages", "pipVersion",
        "pipEnforces", "health",
        "problem", "aliases", "foundBy", "root",
    ];

    private readonly Companion _companion = new();

    public ListTests()
    {
        _companion.World.Python("/usr", "3.11.2", Marker).Python("/home/user/.pyenv/versions/3.12.1", "3.12.1")
            .CreateFolder("/home/user/.pyenv/shims");
        _companion.Venv("/home/user/envs/web", "/usr", "3.11.2");
    }

    public void Dispose() => _companion.Dispose();

    [Fact]
    public void List_has_a_line_for_each_environment_that_ends_in_its_path()
    {
        CompanionResult result = _companion.RunHere("list").Exits(0);
        string[] lines = result.Lines();
        Assert.Equal(["Name", "Version", "Manager", "Managed", "State", "Executable"],
            lines[0].Split(' ', StringSplitOptions.RemoveEmptyEntries));
        string system = Assert.Single(lines, line => line.EndsWith(' ' + _companion.At("/usr/bin/python3.11")));
        Assert.Equal(["*", "python3.11", "3.11.2", "yes", "default"],
            system.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where((_, column) => column is not (3 or 6)));
        Assert.Single(lines, line => line.StartsWith('*'));
        string pyenv = Assert.Single(lines, line => line.EndsWith(' ' + _companion.At("/home/user/.pyenv/versions/3.12.1/bin/python3.12")));
        Assert.Equal(["3.12.1", "3.12.1", "Pyenv", "no"], pyenv.Split(' ', StringSplitOptions.RemoveEmptyEntries)[..4]);
        Assert.All(lines, line => Assert.Equal(line.TrimEnd(), line));
    }

    [Fact]
    public void List_marks_the_environment_that_is_used_if_none_is_named()
    {
        _companion.Venv("/home/user/project/.venv", "/usr", "3.11.2");
        _companion.Folder = _companion.At("/home/user/project");
        string marked = Assert.Single(_companion.RunHere("list").Exits(0).Lines(), line => line.StartsWith('*'));
        Assert.Matches("^[*]  project .* nearest  .*/home/user/project/.venv/bin/python$", marked);
        _companion.Set("VIRTUAL_ENV", _companion.At("/home/user/project/.venv"));
        Assert.Matches("^[*]  project .* active  ",
            Assert.Single(_companion.RunHere("list").Exits(0).Lines(), line => line.StartsWith('*')));
    }

    [Theory]
    [InlineData("3.12", "3.12.1")]
    [InlineData("312", "3.12.1")]
    [InlineData("==3.12.*", "3.12.1")]
    [InlineData("python3.11", "3.11.2")]
    public void List_of_a_name_or_version_has_all_that_match(string text, string version)
    {
        // The Pythons of this machine are in the usual folders too.
        JsonElement[] found = _companion.RunHere("list", text, "--json").Exits(0).Json();
        Assert.NotEmpty(found);
        Assert.All(found, one => Assert.StartsWith(version[..4], one.GetProperty("version").GetString(), StringComparison.Ordinal));
        Assert.Contains(found, one => one.GetProperty("version").GetString() == version
            && one.GetProperty("executable").GetString()!.StartsWith(_companion.World.Folder, StringComparison.Ordinal));
    }

    [Fact]
    public void List_as_JSON_is_one_array_with_the_names_of_the_contract()
    {
        CompanionResult result = _companion.RunHere("list", "--json").Exits(0);
        JsonElement[] all = result.Json();
        Assert.Empty(result.Error);
        Assert.All(all, one => Assert.Equal(Names, one.EnumerateObject().Select(property => property.Name)));
        JsonElement system = Assert.Single(all, one => one.GetProperty("executable").GetString() == _companion.At("/usr/bin/python3.11"));
        Assert.True(system.GetProperty("isExternallyManaged").GetBoolean());
        Assert.True(system.GetProperty("isDefault").GetBoolean());
        Assert.Equal(_companion.At("/usr/lib/python3.11/EXTERNALLY-MANAGED"), system.GetProperty("markerPath").GetString());
        Assert.Equal("3.11.2", system.GetProperty("versionInfo").GetString());
        Assert.Equal(JsonValueKind.Null, system.GetProperty("root").ValueKind);
    }

    [Fact]
    public void List_as_JSON_writes_enumerations_as_words()
    {
        JsonElement venv = Assert.Single(_companion.RunHere("list", _companion.At("/home/user/envs/web"), "--json").Exits(0).Json());
        Assert.Equal("Virtual", venv.GetProperty("kind").GetString());
        Assert.Equal("Venv", venv.GetProperty("manager").GetString());
        Assert.Equal("Healthy", venv.GetProperty("health").GetString());
        Assert.True(venv.GetProperty("isVirtual").GetBoolean());
        Assert.False(venv.GetProperty("isExternallyManaged").GetBoolean());
    }

    [Fact]
    public void List_as_table_and_JSON_has_the_same_environments_in_the_same_order()
    {
        string[] table = [.. _companion.RunHere("list").Lines().Skip(1).Select(line => line[line.IndexOf('/')..])];
        string?[] json = [.. _companion.RunHere("list", "--json").Json().Select(one => one.GetProperty("executable").GetString())];
        Assert.Equal(json, table);
    }

    [Fact]
    public void List_of_paths_keeps_their_order()
    {
        string[] paths = [_companion.At("/usr/bin/python3"), _companion.At("/home/user/envs/web"), "../.pyenv/versions/3.12.1"];
        Assert.Equal(
            [_companion.At("/usr/bin/python3.11"), _companion.At("/home/user/envs/web/bin/python"),
                _companion.At("/home/user/.pyenv/versions/3.12.1/bin/python3.12")],
            _companion.RunHere(["list", .. paths, "--json"]).Exits(0).Json().Select(one => one.GetProperty("executable").GetString()));
    }

    [Fact]
    public void List_with_a_missing_path_still_lists_the_others()
    {
        CompanionResult result = _companion.RunHere("list", "/nowhere", _companion.At("/usr"), "--json").Exits(5);
        Assert.Single(result.Json());
        Assert.Contains("'/nowhere' does not exist. [EnvironmentNotFound]", result.Error);
        Assert.Contains("    lists the Pythons on this machine:\n      pep668 list\n", result.Error);
    }

    [Fact]
    public void List_without_results_is_an_empty_array()
    {
        Assert.Empty(_companion.RunHere("list", "/nowhere", "--json").Exits(5).Json());
        Assert.Empty(_companion.RunHere("list", "/nowhere").Exits(5).Output);
        _companion.World.CreateFolder("/empty");
        CompanionResult empty = _companion.RunHere("list", "--root", _companion.At("/empty")).Exits(0);
        Assert.Empty(empty.Output);
        Assert.Equal("No Python was found.\n", empty.Error);
        Assert.Equal("[]\n", _companion.RunHere("list", "--root", _companion.At("/empty"), "--json").Exits(0).Output);
    }

    [Fact]
    public void List_includes_broken_environments_and_explains_them_on_stderr()
    {
        _companion.Venv("/home/user/envs/old", "/opt/gone", "3.9.1");
        string folder = _companion.At("/home/user/envs/old");
        CompanionResult result = _companion.RunHere("list", folder).Exits(0);
        Assert.Matches(@"^   old +3\.9\.1 +Venv +no +broken +/", result.Lines()[1]);
        Assert.StartsWith($"{folder}/bin/python: Its base Python is missing", result.Error);
        JsonElement one = Assert.Single(_companion.RunHere("list", folder, "--json").Exits(0).Json());
        Assert.Equal("Broken", one.GetProperty("health").GetString());
    }

    [Fact]
    public void List_below_a_root_reads_only_that_root()
    {
        using var image = new World();
        image.Python("/usr", "3.12.3", Marker).Python("/home/someone/.pyenv/versions/3.13.0", "3.13.0");
        CompanionResult result = _companion.RunHere("list", "--root", image.Folder, "--json").Exits(0);
        JsonElement[] all = result.Json();
        Assert.Equal(
            ["/home/someone/.pyenv/versions/3.13.0/bin/python3.13", "/usr/bin/python3.12"],
            all.Select(one => one.GetProperty("executable").GetString()).Order());
        Assert.All(all, one => Assert.Equal(image.Folder, one.GetProperty("root").GetString()));
        Assert.Equal(
            "/usr/lib/python3.12/EXTERNALLY-MANAGED",
            all.Single(one => one.GetProperty("prefix").GetString() == "/usr").GetProperty("markerPath").GetString());
        Assert.Equal("/usr/bin/python3.12", Assert.Single(_companion.RunHere("list", "/usr/bin/python3", "--root", image.Folder, "--json")
            .Exits(0).Json()).GetProperty("executable").GetString());
    }

    [Fact]
    public void List_root_can_be_relative_and_must_exist()
    {
        _companion.World.Python("/home/user/project/image/usr", "3.12.3");
        Assert.Single(_companion.RunHere("list", "--root", "image", "--json").Exits(0).Json());
        CompanionResult result = _companion.RunHere("list", "--root", "/nowhere").Exits(5);
        Assert.Empty(result.Output);
        Assert.Equal("pep668: The root '/nowhere' does not exist. [EnvironmentNotFound]\n", result.Error);
    }

    [Fact]
    public void List_below_a_root_verifies_nothing()
    {
        CompanionResult result = _companion.RunHere("list", "/usr", "--root", _companion.World.Folder, "--verify").Exits(2);
        Assert.Empty(result.Output);
        Assert.Contains("[OfflineEnvironment]", result.Error);
        Assert.Contains($"pep668 list /usr --root {_companion.World.Folder}", result.Error);
    }

    [Fact]
    public void List_with_verify_agrees_with_a_real_interpreter()
    {
        string python = Interpreters.Newest().Executable;
        InterpreterOracle said = InterpreterOracle.Ask(python);
        CompanionResult result = _companion.RunHere("list", "--verify", "--json", python).Exits(0);
        JsonElement one = Assert.Single(result.Json());
        Assert.Empty(result.Error);
        Assert.Equal(said.Version, one.GetProperty("version").GetString());
        Assert.Equal(said.Prefix, one.GetProperty("prefix").GetString());
        Assert.Equal(said.StdLib, one.GetProperty("stdLib").GetString());
        Assert.Equal(JsonValueKind.Null, one.GetProperty("problem").ValueKind);
    }

    [Fact]
    public void List_with_verify_of_a_failing_interpreter_exits_with_an_error_and_one_document()
    {
        CompanionResult result = _companion.RunHere("list", "--verify", "--json", _companion.At("/usr/bin/python3")).Exits(4);
        Assert.Equal("Broken", Assert.Single(result.Json()).GetProperty("health").GetString());
        Assert.Contains("[ProbeFailed]", result.Error);
    }

    [Fact]
    public void List_writes_paths_as_UTF_8_in_any_locale()
    {
        const string Folder = "/home/user/Prüfung/日本 🐍";
        _companion.Venv(Folder, "/usr", "3.11.2").Set("LC_ALL", "POSIX");
        CompanionResult table = _companion.Run("list", _companion.At(Folder)).Exits(0);
        Assert.EndsWith(_companion.At(Folder) + "/bin/python\n", table.Output);
        Assert.StartsWith("   Name", table.Output); // no byte order mark
        Assert.Equal(_companion.At(Folder),
            Assert.Single(_companion.Run("list", _companion.At(Folder), "--json").Exits(0).Json()).GetProperty("prefix").GetString());
        _companion.Folder = _companion.At("/home/user/Prüfung");
        Assert.Equal("日本 🐍", Assert.Single(_companion.Run("list", "./日本 🐍", "--json").Exits(0).Json()).GetProperty("name").GetString());
        Assert.Contains("'" + _companion.At("/home/user/Prüfung/Größe") + "'", _companion.Run("list", "./Größe").Exits(5).Error);
    }

    [Fact]
    public void List_recursive_finds_environments_at_any_depth_including_broken_ones()
    {
        // The links of these worlds are relative to a root: seen from outside, the base does not exist.
        _companion.World.Venv("/srv/one/.venv", "/usr", "3.11.2").Venv("/srv/two/deep/env", "/gone", "3.9.1");
        CompanionResult result = _companion.RunHere("list", "/srv", "--recurse", "--json", "--root", _companion.World.Folder).Exits(0);
        JsonElement[] found = [.. JsonDocument.Parse(result.Output).RootElement.EnumerateArray()];
        Assert.Equal(["/srv/one/.venv", "/srv/two/deep/env"], found.Select(one => one.GetProperty("prefix").GetString()));
        Assert.Equal(["Healthy", "Broken"], found.Select(one => one.GetProperty("health").GetString()));
        Assert.Single(JsonDocument.Parse(_companion.RunHere("list", "/srv", "--depth", "1", "--json", "--root", _companion.World.Folder)
            .Exits(0).Output).RootElement.EnumerateArray());
        _companion.RunHere("list", "/nowhere", "--recurse", "--root", _companion.World.Folder).Exits(5);
    }
}
