#!/usr/bin/env pwsh
<#
.SYNOPSIS
    Runs the Pester suite in this process, which must be a fresh one: a module's assemblies cannot be loaded a second time.
.DESCRIPTION
    The last line is "PESTER: <passed> passed, <failed> failed, <skipped> skipped". The exit code is 0 when all is well, 1 when a test failed or a file
    could not be run, 3 when there is no Pester 5.
.PARAMETER Path
    Test files or folders; the default is every file beside this one.
#>
[CmdletBinding()]
param(
    [string[]] $Path = $PSScriptRoot
)

$newest = Get-Module -ListAvailable -Name Pester | Sort-Object Version -Descending | Select-Object -First 1
if ($null -eq $newest -or $newest.Version -lt [version]'5.0') {
    [Console]::Out.WriteLine("PESTER: not run: Pester 5 or later is needed, $($newest ? "but only $($newest.Version) is here" : 'and none is here'). Install-Module Pester -Scope CurrentUser")
    exit 3
}
Import-Module $newest.Path -ErrorAction Stop

$configuration = New-PesterConfiguration
$configuration.Run.Path = $Path
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = 'None'
$result = Invoke-Pester -Configuration $configuration

foreach ($test in $result.Skipped) {
    [Console]::Out.WriteLine("skipped: $($test.ExpandedPath): $($test.ErrorRecord.Exception.Message)")
}
foreach ($test in $result.Failed) {
    [Console]::Out.WriteLine("FAILED: $($test.ExpandedPath)")
    foreach ($record in $test.ErrorRecord) {
        [Console]::Out.WriteLine("    $($record.DisplayErrorMessage)`n    $($record.DisplayStackTrace)")
    }
}
foreach ($block in $result.FailedBlocks + $result.FailedContainers) {
    [Console]::Out.WriteLine("FAILED: $($block.ExpandedPath ?? $block.Item): $($block.ErrorRecord -join "`n    ")")
}
[Console]::Out.WriteLine("PESTER: $($result.PassedCount) passed, $($result.FailedCount + $result.FailedBlocksCount + $result.FailedContainersCount) failed, $($result.SkippedCount) skipped")
exit ($result.Result -eq 'Passed' -and $result.PassedCount -gt 0 ? 0 : 1)
