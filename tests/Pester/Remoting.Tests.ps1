BeforeDiscovery {
    Import-Module "$PSScriptRoot/World.psm1" -Force
    $sshd = (Get-Command sshd, /usr/sbin/sshd -CommandType Application -ErrorAction Ignore | Select-Object -First 1).Source
    # PowerShell starts "ssh", and sshd starts only as the user whose account it serves.
    $canConnect = -not $IsWindows -and $sshd -and (Get-Command ssh, ssh-keygen -CommandType Application -ErrorAction Ignore).Count -ge 2
}

BeforeAll {
    Import-Module "$PSScriptRoot/World.psm1" -Force
    $sshd = (Get-Command sshd, /usr/sbin/sshd -CommandType Application -ErrorAction Ignore | Select-Object -First 1).Source
    $here = New-WorldFolder
    $manifest = "$PSScriptRoot/../../Pep668.psd1"
    Enter-World $here
    Set-Location -LiteralPath $here
}

AfterAll {
    Exit-World
}

Describe 'A session over SSH' -Skip:(-not $canConnect) -Tag 'needs sshd, ssh and ssh-keygen' {
    BeforeAll {
        $ssh = New-Item -ItemType Directory "$here/ssh"
        foreach ($name in 'host', 'user') {
            & ssh-keygen -q -t ed25519 -N '' -f "$ssh/$name"
        }
        Copy-Item "$ssh/user.pub" "$ssh/authorized"
        $pwsh = [System.Environment]::ProcessPath
        $start = [System.IO.Path]::GetFileNameWithoutExtension($pwsh) -eq 'dotnet' ? "'$pwsh' '$PSHOME/pwsh.dll'" : "'$pwsh'"
        Set-Content "$ssh/pwsh" "#!/bin/sh`nHOME='$env:HOME' PATH='$env:PATH' exec $start `"`$@`""
        chmod 755 "$ssh/pwsh"
        $listener = [System.Net.Sockets.TcpListener]::new([System.Net.IPAddress]::Loopback, 0)
        $listener.Start()
        $port = $listener.LocalEndpoint.Port
        $listener.Stop()
        Set-Content "$ssh/config" @"
Port $port
ListenAddress 127.0.0.1
HostKey $ssh/host
PidFile $ssh/pid
AuthorizedKeysFile $ssh/authorized
StrictModes no
UsePAM no
PasswordAuthentication no
PermitRootLogin yes
Subsystem powershell $ssh/pwsh -sshs -NoLogo -NoProfile
"@
        if ((id -u) -eq 0) {
            $null = New-Item -ItemType Directory -Force /run/sshd
        }
        & $sshd -f "$ssh/config" -E "$ssh/log"
        $session = New-PSSession -HostName 127.0.0.1 -UserName (id -un) -Port $port -KeyFilePath "$ssh/user" -ConnectingTimeout 60000 -Options @{
            StrictHostKeyChecking = 'no'; UserKnownHostsFile = '/dev/null'; LogLevel = 'ERROR'
        }
        Invoke-Command -Session $session {
            Import-Module $using:manifest
            Set-Location -LiteralPath $using:here
        }
        function Show-Remote([scriptblock] $Script) {
            Invoke-Command -Session $session -HideComputerName $Script | Out-String -Width 120
        }
        $python = Get-RealPython -With ensurepip
        $wheels = "$here/wheels"
        New-FixtureWheel $wheels alpha 1.0
        # A remote environment is named by its interpreter, and a local one by its folder.
        function Get-Shown([string] $Text) {
            ($Text -replace '\r').Trim() -split '\n' | Where-Object { $_ -notmatch '^Environment *:' }
        }
    }

    AfterAll {
        if ($session) {
            Remove-PSSession $session
        }
        if (Test-Path "$ssh/pid") {
            Stop-Process -Id (Get-Content "$ssh/pid")
        }
    }

    It 'returns environments that are formatted, sorted and filtered as local ones' {
        $remote = Invoke-Command -Session $session -HideComputerName { Get-PythonEnvironment $using:python }
        $local = Get-PythonEnvironment $python
        # No command on this computer uses a remote environment, so none is marked.
        ($remote | Out-String -Width 120) | Should -Be (($local | Out-String -Width 120) -replace '(?m)^\*', ' ')
        $all = Invoke-Command -Session $session { Get-PythonEnvironment }
        ($all | Sort-Object Version -Descending)[0].Version | Should -Be ($all.Version | Sort-Object -Descending | Select-Object -First 1)
        ($all | Where-Object Version -GE 3.0).Count | Should -BeGreaterThan 0
        ($all | Where-Object IsExternallyManaged).Executable | Should -Be (Get-PythonEnvironment | Where-Object IsExternallyManaged).Executable
    }

    It 'returns <_> with their view' -ForEach 'packages', 'overrides', 'advice', 'a plan' {
        $what = $_
        $remote, $local = switch ($what) {
            packages { { Get-PythonPackage -Environment $using:python }, { Get-PythonPackage -Environment $python } }
            overrides { { $env:PIP_BREAK_SYSTEM_PACKAGES = '1'; Get-PipOverride }, { $env:PIP_BREAK_SYSTEM_PACKAGES = '1'; Get-PipOverride } }
            advice { { Get-PythonInstallAdvice six 3>$null }, { Get-PythonInstallAdvice six 3>$null } }
            default {
                { Get-PipInstallPlan alpha -Environment $using:python -NoIndex -FindLinks $using:wheels },
                { Get-PipInstallPlan alpha -Environment $python -NoIndex -FindLinks $wheels }
            }
        }
        $shown = Get-Shown (Show-Remote $remote)
        $expected = Get-Shown (& $local | Out-String -Width 120)
        $env:PIP_BREAK_SYSTEM_PACKAGES = $null
        Invoke-Command -Session $session { $env:PIP_BREAK_SYSTEM_PACKAGES = $null }
        $shown.Count | Should -BeGreaterThan 1
        if ($what -eq 'a plan') {
            $expected = $expected -replace 'alpha 1.0', 'alpha==1.0'
        }
        $shown | Should -Be $expected
    }

    It 'has <_> refuse a remote environment by name' -ForEach 'Test-ExternallyManaged', 'Get-PythonPackage', 'New-PythonVenv', 'Remove-PythonVenv' {
        $remote = Invoke-Command -Session $session { Get-PythonEnvironment $using:python }
        $remote | & $_ -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'RemoteEnvironment,*'
        "$($problems[0])" | Should -BeLike "*'127.0.0.1'*"
        Test-Path "$here/.venv" | Should -BeFalse
    }

    It 'has Invoke-PipInstall and Invoke-PipUninstall refuse remote packages' {
        $remote = Invoke-Command -Session $session { Get-PythonPackage -Environment $using:python | Select-Object -First 1 }
        foreach ($command in 'Invoke-PipInstall', 'Invoke-PipUninstall') {
            $remote | & $command -Environment $python -WhatIf -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
            $problems[0].FullyQualifiedErrorId | Should -BeLike 'RemoteEnvironment,*'
        }
    }

    It 'creates an environment and installs there, and reports a refusal' {
        $changes = Invoke-Command -Session $session {
            New-PythonVenv "$using:here/remote" -Python $using:python |
                Invoke-PipInstall alpha -NoIndex -FindLinks $using:wheels
        }
        $changes.Action | Should -Be 'Installed'
        Test-Path "$here/remote/pyvenv.cfg" | Should -BeTrue
        $managed = Get-RealPython -With pip, marker
        if ($managed) {
            Invoke-Command -Session $session {
                Invoke-PipInstall alpha -Environment $using:managed -NoIndex -FindLinks $using:wheels
            } -ErrorVariable problems -ErrorAction SilentlyContinue
            $problems[0].FullyQualifiedErrorId | Should -BeLike 'ExternallyManagedEnvironment,*'
            "$($problems[0])" | Should -BeLike '*(PEP 668)*'
        }
    }
}

Describe 'Parallel runspaces and jobs' {
    It 'agree' {
        $python = Get-RealPython -With ensurepip
        $names = 1..4 | ForEach-Object -Parallel {
            Import-Module $using:manifest
            (New-PythonVenv "$using:here/parallel$_" -Python $using:python -WithoutPip).Name
        } -ThrottleLimit 4
        $names | Sort-Object | Should -Be (1..4 | ForEach-Object { "parallel$_" })
    }
}
