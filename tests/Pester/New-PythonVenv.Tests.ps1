BeforeDiscovery {
    Import-Module "$PSScriptRoot/World.psm1" -Force
}

BeforeAll {
    Import-Module "$PSScriptRoot/World.psm1" -Force
    $here = (Get-Item TestDrive:/).FullName.TrimEnd('/')
    Enter-World $here
    $env:PEP668_CACHE_DIR = "$here/cache"
    $python = Get-RealPython
    if ($python) {
        # The default Python is the first on PATH.
        $env:PATH = "$(Split-Path $python):$env:PATH"
    }
}

AfterAll {
    Exit-World
}

Describe 'New-PythonVenv' -Skip:(-not (Get-RealPython)) -Tag 'needs Python 3' {
    BeforeEach {
        $work = (New-Item -ItemType Directory "$here/w$([guid]::NewGuid().ToString('N').Substring(0, 6))").FullName
        Set-Location -LiteralPath $work
    }

    AfterEach {
        Set-Location -LiteralPath $here
        Remove-Item Env:VIRTUAL_ENV -ErrorAction Ignore
    }

    Context 'what it makes' {
        It 'is an environment that is returned, is sound, and runs' -Skip:(-not (Get-RealPython -With ensurepip)) -Tag 'needs a Python with ensurepip (Debian: python3-venv)' {
            $made = New-PythonVenv app -Python (Get-RealPython -With ensurepip)
            $made | Should -BeOfType Pep668.PythonEnvironment
            $made.Prefix | Should -BeExactly "$work/app"
            $made.Health | Should -Be 'Healthy'
            $made.PipVersion | Should -Not -BeNullOrEmpty
            $made | Test-ExternallyManaged | Should -BeFalse
            Get-PythonAnswer $made.Executable 'sys.prefix' | Should -BeExactly "$work/app"
            & "$work/app/bin/pip" --version | Should -BeLike "*$work/app/*"
        }

        It 'is .venv of the default Python when nothing is said' {
            (New-PythonVenv -WithoutPip).Prefix | Should -BeExactly "$work/.venv"
        }

        It 'has no pip with -WithoutPip' {
            (New-PythonVenv app -Python $python -WithoutPip).PipVersion | Should -BeNullOrEmpty
        }

        It 'sees the system with -SystemSitePackages, and has the prompt of -Prompt' {
            $made = New-PythonVenv app -Python $python -WithoutPip -SystemSitePackages -Prompt "it's me"
            $made.IncludeSystemSitePackages | Should -BeTrue
            $made.Name | Should -BeExactly "it's me"
            & bash -c ". app/bin/activate && echo `"`$VIRTUAL_ENV_PROMPT`"" | Should -BeLike "*it's me*"
        }

        It 'has a path that is read literally, from the session''s location' {
            [System.Environment]::CurrentDirectory = '/'
            (New-PythonVenv 'a[1]*' -Python $python -WithoutPip).Prefix | Should -BeExactly "$work/a[1]*"
        }

        It 'may be on a drive of PowerShell' {
            $null = New-PSDrive -Name venvs -PSProvider FileSystem -Root $work
            try {
                (New-PythonVenv venvs:/app -Python $python -WithoutPip).Prefix | Should -BeExactly "$work/app"
            }
            finally {
                Remove-PSDrive venvs
            }
        }
    }

    Context 'from which Python' {
        It 'comes down the pipeline' -Skip:(-not (Get-RealPython -Series 3.12)) -Tag 'needs Python 3.12' {
            $made = Get-PythonEnvironment (Get-RealPython -Series 3.12) | New-PythonVenv .venv -WithoutPip
            $made.Version | Should -BeLike '3.12.*'
        }

        It 'takes the best of several' {
            $null = New-PythonVenv one -Python $python -WithoutPip
            $made = Get-PythonEnvironment ./one, $python | New-PythonVenv two -WithoutPip
            @($made).Count | Should -Be 1
            $made.BasePrefix | Should -BeExactly (Get-PythonEnvironment $python).Prefix
        }

        It 'is the base of a virtual environment' {
            $null = New-PythonVenv one -Python $python -WithoutPip
            (New-PythonVenv two -Python ./one -WithoutPip).BasePrefix | Should -BeExactly (Get-PythonEnvironment $python).Prefix
        }

        It 'is the base of the active one when nothing is said' -Skip:(-not (Get-RealPython -Series 3.12)) -Tag 'needs Python 3.12' {
            $active = New-PythonVenv one -Python (Get-RealPython -Series 3.12) -WithoutPip
            $env:VIRTUAL_ENV = $active.Prefix
            (New-PythonVenv two -WithoutPip).Version | Should -BeExactly $active.Version
        }

        It 'makes nothing when the pipeline brought nothing' {
            $result = Invoke-Pipeline { @() | New-PythonVenv app }
            $result.Output | Should -BeNullOrEmpty
            'app' | Should -Not -Exist
        }

        It 'that is not there is an error' {
            $result = Invoke-Pipeline { New-PythonVenv app -Python 3.99 }
            Assert-Failure $result.Errors PythonNotFound ObjectNotFound
            'app' | Should -Not -Exist
        }

        It 'from a root is refused' {
            $root = New-FakeRoot "$work/root"
            $offline = Get-PythonEnvironment /usr/bin/python3 -Root $root
            Assert-Failure (Invoke-Pipeline { $offline | New-PythonVenv app }).Errors OfflineEnvironment InvalidOperation
        }

        It 'of another machine is refused' {
            $remote = Get-PythonEnvironment $python | Add-Member -PassThru -NotePropertyName PSComputerName -NotePropertyValue far
            Assert-Failure (Invoke-Pipeline { $remote | New-PythonVenv app }).Errors RemoteEnvironment InvalidOperation
        }

        It 'that is Python 2 is refused, with what can be taken' -Skip:(-not (Get-RealPython -Series 2.7)) -Tag 'needs Python 2.7' {
            $result = Invoke-Pipeline { New-PythonVenv app -Python (Get-RealPython -Series 2.7) }
            Assert-Failure $result.Errors PythonNotFound ObjectNotFound
            $result.Errors[0].ErrorDetails.RecommendedAction | Should -BeLike 'Get-PythonEnvironment*'
        }
    }

    Context 'what stands there' {
        It 'is an error, and stays' {
            $null = New-PythonVenv app -Python $python -WithoutPip
            Set-Fixture $work/app/bin/mine 'x'
            $result = Invoke-Pipeline { New-PythonVenv app -Python $python }
            Assert-Failure $result.Errors VenvAlreadyExists ResourceExists
            $result.Errors[0].TargetObject | Should -BeExactly "$work/app"
            'app/bin/mine' | Should -Exist
        }

        It 'is replaced with -Force when it is an environment' {
            $null = New-PythonVenv app -Python $python -WithoutPip
            Set-Fixture $work/app/bin/mine 'x'
            New-PythonVenv app -Python $python -WithoutPip -Force | Should -Not -BeNullOrEmpty
            'app/bin/mine' | Should -Not -Exist
        }

        It 'is never replaced when it is somebody''s folder' {
            Set-Fixture $work/app/mine 'x'
            $result = Invoke-Pipeline { New-PythonVenv app -Python $python -Force }
            Assert-Failure $result.Errors VenvAlreadyExists ResourceExists
            'app/mine' | Should -Exist
        }

        It 'is taken with -ReuseExisting when it fits, and refused when not' {
            $null = New-PythonVenv app -Python $python -WithoutPip
            $before = (Get-Item app/pyvenv.cfg).LastWriteTimeUtc
            New-PythonVenv app -Python $python -WithoutPip -ReuseExisting | Should -Not -BeNullOrEmpty
            (Get-Item app/pyvenv.cfg).LastWriteTimeUtc | Should -Be $before
            $result = Invoke-Pipeline { New-PythonVenv app -Python $python -ReuseExisting }
            Assert-Failure $result.Errors VenvAlreadyExists ResourceExists
            $result.Errors[0].Exception.Message | Should -BeLike '*it has no pip*'
        }
    }

    Context 'WhatIf' {
        It 'makes nothing' {
            New-PythonVenv app -Python $python -WhatIf | Should -BeNullOrEmpty
            'app' | Should -Not -Exist
            @(Get-ChildItem -Force).Count | Should -Be 0
        }

        It 'gives the real verdict' {
            $null = New-PythonVenv app -Python $python -WithoutPip
            (Invoke-Pipeline { New-PythonVenv app -Python $python -WhatIf }).Ids | Should -Be VenvAlreadyExists
        }
    }
}
