BeforeAll {
    Import-Module "$PSScriptRoot/World.psm1" -Force
    $here = (Get-Item TestDrive:/).FullName.TrimEnd('/')
    Enter-World $here
    $translated = "[externally-managed]`nError=Use apt.`nError-de=Nimm apt.`nError-de_DE=Nimm apt, bitte.`nError-fr=Prenez apt.`nError-pt_BR=Usa apt.`n"
    $root = New-FakeRoot "$here/root"
    $plain = New-FakePython "$here/plain" 3.11.4
    $managed = New-FakePython "$here/managed" 3.12.5 -Marker $translated
    $venv = New-FakeVenv "$here/venv" "$here/managed/bin" 3.12.5
    $marker = "$here/managed/lib/python3.12/EXTERNALLY-MANAGED"
    $loose = "$here/loose[1]/EXTERNALLY-MANAGED"
    Set-Fixture $loose "[externally-managed]`nError=loose`n"
    Set-Fixture "$here/loose1/EXTERNALLY-MANAGED" "[externally-managed]`nError=decoy`n"
    $null = New-Item -ItemType Directory "$here/empty"
}

AfterAll {
    Exit-World
}

Describe 'Get-ExternallyManagedMarker' {
    BeforeEach {
        Set-Location -LiteralPath $here
    }

    AfterEach {
        Remove-Item Env:LC_ALL, Env:LC_MESSAGES, Env:LANG, Env:VIRTUAL_ENV -ErrorAction Ignore
        $env:PATH = '/usr/bin:/bin'
        [System.Environment]::CurrentDirectory = '/'
    }

    Context 'of an environment' {
        It 'returns the message of the distributor' {
            $found = Get-ExternallyManagedMarker $managed -Language ''
            $found | Should -BeOfType Pep668.ExternallyManagedMarker
            $found.PSObject.Properties.Name | Should -Be 'Path', 'Message', 'Language', 'Translations', 'Problem', 'Environment'
            $found.Path | Should -BeExactly $marker
            $found.Message | Should -BeExactly 'Use apt.'
            $found.Language | Should -BeNullOrEmpty
            $found.Problem | Should -BeNullOrEmpty
            $found.Environment.Executable | Should -BeExactly $managed
            $found.Translations.Keys | Sort-Object | Should -Be 'de', 'de_DE', 'fr', 'pt_BR'
            $found.Translations['fr'] | Should -BeExactly 'Prenez apt.'
        }

        It 'returns nothing for an environment that is not managed, and reports it with -Verbose: <_>' -ForEach 'plain', 'venv' {
            $folder = $_
            $result = Invoke-Pipeline { Get-ExternallyManagedMarker "$here/$folder" -Verbose }
            $result.Output | Should -BeNullOrEmpty
            $result.Errors | Should -BeNullOrEmpty
            $result.Verbose -join "`n" | Should -Match 'is not externally managed'
        }

        It 'binds environments, and objects with an Environment property' {
            (Get-PythonEnvironment "$here/managed", $plain | Get-ExternallyManagedMarker).Path | Should -BeExactly $marker
            (Get-ExternallyManagedMarker $managed | Get-ExternallyManagedMarker).Path | Should -BeExactly $marker
            (Get-PythonEnvironment -Root $root | Get-ExternallyManagedMarker -Language '').Message | Should -BeExactly 'use apt'
        }

        It 'uses the same default environment as the other cmdlets' {
            $env:PATH = "$here/managed/bin"
            (Get-ExternallyManagedMarker).Path | Should -BeExactly $marker
            $env:VIRTUAL_ENV = "$here/venv"
            Get-ExternallyManagedMarker | Should -BeNullOrEmpty
        }

        It 'writes one error for each environment that is not found, and returns the others' {
            $result = Invoke-Pipeline { 'nobody', $managed, '' | Get-ExternallyManagedMarker }
            $result.Output.Path | Should -BeExactly $marker
            Assert-Failure $result.Errors EnvironmentNotFound ObjectNotFound -Count 2
        }

        It 'refuses an object of another machine' {
            $remote = Get-PythonEnvironment $managed | Add-Member -NotePropertyName PSComputerName -NotePropertyValue web01 -PassThru
            $result = Invoke-Pipeline { $remote | Get-ExternallyManagedMarker }
            $result.Output | Should -BeNullOrEmpty
            Assert-Failure $result.Errors RemoteEnvironment InvalidOperation
        }

        It 'agrees with configparser on every real marker' {
            $real = @(Get-PythonEnvironment -ExternallyManaged)
            if ($real.Count -eq 0) {
                Set-ItResult -Skipped -Because 'needs an externally managed Python'
                return
            }
            foreach ($environment in $real) {
                $script = "import configparser, sys; p = configparser.ConfigParser(interpolation=None); p.read(sys.argv[1], encoding='utf-8'); " +
                    "sys.stdout.buffer.write(p['externally-managed']['Error'].encode())"
                $said = (& $environment.Executable -E -s -c $script $environment.MarkerPath) -join "`n"
                ($environment | Get-ExternallyManagedMarker -Language '').Message.TrimEnd("`n") | Should -BeExactly $said.TrimEnd("`n")
            }
        }
    }

    Context '-LiteralPath' {
        It 'reads a file in any folder, with literal brackets in its path' {
            $found = Get-ExternallyManagedMarker -LiteralPath $loose
            $found.Message | Should -BeExactly 'loose'
            $found.Path | Should -BeExactly $loose
            $found.Environment | Should -BeNullOrEmpty
        }

        It 'binds the output of Get-Item and Get-ChildItem' {
            (Get-ChildItem -LiteralPath "$here/loose[1]" | Get-ExternallyManagedMarker).Message | Should -BeExactly 'loose'
            (Get-ChildItem -LiteralPath $here -Recurse -File -Filter EXTERNALLY-MANAGED |
                Where-Object FullName -Like "$here/loose*" | Get-ExternallyManagedMarker).Message | Sort-Object | Should -Be 'decoy', 'loose'
        }

        It 'is relative to the location of the session' {
            [System.Environment]::CurrentDirectory = "$here/empty"
            Set-Location -LiteralPath "$here/loose[1]"
            (Get-ExternallyManagedMarker -LiteralPath EXTERNALLY-MANAGED).Message | Should -BeExactly 'loose'
            (Get-ExternallyManagedMarker -LiteralPath ../loose1/EXTERNALLY-MANAGED).Message | Should -BeExactly 'decoy'
            (Get-ExternallyManagedMarker -LiteralPath TestDrive:/loose1/EXTERNALLY-MANAGED).Message | Should -BeExactly 'decoy'
        }

        It 'reports that <Name> is not a marker, and reads the others' -ForEach @(
            @{ Name = 'a path that does not exist'; Path = { "$here/nowhere" } }
            @{ Name = 'a folder'; Path = { "$here/empty" } }
            @{ Name = 'a FIFO'; Path = { mkfifo "$here/fifo"; "$here/fifo" } }
            @{ Name = 'a device'; Path = { '/dev/zero' } }
            @{ Name = 'a dangling link'; Path = { New-FixtureLink "$here/dangling" /nowhere; "$here/dangling" } }
            @{ Name = 'a pattern'; Path = { "$here/loose?/EXTERNALLY-MANAGED" } }
            @{ Name = 'empty text'; Path = { '' } }
            @{ Name = 'a path of another provider'; Path = { 'Env:\PATH' } }
            @{ Name = 'a drive that nobody has'; Path = { 'nobody:/EXTERNALLY-MANAGED' } }
        ) {
            $path = & $Path
            try {
                $result = Invoke-Pipeline { Get-ExternallyManagedMarker -LiteralPath $path, $loose }
                $result.Output.Message | Should -BeExactly 'loose'
                Assert-Failure $result.Errors InvalidMarker InvalidData -Target $path -WithoutRemedy:($path -match '^(Env|nobody):')
            }
            finally {
                Remove-Item "$here/fifo", "$here/dangling" -ErrorAction Ignore
            }
        }

        It 'reports items that are not files' {
            $result = Invoke-Pipeline { Get-Item Env:PATH | Get-ExternallyManagedMarker -LiteralPath { $_.PSPath } }
            $result.Output | Should -BeNullOrEmpty
            Assert-Failure $result.Errors InvalidMarker InvalidData -WithoutRemedy
        }

        It 'stops at the first error with -ErrorAction Stop' {
            { Get-ExternallyManagedMarker -LiteralPath "$here/nowhere", $loose -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidMarker,*'
        }

        It 'cannot be combined with -Environment' {
            { Get-ExternallyManagedMarker -Environment $managed -LiteralPath $loose } | Should -Throw -ErrorId 'AmbiguousParameterSet,*'
        }
    }

    Context '-Language' {
        It 'is used unchanged: "<Asked>" returns <Language>' -ForEach @(
            @{ Asked = 'de_DE'; Message = 'Nimm apt, bitte.'; Language = 'de_DE' }
            @{ Asked = 'de'; Message = 'Nimm apt.'; Language = 'de' }
            @{ Asked = 'de_AT'; Message = 'Nimm apt.'; Language = 'de' }
            @{ Asked = 'DE_de'; Message = 'Nimm apt, bitte.'; Language = 'de_DE' }
            @{ Asked = 'de-AT'; Message = 'Nimm apt.'; Language = 'de' }
            @{ Asked = 'fr_CH'; Message = 'Prenez apt.'; Language = 'fr' }
            @{ Asked = 'pt'; Message = 'Use apt.'; Language = $null }
            @{ Asked = 'ja_JP'; Message = 'Use apt.'; Language = $null }
            @{ Asked = ''; Message = 'Use apt.'; Language = $null }
            @{ Asked = 'de_DE.UTF-8'; Message = 'Nimm apt.'; Language = 'de' }
        ) {
            $env:LC_ALL = 'fr_FR.UTF-8'
            foreach ($found in (Get-ExternallyManagedMarker $managed -Language $Asked), (Get-ExternallyManagedMarker -LiteralPath $marker -Language $Asked)) {
                $found.Message | Should -BeExactly $Message
                $found.Language | Should -BeExactly $Language
            }
        }

        It 'defaults to the language of the session: <Name>' -ForEach @(
            @{ Name = 'LC_ALL first'; Variables = @{ LC_ALL = 'de_DE.UTF-8'; LC_MESSAGES = 'fr_FR.UTF-8'; LANG = 'pt_BR.UTF-8' }; Message = 'Nimm apt, bitte.' }
            @{ Name = 'then LC_MESSAGES'; Variables = @{ LC_MESSAGES = 'fr_FR.UTF-8'; LANG = 'pt_BR.UTF-8' }; Message = 'Prenez apt.' }
            @{ Name = 'then LANG'; Variables = @{ LANG = 'pt_BR.UTF-8' }; Message = 'Usa apt.' }
            @{ Name = 'an empty one does not count'; Variables = @{ LC_ALL = ''; LANG = 'fr_FR' }; Message = 'Prenez apt.' }
            @{ Name = 'with a modifier'; Variables = @{ LANG = 'de_DE@euro' }; Message = 'Nimm apt, bitte.' }
            @{ Name = 'C'; Variables = @{ LC_ALL = 'C'; LANG = 'de_DE.UTF-8' }; Message = 'Use apt.' }
            @{ Name = 'C.UTF-8'; Variables = @{ LC_ALL = 'C.UTF-8' }; Message = 'Use apt.' }
        ) {
            foreach ($pair in $Variables.GetEnumerator()) {
                [System.Environment]::SetEnvironmentVariable($pair.Key, $pair.Value)
            }
            (Get-ExternallyManagedMarker $managed).Message | Should -BeExactly $Message
            (Get-ExternallyManagedMarker -LiteralPath $marker).Message | Should -BeExactly $Message
        }

        It 'defaults to the culture of the user interface where no variable is set' {
            $before = [System.Globalization.CultureInfo]::CurrentUICulture
            try {
                [System.Globalization.CultureInfo]::CurrentUICulture = 'de-DE'
                (Get-ExternallyManagedMarker $managed).Message | Should -BeExactly 'Nimm apt, bitte.'
                [System.Globalization.CultureInfo]::CurrentUICulture = 'fr-CH'
                (Get-ExternallyManagedMarker $managed).Message | Should -BeExactly 'Prenez apt.'
                $env:LANG = 'pt_BR'
                (Get-ExternallyManagedMarker $managed).Message | Should -BeExactly 'Usa apt.'
            }
            finally {
                [System.Globalization.CultureInfo]::CurrentUICulture = $before
            }
        }

        It 'applies to a marker of a root too' {
            $env:LANG = 'de_DE.UTF-8'
            (Get-PythonEnvironment /usr -Root $root | Get-ExternallyManagedMarker).Message | Should -BeExactly 'nimm apt'
        }
    }

    Context 'of a marker that pip cannot read' {
        It 'returns a default text with the reason: <Name>' -ForEach @(
            @{ Name = 'an empty file'; Bytes = ''; Says = 'empty' }
            @{ Name = 'no section'; Bytes = "[other]`nError=x`n"; Says = 'no section' }
            @{ Name = 'no header'; Bytes = "Error=x`n"; Says = 'before the first section header' }
            @{ Name = 'a duplicate key'; Bytes = "[externally-managed]`nError=a`nerror=b`n"; Says = 'error' }
            @{ Name = 'a duplicate section'; Bytes = "[externally-managed]`nError=a`n[externally-managed]`nError=b`n"; Says = 'externally-managed' }
            @{ Name = 'bytes that are no UTF-8'; Bytes = [byte[]](0x5B, 0xFF, 0x5D); Says = 'UTF-8 \(byte 1\)' }
            @{ Name = 'a byte order mark'; Bytes = "$([char]0xFEFF)[externally-managed]`nError=x`n"; Says = '.' }
            @{ Name = 'no key'; Bytes = "[externally-managed]`nMessage=x`n"; Says = 'Error' }
        ) {
            $bytes = $Bytes -is [byte[]] ? $Bytes : [System.Text.UTF8Encoding]::new($false).GetBytes($Bytes)
            $odd = New-FakePython "$here/odd" 3.9.1 -Marker ''
            [System.IO.File]::WriteAllBytes("$here/odd/lib/python3.9/EXTERNALLY-MANAGED", $bytes)
            try {
                $result = Invoke-Pipeline { Get-ExternallyManagedMarker $odd }
                $result.Errors | Should -BeNullOrEmpty
                $result.Output.Problem | Should -Match $Says
                $result.Output.Message | Should -Match ([regex]::Escape("The Python environment under $here/odd is managed externally"))
                $result.Output.Language | Should -BeNullOrEmpty
                Test-ExternallyManaged $odd | Should -BeTrue
                (Get-PythonEnvironment $odd).IsExternallyManaged | Should -BeTrue
            }
            finally {
                Remove-Item -Recurse "$here/odd"
            }
        }

        It 'returns an empty message' {
            Set-Fixture "$here/silent" "[externally-managed]`nError=`n"
            $found = Get-ExternallyManagedMarker -LiteralPath "$here/silent"
            $found.Message | Should -BeExactly ''
            $found.Problem | Should -BeNullOrEmpty
        }

        It 'keeps line breaks, spaces and percent signs as Python does' {
            Set-Fixture "$here/long" "[externally-managed]`nError=`n first %(line)s`n`n  second ; not a comment`n # a comment`n third`n`n"
            (Get-ExternallyManagedMarker -LiteralPath "$here/long").Message | Should -BeExactly "`nfirst %(line)s`n`nsecond ; not a comment`nthird"
        }
    }

    Context 'formatted output' {
        It 'is a list of the properties that have a value' {
            $lines = (Get-ExternallyManagedMarker $managed -Language de_DE | Out-String -Width 200) -split "`n" | Where-Object { $_.Trim() }
            ($lines -replace '\s+:.*$') | Should -Be 'Path', 'Environment', 'Language', 'Translations', 'Message'
            $lines -join "`n" | Should -Match 'Translations : .*de_DE'
            $lines -join "`n" | Should -Match 'Message\s+: Nimm apt, bitte\.'
        }

        It 'omits the properties without a value' {
            $lines = (Get-ExternallyManagedMarker -LiteralPath $loose -Language '' | Out-String -Width 200) -split "`n" | Where-Object { $_.Trim() }
            ($lines -replace '\s+:.*$') | Should -Be 'Path', 'Message'
        }

        It 'shows the problem' {
            Set-Fixture "$here/broken" ''
            Get-ExternallyManagedMarker -LiteralPath "$here/broken" | Out-String -Width 200 | Should -Match '(?m)^Problem\s+: The file is empty\.\s*$'
        }
    }
}
