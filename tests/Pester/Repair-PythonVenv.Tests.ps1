BeforeDiscovery {
    Import-Module "$PSScriptRoot/World.psm1" -Force
    $two = (Get-RealPython -Series 3.12) -and (Get-RealPython -Series 3.13)
}

BeforeAll {
    Import-Module "$PSScriptRoot/World.psm1" -Force
    $here = New-WorldFolder
    Enter-World $here
    $env:PEP668_CACHE_DIR = $env:PEP668_TEST_CACHE ? $env:PEP668_TEST_CACHE : "$here/cache"
    $python = Get-RealPython -With ensurepip
    # An environment with pip that a test left healthy. To create one takes a second.
    $script:repaired = $null
    Set-Location -LiteralPath $here
}

AfterAll {
    Exit-World
}

Describe 'Repair-PythonVenv' -Skip:(-not (Get-RealPython -With ensurepip)) -Tag 'needs a Python with ensurepip (Debian: python3-venv)' {
    BeforeEach {
        $venv = "$here/v$([guid]::NewGuid().ToString('N').Substring(0, 6))"
    }

    It 'repairs a moved environment, keeps its distributions, and returns it' {
        $null = New-PythonVenv $venv -Python $python
        $packages = Get-Item "$venv/lib/python3*/site-packages"
        Set-Fixture "$($packages.FullName)/kept.py" 'x = 1'
        Move-Item $venv "$venv-moved"
        $repaired = Repair-PythonVenv "$venv-moved"
        $repaired.Health | Should -Be 'Healthy'
        & "$venv-moved/bin/pip" --version | Should -BeLike "*$venv-moved/*"
        & bash -c ". $venv-moved/bin/activate && python -c 'import kept, sys; print(sys.prefix)'" | Should -BeExactly "$venv-moved"
        $script:repaired = "$venv-moved"
    }

    It 'repairs an environment without its interpreter, from the pipeline' {
        $found = New-PythonVenv $venv -Python $python -WithoutPip
        $csv = $found | ConvertTo-Csv | ConvertFrom-Csv
        Remove-Item "$venv/bin/python*"
        Get-PythonEnvironment $here -Recurse | Where-Object Prefix -EQ $venv | Test-PythonVenv -WarningAction Ignore | Should -Be $false
        $found | Test-PythonVenv -WarningAction Ignore | Should -Be $false
        (Get-PythonEnvironment $here -Recurse | Where-Object Prefix -EQ $venv | Repair-PythonVenv).Health | Should -Be 'Healthy'
        Remove-Item "$venv/bin/python*"
        ($csv | Repair-PythonVenv).Health | Should -Be 'Healthy'
        & "$venv/bin/python" -c 'import sys; print(sys.prefix)' | Should -BeExactly $venv
    }

    It 'keeps a healthy environment unchanged' {
        $null = New-PythonVenv $venv -Python $python -WithoutPip
        $before = (Get-Item $venv/bin/activate).LastWriteTimeUtc
        (Repair-PythonVenv $venv).Prefix | Should -BeExactly $venv
        (Get-Item $venv/bin/activate).LastWriteTimeUtc | Should -Be $before
    }

    It 'loses nothing when it is killed at any moment, and the next one completes it' {
        $venv = $script:repaired ?? (New-PythonVenv $venv -Python $python).Prefix
        $script:repaired = $null
        $packages = (Get-Item "$venv/lib/python3*/site-packages").FullName
        Set-Fixture "$packages/kept.py" 'x = 1'
        $rounds = $env:PEP668_TEST_ROUNDS ? [int] $env:PEP668_TEST_ROUNDS : $env:PEP668_TEST_FULL -eq '1' ? 4 : 1
        Set-Fixture "$here/repair.ps1" @"
            Import-Module '$(Get-ModuleFolder)/Pep668.psd1'
            for (`$round = 0; ; `$round++) {
                Remove-Item '$packages/pip/__main__.py', '$venv/bin/python*', '$venv/bin/pip' -ErrorAction Ignore
                `$null = Repair-PythonVenv '$venv'
                if (`$round -eq 0) { `$null = New-Item '$venv/ready' }
            }
"@
        $pwsh = @(Get-PwshCommand) + '-NoProfile', '-NonInteractive', '-File', "$here/repair.ps1"
        foreach ($round in 1..$rounds) {
            $process = Start-Process $pwsh[0] -ArgumentList $pwsh[1..9] -PassThru
            while (-not $process.HasExited -and -not (Test-Path "$venv/ready")) {
                Start-Sleep -Milliseconds 5
            }
            Start-Sleep -Milliseconds (Get-Random -Maximum 200)
            $process.HasExited | Should -BeFalse
            $process.Kill()
            $process.WaitForExit()
            Remove-Item "$venv/ready"
            # A minute later: what has no lock yet may be in use.
            Get-ChildItem $venv, $venv/bin, $packages -Force -Filter '.pep668-*' |
                ForEach-Object { & touch -h -d '2 minutes ago' $_.FullName }
            (Repair-PythonVenv $venv).Health | Should -Be 'Healthy'
            & "$venv/bin/python" -c 'import kept, pip.__main__, sys; print(sys.prefix)' | Should -BeExactly $venv
            Get-ChildItem $venv, $venv/bin, $packages -Force -Filter '.pep668-*' | Should -BeNullOrEmpty
        }
        $script:repaired = $venv
    }

    It 'repairs nothing with -WhatIf' {
        $venv = $script:repaired ?? (New-PythonVenv $venv -Python $python).Prefix
        $script:repaired = $null
        Remove-Item $venv/lib/python3*/site-packages/pip/__main__.py
        Repair-PythonVenv $venv -WhatIf | Should -BeNullOrEmpty
        Test-PythonVenv $venv -WarningAction Ignore | Should -BeFalse
    }

    It 'reports what must be installed again when the version is different' -Skip:(-not $two) -Tag 'needs Python 3.12 and 3.13' {
        $null = New-PythonVenv $venv -Python (Get-RealPython -Series 3.12) -WithoutPip
        $null = New-Item -ItemType Directory "$venv/lib/python3.12/site-packages/some_thing-1.5.dist-info"
        $result = Invoke-Pipeline { Repair-PythonVenv $venv -Python (Get-RealPython -Series 3.13) }
        Assert-Failure $result.Errors VenvBroken InvalidData
        $result.Errors[0].Exception.Message | Should -BeLike "'$venv' cannot be repaired: it was created for Python 3.12, but its base is now Python 3.13.*"
        $result.Errors[0].ErrorDetails.RecommendedAction | Should -BeLike "*New-PythonVenv $venv -Python $(Split-Path (Get-RealPython -Series 3.13))/python* -Force | Invoke-PipInstall 'some-thing==1.5' *"
    }

    It 'uses the base that -Python names' -Skip:(-not (Get-RealPython -Series 3.12)) -Tag 'needs Python 3.12' {
        $other = Get-RealPython -Series 3.12
        $null = New-PythonVenv $venv -Python $other -WithoutPip
        Remove-Item "$venv/bin/python*"
        New-FixtureLink "$venv/bin/python" /gone/python3.12
        Set-Fixture "$venv/pyvenv.cfg" "home = /gone`ninclude-system-site-packages = false`nversion = 3.12.0`n"
        (Repair-PythonVenv $venv -Python $other).Health | Should -Be 'Healthy'
        Get-PythonAnswer "$venv/bin/python" 'sys.prefix' | Should -BeExactly $venv
    }

    It 'accepts unhealthy environments from the pipeline' {
        $null = New-PythonVenv "$venv/a" -Python $python -WithoutPip
        $null = New-PythonVenv "$venv/b" -Python $python -WithoutPip
        Remove-Item "$venv/b/bin/python*"
        New-FixtureLink "$venv/b/bin/python" /gone/python3
        $repaired = Get-PythonEnvironment $venv -Recurse | Where-Object Health -NE Healthy | Repair-PythonVenv
        $repaired.Prefix | Should -BeExactly "$venv/b"
        Get-PythonEnvironment $venv -Recurse | Where-Object Health -NE Healthy | Should -BeNullOrEmpty
    }

    It 'requires a virtual environment' {
        Assert-Failure (Invoke-Pipeline { Repair-PythonVenv $python }).Errors EnvironmentNotFound ObjectNotFound
    }
}
