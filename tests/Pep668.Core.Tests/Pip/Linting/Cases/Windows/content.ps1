Add-Content $env:APPDATA\pip\pip.ini "[global]`n⟦override-setting|break-system-packages⟧ = true"
"⟦override-setting|break-system-packages⟧ = true" | Out-File -Append pip.ini
Set-Content -Path pip.ini -Value "⟦override-setting|break-system-packages⟧=true"
Set-Content -Path notes.txt -Value "pip install --break-system-packages"
Add-Content pip.ini "break-system-packages = false"
