# An isolated environment for tests: variables and folders that do not depend on the user, fake interpreters, and the paths of real ones.

Set-StrictMode -Version Latest

$script:Root = [System.IO.Path]::GetFullPath([System.IO.Path]::Combine($PSScriptRoot, '..', '..'))
$script:Module = $env:PEP668_TEST_MODULE ? [System.IO.Path]::GetFullPath($env:PEP668_TEST_MODULE) : $script:Root
$script:Candidates = @(
    '/usr/bin/python3'
    Get-Command -Name python3 -CommandType Application -All -ErrorAction Ignore | ForEach-Object { $_.Path } |
        Where-Object { $_ -notlike '*/shims/*' -and $_ -notlike '/bin/*' }
    Get-ChildItem -Path "$([System.Environment]::GetFolderPath('UserProfile'))/.pyenv/versions/*/bin/python" -ErrorAction Ignore |
        ForEach-Object { $_.FullName }
)
$script:Foreign = '^(PIP_|PIPX_|PYTHON|PYENV_|UV_|VIRTUAL_ENV|VIRTUALENV_|CONDA_|LC_|LANG|XDG_|ASDF_|WORKON_HOME)'
$script:Saved = $null
$script:Folders = [System.Collections.Generic.List[string]]::new()
$script:Venvs = @{}

<#
.SYNOPSIS
    The folder of the source tree.
#>
function Get-SourceRoot {
    $script:Root
}

<#
.SYNOPSIS
    The folder of the module under test, where Pep668.psd1 is: that of the variable PEP668_TEST_MODULE, or the source tree after a build.
#>
function Get-ModuleFolder {
    $script:Module
}

<#
.SYNOPSIS
    Loads the module under test, once.
#>
function Import-ModuleUnderTest {
    if (-not (Get-Module Pep668)) {
        Import-Module "$script:Module/Pep668.psd1" -Global
    }
}

<#
.SYNOPSIS
    The program that starts a PowerShell like this one, with its first argument: as a .NET tool, PowerShell runs in dotnet.
.EXAMPLE
    $pwsh = @(Get-PwshCommand); & /usr/bin/env @pwsh -NoProfile -Command '1 + 1'
#>
function Get-PwshCommand {
    $program = [System.Environment]::ProcessPath
    if ([System.IO.Path]::GetFileNameWithoutExtension($program) -eq 'dotnet') {
        $program, "$PSHOME/pwsh.dll"
    }
    else {
        $program
    }
}

<#
.SYNOPSIS
    Runs a new PowerShell like this one, with the arguments as they are.
#>
function Invoke-Pwsh {
    $pwsh = @(Get-PwshCommand)
    & $pwsh[0] @($pwsh | Select-Object -Skip 1) @args
}

<#
.SYNOPSIS
    Creates a folder for a world with real environments. Exit-World deletes it.
.DESCRIPTION
    After each block, Pester compares all files in TestDrive with those before it, which takes seconds for thousands of files.
#>
function New-WorldFolder {
    $folder = [System.IO.Directory]::CreateTempSubdirectory('pep668-world-').FullName
    $script:Folders.Add($folder)
    $folder
}

<#
.SYNOPSIS
    Enters a world of the tests' own: no variable of Python's tools, the system's PATH, an empty home. Exit-World puts everything back.
#>
function Enter-World {
    param([Parameter(Mandatory)] [string] $Folder)

    if ($null -ne $script:Saved) {
        throw 'A world was entered that nobody left.'
    }
    Import-ModuleUnderTest
    $script:Saved = @{
        Variables      = [System.Environment]::GetEnvironmentVariables()
        Location       = Get-Location
        ProcessFolder  = [System.Environment]::CurrentDirectory
        Culture        = [System.Globalization.CultureInfo]::CurrentUICulture
    }
    foreach ($name in @($script:Saved.Variables.Keys)) {
        if ($name -match $script:Foreign) {
            [System.Environment]::SetEnvironmentVariable($name, [NullString]::Value)
        }
    }
    $own = (New-Item -ItemType Directory -Force -Path ([System.IO.Path]::Combine($Folder, 'home'))).FullName
    $env:HOME = $own
    $env:PATH = $IsWindows ? "$env:SystemRoot\system32" : '/usr/bin:/bin'
    Set-Location -LiteralPath $own
}

<#
.SYNOPSIS
    Puts variables, location and culture back as Enter-World found them.
