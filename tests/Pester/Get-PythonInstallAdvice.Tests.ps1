BeforeDiscovery {
    Import-Module "$PSScriptRoot/World.psm1" -Force
}

BeforeAll {
    Import-Module "$PSScriptRoot/World.psm1" -Force
    $here = (Get-Item TestDrive:/).FullName.TrimEnd('/')
    Enter-World $here
    $managed = New-FakePython "$here/managed" 3.12.5 -Marker "[externally-managed]`nError=no`n"
    $venv = New-FakeVenv "$here/venv" "$here/managed/bin" 3.12.5
    $null = New-Item -ItemType Directory "$here/work", "$here/tools"
    Set-Location -LiteralPath "$here/work"
    function Add-Tool([string[]] $Name) {
        foreach ($one in $Name) {
            $file = $IsWindows ? "$here/tools/$one.exe" : "$here/tools/$one"
            Set-Fixture $file ''
            if (-not $IsWindows) { chmod +x $file }
        }
        $env:PATH = "$here/tools$([System.IO.Path]::PathSeparator)$($env:PATH)"
    }
}

AfterAll {
    Exit-World
}

Describe 'Get-PythonInstallAdvice' {
    BeforeAll {
        # Each call may ask apt, which takes half a second.
        $ofLongName = @(Get-PythonInstallAdvice a-package-with-quite-a-long-name -Environment $managed)
        $ofBlack = @(Get-PythonInstallAdvice black -Environment $managed)
    }

    It 'returns the ways in their order, with commands' {
        $advice = $ofLongName
        $advice[0] | Should -BeOfType Pep668.PythonInstallAdvice
        # An array has a property Rank itself.
        $advice.ForEach('Rank') | Should -Be (1..$advice.Count)
        $advice[0].Route | Should -Be Venv
        $advice[0].Command | Should -BeExactly 'New-PythonVenv .venv | Invoke-PipInstall a-package-with-quite-a-long-name'
        $advice[0].Confidence | Should -Be Known
    }

    It 'has a table with the commands, which fits 80 columns' {
        $lines = ($ofLongName | Format-Table | Out-String -Width 80) -replace '\x1b\[[0-9;]*m' -split '\r?\n'
        $lines -match '^Rank +Route +Command *$' | Should -HaveCount 1
        ($lines -join '') -replace ' ' | Should -BeLike '*New-PythonVenv.venv|Invoke-PipInstalla-package-with-quite-a-long-name*'
        $lines | ForEach-Object { $_.Length | Should -BeLessOrEqual 80 }
    }

    It 'orders them by -Purpose' {
        $path = $env:PATH
        try {
            Add-Tool pipx, uv
            (Get-PythonInstallAdvice black -Purpose Application -Environment $managed).Command[0, 1] |
                Should -BeExactly 'pipx install black', 'uv tool install black'
            (Get-PythonInstallAdvice rich -Purpose Script -Environment $managed)[0].Command |
                Should -BeExactly 'uv init --script script.py && uv add --script script.py rich && uv run script.py'
        }
        finally {
            $env:PATH = $path
        }
    }

    It 'recommends a virtual environment that is piped' {
        (Get-PythonEnvironment $venv | Get-PythonInstallAdvice black)[0].Command | Should -BeExactly "Invoke-PipInstall black -Environment $here/venv"
        ([pscustomobject] @{ Environment = $venv } | Get-PythonInstallAdvice black)[0].Route | Should -Be Venv
    }

    It 'keeps the form of a requirement' {
        (Get-PythonInstallAdvice 'requests[socks]>=2' -Environment $managed)[0].Command |
            Should -BeExactly "New-PythonVenv .venv | Invoke-PipInstall 'requests[socks]>=2'"
    }

    It 'reports what is not a requirement' {
        { Get-PythonInstallAdvice 'requests[' -Environment $managed -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidRequirement,*'
    }

    It 'reports an environment that does not exist' {
        { Get-PythonInstallAdvice black -Environment "$here/missing" -ErrorAction Stop } | Should -Throw -ErrorId 'EnvironmentNotFound,*'
    }

    It 'refuses an environment below a root, whose commands would be for this machine' {
        $root = New-FakeRoot "$here/root"
        { Get-PythonEnvironment -Root $root | Get-PythonInstallAdvice black -ErrorAction Stop } | Should -Throw -ErrorId 'OfflineEnvironment,*'
    }

    It 'shows each way in lines that fit 80 columns' {
        $lines = @($ofBlack | Out-String -Width 80 -Stream)
        $lines | ForEach-Object { $_.Length | Should -BeLessOrEqual 80 }
        $lines -match '^Command : New-PythonVenv' | Should -Not -BeNullOrEmpty
    }

    It 'gives the remedies of the refusal of Invoke-PipInstall' {
        $refusal = Invoke-Pipeline { Invoke-PipInstall black -Environment $managed }
        $ofBlack.Command | Should -BeExactly $refusal.Errors[0].TargetObject.Remedies.Command
    }
}
