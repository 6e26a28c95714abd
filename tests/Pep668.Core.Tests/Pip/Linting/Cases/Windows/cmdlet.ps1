Invoke-PipInstall requests ⟦override-option|-BreakSystemPackages⟧ -Force
'requests' | Pep668\Invoke-PipUninstall ⟦override-option|-break⟧
pwsh -c "Invoke-PipInstall x ⟦override-option|-BreakSystemPackages:$true⟧"
Invoke-PipInstall requests -BreakSystemPackages:$false
Invoke-PipInstall requests -Environment .venv
Get-Help Invoke-PipInstall -Parameter BreakSystemPackages
