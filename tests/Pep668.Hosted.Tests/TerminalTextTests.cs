using System.Text.Json;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Pep668.Text;

namespace Pep668.Hosted.Tests;

/// <summary>Names, settings and texts from outside do not reach the terminal as control characters, and add no lines.
/// The objects have them exactly.</summary>
public sealed class TerminalTextTests : IDisposable
{
    private const string Hostile = "e\u001B[31m\nforged  3.9\u0085\u009B0m\u202E\u2066\u2028\u007F\r\tx";

    private readonly Fixture _fixture = new();
    private readonly Session _session = new(SourceTree.Manifest);

    public void Dispose()
    {
        _session.Dispose();
        _fixture.Dispose();
    }

    [Fact]
    public void Tables_and_lists_show_one_line_for_a_hostile_path()
    {
        string python = _fixture.Python(Hostile, "3.11.4", "[externally-managed]\nError=use\u001B[2J apt\n second\u202E\u2028 line\n");
        string table = Shown("Get-PythonEnvironment -LiteralPath $given[0]", python);
        Assert.Equal(3, table.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains(@"\u001b[31m\nforged", table);
        string list = Shown("Get-ExternallyManagedMarker $given[0]", python);
        Assert.Contains("use\\u001b[2J apt", list);
        Assert.Contains("second\\u202e\\u2028 line", list);
        Assert.DoesNotContain("\nforged", list);
        Assert.Equal([python, "use\u001B[2J apt\nsecond\u202E\u2028 line"], _session.Run(
            "param($path) (Get-PythonEnvironment -LiteralPath $path).Executable; (Get-ExternallyManagedMarker $path).Message",
            python).Output);
    }

    [Fact]
    public void Tables_of_overrides_show_one_line_for_a_hostile_setting()
    {
        string python = _fixture.Python("plain", "3.11.4");
        string file = _fixture.Write($"pip{Hostile}.conf", "[global]\nbreak-system-packages = yes\u202E\u001B[0m\n");
        string table = Shown(
            "& { $env:PIP_CONFIG_FILE = $given[1]; try { Get-PipOverride $given[0] } finally { $env:PIP_CONFIG_FILE = $null } }",
            python, file);
        Assert.Contains("forged", table);
        Assert.DoesNotContain("\nforged", table);
    }

    [Theory]
    [InlineData("Get-PythonEnvironment -LiteralPath $given[0]")]
    [InlineData("Get-PythonEnvironment $given[1]")]
    [InlineData("Test-ExternallyManaged $given[1]")]
    [InlineData("Get-ExternallyManagedMarker -LiteralPath $given[0]")]
    [InlineData("Get-PythonEnvironment -Root $given[0]")]
    [InlineData("Get-PythonEnvironment -Command $given[1]")]
    [InlineData("Get-PythonEnvironment -Version $given[1]")]
    [InlineData("Enter-PythonVenv $given[0]")]
    [InlineData("New-PythonVenv -Python $given[0]")]
    [InlineData("[pscustomobject] @{ PSComputerName = $given[1]; Executable = $given[1] } | Test-ExternallyManaged")]
    public void Errors_show_hostile_text_on_one_line_and_keep_it_in_their_target(string command)
    {
        string[] texts = Values($$"""
            $null = {{command}} -ErrorVariable found -ErrorAction SilentlyContinue
            foreach ($one in $found) {
                $one.Exception.Message; $one.ErrorDetails.Message; $one.ErrorDetails.RecommendedAction; $one.CategoryInfo.ToString()
                $one | Out-String -Width 4096
            }
            """, "/none/" + Hostile, Hostile);
        Assert.NotEmpty(texts);
        AssertHarmless(texts);
        Assert.All(texts, one => Assert.DoesNotContain("\nforged", one));
        Assert.Contains(texts, one => one.Contains(@"\u001b[31m\nforged", StringComparison.Ordinal));
    }

    [Fact]
    public void Target_of_an_error_is_exact() => Assert.Equal([Hostile], Values(
        "$null = Get-PythonEnvironment $given[0] -ErrorVariable found -ErrorAction SilentlyContinue; $found[0].TargetObject", Hostile));

    [Fact]
    public void Warnings_and_verbose_texts_are_one_line()
    {
        string python = _fixture.Python(Hostile, "3.11.4");
        string[] texts = Values("""
            Test-ExternallyManaged $given[0] -Verbose 4>&1 | Where-Object { $_ -isnot [bool] } | ForEach-Object Message
            Get-PythonEnvironment "$($given[1])*" -Verbose 4>&1 | ForEach-Object Message
            Test-PythonVenv $given[2] -WarningVariable warnings 3>$null | Out-Null
            $warnings.Message
            """, python, Hostile, Venv("venv", $"{Path.GetDirectoryName(python)!.Replace('\n', 'n')}"));
        Assert.True(texts.Length >= 3, string.Join('|', texts));
        AssertHarmless(texts);
        Assert.All(texts, one => Assert.DoesNotContain("\nforged", one));
    }

    [Fact]
    public void Completion_shows_hostile_names_escaped_and_completes_them_exactly()
    {
        const string name = "env\u001B[31m \u202E'“$x`";
        Venv($"home/user/.virtualenvs/{name}", "/usr/bin");
        _fixture.Python("usr", "3.11.4");
        string[] found = Values("""
            $line = "Test-ExternallyManaged -Root '$($given[0])' -Environment env"
            $all = [System.Management.Automation.CommandCompletion]::CompleteInput($line, $line.Length, $null).CompletionMatches
            foreach ($one in $all) { $one.ListItemText; $one.ToolTip; $one.CompletionText; Invoke-Expression $one.CompletionText }
            """, _fixture.Folder);
        Assert.Equal(4, found.Length);
        AssertHarmless(found[..3]);
        Assert.Equal(name, found[3]);
    }

    [Fact]
    public void Prompt_shows_a_hostile_name_escaped()
    {
        _fixture.Python("usr", "3.11.4");
        string venv = Venv("venv", Path.Combine(_fixture.Folder, "usr/bin"), "prompt = 'e\u001B[31m\u202Ex'\n");
        string[] shown = Values("""
            Enter-PythonVenv $given[0]
            & { prompt } 6>&1 | ForEach-Object { "$_" } | Select-Object -First 1
            $env:VIRTUAL_ENV_PROMPT
            Exit-PythonVenv
            """, venv);
        Assert.Equal([@"(e\u001b[31m\u202ex) ", "e\u001B[31m\u202Ex"], shown);
    }

    /// <summary>A cmdlet that called PowerShell itself would show a text as it is.</summary>
    [Fact]
    public void Cmdlets_show_text_through_their_base_class_only()
    {
        string[] shows = ["WriteVerbose", "WriteWarning", "WriteProgress", "WriteError", "WriteDebug", "WriteInformation", "ShouldProcess",
            "ThrowTerminatingError"];
        using var module = ModuleDefinition.ReadModule(SourceTree.Module);
        string[] found =
        [
            .. from type in module.GetTypes()
               where type.Name is not "Pep668Command"
               from method in type.Methods
               where method.HasBody
               from instruction in method.Body.Instructions
               where instruction.Operand is MethodReference called && called.DeclaringType.Name is "Cmdlet"
                   && shows.Contains(called.Name)
               select $"{method.FullName}: {instruction.Operand}",
        ];
        Assert.Empty(found);
    }

    private string Venv(string path, string home, string more = "")
    {
        string config = _fixture.Write($"{path}/pyvenv.cfg", $"home = {home}\nversion = 3.11.4\n{more}");
        string folder = Path.GetDirectoryName(config)!;
        Directory.CreateDirectory(Path.Combine(folder, "bin"));
        Directory.CreateDirectory(Path.Combine(folder, "lib/python3.11/site-packages"));
        File.CreateSymbolicLink(Path.Combine(folder, "bin/python"), Path.Combine(home, "python3.11"));
        return folder;
    }

    private string Shown(string command, params string[] given)
    {
        string text = Assert.Single(Values($"{command} | Out-String -Width 4096", given)).Trim();
        AssertHarmless([text]);
        return text;
    }

    // As JSON, so that each value is apart from the next.
    private string[] Values(string script, params string[] given)
    {
        Outcome outcome = _session.Run(
            $"param([string[]] $given)\n$PSStyle.OutputRendering = 'PlainText'\n$ErrorActionPreference = 'Continue'\n"
            + $"$all = @(& {{\n{script}\n}} | Where-Object {{ $null -ne $_ }} | ForEach-Object {{ [string] $_ }})\n"
            + "ConvertTo-Json -Compress -InputObject $all", [given]);
        return JsonSerializer.Deserialize<string[]>(Assert.Single(outcome.Output))!;
    }

    private static void AssertHarmless(IEnumerable<string> texts)
    {
        foreach (string text in texts)
        {
            Assert.DoesNotContain(text, letter => letter != '\n' && DisplayText.IsUnsafe(letter));
        }
    }
}
