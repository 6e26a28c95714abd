BeforeAll {
    Import-Module "$PSScriptRoot/World.psm1" -Force
    $here = (Get-Item TestDrive:/).FullName.TrimEnd('/')
    Enter-World $here
    Set-Fixture "$here/project/Dockerfile" "FROM debian:12`nRUN pip3 install --break-system-packages requests`n"
    Set-Fixture "$here/project/deploy/site.yml" "- ansible.builtin.pip:`n    name: x`n    break_system_packages: true`n"
    Set-Fixture "$here/project/deploy/[a].sh" "rm /usr/lib/python3.11/EXTERNALLY-MANAGED`n"
    Set-Fixture "$here/project/README.md" "pip install --break-system-packages x`n"
    Push-Location -LiteralPath "$here/project"
}

AfterAll {
    Pop-Location
    Exit-World
}

Describe 'Find-PipOverride' {
    It 'searches the current location, with -Recurse also its folders' {
        (Find-PipOverride).Path | Should -Be "$here/project/Dockerfile"
        (Find-PipOverride -Recurse).Rule | Should -Be 'override-option', 'marker-removed', 'override-setting'
    }

    It 'returns objects with the properties of the contract and their remedies' {
        $found = Find-PipOverride Dockerfile
        $found | Should -BeOfType Pep668.PipOverrideUse
        $found.PSObject.Properties.Name | Should -Be 'Path', 'Line', 'Column', 'Rule', 'Text', 'Reason', 'Remedies'
        "$($found.Line):$($found.Column) $($found.Text)" | Should -BeExactly '2:18 pip3 install --break-system-packages requests'
        $found.Remedies[0].Command | Should -BeExactly 'python3 -m venv /opt/venv && /opt/venv/bin/pip install requests'
    }

    It 'expands wildcards of -Path and takes -LiteralPath as it is' {
        (Find-PipOverride 'deploy/*.yml').Rule | Should -Be 'override-setting'
        (Find-PipOverride -LiteralPath 'deploy/[a].sh').Rule | Should -Be 'marker-removed'
        (Find-PipOverride 'deploy/[a].sh').Rule | Should -Be 'marker-removed'
        (Get-ChildItem deploy | Find-PipOverride).Count | Should -Be 2
        ('Dockerfile', 'deploy' | Find-PipOverride).Count | Should -Be 3
    }

    It 'reports a missing path and continues with the others' {
        $result = Invoke-Pipeline { Find-PipOverride nowhere, Dockerfile }
        $result.Output.Count | Should -Be 1
        $result.Errors.FullyQualifiedErrorId | Should -BeLike 'PathNotFound,*'
        $result.Errors.CategoryInfo.Category | Should -Be 'ObjectNotFound'
    }

    It 'accepts the findings of a baseline' {
        $entry = @{ path = 'Dockerfile'; rule = 'override-option'; text = 'pip3 install --break-system-packages requests'; count = 1 }
        Set-Fixture "$here/project/baseline.json" (@{ version = 1; accepted = @($entry) } | ConvertTo-Json -Depth 5)
        Find-PipOverride -Baseline baseline.json | Should -BeNullOrEmpty
        (Find-PipOverride -Recurse -Baseline baseline.json).Count | Should -Be 2
        $result = Invoke-Pipeline { Find-PipOverride -Baseline Dockerfile }
        $result.Output | Should -BeNullOrEmpty
        $result.Errors.FullyQualifiedErrorId | Should -BeLike 'InvalidBaseline,*'
    }

    It 'names the number of files with -Verbose' {
        (Invoke-Pipeline { Find-PipOverride Dockerfile -Verbose }).Verbose | Should -Contain '1 file read; the baseline accepts 0 findings'
    }
}
