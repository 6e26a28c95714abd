#!/usr/bin/env pwsh
<#
.SYNOPSIS
    Runs the Pester suite in this process, which must be a new one: an assembly cannot be loaded twice.
.DESCRIPTION
    The last line is "PESTER: <passed> passed, <failed> failed, <skipped> skipped (Pester <version>, PowerShell
    <version>)". Before it are the reasons for skipped tests, with their numbers. The exit code is 0 if all tests
    passed, 1 if a test failed or a file could not be run, 3 if Pester is missing.
.PARAMETER Path
    Specifies test files or folders. The default is every file in the folder of this script.
.PARAMETER Pester
    Specifies the path of Pester's manifest. The default is the newest installed Pester, which must be version 5 or later.
.PARAMETER Module
    Specifies the folder of the module under test, where Pep668.psd1 is. The default is the source tree after a build.
.EXAMPLE
    dotnet pwsh tests/Pester/Invoke-Suite.ps1 tests/Pester/Exit-PythonVenv.Tests.ps1
.EXAMPLE
    ./Invoke-Suite.ps1 -Module ../../out/Pep668
#>
[CmdletBinding()]
param(
    [Parameter(Position = 0)]
    [string[]] $Path = $PSScriptRoot,

    [string] $Pester,

    [string] $Module
)

if (-not $Pester) {
    $newest = Get-Module -ListAvailable -Name Pester | Where-Object Version -GE ([version]'5.0') |
        Sort-Object Version -Descending | Select-Object -First 1
    if ($null -eq $newest) {
        [Console]::Out.WriteLine('PESTER: not run: Pester 5 or later was not found. Install-PSResource Pester')
        exit 3
    }
    $Pester = $newest.Path
}
Import-Module $Pester -ErrorAction Stop
if ($Module) {
    $env:PEP668_TEST_MODULE = (Resolve-Path -LiteralPath $Module -ErrorAction Stop).ProviderPath
}

# The reason is the message of Set-ItResult, or a tag of the test or of a block around it: -Skip has no place for one.
function Get-SkipReason($Test) {
    $message = "$($Test.ErrorRecord.Exception.Message)" -replace '^is skipped(, because )?'
    if ($message) {
        return $message
    }
    for ($block = $Test; $null -ne $block; $block = $block.PSObject.Properties['Block'] ? $block.Block : $block.Parent) {
        if ($reason = @($block.Tag) -like 'needs *') {
            return $reason[0]
        }
    }
    'no reason given'
}

# One cache of seeds for all files: to make the seed of an interpreter takes seconds.
$cache = $env:PEP668_TEST_CACHE ? $null : [System.IO.Directory]::CreateTempSubdirectory('pep668-pester-cache-').FullName
if ($cache) {
    $env:PEP668_TEST_CACHE = $cache
}

$configuration = New-PesterConfiguration
$configuration.Run.Path = $Path
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = 'None'
try {
    $result = Invoke-Pester -Configuration $configuration
}
finally {
    if ($cache) {
        Remove-Item -Recurse -Force -LiteralPath $cache
        $env:PEP668_TEST_CACHE = $null
    }
}

foreach ($group in $result.Skipped | Group-Object { Get-SkipReason $_ } | Sort-Object Count -Descending) {
    [Console]::Out.WriteLine("skipped: $($group.Count): $($group.Name)")
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
$failed = $result.FailedCount + $result.FailedBlocksCount + $result.FailedContainersCount
$versions = "Pester $((Get-Module Pester).Version), PowerShell $($PSVersionTable.PSVersion)"
[Console]::Out.WriteLine("PESTER: $($result.PassedCount) passed, $failed failed, $($result.SkippedCount) skipped ($versions)")
exit ($result.Result -eq 'Passed' -and $result.PassedCount -gt 0 ? 0 : 1)
