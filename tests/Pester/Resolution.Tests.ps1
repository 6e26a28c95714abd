BeforeDiscovery {
    Import-Module "$PSScriptRoot/World.psm1" -Force
    # Each cmdlet with -Environment or -Python, without and with a version.
    $calls = @(
        @{ Name = 'Test-ExternallyManaged'; Implied = { Test-ExternallyManaged -Verbose }; Named = { Test-ExternallyManaged 3.12 -Verbose } }
        @{ Name = 'Get-ExternallyManagedMarker'; Implied = { Get-ExternallyManagedMarker -Verbose }; Named = { Get-ExternallyManagedMarker 3.12 -Verbose } }
        @{ Name = 'Get-PipOverride'; Implied = { Get-PipOverride -Verbose }; Named = { Get-PipOverride 3.12 -Verbose } }
        @{ Name = 'Test-PythonVenv'; Implied = { Test-PythonVenv -Verbose }; Named = { Test-PythonVenv 3.12 -Verbose } }
        @{ Name = 'Repair-PythonVenv'; Implied = { Repair-PythonVenv -Verbose -WhatIf }; Named = { Repair-PythonVenv 3.12 -Verbose -WhatIf } }
        @{ Name = 'Enter-PythonVenv'; Implied = { Enter-PythonVenv -Verbose; Exit-PythonVenv }; Named = { Enter-PythonVenv 3.12 -Verbose; Exit-PythonVenv } }
        @{ Name = 'New-PythonVenv'; Implied = { New-PythonVenv new -WithoutPip -WhatIf -Verbose }; Named = { New-PythonVenv new -Python 3.12 -WithoutPip -WhatIf -Verbose } }
        @{ Name = 'Invoke-PipInstall'; Implied = { Invoke-PipInstall x -WhatIf -Verbose }; Named = { Invoke-PipInstall x -Environment 3.12 -WhatIf -Verbose } }
        @{ Name = 'Get-PythonPackage'; Implied = { Get-PythonPackage -Verbose }; Named = { Get-PythonPackage 3.12 -Verbose } }
        @{ Name = 'Get-PipInstallPlan'; Implied = { Get-PipInstallPlan x -Verbose }; Named = { Get-PipInstallPlan x -Environment 3.12 -Verbose } }
        # Stopped at the first text, before it asks apt.
        @{
            Name    = 'Get-PythonInstallAdvice'
            Implied = { Get-PythonInstallAdvice x -Verbose 4>&1 | Select-Object -First 1 }
            Named   = { Get-PythonInstallAdvice x -Environment 3.12 -Verbose 4>&1 | Select-Object -First 1 }
        }
        @{ Name = 'Invoke-PipUninstall'; Implied = { Invoke-PipUninstall x -WhatIf -Verbose }; Named = { Invoke-PipUninstall x -Environment 3.12 -WhatIf -Verbose } }
    )
}

BeforeAll {
    Import-Module "$PSScriptRoot/World.psm1" -Force
    $here = (Get-Item TestDrive:/).FullName.TrimEnd('/')
    Enter-World $here
    $null = New-FakePython "$here/python" 3.12.5
    $null = New-FakeVenv "$here/project/.venv" "$here/python/bin" 3.12.5
    $null = New-Item -ItemType Directory "$here/project/src"
}

AfterAll {
    Exit-World
}

Describe '<Name> -Verbose' -ForEach $calls {
    BeforeEach {
        Set-Location -LiteralPath "$here/project/src"
    }

    It 'names the environment that is used if none is named, and the reason' {
        $result = Invoke-Pipeline $Implied
        @($result.Verbose)[0] | Should -BeExactly "Using '$here/project/.venv/bin/python' because '$here/project/.venv' is the nearest .venv in this folder or a parent folder."
    }

    It 'names the environment that a version means, and the reason' {
        $result = Invoke-Pipeline $Named
        @($result.Verbose)[0] | Should -BeLike "Using '$here/*' because *3.12*"
    }
}

Describe 'Every cmdlet that takes an environment' {
    It 'is tested here, except where it must be named, where all Pythons of the system are meant, or where a program is installed' {
        $names = (Get-Command -Module Pep668 | Where-Object { $_.Parameters.Keys -contains 'Environment' -or $_.Parameters.Keys -contains 'Python' }).Name |
            Where-Object { $_ -notin 'Remove-PythonVenv', 'Find-PythonPackageConflict', 'Install-PythonApplication' }
        (Get-Content $PSCommandPath | Select-String "(?:@\{|^) +Name += '([\w-]+)'").Matches | ForEach-Object { $_.Groups[1].Value } | Sort-Object |
            Should -Be ($names | Sort-Object)
    }
}
