BeforeDiscovery {
    Import-Module "$PSScriptRoot/World.psm1" -Force
}

BeforeAll {
    Import-Module "$PSScriptRoot/World.psm1" -Force
    $here = New-WorldFolder
    Enter-World $here
    $env:PEP668_CACHE_DIR = $env:PEP668_TEST_CACHE ? $env:PEP668_TEST_CACHE : "$here/cache"
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

    Context 'created environment' {
        It 'is returned, is healthy, and runs' -Skip:(-not (Get-RealPython -With ensurepip)) -Tag 'needs a Python with ensurepip (Debian: python3-venv)' {
            $made = New-PythonVenv app -Python (Get-RealPython -With ensurepip)
            $made | Should -BeOfType Pep668.PythonEnvironment
            $made.Prefix | Should -BeExactly "$work/app"
            $made.Health | Should -Be 'Healthy'
            $made.PipVersion | Should -Not -BeNullOrEmpty
            $made | Test-ExternallyManaged | Should -BeFalse
            Get-PythonAnswer $made.Executable 'sys.prefix' | Should -BeExactly "$work/app"
            & "$work/app/bin/pip" --version | Should -BeLike "*$work/app/*"
        }

        It 'is .venv of the default Python without arguments' {
            (New-PythonVenv -WithoutPip).Prefix | Should -BeExactly "$work/.venv"
        }

        It 'has no pip with -WithoutPip' {
            (New-PythonVenv app -Python $python -WithoutPip).PipVersion | Should -BeNullOrEmpty
        }

        It 'includes the system with -SystemSitePackages, and has the prompt of -Prompt' {
            $made = New-PythonVenv app -Python $python -WithoutPip -SystemSitePackages -Prompt "it's me"
            $made.IncludeSystemSitePackages | Should -BeTrue
            $made.Name | Should -BeExactly "it's me"
            & bash -c ". app/bin/activate && echo `"`$VIRTUAL_ENV_PROMPT`"" | Should -BeLike "*it's me*"
        }

        It 'has a literal path that is relative to the location of the session' {
            [System.Environment]::CurrentDirectory = '/'
            (New-PythonVenv 'a[1]*' -Python $python -WithoutPip).Prefix | Should -BeExactly "$work/a[1]*"
        }

        It 'can be on a drive of PowerShell' {
            $null = New-PSDrive -Name venvs -PSProvider FileSystem -Root $work
            try {
                (New-PythonVenv venvs:/app -Python $python -WithoutPip).Prefix | Should -BeExactly "$work/app"
            }
            finally {
                Remove-PSDrive venvs
            }
        }
    }

    Context 'base Python' {
        It 'is accepted from the pipeline' -Skip:(-not (Get-RealPython -Series 3.12)) -Tag 'needs Python 3.12' {
            $made = Get-PythonEnvironment (Get-RealPython -Series 3.12) | New-PythonVenv .venv -WithoutPip
            $made.Version | Should -BeLike '3.12.*'
        }

        It 'is the best of several' {
            $null = New-PythonVenv one -Python $python -WithoutPip
            $made = Get-PythonEnvironment ./one, $python | New-PythonVenv two -WithoutPip
            @($made).Count | Should -Be 1
            $made.BasePrefix | Should -BeExactly (Get-PythonEnvironment $python).Prefix
        }

        It 'is the base of a virtual environment' {
            $null = New-PythonVenv one -Python $python -WithoutPip
            (New-PythonVenv two -Python ./one -WithoutPip).BasePrefix | Should -BeExactly (Get-PythonEnvironment $python).Prefix
        }

        It 'is the base of the active environment by default' -Skip:(-not (Get-RealPython -Series 3.12)) -Tag 'needs Python 3.12' {
            $active = New-PythonVenv one -Python (Get-RealPython -Series 3.12) -WithoutPip
            $env:VIRTUAL_ENV = $active.Prefix
            (New-PythonVenv two -WithoutPip).Version | Should -BeExactly $active.Version
        }

        It 'is missing when the pipeline is empty: creates nothing' {
            $result = Invoke-Pipeline { @() | New-PythonVenv app }
            $result.Output | Should -BeNullOrEmpty
            'app' | Should -Not -Exist
        }

        It 'is an error when it is not found' {
            $result = Invoke-Pipeline { New-PythonVenv app -Python 3.99 }
            Assert-Failure $result.Errors PythonNotFound ObjectNotFound
            'app' | Should -Not -Exist
        }

        It 'is refused from a root' {
            $root = New-FakeRoot "$work/root"
            $offline = Get-PythonEnvironment /usr/bin/python3 -Root $root
            Assert-Failure (Invoke-Pipeline { $offline | New-PythonVenv app }).Errors OfflineEnvironment InvalidOperation
        }

        It 'is refused from another machine' {
            $remote = Get-PythonEnvironment $python | Add-Member -PassThru -NotePropertyName PSComputerName -NotePropertyValue far
            Assert-Failure (Invoke-Pipeline { $remote | New-PythonVenv app }).Errors RemoteEnvironment InvalidOperation
        }

        It 'is refused when it is Python 2, with those that are accepted' -Skip:(-not (Get-RealPython -Series 2.7)) -Tag 'needs Python 2.7' {
            $result = Invoke-Pipeline { New-PythonVenv app -Python (Get-RealPython -Series 2.7) }
            Assert-Failure $result.Errors PythonNotFound ObjectNotFound
            $result.Errors[0].ErrorDetails.RecommendedAction | Should -Match ([regex]::Escape("New-PythonVenv $work/app -Python "))
            $result.Errors[0].ErrorDetails.RecommendedAction | Should -BeLike "*Get-PythonEnvironment -Kind Global -Version '>=3.6'*"
        }
    }

    Context 'existing target' {
        It 'is an error, and is kept' {
            $null = New-PythonVenv app -Python $python -WithoutPip
            Set-Fixture $work/app/bin/mine 'x'
            $result = Invoke-Pipeline { New-PythonVenv app -Python $python }
            Assert-Failure $result.Errors VenvAlreadyExists ResourceExists
            $result.Errors[0].TargetObject | Should -BeExactly "$work/app"
            $result.Errors[0].ErrorDetails.RecommendedAction | Should -Not -BeLike '*-ReuseExisting*' -Because 'it has no pip'
            'app/bin/mine' | Should -Exist
        }

        It 'is replaced with -Force when it is an environment' {
            $null = New-PythonVenv app -Python $python -WithoutPip
            Set-Fixture $work/app/bin/mine 'x'
            New-PythonVenv app -Python $python -WithoutPip -Force | Should -Not -BeNullOrEmpty
            'app/bin/mine' | Should -Not -Exist
        }

        It 'is never replaced when it is a folder with other files' {
            Set-Fixture $work/app/mine 'x'
            $result = Invoke-Pipeline { New-PythonVenv app -Python $python -Force }
            Assert-Failure $result.Errors VenvAlreadyExists ResourceExists
            'app/mine' | Should -Exist
        }

        It 'is accepted with -ReuseExisting when it matches, and refused when not' {
            $null = New-PythonVenv app -Python $python -WithoutPip
            $before = (Get-Item app/pyvenv.cfg).LastWriteTimeUtc
            New-PythonVenv app -Python $python -WithoutPip -ReuseExisting | Should -Not -BeNullOrEmpty
            (Get-Item app/pyvenv.cfg).LastWriteTimeUtc | Should -Be $before
            $result = Invoke-Pipeline { New-PythonVenv app -Python $python -ReuseExisting }
            Assert-Failure $result.Errors VenvAlreadyExists ResourceExists
            $result.Errors[0].Exception.Message | Should -BeLike '*it has no pip*'
        }
    }

    Context 'several Pythons from the pipeline' {
        It 'uses the first in the order of Get-PythonEnvironment: the default Python before a newer one' -Skip:(-not (Get-RealPython -Series 3.12)) -Tag 'needs Python 3.12' {
            $default = (Get-Command python3 -CommandType Application)[0].Path
            $made = (Get-RealPython -Series 3.12), $default | New-PythonVenv app -WithoutPip
            $made.BasePrefix | Should -BeExactly (Get-PythonEnvironment $default).Prefix
        }
    }

    Context '-WhatIf' {
        It 'creates nothing' {
            New-PythonVenv app -Python $python -WhatIf | Should -BeNullOrEmpty
            'app' | Should -Not -Exist
            @(Get-ChildItem -Force).Count | Should -Be 0
        }

        It 'reports that a folder is replaced' {
            $null = New-PythonVenv app -Python $python -WithoutPip
            $before = (Get-Item app/pyvenv.cfg).LastWriteTimeUtc
            $text = Get-WhatIfLine { New-PythonVenv app -Python $python -Force -WhatIf; New-PythonVenv app2 -Python $python -Force -WhatIf }
            $text[0] | Should -Match '"Replace the existing folder: create a virtual environment with Python .*/app"\.$'
            $text[1] | Should -Match '"Create a virtual environment with Python .*/app2"\.$'
            (Get-Item app/pyvenv.cfg).LastWriteTimeUtc | Should -Be $before
        }

        It 'reports the same errors as without it' {
            $null = New-PythonVenv app -Python $python -WithoutPip
            (Invoke-Pipeline { New-PythonVenv app -Python $python -WhatIf }).Ids | Should -Be VenvAlreadyExists
        }
    }
}
