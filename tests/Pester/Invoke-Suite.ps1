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
.PARAMETER Claims
    Specifies an empty folder that several processes share. Each test file is run by the process that is the first to
    create a file of that name there.
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

    [string] $Claims,

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

function Test-Claim([System.IO.FileInfo] $File) {
    try {
        [System.IO.File]::Open((Join-Path $Claims $File.Name), 'CreateNew').Dispose()
        $true
    }
    catch [System.IO.IOException] {
        $false
    }
}

# The largest files first: at the end, no process waits long for another.
$files = Get-ChildItem -Path $Path -Recurse -Filter *.Tests.ps1 | Sort-Object Length -Descending
$configuration = New-PesterConfiguration
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = 'None'
try {
    $results = @(foreach ($file in $files) {
        if (-not $Claims -or (Test-Claim $file)) {
            $configuration.Run.Path = $file.FullName
            Invoke-Pester -Configuration $configuration
        }
    })
}
finally {
    if ($cache) {
        Remove-Item -Recurse -Force -LiteralPath $cache
        $env:PEP668_TEST_CACHE = $null
    }
}

foreach ($group in $results.Skipped | Group-Object { Get-SkipReason $_ } | Sort-Object Count -Descending) {
    [Console]::Out.WriteLine("skipped: $($group.Count): $($group.Name)")
}
foreach ($test in $results.Failed) {
    [Console]::Out.WriteLine("FAILED: $($test.ExpandedPath)")
    foreach ($record in $test.ErrorRecord) {
        [Console]::Out.WriteLine("    $($record.DisplayErrorMessage)`n    $($record.DisplayStackTrace)")
    }
}
foreach ($block in $results | ForEach-Object { $_.FailedBlocks; $_.FailedContainers }) {
    [Console]::Out.WriteLine("FAILED: $($block.ExpandedPath ?? $block.Item): $($block.ErrorRecord -join "`n    ")")
}
function Get-Sum([string] $Property) {
    [int] ($results | Measure-Object -Property $Property -Sum).Sum
}

$passed = Get-Sum PassedCount
$failed = (Get-Sum FailedCount) + (Get-Sum FailedBlocksCount) + (Get-Sum FailedContainersCount)
$versions = "Pester $((Get-Module Pester).Version), PowerShell $($PSVersionTable.PSVersion)"
[Console]::Out.WriteLine("PESTER: $passed passed, $failed failed, $(Get-Sum SkippedCount) skipped ($versions)")
$hasFailed = $failed -gt 0 -or @($results | Where-Object Result -NE 'Passed').Count -gt 0
exit ($hasFailed -or ($passed -eq 0 -and -not $Claims) ? 1 : 0)
