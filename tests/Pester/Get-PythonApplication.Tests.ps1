BeforeAll {
    Import-Module "$PSScriptRoot/World.psm1" -Force
    $here = (Get-Item TestDrive:/).FullName.TrimEnd('/')
    Enter-World $here
    $bin = "$env:HOME/.local/bin"
    $env:PATH = "${bin}:/usr/bin:/bin"
    $venvs = "$env:HOME/.local/share/pipx/venvs"
    $tools = "$env:HOME/.local/share/uv/tools"
    $null = New-FakePython "$here/base" 3.11.2

    function New-FakeApplication([string] $Folder, [string[]] $Command, [string] $Base = "$here/base/bin") {
        $null = New-FakeVenv $Folder $Base 3.11.2
        foreach ($one in $Command) {
            Set-Fixture "$Folder/bin/$one" "#!`n" -Executable
            New-FixtureLink "$bin/$one" "$Folder/bin/$one"
        }
    }

    New-FakeApplication "$venvs/httpie" http, https
    Set-Fixture "$venvs/httpie/pipx_metadata.json" '{"main_package": {"package": "httpie", "package_version": "3.2.3"}}'
    New-FakeApplication "$venvs/moved" moved "$here/gone/bin"
    Set-Fixture "$venvs/moved/pipx_metadata.json" '{"main_package": {"package": "moved", "package_version": "1.0"}}'
    New-FakeApplication "$tools/my-tool" my-tool
    Set-Fixture "$tools/my-tool/uv-receipt.toml" "[tool]`nentrypoints = [{ name = 'my-tool', install-path = '$bin/my-tool' }]`n"
    Set-Fixture "$tools/my-tool/lib/python3.11/site-packages/my_tool-2.0.dist-info/METADATA" "Name: my-tool`nVersion: 2.0`n"
}

AfterAll {
    Exit-World
}

Describe 'Get-PythonApplication' {
    It 'has the properties of the contract' {
        $found = Get-PythonApplication -WarningAction Ignore
        $found | ForEach-Object { $_ | Should -BeOfType Pep668.PythonApplication }
        $found[0].PSObject.Properties.Name |
            Should -Be 'Name', 'Version', 'Installer', 'Environment', 'Commands', 'OnPath', 'PreviousVersion', 'Action', 'Changed'
        $found | ForEach-Object { "$_ $($_.Version) $($_.Installer) $($_.Commands) $($_.OnPath) $($_.Environment.Manager)" } |
            Should -Be 'httpie 3.2.3 Pipx http https True Pipx', 'moved 1.0 Pipx moved True Pipx', 'my-tool 2.0 Uv my-tool True Uv'
        @($found | Where-Object { $null -ne $_.Action -or $_.Changed }) | Should -BeNullOrEmpty
        $found[0].Environment | Should -Be (Get-PythonEnvironment "$venvs/httpie")
    }

    It 'names the application of a command' {
        $result = Invoke-Pipeline { Get-PythonApplication https }
        Assert-Failure $result.Errors PackageNotFound ObjectNotFound
        $result.Errors.Exception.Message | Should -BeExactly "'https' is not an application of pipx or uv, but a command of 'httpie'."
        $result.Errors | Get-Remedy | Should -BeExactly 'Get-PythonApplication httpie'
    }

    It 'reports a pattern that is invalid, and continues' {
        $result = Invoke-Pipeline { '[a', 'http*' | Get-PythonApplication }
        Assert-Failure $result.Errors PackageNotFound ObjectNotFound -WithoutRemedy
        $result.Errors.Exception.Message | Should -BeExactly "'[a' is not a valid wildcard pattern."
        $result.Output.Name | Should -BeExactly 'httpie'
    }

    It 'warns of a broken one, with the command of its installer' {
        $result = Invoke-Pipeline { Get-PythonApplication }
        $result.Warnings | Should -HaveCount 1
        $result.Warnings[0] | Should -BeLike "'moved' is broken: *pipx reinstall moved*# creates its environment again"
        ($result.Output | Where-Object Name -eq moved).Environment.Health | Should -Be Broken
    }

    It 'finds names in any spelling, and patterns: <Name>' -ForEach @(
        @{ Name = 'My_Tool'; Expected = @('my-tool') }
        @{ Name = '*tool'; Expected = @('my-tool') }
        @{ Name = 'H*'; Expected = @('httpie') }
        @{ Name = 'x*'; Expected = @() }
        @{ Name = 'httpie', 'my.tool'; Expected = @('httpie', 'my-tool') }
    ) {
        @(Get-PythonApplication $Name | ForEach-Object Name) | Should -Be $Expected
        @($Name | Get-PythonApplication | ForEach-Object Name) | Should -Be $Expected
    }

    It 'reports a name that no application has' {
        $result = Invoke-Pipeline { Get-PythonApplication nothing, httpie }
        Assert-Failure $result.Errors PackageNotFound ObjectNotFound -Target nothing
        $result.Errors | Get-Remedy | Should -Be 'Get-PythonApplication'
        $result.Output.Name | Should -Be httpie
    }

    It 'selects an installer' {
        (Get-PythonApplication -Installer Uv).Name | Should -Be my-tool
        (Get-PythonApplication -Installer pipx -WarningAction Ignore).Name | Should -Be httpie, moved
        (Invoke-Pipeline { Get-PythonApplication httpie -Installer Uv }).Ids | Should -Be PackageNotFound
    }

    It 'is a table of 80 columns' {
        $text = Get-PythonApplication -WarningAction Ignore | Out-String -Width 80
        $lines = @($text.Trim() -split "`n" | ForEach-Object { ($_ -replace '\e\[[\d;]*m').TrimEnd() })
        $lines[0] | Should -Be 'Name    Version Installer State  OnPath Commands'
        $lines[2] | Should -Be 'httpie  3.2.3   Pipx             yes    http, https'
        $lines[3] | Should -Be 'moved   1.0     Pipx      broken yes    moved'
    }

    It 'shows a command that PATH does not find' {
        $path = $env:PATH
        $env:PATH = '/usr/bin:/bin'
        try {
            (Get-PythonApplication httpie).OnPath | Should -BeFalse
        }
        finally {
            $env:PATH = $path
        }
    }

    It 'completes names' {
        (TabExpansion2 'Uninstall-PythonApplication m' 29).CompletionMatches.CompletionText | Should -Be moved, my-tool
        (TabExpansion2 'Get-PythonApplication -Installer ' 33).CompletionMatches.CompletionText | Should -Be Auto, Pipx, Uv
    }

    It 'keeps words in jobs and JSON' {
        $one = Get-PythonApplication httpie
        [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($one)).Installer |
            Should -BeExactly Pipx
        ($one | ConvertTo-Json -EnumsAsStrings -Depth 1 -WarningAction Ignore | ConvertFrom-Json).Installer | Should -BeExactly Pipx
    }
}
