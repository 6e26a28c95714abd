BeforeDiscovery {
    Import-Module "$PSScriptRoot/World.psm1" -Force
}

BeforeAll {
    Import-Module "$PSScriptRoot/World.psm1" -Force
    $here = New-WorldFolder
    Enter-World $here
    $env:PEP668_CACHE_DIR = $env:PEP668_TEST_CACHE ? $env:PEP668_TEST_CACHE : "$here/cache"
    $python = Get-RealPython -With ensurepip
    $script:repaired = $null
    Set-Location -LiteralPath $here
}

AfterAll {
    Exit-World
}

Describe 'Test-PythonVenv' -Skip:(-not (Get-RealPython -With ensurepip)) -Tag 'needs a Python with ensurepip (Debian: python3-venv)' {
    BeforeEach {
        $venv = "$here/v$([guid]::NewGuid().ToString('N').Substring(0, 6))"
    }

    It 'is true for a healthy environment, without output to other streams' {
        $result = Invoke-Pipeline { New-PythonVenv $venv -Python $python | Test-PythonVenv }
        $result.Output | Should -Be $true
        $result.Warnings | Should -BeNullOrEmpty
        $script:repaired = $venv
    }

    It 'is true for an environment created by Python itself' {
        # A full run waits for the pip that Python puts into it.
        $null = & $python -m venv $venv @($env:PEP668_TEST_FULL -eq '1' ? @() : '--without-pip')
        Test-PythonVenv $venv | Should -BeTrue
    }

    It 'is false with the reason when <Name>' -ForEach @(
        @{ Name = 'a link dangles'; Break = { Remove-Item $script:venv/bin/python3; New-FixtureLink $script:venv/bin/python3 /nowhere/python3 }; Says = '*python3 -> /nowhere/python3*' }
        @{ Name = 'a file of pip is gone'; Break = { Remove-Item $script:venv/lib/python3*/site-packages/pip/__main__.py }; Says = '*pip is broken: pip/__main__.py*' }
        @{ Name = 'the folder was moved'; Break = { Move-Item $script:venv $venv; $script:venv = $venv }; Says = '*was moved here*' }
        # Python 3.11 and later start with another folder, and not with a file.
        @{ Name = 'pyvenv.cfg names another Python'; Break = { (Get-Content $script:venv/pyvenv.cfg) -replace '^home = .*', "home = $script:venv/pyvenv.cfg" | Set-Content $script:venv/pyvenv.cfg }; Says = '*pyvenv.cfg names another base Python*' }
        @{ Name = 'its interpreter is gone'; Break = { Remove-Item $script:venv/bin/python* }; Says = '*has no interpreter*' }
    ) {
        # The environment that the case before repaired, if it did.
        $script:venv = $script:repaired ?? (New-PythonVenv $venv -Python $python).Prefix
        $script:repaired = $null
        & $Break
        $result = Invoke-Pipeline { Test-PythonVenv $script:venv }
        $result.Output | Should -Be $false
        $result.Warnings -join ' ' | Should -BeLike $Says
        @($result.Warnings -like '*Repair-PythonVenv*').Count | Should -Be 1 -Because 'the command is recommended once'
        $null = Repair-PythonVenv $script:venv
        Test-PythonVenv $script:venv | Should -BeTrue
        $script:repaired = $script:venv
    }

    It 'requires a virtual environment' {
        Assert-Failure (Invoke-Pipeline { Test-PythonVenv $python }).Errors EnvironmentNotFound ObjectNotFound
    }

    It 'returns one result for each environment' {
        $null = New-PythonVenv $venv -Python $python -WithoutPip
        @($venv, $venv | Test-PythonVenv) | Should -Be @($true, $true)
    }
}
