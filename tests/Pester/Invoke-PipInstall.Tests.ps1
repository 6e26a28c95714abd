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
    $python = Get-RealPython -With ensurepip
    $managed = Get-RealPython -With pip, marker
    Set-Location -LiteralPath $here
    $wheels = "$here/wheels"
    New-FixtureWheel $wheels alpha 1.0 -Requires beta
    New-FixtureWheel $wheels alpha 2.0 -Requires beta
    New-FixtureWheel $wheels beta 0.5
    $from = @{ NoIndex = $true; FindLinks = $wheels }
    # uv takes a tenth of pip's time where it is only compared what a cmdlet binds; a full run uses pip.
    $isFull = $env:PEP668_TEST_FULL -eq '1'
    $quick = $uv -and -not $isFull ? @{ Installer = 'Uv' } : @{}
}

AfterAll {
    Exit-World
}

Describe 'Invoke-PipInstall' -Skip:(-not (Get-RealPython -With ensurepip)) -Tag 'needs a Python with ensurepip (Debian: python3-venv)' {
    Context 'results' {
        BeforeEach {
            $venv = Get-CleanVenv
        }

        It 'are one object for each distribution that changed' {
            $results = $venv | Invoke-PipInstall 'alpha<2' @from
            $results | ForEach-Object { "$($_.Action) $($_.Name) $($_.Version) $($_.Requested) $($_.Changed)" } | Should -Be 'Installed alpha 1.0 True True', 'Installed beta 0.5 False True'
            $results[0] | Should -BeOfType Pep668.PipInstallResult
            $results[0].Environment.Prefix | Should -BeExactly $venv.Prefix
        }

        It 'distinguish an upgrade, a downgrade, and a distribution that is already installed' {
            $null = $venv | Invoke-PipInstall 'alpha<2' @from @quick
            ($venv | Invoke-PipInstall alpha @from).Action | Should -Be 'Unchanged'
            $up = $venv | Invoke-PipInstall alpha -Upgrade @from
            "$($up.Action) $($up.PreviousVersion) $($up.Version)" | Should -Be 'Upgraded 1.0 2.0'
            ($venv | Invoke-PipInstall 'alpha==1.0' @from).Action | Should -Be 'Downgraded'
        }

        It 'are the same with uv' -Skip:(-not $hasUv) -Tag 'needs uv' {
            ($venv | Invoke-PipInstall alpha -Installer Uv @from).Name | Should -Be 'alpha', 'beta'
        }

        It 'are accepted by other cmdlets through their Environment property' {
            $results = $venv | Invoke-PipInstall alpha @from @quick
            @($results | Get-PythonEnvironment) | Should -Be $venv
            ($results | Invoke-PipUninstall).Action | Should -Be 'Removed', 'Removed'
        }

        It 'include an environment once, however often it is named' {
            @($venv, $venv.Prefix | Invoke-PipInstall beta @from).Count | Should -Be 1
        }
    }

    Context 'from the pipeline' {
        BeforeAll {
            # Installed once, for the tests that only read them.
            $first = Get-CleanVenv 2
            $second = Get-CleanVenv 3
            $installed = @($first | Invoke-PipInstall 'alpha<2' @from) + @($second | Invoke-PipInstall beta @from)
            # -WhatIf shows what Invoke-PipUninstall would remove from where, without pip; a full run removes it.
        }

        BeforeEach {
            $venv = Get-CleanVenv
        }

        It 'installs requirements, all in one run' {
            $what = Invoke-Pipeline { 'alpha<2', 'beta' | Invoke-PipInstall -Environment $venv @from -Verbose }
            $what.Output | ForEach-Object { "$($_.Action) $($_.Name) $($_.Version) $($_.Requested)" } | Should -Be 'Installed alpha 1.0 True', 'Installed beta 0.5 True'
            @($what.Verbose -like "Install alpha<2, beta in '*' with pip").Count | Should -Be 1
        }

        It 'installs the versions of results into another environment: <Name>' -ForEach @(
            @{ Name = 'as they are'; Script = { $results } }
            @{ Name = 'from a file'; Script = { $results | Export-Clixml "$here/results.xml"; Import-Clixml "$here/results.xml" } }
            @{ Name = 'of CSV'; Script = { $results | ConvertTo-Csv | ConvertFrom-Csv } }
            @{ Name = 'of JSON'; Script = { $results | ConvertTo-Json -EnumsAsStrings -WarningAction Ignore | ConvertFrom-Json } }
            @{ Name = 'of pip list --format json'; Script = { '[{"name": "alpha", "version": "1.0"}, {"name": "beta", "version": "0.5"}]' | ConvertFrom-Json } }
        ) {
            $results = $installed[0, 1]
            $other = Get-CleanVenv 1
            $with = $Name -eq 'as they are' ? @{} : $quick
            & $Script | Invoke-PipInstall -Environment $other @from @with |
                ForEach-Object { "$($_.Action) $($_.Name) $($_.Version) $($_.Requested)" } | Should -Be 'Installed alpha 1.0 True', 'Installed beta 0.5 True'
            if ($isFull -or $Name -eq 'as they are') {
                & $Script | Invoke-PipInstall -Environment $other -Upgrade @from |
                    ForEach-Object { "$($_.Action) $($_.Name) $($_.Version)" } | Should -Be 'Upgraded alpha 2.0', 'Unchanged beta 0.5'
            }
        }

        It 'uses the environment of each result' {
            $other = Get-CleanVenv 1
            $results = @($venv | Invoke-PipInstall 'alpha<2' @from @quick) + @($other | Invoke-PipInstall beta @from @quick)
            $results | Invoke-PipUninstall | ForEach-Object { "$($_.Action) $($_.Name) $($_.Environment.Prefix)" } |
                Should -Be "Removed alpha $($venv.Prefix)", "Removed beta $($venv.Prefix)", "Removed beta $($other.Prefix)"
        }

        It 'installs into each environment of a file: <Name>' -ForEach @(
            @{ Name = 'CSV'; Script = { $both | ConvertTo-Csv | ConvertFrom-Csv } }
            @{ Name = 'JSON'; Script = { $both | ConvertTo-Json -EnumsAsStrings | ConvertFrom-Json } }
            @{ Name = 'Export-Clixml'; Script = { $both | Export-Clixml "$here/both.xml"; Import-Clixml "$here/both.xml" } }
            @{ Name = 'a selection'; Script = { $both | Select-Object Executable } }
        ) {
            if (-not $isFull -and $Name -ne 'CSV') {
                $both = $first, $second
                @(& $Script | Invoke-PipUninstall beta -WhatIf).Environment | Should -Be $both
                return
            }
            $both = $venv, (Get-CleanVenv 1)
            @(& $Script | Invoke-PipInstall beta @from @quick).Environment | Should -Be $both
            @(& $Script | Invoke-PipUninstall beta).Environment | Should -Be $both
        }

        It 'uses the environment of each result: <Name>' -ForEach @(
            @{ Name = 'JSON'; Script = { $results | ConvertTo-Json -EnumsAsStrings -Depth 4 | ConvertFrom-Json | Invoke-PipUninstall } }
            @{ Name = 'CSV'; Script = { $results | ConvertTo-Csv | ConvertFrom-Csv | Invoke-PipUninstall } }
            @{ Name = 'a parameter'; Script = { Invoke-PipUninstall -InputObject $results } }
            @{ Name = 'an array in the pipeline'; Script = { $results[0], $results[1..2] | Invoke-PipUninstall } }
        ) {
            if ($isFull) {
                $other = Get-CleanVenv 1
                $results = @($venv | Invoke-PipInstall 'alpha<2' @from) + @($other | Invoke-PipInstall beta @from)
            }
            else {
                $venv = $first
                $other = $second
                $results = $installed
                $WhatIfPreference = $true
            }
            $action = $isFull ? 'Removed' : 'WouldRemove'
            & $Script | ForEach-Object { "$($_.Action) $($_.Name) $($_.Environment.Prefix)" } |
                Should -Be "$action alpha $($venv.Prefix)", "$action beta $($venv.Prefix)", "$action beta $($other.Prefix)"
        }

        It 'refuses the name of an environment without packages to install' {
            Set-Location (Split-Path $venv.Prefix)
            try {
                $result = Invoke-Pipeline { Split-Path -Leaf $venv.Prefix | Invoke-PipInstall @from }
                $result.Ids | Should -Be 'InvalidRequirement'
                "$($result.Errors)" | Should -Match 'is a virtual environment, not a project'
            }
            finally {
                Set-Location -LiteralPath $here
            }
        }

        It 'returns results that are requirements as text' {
            $results = $venv | Invoke-PipInstall beta @from @quick
            "$results" | Should -BeExactly 'beta==0.5'
            (Invoke-PipInstall -Package $results -Environment $venv @from).Action | Should -Be 'Unchanged'
        }

        It 'installs files of Get-ChildItem' {
            $results = Get-ChildItem $wheels -Filter beta* | Invoke-PipInstall -Environment $venv -NoIndex
            "$($results.Action) $($results.Name)" | Should -Be 'Installed beta'
        }

        It 'reads text as an environment if the packages are given' {
            (("$($venv.Prefix)" | Invoke-PipInstall beta @from @quick).Environment) | Should -Be $venv
            $venv.Prefix | Invoke-PipUninstall beta | ForEach-Object Action | Should -Be 'Removed'
        }

        It 'installs packages into the environments that are piped with them' {
            $results = @($venv; 'beta') | Invoke-PipInstall @from
            $results.Environment | Should -Be $venv
        }

        It 'changes nothing for an empty pipeline' {
            $result = Invoke-Pipeline { @() | Invoke-PipInstall alpha -Environment $venv @from }
            $result.Output | Should -BeNullOrEmpty
            $result.Errors | Should -BeNullOrEmpty
        }

        It 'refuses <Name>' -ForEach @(
            @{ Name = 'a hash table'; Value = { @{ Name = 'alpha'; Version = '1.0' } }; Id = 'InvalidRequirement' }
            @{ Name = 'a process'; Value = { Get-Process -Id $PID }; Id = 'InvalidRequirement' }
            @{ Name = 'an object without a name'; Value = { [pscustomobject]@{ Version = '1.0' } }; Id = 'InvalidRequirement' }
            @{ Name = 'a result of another machine'; Value = { [pscustomobject]@{ Name = 'alpha'; PSComputerName = 'web01' } }; Id = 'RemoteEnvironment' }
            @{ Name = 'null'; Value = { , $null }; Id = 'InvalidRequirement' }
        ) {
            $result = Invoke-Pipeline { & $Value | Invoke-PipInstall -Environment $venv @from }
            $result.Output | Should -BeNullOrEmpty
            $result.Ids | Should -Be $Id
        }
    }

    Context '-WhatIf' {
        BeforeEach {
            $venv = Get-CleanVenv
        }

        It 'reports a failure of pip as a warning, with its reason' {
            $result = Invoke-Pipeline { Invoke-PipInstall nothere -Environment $venv -WhatIf @from }
            $result.Errors | Should -BeNullOrEmpty
            "$($result.Warnings)" | Should -BeLike 'What would change is not known: pip * failed with exit code 1: Could not find a version that satisfies the requirement nothere*'
        }

        It 'names the marker that is overridden' -Skip:(-not (Get-RealPython -With pip, marker)) -Tag 'needs an externally managed Python with pip' {
            $text = Get-WhatIfLine { Invoke-PipInstall beta -Environment $managed @from -BreakSystemPackages -WhatIf }
            "$text" | Should -Match "What if: Install beta in '.*' with pip, overriding PEP 668 \('.*/EXTERNALLY-MANAGED'\)"
        }
    }

    Context 'warnings of pip' {
        It 'have the word WARNING once' {
            $venv = Get-CleanVenv
            $result = Invoke-Pipeline { Invoke-PipInstall nothere -Environment $venv @from -ArgumentList '--disable-pip-version-check' -WarningAction Continue }
            $result.Warnings | ForEach-Object { "$_" | Should -Not -Match '^\s*WARNING:' }
            $result = Invoke-Pipeline { Invoke-PipInstall beta -Environment $venv -NoIndex -FindLinks "$here/no-such-folder", $wheels }
            "$($result.Warnings)" | Should -Match 'no-such-folder'
            $result.Warnings | ForEach-Object { "$_" | Should -Not -Match '^\s*WARNING:' }
        }
    }

    Context 'the table of results' {
        It 'shows the version of a distribution with a long name, and the environment above' {
            $long = 'a' * 70
            New-FixtureWheel $wheels $long 1.2.3
            $venv = Get-CleanVenv
            $text = ($venv | Invoke-PipInstall $long @from | Out-String -Width 80) -replace '\x1b\[[0-9;]*m'
            $text | Should -Match '(?m)^Installed +1\.2\.3 '
            $text | Should -Match "(?m)^ +Environment: .*$(Split-Path -Leaf $venv.Prefix)\s*$"
            ($text -replace '\s') | Should -Match $long
        }
    }

    Context 'a dry run' {
        BeforeAll {
            $venv = Get-CleanVenv
        }

        It 'reports the changes with <Switch>, and changes nothing' -ForEach @(@{ Switch = 'DryRun' }, @{ Switch = 'WhatIf' }) {
            $given = @{ $Switch = $true }
            $results = $venv | Invoke-PipInstall alpha @from @given
            $results.Action | Should -Be 'WouldInstall', 'WouldInstall'
            $results.Changed | Should -Not -Contain $true
            "$($venv.SitePackages[0])/alpha.py" | Should -Not -Exist
        }
    }

    Context 'a managed environment' -Skip:(-not (Get-RealPython -With pip, marker)) -Tag 'needs an externally managed Python with pip' {
        It 'is refused with the message of the distributor and the remedies' {
            $result = Invoke-Pipeline { Invoke-PipInstall alpha -Environment $managed @from }
            $result.Output | Should -BeNullOrEmpty
            $result.Ids | Should -Be ExternallyManagedEnvironment
            $result.Errors[0].CategoryInfo.Category | Should -Be PermissionDenied
            $result.Errors[0].Exception | Should -BeOfType Pep668.ExternallyManagedException
            $result.Errors[0].Exception.Message | Should -BeLike "* manages '*' (PEP 668); nothing was installed."
            $text = (Get-ExternallyManagedMarker $managed).Message.Trim() -replace '(?m)^(?=.)', '  '
            $result.Errors[0].ErrorDetails.Message.Trim() | Should -Be "$($result.Errors[0].Exception.Message)`n`n$text"
            $result.Errors[0].ErrorDetails.RecommendedAction |
                Should -BeLike "`n    New-PythonVenv .venv | Invoke-PipInstall alpha -NoIndex -FindLinks * # virtual environment in this folder*about_Pep668_Refusals"
            $refusal = $result.Errors[0].TargetObject
            $refusal | Should -BeOfType Pep668.Refusal
            $refusal.MarkerPath | Should -Be (Get-PythonEnvironment $managed).MarkerPath
            $refusal.Remedies[0].Command | Should -BeLike 'New-PythonVenv .venv | Invoke-PipInstall alpha -NoIndex -FindLinks *'
        }

        It 'is refused with -WhatIf and -DryRun too' {
            (Invoke-Pipeline { Invoke-PipInstall alpha -Environment $managed @from -WhatIf }).Ids | Should -Be ExternallyManagedEnvironment
            (Invoke-Pipeline { Invoke-PipInstall alpha -Environment $managed @from -DryRun }).Ids | Should -Be ExternallyManagedEnvironment
        }

        It 'is refused where a target is inside it' {
            (Invoke-Pipeline { Invoke-PipInstall alpha -Environment $managed @from -ArgumentList '--target', '/usr/lib/python3/dist-packages' }).Ids |
                Should -Be ExternallyManagedEnvironment
        }

        It 'is overridden with -Force, and -WhatIf then reports the changes' {
            $result = Invoke-Pipeline { Invoke-PipInstall alpha -Environment $managed @from -BreakSystemPackages -Force -WhatIf }
            $result.Ids | Should -BeNullOrEmpty
            $result.Output.Action | Should -Contain 'WouldInstall'
        }

        It 'is installed into with a warning where an override is in effect' {
            $env:PIP_BREAK_SYSTEM_PACKAGES = '1'
            try {
                $result = Invoke-Pipeline { Invoke-PipInstall alpha -Environment $managed @from -DryRun }
                $result.Ids | Should -BeNullOrEmpty
                $result.Warnings -join ' ' | Should -BeLike '*PIP_BREAK_SYSTEM_PACKAGES*'
            }
            finally {
                Remove-Item Env:PIP_BREAK_SYSTEM_PACKAGES
            }
        }
    }

    Context 'with invalid input' {
        BeforeAll {
            $venv = Get-CleanVenv
        }

        It 'refuses before pip starts: <Text>' -ForEach @(
            @{ Text = 'alpha=>2' }
            @{ Text = '--index-url=x' }
            @{ Text = '-r' }
            @{ Text = 'alpha --index-url x' }
            @{ Text = '' }
        ) {
            $result = Invoke-Pipeline { $venv | Invoke-PipInstall $Text }
            $result.Ids | Should -Be InvalidRequirement
            $result.Errors[0].CategoryInfo.Category | Should -Be InvalidArgument
        }

        It 'recommends the requirement that is probably meant: <Text>' -ForEach @(
            @{ Text = 'alpha=2.0'; Meant = 'alpha==2.0' }
            @{ Text = 'alpha 2.0'; Meant = 'alpha==2.0' }
            @{ Text = 'alpha=>2'; Meant = 'alpha>=2' }
        ) {
            $result = Invoke-Pipeline { $venv | Invoke-PipInstall $Text, beta -NoIndex }
            $result.Errors[0].Exception.Message | Should -BeLike "Invalid requirement '$Text': *"
            $result.Errors[0].ErrorDetails.RecommendedAction.Trim() |
                Should -Be "Invoke-PipInstall '$Meant', beta -NoIndex -Environment $($venv.Prefix)    # uses '$Meant' instead"
        }

        It 'reports that there is nothing to install, or a missing requirements file' {
            (Invoke-Pipeline { $venv | Invoke-PipInstall }).Ids | Should -Be InvalidRequirement
            (Invoke-Pipeline { $venv | Invoke-PipInstall -Requirement nowhere.txt }).Ids | Should -Be InvalidRequirement
        }

        It 'reports a distribution that no index has with the last lines of pip' {
            $result = Invoke-Pipeline { $venv | Invoke-PipInstall nothere @from }
            $result.Ids | Should -Be PipFailed
            $result.Errors[0].Exception.Message | Should -BeLike '*exit code 1.'
            $result.Errors[0].ErrorDetails.Message | Should -BeLike '*exit code 1.*nothere*'
        }

        It 'refuses an environment of a root or of another machine' {
            $root = New-FakeRoot "$here/root$([guid]::NewGuid().ToString('N').Substring(0, 6))"
            (Invoke-Pipeline { Get-PythonEnvironment /usr/bin/python3 -Root $root | Invoke-PipInstall alpha }).Ids | Should -Be OfflineEnvironment
            $remote = Get-PythonEnvironment $python | Add-Member -PassThru -NotePropertyName PSComputerName -NotePropertyValue far
            (Invoke-Pipeline { $remote | Invoke-PipInstall alpha }).Ids | Should -Be RemoteEnvironment
        }
    }

    Context 'streams' {
        It 'contain the lines of pip as verbose output, and no password' {
            $venv = Get-CleanVenv
            $result = Invoke-Pipeline { $venv | Invoke-PipInstall beta @from -IndexUrl 'https://me:hunter2@localhost:1/simple' -Verbose }
            $result.Verbose -join ' ' | Should -BeLike '*Looking in links*'
            ($result | Out-String) + ($result.Verbose + $result.Warnings -join ' ') | Should -Not -BeLike '*hunter2*'
        }
    }

    Context 'parallel runs' {
        It 'install into several environments from one session' {
            # More environments than processes at once.
            $venvs = 1..($isFull ? 6 : 3) | ForEach-Object { Get-CleanVenv $_ }
            $manifest = "$(Get-ModuleFolder)/Pep668.psd1"
            $results = $venvs.Prefix | ForEach-Object -Parallel {
                Import-Module $using:manifest
                Invoke-PipInstall alpha -Environment $_ -NoIndex -FindLinks $using:wheels
            } -ThrottleLimit ($isFull ? 3 : 2)
            @($results | Where-Object Action -EQ 'Installed').Count | Should -Be (2 * $venvs.Count)
            $venvs | ForEach-Object { "$(Get-PythonPackage $_ -Name alpha, beta)" | Should -Be 'alpha==2.0 beta==0.5' }
            $venvs | Select-Object -First ($isFull ? 6 : 1) | ForEach-Object { & "$($_.Prefix)/bin/pip" check | Should -BeLike 'No broken requirements*' }
        }
    }
}
