#!/usr/bin/env pwsh
<#
.SYNOPSIS
Writes src/Pep668.Core/Distros/DebianNames.txt, the packages of Debian that provide Python distributions.
.DESCRIPTION
The source is the map that Debian itself uses: the file cpython3_fallback of its package dh-python (Expat licence).
Packages that the index does not contain are left out.
.PARAMETER Map
The file 'usr/share/dh-python/dist/cpython3_fallback' of an unpacked dh-python.
.PARAMETER Index
The uncompressed file 'Packages' of the same release.
.PARAMETER Source
The name of both, for the first line: 'dh-python 6.20250414 (Debian 13)'.
.EXAMPLE
build/Update-DebianNames.ps1 -Map cpython3_fallback -Index Packages -Source 'dh-python 6.20250414 (Debian 13)'
#>
param(
    [Parameter(Mandatory)] [string] $Map,
    [Parameter(Mandatory)] [string] $Index,
    [Parameter(Mandatory)] [string] $Source
)
$ErrorActionPreference = 'Stop'
$known = [System.Collections.Generic.HashSet[string]]::new([StringComparer]::Ordinal)
foreach ($line in [System.IO.File]::ReadLines((Convert-Path -LiteralPath $Index))) {
    if ($line.StartsWith('Package: ', [StringComparison]::Ordinal)) { [void] $known.Add($line.Substring(9)) }
}
$names = [System.Collections.Generic.SortedDictionary[string, string]]::new([StringComparer]::Ordinal)
foreach ($line in [System.IO.File]::ReadLines((Convert-Path -LiteralPath $Map))) {
    $name, $package, $more = $line.Trim() -split '\s+', 3
    if ($package -and -not $more -and $known.Contains($package)) {
        $names[($name -creplace '[-_.]+', '-').ToLowerInvariant()] = $package
    }
}
$lines = @("# distribution [package, if it is not python3-DISTRIBUTION]; from the map of $Source")
$lines += foreach ($pair in $names.GetEnumerator()) {
    $pair.Value -ceq "python3-$($pair.Key)" ? $pair.Key : "$($pair.Key) $($pair.Value)"
}
$file = [System.IO.Path]::Combine($PSScriptRoot, '..', 'src', 'Pep668.Core', 'Distros', 'DebianNames.txt')
[System.IO.File]::WriteAllText($file, ($lines -join "`n") + "`n")
