<#
.DESCRIPTION
pip install --break-system-packages x
#>
# pip install --break-system-packages
Write-Warning "pip install --break-system-packages x"
Write-Host pip install --break-system-packages
if ($one -eq '--break-system-packages') { 1 }
if ($env:PIP_BREAK_SYSTEM_PACKAGES -eq '1') { 2 }
Remove-Item Env:PIP_BREAK_SYSTEM_PACKAGES
$env:PIP_BREAK_SYSTEM_PACKAGES = '0'
Test-Path /usr/lib/python3.11/EXTERNALLY-MANAGED
throw "Remove-Item EXTERNALLY-MANAGED"
$text = @'
pip install --break-system-packages x
'@
