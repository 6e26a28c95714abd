BeforeDiscovery {
    Import-Module "$PSScriptRoot/World.psm1" -Force
}

BeforeAll {
    Import-Module "$PSScriptRoot/World.psm1" -Force
    $here = New-WorldFolder
    Enter-World $here
    $bin = Enter-ApplicationWorld $here
}

AfterAll {
    Exit-World
}

Describe 'Install-PythonApplication with <Name>' -ForEach @(
    @{ Name = 'pipx'; Other = 'uv' }, @{ Name = 'uv'; Other = 'pipx' } | Where-Object { Get-ProgramFolder $_.Name }
) {
    AfterAll {
        Get-PythonApplication -WarningAction Ignore | Uninstall-PythonApplication -WarningAction Ignore
    }

    It 'installs an application, and reports that its folder is not on PATH' {
        $result = Invoke-Pipeline { Install-PythonApplication Alpha -Installer $Name }
        $result.Errors | Should -BeNullOrEmpty
        "$($result.Output)-$($result.Output.Version)-$($result.Output.Installer)-$($result.Output.Action)-$($result.Output.Changed)" |
            Should -Be "alpha-1.0-$Name-Installed-True"
        & "$bin/alpha" | Should -Be 'alpha 1.0'
        $result.Warnings | Should -HaveCount 1
        $result.Warnings[0] | Should -BeLike "'$bin' is not on PATH; a shell does not find the commands of 'alpha'.*"
        $result.Warnings[0] | Should -BeLike ($Name -eq 'uv' ? '*uv tool update-shell *' : '*pipx ensurepath *')
        $again = Install-PythonApplication alpha -WarningAction Ignore
        "$($again.Action) $($again.Installer) $($again.Changed)" | Should -Be "Unchanged $Name False"
    }

    It 'installs what is piped, also objects, and continues after an error' {
        $result = Invoke-Pipeline { 'library', ([pscustomobject]@{ Name = 'beta' }) | Install-PythonApplication -Installer $Name }
        $result.Ids | Should -Be PipFailed
        $result.Errors[0].TargetObject | Should -Be library
        $result.Errors | Get-Remedy | Should -Be ($Name -eq 'uv' ? 'uv tool install --verbose library' : 'pipx install --verbose library')
        "$($result.Errors[0])" | Should -BeLike "$Name failed with exit code 1.*library*"
        $result.Output.Commands | Should -Be beta, beta-more
    }

    It 'runs nothing with -WhatIf' {
        $null = Install-PythonApplication alpha -Installer $Name -Force -WhatIf
        (Get-PythonApplication alpha -WarningAction Ignore).Version | Should -Be 1.0
        $result = Invoke-Pipeline { Install-PythonApplication gamma -Installer $Name -WhatIf }
        $result.Output | Should -BeNullOrEmpty
    }

    It 'uses the Python that is given' -Skip:(-not (Get-RealPython -With ensurepip)) -Tag 'needs a Python with ensurepip (Debian: python3-venv)' {
        $python = Get-RealPython -With ensurepip -All | Where-Object { $_ -like '*/.pyenv/versions/3.1*' } | Select-Object -First 1
        $python = $python ? $python : (Get-RealPython -With ensurepip)
        $result = Install-PythonApplication alpha -Installer $Name -Python $python -Force -WarningAction Ignore
        if ($Name -eq 'uv') {
            $result.Environment.BasePrefix | Should -Be (Get-PythonEnvironment $python).Prefix
        }
        $result.Name | Should -Be alpha
    }
}

Describe 'Install-PythonApplication' {
    It 'refuses <Text>' -ForEach @(
        @{ Text = '-x' }, @{ Text = '--index-url=https://example.org' }, @{ Text = 'alpha[' }, @{ Text = './nothing' }
        @{ Text = 'git+https://me:secret@example.org/x' }
    ) {
        $result = Invoke-Pipeline { Install-PythonApplication $Text }
        $result.Ids | Should -Be InvalidRequirement
        "$($result.Errors)" | Should -Not -Match secret
    }

    It 'names the command that gets an installer' {
        $path = $env:PATH
        $env:PATH = "$here"
        try {
            $result = Invoke-Pipeline { Install-PythonApplication alpha }
            Assert-Failure $result.Errors ApplicationInstallerNotFound ObjectNotFound
            { Install-PythonApplication alpha -ErrorAction Stop } | Should -Throw -ExceptionType ([Pep668.PythonItemNotFoundException])
        }
        finally {
            $env:PATH = $path
        }
    }

    It 'refuses an object from another machine' {
        $remote = [pscustomobject]@{ Name = 'alpha'; PSComputerName = 'server1' }
        (Invoke-Pipeline { $remote | Install-PythonApplication }).Ids | Should -Be RemoteEnvironment
        (Invoke-Pipeline { $remote | Update-PythonApplication }).Ids | Should -Be RemoteEnvironment
        (Invoke-Pipeline { $remote | Uninstall-PythonApplication }).Ids | Should -Be RemoteEnvironment
    }

    It 'reports a Python that was not found, once' {
        (Invoke-Pipeline { Install-PythonApplication alpha, beta -Python 9.9 }).Ids | Should -Be PythonNotFound
    }
}
