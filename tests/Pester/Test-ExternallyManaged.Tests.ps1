BeforeDiscovery {
    Import-Module "$PSScriptRoot/World.psm1" -Force
}

BeforeAll {
    Import-Module "$PSScriptRoot/World.psm1" -Force
    $here = (Get-Item TestDrive:/).FullName.TrimEnd('/')
    Enter-World $here
    $root = New-FakeRoot "$here/root"
    $plain = New-FakePython "$here/plain" 3.11.4
    $managed = New-FakePython "$here/managed" 3.12.5 -Marker "[externally-managed]`nError=no`n"
    $venv = New-FakeVenv "$here/venv" "$here/managed/bin" 3.12.5
    $bracket = New-FakePython "$here/a[1]" 3.10.1 -Marker "[externally-managed]`nError=no`n"
    Set-Fixture "$here/notes.txt" 'nothing'
    $null = New-Item -ItemType Directory "$here/empty"
}

AfterAll {
    Exit-World
}

Describe 'Test-ExternallyManaged' {
    BeforeEach {
        Set-Location -LiteralPath $here
    }

    AfterEach {
        [System.Environment]::CurrentDirectory = '/'
        Remove-Item Env:VIRTUAL_ENV, Env:CONDA_PREFIX, Env:PYENV_ROOT -ErrorAction Ignore
        $env:PATH = '/usr/bin:/bin'
    }

    Context 'result' {
        It 'is true for a managed environment, false for another' {
            $answer = Test-ExternallyManaged $managed
            $answer | Should -BeOfType bool
            $answer | Should -BeTrue
            Test-ExternallyManaged $plain | Should -Be $false
        }

        It 'is returned for a broken environment, with a warning' {
            $null = New-FakeVenv "$here/ruin" "$here/gone" 3.9.1
            $result = Invoke-Pipeline { Test-ExternallyManaged "$here/ruin" }
            $result.Output | Should -Be $false
            $result.Warnings | Should -BeLike '*is broken: its base Python is missing*'
        }

        It 'is false for a virtual environment of a managed Python' {
            Test-ExternallyManaged $venv | Should -Be $false
        }

        It 'is false when the marker is not a file: <Name>' -ForEach @(
            @{ Name = 'a folder of that name'; Make = { New-Item -ItemType Directory "$here/odd/lib/python3.9/EXTERNALLY-MANAGED" } }
            @{ Name = 'a dangling link of that name'; Make = { New-FixtureLink "$here/odd/lib/python3.9/EXTERNALLY-MANAGED" /nowhere } }
            @{ Name = 'a FIFO of that name'; Make = { mkfifo "$here/odd/lib/python3.9/EXTERNALLY-MANAGED" } }
            @{ Name = 'the name in another case'; Make = { Set-Fixture "$here/odd/lib/python3.9/externally-managed" } }
        ) {
            $odd = New-FakePython "$here/odd" 3.9.1
            $null = & $Make
            try {
                Test-ExternallyManaged $odd | Should -Be $false
            }
            finally {
                Remove-Item -Recurse "$here/odd"
            }
        }

        It 'is true for any content of the marker: <Name>' -ForEach @(
            @{ Name = 'an empty file'; Bytes = [byte[]]@() }
            @{ Name = 'bytes that are no UTF-8'; Bytes = [byte[]](0xFF, 0xFE, 0x00) }
            @{ Name = 'a duplicate key'; Bytes = [System.Text.Encoding]::UTF8.GetBytes("[externally-managed]`nError=a`nerror=b`n") }
        ) {
            $odd = New-FakePython "$here/odd" 3.9.1 -Marker ''
            [System.IO.File]::WriteAllBytes("$here/odd/lib/python3.9/EXTERNALLY-MANAGED", $Bytes)
            try {
                Test-ExternallyManaged $odd | Should -BeTrue
            }
            finally {
                Remove-Item -Recurse "$here/odd"
            }
        }

        It 'is true for a link to a marker' {
            $odd = New-FakePython "$here/odd" 3.9.1
            Set-Fixture "$here/elsewhere" "[externally-managed]`n"
            New-FixtureLink "$here/odd/lib/python3.9/EXTERNALLY-MANAGED" "$here/elsewhere"
            Test-ExternallyManaged $odd | Should -BeTrue
            Remove-Item -Recurse "$here/odd"
        }

        It 'is missing, never false, where it cannot be determined' {
            $odd = New-FakePython "$here/odd" 3.9.1
            Remove-Item -Recurse "$here/odd/lib"
            $result = Invoke-Pipeline { Test-ExternallyManaged $odd }
            $result.Output | Should -BeNullOrEmpty
            Assert-Failure $result.Errors EnvironmentNotFound ObjectNotFound
            Remove-Item -Recurse "$here/odd"
        }

        It 'agrees with every real interpreter' -Skip:(-not (Get-RealPython)) -Tag 'needs Python 3' {
            foreach ($path in Get-Sample @(Get-RealPython -All)) {
                $said = Get-PythonAnswer $path "__import__('os').path.isfile(sysconfig.get_path('stdlib') + '/EXTERNALLY-MANAGED')"
                Test-ExternallyManaged $path | Should -Be ($said -eq 'True') -Because $path
            }
        }

        It 'agrees with the refusal of pip' -Skip:(-not (Get-RealPython -With pip)) -Tag 'needs a Python with pip' {
            foreach ($real in Get-Sample (Get-RealPython -All -With pip)) {
                $null = & $real -E -s -m pip uninstall --yes no-such-distribution-pep668 *>&1
                Test-ExternallyManaged $real | Should -Be ($LASTEXITCODE -ne 0) -Because $real
            }
        }
    }

    Context '-Environment by value' {
        It 'accepts <Name>' -ForEach @(
            @{ Name = 'an object'; Value = { Get-PythonEnvironment $managed } }
            @{ Name = 'the path of an interpreter'; Value = { $managed } }
            @{ Name = 'the path of a link to it'; Value = { "$here/managed/bin/python3" } }
            @{ Name = 'the path of a folder'; Value = { "$here/managed" } }
            @{ Name = 'a relative path'; Value = { './managed' } }
            @{ Name = 'a relative path without a separator'; Value = { 'managed' } }
            @{ Name = 'a path on a drive of PowerShell'; Value = { 'TestDrive:/managed' } }
            @{ Name = 'a path with its provider'; Value = { "Microsoft.PowerShell.Core\FileSystem::$here/managed" } }
            @{ Name = 'a FileInfo'; Value = { Get-Item -LiteralPath $managed } }
            @{ Name = 'a FileInfo of a link'; Value = { Get-Item -LiteralPath "$here/managed/bin/python3" } }
            @{ Name = 'a DirectoryInfo'; Value = { Get-Item -LiteralPath "$here/managed" } }
            @{ Name = 'a PathInfo'; Value = { Resolve-Path -LiteralPath "$here/managed" } }
            @{ Name = 'an object with an Environment that is one'; Value = { [pscustomobject]@{ Name = 'x'; Environment = Get-PythonEnvironment $managed } } }
            @{ Name = 'an object with an Environment that is a path'; Value = { [pscustomobject]@{ Environment = $managed } } }
            @{ Name = 'a marker, which has an Environment'; Value = { Get-ExternallyManagedMarker $managed } }
        ) {
            $value = & $Value
            Test-ExternallyManaged -Environment $value | Should -BeTrue
            Test-ExternallyManaged $value | Should -BeTrue
            $value | Test-ExternallyManaged | Should -BeTrue
            $answers = @($value, $plain, $value | Test-ExternallyManaged)
            $answers | Should -Be $true, $false, $true
        }

        It 'reads pattern characters literally' {
            Test-ExternallyManaged "$here/a[1]" | Should -BeTrue
            Get-Item -LiteralPath "$here/a[1]" | Test-ExternallyManaged | Should -BeTrue
            Get-PythonEnvironment -LiteralPath $bracket | Test-ExternallyManaged | Should -BeTrue
        }

        It 'accepts the name of an environment' {
            Test-ExternallyManaged python3.11 -Root $root | Should -BeTrue
            'PYTHON3.11', '3.12.1' | Test-ExternallyManaged -Root $root | Should -Be $true, $false
        }

        It 'accepts the name of the active environment' {
            $env:VIRTUAL_ENV = "$here/venv"
            $result = Invoke-Pipeline { Test-ExternallyManaged venv -Verbose }
            $result.Output | Should -Be $false
            Set-Location /
            (Invoke-Pipeline { Test-ExternallyManaged venv -Verbose }).Verbose -join "`n" | Should -Match ([regex]::Escape($venv))
        }

        It 'keeps a bare <Text>' -ForEach @(
            @{ Text = '3.10'; Script = { Test-ExternallyManaged 3.10 -Root $root -Verbose }; Version = '3.10.13' }
            @{ Text = '3.10 after its parameter'; Script = { Test-ExternallyManaged -Environment 3.10 -Root $root -Verbose }; Version = '3.10.13' }
            @{ Text = '3.10 after a colon'; Script = { Test-ExternallyManaged -Environment:3.10 -Root $root -Verbose }; Version = '3.10.13' }
            @{ Text = '3.1'; Script = { Test-ExternallyManaged 3.1 -Root $root -Verbose }; Version = '3.1.5' }
            @{ Text = '3.12.1'; Script = { Test-ExternallyManaged 3.12.1 -Root $root -Verbose }; Version = '3.12.1' }
            @{ Text = 'quoted 3.10'; Script = { '3.10' | Test-ExternallyManaged -Root $root -Verbose }; Version = '3.10.13' }
            @{ Text = '[version] from the pipeline'; Script = { [version]'3.10.13' | Test-ExternallyManaged -Root $root -Verbose }; Version = '3.10.13' }
        ) {
            $result = Invoke-Pipeline $Script
            $result.Errors | Should -BeNullOrEmpty
            $result.Output | Should -Be $false
            $result.Verbose -join "`n" | Should -Match ([regex]::Escape("/versions/$Version/bin/"))
        }

        It 'reports a bare 3.10 in a list, of which PowerShell keeps only the number' {
            $null = New-FakePython "$here/root310/usr" 3.10.12
            $result = Invoke-Pipeline { Test-ExternallyManaged 3.10, '3.10' -Root "$here/root310" }
            $result.Output | Should -Be $false
            Assert-Failure $result.Errors PythonNotFound ObjectNotFound -Target '3.1'
            "$($result.Errors)" | Should -BeExactly "No Python matches '3.1'; PowerShell reads 3.10 without quotes as the number 3.1."
            $result.Errors | Get-Remedy | Should -BeExactly "Test-ExternallyManaged '3.10' -Root $here/root310"
            "$((Invoke-Pipeline { Test-ExternallyManaged 3.7 -Root "$here/root310" }).Errors)" | Should -Not -Match 'quotes'
        }

        It 'accepts a specifier, and selects the best match' {
            $result = Invoke-Pipeline { Test-ExternallyManaged '>=3.10' -Root $root -Verbose }
            $result.Output | Should -Be $true
            $result.Verbose -join "`n" | Should -Match 'the first of 3 environments that match .>=3\.10.; not used: '
        }

        It 'accepts several environments' {
            Test-ExternallyManaged $managed, $plain, $venv | Should -Be $true, $false, $false
        }
    }

    Context 'rereads the facts' {
        BeforeEach {
            $changing = New-FakePython "$here/changing" 3.11.4
            $before = Get-PythonEnvironment $changing
            $before.IsExternallyManaged | Should -Be $false
            $before | Export-Clixml "$here/before.xml"
            Set-Fixture "$here/changing/lib/python3.11/EXTERNALLY-MANAGED" "[externally-managed]`n"
        }

        AfterEach {
            Remove-Item -Recurse "$here/changing" -ErrorAction Ignore
        }

        It 'from an object' {
            $before | Test-ExternallyManaged | Should -BeTrue
        }

        It 'from a deserialized object' {
            $copy = Import-Clixml "$here/before.xml"
            $copy.PSObject.TypeNames | Should -Contain 'Deserialized.Pep668.PythonEnvironment'
            $copy.IsExternallyManaged | Should -Be $false
            $copy | Test-ExternallyManaged | Should -BeTrue
            Test-ExternallyManaged $copy | Should -BeTrue
            [pscustomobject]@{ Environment = $copy } | Test-ExternallyManaged | Should -BeTrue
        }

        It 'from a deserialized object of an environment that is gone' {
            Remove-Item -Recurse "$here/changing"
            $result = Invoke-Pipeline { Import-Clixml "$here/before.xml" | Test-ExternallyManaged }
            $result.Output | Should -BeNullOrEmpty
            Assert-Failure $result.Errors EnvironmentNotFound ObjectNotFound -Target $changing
        }

        It 'from an object of another process' {
            $copy = Start-Job { param($module, $path) Import-Module $module; Get-PythonEnvironment $path } -ArgumentList "$(Get-ModuleFolder)/Pep668.psd1", $changing |
                Receive-Job -Wait -AutoRemoveJob
            $copy.PSObject.TypeNames | Should -Contain 'Deserialized.Pep668.PythonEnvironment'
            $copy.PSComputerName | Should -BeExactly 'localhost'
            $copy | Test-ExternallyManaged | Should -BeTrue
        }

        It 'for each object that comes, not once for all' {
            $answers = foreach ($step in 1, 2) {
                $before, $before | ForEach-Object {
                    $_
                    Remove-Item "$here/changing/lib/python3.11/EXTERNALLY-MANAGED" -ErrorAction Ignore
                } | Test-ExternallyManaged
            }
            $answers | Should -Be $true, $false, $false, $false
        }

        It 'from an object of a root: there, not here' {
            $there = Get-PythonEnvironment /usr -Root $root
            $there | Test-ExternallyManaged | Should -BeTrue
            $there | Export-Clixml "$here/there.xml"
            Import-Clixml "$here/there.xml" | Test-ExternallyManaged | Should -BeTrue
            Remove-Item "$root/usr/lib/python3.11/EXTERNALLY-MANAGED"
            try {
                $there | Test-ExternallyManaged | Should -Be $false
                Import-Clixml "$here/there.xml" | Test-ExternallyManaged | Should -Be $false
            }
            finally {
                Set-Fixture "$root/usr/lib/python3.11/EXTERNALLY-MANAGED" "[externally-managed]`nError=use apt`nError-de_DE=nimm apt`n"
            }
        }
    }

    Context 'with an object that has the path of an environment' {
        It 'reads the facts again, and uses nothing else: <Name>' -ForEach @(
            @{ Name = 'an object with the same properties'; Value = { [pscustomobject]@{ Executable = $managed; Prefix = "$here/plain"; IsExternallyManaged = $false; StdLib = '/' } } }
            @{ Name = 'an object with the name of the type'; Value = { [pscustomobject]@{ PSTypeName = 'Pep668.PythonEnvironment'; Executable = $managed; IsExternallyManaged = $false } } }
            @{ Name = 'a selection of properties'; Value = { Get-PythonEnvironment $managed | Select-Object * } }
            @{ Name = 'a selection of some properties'; Value = { Get-PythonEnvironment $managed | Select-Object Executable } }
            @{ Name = 'an object with a Prefix'; Value = { [pscustomobject]@{ Prefix = "$here/managed" } } }
            @{ Name = 'an object of JSON'; Value = { Get-PythonEnvironment $managed | ConvertTo-Json -EnumsAsStrings | ConvertFrom-Json } }
            @{ Name = 'an object of CSV'; Value = { Get-PythonEnvironment $managed | ConvertTo-Csv | ConvertFrom-Csv } }
            @{ Name = 'an object of a file'; Value = { Get-PythonEnvironment $managed | Export-Clixml "$here/m.xml"; Import-Clixml "$here/m.xml" } }
            @{ Name = 'a result with its Environment as text'; Value = { [pscustomobject]@{ Environment = $managed } } }
            @{ Name = 'a command'; Value = { Get-Command $managed } }
        ) {
            $value = & $Value
            Test-ExternallyManaged $value | Should -BeTrue
            $value | Test-ExternallyManaged | Should -BeTrue
            Get-PythonEnvironment $value | Should -Be (Get-PythonEnvironment $managed)
        }

        It 'keeps the root: <Name>' -ForEach @(
            @{ Name = 'of JSON'; Script = { $inside | ConvertTo-Json -EnumsAsStrings | ConvertFrom-Json } }
            @{ Name = 'of CSV'; Script = { $inside | ConvertTo-Csv | ConvertFrom-Csv } }
        ) {
            $inside = Get-PythonEnvironment python3.11 -Root $root
            $again = & $Script | Get-PythonEnvironment
            $again | Should -Be $inside
            $again.Root | Should -BeExactly $root
        }

        It 'reports a root that does not exist' {
            $result = Invoke-Pipeline { [pscustomobject]@{ Executable = '/usr/bin/python3'; Root = "$here/gone" } | Test-ExternallyManaged }
            $result.Output | Should -BeNullOrEmpty
            $result.Ids | Should -Be 'EnvironmentNotFound'
            "$($result.Errors)" | Should -Match 'gone'
        }

        It 'uses the prefix of a virtual environment without its interpreter, and only of such a one' {
            $null = New-FakeVenv "$here/headless" "$here/managed/bin" 3.12.5
            $live = Get-PythonEnvironment "$here/headless"
            $csv = $live | ConvertTo-Csv | ConvertFrom-Csv
            Remove-Item "$here/headless/bin/python*"
            foreach ($one in $live, $csv) {
                $again = $one | Get-PythonEnvironment
                $again | Should -Be $live
                $again.Health | Should -Be 'Broken'
            }
            $result = Invoke-Pipeline { [pscustomobject]@{ Executable = "$here/plain/bin/python9"; Prefix = "$here/plain" } | Get-PythonEnvironment }
            $result.Output | Should -BeNullOrEmpty
            $result.Ids | Should -Be 'EnvironmentNotFound'
        }
    }

    Context 'with wildcards' {
        It 'answers for each environment whose path or name matches' {
            @(Test-ExternallyManaged "$here/*").Count | Should -BeGreaterThan 2
            Test-ExternallyManaged "$here/manage*" | Should -BeTrue
            Test-ExternallyManaged 'python3.1*' -Root $root | Should -Contain $true
            Test-ExternallyManaged '3.1*' -Root $root | Should -Not -Contain $true
        }

        It 'reads a specifier with a wildcard as a specifier' {
            @(Test-ExternallyManaged '==3.11.*' -Root $root) | Should -Be $true
        }

        It 'returns nothing if nothing matches' {
            $result = Invoke-Pipeline { Test-ExternallyManaged 'nobody*' -Verbose }
            $result.Output | Should -BeNullOrEmpty
            $result.Errors | Should -BeNullOrEmpty
            "$($result.Verbose)" | Should -Match "'nobody\*'"
        }

        It 'are refused by cmdlets that change something: <Name>' -ForEach @(
            @{ Name = 'Invoke-PipInstall'; Script = { Invoke-PipInstall x -Environment 'v*' } }
            @{ Name = 'Invoke-PipUninstall'; Script = { Invoke-PipUninstall x -Environment 'v*' } }
            @{ Name = 'Repair-PythonVenv'; Script = { Repair-PythonVenv 'v*' } }
            @{ Name = 'Remove-PythonVenv'; Script = { Remove-PythonVenv 'v*' } }
            @{ Name = 'Enter-PythonVenv'; Script = { Enter-PythonVenv 'v*' } }
            @{ Name = 'New-PythonVenv -Python'; Script = { New-PythonVenv "$here/never" -Python 'v*' } }
        ) {
            $result = Invoke-Pipeline $Script
            $result.Output | Should -BeNullOrEmpty
            $result.Ids | Should -Be 'EnvironmentNotFound'
            "$($result.Errors)" | Should -Match "'v\*' contains wildcards"
            "$here/never" | Should -Not -Exist
        }
    }

    Context 'with an object that is not an environment' {
        It 'refuses <Name>' -ForEach @(
            @{ Name = 'a hash table'; Value = { @{ Executable = $plain; IsExternallyManaged = $false } } }
            @{ Name = 'a hash table with an Environment'; Value = { @{ Environment = $plain } } }
            @{ Name = 'an ordered one'; Value = { [ordered]@{ Executable = $plain } } }
            @{ Name = 'an object whose Executable is not a text'; Value = { [pscustomobject]@{ Executable = 1; Prefix = $null } } }
            @{ Name = 'an object with an empty Executable'; Value = { [pscustomobject]@{ Executable = '' } } }
            @{ Name = 'a process'; Value = { Get-Process -Id $PID } }
            @{ Name = 'a variable of the environment'; Value = { Get-Item Env:PATH } }
            @{ Name = 'an object with an Environment that poses'; Value = { [pscustomobject]@{ Environment = @{ Executable = $plain } } } }
            @{ Name = 'an object whose Environment has an Environment'; Value = { [pscustomobject]@{ Environment = [pscustomobject]@{ Environment = $plain } } } }
            @{ Name = 'an object that is its own Environment'; Value = { $self = [pscustomobject]@{ Environment = $null }; $self.Environment = $self; $self } }
            @{ Name = 'an object without an Environment'; Value = { [pscustomobject]@{ Environment = $null } } }
        ) {
            $value = & $Value
            foreach ($result in (Invoke-Pipeline { Test-ExternallyManaged $value }), (Invoke-Pipeline { $value | Test-ExternallyManaged })) {
                $result.Output | Should -BeNullOrEmpty
                Assert-Failure $result.Errors EnvironmentNotFound ObjectNotFound
                "$($result.Errors)" | Should -Not -Match ([regex]::Escape($env:PATH)) -Because 'an item of another provider is no text'
            }
        }

        It 'refuses an object of another machine, and continues' {
            $remote = Get-PythonEnvironment $managed | Add-Member -NotePropertyName PSComputerName -NotePropertyValue web01 -PassThru
            $result = Invoke-Pipeline { $plain, $remote, $plain | Test-ExternallyManaged }
            $result.Output | Should -Be $false, $false
            Assert-Failure $result.Errors RemoteEnvironment InvalidOperation
            "$($result.Errors)" | Should -Match 'web01'
            $result.Errors | Get-Remedy | Should -BeExactly 'Enter-PSSession web01'
        }

        It 'refuses a deserialized object of another machine, and text from it' {
            Get-PythonEnvironment $managed | Export-Clixml "$here/remote.xml"
            $copy = Import-Clixml "$here/remote.xml" | Add-Member -NotePropertyName PSComputerName -NotePropertyValue web01 -PassThru
            $text = Add-Member -InputObject $managed -NotePropertyName PSComputerName -NotePropertyValue web01 -PassThru
            $holder = [pscustomobject]@{ Environment = $copy }
            foreach ($one in $copy, $text, $holder) {
                $result = Invoke-Pipeline { Test-ExternallyManaged -Environment $one }
                $result.Output | Should -BeNullOrEmpty
                Assert-Failure $result.Errors RemoteEnvironment InvalidOperation
            }
        }

        It 'has no parameter that is converted to an environment' {
            (Get-Command Test-ExternallyManaged).Parameters['Environment'].ParameterType | Should -Be ([psobject[]])
        }
    }

    Context 'with an environment that is not found' {
        It 'reports <Name>' -ForEach @(
            @{ Name = 'empty text'; Value = '' }
            @{ Name = 'blanks'; Value = ' ' }
            @{ Name = 'a path that does not exist'; Value = './nowhere' }
            @{ Name = 'a text file'; Value = './notes.txt' }
            @{ Name = 'a folder without Python'; Value = './empty' }
            @{ Name = 'a name that nobody has'; Value = 'nobody' }
            @{ Name = 'a path of another provider'; Value = 'Env:\PATH'; HasRemedy = $false }
            @{ Name = 'a drive that nobody has'; Value = 'nobody:/x'; HasRemedy = $false }
        ) {
            foreach ($result in (Invoke-Pipeline { Test-ExternallyManaged $Value }), (Invoke-Pipeline { $Value | Test-ExternallyManaged })) {
                $result.Output | Should -BeNullOrEmpty
                Assert-Failure $result.Errors EnvironmentNotFound ObjectNotFound -WithoutRemedy:($null -ne $HasRemedy)
                $null -eq $result.Errors[0].TargetObject | Should -Be $false
            }
        }

        It 'reports null' {
            foreach ($result in (Invoke-Pipeline { Test-ExternallyManaged $null }), (Invoke-Pipeline { $null | Test-ExternallyManaged }), (Invoke-Pipeline { Test-ExternallyManaged -Environment $null })) {
                $result.Output | Should -BeNullOrEmpty
                Assert-Failure $result.Errors EnvironmentNotFound ObjectNotFound
            }
        }

        It 'returns nothing for an empty list' {
            $result = Invoke-Pipeline { @() | Test-ExternallyManaged }
            $result.Output | Should -BeNullOrEmpty
            $result.Errors | Should -BeNullOrEmpty
        }

        It 'lists the installed versions when the requested one is not found' {
            $result = Invoke-Pipeline { Test-ExternallyManaged 4.7 -Root $root }
            Assert-Failure $result.Errors PythonNotFound ObjectNotFound -Target '4.7'
            '3.11.2', '3.10.13', '3.14.0rc1' | ForEach-Object { "$($result.Errors)" | Should -Match ([regex]::Escape($_)) }
        }

        It 'continues with the next, and stops at the first error with -ErrorAction Stop' {
            $result = Invoke-Pipeline { $managed, 'nobody', $plain | Test-ExternallyManaged }
            $result.Output | Should -Be $true, $false
            $result.Ids | Should -Be 'EnvironmentNotFound'
            { 'nobody', $plain | Test-ExternallyManaged -ErrorAction Stop } | Should -Throw -ErrorId 'EnvironmentNotFound,*'
        }

        It 'throws an error that a script can catch by its id' {
            $caught = try { Test-ExternallyManaged nobody -ErrorAction Stop } catch { $_ }
            ($caught.FullyQualifiedErrorId -split ',')[0] | Should -BeExactly 'EnvironmentNotFound'
            $caught.TargetObject | Should -BeExactly 'nobody'
            $caught | Get-Remedy | Should -BeExactly 'Get-PythonEnvironment'
        }
    }

    Context 'without arguments' {
        It 'uses the active environment' {
            $env:VIRTUAL_ENV = "$here/venv"
            $result = Invoke-Pipeline { Test-ExternallyManaged -Verbose }
            $result.Output | Should -Be $false
            $result.Verbose -join "`n" | Should -Match 'active environment'
            $env:VIRTUAL_ENV = $null
            $env:CONDA_PREFIX = "$here/managed"
            Test-ExternallyManaged | Should -BeTrue
        }

        It 'uses the nearest .venv in the parent folders of the session location, not of the process' {
            $env:PATH = "$here/managed/bin"
            $null = New-FakeVenv "$here/project/.venv" "$here/managed/bin" 3.12.5
            Set-Fixture "$here/project/sub/x"
            [System.Environment]::CurrentDirectory = "$here/empty"
            Set-Location -LiteralPath "$here/project/sub"
            $result = Invoke-Pipeline { Test-ExternallyManaged -Verbose }
            $result.Output | Should -Be $false
            $result.Verbose -join "`n" | Should -Match ([regex]::Escape("$here/project/.venv"))
            [System.Environment]::CurrentDirectory = "$here/project/sub"
            Set-Location -LiteralPath "$here/empty"
            Test-ExternallyManaged | Should -BeTrue
        }

        It 'ignores a .venv of another user' {
            if ((id -u) -ne 0) {
                Set-ItResult -Skipped -Because 'needs root, to change the owner of a folder'
                return
            }
            $null = New-FakeVenv "$here/theirs/.venv" "$here/managed/bin" 3.12.5
            chown -R 12345 "$here/theirs/.venv"
            $env:PATH = "$here/managed/bin"
            Set-Location -LiteralPath "$here/theirs"
            $result = Invoke-Pipeline { Test-ExternallyManaged }
            $result.Output | Should -Be $true
            $result.Warnings -join ' ' | Should -Match 'Other users can change'
        }

        It 'uses the default Python when no environment is found' {
            $env:PATH = "$here/managed/bin"
            $result = Invoke-Pipeline { Test-ExternallyManaged -Verbose }
            $result.Output | Should -Be $true
            $result.Verbose -join "`n" | Should -Match 'default Python'
            $result.Verbose -join "`n" | Should -Match ([regex]::Escape($managed))
            $env:PATH = "$here/plain/bin:$here/managed/bin"
            Test-ExternallyManaged | Should -Be $false
        }

        It 'works while the location is in another provider' {
            $env:PATH = "$here/managed/bin"
            Set-Location Env:
            Test-ExternallyManaged | Should -BeTrue
        }

        It 'ignores an active environment that does not exist, with a warning' {
            $env:PATH = "$here/managed/bin"
            $env:VIRTUAL_ENV = "$here/gone"
            $result = Invoke-Pipeline { Test-ExternallyManaged }
            $result.Output | Should -Be $true
            $result.Warnings -join ' ' | Should -BeLike "*'$here/gone', which does not exist; it is ignored.*Remove-Item Env:VIRTUAL_ENV*"
        }

        It 'reports that no Python is found' {
            $env:PATH = "$here/empty"
            $result = Invoke-Pipeline { Test-ExternallyManaged }
            $result.Output | Should -BeNullOrEmpty
            Assert-Failure $result.Errors PythonNotFound ObjectNotFound
        }
    }

    Context '-Root' {
        It 'never binds by property name' {
            $folder = Get-Item -LiteralPath "$here/managed"
            $folder.Root | Should -Not -BeNullOrEmpty
            $folder | Test-ExternallyManaged | Should -BeTrue
            [pscustomobject]@{ Environment = $managed; Root = $root } | Test-ExternallyManaged | Should -BeTrue
            foreach ($command in Get-Command -Module Pep668) {
                if ($command.Parameters.ContainsKey('Root')) {
                    $command.Parameters['Root'].Attributes.ValueFromPipelineByPropertyName | Should -Not -Contain $true
                }
            }
        }

        It 'searches only in the root' {
            Test-ExternallyManaged -Root $root | Should -BeTrue
            Test-ExternallyManaged /usr/bin/python3 -Root $root | Should -BeTrue
            Test-ExternallyManaged /srv/web -Root $root | Should -Be $false
            (Invoke-Pipeline { Test-ExternallyManaged $managed -Root $root }).Ids | Should -Be 'EnvironmentNotFound'
        }

        It 'resolves links inside the root' {
            New-FixtureLink "$root/jail/bin/python3" "$managed"
            (Invoke-Pipeline { Test-ExternallyManaged /jail/bin/python3 -Root $root }).Ids | Should -Be 'EnvironmentNotFound'
            New-FixtureLink "$root/jail/bin/python" /usr/bin/python3
            Test-ExternallyManaged /jail/bin/python -Root $root | Should -BeTrue
            Remove-Item -Recurse "$root/jail"
        }

        It 'reports a root that is not a folder once: <_>' -ForEach './nowhere', './notes.txt', '', 'Env:', 'nobody:/x' {
            $folder = $_
            $result = Invoke-Pipeline { Test-ExternallyManaged -Root $folder }
            $result.Output | Should -BeNullOrEmpty
            Assert-Failure $result.Errors EnvironmentNotFound ObjectNotFound -Target $folder -WithoutRemedy
        }

        It 'is relative to the location of the session' {
            [System.Environment]::CurrentDirectory = '/'
            Test-ExternallyManaged -Root root | Should -BeTrue
        }
    }

    Context '-Verbose' {
        It 'reports the reason: <Name>' -ForEach @(
            @{ Name = 'the marker'; Path = 'managed'; Says = 'is externally managed because .*EXTERNALLY-MANAGED. exists' }
            @{ Name = 'no marker'; Path = 'plain'; Says = 'is not externally managed because .*/plain/lib/python3\.11. has no file EXTERNALLY-MANAGED' }
            @{ Name = 'a virtual environment'; Path = 'venv'; Says = 'is not externally managed because it belongs to a virtual environment' }
        ) {
            $result = Invoke-Pipeline { Test-ExternallyManaged "$here/$Path" -Verbose }
            $result.Verbose -join "`n" | Should -Match $Says
            $result.Verbose -join "`n" | Should -Match ([regex]::Escape("$here/$Path"))
        }

        It 'is required for the reason to be written' {
            (Invoke-Pipeline { Test-ExternallyManaged $managed }).Verbose | Should -BeNullOrEmpty
        }
    }

    Context 'completion of -Environment' {
        BeforeEach {
            $env:PYENV_ROOT = "$root/home/user/.pyenv"
        }

        It 'suggests names' {
            $texts = (TabExpansion2 'Test-ExternallyManaged 3.1').CompletionMatches.CompletionText
            '3.1.5', '3.10.13', '3.12.1' | ForEach-Object { $texts | Should -Contain $_ }
            (TabExpansion2 'Test-ExternallyManaged -Environment 3.12').CompletionMatches.CompletionText | Should -Be '3.12.1'
            (TabExpansion2 "Test-ExternallyManaged '3.12").CompletionMatches.CompletionText | Should -Be '3.12.1'
        }

        It 'suggests the names below the root of the command line' {
            $texts = (TabExpansion2 "Test-ExternallyManaged -Root '$root' -Environment pypy").CompletionMatches.CompletionText
            $texts | Should -Be 'pypy3.9'
        }

        It 'quotes a name where necessary' {
            $null = New-FakeVenv "$here/blank/.venv" "$here/managed/bin" 3.12.5 -Prompt "it's mine"
            Set-Location -LiteralPath "$here/blank"
            (TabExpansion2 'Test-ExternallyManaged it').CompletionMatches.CompletionText | Should -Be "'it''s mine'"
            Test-ExternallyManaged 'it''s mine' | Should -Be $false
        }

        It 'searches from the location of the session, not of the process' {
            $null = New-FakeVenv "$here/solo/.venv" "$here/managed/bin" 3.12.5
            $null = New-Item -ItemType Directory "$here/deleted"
            [System.Environment]::CurrentDirectory = "$here/deleted"
            Remove-Item "$here/deleted"
            Set-Location -LiteralPath "$here/solo"
            (TabExpansion2 'Test-ExternallyManaged sol').CompletionMatches.CompletionText | Should -Be 'solo'
        }

        It 'leaves paths to PowerShell' {
            $texts = (TabExpansion2 'Test-ExternallyManaged ./mana').CompletionMatches.CompletionText
            $texts | Should -Be './managed'
        }
    }
}
