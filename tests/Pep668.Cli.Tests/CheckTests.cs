using System.Text.Json;

namespace Pep668.Tests;

/// <summary><c>pep668 check</c>: the exit code is the answer.</summary>
public sealed class CheckTests : IDisposable
{
    private readonly Companion _companion = new();

    public CheckTests()
    {
        _companion.World.Python("/usr", "3.11.2", "[externally-managed]\nError=use apt\n").Python("/opt/free", "3.12.1");
        _companion.Venv("/home/user/envs/web", "/usr", "3.11.2");
    }

    public void Dispose() => _companion.Dispose();

    [Theory]
    [InlineData("/usr/bin/python3", 1, "is externally managed: ")]
    [FullInlineData("/usr", 1, "is externally managed: ")]
    [InlineData("/opt/free/bin/python3", 0, "is not externally managed\n")]
    [InlineData("/home/user/envs/web", 0, "is not externally managed: it is a virtual environment\n")]
    [FullInlineData("/home/user/envs/web/bin/python3", 0, "is not externally managed: it is a virtual environment\n")]
    public void Check_of_a_path_answers_by_exit_code(string path, int code, string words)
    {
        CompanionResult result = _companion.RunHere("check", _companion.At(path)).Exits(code);
        Assert.Contains(words, result.Output);
        Assert.Single(result.Lines());
        Assert.Empty(result.Error);
        CompanionResult quiet = _companion.RunHere("check", "--quiet", _companion.At(path)).Exits(code);
        Assert.Empty(quiet.Output + quiet.Error);
        Assert.Equal(code, _companion.RunHere("check", _companion.At(path), "-q").ExitCode);
    }

    [Theory]
    [InlineData("/usr", 1)]
    [InlineData("/opt/free", 0)]
    public void Check_as_JSON_is_an_array_of_one_with_the_same_exit_code(string path, int code)
    {
        JsonElement one = Assert.Single(_companion.RunHere("check", _companion.At(path), "--json").Exits(code).Json());
        Assert.Equal(code == 1, one.GetProperty("isExternallyManaged").GetBoolean());
        Assert.Equal(_companion.At(path), one.GetProperty("prefix").GetString());
    }

    [Fact]
    public void Check_without_argument_uses_the_active_environment_else_the_nearest_else_the_default()
    {
        Assert.Contains(_companion.At("/usr/bin/python3.11"), _companion.RunHere("check").Exits(1).Output);
        _companion.Venv("/home/user/.venv", "/usr", "3.11.2");
        Assert.Contains(_companion.At("/home/user/.venv/bin/python"), _companion.RunHere("check").Exits(0).Output);
        _companion.Set("VIRTUAL_ENV", _companion.At("/home/user/envs/web"));
        Assert.Contains(_companion.At("/home/user/envs/web/bin/python"), _companion.RunHere("check").Exits(0).Output);
    }

    [Fact]
    public void Check_of_a_missing_environment_is_neither_yes_nor_no()
    {
        foreach (string[] arguments in (string[][])[["/nowhere"], ["--quiet", "/nowhere"], ["no-such-name"],
            [_companion.At("/home")], ["--json", "/nowhere"]])
        {
            CompanionResult result = _companion.RunHere(["check", .. arguments]).Exits(5);
            Assert.Empty(result.Output);
            Assert.Contains("[EnvironmentNotFound]", result.Error);
        }
        Assert.Contains("[PythonNotFound]", _companion.RunHere("check", "2.1").Exits(5).Error);
        _companion.World.CreateFolder("/empty");
        Assert.Contains("[PythonNotFound]", _companion.Set("PATH", _companion.At("/empty")).Run("check").Exits(5).Error);
    }

    [Fact]
    public void Check_below_a_root_answers_for_that_root()
    {
        using var image = new World();
        image.Python("/usr", "3.12.3").Venv("/srv/app", "/usr", "3.12.3");
        Assert.Equal("/usr/bin/python3.12 is not externally managed\n",
            _companion.RunHere("check", "--root", image.Folder).Exits(0).Output);
        image.Write("/usr/lib/python3.12/EXTERNALLY-MANAGED", "");
        Assert.Equal("/usr/bin/python3.12 is externally managed: /usr/lib/python3.12/EXTERNALLY-MANAGED\n",
            _companion.RunHere("check", "--root", image.Folder).Exits(1).Output);
        _companion.RunHere("check", "/srv/app", "--root", image.Folder).Exits(0);
        _companion.RunHere("check", _companion.At("/usr"), "--root", image.Folder).Exits(5);
    }

    [Fact]
    public void Check_argument_with_an_at_sign_is_not_a_response_file()
    {
        _companion.World.Write("/home/user/project/arguments", "--help\n");
        Assert.Contains("'@arguments'", _companion.RunHere("check", "@arguments").Exits(5).Error);
    }

    [Fact]
    public void Check_of_a_broken_environment_warns_and_answers()
    {
        _companion.Venv("/home/user/envs/broken", "/gone", "3.9.1");
        CompanionResult result = _companion.RunHere("check", _companion.At("/home/user/envs/broken")).Exits(0);
        Assert.Contains("is not externally managed", result.Output);
        Assert.Contains("is broken: its base Python is missing", result.Error);
    }
}
