@{
    RootModule           = 'bin/Pep668.dll'
    ModuleVersion        = '0.1.0'
    GUID                 = '6a3f0f0e-9b5c-4f0a-8d0e-66865c0dd668'
    Author               = 'The Pep668 developers'
    CompanyName          = 'The Pep668 developers'
    Copyright            = '(c) 2026 The Pep668 developers. MIT licence.'
    Description          = 'Lists the Pythons on a machine, shows which of them accept installs and why the others do not, and installs where pip reports "externally-managed-environment" (PEP 668).'
    PowerShellVersion    = '7.4'
    CompatiblePSEditions = @('Core')
    RequiredAssemblies   = @('bin/Pep668.Core.dll')
    TypesToProcess       = @('bin/Pep668.Types.ps1xml')
    FormatsToProcess     = @('bin/Pep668.Format.ps1xml')
    FunctionsToExport    = @()
    CmdletsToExport      = @(
        'Enter-PythonVenv'
        'Exit-PythonVenv'
        'Find-PipOverride'
        'Find-PythonPackageConflict'
        'Find-SystemPythonPackage'
        'Get-ExternallyManagedMarker'
        'Get-PipInstallPlan'
        'Get-PipOverride'
        'Get-PythonApplication'
        'Get-PythonEnvironment'
        'Get-PythonInstallAdvice'
        'Get-PythonPackage'
        'Install-PythonApplication'
        'Invoke-PipInstall'
        'Invoke-PipUninstall'
        'New-PythonVenv'
        'Remove-PythonVenv'
        'Repair-PythonVenv'
        'Test-ExternallyManaged'
        'Test-PythonVenv'
        'Uninstall-PythonApplication'
        'Update-PythonApplication'
    )
    VariablesToExport    = @()
    AliasesToExport      = @()
    PrivateData          = @{
        PSData = @{
            Tags       = @('Python', 'pip', 'PEP668', 'venv', 'externally-managed-environment', 'Linux', 'MacOS', 'Windows')
            LicenseUri = 'https://opensource.org/license/mit'
        }
    }
}