#>
function Exit-World {
    foreach ($name in @([System.Environment]::GetEnvironmentVariables().Keys)) {
        if (-not $script:Saved.Variables.ContainsKey($name)) {
            [System.Environment]::SetEnvironmentVariable($name, [NullString]::Value)
        }
    }
    foreach ($pair in $script:Saved.Variables.GetEnumerator()) {
        [System.Environment]::SetEnvironmentVariable($pair.Key, $pair.Value)
    }
    [System.Environment]::CurrentDirectory = $script:Saved.ProcessFolder
    [System.Globalization.CultureInfo]::CurrentUICulture = $script:Saved.Culture
    Set-Location -LiteralPath $script:Saved.Location
    $script:Saved = $null
    $script:Venvs.Clear()
    foreach ($folder in $script:Folders) {
        try {
            # Faster than Remove-Item, which deletes what a test made read-only.
            [System.IO.Directory]::Delete($folder, $true)
        }
        catch {
            Remove-Item -Recurse -Force -LiteralPath $folder
        }
    }
    $script:Folders.Clear()
}

<#
.SYNOPSIS
    Writes a file, with the folders it needs.
#>
function Set-Fixture {
    param(
        [Parameter(Mandatory)] [string] $Path,
        [AllowEmptyString()] [string] $Text = '',
        [byte[]] $Bytes,
        [switch] $Executable
    )

    $null = [System.IO.Directory]::CreateDirectory([System.IO.Path]::GetDirectoryName($Path))
    [System.IO.File]::WriteAllBytes($Path, $Bytes ? $Bytes : [System.Text.UTF8Encoding]::new($false).GetBytes($Text))
    if (-not $IsWindows) {
        [System.IO.File]::SetUnixFileMode($Path, $Executable ? 0x1ED : 0x1A4) # 0755, 0644
    }
}

<#
.SYNOPSIS
    Makes a symbolic link, whether its target is there or not.
#>
function New-FixtureLink {
    param([Parameter(Mandatory)] [string] $Path, [Parameter(Mandatory)] [string] $Target)

    $null = [System.IO.Directory]::CreateDirectory([System.IO.Path]::GetDirectoryName($Path))
    $null = [System.IO.File]::CreateSymbolicLink($Path, $Target)
}

<#
.SYNOPSIS
    An interpreter that is the bytes a reader looks at and nothing to run: an ELF header for x86-64, then the version. Returns its path.
#>
function New-FakePython {
    param(
        [Parameter(Mandatory)] [string] $Prefix,
        [Parameter(Mandatory)] [string] $Version,
        [string] $Marker,
        [ValidateSet('python', 'pypy')] [string] $Implementation = 'python',
        [string] $Suffix = '',
        [switch] $NotExecutable
    )

    $series = ($Version -split '\.')[0..1] -join '.'
    $name = "$Implementation$series$Suffix"
    $bytes = [byte[]]::new(256)
    [byte[]] $start = 0x7F, 0x45, 0x4C, 0x46, 2, 1
    $start.CopyTo($bytes, 0)
    $bytes[18] = 62
    [System.Text.Encoding]::ASCII.GetBytes("`0$Version`0").CopyTo($bytes, 99)
    Set-Fixture "$Prefix/bin/$name" -Bytes $bytes -Executable:(-not $NotExecutable)
    New-FixtureLink "$Prefix/bin/${Implementation}3" $name
    Set-Fixture "$Prefix/lib/$name/os.py"
    if ($PSBoundParameters.ContainsKey('Marker')) {
        Set-Fixture "$Prefix/lib/$name/EXTERNALLY-MANAGED" $Marker
    }
    "$Prefix/bin/$name"
}

<#
.SYNOPSIS
    A virtual environment of an interpreter from New-FakePython. Returns its interpreter's path.
.PARAMETER BaseFolder
    The folder of the base interpreter as the environment sees it, which is not its folder on disk below a root.
#>
function New-FakeVenv {
    param(
        [Parameter(Mandatory)] [string] $Folder,
        [Parameter(Mandatory)] [string] $BaseFolder,
        [Parameter(Mandatory)] [string] $Version,
        [string] $Prompt
    )

    $series = ($Version -split '\.')[0..1] -join '.'
    $config = "home = $BaseFolder`ninclude-system-site-packages = false`nversion = $Version`n"
    Set-Fixture "$Folder/pyvenv.cfg" ($config + ($Prompt ? "prompt = '$Prompt'`n" : ''))
    New-FixtureLink "$Folder/bin/python" "$BaseFolder/python$series"
    New-FixtureLink "$Folder/bin/python3" 'python'
    $null = [System.IO.Directory]::CreateDirectory("$Folder/lib/python$series/site-packages")
    "$Folder/bin/python"
}

