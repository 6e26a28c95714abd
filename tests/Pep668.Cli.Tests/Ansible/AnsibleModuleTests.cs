using System.Text.Json;

namespace Pep668.Tests.Ansible;

/// <summary>The companion as a module of Ansible: started with a file of parameters.</summary>
public sealed class AnsibleModuleTests : IDisposable
{
    private readonly Companion _companion = new();

    public void Dispose() => _companion.Dispose();

    [Fact]
    public void Environment_is_changed_once_and_check_mode_changes_nothing()
    {
        string path = _companion.At("/home/user/env"), python = Interpreters.Newest(Needs.Venv).Executable;
        string present = $$"""{"path": "{{path}}", "python": "{{python}}", "prompt": "app", "_ansible_diff": true""";
        JsonElement result = Changes("pep668_venv", present + """, "_ansible_check_mode": true}""", true);
        Assert.False(Directory.Exists(path));
        Assert.Equal($"path: {path}\nstate: absent\n", result.GetProperty("diff").GetProperty("before").GetString());
        Assert.Contains("state: present\n", result.GetProperty("diff").GetProperty("after").GetString());

        result = Changes("pep668_venv", present + "}", true);
        Assert.Equal("present", result.GetProperty("state").GetString());
        Assert.Equal(Path.Combine(path, "bin", "python"), result.GetProperty("executable").GetString());
        Assert.Contains("system_site_packages: false\nprompt: app\nversion: ", result.GetProperty("diff").GetProperty("after").GetString());

        result = Changes("pep668_venv", present + "}", false);
        Assert.Equal(result.GetProperty("diff").GetProperty("before").GetString(),
            result.GetProperty("diff").GetProperty("after").GetString());
        Assert.False(Changes("pep668_venv", $$"""{"path": "{{path}}", "prompt": "other"}""", true).TryGetProperty("diff", out _));

        string absent = $$"""{"path": "{{path}}", "state": "absent"}""";
        Changes("pep668_venv", absent.Replace("}", """, "_ansible_check_mode": true}""", StringComparison.Ordinal), true);
        Assert.True(Directory.Exists(path));
        Changes("pep668_venv", absent, true);
        Assert.False(Directory.Exists(path));
        Changes("pep668_venv", absent, false);
    }

    [Fact]
    public void Failure_after_a_change_is_reported_with_the_change()
    {
        _companion.Set("PEP668_CACHE_DIR", SharedSeeds.Cache);
        string path = _companion.At("/home/user/env"), python = Interpreters.Newest(Needs.Ensurepip).Executable;
        string desired = $$"""{"path": "{{path}}", "python": "{{python}}", "requirements": ["nosuch"], "no_index": true""";
        const string Check = """, "_ansible_check_mode": true}""";
        foreach ((string more, bool isChanged) in ((string, bool)[])[(Check, false), ("}", true), ("}", false)])
        {
            JsonElement failed = Parse(Run("pep668_venv", desired + more).Exits(1));
            Assert.Equal((true, "PipFailed"), (failed.GetProperty("failed").GetBoolean(), failed.GetProperty("error_id").GetString()));
            Assert.Equal(isChanged, failed.GetProperty("changed").GetBoolean());
        }
    }

    [Theory]
    [InlineData("pep668_venv")]
    [InlineData("AnsiballZ_pep668_venv")]
    [InlineData("AnsiballZ___pep668_linux_x64", """, "_pep668_module": "pep668_venv" """)]
    public void Program_with_the_name_of_a_module_is_that_module(string name, string module = "")
    {
        string file = Write($$"""{"path": "{{_companion.At("/home/user/env")}}", "state": "absent"{{module}}}""");
        CompanionResult result = Companion.Finish(_companion.Start([Named(name), file])).Exits(0);
        Assert.False(Parse(result).GetProperty("changed").GetBoolean());
        Assert.True(Parse(Companion.Finish(_companion.Start([Named(name), "/nowhere"])).Exits(1)).GetProperty("failed").GetBoolean());
    }

    [Fact]
    public void Program_with_another_name_has_commands()
    {
        Assert.StartsWith("Lists", Companion.Finish(_companion.Start([Named("other"), "--help"])).Exits(0).Output);
        Assert.Contains("No command was given.", Companion.Finish(_companion.Start([Named("pep668_venv")])).Exits(2).Error);
    }

    [Fact]
    public void Parameters_are_read_from_standard_input()
    {
        string file = Write($$"""{"path": "{{_companion.At("/home/user/env")}}", "state": "absent"}""");
        CompanionResult result = _companion.Shell($"\"$@\" < '{file}'", "ansible", "pep668_venv").Exits(0);
        Assert.Equal("absent", Parse(result).GetProperty("state").GetString());
        Assert.Contains("is empty", Message(_companion.Run("ansible", "pep668_venv")));
    }

    [Fact]
    public void Unknown_module_is_wrong_usage() => Assert.StartsWith(
        "pep668: The module of Ansible must be pep668_venv, pep668_pip or pep668_info.",
        _companion.RunHere("ansible", "pip").Exits(2).Error);

    [Theory]
    [InlineData("requests", "installed")]
    [InlineData("pip", "removed", """, "state": "absent" """)]
    [InlineData("requests", "installed", """, "_ansible_check_mode": true """)]
    public void Refusal_has_its_first_sentence_and_the_distributors_message(string name, string done, string more = "")
    {
        CompanionResult result = Run("pep668_pip", $$"""{"environment": "{{Managed()}}", "name": "{{name}}"{{more}}}""");
        Assert.StartsWith($"Another package manager manages '{Managed()}' (PEP 668); nothing was {done}.\n\nUse apt.", Message(result));
        Assert.Equal("ExternallyManagedEnvironment", Parse(result).GetProperty("error_id").GetString());
    }

