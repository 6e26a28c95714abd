BeforeDiscovery {
    Import-Module "$PSScriptRoot/World.psm1" -Force
}

BeforeAll {
    Import-Module "$PSScriptRoot/World.psm1" -Force
    $here = (Get-Item TestDrive:/).FullName.TrimEnd('/')
    Enter-World $here
    # A Debian with one package, and an index with another.
    $root = "$here/root"
    $null = New-FakePython "$root/usr" 3.11.2 -Marker "[externally-managed]`nError=Use apt.`n"
    Set-Fixture "$root/etc/os-release" "ID=debian`n"
    Set-Fixture "$root/usr/lib/python3.11/site.py" "# dist-packages`n"
    Set-Fixture "$root/usr/lib/python3/dist-packages/PyYAML-6.0.dist-info/METADATA" "Metadata-Version: 2.1`nName: PyYAML`nVersion: 6.0`n"
    Set-Fixture "$root/var/lib/dpkg/status" "Package: python3-yaml`nStatus: install ok installed`nVersion: 6.0-3`n"
    Set-Fixture "$root/var/lib/dpkg/info/python3-yaml.list" "/usr/lib/python3/dist-packages/PyYAML-6.0.dist-info`n/usr/lib/python3/dist-packages/PyYAML-6.0.dist-info/METADATA`n"
    Set-Fixture "$root/var/lib/apt/lists/x_Packages" "Package: python3-zope.interface`nVersion: 5.5-1`n`nPackage: python3-yaml`nVersion: 6.0-4`n`n"
}

AfterAll {
    Exit-World
}

Describe 'Find-SystemPythonPackage' {
    It 'reports a pattern that is invalid, and continues' {
        $result = Invoke-Pipeline { Find-SystemPythonPackage '[a', 'pyyam*' -Root $root }
        Assert-Failure $result.Errors PackageNotFound ObjectNotFound -WithoutRemedy
        $result.Output.Name | Should -BeExactly 'python3-yaml'
    }

    It 'finds installed packages, and those of the index' {
        $found = @(Find-SystemPythonPackage pyyaml, Zope_Interface -Root $root)
        $found[0] | Should -BeOfType Pep668.SystemPythonPackage
        $found.Name | Should -BeExactly 'python3-yaml', 'python3-zope.interface'
        $found.Distribution | Should -BeExactly 'PyYAML', 'Zope_Interface'
        $found.InstalledVersion | Should -BeExactly '6.0-3', $null
        $found.Version | Should -BeExactly '6.0-4', '5.5-1'
        $found.Provider | Should -Be 'apt', 'apt'
        $found.Confidence | Should -Be 'Known', 'Known'
        $found[1].Command | Should -BeLike '*apt install python3-zope.interface'
    }

    It 'lists what is installed without a name' {
        (Find-SystemPythonPackage -Root $root).Name | Should -BeExactly 'python3-yaml'
    }

    It 'searches the installed packages with wildcards' {
        (Find-SystemPythonPackage py* -Root $root).Name | Should -BeExactly 'python3-yaml'
        Find-SystemPythonPackage zope* -Root $root | Should -BeNullOrEmpty
    }

    It 'takes names from the pipeline, and nothing from an empty one' {
        ('PyYAML', 'zope.interface' | Find-SystemPythonPackage -Root $root).Count | Should -Be 2
        @() | Find-SystemPythonPackage -Root $root | Should -BeNullOrEmpty
    }

    It 'reports a name for which no package is known, and finds the others' {
        $result = Invoke-Pipeline { Find-SystemPythonPackage nothing-of-that-name, PyYAML -Root $root }
        $result.Output.Name | Should -BeExactly 'python3-yaml'
        $result.Errors.FullyQualifiedErrorId | Should -BeLike 'PackageNotFound,*'
        $result.Errors[0].Exception.Message | Should -BeExactly "No package of apt is known to provide 'nothing-of-that-name'."
    }

    It 'reports a system whose package manager is not known' {
        Set-Fixture "$here/other/etc/os-release" "ID=other`n"
        $result = Invoke-Pipeline { Find-SystemPythonPackage PyYAML -Root "$here/other" }
        $result.Output | Should -BeNullOrEmpty
        $result.Errors[0].Exception.Message | Should -BeExactly "The package manager of this system is not known; 'PyYAML' was not searched for."
    }

    It 'shows a table that fits 80 columns' {
        $lines = @(Find-SystemPythonPackage PyYAML, zope.interface -Root $root | Out-String -Width 80 -Stream)
        $lines | ForEach-Object { $_.Length | Should -BeLessOrEqual 80 }
        $lines -match '^Name +Distribution +Version' | Should -Not -BeNullOrEmpty
    }
}
