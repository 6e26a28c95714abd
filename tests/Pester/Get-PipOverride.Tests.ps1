BeforeDiscovery {
    Import-Module "$PSScriptRoot/World.psm1" -Force
}

BeforeAll {
    Import-Module "$PSScriptRoot/World.psm1" -Force
    $here = New-WorldFolder
    Enter-World $here
    $root = New-FakeRoot "$here/root"
    $managed = New-FakePython "$here/managed" 3.12.5 -Marker "[externally-managed]`nError=no`n"
    $venv = New-FakeVenv "$here/venv" "$here/managed/bin" 3.12.5
    $null = New-Item -ItemType Directory "$here/empty", "$here/work"
    $userFile = "$($env:HOME)/.config/pip/pip.conf"
    $uvFile = "$($env:HOME)/.config/uv/uv.toml"
    # /etc/pip.conf of the machine itself is read too, and can contain anything.
    function Get-Own { @($input | Where-Object { $_.Path -notlike '/etc/*' }) }
}

AfterAll {
    Exit-World
}

Describe 'Get-PipOverride' {
    BeforeEach {
        Set-Location -LiteralPath "$here/work"
        $env:XDG_CONFIG_DIRS = "$here/empty"
    }

    AfterEach {
        Remove-Item Env:PIP_*, Env:UV_*, Env:VIRTUAL_ENV, Env:XDG_CONFIG_DIRS -ErrorAction Ignore
        Remove-Item -Recurse -Force "$($env:HOME)/.config", "$($env:HOME)/.pip", "$here/managed/pip.conf", "$here/venv/pip.conf", "$here/work/*" -ErrorAction Ignore
    }

    Context 'of pip' {
        It 'returns nothing where no override is set, and reports it with -Verbose' {
            $null = New-Item -ItemType Directory "$here/bare"
            $result = Invoke-Pipeline { Get-PipOverride -Root "$here/bare" -Verbose }
            $result.Output | Should -BeNullOrEmpty
            $result.Errors | Should -BeNullOrEmpty
            $result.Verbose | Should -Contain 'Nothing sets break-system-packages.'
        }

        It 'has the properties of the contract' {
            $env:PIP_BREAK_SYSTEM_PACKAGES = 'True'
            $found = Get-PipOverride $managed | Get-Own
            $found.Count | Should -Be 1
            $found[0] | Should -BeOfType Pep668.PipOverride
            $found[0].PSObject.Properties.Name | Should -Be 'Tool', 'Source', 'Path', 'Setting', 'Value', 'IsEffective', 'Precedence', 'Remedies'
            "$($found[0].Tool) $($found[0].Source) $($found[0].Setting) $($found[0].Value) $($found[0].IsEffective) $($found[0].Precedence)" |
                Should -BeExactly 'pip EnvironmentVariable PIP_BREAK_SYSTEM_PACKAGES True True 1'
            $found[0].Path | Should -BeNullOrEmpty
            $found[0].Remedies.Command | Should -Be 'Remove-Item Env:PIP_BREAK_SYSTEM_PACKAGES'
        }

        It 'lists every source in the order of precedence' {
            Set-Fixture "$($env:HOME)/.pip/pip.conf" "[global]`nbreak-system-packages=1`n"
            Set-Fixture $userFile "[global]`nbreak_system_packages=0`n[install]`nbreak-system-packages=yes`n"
            Set-Fixture "$here/managed/pip.conf" "[global]`nbreak-system-packages=no`n"
            $found = Get-PipOverride $managed | Get-Own
            $found | ForEach-Object { "$($_.Source) $($_.Setting) $($_.IsEffective)" } | Should -Be @(
                'UserFile install.break-system-packages True'
                'SiteFile global.break-system-packages False'
                'UserFile global.break_system_packages False'
                'UserFile global.break-system-packages False'
            )
            $found.Precedence | Should -Be ($found.Precedence | Sort-Object)
            $found[1].Path | Should -BeExactly "$here/managed/pip.conf"
        }

        It 'reports an override of uninstall alone as effective' {
            Set-Fixture $userFile "[uninstall]`nbreak-system-packages=on`n[install]`nbreak-system-packages=off`n"
            $found = Get-PipOverride $managed | Get-Own
            ($found | Where-Object IsEffective).Setting | Should -BeExactly 'uninstall.break-system-packages'
        }

        It 'reads PIP_CONFIG_FILE instead of the file of the user: <Name>' -ForEach @(
            @{ Name = 'one that is there'; Value = 'named.conf'; Sources = 'ConfigFile' }
            @{ Name = 'one that is not'; Value = 'missing.conf'; Sources = 'UserFile' }
            @{ Name = 'none at all'; Value = '/dev/null'; Sources = $null }
        ) {
            Set-Fixture "$here/work/named.conf" "[global]`nbreak-system-packages=1`n"
            Set-Fixture $userFile "[global]`nbreak-system-packages=1`n"
            $env:PIP_CONFIG_FILE = $Value
            (Get-PipOverride $managed | Get-Own | ForEach-Object { "$($_.Source)" }) | Should -Be $Sources
        }

        It 'warns where pip would stop, and reports no override as effective: <Name>' -ForEach @(
            @{ Name = 'a value that is no truth value'; Text = "[global]`nbreak-system-packages=maybe`n" }
            @{ Name = 'a file that is none'; Text = "break-system-packages=1`n" }
            @{ Name = 'a key that occurs twice'; Text = "[global]`nuser=1`nuser=1`n" }
        ) {
            Set-Fixture $userFile $Text
            Set-Fixture "$here/managed/pip.conf" "[global]`nbreak-system-packages=1`n[install]`nbreak-system-packages=maybe`n[uninstall]`nbreak-system-packages=0`n"
            $result = Invoke-Pipeline { Get-PipOverride $managed }
            $result.Errors | Should -BeNullOrEmpty
            $result.Warnings | Should -Not -BeNullOrEmpty
            "$($result.Warnings)" | Should -BeLike 'pip cannot read *'
            $result.Output | Where-Object { $_.Tool -eq 'pip' -and $_.IsEffective } | Should -BeNullOrEmpty
        }

        It 'reports no override as effective for a pip without the option: <Version>' -ForEach @(
            @{ Version = '22.3.1'; Effective = $false }
            @{ Version = '23.0'; Effective = $false }
            @{ Version = '23.0.1'; Effective = $true }
            @{ Version = '26.0.dev0'; Effective = $true }
        ) {
            $env:PIP_BREAK_SYSTEM_PACKAGES = '1'
            Set-Fixture "$here/managed/lib/python3.12/site-packages/pip/__init__.py" "__version__ = `"$Version`"`n"
            try {
                (Get-PipOverride $managed | Get-Own).IsEffective | Should -Be $Effective
            }
            finally {
                Remove-Item -Recurse "$here/managed/lib/python3.12/site-packages"
            }
        }

        It 'agrees with the refusal of pip' -Skip:(-not (Get-RealPython -With pip, marker)) -Tag 'needs an externally managed Python with pip' {
            $real = Get-RealPython -With pip, marker
            $null = & $real -I -m pip uninstall --yes no-such-distribution-pep668 *>&1
            $LASTEXITCODE | Should -Be 1
            $values = $env:PEP668_TEST_FULL -eq '1' ? @('1', '0', 'On', 'f', '') : @('On', '0', '')
            $texts = '', "[uninstall]`nbreak-system-packages=1`n", "[global]`nbreak-system-packages=no`n[uninstall]`nbreak-system-packages=yes`n", "[global]`nbreak-system-packages=true`n"
            # One process for all: to start pip takes most of its time.
            $script = @'
import json, os, sys
from pip._internal.cli.main import main
refused = []
for value in json.loads(sys.argv[2]):
    os.environ["PIP_BREAK_SYSTEM_PACKAGES"] = value
    for text in json.loads(sys.argv[3]):
        with open(sys.argv[1], "w") as file:
            file.write(text)
        refused.append(main(["uninstall", "--yes", "no-such-distribution-pep668"]) != 0)
print("\n" + json.dumps(refused))
'@
            Set-Fixture $userFile ''
            $answers = (& $real -c $script $userFile (ConvertTo-Json $values) (ConvertTo-Json $texts) 2> $null)[-1] | ConvertFrom-Json
            $answers.Count | Should -Be ($values.Count * $texts.Count)
            $next = 0
            foreach ($value in $values) {
                $env:PIP_BREAK_SYSTEM_PACKAGES = $value
                foreach ($text in $texts) {
                    Set-Fixture $userFile $text
                    $refused = $answers[$next++]
                    (@(Get-PipOverride $real | Where-Object { $_.IsEffective -and $_.Tool -eq 'pip' -and $_.Setting -notlike 'install.*' }).Count -eq 0) |
                        Should -Be $refused -Because "PIP_BREAK_SYSTEM_PACKAGES='$value' and '$text'"
                }
            }
        }
    }

    Context 'of uv' {
        It 'lists the variable, the file of the project and that of the user' {
            Set-Fixture $uvFile "[pip]`nbreak-system-packages = true`n"
            Set-Fixture "$here/work/pyproject.toml" "[tool.uv.pip]`nbreak-system-packages = false`n"
            $env:UV_BREAK_SYSTEM_PACKAGES = '0'
            $found = Get-PipOverride $managed | Where-Object Tool -EQ uv
            $found | ForEach-Object { "$($_.Precedence) $($_.Source) $($_.Setting)=$($_.Value) $($_.IsEffective)" } | Should -Be @(
                '1 EnvironmentVariable UV_BREAK_SYSTEM_PACKAGES=0 False'
                '2 UvFile tool.uv.pip.break-system-packages=false False'
                '3 UvFile pip.break-system-packages=true False'
            )
            $found[1].Path | Should -BeExactly "$here/work/pyproject.toml"
            Remove-Item "$here/work/pyproject.toml"
            (Get-PipOverride $managed | Where-Object IsEffective).Path | Should -BeExactly $uvFile
        }

        It 'keeps the two tools separate' {
            $env:UV_BREAK_SYSTEM_PACKAGES = 'true'
            $env:PIP_BREAK_SYSTEM_PACKAGES = 'false'
            Get-PipOverride $managed | Get-Own | ForEach-Object { "$($_.Tool) $($_.IsEffective)" } | Should -Be 'pip False', 'uv True'
        }
    }

    Context 'of a root' {
        BeforeAll {
            Set-Fixture "$root/etc/pip.conf" "[global]`nbreak-system-packages = true`n"
            Set-Fixture "$root/home/user/.config/pip/pip.conf" "[install]`nbreak-system-packages = false`n"
            Set-Fixture "$root/root/.config/uv/uv.toml" "[pip]`nbreak-system-packages = true`n"
        }

        It 'finds the overrides of the image for all its users, and none of the host' {
            $env:PIP_BREAK_SYSTEM_PACKAGES = '1'
            $env:UV_BREAK_SYSTEM_PACKAGES = '1'
            Set-Fixture $userFile "[global]`nbreak-system-packages=1`n"
            $expected = @(
                'pip UserFile /home/user/.config/pip/pip.conf False'
                'pip GlobalFile /etc/pip.conf True'
                'uv UvFile /root/.config/uv/uv.toml True'
            )
            Get-PipOverride -Root $root | ForEach-Object { "$($_.Tool) $($_.Source) $($_.Path) $($_.IsEffective)" } | Should -Be $expected
            Get-PythonEnvironment /usr -Root $root | Get-PipOverride | ForEach-Object { "$($_.Tool) $($_.Source) $($_.Path) $($_.IsEffective)" } | Should -Be $expected
        }

        It 'needs no Python in the root' {
            Set-Fixture "$here/small/etc/pip.conf" "[global]`nbreak-system-packages = 1`n"
            (Get-PipOverride -Root "$here/small").Path | Should -BeExactly '/etc/pip.conf'
        }

        It 'reports a root that is not a folder' {
            $result = Invoke-Pipeline { Get-PipOverride -Root "$here/nowhere" }
            Assert-Failure $result.Errors EnvironmentNotFound ObjectNotFound -WithoutRemedy
        }
    }

    Context '-Environment' {
        It 'binds environments, and reads the file of each' {
            Set-Fixture "$here/venv/pip.conf" "[global]`nbreak-system-packages=1`n"
            $found = Get-PythonEnvironment $managed, $venv | Get-PipOverride | Get-Own
            $found.Count | Should -Be 1
            "$($found[0].Source) $($found[0].Path)" | Should -BeExactly "SiteFile $here/venv/pip.conf"
        }

        It 'uses the same default environment as the other cmdlets' {
            Set-Fixture "$here/venv/pip.conf" "[global]`nbreak-system-packages=1`n"
            $env:VIRTUAL_ENV = "$here/venv"
            (Get-PipOverride | Get-Own).Path | Should -BeExactly "$here/venv/pip.conf"
        }

        It 'reports a missing environment and continues' {
            $env:PIP_BREAK_SYSTEM_PACKAGES = '1'
            $result = Invoke-Pipeline { 'nobody', $managed | Get-PipOverride }
            Assert-Failure $result.Errors EnvironmentNotFound ObjectNotFound 'nobody'
            @($result.Output | Get-Own).Count | Should -Be 1
        }
    }

    Context 'formatted output' {
        It 'is a table that ends in the path' {
            Set-Fixture "$here/managed/pip.conf" "[global]`nbreak-system-packages=1`n"
            $lines = (Get-PipOverride $managed | Get-Own | Out-String -Width 200) -split "`n" | Where-Object { $_.Trim() }
            $lines[0] | Should -Match '^Tool\s+Effective\s+Source\s+Setting\s+Value\s+Path\s*$'
            $lines[2] -replace '\e\[[0-9;]*m' | Should -Match "^pip\s+yes\s+SiteFile\s+global\.break-system-packages\s+1\s+$([regex]::Escape("$here/managed/pip.conf"))\s*$"
        }
    }
}
