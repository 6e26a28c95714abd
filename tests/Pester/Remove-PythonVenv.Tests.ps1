BeforeDiscovery {
    Import-Module "$PSScriptRoot/World.psm1" -Force
}

BeforeAll {
    Import-Module "$PSScriptRoot/World.psm1" -Force
    $here = New-WorldFolder
    Enter-World $here
    $null = New-FakePython "$here/base" 3.12.5
}

AfterAll {
    Exit-World
}

Describe 'Remove-PythonVenv' -Skip:$IsWindows -Tag 'needs POSIX links' {
    BeforeEach {
        $work = "$here/w$([guid]::NewGuid().ToString('N').Substring(0, 6))"
        $venv = "$work/.venv"
        $null = New-FakeVenv $venv "$here/base/bin" 3.12.5
        Set-Location -LiteralPath $work
    }

    AfterEach {
        Set-Location -LiteralPath $here
        Remove-Item Env:VIRTUAL_ENV, Env:VIRTUAL_ENV_PROMPT, Function:deactivate -ErrorAction Ignore
        $env:PATH = '/usr/bin:/bin'
    }

    It 'removes an environment by its path, its interpreter, an item and an object, and returns nothing' {
        foreach ($given in { '.venv' }, { "$venv/bin/python" }, { Get-Item .venv -Force }, { Get-PythonEnvironment $venv }) {
            if (-not (Test-Path $venv)) {
                $null = New-FakeVenv $venv "$here/base/bin" 3.12.5
            }
            $value = & $given
            $result = Invoke-Pipeline { Remove-PythonVenv $value }
            $result.Errors + $result.Output + $result.Warnings | Should -BeNullOrEmpty
            Test-Path $venv | Should -BeFalse
            Get-ChildItem $work -Force | Should -BeNullOrEmpty
        }
    }

    It 'removes the broken environments of a pipeline and keeps the others' {
        $null = New-FakeVenv "$work/a/.venv" '/gone/bin' 3.11.2
        $null = New-FakeVenv "$work/b/.venv" "$here/base/bin" 3.12.5
        Remove-Item "$work/b/.venv/bin/python*"
        Get-PythonEnvironment $work -Recurse | Where-Object Health -EQ Broken | Remove-PythonVenv -WhatIf
        "$work/a/.venv", "$work/b/.venv" | Should -Exist
        Get-PythonEnvironment $work -Recurse | Where-Object Health -EQ Broken | Remove-PythonVenv
        (Get-PythonEnvironment $work -Recurse).Prefix | Should -BeExactly $venv
        "$work/a/.venv", "$work/b/.venv" | Should -Not -Exist
    }

    It 'removes an environment whose interpreter is missing by an object from a file' {
        $csv = Get-PythonEnvironment $venv | ConvertTo-Csv | ConvertFrom-Csv
        Remove-Item "$venv/bin/python*"
        $csv | Remove-PythonVenv
        $venv | Should -Not -Exist
    }

    It 'changes nothing with -WhatIf, and gives the same errors' {
        Remove-PythonVenv .venv -WhatIf
        Set-Fixture "$work/mixed/pyvenv.cfg" "home = /gone/bin`n"
        Set-Fixture "$work/mixed/main.py"
        Assert-Failure (Invoke-Pipeline { Remove-PythonVenv ./mixed -WhatIf }).Errors NotAVirtualEnvironment InvalidArgument -WithoutRemedy
        "$venv/pyvenv.cfg", "$work/mixed/main.py" | Should -Exist
    }

    It 'requires -Environment, and has the impact Medium' {
        (Get-Command Remove-PythonVenv).Parameters['Environment'].ParameterSets.Values.IsMandatory | Should -BeTrue
        $ConfirmPreference = 'Medium'
        $text = Invoke-Pwsh -NoProfile -NonInteractive -Command "Import-Module '$(Get-ModuleFolder)/Pep668.psd1'; `$ConfirmPreference = 'Medium'; Remove-PythonVenv '$venv'" 2>&1 | Out-String
        $text | Should -BeLike '*NonInteractive*'
        $venv | Should -Exist
        @() | Remove-PythonVenv
        $venv | Should -Exist
    }

    It 'refuses <Name>' -ForEach @(
        @{ Name = 'a base Python'; Given = { "$here/base/bin/python3.12" } }
        @{ Name = 'a conda environment'; Given = { Set-Fixture "$here/conda/conda-meta/history"; New-FakePython "$here/conda" 3.12.5 } }
        @{ Name = 'a folder without pyvenv.cfg'; Given = { (New-Item -ItemType Directory "$work/empty").FullName } }
        @{ Name = 'such a folder as an item'; Given = { New-Item -ItemType Directory "$work/empty" } }
    ) {
        $value = & $Given
        Assert-Failure (Invoke-Pipeline { Remove-PythonVenv $value -Force }).Errors NotAVirtualEnvironment InvalidArgument
    }

    It 'refuses what does not name one environment: <_>' -ForEach '3.12', '>=3.8', '*', '.ven?', '', 'nothing' {
        (Invoke-Pipeline { Remove-PythonVenv $_ -Force }).Ids | Should -BeExactly 'EnvironmentNotFound'
        $venv | Should -Exist
    }

    It 'refuses an object from another machine and one from a root' {
        $remote = [pscustomobject]@{ Prefix = $venv; PSComputerName = 'server1' }
        Assert-Failure (Invoke-Pipeline { $remote | Remove-PythonVenv -Force }).Errors RemoteEnvironment InvalidOperation
        $below = Get-PythonEnvironment -Root $work -LiteralPath /.venv
        $below.Root | Should -BeExactly $work
        Assert-Failure (Invoke-Pipeline { $below | Remove-PythonVenv -Force }).Errors OfflineEnvironment InvalidOperation -WithoutRemedy
        $venv | Should -Exist
    }

    It 'refuses a link, and recommends the environment and the link' {
        New-FixtureLink "$work/link" $venv
        $result = Invoke-Pipeline { Remove-PythonVenv ./link -Force }
        Assert-Failure $result.Errors NotAVirtualEnvironment InvalidArgument
        $result.Errors | Get-Remedy | Should -BeExactly "Remove-PythonVenv $venv", "Remove-Item -LiteralPath $work/link"
        $venv | Should -Exist
        $result.Errors | Get-Remedy | ForEach-Object { . ([scriptblock]::Create($_)) }
        Get-ChildItem $work -Force | Should -BeNullOrEmpty
    }

    It 'does not delete what a link in the environment leads to' {
        Set-Fixture "$here/outside/keep" 'kept'
        New-FixtureLink "$venv/lib/outside" "$here/outside"
        New-FixtureLink "$venv/share" "$here/outside"
        Remove-PythonVenv .venv
        $venv | Should -Not -Exist
        Get-Content "$here/outside/keep" | Should -BeExactly 'kept'
    }

    It 'keeps the sources of a project whose folder is the environment' {
        Set-Fixture "$venv/main.py"
        Set-Fixture "$venv/.git/HEAD"
        $result = Invoke-Pipeline { Remove-PythonVenv .venv }
        Assert-Failure $result.Errors NotAVirtualEnvironment InvalidArgument -WithoutRemedy
        $result.Errors[0].Exception.Message | Should -BeLike '*(.git, main.py)*'
        Remove-PythonVenv .venv -Force
        $venv | Should -Not -Exist
    }

    It 'refuses an environment that was entered, and with -Force removes it and restores the session' {
        Enter-PythonVenv .venv
        $result = Invoke-Pipeline { Remove-PythonVenv .venv }
        Assert-Failure $result.Errors EnvironmentBusy ResourceBusy
        $result.Errors | Get-Remedy | Should -BeExactly "Remove-PythonVenv $venv -Force"
        Remove-PythonVenv .venv -Force -WhatIf
        $env:VIRTUAL_ENV | Should -BeExactly $venv
        Remove-PythonVenv .venv -Force
        $venv | Should -Not -Exist
        $env:PATH | Should -BeExactly '/usr/bin:/bin'
        Test-Path Env:VIRTUAL_ENV, Function:deactivate | Should -Be $false, $false
    }

    It 'removes a suspended environment with -Force and keeps the active one' {
        $null = New-FakeVenv "$work/two" "$here/base/bin" 3.12.5
        Enter-PythonVenv .venv
        Enter-PythonVenv ./two
        Assert-Failure (Invoke-Pipeline { Remove-PythonVenv $venv }).Errors EnvironmentBusy ResourceBusy
        Remove-PythonVenv .venv -Force
        $venv | Should -Not -Exist
        $env:VIRTUAL_ENV | Should -BeExactly "$work/two"
        $env:PATH | Should -BeExactly "$work/two/bin:/usr/bin:/bin"
        Exit-PythonVenv
        $env:PATH | Should -BeExactly '/usr/bin:/bin'
        (Invoke-Pipeline { Exit-PythonVenv }).Ids | Should -BeExactly 'EnvironmentNotFound'
    }

    It 'warns that an environment which another program activated is still active' {
        $env:VIRTUAL_ENV = $venv
        Assert-Failure (Invoke-Pipeline { Remove-PythonVenv .venv }).Errors EnvironmentBusy ResourceBusy
        $result = Invoke-Pipeline { Remove-PythonVenv .venv -Force }
        $result.Errors | Should -BeNullOrEmpty
        $result.Warnings | Should -BeLike "'$venv' was not activated by this module*"
        $venv | Should -Not -Exist
    }

    It 'refuses the environment of an application without -Force, and warns that pipx has a command for it' {
        Set-Fixture "$venv/pipx_metadata.json" '{}'
        $result = Invoke-Pipeline { Remove-PythonVenv $venv }
        Assert-Failure $result.Errors NotAVirtualEnvironment InvalidArgument
        $result.Errors | Get-Remedy | Should -BeExactly 'Uninstall-PythonApplication .venv -Installer Pipx', "Remove-PythonVenv $venv -Force"
        $venv | Should -Exist
        $result = Invoke-Pipeline { Remove-PythonVenv $venv -Force -WhatIf }
        $result.Warnings | Should -BeLike '*pipx uninstall .venv*'
    }

    It 'works in the current folder' {
        Set-Location .venv
        Remove-PythonVenv .
        Set-Location -LiteralPath $here
        $venv | Should -Not -Exist
    }
}
