BeforeAll {
    Import-Module "$PSScriptRoot/World.psm1" -Force
    $here = (Get-Item TestDrive:/).FullName.TrimEnd('/')
    Enter-World $here
    $base = New-FakePython "$here/base" 3.12.5
    $null = New-FakeVenv "$here/one" "$here/base/bin" 3.12.5 -Prompt "it is one"
    $null = New-FakeVenv "$here/two" "$here/base/bin" 3.12.5
    $null = New-FakeVenv "$here/ruin" "$here/gone" 3.9.1
    $null = New-FakePython "$here/conda" 3.12.5
    Set-Fixture "$here/conda/conda-meta/history"
    New-FixtureLink "$here/link" "$here/one"
    $root = New-FakeRoot "$here/root"
    $prompt = (Get-Item function:prompt).ScriptBlock
}

AfterAll {
    Exit-World
}

Describe 'Enter-PythonVenv' {
    AfterEach {
        while ($env:VIRTUAL_ENV) { Exit-PythonVenv -ErrorAction Stop }
        $env:PATH = '/usr/bin:/bin'
        Set-Item function:global:prompt $prompt -Options None -Force
    }

    It 'sets the variables that Activate.ps1 sets, and returns nothing' {
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

    It 'does nothing for the active environment' {
        Enter-PythonVenv "$here/one"
        (Invoke-Pipeline { Enter-PythonVenv "$here/one" -Verbose }).Verbose | Should -Contain "Nothing was changed because '$here/one' is already active."
        Exit-PythonVenv
        Test-Path Env:VIRTUAL_ENV | Should -BeFalse
    }

    It 'enters the first of several environments and refuses the second' {
        $result = Invoke-Pipeline { "$here/one", "$here/two" | Enter-PythonVenv }
        Assert-Failure $result.Errors EnvironmentBusy ResourceBusy
        $result.Errors | Get-Remedy | Should -BeExactly "Enter-PythonVenv $here/two"
        $env:VIRTUAL_ENV | Should -BeExactly "$here/one"
    }

    It 'refuses an environment with the error <Id>' -ForEach @(
        @{ Id = 'EnvironmentNotFound'; Category = 'ObjectNotFound'; Value = { $base }; Action = 'New-PythonVenv .venv -Python * | Enter-PythonVenv' }
        @{ Id = 'VenvBroken'; Category = 'InvalidData'; Value = { "$here/ruin" }; Action = 'Repair-PythonVenv *' }
        @{ Id = 'EnvironmentNotFound'; Category = 'ObjectNotFound'; Value = { "$here/conda" }; Action = 'conda activate */conda' }
        @{ Id = 'EnvironmentNotFound'; Category = 'ObjectNotFound'; Value = { "$here/nothing" }; Action = 'Get-PythonEnvironment' }
        @{ Id = 'RemoteEnvironment'; Category = 'InvalidOperation'; Value = { Get-PythonEnvironment "$here/one" | Add-Member -PassThru PSComputerName far }; Action = 'Enter-PSSession far' }
        @{ Id = 'OfflineEnvironment'; Category = 'InvalidOperation'; Value = { Get-PythonEnvironment /srv/web -Root $root }; Action = $null }
    ) {
        $given = & $Value
        $result = Invoke-Pipeline { Enter-PythonVenv $given }
        Assert-Failure $result.Errors $Id $Category -WithoutRemedy:($null -eq $Action)
        $result.Errors | Get-Remedy | Select-Object -First 1 | Should -BeLike $Action
        Test-Path Env:VIRTUAL_ENV | Should -BeFalse
    }

    It 'accepts the same environment twice in a pipeline, and the second when the first was refused' {
        $result = Invoke-Pipeline { "$here/one", "$here/one" | Enter-PythonVenv }
        $result.Errors | Should -BeNullOrEmpty
        Exit-PythonVenv
        Test-Path Env:VIRTUAL_ENV | Should -BeFalse
        (Invoke-Pipeline { $base, "$here/two" | Enter-PythonVenv }).Ids | Should -Be EnvironmentNotFound
        $env:VIRTUAL_ENV | Should -BeExactly "$here/two"
    }

    It 'recognizes the active environment through a link and through its interpreter' {
        Enter-PythonVenv "$here/link"
        $env:VIRTUAL_ENV | Should -BeExactly "$here/one"
        Enter-PythonVenv "$here/one/bin/python"
        $env:PATH | Should -BeExactly "$here/one/bin:/usr/bin:/bin"
    }

    It 'keeps the prompt with VIRTUAL_ENV_DISABLE_PROMPT=<Value>: <Alone>' -ForEach @(@{ Value = '1'; Alone = $true }, @{ Value = '0'; Alone = $true }, @{ Value = ''; Alone = $false }) {
        $env:VIRTUAL_ENV_DISABLE_PROMPT = $Value
        try {
            Enter-PythonVenv "$here/one"
            (prompt 6>&1 | Out-String) -match '^\(it is one\) ' | Should -Be (-not $Alone)
            $env:VIRTUAL_ENV_PROMPT | Should -BeExactly 'it is one'
            (Get-Item function:prompt).ScriptBlock.Equals($prompt) | Should -Be $Alone
        }
        finally {
            Remove-Item Env:VIRTUAL_ENV_DISABLE_PROMPT -ErrorAction Ignore
        }
    }

    It 'warns where the prompt cannot be changed, and enters the environment' {
        Set-Item function:global:prompt $prompt -Options ReadOnly
        $result = Invoke-Pipeline { Enter-PythonVenv "$here/one" }
        $result.Errors | Should -BeNullOrEmpty
        $result.Warnings | Should -BeLike "*'prompt' is read-only; '$here/one' is active*"
        $env:VIRTUAL_ENV | Should -BeExactly "$here/one"
        (Invoke-Pipeline { Exit-PythonVenv }).Warnings | Should -BeNullOrEmpty
        Test-Path Env:VIRTUAL_ENV | Should -BeFalse
    }

    It 'keeps the status of the last command visible to the prompt' {
        function global:prompt { "$?> " }
        Enter-PythonVenv "$here/one"
        $count = $Error.Count
        Get-Item /nothing/here -ErrorAction Ignore
        $failed = prompt 6> $null
        $null = Get-Item /
        $succeeded = prompt 6> $null
        $failed, $succeeded | Should -BeExactly 'False> ', 'True> '
        $Error.Count | Should -Be $count
    }

    It 'enters an environment while the active one has been deleted' {
        $null = New-FakeVenv "$here/short" "$here/base/bin" 3.12.5
        Enter-PythonVenv "$here/short"
        Remove-Item "$here/short" -Recurse
        (Invoke-Pipeline { Enter-PythonVenv "$here/short" }).Ids | Should -Be EnvironmentNotFound
        Enter-PythonVenv "$here/one"
        $env:PATH | Should -BeExactly "$here/one/bin:/usr/bin:/bin"
        Exit-PythonVenv
        Exit-PythonVenv
        $env:PATH | Should -BeExactly '/usr/bin:/bin'
        Test-Path Env:VIRTUAL_ENV | Should -BeFalse
    }

    It 'adds no current folder to PATH where PATH was <Name>' -ForEach @(@{ Name = 'empty'; Value = '' }, @{ Name = 'unset'; Value = [NullString]::Value }) {
        [System.Environment]::SetEnvironmentVariable('PATH', $Value)
        $there = [System.Environment]::GetEnvironmentVariables().Contains('PATH')
        Enter-PythonVenv "$here/one"
        $env:PATH | Should -BeExactly "$here/one/bin"
        Exit-PythonVenv
        [System.Environment]::GetEnvironmentVariable('PATH') | Should -BeNullOrEmpty
        [System.Environment]::GetEnvironmentVariables().Contains('PATH') | Should -Be $there
    }

    It 'is visible to other runspaces, which cannot exit the environment' {
        Enter-PythonVenv "$here/one"
        $manifest = "$(Get-ModuleFolder)/Pep668.psd1"
        $seen = 1, 2 | ForEach-Object -ThrottleLimit 1 -Parallel {
            Import-Module $using:manifest
            $env:VIRTUAL_ENV
            Exit-PythonVenv -ErrorAction SilentlyContinue -ErrorVariable failed
            ($failed.FullyQualifiedErrorId -split ',')[0]
            Enter-PythonVenv "$using:here/one"
            Test-Path function:deactivate
        }
        $seen | Should -Be (@("$here/one", 'EnvironmentNotFound', $false) * 2)
        Exit-PythonVenv
        $env:PATH | Should -BeExactly '/usr/bin:/bin'
    }

    It 'ignores WhatIf and Confirm of the session because it changes nothing on disk' {
        & {
            $WhatIfPreference = $true
            $ConfirmPreference = 'Low'
            Enter-PythonVenv "$here/one"
            $env:VIRTUAL_ENV | Should -BeExactly "$here/one"
            Exit-PythonVenv
        }
        Test-Path Env:VIRTUAL_ENV, function:deactivate | Should -Be $false, $false
        (Get-Item function:prompt).ScriptBlock.Equals($prompt) | Should -BeTrue
    }
}
