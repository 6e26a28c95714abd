BeforeAll {
    Import-Module "$PSScriptRoot/World.psm1" -Force
    $here = (Get-Item TestDrive:/).FullName.TrimEnd('/')
    Enter-World $here
    $base = New-FakePython "$here/base" 3.12.5
    $null = New-FakeVenv "$here/one" "$here/base/bin" 3.12.5 -Prompt "it is one"
    $null = New-FakeVenv "$here/two" "$here/base/bin" 3.12.5
    $null = New-FakeVenv "$here/ruin" "$here/gone" 3.9.1
    $root = New-FakeRoot "$here/root"
}

AfterAll {
    Exit-World
}

Describe 'Enter-PythonVenv' {
    AfterEach {
        while ($env:VIRTUAL_ENV) { Exit-PythonVenv -ErrorAction Stop }
        $env:PATH = '/usr/bin:/bin'
    }

    It 'sets what Activate.ps1 sets, and gives nothing' {
        $env:PYTHONHOME = '/somewhere'
        try {
            Enter-PythonVenv "$here/one" | Should -BeNullOrEmpty
            $env:VIRTUAL_ENV | Should -BeExactly "$here/one"
            $env:VIRTUAL_ENV_PROMPT | Should -BeExactly 'it is one'
            $env:PATH | Should -BeExactly "$here/one/bin:/usr/bin:/bin"
            Test-Path Env:PYTHONHOME | Should -BeFalse
            (prompt 6>&1 | Out-String) | Should -Match '^\(it is one\) '
            (Get-PythonEnvironment "$here/one").IsActive | Should -BeTrue
            Exit-PythonVenv
            $env:PYTHONHOME | Should -BeExactly '/somewhere'
        }
        finally {
            Remove-Item Env:PYTHONHOME -ErrorAction Ignore
        }
    }

    It 'does nothing for the active one' {
        Enter-PythonVenv "$here/one"
        (Invoke-Pipeline { Enter-PythonVenv "$here/one" -Verbose }).Verbose | Should -Contain "'$here/one' is active already: nothing to do."
        Exit-PythonVenv
        Test-Path Env:VIRTUAL_ENV | Should -BeFalse
    }

    It 'enters the first of several and refuses the second' {
        $result = Invoke-Pipeline { "$here/one", "$here/two" | Enter-PythonVenv }
        Assert-Failure $result.Errors EnvironmentBusy ResourceBusy
        $env:VIRTUAL_ENV | Should -BeExactly "$here/one"
    }

    It 'refuses <Id>' -ForEach @(
        @{ Id = 'EnvironmentNotFound'; Category = 'ObjectNotFound'; Value = { $base }; Action = 'New-PythonVenv .venv' }
        @{ Id = 'VenvBroken'; Category = 'InvalidData'; Value = { "$here/ruin" }; Action = 'Repair-PythonVenv *' }
        @{ Id = 'OfflineEnvironment'; Category = 'InvalidOperation'; Value = { Get-PythonEnvironment /srv/web -Root $root }; Action = 'Get-PythonEnvironment *' }
    ) {
        $given = & $Value
        $result = Invoke-Pipeline { Enter-PythonVenv $given }
        Assert-Failure $result.Errors $Id $Category
        $result.Errors[0].ErrorDetails.RecommendedAction | Should -BeLike $Action
        Test-Path Env:VIRTUAL_ENV | Should -BeFalse
    }
}