<#
.SYNOPSIS
    The world of most tests, to be used with -Root: a distribution's 3.11.2 that is managed, three of pyenv, a pypy, a pre-release, a virtual environment.
#>
function New-FakeRoot {
    param([Parameter(Mandatory)] [string] $Folder)

    $null = New-FakePython "$Folder/usr" 3.11.2 -Marker "[externally-managed]`nError=use apt`nError-de_DE=nimm apt`n"
    foreach ($version in '3.1.5', '3.10.13', '3.12.1') {
        $null = New-FakePython "$Folder/home/user/.pyenv/versions/$version" $version
    }
    $null = [System.IO.Directory]::CreateDirectory("$Folder/home/user/.pyenv/shims")
    $null = New-FakePython "$Folder/opt/pypy" 3.9.16 -Implementation pypy
    $null = New-FakePython "$Folder/opt/pre" 3.14.0rc1
    $null = New-FakeVenv "$Folder/srv/web" /usr/bin 3.11.2 -Prompt shop
    $Folder
}

<#
.SYNOPSIS
    A real environment with pip, and without other distributions. Needs a Python with ensurepip.
.DESCRIPTION
    To create one takes a second. The one of the same number is used again: what was installed into it is deleted.
#>
function Get-CleanVenv([int] $Number = 0) {
    if (-not $script:Venvs.ContainsKey($Number)) {
        $venv = New-PythonVenv "$(New-WorldFolder)/v$Number" -Python (Get-RealPython -With ensurepip)
        $folders = $venv.SitePackages[0], $venv.Scripts
        $script:Venvs[$Number] = @{
            Venv    = $venv
            Folders = $folders
            Initial = @($folders | ForEach-Object { [System.IO.Directory]::GetFileSystemEntries($_) })
        }
    }
    $known = $script:Venvs[$Number]
    foreach ($item in $known.Folders | ForEach-Object { [System.IO.Directory]::GetFileSystemEntries($_) }) {
        if ($item -notin $known.Initial) {
            Remove-Item -Recurse -Force -LiteralPath $item
        }
    }
    $known.Venv
}

<#
.SYNOPSIS
    A wheel of one module, in a folder.
.PARAMETER Command
    Specifies commands, which print the name and the version.
#>
function New-FixtureWheel {
    param(
        [Parameter(Mandatory)] [string] $Folder,
        [Parameter(Mandatory)] [string] $Name,
        [Parameter(Mandatory)] [string] $Version,
        [string[]] $Requires = @(),
        [string[]] $Command = @()
    )

    $null = [System.IO.Directory]::CreateDirectory($Folder)
    $info = "$Name-$Version.dist-info"
    $texts = [ordered]@{
        "$Name.py"       = "version = '$Version'`ndef main():`n    print('$Name $Version')`n"
        "$info/METADATA" = "Metadata-Version: 2.1`nName: $Name`nVersion: $Version`n" + (-join ($Requires | ForEach-Object { "Requires-Dist: $_`n" }))
        "$info/WHEEL"    = "Wheel-Version: 1.0`nGenerator: test`nRoot-Is-Purelib: true`nTag: py3-none-any`n"
        "$info/RECORD"   = "$Name.py,,`n$info/METADATA,,`n$info/WHEEL,,`n$info/RECORD,,`n"
    }
    if ($Command) {
        $texts["$info/entry_points.txt"] = "[console_scripts]`n" + (-join ($Command | ForEach-Object { "$_ = ${Name}:main`n" }))
        $texts["$info/RECORD"] += "$info/entry_points.txt,,`n"
    }
    $archive = [System.IO.Compression.ZipFile]::Open("$Folder/$Name-$Version-py3-none-any.whl", 'Create')
    try {
        foreach ($text in $texts.GetEnumerator()) {
            $writer = [System.IO.StreamWriter]::new($archive.CreateEntry($text.Key).Open())
            $writer.Write($text.Value)
            $writer.Dispose()
        }
    }
    finally {
        $archive.Dispose()
    }
}

<#
.SYNOPSIS
    A home and a folder of wheels for the real pipx and uv, in an entered world. Returns the folder of commands, which is not on PATH.