    [Fact]
    public void Override_on_the_machine_does_not_allow_an_install()
    {
        _companion.Set("PIP_BREAK_SYSTEM_PACKAGES", "1");
        Assert.Contains("Use apt.", Message(Run("pep668_pip", $$"""{"environment": "{{Managed()}}", "name": "requests"}""")));
    }

    [Fact]
    public void Info_has_the_state_of_an_environment_and_never_changes()
    {
        _companion.Set("PIP_BREAK_SYSTEM_PACKAGES", "1");
        string python = Managed();
        JsonElement one = Assert.Single(Changes("pep668_info", $$"""{"environment": "{{python}}"}""", false)
            .GetProperty("environments").EnumerateArray());
        Assert.Equal(python, one.GetProperty("environment").GetString());
        Assert.True(one.GetProperty("managed").GetBoolean());
        Assert.Contains("PIP_BREAK_SYSTEM_PACKAGES", Assert.Single(one.GetProperty("overrides").EnumerateArray()).GetString());
        Assert.Empty(one.GetProperty("conflicts").EnumerateArray());
        Assert.Equal(_companion.At("/usr/lib/python3.11/EXTERNALLY-MANAGED"), one.GetProperty("marker_path").GetString());
        Assert.Contains("'/nowhere' does not exist", Message(Run("pep668_info", """{"environment": "/nowhere"}""")));
    }

    [Fact]
    public void Password_of_an_index_is_in_no_output()
    {
        const string Index = "http://user:Secret-1@127.0.0.1:1/simple";
        string path = _companion.At("/home/user/env"), python = Interpreters.Newest(Needs.Ensurepip).Executable;
        _companion.Set("PEP668_CACHE_DIR", SharedSeeds.Cache).Set("PIP_RETRIES", "0");
        Changes("pep668_venv", $$"""{"path": "{{path}}", "python": "{{python}}", "index_url": "{{Index}}"}""", true);
        foreach (string more in (string[])[$"\"index_url\": \"{Index}\"", $"\"extra_index_urls\": \"{Index}\", \"no_index\": \"{Index}\"",
            $"\"find_links\": \"{Index}\", \"no_index\": true", $"\"version\": \"{Index}\""])
        {
            CompanionResult result = Run("pep668_pip", $$"""{"environment": "{{path}}", "name": "tiny", {{more}}}""").Exits(1);
            Assert.DoesNotContain("Secret-1", result.Output + result.Error, StringComparison.Ordinal);
        }
        CompanionResult venv = Run("pep668_venv", $$"""
            {"path": "{{path}}", "requirements": ["tiny @ {{Index}}/tiny.whl"], "_ansible_check_mode": true, "_ansible_diff": true}
            """);
        Assert.DoesNotContain("Secret-1", venv.Output + venv.Error, StringComparison.Ordinal);
    }

    private JsonElement Changes(string module, string json, bool isChanged)
    {
        JsonElement result = Parse(Run(module, json).Exits(0));
        Assert.Equal(isChanged, result.GetProperty("changed").GetBoolean());
        Assert.False(result.TryGetProperty("failed", out _));
        return result;
    }

    private CompanionResult Run(string module, string json) => _companion.RunHere("ansible", module, Write(json));

    private static string Message(CompanionResult result)
    {
        JsonElement failed = Parse(result.Exits(1));
        Assert.True(failed.GetProperty("failed").GetBoolean());
        return failed.GetProperty("msg").GetString()!;
    }

    private static JsonElement Parse(CompanionResult result)
    {
        Assert.Empty(result.Error);
        JsonElement one = JsonSerializer.Deserialize<JsonElement>(Assert.Single(result.Lines()));
        Assert.False(one.TryGetProperty("skipped", out _) || one.TryGetProperty("invocation", out _));
        return one;
    }

    private string Write(string json)
    {
        _companion.World.Write("/tmp/args", json);
        return _companion.At("/tmp/args");
    }

    private string Managed()
    {
        if (!Directory.Exists(_companion.At("/usr/lib/python3.11")))
        {
            _companion.World.Python("/usr", "3.11.2", "[externally-managed]\nError=Use apt.\n")
                .Write("/usr/lib/python3.11/site-packages/pip/__init__.py", "__version__ = '24.2'\n")
                .Write("/usr/lib/python3.11/site-packages/pip-24.2.dist-info/METADATA", "Metadata-Version: 2.1\nName: pip\nVersion: 24.2\n")
                .Write("/usr/lib/python3.11/site-packages/pip-24.2.dist-info/RECORD", "pip/__init__.py,,\n");
        }
        return _companion.At("/usr/bin/python3.11");
    }

    // The program under a name, with the files beside it that one which is not compiled ahead of time needs.
    private string Named(string name)
    {
        string folder = Directory.CreateDirectory(_companion.At("/opt/program")).FullName, program = Path.Combine(folder, name);
        Tool.Run("cp", ["-r", Companion.ProgramFolder + "/.", folder]).Checked();
        string source = Companion.Command is [string compiled] ? compiled : Path.Combine(folder, "pep668");
        File.Copy(source, program, overwrite: true);
        _companion.Set("DOTNET_ROOT", Path.GetDirectoryName(Companion.Command[0])!);
        return program;
    }
}
