BeforeDiscovery {
    Import-Module "$PSScriptRoot/World.psm1" -Force
    $hasUv = [bool](Get-Command uv -ErrorAction Ignore)
}

BeforeAll {
    Import-Module "$PSScriptRoot/World.psm1" -Force
    $here = New-WorldFolder
    $uv = Get-Command uv -ErrorAction Ignore
    Enter-World $here
    $env:PEP668_CACHE_DIR = $env:PEP668_TEST_CACHE ? $env:PEP668_TEST_CACHE : "$here/cache"
    if ($uv) {
        $env:PATH += ":$(Split-Path $uv.Source)"
    }
    $managed = Get-RealPython -With pip, marker
    Set-Location -LiteralPath $here
    $wheels = "$here/wheels"
    New-FixtureWheel $wheels alpha 1.0 -Requires beta
    New-FixtureWheel $wheels alpha 2.0 -Requires beta
    New-FixtureWheel $wheels beta 0.5
    $from = @{ NoIndex = $true; FindLinks = $wheels }
}

AfterAll {
    Exit-World
}

Describe 'Get-PipInstallPlan' -Skip:(-not (Get-RealPython -With ensurepip)) -Tag 'needs a Python with ensurepip (Debian: python3-venv)' {
    BeforeAll {
        $venv = New-PythonVenv "$here/venv" -Python (Get-RealPython -With ensurepip)
        # uv takes a tenth of pip's time to install what is planned for; a full run uses pip.
        $quick = $uv -and $env:PEP668_TEST_FULL -ne '1' ? @{ Installer = 'Uv' } : @{}
        $null = $venv | Invoke-PipInstall 'alpha<2' @from @quick
        $plan = $venv | Get-PipInstallPlan alpha -Upgrade @from
        function Get-Change($Plan) {
            $Plan.Changes | ForEach-Object { "$($_.Action) $($_.Name) $($_.PreviousVersion) $($_.Version) $($_.Requested)" }
        }
    }

    It 'returns one plan, and changes nothing' {
        $plan | Should -BeOfType Pep668.PipInstallPlan
        Get-Change $plan | Should -Be 'WouldUpgrade alpha 1.0 2.0 True'
        $plan.Environment | Should -Be $venv
        "$($plan.Risk)" | Should -Be 'None'
        ($venv | Invoke-PipInstall 'alpha==1.0' @from @quick).Action | Should -Be 'Unchanged'
    }

    It 'has no changes where nothing would change' {
        ($venv | Get-PipInstallPlan alpha @from).Changes | Should -BeNullOrEmpty
    }

    It 'takes requirements from the pipeline, all in one plan' {
        $plan = @('alpha==2.0', 'beta' | Get-PipInstallPlan -Environment $venv @from)
        $plan.Count | Should -Be 1
        Get-Change $plan | Should -Be 'WouldUpgrade alpha 1.0 2.0 True'
        @($venv | Get-PipInstallPlan -Requirement (New-Item "$here/r.txt" -Value "alpha==2.0`n").FullName @from).Changes.Version | Should -Be '2.0'
    }

    It 'plans with uv' -Skip:(-not $hasUv) -Tag 'needs uv' {
        Get-Change ($venv | Get-PipInstallPlan alpha -Upgrade -Installer Uv @from) | Should -Be 'WouldUpgrade alpha 1.0 2.0 True'
    }

    It 'runs no code of packages without -AllowBuild, and warns' {
        $null = New-Item "$here/project/setup.py" -Force -Value "open('$here/trace', 'w')`nraise SystemExit('not built')`n"
        $result = Invoke-Pipeline { $venv | Get-PipInstallPlan ./project, alpha -Upgrade @from }
        $result.Ids | Should -BeNullOrEmpty
        $result.Output.Unknown | Should -Be './project'
        $result.Output.Changes.Name | Should -Be 'alpha'
        "$($result.Warnings)" | Should -BeLike "*'./project', or a dependency of it, has no wheel*"
        "$here/trace" | Should -Not -Exist
        (Invoke-Pipeline { $venv | Get-PipInstallPlan ./project -AllowBuild @from }).Ids | Should -Be PipFailed
    }

    It 'reports a package that does not exist as an error, with a command that shows more' {
        $result = Invoke-Pipeline { $venv | Get-PipInstallPlan nothere, alpha @from }
        $result.Ids | Should -Be PipFailed
        $result.Errors[0].ErrorDetails.RecommendedAction | Should -BeLike '*Get-PipInstallPlan nothere, alpha *'
        $result.Output | Should -BeNullOrEmpty
    }

    It 'reports an invalid requirement' {
        (Invoke-Pipeline { $venv | Get-PipInstallPlan 'alpha[' @from }).Ids | Should -Be InvalidRequirement
        (Invoke-Pipeline { $venv | Get-PipInstallPlan }).Ids | Should -Be InvalidRequirement
    }

    It 'has the parameters of Invoke-PipInstall, except those of a change' {
        $install = (Get-Command Invoke-PipInstall).Parameters.Keys | Where-Object { $_ -notin 'DryRun', 'BreakSystemPackages', 'Force', 'WhatIf', 'Confirm' }
        (Get-Command Get-PipInstallPlan).Parameters.Keys | Sort-Object | Should -Be @(@($install) + 'AllowBuild' | Sort-Object)
    }

    It 'is shown as a list' {
        $text = $plan | Out-String -Width 80
        $text | Should -Match '(?m)^Changes +: .*alpha 1\.0 -> 2\.0'
        $text | Should -Not -Match 'Shadowed|Unknown'
    }
}

Describe 'Get-PipInstallPlan for a managed Python' -Skip:(-not (Get-RealPython -With pip, marker)) -Tag 'needs an externally managed Python with pip' {
    BeforeAll {
        $owned = Get-PythonPackage $managed -WarningAction Ignore | Where-Object { $_.DistroPackage -and $_.Version -and -not $_.ShadowedBy -and $_.Name -match '^[a-z]+$' -and $_.Name -ne 'pip' } |
            Select-Object -First 1
        if ($owned) {
            New-FixtureWheel $wheels $owned.Name 99999
        }
    }

    It 'is not refused' {
        $plan = Get-PipInstallPlan alpha -Environment $managed @from
        $plan.Changes.Name | Should -Be 'alpha', 'beta'
        $plan.Shadowed | Should -BeNullOrEmpty
    }

    It 'names the distro package, both versions, what depends on it, and the better way' {
        if (-not $owned) {
            Set-ItResult -Skipped -Because 'no package of this Python belongs to a distro package'
            return
        }
        $plan = Get-PipInstallPlan $owned.Name -Upgrade -Environment $managed @from
        $affected = @($plan.Shadowed) + @($plan.Overwritten)
        $affected.Count | Should -Be 1
        "$($affected[0].DistroPackage) $($affected[0].Version)" | Should -Be "$($owned.DistroPackage) 99999"
        $affected[0].DistroVersion | Should -Not -BeNullOrEmpty
        $affected[0].Remedies[0].Command | Should -BeLike "*Invoke-PipInstall $($owned.Name) *"
        "$($plan.Risk)" | Should -BeIn 'Low', 'High'

        $result = Invoke-Pipeline { Invoke-PipInstall $owned.Name -Upgrade -Environment $managed @from -BreakSystemPackages -Force -WhatIf }
        "$($result.Warnings)" | Should -BeLike "*This would * '$($owned.DistroPackage)' *"
    }
}