#>
function Enter-ApplicationWorld {
    param([Parameter(Mandatory)] [string] $Folder)

    New-FixtureWheel "$Folder/wheels" alpha 1.0 -Command alpha
    New-FixtureWheel "$Folder/wheels" beta 1.0 -Command beta, beta-more
    New-FixtureWheel "$Folder/wheels" library 1.0
    $env:PIP_NO_INDEX = '1'
    $env:PIP_FIND_LINKS = "$Folder/wheels"
    $env:PIP_CONFIG_FILE = '/dev/null'
    $env:UV_CACHE_DIR = "$Folder/uv-cache"
    $env:UV_PYTHON_DOWNLOADS = 'never'
    # Not every version of uv has variables for these.
    Set-Fixture "$env:HOME/.config/uv/uv.toml" "no-index = true`nfind-links = ['$Folder/wheels']`n"
    if ($uv = Get-ProgramFolder uv) {
        $env:PATH += ":$uv"
    }
    Set-PipxLibrary $Folder
    "$env:HOME/.local/bin"
}

# Shared libraries of pipx, an environment with pip, for all test files. To create them at its first run, pipx takes five seconds; in a full run it does.
function Set-PipxLibrary([string] $Folder) {
    $python = Get-RealPython -With ensurepip
    if ($env:PEP668_TEST_FULL -eq '1' -or -not $python -or -not (Get-ProgramFolder pipx)) {
        return
    }
    $env:PEP668_CACHE_DIR = $env:PEP668_TEST_CACHE ? $env:PEP668_TEST_CACHE : "$Folder/cache"
    $env:PIPX_SHARED_LIBS = "$env:PEP668_CACHE_DIR/pipx"
    if (-not (Test-Path -LiteralPath $env:PIPX_SHARED_LIBS)) {
        # Another process may be faster: what is created is complete as soon as it has its name.
        $null = New-PythonVenv $env:PIPX_SHARED_LIBS -Python $python -ErrorAction Ignore
    }
}

<#
.SYNOPSIS
    The folder of a program on the PATH of the user who runs the tests; nothing if it is missing.
#>
function Get-ProgramFolder([string] $Name) {
    $path = $null -eq $script:Saved ? $env:PATH : $script:Saved.Variables['PATH']
    $path -split [System.IO.Path]::PathSeparator | Where-Object { $_ -notlike '*/shims' -and [System.IO.File]::Exists("$_/$Name") } | Select-Object -First 1
}

<#
.SYNOPSIS
    The path of a real interpreter of this machine: the system's, one on PATH, or pyenv's. Nothing when none is suitable.
.PARAMETER Series
    Specifies a version such as 3.12. The default is any Python 3.
.PARAMETER With
    Specifies what it must have: pip, ensurepip (Debian packages it as python3-venv) or an EXTERNALLY-MANAGED marker.
.PARAMETER All
    Indicates that every suitable interpreter is returned, also Python 2, not only the first.
#>
function Get-RealPython {
    param(
        [string] $Series,
        [ValidateSet('pip', 'ensurepip', 'marker')] [string[]] $With = @(),
        [switch] $All
    )

    # Global: each test file imports this module again, and asking every interpreter takes a second.
    if (-not (Test-Path Variable:global:Pep668RealPythons)) {
        $global:Pep668RealPythons = @($script:Candidates | Where-Object { [System.IO.File]::Exists($_) } | Select-Object -Unique |
                ForEach-Object { Get-PythonFact $_ } | Where-Object { $_ })
    }
    $suitable = @($global:Pep668RealPythons | Where-Object {
            $python = $_
            $wanted = $Series ? $python.Version.StartsWith("$Series.") : ($All -or $python.Version -notlike '2.*')
            $wanted -and -not ($With | Where-Object { $_ -notin $python.Has })
        })
    $suitable | Select-Object -First ($All ? [int]::MaxValue : 1) | ForEach-Object { $_.Path }
}

<#
.SYNOPSIS
    The first of some interpreters, which is the system's, the oldest and the newest; all of them in a full run (PEP668_TEST_FULL=1).
#>
function Get-Sample([string[]] $Python) {
    if ($env:PEP668_TEST_FULL -eq '1' -or $Python.Count -lt 4) {
        return $Python
    }
    $byAge = @($Python | Sort-Object { Get-RealVersion $_ })
    @($Python[0], $byAge[0], $byAge[-1]) | Select-Object -Unique
}

<#
.SYNOPSIS
    The version of an interpreter from Get-RealPython, without another run of it.
#>
function Get-RealVersion([string] $Python) {
    [version](@($global:Pep668RealPythons | Where-Object { $_.Path -eq $Python })[0].Version -replace '[^\d.].*')
}

