BeforeDiscovery {
    Import-Module "$PSScriptRoot/World.psm1" -Force
}

BeforeAll {
    Import-Module "$PSScriptRoot/World.psm1" -Force
    $here = New-WorldFolder
    Enter-World $here
    $env:PEP668_CACHE_DIR = $env:PEP668_TEST_CACHE ? $env:PEP668_TEST_CACHE : "$here/cache"
    Set-Location -LiteralPath $here

    # A .dist-info as pip leaves it.
    function New-Package([string] $Folder, [string] $Name, [string] $Version, [string] $Installer, [switch] $Requested, [string] $DirectUrl) {
        $info = "$Folder/$($Name -replace '[-.]', '_')-$Version.dist-info"
        Set-Fixture "$info/METADATA" "Metadata-Version: 2.1`nName: $Name`nVersion: $Version`n`nText`n"
        if ($Installer) { Set-Fixture "$info/INSTALLER" "$Installer`n" }
        if ($Requested) { Set-Fixture "$info/REQUESTED" }
        if ($DirectUrl) { Set-Fixture "$info/direct_url.json" $DirectUrl }
    }

    $base = New-FakePython "$here/base" 3.11.2
    $venv = New-FakeVenv "$here/venv" "$here/base/bin" 3.11.2
    $site = "$here/venv/lib/python3.11/site-packages"
    New-Package $site Zope.Interface 7.2 -Installer uv
    New-Package $site requests 2.32.3 -Installer pip -Requested
    New-Package $site in-place 0.1 -Installer pip -DirectUrl '{"url": "file:///src/in-place", "dir_info": {"editable": true}}'
    $other = New-FakeVenv "$here/other" "$here/base/bin" 3.11.2
    New-Package "$here/other/lib/python3.11/site-packages" requests 2.0
}

AfterAll {
    Exit-World
}

