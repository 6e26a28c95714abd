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

Describe 'Uninstall-PythonApplication' -Skip:(-not ((Get-ProgramFolder pipx) -and (Get-ProgramFolder uv))) -Tag 'needs pipx and uv' {
    BeforeEach {
        $null = Install-PythonApplication alpha -Installer Pipx -WarningAction Ignore
        $null = Install-PythonApplication beta -Installer Uv -WarningAction Ignore
    }

    It 'removes an application with its commands' {
        $folder = (Get-PythonApplication beta).Environment.Prefix
        $result = Uninstall-PythonApplication Beta
        "$result $($result.Action) $($result.PreviousVersion) $($result.Version) $($result.Changed) $($result.Commands)" |
            Should -Be 'beta Removed 1.0  True beta beta-more'
        "$bin/beta", $folder | Should -Not -Exist
        "$bin/alpha" | Should -Exist
        $result = Invoke-Pipeline { Uninstall-PythonApplication beta }
        Assert-Failure $result.Errors PackageNotFound ObjectNotFound -Target beta
    }

    It 'removes what is piped' {
        (Get-PythonApplication | Uninstall-PythonApplication).Name | Should -Be alpha, beta
        Get-PythonApplication | Should -BeNullOrEmpty
    }

    It 'removes nothing with -WhatIf' {
        Get-PythonApplication | Uninstall-PythonApplication -WhatIf | Should -BeNullOrEmpty
        (Get-PythonApplication).Name | Should -Be alpha, beta
    }

    It 'names the application of a command' {
        $result = Invoke-Pipeline { Uninstall-PythonApplication beta-more }
        Assert-Failure $result.Errors PackageNotFound ObjectNotFound
        $result.Errors | Get-Remedy | Should -Be 'Uninstall-PythonApplication beta'
    }

    It 'removes both of a name, or the one of an installer' {
        $null = Install-PythonApplication alpha -Installer Uv -Force
        (Uninstall-PythonApplication alpha -Installer Pipx).Installer | Should -Be Pipx
        (Get-PythonApplication alpha).Installer | Should -Be Uv
        alpha | Should -Be 'alpha 1.0'
        $null = Install-PythonApplication alpha -Installer Pipx -Force
        (Uninstall-PythonApplication alpha).Installer | Should -Be Pipx, Uv
    }
}

Describe 'Uninstall-PythonApplication of an installer that was removed' -Skip:(-not (Get-ProgramFolder uv)) -Tag 'needs uv' {
    It 'names the command that gets it' {
        $null = Install-PythonApplication beta -Installer Uv
        $path = $env:PATH
        $env:PATH = '/nonexistent'
        try {
            $result = Invoke-Pipeline { Uninstall-PythonApplication beta }
            Assert-Failure $result.Errors ApplicationInstallerNotFound ObjectNotFound -Target beta
        }
        finally {
            $env:PATH = $path
        }
    }
}