# Nothing for a file that is not a Python that runs.
function Get-PythonFact([string] $Path) {
    $script = @'
import os, pkgutil, platform, sysconfig
has = [name for name in ("pip", "ensurepip") if pkgutil.find_loader(name)] if platform.python_version() < "3" else \
    [name for name in ("pip", "ensurepip") if __import__("importlib.util").util.find_spec(name)]
if os.path.isfile(os.path.join(sysconfig.get_path("stdlib"), "EXTERNALLY-MANAGED")): has.append("marker")
print(" ".join([platform.python_version()] + has))
'@
    $answer = & $Path -E -s -c $script 2> $null
    if ($LASTEXITCODE -eq 0 -and $answer) {
        $version, $has = -split $answer
        @{ Path = $Path; Version = $version; Has = @($has) }
    }
}

<#
.SYNOPSIS
    What an interpreter reports about itself when it runs.
#>
function Get-PythonAnswer {
    param([Parameter(Mandatory)] [string] $Executable, [Parameter(Mandatory)] [string] $Expression)

    & $Executable -E -s -c "import sys, platform, sysconfig; print($Expression)"
}

<#
.SYNOPSIS
    Runs a pipeline and sorts what it gives: Output, Errors, Warnings, Verbose; Ids are the first parts of the errors' ids.
#>
function Invoke-Pipeline {
    param([Parameter(Mandatory, Position = 0)] [scriptblock] $Script)

    $result = [pscustomobject]@{ Output = @(); Errors = @(); Ids = @(); Warnings = @(); Verbose = @() }
    foreach ($item in & $Script *>&1) {
        switch ($item) {
            { $_ -is [System.Management.Automation.ErrorRecord] } {
                $result.Errors += $item
                $result.Ids += ($item.FullyQualifiedErrorId -split ',')[0]
                break
            }
            { $_ -is [System.Management.Automation.WarningRecord] } { $result.Warnings += $item.Message; break }
            { $_ -is [System.Management.Automation.VerboseRecord] } { $result.Verbose += $item.Message; break }
            default { $result.Output += $item }
        }
    }
    $result
}

<#
.SYNOPSIS
    The lines that a script shows in the console with -WhatIf. No stream has them, but a transcript does.
#>
function Get-WhatIfLine([Parameter(Mandatory)] [scriptblock] $Script) {
    $file = [System.IO.Path]::GetTempFileName()
    try {
        $null = Start-Transcript -LiteralPath $file -UseMinimalHeader
        try {
            $null = & $Script
        }
        finally {
            $null = Stop-Transcript
        }
        (Get-Content -LiteralPath $file) -like 'What if: *'
    }
    finally {
        Remove-Item -LiteralPath $file
    }
}

<#
.SYNOPSIS
    What every error of the contract has: id, category, the target, a recommendation, and a message that is one sentence or more.
#>
function Assert-Failure {
    param(
        [Parameter(Mandatory)] [AllowEmptyCollection()] [object[]] $Errors,
        [Parameter(Mandatory)] [string] $Id,
        [Parameter(Mandatory)] [string] $Category,
        [object] $Target,
        [int] $Count = 1,
        [switch] $WithoutRemedy
    )

    if ($Errors.Count -ne $Count) {
        throw "Expected $Count error(s), but got $($Errors.Count): $($Errors -join ' | ')"
    }
    foreach ($one in $Errors) {
        ($one.FullyQualifiedErrorId -split ',')[0] | Should -BeExactly $Id
        $one.CategoryInfo.Category | Should -Be $Category
        [string]::IsNullOrEmpty($one.ErrorDetails.RecommendedAction) | Should -Be $WithoutRemedy.IsPresent -Because "$one"
        $null = [scriptblock]::Create(($one.ErrorDetails.RecommendedAction -replace '\n  Why, and how to override: Get-Help about_Pep668_Refusals$'))
        "$one" | Should -Match '\.$'
    }
    if ($PSBoundParameters.ContainsKey('Target')) {
        $Errors[0].TargetObject | Should -Be $Target
    }
}

# The commands of an error's remedies, without their reasons.
function Get-Remedy {
    param([Parameter(Mandatory, ValueFromPipeline)] [System.Management.Automation.ErrorRecord] $ErrorRecord)

    process {
        $ErrorRecord.ErrorDetails.RecommendedAction -split "`n" | Where-Object { $_ } | ForEach-Object { $_.Trim() -replace ' {4,}# .*$' }
    }
}

Export-ModuleMember -Function *
