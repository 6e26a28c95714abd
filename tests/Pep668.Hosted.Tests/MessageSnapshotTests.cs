using System.Reflection;

namespace Pep668.Hosted.Tests;

/// <summary>The messages of the module, in files for reviewers.</summary>
public sealed class MessageSnapshotTests : IDisposable
{
    private const string Folder = "tests/Pep668.Hosted.Tests/Messages";
    private const string Errors = "Errors.txt";

    private readonly Fixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void Messages_are_those_of_the_files()
    {
        using var catalog = new MessageCatalog();
        MessageSnapshot.Compare(Folder, MessageSnapshot.Files(catalog.ForReaders(Assembly.LoadFrom(SourceTree.Module))), Errors);
    }

    /// <summary>What depends on the machine, such as its Pythons and refusals, is in the files of Core's
    /// messages.</summary>
    [Fact]
    public void Errors_of_cmdlets_are_those_of_the_file()
    {
        _fixture.Python("plain", "3.11.4");
        _fixture.Write("folder/file.txt", "");
        string[] commands =
        [
            "Get-PythonEnvironment ./nowhere", "Get-PythonEnvironment ''", "Get-PythonEnvironment ./folder",
            "Get-PythonEnvironment ./folder/file.txt",
            "Get-PythonEnvironment -Version x.y", "Get-PythonEnvironment -Root ./nowhere", "Get-PythonEnvironment -Root . -Verify",
            "Get-PythonEnvironment ./nowhere -Recurse", "Get-PythonEnvironment -Command ./nowhere",
            "Get-ExternallyManagedMarker ./nowhere", "Get-ExternallyManagedMarker -LiteralPath ./nowhere",
            "Test-ExternallyManaged ./nowhere",
            "Get-PythonPackage ./nowhere", "Get-PythonPackage ./plain -Name requests", "Get-PythonPackage -Path ./nowhere",
            "Get-PythonPackage -Path ./folder/file.txt", "Get-PythonPackage -Path ./folder -Name requests", "Get-PythonPackage -Path '[x'",
            "Get-PipOverride ./nowhere", "New-PythonVenv ./folder -Python ./plain", "New-PythonVenv ./new -Python ./nowhere",
            "New-PythonVenv 'a:b' -Python ./plain", "Test-PythonVenv ./plain",
            "Repair-PythonVenv ./plain", "Remove-PythonVenv ./plain", "Remove-PythonVenv ./folder", "Remove-PythonVenv ./nowhere",
            "Remove-PythonVenv 3.11",
            "Enter-PythonVenv ./plain", "Exit-PythonVenv", "Invoke-PipInstall -Environment ./plain",
            "Invoke-PipInstall alpha=2.0 -Environment ./plain",
            "Invoke-PipInstall 'requests[' -Environment ./plain", "Invoke-PipInstall -Requirement none.txt -Environment ./plain",
            "Invoke-PipInstall requests -Environment ./plain -Installer Pip",
            "[pscustomobject] @{ PSComputerName = 'server1'; Executable = '/usr/bin/python3' } | Test-ExternallyManaged",
        ];
        using var session = new Session(SourceTree.Manifest);
        Outcome outcome = session.Run("""
            param($folder, $commands)
            Set-Location -LiteralPath $folder
            $env:VIRTUAL_ENV = $env:CONDA_PREFIX = $null
            foreach ($command in $commands) {
                "PS> $command"
                & ([scriptblock]::Create($command)) 2>&1 3>&1 | ForEach-Object {
                    if ($_ -is [System.Management.Automation.ErrorRecord]) {
                        "  error $(($_.FullyQualifiedErrorId -split ',')[0]): $($_.ErrorDetails ?? $_)$($_.ErrorDetails.RecommendedAction)"
                    }
                    elseif ($_ -is [System.Management.Automation.WarningRecord]) { "  warning: $_" }
                    else { "  ($($_.GetType().Name))" }
                }
                ''
            }
            """, _fixture.Folder, commands);
        MessageSnapshot.CompareOne(Folder, Errors, "# Errors of cmdlets, with what ConciseView shows as recommendation.\n\n"
            + string.Join('\n', outcome.Output).Replace(_fixture.Folder, "/project", StringComparison.Ordinal) + "\n");
    }
}
