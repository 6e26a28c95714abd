BeforeDiscovery {
    Import-Module "$PSScriptRoot/World.psm1" -Force
    Import-ModuleUnderTest
    $commands = @(Get-Command -Module Pep668)
    $views = @(([xml](Get-Content -Raw "$(Get-ModuleFolder)/bin/Pep668.Format.ps1xml")).Configuration.ViewDefinitions.View | ForEach-Object { @{ Type = $_.ViewSelectedBy.TypeName; View = $_ } })
}

BeforeAll {
    Import-Module "$PSScriptRoot/World.psm1" -Force
    Import-ModuleUnderTest
    $source = Get-ModuleFolder
    $pwsh = @(Get-PwshCommand)
    $module = Get-Module Pep668
    $manifest = Import-PowerShellDataFile "$source/Pep668.psd1"
    # The types that cmdlets return; those of .NET have no view of ours.
    $outputs = @((Get-Command -Module Pep668).OutputType.Type | Sort-Object FullName -Unique)
    $withoutView = [bool], [void]
    $views = ([xml](Get-Content -Raw "$source/bin/Pep668.Format.ps1xml")).Configuration.ViewDefinitions.View
    $assemblies = @('Pep668.dll', 'Pep668.Core.dll' | ForEach-Object { $name = $_; [System.AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { $_.Location -eq [System.IO.Path]::GetFullPath("$source/bin/$name") } })

    # The text of a part of a Markdown page, as help shows it: links become their text, and code has no marks.
    function Get-PlainText([string[]] $Lines) {
        (($Lines -join ' ') -replace '\[([^\]]+)\]\([^)]*\)', '$1' -replace '`' -replace '\s+', ' ').Trim()
    }

    # The lines below a heading of a page, up to the next heading; the first lines of the page without one.
    $pages = @{}
    function Get-PageSection([string] $Command, [string] $Heading) {
        $pages[$Command] ??= [System.IO.File]::ReadAllLines("$(Get-SourceRoot)/docs/cmdlets/$Command.md")
        $isInside = -not $Heading
        foreach ($line in $isInside ? ($pages[$Command] | Select-Object -Skip 1) : $pages[$Command]) {
            if ($isInside) {
                if ($line -match '^##') {
                    return
                }
                $line
            }
            else {
                $isInside = $line -match $Heading
            }
        }
    }
}

Describe 'The manifest' {
    It 'is valid' {
        $errors = $null
        $tested = Test-ModuleManifest "$source/Pep668.psd1" -ErrorVariable errors
        $errors | Should -BeNullOrEmpty
        $tested.Version | Should -Be $manifest.ModuleVersion
    }

    It 'exports exactly the cmdlets that were compiled' {
        $compiled = $assemblies[0].GetExportedTypes() |
            ForEach-Object { $_.GetCustomAttributes([System.Management.Automation.CmdletAttribute], $false) } |
            ForEach-Object { "$($_.VerbName)-$($_.NounName)" } | Sort-Object
        $manifest.CmdletsToExport | Sort-Object | Should -Be $compiled
        (Get-Command -Module Pep668).Name | Sort-Object | Should -Be $compiled
    }

    It 'exports nothing by wildcard' {
        foreach ($key in 'FunctionsToExport', 'CmdletsToExport', 'VariablesToExport', 'AliasesToExport') {
            $manifest[$key] -join ' ' | Should -Not -Match '\*'
        }
    }

    It 'names files that a build creates' {
        @($manifest.RootModule) + $manifest.FormatsToProcess | ForEach-Object { "$source/$_" | Should -Exist }
    }

    It 'has the version of the assemblies' {
        $assemblies.Count | Should -Be 2
        $assemblies | ForEach-Object { $_.GetName().Version.ToString(3) | Should -Be $manifest.ModuleVersion }
    }
}

Describe 'The module' {
    It 'contains no third-party assembly' {
        (Get-ChildItem "$source/bin" -Filter *.dll).Name | Sort-Object | Should -Be 'Pep668.Core.dll', 'Pep668.dll'
    }

    It 'refers only to .NET and PowerShell' {
        $references = $assemblies | ForEach-Object GetReferencedAssemblies | ForEach-Object Name | Sort-Object -Unique
        $references | Where-Object { $_ -notmatch '^(System(\..+)?|netstandard|Microsoft\.Win32\..+|Pep668\.Core)$' } | Should -BeNullOrEmpty
        $assemblies[1].GetReferencedAssemblies().Name | Should -Not -Contain 'System.Management.Automation'
    }

    It 'has valid format views' {
        $errors = $null
        Update-FormatData -ErrorVariable errors
        $errors | Should -BeNullOrEmpty
    }

    It 'has a format view for each type that a cmdlet returns, except for those of .NET' {
        $outputs.Count | Should -BeGreaterThan $withoutView.Count
        foreach ($type in $outputs) {
            $expected = $type -in $withoutView ? 0 : 1
            # A list has a table for Format-Table.
            @($views | Where-Object { $_.ViewSelectedBy.TypeName -ceq $type.FullName }).Count |
                Should -Be ($type.Name -eq 'PythonInstallAdvice' ? 2 : $expected) -Because "$type"
            @(Get-FormatData -TypeName $type.FullName | Where-Object { $_.TypeNames -contains $type.FullName -and $type.Namespace -eq 'Pep668' }).Count |
                Should -Be $expected -Because "$type"
        }
        $withoutView | ForEach-Object { $outputs | Should -Contain $_ -Because 'the list has no other types' }
    }

    It 'writes nothing to any stream or to disk when it is imported' -Skip:$IsWindows -Tag 'needs POSIX' {
        $folder = (Get-Item TestDrive:/).FullName.TrimEnd('/')
        $watched = { Get-ChildItem -LiteralPath "$source/bin", $source -Force | ForEach-Object { "$($_.FullName) $($_.LastWriteTimeUtc.Ticks)" } }
        $before = & $watched
        $left = foreach ($script in 'exit', "Import-Module '$source/Pep668.psd1'; exit") {
            $home1 = "$folder/$([guid]::NewGuid())"
            $null = New-Item -ItemType Directory "$home1/tmp"
            $text = & /usr/bin/env HOME=$home1 TMPDIR="$home1/tmp" XDG_CONFIG_HOME="$home1/config" XDG_CACHE_HOME="$home1/cache" XDG_DATA_HOME="$home1/data" `
                POWERSHELL_TELEMETRY_OPTOUT=1 POWERSHELL_UPDATECHECK=Off @pwsh -NoProfile -NonInteractive -Command $script 2>&1
            $LASTEXITCODE | Should -Be 0
            $text | Should -BeNullOrEmpty
            (Get-ChildItem -LiteralPath $home1 -Recurse -Force).FullName | ForEach-Object { $_.Substring($home1.Length) -replace '-[0-9a-f-]{36}' } | Sort-Object | Join-String -Separator '|'
        }
        $left[1] | Should -BeExactly $left[0]
        & $watched | Should -Be $before
    }

    It 'works in strict mode and with ErrorActionPreference Stop, can be imported again, and removed' {
        $text = Invoke-Pwsh -NoProfile -NonInteractive -Command @"
            Set-StrictMode -Version Latest; `$ErrorActionPreference = 'Stop'; Import-Module '$source/Pep668.psd1'
            `$null = Get-PythonEnvironment -Root '$((Get-Item TestDrive:/).FullName)' | Out-String; 'well'
            Import-Module '$source/Pep668.psd1' -Force; Remove-Module Pep668
            @(Get-Command -Module Pep668).Count; Import-Module '$source/Pep668.psd1'; (Get-Command -Module Pep668).Count
"@
        $text | Should -Be 'well', '0', "$($manifest.CmdletsToExport.Count)"
    }

    It 'has one manifest for the source tree and for a package' {
        $package = "$((Get-Item TestDrive:/).FullName)/Pep668"
        $null = New-Item -ItemType Directory "$package/bin"
        Copy-Item "$source/Pep668.psd1" $package
        Copy-Item "$source/bin/*.dll", "$source/bin/*.ps1xml" "$package/bin"
        $text = Invoke-Pwsh -NoProfile -NonInteractive -Command "Import-Module '$package'; (Get-Command -Module Pep668).Count; (Get-FormatData Pep668.*).Count"
        $text | Should -Be "$($manifest.CmdletsToExport.Count)", "$(@($views.ViewSelectedBy.TypeName | Sort-Object -Unique).Count)"
    }
}

Describe 'The format view of <Type>' -ForEach $views {
    It 'is for a type that a cmdlet returns, or that an error or a property has' {
        @($outputs.FullName) + 'Pep668.Refusal' + 'Pep668.Remedy' + 'Pep668.PowerShell.Formatting.PythonVersion' | Should -Contain $Type
    }

    It 'names only existing properties' {
        # A view may have script blocks only.
        $names = @($View.SelectNodes('.//PropertyName').InnerText | Where-Object { $_ })
        foreach ($text in $View.SelectNodes('.//ScriptBlock').InnerText) {
            $names += [regex]::Matches($text, '\$_\.([\w.]*\w)') | ForEach-Object { $_.Groups[1].Value }
        }
        $names | Should -Not -BeNullOrEmpty
        foreach ($name in $names) {
            $at = [type] $Type
            foreach ($part in $name.Split('.')) {
                # Of a list, PowerShell reads the property of each element. Type data adds properties.
                $at = $at.Name -like 'IReadOnlyList*' ? $at.GetGenericArguments()[0] : $at
                if ((Get-TypeData $at.FullName).Members.Keys -notcontains $part) {
                    $property = @($at) + $at.GetInterfaces() | ForEach-Object { $_.GetProperty($part) } | Select-Object -First 1
                    $property | Should -Not -BeNullOrEmpty -Because "$name must exist in $Type"
                    $at = $property.PropertyType
                }
            }
        }
    }
}

Describe 'Public enumerations' {
    It 'are text in files' {
        $enums = @($assemblies | ForEach-Object GetExportedTypes | Where-Object IsEnum)
        $enums.Count | Should -BeGreaterThan 5
        foreach ($type in $enums) {
            $value = [System.Enum]::GetValues($type)[0]
            $copy = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($value, 3))
            $copy | Should -BeOfType string
            $copy | Should -BeExactly "$value"
        }
    }
}

Describe 'Public types' {
    BeforeAll {
        $records = @($assemblies | ForEach-Object GetExportedTypes | Where-Object {
            $_.Namespace -eq 'Pep668' -and -not $_.IsEnum -and -not $_.IsSubclassOf([System.Text.Json.Serialization.JsonSerializerContext])
        })
    }

    It 'include each type of ours that a cmdlet returns' {
        foreach ($type in $outputs | Where-Object { $_ -notin $withoutView }) {
            $records | Should -Contain $type
        }
    }

    It 'are not converted from a hash table' {
        foreach ($type in $records) {
            foreach ($value in @{}, @{ Executable = '/x' }, [pscustomobject]@{ Executable = '/x' }) {
                $converted = $null
                [System.Management.Automation.LanguagePrimitives]::TryConvertTo($value, $type, [ref]$converted) | Should -Be $false -Because "$type"
            }
        }
    }

    It 'are immutable: no public constructor without parameters, no setter after initialization' {
        foreach ($type in $records) {
            $type.GetConstructor([type[]] @()) | Should -BeNullOrEmpty -Because "$type"
            foreach ($property in $type.GetProperties() | Where-Object { $_.SetMethod.IsPublic -and $_.DeclaringType.Namespace -eq 'Pep668' }) {
                $property.SetMethod.ReturnParameter.GetRequiredCustomModifiers().Name |
                    Should -Contain IsExternalInit -Because "$type.$($property.Name)"
            }
        }
    }

    It 'have no public constructor or setter when a cmdlet returns them' {
        foreach ($type in $records | Where-Object { $_ -in $outputs }) {
            $type.GetConstructors() | Should -BeNullOrEmpty -Because "$type"
            $type.GetProperties() | Where-Object { $_.SetMethod.IsPublic -and $_.DeclaringType.Namespace -eq 'Pep668' } | Should -BeNullOrEmpty -Because "$type"
        }
    }

    It 'cannot be created from PowerShell' {
        { [Pep668.PythonEnvironment]@{ IsExternallyManaged = $false } } | Should -Throw
        { [Pep668.PythonEnvironment]([pscustomobject]@{ IsExternallyManaged = $false }) } | Should -Throw
        { New-Object Pep668.PythonEnvironment } | Should -Throw
        { '/usr/bin/python3' -as [Pep668.PythonEnvironment] } | Should -Not -Throw
        '/usr/bin/python3' -as [Pep668.PythonEnvironment] | Should -BeNullOrEmpty
    }
}

Describe '<_.Name>' -ForEach $commands {
    BeforeAll {
        $command = $_
        $attribute = $command.ImplementingType.GetCustomAttributes([System.Management.Automation.CmdletAttribute], $false)
    }

    It 'has an approved verb' {
        (Get-Verb).Verb | Should -Contain $command.Verb
    }

    It 'has a singular noun in Pascal case' {
        $command.Noun | Should -MatchExactly '^[A-Z][A-Za-z0-9]+$'
        $command.Noun | Should -Not -Match '[^s]s$'
    }

    It 'declares its output types' {
        $command.OutputType | Should -Not -BeNullOrEmpty
        $command.OutputType.Type | Should -Not -Contain $null
    }

    It 'is sealed, and is in a file of its name' {
        $command.ImplementingType.IsSealed | Should -BeTrue
        $command.ImplementingType.Name | Should -BeExactly "$($command.Verb)$($command.Noun)Command"
        "$(Get-SourceRoot)/src/Pep668/Commands/$($command.ImplementingType.Name).cs" | Should -Exist
    }

    It 'supports ShouldProcess only when it changes the machine' {
        # Enter and Exit change the session, not the machine, as Enter-PSSession does.
        $changes = $command.Verb -notin 'Get', 'Test', 'Find', 'Enter', 'Exit'
        $attribute.SupportsShouldProcess | Should -Be $changes
        if ($changes) {
            $attribute.ConfirmImpact | Should -Be 'Medium'
        }
    }

    It 'has a file of tests' {
        "$PSScriptRoot/$($command.Name).Tests.ps1" | Should -Exist
    }

    It 'has a help page' {
        "$(Get-SourceRoot)/docs/cmdlets/$($command.Name).md" | Should -Exist
    }

    It 'has the synopsis and the description of its page as help' {
        $help = Get-Help $command.Name
        $help.Name | Should -BeExactly $command.Name
        $synopsis = Get-PlainText (Get-PageSection $command.Name)
        $synopsis | Should -Not -BeNullOrEmpty
        Get-PlainText $help.details.description.Text | Should -BeExactly $synopsis
        $description = Get-PlainText (Get-PageSection $command.Name '^## Description')
        $description | Should -Not -BeNullOrEmpty
        Get-PlainText $help.description.Text | Should -BeExactly $description
    }
}

# One test for all parameters of a cmdlet: Pester takes longer to start a test than each of these takes.
Describe 'The parameters of <_.Name>' -ForEach $commands {
    BeforeAll {
        $command = $_
        $parameters = @($command.Parameters.Values | Where-Object Name -NotIn ([System.Management.Automation.Cmdlet]::CommonParameters))
    }

    It 'have a singular name in Pascal case' {
        foreach ($parameter in $parameters) {
            $parameter.Name | Should -MatchExactly '^[A-Z][A-Za-z0-9]+$'
            if ($parameter.Name -notin 'SystemSitePackages', 'FindLinks', 'BreakSystemPackages') {
                $parameter.Name | Should -Not -Match '[^s]s$'
            }
        }
    }

    It 'have no type of this module that is not an enumeration' {
        foreach ($parameter in $parameters) {
            $type = $parameter.ParameterType.IsArray ? $parameter.ParameterType.GetElementType() : $parameter.ParameterType
            $type.IsEnum -or $type.Namespace -notlike 'Pep668*' |
                Should -BeTrue -Because "$($parameter.Name): what is converted into it would pose as it"
        }
    }

    It 'bind by property name only where the contract allows it' {
        foreach ($parameter in $parameters) {
            $isBound = { $_ -is [System.Management.Automation.ParameterAttribute] -and $_.ValueFromPipelineByPropertyName }
            if ($parameter.Attributes | Where-Object $isBound) {
                $parameter.Name | Should -BeIn 'Environment', 'LiteralPath'
            }
        }
    }

    It 'have the alias PSPath only when it is LiteralPath' {
        foreach ($parameter in $parameters) {
            'PSPath' -in $parameter.Aliases | Should -Be ($parameter.Name -eq 'LiteralPath') -Because $parameter.Name
        }
    }

    It 'declare that they support wildcards only when they do' {
        $isRead = $command.Name -in 'Test-ExternallyManaged', 'Get-ExternallyManagedMarker', 'Get-PipOverride', 'Test-PythonVenv', 'Get-PythonPackage', 'Find-PythonPackageConflict'
        foreach ($parameter in $parameters) {
            $declared = @($parameter.Attributes | Where-Object { $_ -is [System.Management.Automation.SupportsWildcardsAttribute] }).Count -gt 0
            $isPath = $parameter.Name -eq 'Path' -and $command.Name -ne 'New-PythonVenv'
            $isName = $command.Name -in 'Get-PythonPackage', 'Get-PythonApplication', 'Find-SystemPythonPackage' -and $parameter.Name -eq 'Name'
            $declared | Should -Be ($isPath -or $isName -or ($parameter.Name -eq 'Environment' -and $isRead)) -Because $parameter.Name
        }
    }

    # For a parameter that is missing in the help file, Get-Help makes up what it returns.
    It 'have the text of their page as help' {
        $helps = @{}
        if ($parameters) {
            Get-Help $command.Name -Parameter * | ForEach-Object { $helps[$_.name] = $_ }
        }
        foreach ($parameter in $parameters) {
            # The table has the facts, which Help.Tests.ps1 compares with the cmdlet.
            $text = Get-PlainText @(Get-PageSection $command.Name "^### -$($parameter.Name)( <|$)" | Where-Object { $_ -notmatch '^\|' })
            $text | Should -Not -BeNullOrEmpty -Because "the page describes each parameter: $($parameter.Name)"
            Get-PlainText $helps[$parameter.Name].description.Text | Should -BeExactly $text
        }
    }
}
