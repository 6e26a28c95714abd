# Get-Help, which the build generates from docs/cmdlets and docs/about, is compared with the cmdlets themselves.

BeforeDiscovery {
    Import-Module "$PSScriptRoot/World.psm1" -Force
    Import-ModuleUnderTest
    $pages = @(Get-Command -Module Pep668 | ForEach-Object { @{ Name = $_.Name } })
    $abouts = @(Get-ChildItem "$(Get-SourceRoot)/docs/about/about_*.md" | ForEach-Object { @{ Topic = $_.BaseName } })
}

BeforeAll {
    Import-Module "$PSScriptRoot/World.psm1" -Force
    Import-ModuleUnderTest
    Set-StrictMode -Off

    $texts = @{}
    function Get-Page([string] $Name) {
        $texts[$Name] ??= [System.IO.File]::ReadAllLines("$(Get-SourceRoot)/docs/cmdlets/$Name.md")
        $texts[$Name]
    }

    # The lines of a section of a page, without its heading.
    function Get-Section([string] $Name, [string] $Heading) {
        $isInside = $false
        foreach ($line in Get-Page $Name) {
            if ($line.StartsWith('## ', 'Ordinal')) {
                $isInside = $line -ceq "## $Heading"
            }
            elseif ($isInside) {
                $line
            }
        }
    }

    # The blocks of code of a section, one object each, with the language and the text.
    function Get-CodeBlock([string] $Name, [string] $Heading) {
        [regex]::Matches(((Get-Section $Name $Heading) -join "`n"), '(?ms)^```(?<language>\w*)\n(?<text>.*?)\n```$') |
            ForEach-Object { [pscustomobject]@{ Language = $_.Groups['language'].Value; Text = $_.Groups['text'].Value } }
    }

    # The parts of a syntax line in alphabetical order: the order of the page is the reader's.
    function ConvertTo-Part([string] $Syntax) {
        $text = ($Syntax.Trim() -replace '\s+', ' ') -replace ' ?\[<CommonParameters>\]$'
        [regex]::Matches($text, '^\S+|\[?\[?-\w+\]?( <[^>]+>)?\]?') | ForEach-Object Value | Sort-Object | Join-String -Separator ' '
    }

    # A project that runs the generator on each page alone, without the build of the module. Help is that of each page.
    function Invoke-Generator([hashtable[]] $Page) {
        $folder = "$TestDrive/$([guid]::NewGuid())"
        $tasks = for ($i = 0; $i -lt $Page.Count; $i++) {
            Set-Fixture "$folder/$i/Get-Sample.md" $Page[$i].Text
            "<MarkdownToMaml Pages=`"$folder/$i/Get-Sample.md`" Folder=`"$folder/$i`" ProjectUrl=`"$($Page[$i].Url)`" ContinueOnError=`"ErrorAndContinue`" />"
        }
        Set-Content -LiteralPath "$folder/Sample.proj" @"
<Project>
  <Import Project="$(Get-SourceRoot)/build/Help/Help.targets" />
  <Target Name="Sample">
    $tasks
  </Target>
</Project>
"@
        $text = dotnet msbuild "$folder/Sample.proj" -target:Sample -nologo -nodeReuse:false 2>&1 | Out-String
        $exitCode = $LASTEXITCODE
        [pscustomobject]@{
            ExitCode = $exitCode
            Text     = $text
            Help     = @(for ($i = 0; $exitCode -eq 0 -and $i -lt $Page.Count; $i++) { , ([xml](Get-Content -Raw "$folder/$i/Pep668.dll-Help.xml")).helpItems.command })
        }
    }

    # A page with a list, a table, several blocks of code, and text that begins like the facts of a parameter.
    $sample = @'
# Get-Sample

Gets a sample.

## Syntax

```powershell
Get-Sample [[-Name] <string>] -Size <int> [-Force]
```

## Description

The first paragraph
has two lines:
- one item
- another item
  with two lines

| Property | Value |
|---|---|
| `A` | first |
| `Longer` | second |

Text before code:

```powershell
if ($true) {
    'indented'
}
```

## Parameters

### -Name <string>

| Required | Position | Default value | Pipeline input | Wildcards | Aliases |
|---|---|---|---|---|---|
| False | 0 | `x` | True (ByValue) | True | `N` |

Pipeline: this sentence is text.

Required. So is this one.

### -Size <int>

| Required | Position | Default value | Pipeline input | Wildcards | Aliases |
|---|---|---|---|---|---|
| True | named | None | False | False | None |

Position 0. And this one.

### -Force

| Required | Position | Default value | Pipeline input | Wildcards | Aliases |
|---|---|---|---|---|---|
| False | named | False | False | False | None |

Indicates something.

## Examples

### Two blocks

When.

```powershell
Get-Sample
```

```output
  indented
result
```

Then:

```powershell
Get-Sample 2
```

## Inputs

### System.String

A name.

## Outputs

### System.Int32

A number.

## Notes

A note.

## Related links

- [A page](https://example.org/page)
- [Get-Other](Get-Other.md)
'@
}

Describe 'The page <Name>' -ForEach $pages {
    BeforeAll {
        $help = Get-Help $Name -Full
    }

    It 'has the sections of every page, in order' {
        @(Get-Page $Name | Where-Object { $_ -cmatch '^## ' -and $_ -cne '## Notes' }) -replace '^## ' |
            Should -Be 'Syntax', 'Description', 'Parameters', 'Examples', 'Inputs', 'Outputs', 'Related links'
    }

    It 'has a synopsis that starts with a verb in the third person' {
        $help.Synopsis.Trim() | Should -MatchExactly '^[A-Z][a-z]+s [^.]*(\.[a-z]|[A-Z][a-z]*-)?[^.]*\.$'
    }

    It 'has the syntax of each parameter set' {
        $expected = @((Get-Command $Name -Syntax) -split '\r?\n' | Where-Object { $_.Trim() } | ForEach-Object { ConvertTo-Part $_ })
        @(Get-Section $Name 'Syntax' | Where-Object { $_.StartsWith($Name, 'Ordinal') } | ForEach-Object { ConvertTo-Part $_ }) | Sort-Object |
            Should -BeExactly ($expected | Sort-Object)
        $shown = $help.syntax.syntaxItem
        @($shown | ForEach-Object { ConvertTo-Part (($_ | Out-String -Width 2000) -replace '\s+', ' ') }).Count | Should -Be $expected.Count
        foreach ($item in $shown) {
            $parts = foreach ($one in @($item.parameter | Where-Object { $_ })) {
                $text = $one.position -eq 'named' ? "-$($one.name)" : "[-$($one.name)]"
                $text += $one.parameterValue ? " <$($one.parameterValue)>" : ''
                $one.required -eq 'true' ? $text : "[$text]"
            }
            ConvertTo-Part "$($item.name) $($parts -join ' ')" | Should -BeIn $expected
        }
    }

    It 'describes each parameter and no other' {
        $described = @(Get-Page $Name | Where-Object { $_ -match '^### -(\w+)' } | ForEach-Object { $Matches[1] } | Sort-Object)
        $real = (Get-Command $Name).Parameters.Keys | Where-Object { $_ -notin [System.Management.Automation.Cmdlet]::CommonParameters } | Sort-Object
        $described | Should -BeExactly @($real)
    }

    It 'has at least three examples, each with a title, a sentence, and a command' {
        $titles = @(Get-Section $Name 'Examples' | Where-Object { $_ -match '^### ' }) -replace '^### '
        $titles.Count | Should -BeGreaterOrEqual 3
        $shown = @((Get-Help $Name -Examples).examples.example)
        $shown.title | Should -BeExactly @($titles | ForEach-Object { "--- $_ ---" })
        foreach ($example in $shown) {
            $example.introduction.Text | Should -Match '\.\n\n$' -Because $example.title
            $example.code | Should -Not -BeNullOrEmpty -Because $example.title
        }
    }

    It 'shows each line of code of its examples in Get-Help, in 80 columns' {
        $shown = (Get-Help $Name -Examples | Out-String -Width 200) -split '\r?\n' | ForEach-Object Trim
        $lines = (Get-CodeBlock $Name 'Examples').Text -split '\n'
        $lines | Where-Object { $_.Trim() -cnotin $shown } | Should -BeNullOrEmpty
        $lines | Where-Object Length -GT 75 | Should -BeNullOrEmpty
    }

    It 'has examples that parse, with commands and parameters that exist' {
        foreach ($code in Get-CodeBlock $Name 'Examples' | Where-Object Language -EQ 'powershell') {
            $problems = $null
            $tree = [System.Management.Automation.Language.Parser]::ParseInput($code.Text, [ref]$null, [ref]$problems)
            $problems | Should -BeNullOrEmpty -Because $code.Text
            foreach ($call in $tree.FindAll({ $args[0] -is [System.Management.Automation.Language.CommandAst] }, $true)) {
                $called = Get-Command $call.GetCommandName() -ErrorAction Ignore
                if ($called -isnot [System.Management.Automation.CmdletInfo]) {
                    $call.GetCommandName() | Should -BeIn 'python', 'pip' -Because 'an example calls cmdlets and Python'
                    continue
                }
                $given = @($call.CommandElements | Where-Object { $_ -is [System.Management.Automation.Language.CommandParameterAst] }).ParameterName
                foreach ($parameter in $given) {
                    { $called.ResolveParameter($parameter) } | Should -Not -Throw -Because $code.Text
                }
                if ($called.Name -eq 'ConvertTo-Json') {
                    $given | Should -Contain 'EnumsAsStrings'
                }
            }
        }
    }

    It 'shows its inputs, outputs and related links' {
        $types = @{ Inputs = $help.inputTypes.inputType; Outputs = $help.returnValues.returnValue }
        foreach ($heading in $types.Keys) {
            $expected = @(Get-Section $Name $heading | Where-Object { $_ -match '^### ' }) -replace '^### '
            $expected | Should -Not -BeNullOrEmpty
            @($types[$heading]).type.name | Should -BeExactly $expected
            @($types[$heading]) | ForEach-Object { $_.description.Text | Should -Not -BeNullOrEmpty }
        }
        # The first one is added if the project has an address.
        $links = @($help.relatedLinks.navigationLink | Where-Object linkText -NE 'Online version')
        $links.linkText | Should -BeExactly @([regex]::Matches(((Get-Section $Name 'Related links') -join "`n"), '\[([^\]]+)\]') | ForEach-Object { $_.Groups[1].Value })
        $links[0].uri | Should -Match '^https://(peps\.python\.org|docs\.python\.org|pip\.pypa\.io)/'
        $links.linkText | Where-Object { $_ -match '^\w+-\w+$' } | ForEach-Object { Get-Command $_ -Module Pep668 | Should -Not -BeNullOrEmpty }
    }

    It 'declares an input type exactly if a parameter binds from the pipeline' {
        $binds = @((Get-Command $Name).Parameters.Values.Attributes | Where-Object {
                $_ -is [System.Management.Automation.ParameterAttribute] -and ($_.ValueFromPipeline -or $_.ValueFromPipelineByPropertyName)
            }).Count -gt 0
        @($help.inputTypes.inputType.type.name) -join ' ' | Should -Match ($binds ? '^(?!None).' : '^None$')
    }

    It 'has the first related link as online help' {
        (Get-Command $Name).HelpUri | Should -BeExactly @($help.relatedLinks.navigationLink)[0].uri
    }

    It 'keeps its lists in Get-Help, one item on each line' {
        $items = @(Get-Section $Name 'Description' | Where-Object { $_ -match '^- ' }) -replace '`'
        $lines = @($help.description.Text -split '\r?\n')
        foreach ($item in $items) {
            $lines | Should -Contain $item
        }
    }
}

# One test for all parameters of a cmdlet: Pester takes longer to start a test than each of these takes.
Describe 'The parameters of <Name> in the help' -ForEach $pages {
    BeforeAll {
        $command = Get-Command $Name
        $syntax = (Get-Command $Name -Syntax) -split '\s(?=\[?\[?-)'
        $helps = @{}
        if ($command.Parameters.Count -gt [System.Management.Automation.Cmdlet]::CommonParameters.Count) {
            Get-Help $Name -Parameter * | ForEach-Object { $helps[$_.name] = $_ }
        }
        $parameters = foreach ($metadata in $command.Parameters.Values) {
            if ($metadata.Name -notin [System.Management.Automation.Cmdlet]::CommonParameters) {
                [pscustomobject]@{
                    Name     = $metadata.Name
                    Metadata = $metadata
                    Sets     = @($metadata.ParameterSets.Values)
                    Help     = $helps[$metadata.Name]
                }
            }
        }
    }

    It 'state whether they are required, their position and their type' {
        foreach ($parameter in $parameters) {
            $parameter.Help.required | Should -BeExactly "$($parameter.Sets.IsMandatory -contains $true)" -Because $parameter.Name
            $position = @($parameter.Sets.Position | Where-Object { $_ -ge 0 } | Select-Object -Unique)
            $parameter.Help.position | Should -BeExactly ($position.Count ? "$position" : 'named') -Because $parameter.Name
            $text = $syntax | Where-Object { $_ -match "^\[?\[?-$($parameter.Name)\b" } | Select-Object -First 1
            $type = $parameter.Metadata.SwitchParameter ? 'SwitchParameter' : [regex]::Match($text, '<([^>]+)>').Groups[1].Value
            "$($parameter.Help.parameterValue)" | Should -BeExactly $type -Because $parameter.Name
        }
    }

    It 'state what they accept from the pipeline' {
        foreach ($parameter in $parameters) {
            $kinds = @(
                if ($parameter.Sets.ValueFromPipeline -contains $true) { 'ByValue' }
                if ($parameter.Sets.ValueFromPipelineByPropertyName -contains $true) { 'ByPropertyName' }
            )
            $parameter.Help.pipelineInput | Should -BeExactly ($kinds ? "True ($($kinds -join ', '))" : 'False') -Because $parameter.Name
        }
    }

    It 'state their aliases, and whether they accept wildcards' {
        foreach ($parameter in $parameters) {
            $aliases = $parameter.Metadata.Aliases
            $parameter.Help.aliases | Should -BeExactly ($aliases ? $aliases -join ', ' : 'None') -Because $parameter.Name
            $declared = @($parameter.Metadata.Attributes | Where-Object { $_ -is [System.Management.Automation.SupportsWildcardsAttribute] }).Count -gt 0
            $parameter.Help.globbing | Should -BeExactly "$declared" -Because $parameter.Name
        }
    }

    It 'state their default values' {
        $instance = [System.Activator]::CreateInstance($command.ImplementingType)
        foreach ($parameter in $parameters) {
            $property = $command.ImplementingType.GetProperty($parameter.Name)
            $default = $property ? $property.GetValue($instance) : $null
            $isMandatory = $parameter.Sets.IsMandatory -contains $true
            $expected = switch ($true) {
                $parameter.Metadata.SwitchParameter { 'False'; break }
                # Values that depend on the session, the environment or the other parameters.
                { $parameter.Name -eq 'Environment' -and $Name -eq 'Find-PythonPackageConflict' } { 'Pythons of the system'; break }
                { $parameter.Name -eq 'Environment' -and -not $isMandatory } { 'Active, nearest .venv, or default Python'; break }
                { $parameter.Name -eq 'Python' -and $Name -eq 'New-PythonVenv' } { 'Active, nearest .venv, or default Python'; break }
                { $parameter.Name -eq 'Python' -and $Name -eq 'Repair-PythonVenv' } { 'Base Python of the environment'; break }
                { $parameter.Name -eq 'Prompt' } { 'Name of the folder'; break }
                { $parameter.Name -eq 'Language' } { 'Language of the session'; break }
                { $parameter.Name -eq 'IndexUrl' } { 'Configured index'; break }
                { $default -eq [int]::MaxValue } { 'No limit'; break }
                { $null -eq $default -or @($default).Count -eq 0 } { 'None'; break }
                default { "$default" }
            }
            $parameter.Help.defaultValue | Should -BeExactly $expected -Because $parameter.Name
        }
    }

    It 'start with Specifies or Indicates that' {
        foreach ($parameter in $parameters) {
            $start = $parameter.Metadata.SwitchParameter ? '^Indicates that ' : '^Specifies '
            @($parameter.Help.description.Text)[0] | Should -MatchExactly $start -Because $parameter.Name
        }
    }
}

Describe 'The text of -Environment' {
    It 'is the same on each page where it has a default value, before what is particular to the cmdlet' {
        $commands = Get-Command -Module Pep668 | Where-Object {
            $_.Parameters.ContainsKey('Environment') -and -not ($_.Parameters['Environment'].ParameterSets.Values.IsMandatory -contains $true)
        }
        $texts = foreach ($command in $commands) {
            @((Get-Help $command.Name -Parameter Environment).description.Text)[0].Trim()
        }
        @($texts).Count | Should -BeGreaterThan 5
        @($texts | Select-Object -Unique).Count | Should -Be 1
    }
}

Describe 'The topic <Topic>' -ForEach $abouts {
    It 'is shown in 80 columns, with each line of its page' {
        $shown = (Get-Help $Topic) -split '\r?\n'
        $shown | Where-Object { $_.Length -gt 80 } | Should -BeNullOrEmpty
        $all = $shown.Trim()
        $lines = [System.IO.File]::ReadAllLines("$(Get-SourceRoot)/docs/about/$Topic.md") -notmatch '^(#|```)'
        $lines | Where-Object { ($_.Trim() -replace '`') -cnotin $all } | Should -BeNullOrEmpty
    }
}

Describe 'ConvertTo-Json in the documents' {
    It 'writes enumerations as names' {
        $files = @(Get-Item "$(Get-SourceRoot)/README.md") + @(Get-ChildItem "$(Get-SourceRoot)/docs" -Recurse -Filter *.md)
        $files | Select-String -Pattern 'ConvertTo-Json(?! -EnumsAsStrings)' | Should -BeNullOrEmpty
    }
}

Describe 'The generator of the help' -Skip:(-not (Get-Command dotnet -ErrorAction Ignore)) -Tag 'needs dotnet' {
    BeforeAll {
        $result = Invoke-Generator @{ Text = $sample }, @{ Text = $sample; Url = 'https://example.org/owner/name/' }
        $help = $result.Help[0]
        $described = $help.parameters.parameter | ForEach-Object { , @($_.description.para) }
    }

    It 'reads facts only from the table of a parameter' {
        $result.Text.Trim() | Should -BeNullOrEmpty
        $name, $size, $force = $help.parameters.parameter
        "$($name.required) $($name.position) $($name.defaultValue) $($name.pipelineInput) $($name.globbing) $($name.aliases)" |
            Should -BeExactly 'False 0 x True (ByValue) True N'
        "$($size.required) $($size.position) $($force.parameterValue.InnerText)" | Should -BeExactly 'True named SwitchParameter'
        $described[0] | Should -BeExactly 'Pipeline: this sentence is text.', 'Required. So is this one.'
        $described[1] | Should -BeExactly 'Position 0. And this one.'
    }

    It 'keeps paragraphs, lists, tables and code' {
        @($help.description.para) -replace '\r' | Should -BeExactly @(
            'The first paragraph has two lines:'
            "- one item`n- another item with two lines"
            "Property  Value`nA         first`nLonger    second"
            "Text before code:`n`n    if (`$true) {`n        'indented'`n    }"
        )
    }

    It 'keeps each block of code of an example' {
        $example = $help.examples.example
        $example.introduction.para.Trim() | Should -BeExactly 'When.'
        $example.code -replace '\r' | Should -BeExactly "Get-Sample`n`n  indented`nresult"
        @($example.remarks.para)[0] -replace '\r' | Should -BeExactly "Then:`n`n    Get-Sample 2"
    }

    It 'has the parameters of the syntax' {
        $help.syntax.syntaxItem.parameter | ForEach-Object { "$($_.name) $($_.required) $($_.position) $($_.parameterValue.InnerText)".Trim() } |
            Should -BeExactly 'Name false 0 string', 'Size true named int', 'Force false named'
    }

    It 'has inputs, outputs, notes and links' {
        $help.inputTypes.inputType.type.name | Should -BeExactly 'System.String'
        $help.returnValues.returnValue.description.para | Should -BeExactly 'A number.'
        $help.alertSet.alert.para | Should -BeExactly 'A note.'
        $help.relatedLinks.navigationLink | ForEach-Object { "$($_.linkText) $($_.uri)".Trim() } |
            Should -BeExactly 'A page https://example.org/page', 'Get-Other'
    }

    It 'puts the online page first if the project has an address' {
        $links = $result.Help[1].relatedLinks.navigationLink
        $links[0].uri | Should -BeExactly 'https://example.org/owner/name/blob/HEAD/docs/cmdlets/Get-Sample.md'
        $links.Count | Should -Be 3
    }

    It 'fails for a page without the facts of a parameter, and without inputs' {
        $failed = Invoke-Generator @{ Text = $sample.Replace('| False | named | False | False | False | None |', '') }, @{ Text = $sample.Replace('## Inputs', '') }
        $failed.ExitCode | Should -Not -Be 0
        $failed.Text | Should -BeLike '*0?Get-Sample.md*error*The first lines of -Force must be a table*'
        $failed.Text | Should -BeLike "*1?Get-Sample.md*error*The section '## Inputs' is missing.*"
    }
}

Describe 'A package of a project with an address' -Skip:(-not (Get-Command dotnet -ErrorAction Ignore)) -Tag 'needs dotnet' {
    BeforeAll {
        $package = "$TestDrive/Pep668"
        $url = 'https://example.org/owner/name'
        $text = dotnet msbuild "$(Get-SourceRoot)/src/Pep668/Pep668.csproj" -target:WritePackageFiles "-property:PackageFolder=$package" "-property:ProjectUrl=$url" -nologo -nodeReuse:false 2>&1 | Out-String
        $null = New-Item -ItemType Directory "$package/bin"
        Copy-Item "$(Get-ModuleFolder)/bin/Pep668*.dll", "$(Get-ModuleFolder)/bin/*.ps1xml" "$package/bin"
        # The program that .NET starts for an address.
        Set-Fixture "$TestDrive/bin/xdg-open" "#!/bin/sh`nprintf '%s' `"`$1`" > '$TestDrive/new' && mv '$TestDrive/new' '$TestDrive/opened'" -Executable
        $opens = $IsLinux ? @"
            Get-Help Test-PythonVenv -Online
            for (`$i = 0; `$i -lt 100 -and -not (Test-Path '$TestDrive/opened'); `$i++) { Start-Sleep -Milliseconds 50 }
"@ : ''
        $path = $env:PATH
        $env:PATH = "$TestDrive/bin$([System.IO.Path]::PathSeparator)$path"
        $uris = @(Invoke-Pwsh -NoProfile -NonInteractive -Command @"
            Import-Module '$package'; Get-Command -Module Pep668 | ForEach-Object { `$_.Name + ' ' + `$_.HelpUri }
            $opens
"@)
        $env:PATH = $path
    }

    It 'is written without an error' {
        $text.Trim() | Should -BeNullOrEmpty
    }

    It 'has the address in its manifest, and nothing else differs' {
        (Test-ModuleManifest "$package/Pep668.psd1").ProjectUri | Should -Be $url
        $differences = @(Compare-Object (Get-Content "$(Get-SourceRoot)/Pep668.psd1") (Get-Content "$package/Pep668.psd1"))
        $differences.InputObject.Trim() | Should -BeExactly "ProjectUri = '$url'"
    }

    It 'has the page of each cmdlet as online help' {
        $uris | Should -BeExactly @(Get-Command -Module Pep668 | ForEach-Object { "$($_.Name) $url/blob/HEAD/docs/cmdlets/$($_.Name).md" })
    }

    It 'opens that page with Get-Help -Online' -Skip:(-not $IsLinux) -Tag 'needs Linux' {
        Get-Content -Raw "$TestDrive/opened" | Should -BeExactly "$url/blob/HEAD/docs/cmdlets/Test-PythonVenv.md"
    }
}
