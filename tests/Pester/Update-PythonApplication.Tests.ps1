BeforeDiscovery {
    Import-Module "$PSScriptRoot/World.psm1" -Force
}

BeforeAll {
    Import-Module "$PSScriptRoot/World.psm1" -Force
    $here = New-WorldFolder
    Enter-World $here
    $bin = Enter-ApplicationWorld $here
    $env:PATH = "${bin}:$env:PATH"
}

AfterAll {
    Exit-World
}

Describe 'Update-PythonApplication without applications' {
    It 'does nothing with -All' {
        $result = Invoke-Pipeline { Update-PythonApplication -All }
        $result.Output | Should -BeNullOrEmpty
        $result.Errors | Should -BeNullOrEmpty
    }

    It 'reports a name that no application has' {
        $result = Invoke-Pipeline { Update-PythonApplication nothing }
        Assert-Failure $result.Errors PackageNotFound ObjectNotFound -Target nothing
    }
}

Describe 'Update-PythonApplication' -Skip:(-not ((Get-ProgramFolder pipx) -and (Get-ProgramFolder uv))) -Tag 'needs pipx and uv' {
    BeforeAll {
        $null = Install-PythonApplication alpha -Installer Pipx
        $null = Install-PythonApplication beta -Installer Uv
        New-FixtureWheel "$here/wheels" gamma 1.0 -Command gamma
    }

    It 'updates each application with its own installer' {
        (Update-PythonApplication -All).Action | Should -Be Unchanged, Unchanged
        New-FixtureWheel "$here/wheels" alpha 1.1 -Command alpha
        New-FixtureWheel "$here/wheels" beta 2.0 -Command beta
        $null = Update-PythonApplication -All -WhatIf
        (Get-PythonApplication).Version | Should -Be 1.0, 1.0
        $result = Update-PythonApplication -All
        $result | ForEach-Object { "$_ $($_.Installer) $($_.Action) $($_.PreviousVersion) $($_.Version) $($_.Changed)" } |
            Should -Be 'alpha Pipx Upgraded 1.0 1.1 True', 'beta Uv Upgraded 1.0 2.0 True'
        alpha | Should -Be 'alpha 1.1'
        beta | Should -Be 'beta 2.0'
    }

    It 'updates what is named or piped: <Name>' -ForEach @(
        @{ Name = 'objects'; Script = { Get-PythonApplication | Update-PythonApplication } }
        @{ Name = 'JSON'; Script = { Get-PythonApplication | ConvertTo-Json -Depth 1 -WarningAction Ignore | ConvertFrom-Json | Update-PythonApplication } }
    ) {
        (& $Script).ForEach('ToString') | Should -Be alpha, beta
    }

    It 'updates what is named or piped: <Name>' -ForEach @(
        @{ Name = 'names'; Script = { Update-PythonApplication $first, beta } }
        @{ Name = 'text'; Script = { $second, 'beta' | Update-PythonApplication } }
    ) {
        # An application of pipx takes a second more, and its name is read the same; a full run names it.
        $first, $second = $env:PEP668_TEST_FULL -eq '1' ? ('Alpha', 'alpha') : ('Gamma', 'gamma')
        if ($second -eq 'gamma') {
            $null = Install-PythonApplication gamma -Installer Uv
        }
        try {
            (& $Script).ForEach('ToString') | Should -Be $second, beta
        }
        finally {
            Get-PythonApplication gamma -ErrorAction Ignore | Uninstall-PythonApplication
        }
    }

    It 'does not update a broken one, and continues' {
        $python = (Get-PythonApplication alpha).Environment.Executable
        Remove-Item -LiteralPath $python
        $null = [System.IO.File]::CreateSymbolicLink($python, '/nonexistent/python')
        $result = Invoke-Pipeline { Update-PythonApplication -All }
        Assert-Failure $result.Errors VenvBroken InvalidData
        $result.Errors | Get-Remedy | Should -Be 'pipx reinstall alpha'
        $result.Output.Name | Should -Be beta
    }
}
