BeforeDiscovery {
    Import-Module "$PSScriptRoot/World.psm1" -Force
}

BeforeAll {
    Import-Module "$PSScriptRoot/World.psm1" -Force
    $here = (Get-Item TestDrive:/).FullName.TrimEnd('/')
    Enter-World $here
    $root = New-FakeRoot "$here/root"
    $plain = New-FakePython "$here/plain" 3.11.4
    $managed = New-FakePython "$here/managed" 3.12.5 -Marker "[externally-managed]`nError=no`n"
    $bracket = New-FakePython "$here/a[1]" 3.10.1
    $decoy = New-FakePython "$here/a1" 3.10.2
    Set-Fixture "$here/notes.txt" 'nothing'
    $null = New-Item -ItemType Directory "$here/empty"
}

AfterAll {
    Exit-World
}

Describe 'Get-PythonEnvironment' {
    BeforeEach {
        Set-Location -LiteralPath $here
    }

    Context 'without arguments' {
        It 'lists every environment below a root once, and no others' {
            $found = Get-PythonEnvironment -Root $root
            $found.Executable | Sort-Object | Should -Be @(
                '/home/user/.pyenv/versions/3.1.5/bin/python3.1'
                '/home/user/.pyenv/versions/3.10.13/bin/python3.10'
                '/home/user/.pyenv/versions/3.12.1/bin/python3.12'
                '/opt/pre/bin/python3.14'
                '/opt/pypy/bin/pypy3.9'
                '/usr/bin/python3.11'
            )
            $found | Should -BeOfType Pep668.PythonEnvironment
            $found.Root | Sort-Object -Unique | Should -Be $root
        }

        It 'sorts environments: the default first, then final releases, newest first' {
            (Get-PythonEnvironment -Root $root).Version | Should -Be '3.11.2', '3.12.1', '3.10.13', '3.9.16', '3.1.5', '3.14.0rc1'
        }

        It 'returns a VersionInfo that sorts as numbers' {
            (Get-PythonEnvironment -Root $root | Sort-Object VersionInfo).Version | Should -Be '3.1.5', '3.9.16', '3.10.13', '3.11.2', '3.12.1', '3.14.0rc1'
        }

        It 'returns the properties of the contract' {
            $found = Get-PythonEnvironment -Root $root | Where-Object IsExternallyManaged
            $found.Name | Should -BeExactly 'python3.11'
            $found.Kind | Should -Be 'Global'
            $found.Manager | Should -Be 'System'
            $found.Implementation | Should -BeExactly 'CPython'
            $found.Architecture | Should -BeExactly 'x86_64'
            $found.Prefix | Should -BeExactly '/usr'
            $found.StdLib | Should -BeExactly '/usr/lib/python3.11'
            $found.MarkerPath | Should -BeExactly '/usr/lib/python3.11/EXTERNALLY-MANAGED'
            $found.IsVirtual | Should -Be $false
            $found.IsDefault | Should -BeTrue
            $found.IsActive | Should -Be $false
            $found.Health | Should -Be 'Healthy'
            $found.Problem | Should -BeNullOrEmpty
            $found.Aliases | Should -Contain '/usr/bin/python3'
            "$found" | Should -BeExactly $found.Executable
        }

        It 'uses nothing of the host below a root' {
            $env:VIRTUAL_ENV = "$here/plain"
            try {
                (Get-PythonEnvironment -Root $root).IsActive | Should -Not -Contain $true
                (Get-PythonEnvironment -Root $root).Count | Should -Be 6
            }
            finally {
                Remove-Item Env:VIRTUAL_ENV
            }
        }

        It 'returns nothing, and no error, for a root without Python' {
            $result = Invoke-Pipeline { Get-PythonEnvironment -Root "$here/empty" }
            $result.Output | Should -BeNullOrEmpty
            $result.Errors | Should -BeNullOrEmpty
        }

        It 'finds the interpreters of a pyenv that PYENV_ROOT names' {
            $env:PYENV_ROOT = "$root/home/user/.pyenv"
            try {
                $found = Get-PythonEnvironment -Manager Pyenv
                $found.Name | Should -Be '3.12.1', '3.10.13', '3.1.5'
            }
            finally {
                Remove-Item Env:PYENV_ROOT
            }
        }
    }

    Context '-Path' {
        It 'accepts an interpreter, a link to it, and the folder: the same environment' {
            (Get-PythonEnvironment $plain).Executable | Should -BeExactly $plain
            (Get-PythonEnvironment "$here/plain/bin/python3").Executable | Should -BeExactly $plain
            (Get-PythonEnvironment "$here/plain").Executable | Should -BeExactly $plain
        }

        It 'accepts wildcards, and skips matches that are not environments' {
            $result = Invoke-Pipeline { Get-PythonEnvironment "$here/*" }
            $result.Errors | Should -BeNullOrEmpty
            $result.Output.Executable | Sort-Object | Should -Be (@($bracket, $decoy, $managed, $plain) | Sort-Object)
        }

        It 'returns nothing, and no error, for a pattern without matches, and reports it with -Verbose' {
            $result = Invoke-Pipeline { Get-PythonEnvironment "$here/zzz*" -Verbose }
            $result.Output | Should -BeNullOrEmpty
            $result.Errors | Should -BeNullOrEmpty
            $result.Verbose -join ' ' | Should -Match 'Skipping .*zzz\*. because it matches no environment'
        }

        It 'reads brackets as a pattern' {
            (Get-PythonEnvironment "$here/a[1]").Executable | Should -BeExactly $decoy
        }

        It 'is relative to the location of the session, not of the process' {
            [System.Environment]::CurrentDirectory = "$here/empty"
            Set-Location -LiteralPath "$here/plain"
            (Get-PythonEnvironment bin/python3).Executable | Should -BeExactly $plain
            (Get-PythonEnvironment .).Executable | Should -BeExactly $plain
            (Get-PythonEnvironment ../managed).Executable | Should -BeExactly $managed
        }

        It 'resolves drives of PowerShell' {
            (Get-PythonEnvironment TestDrive:/plain).Executable | Should -BeExactly $plain
            (Get-PythonEnvironment TestDrive:/plai*).Executable | Should -BeExactly $plain
        }

        It 'binds text from the pipeline, one environment per item, and continues after an error' {
            $result = Invoke-Pipeline { "$here/plain", "$here/nowhere", "$here/managed" | Get-PythonEnvironment }
            $result.Output.Executable | Should -Be $plain, $managed
            Assert-Failure $result.Errors EnvironmentNotFound ObjectNotFound -Target "$here/nowhere"
        }

        It 'reads an environment object again' {
            $again = New-FakePython "$here/changing" 3.11.4
            $before = Get-PythonEnvironment $again
            $before.IsExternallyManaged | Should -Be $false
            Set-Fixture "$here/changing/lib/python3.11/EXTERNALLY-MANAGED" "[externally-managed]`nError=no`n"
            ($before | Get-PythonEnvironment).IsExternallyManaged | Should -BeTrue
            Remove-Item -Recurse "$here/changing"
        }

        It 'is a path inside the root, and without wildcards' {
            (Get-PythonEnvironment /usr -Root $root).Executable | Should -BeExactly '/usr/bin/python3.11'
            (Get-PythonEnvironment usr/bin/python3 -Root $root).Executable | Should -BeExactly '/usr/bin/python3.11'
            (Get-PythonEnvironment /srv/web -Root $root).IsVirtual | Should -BeTrue
            $result = Invoke-Pipeline { Get-PythonEnvironment /us* -Root $root }
            Assert-Failure $result.Errors EnvironmentNotFound ObjectNotFound
        }
    }

    Context '-LiteralPath' {
        It 'reads brackets literally' {
            (Get-PythonEnvironment -LiteralPath "$here/a[1]").Executable | Should -BeExactly $bracket
        }

        It 'binds the PSPath of the output of Get-ChildItem and Get-Item' {
            (Get-ChildItem -LiteralPath $here -Directory -Filter 'a*' | Get-PythonEnvironment).Executable | Sort-Object |
                Should -Be (@($bracket, $decoy) | Sort-Object)
            (Get-Item -LiteralPath $bracket | Get-PythonEnvironment).Executable | Should -BeExactly $bracket
        }

        It 'does not bind the Root property of a folder to -Root: <_>' -ForEach 'Get-Item', 'Get-ChildItem' {
            $folder = Get-Item -LiteralPath "$here/plain"
            $folder.Root | Should -Not -BeNullOrEmpty
            ($folder | Get-PythonEnvironment).Root | Should -BeNullOrEmpty
        }

        It 'does not expand wildcards' {
            $result = Invoke-Pipeline { Get-PythonEnvironment -LiteralPath "$here/*" }
            Assert-Failure $result.Errors EnvironmentNotFound ObjectNotFound
        }

        It 'writes one error for each path that is not found' {
            $result = Invoke-Pipeline { Get-PythonEnvironment -LiteralPath "$here/x", $plain, "$here/y" }
            $result.Output.Executable | Should -Be $plain
            Assert-Failure $result.Errors EnvironmentNotFound ObjectNotFound -Count 2
        }
    }

    Context 'with a path that is not an environment' {
        It 'reports <Name>' -ForEach @(
            @{ Name = 'a path that does not exist'; Path = 'nowhere'; Says = 'does not exist' }
            @{ Name = 'a text file'; Path = 'notes.txt'; Says = 'is not a Python interpreter' }
            @{ Name = 'a folder without Python'; Path = 'empty'; Says = 'The folder .* contains no Python' }
            @{ Name = 'a module of the standard library'; Path = 'plain/lib/python3.11/os.py'; Says = 'is not a Python interpreter' }
        ) {
            foreach ($parameter in 'Path', 'LiteralPath') {
                $arguments = @{ $parameter = "$here/$Path" }
                $result = Invoke-Pipeline { Get-PythonEnvironment @arguments }
                $result.Output | Should -BeNullOrEmpty
                Assert-Failure $result.Errors EnvironmentNotFound ObjectNotFound -Target "$here/$Path"
                "$($result.Errors)" | Should -Match $Says
            }
        }

        It 'reports empty text: "<_>"' -ForEach '', ' ', "`t" {
            $given = $_
            foreach ($result in (Invoke-Pipeline { Get-PythonEnvironment $given }), (Invoke-Pipeline { Get-PythonEnvironment -LiteralPath $given }), (Invoke-Pipeline { $given | Get-PythonEnvironment })) {
                $result.Output | Should -BeNullOrEmpty
                Assert-Failure $result.Errors EnvironmentNotFound ObjectNotFound -Target $given
            }
        }

        It 'does not accept null' {
            { Get-PythonEnvironment $null -ErrorAction Stop } | Should -Throw -ErrorId 'ParameterArgumentValidationErrorNullNotAllowed,*'
        }

        It 'reports an interpreter that is not executable, with a remedy' {
            $file = New-FakePython "$here/locked" 3.9.1 -NotExecutable
            $result = Invoke-Pipeline { Get-PythonEnvironment -LiteralPath $file }
            Assert-Failure $result.Errors EnvironmentNotFound ObjectNotFound -Target $file
            "$($result.Errors)" | Should -Match 'is not executable'
            $result.Errors | Get-Remedy | Should -BeExactly "chmod a+x $file"
            chmod a+x $file
            (Get-PythonEnvironment -LiteralPath $file).Executable | Should -Be $file
            Remove-Item -Recurse "$here/locked"
        }

        It 'returns an environment without its base as broken' {
            $null = New-FakeVenv "$here/orphan" "$here/gone/bin" 3.11.4
            $found = Get-PythonEnvironment "$here/orphan"
            $found.Health | Should -Be 'Broken'
            $found.Problem | Should -Match 'base Python is missing'
            $found.IsVirtual | Should -BeTrue
            $found.IsExternallyManaged | Should -Be $false
            Remove-Item -Recurse "$here/orphan"
        }

        It 'suggests -Version where a version was given as a literal path' {
            $result = Invoke-Pipeline { Get-PythonEnvironment -LiteralPath 3.12 }
            Assert-Failure $result.Errors EnvironmentNotFound ObjectNotFound
            $result.Errors | Get-Remedy | Should -BeExactly "Get-PythonEnvironment -Version '3.12'"
            (Invoke-Pipeline { Get-PythonEnvironment -LiteralPath 3.12 -Root $root }).Errors | Get-Remedy |
                Should -BeExactly "Get-PythonEnvironment -Version '3.12' -Root $root"
        }

        It 'reports a version that no Python has, and a name that nobody has' {
            Assert-Failure (Invoke-Pipeline { Get-PythonEnvironment 3.99 -Root $root }).Errors PythonNotFound ObjectNotFound
            Assert-Failure (Invoke-Pipeline { Get-PythonEnvironment nobody -Root $root }).Errors EnvironmentNotFound ObjectNotFound
        }

        It 'stops at the first error with -ErrorAction Stop' {
            $script:reached = $false
            {
                "$here/nowhere", $plain | Get-PythonEnvironment -ErrorAction Stop | ForEach-Object { $script:reached = $true }
            } | Should -Throw -ErrorId 'EnvironmentNotFound,*'
            $script:reached | Should -Be $false
        }

        It 'adds its errors to -ErrorVariable' {
            $found = "$here/nowhere", $plain | Get-PythonEnvironment -ErrorAction SilentlyContinue -ErrorVariable failed
            $found.Executable | Should -BeExactly $plain
            $failed.Count | Should -Be 1
        }
    }

    Context 'other providers' {
        It 'finds environments while the location is in another provider' {
            Set-Location Env:
            try {
                (Get-PythonEnvironment -Root $root).Count | Should -Be 6
                (Get-PythonEnvironment $plain).Executable | Should -BeExactly $plain
            }
            finally {
                Set-Location -LiteralPath $here
            }
        }

        It 'refuses paths that are not in the file system: <Name>' -ForEach @(
            @{ Name = 'by path'; Script = { Get-PythonEnvironment Env:\PATH } }
            @{ Name = 'by literal path'; Script = { Get-PythonEnvironment -LiteralPath Env:\PATH } }
            @{ Name = 'from the pipeline'; Script = { 'Env:\PATH' | Get-PythonEnvironment } }
            @{ Name = 'an item from the pipeline'; Script = { Get-Item Env:PATH | Get-PythonEnvironment } }
            @{ Name = 'a drive that nobody has'; Script = { Get-PythonEnvironment nobody:/python3 } }
            @{ Name = 'a literal path on a drive that nobody has'; Script = { Get-PythonEnvironment -LiteralPath nobody:/python3 } }
            @{ Name = 'a pattern on a drive that nobody has'; Script = { Get-PythonEnvironment nobody:/python* } }
            @{ Name = 'a root of another provider'; Script = { Get-PythonEnvironment -Root Env: } }
            @{ Name = 'a root on a drive that nobody has'; Script = { Get-PythonEnvironment -Root nobody:/root } }
            @{ Name = 'an empty root'; Script = { Get-PythonEnvironment -Root '' } }
            @{ Name = 'a root that is a file'; Script = { Get-PythonEnvironment -Root ./notes.txt } }
        ) {
            $result = Invoke-Pipeline $Script
            $result.Output | Should -BeNullOrEmpty
            Assert-Failure $result.Errors EnvironmentNotFound ObjectNotFound -WithoutRemedy
            "$($result.Errors)" | Should -Not -Match ([regex]::Escape($env:PATH)) -Because 'an item of another provider is not a text'
        }

        It 'expands a pattern to hidden folders' {
            $null = New-FakeVenv "$here/projects/one/.venv" "$here/managed/bin" 3.12.5
            $null = New-FakeVenv "$here/projects/two/.venv" "$here/managed/bin" 3.12.5
            try {
                @(Get-PythonEnvironment "$here/projects/*/.venv").Prefix | Should -Be "$here/projects/one/.venv", "$here/projects/two/.venv"
                @(Get-PythonEnvironment "$here/projects/one/*").Prefix | Should -Be "$here/projects/one/.venv"
            }
            finally {
                Remove-Item -Recurse -Force "$here/projects"
            }
        }

        It 'returns nothing for a pattern with matches in another provider' {
            $result = Invoke-Pipeline { Get-PythonEnvironment Env:\PA* }
            $result.Output | Should -BeNullOrEmpty
        }

        It 'accepts a root relative to the location of the session' {
            [System.Environment]::CurrentDirectory = '/'
            (Get-PythonEnvironment -Root ./root).Count | Should -Be 6
            (Get-PythonEnvironment -Root TestDrive:/root).Count | Should -Be 6
        }
    }

    Context '-Version' {
        It 'accepts <Version>' -ForEach @(
            @{ Version = '3.10'; Expected = '3.10.13' }
            @{ Version = '3.1'; Expected = '3.1.5' }
            @{ Version = '3.12.1'; Expected = '3.12.1' }
            @{ Version = '>=3.11'; Expected = '3.11.2', '3.12.1' }
            @{ Version = '>=3.10,<3.12'; Expected = '3.11.2', '3.10.13' }
            @{ Version = '~=3.10.0'; Expected = '3.10.13' }
            @{ Version = '3'; Expected = '3.11.2', '3.12.1', '3.10.13', '3.9.16', '3.1.5', '3.14.0rc1' }
            @{ Version = '>=3'; Expected = '3.11.2', '3.12.1', '3.10.13', '3.9.16', '3.1.5' }
            @{ Version = 'pypy'; Expected = '3.9.16' }
            @{ Version = 'cpython@3.12'; Expected = '3.12.1' }
            @{ Version = '3.14'; Expected = '3.14.0rc1' }
            @{ Version = '>3.13'; Expected = '3.14.0rc1' }
            @{ Version = [version]'3.12.1'; Expected = '3.12.1' }
        ) {
            (Get-PythonEnvironment -Root $root -Version $Version).Version | Should -Be $Expected
        }

        It 'keeps a bare 3.10, which PowerShell reads as the number 3.1' {
            (Get-PythonEnvironment -Root $root -Version 3.10).Version | Should -Be '3.10.13'
            (Get-PythonEnvironment -Root $root -Version:3.10).Version | Should -Be '3.10.13'
            (Get-PythonEnvironment -Root $root -Version 3.1).Version | Should -Be '3.1.5'
            (Get-PythonEnvironment -Root $root -Version 3.12.1).Version | Should -Be '3.12.1'
            (Get-PythonEnvironment -Root $root -Version 3).Count | Should -BeGreaterThan 1
        }

        It 'reports a version that is not found' {
            $result = Invoke-Pipeline { Get-PythonEnvironment -Root $root -Version 4.7 }
            $result.Output | Should -BeNullOrEmpty
            Assert-Failure $result.Errors PythonNotFound ObjectNotFound -Target '4.7'
            "$($result.Errors)" | Should -BeExactly "No Python matches '4.7'; found: 3.11.2, 3.12.1, 3.10.13, 3.9.16, 3.1.5, 3.14.0rc1."
            $result.Errors | Get-Remedy | Should -BeExactly "Get-PythonEnvironment -Root $root"
        }

        It 'reports an invalid version once: <_>' -ForEach 'latest', '', '=>3', '3.x', '>=3,' {
            $version = $_
            $result = Invoke-Pipeline { $plain, $managed | Get-PythonEnvironment -Version $version }
            if ($version -eq '>=3,') {
                $result.Errors | Should -BeNullOrEmpty -Because 'PEP 440 ignores a comma at the end'
                $result.Output.Count | Should -Be 2
                return
            }
            $result.Output | Should -BeNullOrEmpty
            Assert-Failure $result.Errors InvalidVersion InvalidArgument -Target $version -WithoutRemedy
        }

        It 'filters the environments of paths' {
            ($plain, $managed | Get-PythonEnvironment -Version 3.12).Executable | Should -Be $managed
        }
    }

    Context 'filters' {
        It 'by -Manager' {
            (Get-PythonEnvironment -Root $root -Manager Pyenv).Version | Should -Be '3.12.1', '3.10.13', '3.1.5'
            (Get-PythonEnvironment -Root $root -Manager System, Pyenv).Count | Should -Be 4
            Get-PythonEnvironment -Root $root -Manager Asdf | Should -BeNullOrEmpty
        }

        It 'by -Kind' {
            (Get-PythonEnvironment -Root $root -Kind Global).Count | Should -Be 6
            Get-PythonEnvironment -Root $root -Kind Virtual, Conda | Should -BeNullOrEmpty
            (Get-PythonEnvironment /usr, /srv/web -Root $root -Kind Virtual).Name | Should -BeExactly 'shop'
        }

        It 'by -ExternallyManaged and -ExternallyManaged:$false' {
            (Get-PythonEnvironment -Root $root -ExternallyManaged).Version | Should -Be '3.11.2'
            $others = Get-PythonEnvironment -Root $root -ExternallyManaged:$false
            $others.Count | Should -Be 5
            $others.IsExternallyManaged | Should -Not -Contain $true
        }

        It 'return nothing, and no error, when no environment matches' {
            $result = Invoke-Pipeline { Get-PythonEnvironment -Root $root -ExternallyManaged -Manager Pyenv }
            $result.Output | Should -BeNullOrEmpty
            $result.Errors | Should -BeNullOrEmpty
        }

        It 'list the accepted values for an invalid one' {
            { Get-PythonEnvironment -Kind Nothing } | Should -Throw -ErrorId 'CannotConvertArgumentNoMessage,*'
        }
    }

    Context '-Command' {
        BeforeAll {
            $bin = "$here/bin"
            Set-Fixture "$bin/pip" "#!$plain`nimport sys`n" -Executable
            Set-Fixture "$bin/pip-blank" "#! $plain -I`nimport sys`n" -Executable
            $blank = New-FakePython "$here/with blank" 3.10.7
            Set-Fixture "$bin/pip-long" "#!/bin/sh`n'''exec' `"$blank`" `"`$0`" `"`$@`"`n' '''`nimport sys`n" -Executable
            Set-Fixture "$bin/pip-env" "#!/usr/bin/env python3`nimport sys`n" -Executable
            Set-Fixture "$bin/pip-env-s" "#!/usr/bin/env -S python3 -I`nimport sys`n" -Executable
            Set-Fixture "$bin/pip-sh" "#!/bin/sh`nexec pip`n" -Executable
            Set-Fixture "$bin/pip-gone" "#!/nowhere/bin/python3`n" -Executable
            Set-Fixture "$bin/pip-text" "#!$plain`n"
            New-FixtureLink "$bin/python3" $managed
            $pyenv = "$here/pyenv"
            foreach ($version in '3.9.1', '3.12.4') {
                $interpreter = New-FakePython "$pyenv/versions/$version" $version
                if ($version -eq '3.12.4') {
                    Set-Fixture "$pyenv/versions/$version/bin/pip" "#!$interpreter`n" -Executable
                }
            }
            foreach ($shim in 'pip', 'python3') {
                Set-Fixture "$pyenv/shims/$shim" "#!/usr/bin/env bash`nset -e`nexec `"$pyenv/libexec/pyenv`" exec `"`${0##*/}`" `"`$@`"`n" -Executable
            }
        }

        BeforeEach {
            $env:PATH = "${bin}:/usr/bin:/bin"
        }

        AfterEach {
            $env:PATH = '/usr/bin:/bin'
            Remove-Item Env:PYENV_VERSION -ErrorAction Ignore
        }

        It 'resolves <Name>' -ForEach @(
            @{ Name = 'the first line'; Command = 'pip'; Expected = 'plain/bin/python3.11' }
            @{ Name = 'a first line with a blank and an option'; Command = 'pip-blank'; Expected = 'plain/bin/python3.11' }
            @{ Name = 'the long form that pip writes where the path has blanks'; Command = 'pip-long'; Expected = 'with blank/bin/python3.10' }
            @{ Name = 'env python3, which asks PATH'; Command = 'pip-env'; Expected = 'managed/bin/python3.12' }
            @{ Name = 'env -S python3 -I'; Command = 'pip-env-s'; Expected = 'managed/bin/python3.12' }
            @{ Name = 'an interpreter itself'; Command = 'python3'; Expected = 'managed/bin/python3.12' }
        ) {
            (Get-PythonEnvironment -Command $Command).Executable | Should -BeExactly "$here/$Expected"
        }

        It 'accepts a path' {
            (Get-PythonEnvironment -Command "$bin/pip").Executable | Should -BeExactly $plain
            Set-Location -LiteralPath $bin
            (Get-PythonEnvironment -Command ./pip).Executable | Should -BeExactly $plain
        }

        It 'uses the first executable file on PATH' {
            Set-Fixture "$here/bin0/pip" "#!$managed`n"
            $env:PATH = "$here/bin0:$bin"
            (Get-PythonEnvironment -Command pip).Executable | Should -BeExactly $plain
            Set-Fixture "$here/bin0/pip" "#!$managed`n" -Executable
            (Get-PythonEnvironment -Command pip).Executable | Should -BeExactly $managed
        }

        It 'resolves the shims of pyenv' {
            $env:PATH = "$pyenv/shims:${bin}:/usr/bin:/bin"
            $env:PYENV_VERSION = '3.12.4'
            (Get-PythonEnvironment -Command pip).Executable | Should -BeExactly "$pyenv/versions/3.12.4/bin/python3.12"
            $env:PYENV_VERSION = '3.9.1'
            (Get-PythonEnvironment -Command python3).Executable | Should -BeExactly "$pyenv/versions/3.9.1/bin/python3.9"
        }

        It 'searches .python-version from the location of the session' {
            $env:PATH = "$pyenv/shims:${bin}:/usr/bin:/bin"
            Set-Fixture "$here/project/.python-version" "3.9.1`n"
            Set-Fixture "$here/project/sub/x"
            [System.Environment]::CurrentDirectory = '/'
            Set-Location -LiteralPath "$here/project/sub"
            (Get-PythonEnvironment -Command python3).Version | Should -BeExactly '3.9.1'
        }

        It 'reports that the selected version has no such command' {
            $env:PATH = "$pyenv/shims:/usr/bin:/bin"
            $env:PYENV_VERSION = '3.9.1'
            $result = Invoke-Pipeline { Get-PythonEnvironment -Command pip }
            $result.Output | Should -BeNullOrEmpty
            Assert-Failure $result.Errors EnvironmentNotFound ObjectNotFound -Target 'pip'
            "$($result.Errors)" | Should -Match 'shim'
        }

        It 'reports <_>' -ForEach 'pip-gone', 'pip-sh', 'pip-text', 'no-such-command', './no-such-file' {
            $command = $_
            $result = Invoke-Pipeline { Get-PythonEnvironment -Command $command, python3 }
            Assert-Failure $result.Errors EnvironmentNotFound ObjectNotFound -Target $command
            $result.Output.Executable | Should -Be $managed
        }

        It 'reports with -Verbose how it resolved the command' {
            $result = Invoke-Pipeline { Get-PythonEnvironment -Command pip -Verbose }
            $result.Verbose -join "`n" | Should -Match ([regex]::Escape("Using '$bin/pip' because it is the first 'pip' on PATH."))
            $result.Verbose -join "`n" | Should -Match ([regex]::Escape($plain))
        }

        It 'agrees with the real pip on PATH' -Skip:(-not (Get-RealPython -With pip)) -Tag 'needs a Python with pip' {
            $real = Get-Sample @(Get-RealPython -All -With pip) | ForEach-Object { Get-Item "$(Split-Path $_)/pip" -ErrorAction Ignore }
            foreach ($script in $real) {
                $env:PATH = "$($script.DirectoryName):/usr/bin:/bin"
                $said = (& $script.FullName --version 2>$null) -replace '^.* from (.*)/pip \(python .*$', '$1'
                (Get-PythonEnvironment -Command pip).SitePackages | Should -Contain $said
            }
        }
    }

    Context '-Verify' {
        It 'is an error with -Root, and runs nothing' {
            $result = Invoke-Pipeline { '/usr', '/srv/web' | Get-PythonEnvironment -Root $root -Verify }
            $result.Output | Should -BeNullOrEmpty
            Assert-Failure $result.Errors OfflineEnvironment InvalidOperation -Target $root
        }

        It 'agrees with every real interpreter' -Skip:(-not (Get-RealPython)) -Tag 'needs Python 3' {
            foreach ($path in Get-Sample @(Get-RealPython -All)) {
                $result = Invoke-Pipeline { Get-PythonEnvironment -LiteralPath $path -Verify }
                $result.Errors | Should -BeNullOrEmpty -Because $path
                $result.Warnings | Should -BeNullOrEmpty -Because $path
                $result.Output[0].Health | Should -Be 'Healthy' -Because $path
                $result.Output[0].Version | Should -BeExactly (Get-PythonAnswer $path 'platform.python_version()')
                $result.Output[0].StdLib | Should -BeExactly (Get-PythonAnswer $path "sysconfig.get_path('stdlib')")
            }
        }

        It 'reports an interpreter that does not run, returns it as broken, and continues' -Skip:(-not (Get-RealPython)) -Tag 'needs Python 3' {
            $real = Get-RealPython
            $result = Invoke-Pipeline { $plain, $real | Get-PythonEnvironment -Verify }
            Assert-Failure $result.Errors ProbeFailed NotSpecified
            "$($result.Errors[0].TargetObject)" | Should -BeExactly $plain
            $result.Output.Health | Should -Be 'Broken', 'Healthy'
            $result.Output[0].Problem | Should -Not -BeNullOrEmpty
        }

        It 'runs nothing in the folder of the session or of the process' -Skip:(-not (Get-RealPython)) -Tag 'needs Python 3' {
            $real = Get-RealPython
            Set-Fixture "$here/trap/json.py" "open('$here/trap/sprung', 'w')`n"
            Set-Fixture "$here/trap/sitecustomize.py" "open('$here/trap/sprung', 'w')`n"
            Set-Location -LiteralPath "$here/trap"
            [System.Environment]::CurrentDirectory = "$here/trap"
            $env:PYTHONPATH = "$here/trap"
            try {
                (Get-PythonEnvironment $real -Verify).Health | Should -Be 'Healthy'
            }
            finally {
                Remove-Item Env:PYTHONPATH
            }
            "$here/trap/sprung" | Should -Not -Exist
        }

        It 'corrects what the files contain, with a warning' -Skip:(-not (Get-RealPython)) -Tag 'needs Python 3' {
            $real = Get-RealPython
            $series = Get-PythonAnswer $real "'%d.%d' % sys.version_info[:2]"
            $null = New-FakeVenv "$here/lying" (Split-Path $real) "$series.0"
            Set-Fixture "$here/lying/lib/python$series/site-packages/liar.pth" "import sysconfig; sysconfig.get_path = (lambda old: lambda name, *rest: '/elsewhere' if name == 'scripts' else old(name, *rest))(sysconfig.get_path)`n"
            $result = Invoke-Pipeline { Get-PythonEnvironment "$here/lying" -Verify }
            $result.Errors | Should -BeNullOrEmpty
            $result.Output.Scripts | Should -BeExactly '/elsewhere'
            $result.Output.Problem | Should -Match 'Scripts is /elsewhere'
            $result.Warnings -join ' ' | Should -Match 'Scripts is /elsewhere'
        }

        It 'is required to run any interpreter' {
            $ran = "$here/ran"
            Set-Fixture "$here/shell/bin/python3.11" "#!/bin/sh`ntouch '$ran'`n" -Executable
            Set-Fixture "$here/shell/lib/python3.11/os.py"
            $result = Invoke-Pipeline { Get-PythonEnvironment "$here/shell/bin/python3.11" }
            Assert-Failure $result.Errors EnvironmentNotFound ObjectNotFound
            $ran | Should -Not -Exist
        }
    }

    Context 'a name, a version or a specifier as -Path' {
        It 'lists all that match: <Text>' -ForEach @(
            @{ Text = '3.12'; Expected = '3.12.1' }
            @{ Text = '312'; Expected = '3.12.1' }
            @{ Text = 'python3.11'; Expected = '3.11.2' }
            @{ Text = 'PYTHON3.1*'; Expected = '3.11.2', '3.14.0rc1' }
            @{ Text = '3.1*'; Expected = '3.12.1', '3.10.13', '3.1.5' }
            @{ Text = '>=3.10'; Expected = '3.11.2', '3.12.1', '3.10.13' }
            @{ Text = 'pypy'; Expected = '3.9.16' }
        ) {
            $found = Get-PythonEnvironment $Text -Root $root
            "$($found.Version)" | Should -BeExactly "$Expected"
            "$(($Text | Get-PythonEnvironment -Root $root).Version)" | Should -BeExactly "$Expected"
        }

        It 'prefers a path, unless it contains no Python' {
            $null = New-Item -ItemType Directory "$here/3.12"
            Copy-Item -Recurse "$here/plain" "$here/python3.11"
            try {
                $env:PYENV_ROOT = "$root/home/user/.pyenv"
                (Get-PythonEnvironment 3.12).Prefix | Should -Not -BeLike "$here/3.12*"
                (Get-PythonEnvironment python3.11).Prefix | Should -BeExactly "$here/python3.11"
            }
            finally {
                Remove-Item Env:PYENV_ROOT
                Remove-Item -Recurse "$here/3.12", "$here/python3.11"
            }
        }

        It 'reads an unquoted 3.10 as 3.10, and explains it where PowerShell has made a number of it' {
            (Get-PythonEnvironment 3.10 -Root $root).Version | Should -BeExactly '3.10.13'
            Move-Item "$root/home/user/.pyenv/versions/3.1.5" "$here/aside"
            try {
                $remedy = (Invoke-Pipeline { Get-PythonEnvironment (3.10) -Root $root }).Errors | Get-Remedy
                $remedy | Should -BeExactly "Get-PythonEnvironment -Version '3.10' -Root $root"
                (Invoke-Expression $remedy).Version | Should -BeExactly '3.10.13'
            }
            finally {
                Move-Item "$here/aside" "$root/home/user/.pyenv/versions/3.1.5"
            }
        }
    }

    Context 'commands as -Path' {
        It 'gets the Python that a command belongs to: <Name>' -ForEach @(
            @{ Name = 'an interpreter'; Script = { Get-Command "$here/plain/bin/python3.11" } }
            @{ Name = 'a script'; Script = { Get-Command "$here/plain/bin/tool" } }
            @{ Name = 'an alias'; Script = { Set-Alias ours "$here/plain/bin/tool" -Scope Global; Get-Command ours } }
        ) {
            Set-Fixture "$here/plain/bin/tool" "#!$plain`n" -Executable
            try {
                & $Script | Get-PythonEnvironment | Should -Be (Get-PythonEnvironment $plain)
                Get-PythonEnvironment (& $Script) | Should -Be (Get-PythonEnvironment $plain)
            }
            finally {
                Remove-Item "$here/plain/bin/tool"
                Remove-Item Alias:ours -ErrorAction Ignore
            }
        }

        It 'refuses a function and a cmdlet' {
            Assert-Failure (Invoke-Pipeline { Get-Command Get-Item | Get-PythonEnvironment }).Errors EnvironmentNotFound ObjectNotFound
        }
    }

    Context 'results that are compared' {
        It 'are equal for each reading of one environment, and differ below another root' {
            $first = Get-PythonEnvironment /usr -Root $root
            $second = Get-PythonEnvironment -Root $root | Where-Object Name -EQ python3.11
            $first | Should -Be $second
            $first -eq $second | Should -BeTrue
            @(Get-PythonEnvironment -Root $root) -contains $first | Should -BeTrue
            Compare-Object @(Get-PythonEnvironment -Root $root) @(Get-PythonEnvironment -Root $root) | Should -BeNullOrEmpty
            $null = New-FakeRoot "$here/root2"
            $first -eq (Get-PythonEnvironment /usr -Root "$here/root2") | Should -Be $false
        }

        It 'are listed once: <Name>' -ForEach @(
            @{ Name = 'two paths'; Script = { Get-PythonEnvironment "$here/plain", $plain } }
            @{ Name = 'two objects from the pipeline'; Script = { "$here/plain", $plain | Get-PythonEnvironment } }
            @{ Name = 'literal paths'; Script = { Get-PythonEnvironment -LiteralPath "$here/plain", $plain } }
            @{ Name = 'an object and its path'; Script = { (Get-PythonEnvironment $plain), $plain | Get-PythonEnvironment } }
            @{ Name = 'folders of a search'; Script = { "$here/plain", "$here/plain" | Get-PythonEnvironment -Recurse } }
        ) {
            @(& $Script).Count | Should -Be 1
        }

        It 'have versions that sort and compare: <Name>' -ForEach @(
            @{ Name = 'as they are'; Script = { Get-PythonEnvironment -Root $root } }
            @{ Name = 'from a file'; Script = { Get-PythonEnvironment -Root $root | Export-Clixml "$here/all.xml"; Import-Clixml "$here/all.xml" } }
            @{ Name = 'selected'; Script = { Get-PythonEnvironment -Root $root | Select-Object Name, Version } }
        ) {
            $found = & $Script
            ($found | Sort-Object Version).Version -join ' ' | Should -BeExactly '3.1.5 3.9.16 3.10.13 3.11.2 3.12.1 3.14.0rc1'
            ($found | Sort-Object Version -Descending)[0].Version | Should -BeExactly '3.14.0rc1'
            @($found | Where-Object Version -GE '3.10').Count | Should -Be 4
            @($found | Where-Object Version -EQ '3.9.16').Count | Should -Be 1
            @($found | Where-Object Version -Like '3.1*').Count | Should -Be 5
            $found.Version -contains '3.12.1' | Should -BeTrue
        }

        It 'have versions that are text in JSON and CSV: <Name>' -ForEach @(
            @{ Name = 'as they are'; Script = { Get-PythonEnvironment python3.14 -Root $root } }
            @{ Name = 'from a file'; Script = { Get-PythonEnvironment python3.14 -Root $root | Export-Clixml "$here/one.xml"; Import-Clixml "$here/one.xml" } }
            @{ Name = 'selected'; Script = { Get-PythonEnvironment python3.14 -Root $root | Select-Object Name, Version } }
        ) {
            & $Script | ConvertTo-Json -Compress | Should -Match '"Version":"3\.14\.0rc1"'
            (& $Script | ConvertTo-Csv | ConvertFrom-Csv).Version | Should -BeExactly '3.14.0rc1'
            "$((& $Script).Version)" | Should -BeExactly '3.14.0rc1'
            ((& $Script).Version | Out-String).Trim() | Should -BeExactly '3.14.0rc1'
        }

        It 'have a version that is text in a session without the module' {
            Get-PythonEnvironment python3.14 -Root $root | Export-Clixml "$here/bare.xml"
            $script = "`$one = Import-Clixml '$here/bare.xml'; `$one.Version.GetType().Name; `$one.Kind -eq 'Global'"
            if ($env:PEP668_TEST_FULL -eq '1') {
                Invoke-Pwsh -NoProfile -NonInteractive -Command $script | Should -Be 'String', 'True'
            }
            $session = [powershell]::Create()
            try {
                $session.AddScript($script).Invoke() | Should -Be 'String', $true
                $session.HadErrors | Should -BeFalse
            }
            finally {
                $session.Dispose()
            }
        }

        It 'converts a version to System.Version' {
            [version] (Get-PythonEnvironment python3.14 -Root $root).Version | Should -Be ([version] '3.14.0')
        }
    }

    Context 'an empty result' {
        It 'is not an error if a version exists and another parameter excludes it: <Name>' -ForEach @(
            @{ Name = '-ExternallyManaged'; Script = { Get-PythonEnvironment -Version 3.12 -ExternallyManaged -Root $root } }
            @{ Name = '-Manager'; Script = { Get-PythonEnvironment -Version 3.12 -Manager System -Root $root } }
            @{ Name = '-Kind'; Script = { Get-PythonEnvironment -Version 3.12 -Kind Conda -Root $root } }
            @{ Name = 'a path'; Script = { Get-PythonEnvironment /usr -Version 3.12 -Root $root } }
            @{ Name = 'a filter alone'; Script = { Get-PythonEnvironment -Kind Conda -Root $root } }
        ) {
            $result = Invoke-Pipeline $Script
            $result.Output | Should -BeNullOrEmpty
            $result.Errors | Should -BeNullOrEmpty
        }

        It 'is an error if no Python has the version' {
            $result = Invoke-Pipeline { Get-PythonEnvironment -Version 3.99 -ExternallyManaged -Root $root }
            Assert-Failure $result.Errors PythonNotFound ObjectNotFound
        }
    }

    Context 'a narrow console' {
        It 'shortens paths from the left, and wraps no row' {
            $lines = (Get-PythonEnvironment -Root $root | Out-String -Width 80) -replace '\x1b\[[0-9;]*m' -split "`n" | Where-Object { $_.Trim() }
            $lines.Count | Should -Be 8
            $lines | ForEach-Object { $_.TrimEnd().Length | Should -BeLessOrEqual 80 }
            ($lines | Where-Object { $_ -match ' 3\.12\.1 ' }) | Should -Match '\u2026.*/3\.12\.1/bin/python3\.12$'
            ($lines | Where-Object { $_ -match 'System' }) | Should -Match ' /usr/bin/python3\.11$'
        }

        It 'shortens a long name, and keeps the path' {
            $long = 'n' * 60
            $null = New-FakeVenv "$here/$long" "$here/managed/bin" 3.12.5
            try {
                $text = (Get-PythonEnvironment "$here/$long" | Out-String -Width 80) -replace '\x1b\[[0-9;]*m'
                $text | Should -Match '(?m)^  n+\u2026 3\.12\.5 +Venv .*\u2026n+/bin/python\s*$'
            }
            finally {
                Remove-Item -Recurse "$here/$long"
            }
        }

        It 'writes ~ for the home folder' {
            $null = New-FakeVenv "$HOME/pep668-narrow" "$here/managed/bin" 3.12.5
            try {
                Get-PythonEnvironment "$HOME/pep668-narrow" | Out-String -Width 80 | Should -Match ' ~/pep668-narrow/bin/python\s*$'
            }
            finally {
                Remove-Item -Recurse "$HOME/pep668-narrow"
            }
        }

        It 'marks the environment that is used if none is named, and shows its state: <Name>' -ForEach @(
            @{ Name = 'active'; Prepare = { $env:VIRTUAL_ENV = "$here/project/.venv"; Set-Location / } }
            @{ Name = 'nearest'; Prepare = { Set-Location "$here/project" } }
        ) {
            $null = New-FakeVenv "$here/project/.venv" "$here/managed/bin" 3.12.5
            try {
                & $Prepare
                $lines = (Get-PythonEnvironment | Out-String -Width 120) -replace '\x1b\[[0-9;]*m' -split "`n"
                @($lines -like '`* *').Count | Should -Be 1
                $lines -like '`* *' | Should -Match "^\* project .* $Name .*project/\.venv/bin/python\s*$"
            }
            finally {
                Remove-Item Env:VIRTUAL_ENV -ErrorAction Ignore
                Set-Location $here
                Remove-Item -Recurse -Force "$here/project"
            }
        }

        It 'shows the state of environments from a file, without the mark' {
            $env:VIRTUAL_ENV = "$here/plain"
            try {
                Get-PythonEnvironment "$here/plain" | Export-Clixml "$here/plain.xml"
                Import-Clixml "$here/plain.xml" | Format-Table | Out-String -Width 120 | Should -Not -BeNullOrEmpty
                [Pep668.PowerShell.Formatting.EnvironmentView]::State((Import-Clixml "$here/plain.xml")) | Should -BeExactly 'active'
                [Pep668.PowerShell.Formatting.EnvironmentView]::Mark((Import-Clixml "$here/plain.xml")) | Should -BeExactly ''
            }
            finally {
                Remove-Item Env:VIRTUAL_ENV
            }
        }
    }

    Context 'formatted output' {
        It 'is a table with these columns' {
            $lines = (Get-PythonEnvironment -Root $root | Out-String -Width 200) -split "`n" | Where-Object { $_.Trim() }
            $lines[0].Trim() -split '\s+' | Should -Be 'Name', 'Version', 'Manager', 'Managed', 'State', 'Executable'
            $lines.Count | Should -Be 8
        }

        It 'shows managed, default, implementation and unknown values' {
            $text = (Get-PythonEnvironment -Root $root | Out-String -Width 200) -replace '\x1b\[[0-9;]*m'
            $text | Should -Match '(?m)^\* python3\.11\s+3\.11\.2\s+System\s+yes\s+default\s+/usr/bin/python3\.11\s*$'
            $text | Should -Match '(?m)^  3\.12\.1\s+3\.12\.1\s+Pyenv\s+no\s+/home/user'
            $text | Should -Match '(?m)^  pypy3\.9\s+PyPy 3\.9\.16\s'
        }

        It 'shows broken and active' {
            $null = New-FakeVenv "$here/orphan" "$here/gone/bin" 3.11.4
            $env:VIRTUAL_ENV = "$here/plain"
            try {
                $text = (Get-PythonEnvironment "$here/plain", "$here/orphan" | Out-String -Width 200) -replace '\x1b\[[0-9;]*m'
                $text | Should -Match '\bactive\b'
                $text | Should -Match '(?m)^  orphan\s.*\bbroken\b'
            }
            finally {
                Remove-Item Env:VIRTUAL_ENV
                Remove-Item -Recurse "$here/orphan"
            }
        }

        It 'completes -Version with the installed ones, unquoted, newest first' {
            $env:PYENV_ROOT = "$root/home/user/.pyenv"
            try {
                $texts = (TabExpansion2 'Get-PythonEnvironment -Version 3.1').CompletionMatches.CompletionText
                '3.12', '3.12.1', '3.10', '3.10.13', '3.1', '3.1.5' | ForEach-Object { $texts | Should -Contain $_ }
                $ours = $texts | Where-Object { $_ -in '3.12.1', '3.10.13', '3.1.5' }
                $ours | Should -Be '3.12.1', '3.10.13', '3.1.5'
                ($texts | Group-Object | Where-Object Count -GT 1) | Should -BeNullOrEmpty
                (TabExpansion2 'Get-PythonEnvironment -Version 3.12.').CompletionMatches.CompletionText | Should -Contain '3.12.1'
            }
            finally {
                Remove-Item Env:PYENV_ROOT
            }
        }

        It 'completes -Manager and -Kind' {
            (TabExpansion2 'Get-PythonEnvironment -Manager Py').CompletionMatches.CompletionText | Should -Contain 'Pyenv'
            (TabExpansion2 'Get-PythonEnvironment -Kind Vi').CompletionMatches.CompletionText | Should -Contain 'Virtual'
        }

        It 'serializes to JSON and CSV with the names of the contract' {
            $json = Get-PythonEnvironment /usr -Root $root | ConvertTo-Json -Depth 3 | ConvertFrom-Json
            $json.Executable | Should -BeExactly '/usr/bin/python3.11'
            $json.IsExternallyManaged | Should -BeTrue
            $names = 'Name Kind Manager Version VersionInfo Implementation Architecture Executable Prefix BasePrefix StdLib SitePackages Scripts ' +
                'IsVirtual IsExternallyManaged MarkerPath IsDefault IsActive IncludeSystemSitePackages PipVersion PipEnforces Health Problem Aliases FoundBy Root'
            (Get-PythonEnvironment /usr -Root $root).PSObject.Properties.Name | Should -Be ($names -split ' ')
        }
    }

    Context 'environment objects as -Path' {
        It 'are read again from disk' {
            $inside = Get-PythonEnvironment -Root $root | Where-Object IsExternallyManaged
            $again = $inside | Get-PythonEnvironment
            $again.Root | Should -BeExactly $root
            $again.Executable | Should -BeExactly '/usr/bin/python3.11'
        }

        It 'are not run below a root' {
            $result = Invoke-Pipeline { Get-PythonEnvironment -Root $root | Select-Object -First 1 | Get-PythonEnvironment -Verify }
            $result.Ids | Should -Be 'OfflineEnvironment'
            $result.Errors | Get-Remedy | Should -BeExactly "Get-PythonEnvironment -LiteralPath $($result.Output.Executable) -Root $root"
        }

        It 'are refused from another machine: <Name>' -ForEach @(
            @{ Name = 'a file with a path'; Value = { [pscustomobject]@{ PSPath = $plain; PSComputerName = 'elsewhere' } } }
            @{ Name = 'text'; Value = { Add-Member -InputObject "$plain" PSComputerName elsewhere -PassThru } }
            @{ Name = 'a pattern'; Value = { Add-Member -InputObject "$here/pl*" PSComputerName elsewhere -PassThru } }
        ) {
            $value = & $Value
            foreach ($result in (Invoke-Pipeline { $value | Get-PythonEnvironment }), (Invoke-Pipeline { Test-ExternallyManaged -Environment $value })) {
                $result.Output | Should -BeNullOrEmpty
                $result.Ids | Should -Be 'RemoteEnvironment'
            }
        }

        It 'are refused from another machine' {
            $remote = Get-PythonEnvironment $plain | Add-Member PSComputerName elsewhere -PassThru
            $result = Invoke-Pipeline { $remote | Get-PythonEnvironment -Verify }
            $result.Ids | Should -Be 'RemoteEnvironment'
            $result.Output | Should -BeNullOrEmpty
        }

        It 'are accepted with brackets in the path' {
            (Get-PythonEnvironment -LiteralPath $bracket | Get-PythonEnvironment).Executable | Should -BeExactly $bracket
            (Get-Item -LiteralPath "$here/a[1]" | Get-PythonEnvironment).Executable | Should -BeExactly $bracket
        }

        It 'are accepted as the environment of a marker' {
            (Get-ExternallyManagedMarker $managed | Get-PythonEnvironment).Executable | Should -BeExactly $managed
        }

        It 'are shown unchanged when they were imported from a file' {
            Get-PythonEnvironment $plain | Export-Clixml "$here/saved.xml"
            Import-Clixml "$here/saved.xml" | Out-String -Width 200 | Should -Not -Match 'broken'
        }

        It 'are not converted from a hash table' {
            (Invoke-Pipeline { @{ Executable = $plain } | Get-PythonEnvironment }).Ids | Should -Be 'EnvironmentNotFound'
        }
    }

    Context '-Recurse' {
        BeforeAll {
            $null = New-FakeVenv "$here/projects/shop/.venv" "$here/plain/bin" 3.11.4
            $null = New-FakeVenv "$here/projects/deep/er/env" "$here/plain/bin" 3.11.4
            $null = New-FakeVenv "$here/projects/broken" "$here/gone" 3.9.1
            $null = New-FakeVenv "$here/projects/node_modules/x" "$here/plain/bin" 3.11.4
            New-FixtureLink "$here/projects/loop" "$here/projects"
        }

        It 'finds environments of any name, including broken ones' {
            $found = Get-PythonEnvironment "$here/projects" -Recurse
            $found.Prefix | Sort-Object | Should -Be "$here/projects/broken", "$here/projects/deep/er/env", "$here/projects/shop/.venv"
            ($found | Where-Object Health -EQ Broken).Problem | Should -BeLike 'Its base Python is missing*'
        }

        It 'searches the location when no path is given' {
            Set-Location -LiteralPath "$here/projects"
            (Get-PythonEnvironment -Recurse).Count | Should -Be 3
        }

        It 'searches to the given depth: <Depth>' -ForEach @(@{ Depth = 0; Count = 1 }, @{ Depth = 1; Count = 2 }, @{ Depth = 2; Count = 3 }) {
            @(Get-PythonEnvironment "$here/projects" -Depth $Depth).Count | Should -Be $Count
        }

        It 'applies filters while it searches' {
            (Get-PythonEnvironment "$here/projects" -Recurse -Version 3.9).Prefix | Should -Be "$here/projects/broken"
            Get-PythonEnvironment "$here/projects" -Recurse -Manager Pipx | Should -BeNullOrEmpty
        }

        It 'streams, and stops when the pipeline stops' {
            @(Get-PythonEnvironment "$here/projects" -Recurse | Select-Object -First 1).Count | Should -Be 1
        }

        It 'reports a path that is not a folder, and continues' {
            $result = Invoke-Pipeline { "$here/none", "$here/projects/shop" | Get-PythonEnvironment -Recurse }
            $result.Ids | Should -Be 'EnvironmentNotFound'
            $result.Output.Prefix | Should -Be "$here/projects/shop/.venv"
        }

        It 'accepts folders from Get-ChildItem and wildcards' {
            (Get-ChildItem "$here/projects" -Directory | Get-PythonEnvironment -Recurse).Prefix | Should -Contain "$here/projects/shop/.venv"
            (Get-PythonEnvironment "$here/projects/s*" -Recurse).Prefix | Should -Be "$here/projects/shop/.venv"
        }
    }
}
