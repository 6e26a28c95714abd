BeforeDiscovery {
    Import-Module "$PSScriptRoot/World.psm1" -Force
}

BeforeAll {
    Import-Module "$PSScriptRoot/World.psm1" -Force
    $here = (Get-Item TestDrive:/).FullName.TrimEnd('/')
    Enter-World $here

    # A Debian whose python3-yaml is in the database of dpkg, in a folder of its own.
    function New-FakeDebian([string] $Path) {
        $null = New-FakePython "$Path/usr" 3.11.2 -Marker "[externally-managed]`nError=Use apt.`n"
        Set-Fixture "$Path/usr/lib/python3.11/site.py" "# dist-packages`n"
        Set-Fixture "$Path/usr/lib/python3/dist-packages/PyYAML-6.0.dist-info/METADATA" "Metadata-Version: 2.1`nName: PyYAML`nVersion: 6.0`n"
        Set-Fixture "$Path/var/lib/dpkg/status" (@(
            "Package: python3-yaml`nStatus: install ok installed`nVersion: 6.0-3`n"
            "Package: ansible-core`nStatus: install ok installed`nVersion: 2.14`nDepends: python3-yaml (>= 5), python3:any`n") -join "`n")
        Set-Fixture "$Path/var/lib/dpkg/info/python3-yaml.list" (@(
            '/.', '/usr', '/usr/lib', '/usr/lib/python3', '/usr/lib/python3/dist-packages', '/usr/lib/python3/dist-packages/PyYAML-6.0.dist-info'
            '/usr/lib/python3/dist-packages/PyYAML-6.0.dist-info/METADATA') -join "`n")
        $Path
    }

    function Add-PipPackage([string] $Folder, [string] $Name, [string] $Version) {
        $info = "$Name-$Version.dist-info"
        Set-Fixture "$Folder/$info/METADATA" "Metadata-Version: 2.1`nName: $Name`nVersion: $Version`n"
        Set-Fixture "$Folder/$info/RECORD" "$info/METADATA,,`n$info/RECORD,,`n"
    }

    $clean = New-FakeDebian "$here/clean"
    $broken = New-FakeDebian "$here/broken"
    Add-PipPackage "$broken/usr/local/lib/python3.11/dist-packages" PyYAML 99.0
    $base = New-FakePython "$here/base" 3.12.5
    $venv = New-FakeVenv "$here/venv" "$here/base/bin" 3.12.5
    $site = "$here/venv/lib/python3.12/site-packages"
}

AfterAll {
    Exit-World
}

Describe 'Find-PythonPackageConflict' {
    It 'returns nothing for an intact system, and reports it with -Verbose' {
        $result = Invoke-Pipeline { Find-PythonPackageConflict -Root $clean -Verbose }
        $result.Output | Should -BeNullOrEmpty
        $result.Errors | Should -BeNullOrEmpty
        $result.Verbose | Should -Contain 'No conflicts found.'
    }

    It 'names the shadowed distro package, both versions and its dependents' {
        $found = @(Find-PythonPackageConflict -Root $broken)
        $found.Count | Should -Be 1
        $found[0] | Should -BeOfType Pep668.PythonPackageConflict
        $found[0].PSObject.Properties.Name | Should -Be @(
            'Kind', 'Distribution', 'Version', 'Location', 'Paths', 'DistroPackage', 'DistroVersion', 'Dependents', 'Remedies', 'Environment')
        "$($found[0].Kind) $($found[0].Distribution) $($found[0].Version) $($found[0].DistroPackage) $($found[0].DistroVersion)" |
            Should -BeExactly 'Shadowed PyYAML 99.0 python3-yaml 6.0-3'
        $found[0].Location | Should -BeExactly '/usr/local/lib/python3.11/dist-packages'
        $found[0].Dependents | Should -BeExactly 'ansible-core'
        $found[0].Environment.Executable | Should -BeExactly '/usr/bin/python3.11'
        "$($found[0])" | Should -BeExactly 'Shadowed PyYAML'
    }

    It 'recommends nothing below a root, where commands would change this machine' {
        (Find-PythonPackageConflict -Root $broken).Remedies | Should -BeNullOrEmpty
    }

    It 'checks one environment below a root' {
        @(Find-PythonPackageConflict /usr -Root $broken).Count | Should -Be 1
    }

    It 'reports an environment that does not exist' {
        { Find-PythonPackageConflict "$here/missing" -ErrorAction Stop } | Should -Throw -ErrorId 'EnvironmentNotFound,*'
    }

    It 'reports a root that does not exist' {
        { Find-PythonPackageConflict -Root "$here/missing" -ErrorAction Stop } | Should -Throw -ErrorId 'EnvironmentNotFound,*'
    }

    It 'shows a table of at most 80 columns' {
        $lines = @(Find-PythonPackageConflict -Root $broken | Out-String -Width 80 -Stream)
        ($lines -match '\S')[0] | Should -Match '^Kind +Distribution +Version +DistroPackage +Location$'
        ($lines | ForEach-Object Length | Measure-Object -Maximum).Maximum | Should -BeLessOrEqual 80
    }

    Context 'in a virtual environment' {
        BeforeAll {
            Add-PipPackage $site good 1.0
            $null = New-Item -ItemType Directory "$site/half-1.0.dist-info", "$site/~ld"
        }

        It 'finds what an interrupted install left, with commands that remove it' {
            $found = @(Find-PythonPackageConflict $venv)
            $found | ForEach-Object { "$($_.Kind) $($_.Distribution)".Trim() } | Should -Be 'PartlyRemoved', 'PhantomMetadata half'
            $found[0].Remedies.Command | Should -BeLike 'Remove-Item -Recurse -Force -LiteralPath *~ld*'
        }

        It 'accepts environments from the pipeline' {
            @(Get-PythonEnvironment $venv | Find-PythonPackageConflict).Count | Should -Be 2
        }

        It 'brings it back to no conflicts with its own commands' {
            foreach ($path in (Find-PythonPackageConflict $venv).Paths) {
                Remove-Item -Recurse -Force -LiteralPath $path
            }
            Find-PythonPackageConflict $venv | Should -BeNullOrEmpty
        }
    }
}
