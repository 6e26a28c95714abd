# Windows as a user meets it: drives, the registry, programs without links. No Python for Windows comes in a package, so this one is the
# bytes that a reader looks at, with the standard library of a real Python from the folder in PEP668_TEST_PYTHON_LIBRARY.

BeforeDiscovery {
    $library = $env:PEP668_TEST_PYTHON_LIBRARY
}

BeforeAll {
    Import-Module "$PSScriptRoot/World.psm1" -Force
    if ($IsWindows -and $env:PEP668_TEST_PYTHON_LIBRARY) {
        $here = "$([System.IO.Directory]::CreateTempSubdirectory('pep668-windows-').FullName)"
        Enter-World $here
        $env:PEP668_CACHE_DIR = "$here\cache"
        $program = [byte[]]::new(512)
        [System.Text.Encoding]::ASCII.GetBytes('MZ').CopyTo($program, 0)
        [System.BitConverter]::GetBytes(128).CopyTo($program, 60)
        [System.Text.Encoding]::ASCII.GetBytes("PE`0`0").CopyTo($program, 128)
        [System.BitConverter]::GetBytes([uint16]0x8664).CopyTo($program, 132)
        $library = [byte[]]$program.Clone()
        [System.Text.Encoding]::ASCII.GetBytes('3.13.0').CopyTo($library, 200)
        foreach ($name in 'python.exe', 'pythonw.exe', 'Lib\venv\scripts\nt\venvlauncher.exe', 'Lib\venv\scripts\nt\venvwlauncher.exe') {
            Set-Fixture "$here\Python313\$name" -Bytes $program
        }
        Set-Fixture "$here\Python313\python313.dll" -Bytes $library
        foreach ($name in 'os.py', 'venv', 'ensurepip') {
            Copy-Item -Recurse -Force "$env:PEP668_TEST_PYTHON_LIBRARY\$name" "$here\Python313\Lib\"
        }
        $python = "$here\Python313\python.exe"
        $key = 'HKCU:\Software\Python\PythonCore\3.13-pep668'
        $null = New-Item -Force "$key\InstallPath" -Value "$here\Python313\"
    }
}

AfterAll {
    if ($IsWindows -and $env:PEP668_TEST_PYTHON_LIBRARY) {
        Remove-Item -Recurse -Force -LiteralPath $key
        Exit-World
        Remove-Item -Recurse -Force -LiteralPath $here
    }
}

