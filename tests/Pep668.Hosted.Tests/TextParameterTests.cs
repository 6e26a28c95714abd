using System.Text.Json;

namespace Pep668.Hosted.Tests;

/// <summary>Every parameter that takes text: empty, of white space, or with the character that replaces bytes that are
/// not UTF-8. An empty path would be the session's location, the others another file.</summary>
public sealed class TextParameterTests : IDisposable
{
    // In a folder that is an environment, below one whose name has that character.
    private const string Script = """
        param([string] $folder)
        Set-Location -LiteralPath $folder
        $env:VIRTUAL_ENV = $env:CONDA_PREFIX = $null
        $common = [System.Management.Automation.Cmdlet]::CommonParameters + [System.Management.Automation.Cmdlet]::OptionalCommonParameters
        $out = foreach ($cmdlet in Get-Command -Module Pep668 -CommandType Cmdlet) {
            foreach ($parameter in $cmdlet.Parameters.Values) {
                $type = $parameter.ParameterType
                if ($parameter.Name -in $common -or $type -notin [string], [string[]], [psobject], [psobject[]]) { continue }
                foreach ($value in '', " `t", "./v-$([char] 0xFFFD)", $null) {
                    if ($parameter.Name -eq 'Language') { continue }
                    $given = @{ $parameter.Name = $value }
                    if ($cmdlet.Name -like 'Invoke-Pip*' -and $parameter.Name -notin 'Package', 'InputObject') { $given.Package = 'x' }
                    if ($parameter.Name -eq 'Python' -and $cmdlet.Name -eq 'Install-PythonApplication') { $given.Package = 'x' }
                    if ($cmdlet.Name -eq 'Get-PythonInstallAdvice' -and $parameter.Name -ne 'Package') { $given.Package = 'x' }
                    $found = @()
                    $result = $null
                    try { $result = & $cmdlet @given -ErrorAction SilentlyContinue -ErrorVariable found -WarningAction Ignore }
                    catch { $found = @($_) }
                    @{
                        Name = "$($cmdlet.Name) -$($parameter.Name) '$value'"
                        Ids = @($found | ForEach-Object { ($_.FullyQualifiedErrorId -split ',')[0] })
                        HasResult = $null -ne $result
                    }
                }
            }
        }
        ConvertTo-Json -Compress -InputObject @($out)
        """;

    private static readonly string[] Expected =
    [
        "ParameterArgumentValidationError", "ParameterArgumentValidationErrorEmptyStringNotAllowed",
        "ParameterArgumentValidationErrorNullNotAllowed", "ParameterArgumentValidationErrorEmptyArrayNotAllowed",
        "EnvironmentNotFound", "InvalidVersion", "InvalidMarker", "InvalidRequirement",
    ];

    private readonly Fixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    private sealed record Case(string Name, string[] Ids, bool HasResult);

    [Fact]
    public void Text_that_names_nothing_is_an_error_of_every_parameter()
    {
        string home = Path.GetDirectoryName(_fixture.Python("usr", "3.11.4"))!;
        foreach (string venv in (string[])["project", "project/v-\uFFFD"])
        {
            _fixture.Write($"{venv}/pyvenv.cfg", $"home = {home}\nversion = 3.11.4\n");
            _fixture.Write($"{venv}/lib/python3.11/site-packages/mine", "mine");
            Directory.CreateDirectory(Path.Combine(_fixture.Folder, venv, "bin"));
            File.CreateSymbolicLink(Path.Combine(_fixture.Folder, venv, "bin/python"), Path.Combine(home, "python3.11"));
        }
        string before = TreeSnapshot.Describe(_fixture.Folder);
        using var session = new Session(SourceTree.Manifest);
        Outcome outcome = session.Run(Script, Path.Combine(_fixture.Folder, "project"));
        Case[] cases = JsonSerializer.Deserialize<Case[]>(Assert.Single(outcome.Output))!;
        Assert.True(cases.Length > 80, $"{cases.Length} cases");
        string[] faults =
        [
            .. cases.Where(one => one.HasResult || one.Ids.Length == 0 || one.Ids.Except(Expected).Any())
                .Select(one => $"{one.Name}: {string.Join(' ', one.Ids)} {(one.HasResult ? "and a result" : "")}"),
        ];
        Assert.True(faults.Length == 0, string.Join('\n', faults));
        Assert.Equal(before, TreeSnapshot.Describe(_fixture.Folder));
    }

    [Theory]
    [InlineData("New-PythonVenv")]
    [InlineData("Test-ExternallyManaged")]
    [InlineData("Invoke-PipInstall x")]
    [InlineData("Get-PythonEnvironment")]
    public void Location_that_was_not_UTF8_is_refused(string command)
    {
        _fixture.Python("usr", "3.11.4");
        string folder = Path.GetDirectoryName(_fixture.Write("v-\uFFFD/x", ""))!;
        using var session = new Session(SourceTree.Manifest);
        Outcome outcome = session.Run($$"""
            param($folder)
            Set-Location -LiteralPath $folder
            try { $null = {{command}} -ErrorAction Stop; 'no error' } catch { "$_" }
            """, folder);
        Assert.Contains("U+FFFD", Assert.Single(outcome.Output));
        Assert.Equal(["x"], Directory.GetFileSystemEntries(folder).Select(Path.GetFileName));
    }

    [Fact]
    public void Empty_folder_becomes_an_environment_without_force()
    {
        string empty = Directory.CreateDirectory(Path.Combine(_fixture.Folder, "empty")).FullName;
        using var session = new Session(SourceTree.Manifest);
        Outcome outcome = session.Run("param($path) (New-PythonVenv $path -Python /usr/bin/python3 -WithoutPip).Prefix", empty);
        Assert.SkipWhen(outcome.ErrorIds is ["PythonNotFound" or "EnvironmentNotFound"], "needs /usr/bin/python3 with venv");
        Assert.Equal([empty], outcome.Output);
        Assert.Equal(["VenvAlreadyExists"], session.Run("param($path) New-PythonVenv $path -Python /usr/bin/python3", empty).ErrorIds);
    }
}
