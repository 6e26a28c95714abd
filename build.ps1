#!/usr/bin/env pwsh
<#
.SYNOPSIS
    Builds, tests, packs or cleans Pep668.
.DESCRIPTION
    Build leaves a tree from which Import-Module ./Pep668.psd1 works. Test runs everything, the Pester suite included. Pack makes out/Pep668, the module
    as it is installed, with the companion (compiled ahead of time) in its tools folder. Clean removes what these made.
.PARAMETER Task
    Build, Test, Pack or Clean.
.PARAMETER Configuration
    Debug or Release; Pack always takes Release.
.PARAMETER Runtime
    The runtime identifier for which Pack compiles the companion, such as linux-x64. The default is this machine's.
.EXAMPLE
    ./build.ps1
.EXAMPLE
    ./build.ps1 Pack
#>
[CmdletBinding()]
param(
    [Parameter(Position = 0)]
    [ValidateSet('Build', 'Test', 'Pack', 'Clean')]
    [string] $Task = 'Build',

    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Debug',

    [string] $Runtime = [System.Runtime.InteropServices.RuntimeInformation]::RuntimeIdentifier
)

$ErrorActionPreference = 'Stop'
Set-StrictMode -Version Latest

function Invoke-DotNet {
    & dotnet @args
    if ($LASTEXITCODE -ne 0) {
        throw "dotnet $($args -join ' ') ended with exit code $LASTEXITCODE."
    }
}

Push-Location $PSScriptRoot
try {
    switch ($Task) {
        'Build' { Invoke-DotNet build Pep668.sln --configuration $Configuration --nologo }
        'Test' { Invoke-DotNet test Pep668.sln --configuration $Configuration --nologo }
        'Pack' {
            $package = Join-Path $PSScriptRoot 'out' 'Pep668'
            if (Test-Path $package) {
                Remove-Item $package -Recurse
            }
            Invoke-DotNet publish src/Pep668/Pep668.csproj --configuration Release --nologo --output (Join-Path $package 'bin')
            Invoke-DotNet publish src/Pep668.Cli/Pep668.Cli.csproj --configuration Release --nologo --runtime $Runtime --output (Join-Path $package 'tools')
            Copy-Item Pep668.psd1, LICENSE, README.md, CHANGELOG.md, docs -Destination $package -Recurse
            Get-ChildItem $package -Recurse -Include *.pdb, *.dbg, *.xml -Exclude *.ps1xml | Remove-Item -Recurse
            if (Test-Path en-US) {
                Copy-Item en-US -Destination $package -Recurse
            }
            $null = Test-ModuleManifest (Join-Path $package 'Pep668.psd1')
            Get-Item $package
        }
        'Clean' {
            Get-ChildItem -Path bin, out, src/*/bin, src/*/obj, tests/*/bin, tests/*/obj -ErrorAction Ignore |
                Where-Object { Test-Path $_ } | Remove-Item -Recurse -Force
        }
    }
}
finally {
    Pop-Location
}
