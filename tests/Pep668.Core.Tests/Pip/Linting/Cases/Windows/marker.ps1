$marker = Join-Path $stdlib 'EXTERNALLY-MANAGED'
if (Test-Path $marker) { Remove-Item ⟦marker-removed|$marker⟧ }
