BeforeDiscovery {
    Import-Module "$PSScriptRoot/World.psm1" -Force
}

BeforeAll {
    Import-Module "$PSScriptRoot/World.psm1" -Force
    $here = (Get-Item TestDrive:/).FullName.TrimEnd('/')
    Enter-World $here
    $null = New-FakePython "$here/base" 3.12.5
    $null = New-FakeVenv "$here/one" "$here/base/bin" 3.12.5
    $null = New-FakeVenv "$here/two" "$here/base/bin" 3.12.5
    $real = Get-RealPython -Series 3.13
    if ($real) {
        $null = & $real -m venv --without-pip "$here/real"
    }
}

AfterAll {
    Exit-World
}

Describe 'Exit-PythonVenv' {
    BeforeEach {
        $before = (Get-Item function:prompt).ScriptBlock
        $env:PATH = '/usr/bin::/bin'
    }

    AfterEach {
        Remove-Item Env:VIRTUAL_ENV, Env:VIRTUAL_ENV_PROMPT, Function:deactivate -ErrorAction Ignore
        $env:PATH = '/usr/bin:/bin'
        Set-Item function:global:prompt $before
    }

    It 'restores variables, prompt and deactivate' {
        Enter-PythonVenv "$here/one"
        Get-Command deactivate | Should -Not -BeNullOrEmpty
        deactivate
        $env:PATH | Should -BeExactly '/usr/bin::/bin'
        Test-Path Env:VIRTUAL_ENV, Env:VIRTUAL_ENV_PROMPT, Function:deactivate | Should -Be $false, $false, $false
        (Get-Item function:prompt).ScriptBlock.Equals($before) | Should -BeTrue
    }

    It 'returns to the environment that was active before' {
        Enter-PythonVenv "$here/one"
        Enter-PythonVenv "$here/two"
        $env:PATH | Should -BeExactly "$here/two/bin:/usr/bin::/bin"
        (prompt 6>&1 | Out-String) | Should -Not -Match '\(one\)'
        Exit-PythonVenv
        $env:PATH | Should -BeExactly "$here/one/bin:/usr/bin::/bin"
        $env:VIRTUAL_ENV_PROMPT | Should -BeExactly 'one'
        Exit-PythonVenv
        $env:PATH | Should -BeExactly '/usr/bin::/bin'
    }

    It 'keeps what was added to PATH, and a prompt that was replaced' {
        Enter-PythonVenv "$here/one"
        Enter-PythonVenv "$here/two"
        $env:PATH = "/mine:$env:PATH"
        function global:prompt { 'mine' }
        Exit-PythonVenv
        $env:PATH | Should -BeExactly "/mine:$here/one/bin:/usr/bin::/bin"
        Exit-PythonVenv
        $env:PATH | Should -BeExactly '/mine:/usr/bin::/bin'
        prompt | Should -Be 'mine'
    }

    It 'reports that no environment was entered' {
        $result = Invoke-Pipeline { Exit-PythonVenv }
        Assert-Failure $result.Errors EnvironmentNotFound ObjectNotFound -WithoutRemedy
    }

    It 'works inside and outside of an environment activated by the real Activate.ps1' -Skip:(-not (Get-RealPython -Series 3.13)) -Tag 'needs Python 3.13' {
        Enter-PythonVenv "$here/one"
        & "$here/real/bin/Activate.ps1"
        $result = Invoke-Pipeline { Exit-PythonVenv }
        Assert-Failure $result.Errors EnvironmentBusy ResourceBusy
        $result.Errors | Get-Remedy | Should -BeExactly 'deactivate && Exit-PythonVenv'
        deactivate && Exit-PythonVenv
        $env:PATH | Should -BeExactly '/usr/bin::/bin'
        (Get-Item function:prompt).ScriptBlock.Equals($before) | Should -BeTrue

        & "$here/real/bin/Activate.ps1"
        (Invoke-Pipeline { Exit-PythonVenv }).Errors | Get-Remedy | Should -BeExactly 'deactivate'
        Enter-PythonVenv "$here/one"
        $env:PATH | Should -BeExactly "$here/one/bin:/usr/bin::/bin"
        Exit-PythonVenv
        $env:VIRTUAL_ENV | Should -BeExactly "$here/real"
        $env:PATH | Should -BeExactly "$here/real/bin:/usr/bin::/bin"
        deactivate
        $env:PATH | Should -BeExactly '/usr/bin::/bin'
        Test-Path Env:VIRTUAL_ENV, Function:deactivate | Should -Be $false, $false
    }

    It 'exits nested environments in order, the same one twice, and restores PYTHONHOME last' {
        $env:PYTHONHOME = '/some/where'
        try {
            Enter-PythonVenv "$here/one"
            Enter-PythonVenv "$here/two"
            Enter-PythonVenv "$here/one"
            $seen = foreach ($i in 1..3) {
                "$env:VIRTUAL_ENV $env:PATH $env:PYTHONHOME"
                deactivate
            }
            $seen | Should -BeExactly "$here/one $here/one/bin:/usr/bin::/bin ", "$here/two $here/two/bin:/usr/bin::/bin ", "$here/one $here/one/bin:/usr/bin::/bin "
            $env:PYTHONHOME | Should -BeExactly '/some/where'
            $env:PATH | Should -BeExactly '/usr/bin::/bin'
            Test-Path Function:deactivate | Should -BeFalse
        }
        finally {
            Remove-Item Env:PYTHONHOME -ErrorAction Ignore
        }
    }

    It 'keeps an existing deactivate function, and a PYTHONHOME that was set inside' {
        function global:deactivate { 'mine' }
        Enter-PythonVenv "$here/one"
        deactivate | Should -Be 'mine'
        $env:PYTHONHOME = '/set/inside'
        try {
            Exit-PythonVenv
            $env:PYTHONHOME | Should -BeExactly '/set/inside'
        }
        finally {
            Remove-Item Env:PYTHONHOME -ErrorAction Ignore
        }
        deactivate | Should -Be 'mine'
    }

    It 'writes only what it did with -Verbose' {
        Enter-PythonVenv "$here/one"
        (Invoke-Pipeline { Exit-PythonVenv -Verbose }).Verbose | Should -BeExactly "Deactivated '$here/one'."
    }

    It 'warns where the prompt cannot be restored' {
        Enter-PythonVenv "$here/one"
        Set-Item function:global:prompt (Get-Item function:prompt).ScriptBlock -Options ReadOnly
        try {
            (Invoke-Pipeline { Exit-PythonVenv }).Warnings | Should -BeLike "*still shows 'one'*"
            Test-Path Env:VIRTUAL_ENV | Should -BeFalse
        }
        finally {
            Set-Item function:global:prompt $before -Options None -Force
        }
    }

    It 'runs automatically on removing the module, and on importing it anew' {
        $text = Invoke-Pwsh -NoProfile -NonInteractive -Command @"
            `$module = '$(Get-ModuleFolder)/Pep668.psd1'; Import-Module `$module
            `$env:PATH = '/usr/bin::/bin'; `$env:PYTHONHOME = '/some/where'
            function state { (Get-ChildItem env:).ForEach{ "`$(`$_.Name)=`$(`$_.Value)" }; (Get-ChildItem function:).Name; "`$function:prompt" }
            foreach (`$do in { Import-Module -Force `$module }, { Remove-Module Pep668 }) {
                `$one = state; Enter-PythonVenv '$here/one'; Enter-PythonVenv '$here/two'; `$two = state; . `$do; `$three = state
                (`$one -join '|') -ceq (`$two -join '|'); (`$one -join '|') -ceq (`$three -join '|')
            }
"@
        $text | Should -Be 'False', 'True', 'False', 'True'
    }
}
