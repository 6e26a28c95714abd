# Runs an operation of a resource for DSC v3. Pep668.dsc.manifests.json, in the same folder, names this script.
# The desired state is read from standard input.
[CmdletBinding()]
param(
    [Parameter(Mandatory, Position = 0)]
    [string] $Type,

    [Parameter(Mandatory, Position = 1)]
    [ValidateSet('get', 'test', 'set', 'export')]
    [string] $Operation,

    [switch] $WhatIf
)

$null = [System.Reflection.Assembly]::LoadFrom("$PSScriptRoot/Pep668.dll")
exit [Pep668.PowerShell.Dsc.ResourceProgram]::Run($Type, $Operation, $WhatIf)
