# Compares Enter-PythonVenv and Exit-PythonVenv with the activation scripts of real environments, in a fresh pwsh, and asks Python for its prefix.

BeforeDiscovery {
    Import-Module "$PSScriptRoot/World.psm1" -Force
    # 3.6 and 3.7 install no Activate.ps1 on POSIX. Pester 6 accepts no empty list of cases: without a Python, one case is skipped.
    $able = @(Get-RealPython -All | Where-Object { (Get-RealVersion $_) -ge [version]'3.8' })
    $scripted = @(foreach ($python in Get-Sample $able) {
            @{ Python = $python; Version = Get-RealVersion $python }
        })
    $hasScripted = $scripted.Count -gt 0
    $scripted = $hasScripted ? $scripted : @(@{ Python = 'none'; Version = 'none' })
    $tools = @{
        uv         = @(Get-Command uv -CommandType Application -ErrorAction Ignore)[0].Path
        virtualenv = '/usr/bin/virtualenv'
    }
    $makers = @(
        foreach ($series in '3.6', '3.8', '3.13') {
            if ($python = Get-RealPython -Series $series) {
                @{ Name = "of $series"; Make = { (New-PythonVenv $folder -Python $Python -WithoutPip).Prefix }; Python = $python; Tool = '' }
            }
        }
        if ($system = Get-RealPython) {
            @{ Name = 'of the system'; Make = { (New-PythonVenv $folder -Python $Python -WithoutPip).Prefix }; Python = $system; Tool = '' }
            if ($tools.uv) {
                @{ Name = 'of uv'; Make = { $null = & $Tool venv --offline --no-config --quiet --python $Python $folder }; Python = $system; Tool = $tools.uv }
            }
            if (Test-Path -LiteralPath $tools.virtualenv) {
                @{ Name = 'of virtualenv'; Make = { $null = & $Tool --quiet --no-download --without-pip --no-setuptools --python $Python $folder 2>&1 }; Python = $system; Tool = $tools.virtualenv }
            }
        }
    )
    $hasMakers = $makers.Count -gt 0
    $makers = $hasMakers ? $makers : @(@{ Name = 'none'; Make = {}; Python = ''; Tool = '' })
}