Describe 'Get-PythonPackage' {
    Context 'of an environment' {
        It 'has the properties of the contract' {
            $found = Get-PythonPackage $venv
            $found | ForEach-Object { $_ | Should -BeOfType Pep668.PythonPackage }
            $found.Name | Should -BeExactly 'in-place', 'requests', 'Zope.Interface'
            $found[0].PSObject.Properties.Name |
                Should -Be 'Name', 'Version', 'Location', 'Installer', 'Requested', 'Editable', 'DirectUrl', 'DistroPackage', 'ShadowedBy', 'Environment'
            $found | ForEach-Object { "$($_.Version) $($_.Installer) $($_.Requested) $($_.Editable) $($_.DirectUrl)".Trim() } |
                Should -Be '0.1 pip False True file:///src/in-place', '2.32.3 pip True False', '7.2 uv False False'
            $found.Location | Select-Object -Unique | Should -BeExactly $site
            $found[0].Environment | Should -BeOfType Pep668.PythonEnvironment
            $found[0].Environment | Should -Be (Get-PythonEnvironment $venv)
            "$found" | Should -BeExactly 'in-place==0.1 requests==2.32.3 Zope.Interface==7.2'
        }

        It 'accepts environments from the pipeline: <Name>' -ForEach @(
            @{ Name = 'objects'; Script = { Get-PythonEnvironment $venv, $other | Get-PythonPackage } }
            @{ Name = 'paths'; Script = { $venv, "$here/other" | Get-PythonPackage } }
            @{ Name = 'packages'; Script = { (Get-PythonPackage $venv)[0], (Get-PythonPackage $other)[0] | Get-PythonPackage } }
            @{ Name = 'a pattern'; Script = { Get-PythonPackage "$here/other", "$here/v*" | Sort-Object { $_.Environment.Prefix -ne "$here/venv" } } }
            @{ Name = 'JSON'; Script = { Get-PythonEnvironment $venv, $other | ConvertTo-Json | ConvertFrom-Json | Get-PythonPackage } }
        ) {
            (& $Script).ForEach('ToString') | Should -Be 'in-place==0.1', 'requests==2.32.3', 'Zope.Interface==7.2', 'requests==2.0'
        }

        It 'uses the nearest .venv without a parameter' {
            $null = New-FakeVenv "$here/project/.venv" "$here/base/bin" 3.11.2
            New-Package "$here/project/.venv/lib/python3.11/site-packages" near 1
            Set-Location "$here/project"
            try {
                (Get-PythonPackage).Name | Should -Be near
            }
            finally {
                Set-Location -LiteralPath $here
            }
        }

        It 'returns the packages of a broken environment' {
            $null = New-FakeVenv "$here/broken" "$here/gone/bin" 3.9.2
            New-Package "$here/broken/lib/python3.9/site-packages" kept 1.0
            (Get-PythonEnvironment "$here/broken").Health | Should -Be Broken
            "$(Get-PythonPackage "$here/broken")" | Should -Be 'kept==1.0'
        }

        It 'shows which package hides another one' {
            Set-Fixture "$here/more/lib/python3.11/os.py"
            $null = New-FakeVenv "$here/both" "$here/base/bin" 3.11.2
            $config = "$here/both/pyvenv.cfg"
            Set-Content $config ((Get-Content $config -Raw) -replace 'include-system-site-packages = false', 'include-system-site-packages = true')
            New-Package "$here/both/lib/python3.11/site-packages" six 1.17
            New-Package "$here/base/lib/python3.11/site-packages" six 1.16
            $found = Get-PythonPackage "$here/both" -Name six
            $found.Version | Should -Be '1.17', '1.16'
            $found[0].ShadowedBy | Should -BeNullOrEmpty
            $found[1].ShadowedBy | Should -BeExactly "$here/both/lib/python3.11/site-packages"
            Remove-Item -Recurse "$here/base/lib/python3.11/site-packages"
        }

        It 'reports an environment that does not exist' {
            $result = Invoke-Pipeline { Get-PythonPackage "$here/nowhere" }
            Assert-Failure $result.Errors EnvironmentNotFound ObjectNotFound
            $result.Output | Should -BeNullOrEmpty
        }
    }

    Context '-Name' {
        It 'selects packages: <Name>' -ForEach @(
            @{ Name = 'requests'; Expected = 'requests' }
            @{ Name = 'REQUESTS'; Expected = 'requests' }
            @{ Name = 'zope_interface'; Expected = 'Zope.Interface' }
            @{ Name = 'zope-Interface'; Expected = 'Zope.Interface' }
            @{ Name = 'zope.*'; Expected = 'Zope.Interface' }
            @{ Name = 'Zope-*'; Expected = 'Zope.Interface' }
            @{ Name = 'in_*'; Expected = 'in-place' }
            @{ Name = 're[a-q]uests'; Expected = 'requests' }
            @{ Name = '*e*'; Expected = 'in-place', 'requests', 'Zope.Interface' }
            @{ Name = 'nothing*'; Expected = $null }
        ) {
            $result = Invoke-Pipeline { Get-PythonPackage $venv -Name $Name }
            $result.Errors | Should -BeNullOrEmpty
            $result.Output | ForEach-Object Name | Should -BeExactly $Expected
        }

        It 'returns a package once, and reports each name that is not installed' {
            $result = Invoke-Pipeline { Get-PythonPackage $venv -Name re*, nothing, Requests, none }
            $result.Output.Name | Should -Be 'requests'
            Assert-Failure $result.Errors PackageNotFound ObjectNotFound -Target nothing -Count 2 -WithoutRemedy
            $result.Errors[1].Exception.Message | Should -BeExactly "'none' is not installed in '$here/venv'."
        }

        It 'reports a pattern that is invalid once, and continues' {
            $result = Invoke-Pipeline { $venv, $venv | Get-PythonPackage -Name '[a', 'reques*' }
            Assert-Failure $result.Errors PackageNotFound ObjectNotFound -Target '[a' -WithoutRemedy
            $result.Output.Name | Select-Object -Unique | Should -BeExactly 'requests'
        }

        It 'refuses an empty name' {
            { Get-PythonPackage $venv -Name '' } | Should -Throw
        }
    }

    Context '-Path' {
        BeforeAll {
            New-Package "$here/left/python3.8" old 1
            New-Package "$here/left/python3.9" old 2
            New-Package "$here/left/python3.9" other 1
            Set-Fixture "$here/left/python3.txt"
        }

        It 'lists a folder without an environment' {
            $found = Get-PythonPackage -Path "$here/left/python3.9"
            "$found" | Should -BeExactly 'old==2 other==1'
            $found[0].Environment | Should -BeNullOrEmpty
            $found[0].Location | Should -BeExactly "$here/left/python3.9"
        }

        It 'expands wildcards, and uses the folders' {
            "$(Get-PythonPackage -Path left/python3.*)" | Should -BeExactly 'old==1 old==2 other==1'
            "$(Get-PythonPackage -Path left/python3.8, left/python3.9 -Name old)" | Should -BeExactly 'old==1 old==2'
            Get-PythonPackage -Path left/none* | Should -BeNullOrEmpty
        }

        It 'uses a folder with brackets in its name: <Path>' -ForEach @(@{ Path = 'left/`[x`]' }, @{ Path = 'left/[x]' }) {
            New-Package "$here/left/[x]" bracket 1
            "$(Get-PythonPackage -Path $Path)" | Should -BeExactly 'bracket==1'
        }

        It 'reports a pattern that is invalid' {
            (Invoke-Pipeline { Get-PythonPackage -Path 'left/[x' }).Errors.Count | Should -Be 1
        }

        It 'reports <Name>' -ForEach @(
            @{ Name = 'a folder that does not exist'; Path = 'nowhere'; Like = "Folder '*/nowhere' not found." }
            @{ Name = 'a file'; Path = 'left/python3.txt'; Like = "'*/left/python3.txt' is not a folder." }
        ) {
            $result = Invoke-Pipeline { Get-PythonPackage -Path $Path, left/python3.8 }
            Assert-Failure $result.Errors EnvironmentNotFound ObjectNotFound -WithoutRemedy
            $result.Errors[0].Exception.Message | Should -BeLike $Like
            "$($result.Output)" | Should -Be 'old==1'
        }

        It 'reports a name that is not in the folder' {
            $result = Invoke-Pipeline { Get-PythonPackage -Path left/python3.8 -Name other }
            $result.Errors[0].Exception.Message | Should -BeExactly "'other' is not installed in '$here/left/python3.8'."
        }

        It 'cannot be used with an environment' {
            { Get-PythonPackage $venv -Path left } | Should -Throw -ErrorId 'PositionalParameterNotFound*'
            { Get-PythonPackage -Environment $venv -Path left } | Should -Throw -ErrorId 'AmbiguousParameterSet*'
        }
    }

    Context '-Root' {
        BeforeAll {
            $root = New-FakeRoot "$here/root"
            Set-Fixture "$root/usr/lib/python3.11/site.py" "'dist-packages'"
            New-Package "$root/usr/lib/python3/dist-packages" six 1.16.0 -Installer debian
            New-Package "$root/srv/web/lib/python3.11/site-packages" shop 3.0 -Installer pip
            Set-Fixture "$root/var/lib/dpkg/status" "Package: python3-six`nStatus: install ok installed`nVersion: 1.16.0-4`nArchitecture: all`n"
            Set-Fixture "$root/var/lib/dpkg/info/python3-six.list" "/.`n/usr/lib/python3/dist-packages/six-1.16.0.dist-info/METADATA`n"
        }

        It 'lists packages with the paths inside it, and their distro packages' {
            $found = Get-PythonPackage /usr/bin/python3 -Root $root
            "$found $($found.DistroPackage) $($found.Location)" | Should -BeExactly 'six==1.16.0 python3-six /usr/lib/python3/dist-packages'
            $found.Environment.Root | Should -BeExactly $root
            "$(Get-PythonEnvironment /srv/web -Root $root | Get-PythonPackage)" | Should -BeExactly 'shop==3.0'
        }

        It 'lists a folder inside it' {
            $found = Get-PythonPackage -Path /usr/lib/python3/dist-packages -Root $root
            "$found $($found.DistroPackage)" | Should -BeExactly 'six==1.16.0 python3-six'
        }

        It 'does not expand wildcards in paths, as everywhere below a root' {
            $result = Invoke-Pipeline { Get-PythonPackage -Path '/usr/lib/python*/dist-*' -Root $root }
            $result.Errors[0].Exception.Message | Should -BeExactly "Folder '/usr/lib/python*/dist-*' not found."
        }

        It 'resolves links inside it' {
            New-FixtureLink "$root/linked" /srv/web/lib/python3.11/site-packages
            "$(Get-PythonPackage -Path /linked -Root $root)" | Should -BeExactly 'shop==3.0'
            New-FixtureLink "$root/escape" "$here/left"
            (Invoke-Pipeline { Get-PythonPackage -Path /escape -Root $root }).Ids | Should -Be EnvironmentNotFound
        }

        It 'reports a root that does not exist' {
            (Invoke-Pipeline { Get-PythonPackage -Path /usr -Root "$here/none" }).Ids | Should -Be EnvironmentNotFound
        }

        It 'is refused where something acts on it, and its packages are names for another environment' {
            $found = Get-PythonPackage /usr/bin/python3 -Root $root
            (Invoke-Pipeline { $found | Invoke-PipUninstall }).Ids | Should -Be OfflineEnvironment
            (Invoke-Pipeline { $found | Invoke-PipUninstall -Environment $venv }).Ids | Should -Not -Contain OfflineEnvironment
        }
    }

    Context 'as a table' {
        BeforeAll {
            function Get-Table([int] $Width, [scriptblock] $Script) {
                (& $Script | Out-String -Width $Width) -replace '\x1b\[[0-9;]*m' -split '\r?\n' | ForEach-Object TrimEnd
            }
        }

        It 'has one title for each environment and folder, and fits <Width> columns' -ForEach @(@{ Width = 80 }, @{ Width = 140 }) {
            $lines = Get-Table $Width { Get-PythonPackage $venv, $other }
            @($lines -like '   Environment: *').Count | Should -Be 2
            @($lines -like '   Location: *site-packages').Count | Should -Be 2
            $lines | ForEach-Object { $_.Length | Should -BeLessOrEqual $Width }
            @($lines -match '^Zope\.Interface +7\.2 +uv').Count | Should -Be 1
        }

        It 'has the folder as its title without an environment' {
            New-Package "$here/left/python3.8" old 1
            New-Package "$here/left/python3.9" old 2
            $lines = Get-Table 80 { Get-PythonPackage -Path "$here/left/python3.*" }
            @($lines -match '^   Location: .*python3\.[89]$').Count | Should -Be 2
            @($lines -match 'Environment:') | Should -BeNullOrEmpty
        }

        It 'has the same title for packages from <Name>' -ForEach @(
            @{ Name = 'Export-Clixml'; Script = { Get-PythonPackage $venv | Export-Clixml "$here/table.xml"; Import-Clixml "$here/table.xml" } }
            @{ Name = 'Export-Clixml of depth 1'; Script = { Get-PythonPackage $venv | Export-Clixml "$here/table.xml" -Depth 1; Import-Clixml "$here/table.xml" } }
        ) {
            @((Get-Table 140 $Script) -match '^   (Environment|Location): ').Count | Should -Be 2
            @((Get-Table 140 $Script) -match '^   Environment: .*/venv').Count | Should -Be 1
        }
    }

    Context 'in the pipeline to pip' -Skip:(-not (Get-RealPython -With ensurepip)) -Tag 'needs a Python with ensurepip (Debian: python3-venv)' {
        BeforeAll {
            $wheels = "$here/wheels"
            New-FixtureWheel $wheels alpha 1.0 -Requires beta
            New-FixtureWheel $wheels alpha 2.0 -Requires beta
            New-FixtureWheel $wheels beta 0.5
            New-FixtureWheel $wheels beta 0.6
            $from = @{ NoIndex = $true; FindLinks = $wheels }
            # uv takes a tenth of pip's time where it is only compared what a cmdlet binds; a full run uses pip.
            $isFull = $env:PEP668_TEST_FULL -eq '1'
            $quick = @{}
            if (-not $isFull -and ($uv = Get-ProgramFolder uv)) {
                $env:PATH += ":$uv"
                $quick = @{ Installer = 'Uv' }
            }
            $source = Get-CleanVenv
            $null = $source | Invoke-PipInstall alpha==1.0, beta==0.5 @from
            $packages = Get-PythonPackage $source -Name alpha, beta
        }

        It 'lists what pip lists' {
            $listed = & $source.Executable -m pip --disable-pip-version-check list --format json | ConvertFrom-Json
            Get-PythonPackage $source | ForEach-Object { "$($_.Name) $($_.Version)" } | Sort-Object |
                Should -Be @($listed | ForEach-Object { "$($_.name) $($_.version)" } | Sort-Object)
            ($packages | ForEach-Object { "$($_.Name) $($_.Installer) $($_.Requested)" }) | Should -Be 'alpha pip True', 'beta pip True'
        }

        It 'installs the same versions into another environment in one run of pip: <Name>' -ForEach @(
            @{ Name = 'as they are'; Script = { $packages } }
            @{ Name = 'Export-Clixml'; Script = { $packages | Export-Clixml "$here/packages.xml"; Import-Clixml "$here/packages.xml" } }
            @{ Name = 'JSON'; Script = { $packages | ConvertTo-Json -WarningAction Ignore | ConvertFrom-Json } }
            @{ Name = 'CSV'; Script = { $packages | ConvertTo-Csv | ConvertFrom-Csv } }
            @{ Name = 'of a folder'; Script = { Get-PythonPackage -Path $source.SitePackages[0] -Name alpha, beta } }
        ) {
            $target = Get-CleanVenv 1
            $with = $Name -eq 'as they are' ? @{} : $quick
            $result = Invoke-Pipeline { & $Script | Invoke-PipInstall -Environment $target @from @with -Verbose }
            $result.Errors | Should -BeNullOrEmpty
            $result.Output | ForEach-Object { "$($_.Action) $_ $($_.Environment.Prefix)" } |
                Should -Be "Installed alpha==1.0 $($target.Prefix)", "Installed beta==0.5 $($target.Prefix)"
            @($result.Verbose -like 'Install alpha==1.0, beta==0.5 in *').Count | Should -Be 1
        }

        It 'installs the newest versions with -Upgrade' {
            $target = Get-CleanVenv 1
            $packages | Invoke-PipInstall -Upgrade -Environment $target @from | ForEach-Object ToString | Should -Be 'alpha==2.0', 'beta==0.6'
        }

        It 'upgrades the environment of the packages without -Environment' {
            $own = Get-CleanVenv 1
            $null = $packages | Invoke-PipInstall -Environment $own @from @quick
            $results = Get-PythonPackage $own -Name alpha, beta | Invoke-PipInstall -Upgrade @from
            $results | ForEach-Object { "$($_.Action) $_ $($_.Environment.Prefix)" } |
                Should -Be "Upgraded alpha==2.0 $($own.Prefix)", "Upgraded beta==0.6 $($own.Prefix)"
        }

        It 'removes packages from their environment in one run of pip: <Name>' -ForEach @(
            @{ Name = 'as they are'; Script = { Get-PythonPackage $own -Name alpha, beta } }
            @{ Name = 'Export-Clixml'; Script = { Get-PythonPackage $own -Name alpha, beta | Export-Clixml "$here/own.xml"; Import-Clixml "$here/own.xml" } }
            @{ Name = 'JSON'; Script = { Get-PythonPackage $own -Name alpha, beta | ConvertTo-Json -Depth 4 -WarningAction Ignore | ConvertFrom-Json } }
        ) {
            # -WhatIf shows what is bound, without pip; a full run removes each.
            $isShown = -not $isFull -and $Name -ne 'as they are'
            $own = $source
            if (-not $isShown) {
                $own = Get-CleanVenv 1
                $null = $packages | Invoke-PipInstall -Environment $own @from @quick
            }
            $result = Invoke-Pipeline { & $Script | Invoke-PipUninstall -Verbose -WhatIf:$isShown }
            $result.Errors | Should -BeNullOrEmpty
            $result.Output | ForEach-Object { "$($_.Action) $($_.Name)" } | Should -Be ($isShown ? 'WouldRemove alpha', 'WouldRemove beta' : 'Removed alpha', 'Removed beta')
            @($result.Verbose -like 'Uninstall alpha, beta*').Count | Should -Be ($isShown ? 0 : 1)
            @(Get-PythonPackage $own -Name alpha*, beta*).Count | Should -Be ($isShown ? 2 : 0)
        }

        It 'installs the version of an editable package, not its project' {
            $result = Invoke-Pipeline { Get-PythonPackage $venv -Name in-place | Invoke-PipInstall -Environment $source -WhatIf @from -Verbose }
            "$($result.Verbose)$($result.Warnings)" | Should -BeLike '*in-place==0.1*'
            "$($result.Verbose)$($result.Warnings)" | Should -Not -BeLike '*/src/in-place*'
        }

        It 'refuses packages of a root without -Environment' {
            $root = New-FakeRoot "$here/second-root"
            New-Package "$root/srv/web/lib/python3.11/site-packages" alpha 1.0
            $found = Get-PythonPackage /srv/web -Root $root
            (Invoke-Pipeline { $found | Invoke-PipInstall @from }).Ids | Should -Be OfflineEnvironment
            $target = Get-CleanVenv 1
            "$($found | Invoke-PipInstall -Environment $target @from)" | Should -Be 'alpha==1.0 beta==0.6'
            $loose = Get-PythonPackage -Path /srv/web/lib/python3.11/site-packages -Root $root
            "$(($loose | Invoke-PipInstall -Environment $target @from).Action)" | Should -Be 'Unchanged'
        }
    }
}
