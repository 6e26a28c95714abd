$pipArgs = @('install', '⟦override-option|--break-system-packages⟧', 'x')
$pipArgs += '⟦override-option|--break-system-packages⟧'
Start-Process pip -ArgumentList 'install','⟦override-option|--break-system-packages⟧' -Wait
Get-ChildItem /usr/lib -Recurse -Filter EXTERNALLY-MANAGED | ⟦marker-removed|Remove-Item⟧ -Force
Get-ChildItem /usr/lib -Recurse -Filter EXTERNALLY-MANAGED | ForEach-Object { ⟦marker-removed|Remove-Item⟧ $_.FullName }
Rename-Item ⟦marker-renamed|/usr/lib/python3.11/EXTERNALLY-MANAGED⟧ old
