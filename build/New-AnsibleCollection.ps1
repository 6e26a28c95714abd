<#
.SYNOPSIS
    Writes the Ansible collection, the archive that 'ansible-galaxy collection install' accepts, without Ansible.
.DESCRIPTION
    The archive contains the folder ansible, LICENSE, and the companion for the architectures of the given programs. The form is that of
    ansible/galaxy/collection/__init__.py: MANIFEST.json, FILES.json with the digest of each file, and the files.
.PARAMETER Program
    Specifies companions that were compiled ahead of time. Those that are not programs of Linux are skipped.
.PARAMETER Destination
    Specifies the folder in which the archive is written.
#>
[CmdletBinding()]
param(
    [string[]] $Program = @(),
    [Parameter(Mandatory)]
    [string] $Destination
)

$ErrorActionPreference = 'Stop'
Set-StrictMode -Version Latest

$root = Split-Path $PSScriptRoot
$source = Join-Path $root 'ansible'

# The part of YAML that the file uses: texts, and lists of texts.
function Read-Galaxy([string] $path) {
    $values = [ordered]@{}
    $key = $null
    foreach ($line in [System.IO.File]::ReadAllLines($path)) {
        switch -Regex ($line) {
            '^---$' { break }
            '^  - (.+)$' { $values[$key] += @($Matches[1]); break }
            '^(\w+): \{\}$' { $values[$Matches[1]] = @{}; break }
            '^(\w+): (.+)$' { $values[$Matches[1]] = $Matches[2]; break }
            '^(\w+):$' { $key = $Matches[1]; $values[$key] = @(); break }
            default { throw "'$path' has a line that is not supported: $line" }
        }
    }
    $values
}

# The architecture in the header of an ELF file; nothing for other files.
function Get-ProgramName([string] $path) {
    $stream = [System.IO.File]::OpenRead($path)
    try {
        $header = [byte[]]::new(20)
        $count = $stream.ReadAtLeast($header, $header.Length, $false)
    }
    finally {
        $stream.Dispose()
    }
    if ($count -eq 20 -and [System.Text.Encoding]::Latin1.GetString($header, 0, 4) -ceq "`u{7F}ELF") {
        switch ([System.BitConverter]::ToUInt16($header, 18)) {
            62 { '__pep668_linux_x64' }
            183 { '__pep668_linux_arm64' }
        }
    }
}

function ConvertTo-Bytes($value) {
    [System.Text.Encoding]::UTF8.GetBytes((ConvertTo-Json $value -Depth 5) + "`n")
}

function Get-Digest([byte[]] $bytes) {
    [System.Convert]::ToHexString([System.Security.Cryptography.SHA256]::HashData($bytes)).ToLowerInvariant()
}

function New-FileEntry([string] $name, [byte[]] $bytes) {
    [ordered]@{ name = $name; ftype = 'file'; chksum_type = 'sha256'; chksum_sha256 = Get-Digest $bytes; format = 1 }
}

function Add-Entry($tar, [string] $name, [byte[]] $bytes, [bool] $isProgram) {
    $entry = [System.Formats.Tar.PaxTarEntry]::new($bytes ? 'RegularFile' : 'Directory', $name)
    $entry.Mode = [System.IO.UnixFileMode]($bytes -and -not $isProgram ? 0x1A4 : 0x1ED)
    $entry.ModificationTime = [System.DateTimeOffset]::UnixEpoch
    if ($bytes) {
        $entry.DataStream = [System.IO.MemoryStream]::new($bytes)
    }
    $tar.WriteEntry($entry)
}

$galaxy = Read-Galaxy (Join-Path $source 'galaxy.yml')
$files = [ordered]@{}
Get-ChildItem $source -Recurse -File | Where-Object { $_.Name -ne 'galaxy.yml' -and $_.FullName -notmatch '[\\/](__pycache__|tests)[\\/]' } |
    Sort-Object FullName | ForEach-Object {
        $files[[System.IO.Path]::GetRelativePath($source, $_.FullName).Replace('\', '/')] = [System.IO.File]::ReadAllBytes($_.FullName)
    }
$files['LICENSE'] = [System.IO.File]::ReadAllBytes((Join-Path $root 'LICENSE'))
foreach ($path in $Program) {
    if ($name = Get-ProgramName $path) {
        $files["plugins/modules/$name"] = [System.IO.File]::ReadAllBytes($path)
    }
}
$folders = @($files.Keys | ForEach-Object {
        for ($folder = Split-Path $_; $folder; $folder = Split-Path $folder) { $folder.Replace('\', '/') }
    } | Sort-Object -Unique)

$list = ConvertTo-Bytes ([ordered]@{
        files  = @(
            @('.') + $folders | ForEach-Object { [ordered]@{ name = $_; ftype = 'dir'; chksum_type = $null; chksum_sha256 = $null; format = 1 } }
            $files.Keys | ForEach-Object { New-FileEntry $_ $files[$_] }
        )
        format = 1
    })
$manifest = ConvertTo-Bytes ([ordered]@{
        collection_info    = $galaxy + [ordered]@{
            license_file = $null; repository = $null; documentation = $null; homepage = $null; issues = $null
        }
        file_manifest_file = New-FileEntry 'FILES.json' $list
        format             = 1
    })

$archive = Join-Path $Destination "$($galaxy.namespace)-$($galaxy.name)-$($galaxy.version).tar.gz"
$null = New-Item $Destination -ItemType Directory -Force
$gzip = [System.IO.Compression.GZipStream]::new([System.IO.File]::Create($archive), [System.IO.Compression.CompressionLevel]::SmallestSize)
try {
    $tar = [System.Formats.Tar.TarWriter]::new($gzip, [System.Formats.Tar.TarEntryFormat]::Pax, $false)
    Add-Entry $tar 'MANIFEST.json' $manifest $false
    Add-Entry $tar 'FILES.json' $list $false
    $folders | ForEach-Object { Add-Entry $tar $_ $null $false }
    $files.Keys | ForEach-Object { Add-Entry $tar $_ $files[$_] ($_ -like '*/__pep668_linux_*') }
    $tar.Dispose()
}
finally {
    $gzip.Dispose()
}
Get-Item $archive
