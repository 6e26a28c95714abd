#!/usr/bin/env pwsh
<#
.SYNOPSIS
    Builds, tests, packs or cleans Pep668, opens a PowerShell with the module imported, or prints which component uses which.
.DESCRIPTION
    Build compiles the module and the companion program; after it, Import-Module ./Pep668.psd1 works. Shell builds,
    then opens a new PowerShell with the module imported. Test runs all tests, including the Pester suite. Pack writes
    out/Pep668, the module as it is installed, with the companion (compiled ahead of time) in its tools folder, and
    out/pep668-pep668-VERSION.tar.gz, the Ansible collection with the same companion. Graph runs the test of the layers
    and prints how many pairs of types connect the components of Core. Clean removes the results of all tasks.
.PARAMETER Task
    Specifies the task: Build, Shell, Test, Pack, Graph or Clean.
.PARAMETER Configuration
    Specifies Debug or Release. Pack always uses Release.
.PARAMETER Runtime
    Specifies the runtime identifier, such as linux-x64, for which Pack compiles the companion. The default is that of this machine.
.PARAMETER Companion
    Specifies companions that were compiled for other architectures of Linux, which Pack adds to the Ansible collection.
.PARAMETER Command
    Specifies a script that Shell runs after the import, instead of waiting for input.
.EXAMPLE
    ./build.ps1
.EXAMPLE
    ./build.ps1 Shell
.EXAMPLE
    ./build.ps1 Shell -Command 'Get-PythonEnvironment'
.EXAMPLE
    ./build.ps1 Pack
#>
[CmdletBinding()]
param(
    [Parameter(Position = 0)]
    [ValidateSet('Build', 'Shell', 'Test', 'Pack', 'Graph', 'Clean')]
    [string] $Task = 'Build',

    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Debug',

    [string] $Runtime = [System.Runtime.InteropServices.RuntimeInformation]::RuntimeIdentifier,

    [string[]] $Companion = @(),

    [string] $Command
)

$ErrorActionPreference = 'Stop'
Set-StrictMode -Version Latest

function Invoke-DotNet {
    & dotnet @args
    if ($LASTEXITCODE -ne 0) {
        throw "dotnet $($args -join ' ') ended with exit code $LASTEXITCODE."
    }
}

function Build-Product {
    foreach ($project in 'src/Pep668', 'src/Pep668.Cli') {
        Invoke-DotNet build $project --configuration $Configuration --nologo --verbosity quiet
    }
}

# A new process: an assembly that is loaded in this one could not be built again.
function Open-Shell {
    $program = [System.Environment]::ProcessPath
    # As a .NET tool, PowerShell runs in dotnet.
    $start = @([System.IO.Path]::GetFileNameWithoutExtension($program) -eq 'dotnet' ? "$PSHOME/pwsh.dll" : @())
    $import = "Import-Module '$((Join-Path $PSScriptRoot Pep668.psd1) -replace "'", "''")'"
    if ($Command) {
        & $program @start -NoProfile -NonInteractive -Command "$import; $Command"
    }
    else {
        & $program @start -NoLogo -NoExit -Command $import
    }
}

Push-Location $PSScriptRoot
try {
    switch ($Task) {
        'Build' { Build-Product }
        'Shell' {
            Build-Product
            Open-Shell
            exit $LASTEXITCODE
        }
        'Test' { Invoke-DotNet test Pep668.sln --configuration $Configuration --nologo }
        'Pack' {
            $package = Join-Path $PSScriptRoot 'out' 'Pep668'
            if (Test-Path $package) {
                Remove-Item $package -Recurse
            }
            Invoke-DotNet publish src/Pep668/Pep668.csproj --configuration Release --nologo --output (Join-Path $package 'bin')
            Invoke-DotNet publish src/Pep668.Cli/Pep668.Cli.csproj --configuration Release --nologo --runtime $Runtime --output (Join-Path $package 'tools')
            Copy-Item LICENSE, README.md, CHANGELOG.md, SECURITY.md, docs -Destination $package -Recurse
            Get-ChildItem $package -Recurse -Include *.pdb, *.dbg, *.xml -Exclude *.ps1xml | Remove-Item -Recurse
            # The manifest and the help, with ProjectUrl of Directory.Build.props or of a variable of that name.
            Invoke-DotNet msbuild src/Pep668/Pep668.csproj "-target:WritePackageFiles" "-property:PackageFolder=$package" -nologo
            $null = Test-ModuleManifest (Join-Path $package 'Pep668.psd1')
            Get-Item $package
            $program = Join-Path $package 'tools' ($Runtime.StartsWith('win') ? 'pep668.exe' : 'pep668')
            & ./build/New-AnsibleCollection.ps1 -Program (@($program) + $Companion) -Destination out
        }
        'Graph' {
            $env:PEP668_GRAPH = Join-Path ([System.IO.Path]::GetTempPath()) "pep668-graph-$PID.txt"
            try {
                Invoke-DotNet test tests/Pep668.Core.Tests --configuration $Configuration --nologo --verbosity quiet --filter FullyQualifiedName~LayersTests
                Get-Content $env:PEP668_GRAPH
            }
            finally {
                Remove-Item $env:PEP668_GRAPH -ErrorAction Ignore
                $env:PEP668_GRAPH = $null
            }
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
