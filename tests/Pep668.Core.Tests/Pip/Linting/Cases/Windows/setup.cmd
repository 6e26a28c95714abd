@echo off
set ⟦override-variable|PIP_BREAK_SYSTEM_PACKAGES=1⟧
set "⟦override-variable|UV_BREAK_SYSTEM_PACKAGES=1⟧"
setx ⟦override-variable|PIP_BREAK_SYSTEM_PACKAGES⟧ 1
pip install ^
  ⟦override-option|--break-system-packages⟧ x
if exist x ( del ⟦marker-removed|C:\msys64\usr\lib\python3.12\EXTERNALLY-MANAGED⟧ )
for %%f in (C:\msys64\usr\lib\EXTERNALLY-MANAGED) do del ⟦marker-removed|%%f⟧
