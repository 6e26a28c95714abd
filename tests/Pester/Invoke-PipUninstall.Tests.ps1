BeforeDiscovery {
    Import-Module "$PSScriptRoot/World.psm1" -Force
}

BeforeAll {
    Import-Module "$PSScriptRoot/World.psm1" -Force
    $here = New-WorldFolder
    Enter-World $here
    $env:PEP668_CACHE_DIR = $env:PEP668_TEST_CACHE ? $env:PEP668_TEST_CACHE : "$here/cache"
    Set-Location -LiteralPath $here
    New-FixtureWheel "$here/wheels" beta 0.5
}

AfterAll {
    Exit-World
}

Describe 'Invoke-PipUninstall' -Skip:(-not (Get-RealPython -With ensurepip)) -Tag 'needs a Python with ensurepip (Debian: python3-venv)' {
    BeforeAll {
        $venv = New-PythonVenv "$here/venv" -Python (Get-RealPython -With ensurepip)
        # uv takes a tenth of pip's time; a full run uses pip.
        $quick = @{}
        if ($env:PEP668_TEST_FULL -ne '1' -and ($uv = Get-ProgramFolder uv)) {
            $env:PATH += ":$uv"
            $quick = @{ Installer = 'Uv' }
        }
        function Install-Beta {
            $null = $venv | Invoke-PipInstall beta -NoIndex -FindLinks "$here/wheels" @quick
            "$($venv.SitePackages[0])/beta.py" | Should -Exist
        }
    }

    It 'removes a distribution, and reports it' {
        Install-Beta
        $result = $venv | Invoke-PipUninstall beta
        "$($result.Action) $($result.Name) $($result.PreviousVersion) $($result.Version) $($result.Changed)" | Should -Be 'Removed beta 0.5  True'
        "$($venv.SitePackages[0])/beta.py" | Should -Not -Exist
    }

    It 'reports with -WhatIf what would be removed, and keeps it' {
        Install-Beta
        ($venv | Invoke-PipUninstall beta -WhatIf).Action | Should -Be 'WouldRemove'
        "$($venv.SitePackages[0])/beta.py" | Should -Exist
    }

    It 'reports a distribution that is not installed with a separate error' {
        Install-Beta
        $result = Invoke-Pipeline { $venv | Invoke-PipUninstall nothere, beta }
        Assert-Failure $result.Errors PackageNotFound ObjectNotFound -WithoutRemedy
        $result.Output.Action | Should -Be 'Removed'
    }

    It 'requires names' {
        (Invoke-Pipeline { $venv | Invoke-PipUninstall ./wheels }).Ids | Should -Be InvalidRequirement
        (Invoke-Pipeline { $venv | Invoke-PipUninstall }).Ids | Should -Be InvalidRequirement
    }

    It 'is refused in a managed environment' -Skip:(-not (Get-RealPython -With pip, marker)) -Tag 'needs an externally managed Python with pip' {
        $result = Invoke-Pipeline { Invoke-PipUninstall pip -Environment (Get-RealPython -With pip, marker) }
        $result.Ids | Should -Be ExternallyManagedEnvironment
        $result.Output | Should -BeNullOrEmpty
    }
}
