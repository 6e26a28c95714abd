$env:⟦override-variable|PIP_BREAK_SYSTEM_PACKAGES⟧ = '1'
& python -m pip install `
  ⟦override-option|--break-system-packages⟧ x
Remove-Item -Force ⟦marker-removed|/usr/lib/python3.11/EXTERNALLY-MANAGED⟧
[Environment]::SetEnvironmentVariable('⟦override-variable|PIP_BREAK_SYSTEM_PACKAGES⟧', '1', 'User')
Set-Item Env:⟦override-variable|PIP_BREAK_SYSTEM_PACKAGES⟧ 1
