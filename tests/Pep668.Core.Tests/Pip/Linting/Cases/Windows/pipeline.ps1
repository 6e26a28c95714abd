Remove-Item ⟦marker-removed|/usr/lib/python3*/EXTERNALLY-M*⟧
Remove-Item ⟦marker-removed|C:\msys64\usr\lib\python3.12\externally-managed⟧
gci / -Recurse | Where-Object { $_.Name -eq 'EXTERNALLY-MANAGED' } | ⟦marker-removed|Remove-Item⟧
gci / -Recurse | ? Name -like 'EXTERNALLY*' | ⟦marker-removed|ri⟧ -Force
gci / -Filter EXT* | ? { $_.Length } | ⟦marker-removed|Remove-Item⟧
Get-ChildItem -Exclude EXTERNALLY-MANAGED /usr/lib | Remove-Item
Get-ChildItem -Exclude a,EXTERNALLY-MANAGED | ForEach-Object { Remove-Item $_ }
gci / -Recurse | ? { $_.Name -ne 'EXTERNALLY-MANAGED' } | Remove-Item
gci / -Recurse | ? Name -notlike 'EXTERNALLY*' | ri -Force
Remove-Item * -Exclude a, EXTERNALLY-MANAGED -Recurse