BeforeAll {
    Import-Module "$PSScriptRoot/World.psm1" -Force
    $here = New-WorldFolder
    Enter-World $here

    # Activates and deactivates each environment twice in a fresh pwsh, the second time with VIRTUAL_ENV_DISABLE_PROMPT, and returns the state before,
    # inside and after.
    Set-Fixture "$here/states.ps1" @'
param($Module, [Parameter(ValueFromRemainingArguments)] $Venvs)
$ErrorActionPreference = 'Stop'
Import-Module $Module
function state {
    [ordered]@{
        Variables = @([System.Environment]::GetEnvironmentVariables().GetEnumerator() | ForEach-Object { "$($_.Key)=$($_.Value)" } | Sort-Object -CaseSensitive)
        Prompt    = @(prompt 6>&1 | ForEach-Object {
                $said = $_ -is [System.Management.Automation.InformationRecord] ? $_.MessageData : $null
                $said ? "$($said.Message)|$($said.ForegroundColor)|$($said.NoNewLine)" : "$_"
            })
        Session   = @((Get-ChildItem function:).Name; (Get-Variable -Scope Global).Name) | Sort-Object
    }
}
function walk($Venv, $Disable, $In, $Out) {
    [System.Environment]::SetEnvironmentVariable('VIRTUAL_ENV_DISABLE_PROMPT', $Disable)
    $before = state
    & $In $Venv
    $inside = state
    & $Out
    [ordered]@{ Before = $before; Inside = $inside; After = state }
}
$states = $way = $venv = $null
$ways = @{
    Real = { & "$($args[0])/bin/Activate.ps1" }, { deactivate }
    Ours = { Enter-PythonVenv $args[0] }, { Exit-PythonVenv }
}
$states = @{ Real = @(); Ours = @() }
foreach ($way in 'Real', 'Ours') {
    foreach ($venv in $Venvs) {
        $states[$way] += walk $venv ([NullString]::Value) $ways[$way][0] $ways[$way][1]
        $states[$way] += walk $venv '1' $ways[$way][0] $ways[$way][1]
    }
}
ConvertTo-Json $states -Depth 6
'@
    $pwsh = @(Get-PwshCommand)
    function Get-SessionState([string[]] $Venv) {
        $text = & /usr/bin/env -i "HOME=$here/home" PATH=/usr/bin::/bin: PYTHONHOME=/some/where EMPTY= TERM=dumb POWERSHELL_TELEMETRY_OPTOUT=1 POWERSHELL_UPDATECHECK=Off `
            @pwsh -NoProfile -NonInteractive -File "$here/states.ps1" "$(Get-ModuleFolder)/Pep668.psd1" @Venv 2>&1
        $LASTEXITCODE | Should -Be 0 -Because "$text"
        $text | ConvertFrom-Json
    }

    function Get-Value([object[]] $Variables, [string] $Name) {
        $Variables | Where-Object { $_.StartsWith("$Name=") } | ForEach-Object { $_.Substring($Name.Length + 1) }
    }

    # The variables in which Enter-PythonVenv differs on purpose: it stores nothing in variables, and always sets VIRTUAL_ENV_PROMPT.
    function Get-Common([object[]] $Variables) {
        $Variables | Where-Object { $_ -notmatch '^(_OLD_VIRTUAL_(PATH|PYTHONHOME)|VIRTUAL_ENV_PROMPT)=' }
    }

    function Assert-SameState([object[]] $Real, [object[]] $Ours, [scriptblock] $MayLackPrompt) {
        $Real.Count | Should -BeGreaterThan 1
        $Ours.Count | Should -Be $Real.Count
        for ($i = 0; $i -lt $Real.Count; $i++) {
            $disabled = $i % 2 -eq 1
            $Ours[$i].Before.Variables | Should -BeExactly $Real[$i].Before.Variables
            Get-Common $Ours[$i].Inside.Variables | Should -BeExactly (Get-Common $Real[$i].Inside.Variables)
            $Ours[$i].Inside.Prompt | Should -BeExactly $Real[$i].Inside.Prompt
            $shown = Get-Value $Real[$i].Inside.Variables VIRTUAL_ENV_PROMPT
            if ($null -eq $shown) {
                & $MayLackPrompt $disabled | Should -BeTrue -Because 'no other script leaves VIRTUAL_ENV_PROMPT unset'
            }
            else {
                Get-Value $Ours[$i].Inside.Variables VIRTUAL_ENV_PROMPT | Should -BeExactly $shown
            }
            $Ours[$i].Inside.Variables -match '^_OLD_' | Should -BeNullOrEmpty
            $Ours[$i].Inside.Variables -match '^PYTHONHOME=' | Should -BeNullOrEmpty

            $Ours[$i].After.Variables | Should -BeExactly $Ours[$i].Before.Variables
            $Ours[$i].After.Prompt | Should -BeExactly $Ours[$i].Before.Prompt
            $Ours[$i].After.Session | Should -BeExactly $Ours[$i].Before.Session
            $Ours[$i].After.Variables | Should -BeExactly $Real[$i].After.Variables
        }
    }
}

AfterAll {
    Exit-World
}

Describe 'Enter-PythonVenv and Exit-PythonVenv compared with Activate.ps1' {
    # All environments in one session: to start one takes longer than everything that it does.
    BeforeAll {
        $venvs = [System.Collections.Generic.List[string]]::new()
        $able = @(Get-RealPython -All | Where-Object { (Get-RealVersion $_) -ge [version]'3.8' })
        $start = @{}
        foreach ($python in Get-Sample $able) {
            $start[$python] = 2 * $venvs.Count
            $venv = "$here/it's é `$v $($start[$python])"
            $null = & $python -E -s -m venv --without-pip $venv
            $null = & $python -E -s -m venv --without-pip --prompt "it's `"that`" é `$x" "$venv-p"
            $venvs.AddRange([string[]]@($venv, "$venv-p"))
        }
        if ($linked = Get-RealPython -Series 3.13) {
            $start['linked'] = 2 * $venvs.Count
            $null = & $linked -E -s -m venv --without-pip "$here/there"
            New-FixtureLink "$here/link" "$here/there"
            $venvs.Add("$here/link")
        }
        if ($venvs.Count) {
            $states = Get-SessionState $venvs
            $real = @($states.Real)
            $ours = @($states.Ours)
        }
    }

    It 'change the same variables as the script of <Version>, <Python>' -ForEach $scripted -Skip:(-not $hasScripted) -Tag 'needs Python 3.8 or later' {
        $range = $start[$Python]..($start[$Python] + 3)
        # 3.8 and 3.9 never set it; up to 3.12 it is set with the prompt only.
        Assert-SameState $real[$range] $ours[$range] { param($disabled) $Version -lt [version]'3.10' -or ($disabled -and $Version -lt [version]'3.13') }
    }

    It 'resolve the links in the path of an environment and otherwise change the same' -Skip:(-not (Get-RealPython -Series 3.13)) -Tag 'needs Python 3.13' {
        $range = $start['linked']..($start['linked'] + 1)
        $links = $real[$range]
        Get-Value $links[0].Inside.Variables VIRTUAL_ENV | Should -BeExactly "$here/link"
        Get-Value $ours[$range][0].Inside.Variables VIRTUAL_ENV | Should -BeExactly "$here/there"
        $links = $links | ConvertTo-Json -Depth 5 | ForEach-Object { $_ -creplace "$([regex]::Escape($here))/link", "$here/there" -creplace '([(=])link\b', '$1there' } | ConvertFrom-Json
        Assert-SameState $links $ours[$range] { $false }
    }
}

Describe 'Enter-PythonVenv with an environment of another tool' {
    It 'activates an environment created by <Name>' -ForEach $makers -Skip:(-not $hasMakers) -Tag 'needs Python 3' {
        $folder = "$here/made $($Name -replace '\W')"
        $null = & $Make
        $before = $env:PATH
        Enter-PythonVenv $folder
        try {
            & python -c 'import sys; print(sys.prefix)' | Should -BeExactly $folder
            (Get-PythonEnvironment $folder).IsActive | Should -BeTrue
            (Get-PythonEnvironment -Command python).Prefix | Should -BeExactly $folder
        }
        finally {
            Exit-PythonVenv
        }
        (Get-PythonEnvironment $folder).IsActive | Should -BeFalse
        $env:PATH | Should -BeExactly $before
        (Get-Command python -ErrorAction Ignore).Source | Should -Not -BeExactly "$folder/bin/python"
    }
}