Describe 'On Windows' -Skip:(-not $IsWindows -or -not $library) -Tag 'needs Windows and PEP668_TEST_PYTHON_LIBRARY' {
    BeforeEach {
        $venv = "$here\v$([guid]::NewGuid().ToString('N').Substring(0, 6))"
    }

    Context 'the environments' {
        It 'include a Python of the registry' {
            $found = @(Get-PythonEnvironment | Where-Object Executable -EQ $python)
            $found.Count | Should -Be 1
            $found.Version | Should -Be '3.13.0'
            $found.Architecture | Should -Be 'x86_64'
            $found.Health | Should -Be 'Healthy'
            $found.FoundBy | Should -Contain 'Registry'
        }

        It 'are the same by every name of their folder: <Name>' -ForEach @(
            @{ Name = 'lower case'; Change = { param($path) $path.ToLowerInvariant() } }
            @{ Name = 'slashes'; Change = { param($path) $path.Replace('\', '/') } }
            @{ Name = 'without limits'; Change = { param($path) '\\?\' + $path } }
        ) {
            $null = New-PythonVenv $venv -Python $python -WithoutPip
            $other = & $Change $venv
            Test-PythonVenv $other | Should -BeTrue
            (Get-PythonEnvironment -LiteralPath $other) -eq (Get-PythonEnvironment -LiteralPath $venv) | Should -BeTrue
        }

        It 'below a root have the paths of the root' {
            $null = New-Item -ItemType Directory -Force "$here\root\usr\bin"
            $bytes = [byte[]]::new(256)
            [byte[]](0x7F, 0x45, 0x4C, 0x46, 2, 1) | ForEach-Object { $at = 0 } { $bytes[$at++] = $_ }
            $bytes[18] = 62
            [System.Text.Encoding]::ASCII.GetBytes("`0" + '3.11.2' + "`0").CopyTo($bytes, 99)
            Set-Fixture "$here\root\usr\bin\python3.11" -Bytes $bytes
            Set-Fixture "$here\root\usr\lib\python3.11\os.py"
            Set-Fixture "$here\root\usr\lib\python3.11\EXTERNALLY-MANAGED" "[externally-managed]`nError=use apt`n"
            $found = Get-PythonEnvironment -Root "$here\root"
            $found.Executable | Should -Be '/usr/bin/python3.11'
            $found.MarkerPath | Should -Be '/usr/lib/python3.11/EXTERNALLY-MANAGED'
            Test-ExternallyManaged -Root "$here\root" -Environment /usr/bin/python3.11 | Should -BeTrue
        }
    }

    Context 'a new environment' {
        It 'has the files of venv, with the line ends of Windows' {
            $result = Invoke-Pipeline { New-PythonVenv $venv -Python $python }
            $result.Errors | Should -BeNullOrEmpty
            $result.Output.Executable | Should -Be "$venv\Scripts\python.exe"
            foreach ($name in 'pyvenv.cfg', '.gitignore') {
                [System.IO.File]::ReadAllText("$venv\$name") -replace "`r`n" | Should -Not -Match "`n"
            }
            $record = Get-Content -Raw "$venv\Lib\site-packages\pip-*.dist-info\RECORD"
            $record | Should -Match '\.\./\.\./Scripts/pip\.exe,sha256='
            $record | Should -Not -Match '\\'
            Test-PythonVenv $venv | Should -BeTrue
        }

        It 'is not created at a path that cannot be used: <Name>' -ForEach @(
            @{ Name = 'a;b'; Says = "*';', which separates the folders on PATH*"; Other = 'a-b' }
            @{ Name = 'a<b'; Says = "*'<', which Windows does not allow in names*"; Other = 'a-b' }
            @{ Name = 'a:b'; Says = "*':', which Windows does not allow in names*"; Other = 'a-b' }
        ) {
            $result = Invoke-Pipeline { New-PythonVenv "$here\$Name" -Python $python -WithoutPip }
            $result.Output | Should -BeNullOrEmpty
            "$($result.Errors)" | Should -BeLike $Says
            "$($result.Errors)" | Should -Not -Match '\.\.$'
            Get-Remedy $result.Errors[0] | Should -BeLike "*$Other*"
            [System.IO.Directory]::GetFileSystemEntries($here, 'a*') | Should -BeNullOrEmpty
        }

        It 'is refused where no folder can be, with one full stop and without the same folder as remedy' {
            $missing = [char[]](68..90) | Where-Object { -not (Test-Path "${_}:\") } | Select-Object -First 1
            $result = Invoke-Pipeline { New-PythonVenv "${missing}:\env" -Python $python -WithoutPip }
            $result.Ids | Should -Be 'VenvNotWritten'
            "$($result.Errors)" | Should -Not -Match '\.( :|\.$)'
            "$($result.Errors[0].ErrorDetails.RecommendedAction)" | Should -Not -Match "${missing}:"
        }
    }

    Context 'repair' {
        It 'makes the programs of a moved environment name the new folder' {
            $null = New-PythonVenv $venv -Python $python -WarningAction Ignore
            Move-Item -LiteralPath $venv "$venv-moved"
            Test-PythonVenv "$venv-moved" -WarningAction Ignore | Should -BeFalse
            $null = Repair-PythonVenv "$venv-moved" -Confirm:$false -WarningAction Ignore
            Test-PythonVenv "$venv-moved" | Should -BeTrue
            $text = [System.Text.Encoding]::Latin1.GetString([System.IO.File]::ReadAllBytes("$venv-moved\Scripts\pip.exe"))
            $text | Should -BeLike "*#!$venv-moved\Scripts\python.exe*"
        }
    }
}
