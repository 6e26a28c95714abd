using Parameter = Pep668.ProductParameter;

namespace Pep668.Shells;

/// <summary>How a command and its parameters are called, in the module and in the companion. No other code has these
/// names as texts of commands.</summary>
/// <param name="Cmdlet">The cmdlet.</param>
/// <param name="Companion">The command of <c>pep668</c>; null if the companion does not have it.</param>
/// <param name="Parameters">The parameters that a remedy can use.</param>
internal sealed record ProductCommandNames(string Cmdlet, string? Companion, IReadOnlyList<ProductParameterNames> Parameters)
{
    private static readonly ProductParameterNames EnvironmentFirst = new(Parameter.Environment, null, "");

    private static readonly ProductParameterNames RootByName = new(Parameter.Root, "Root", "--root");

    private static readonly ProductParameterNames EnvironmentByName = new(Parameter.Environment, "Environment", "--environment");

    private static readonly ProductParameterNames ApplicationInstaller = new(Parameter.Installer, "Installer", "--installer");

    private static readonly IReadOnlyList<ProductParameterNames> Override =
    [
        EnvironmentByName, new(Parameter.BreakSystemPackages, "BreakSystemPackages", "--break-system-packages"),
        new(Parameter.Force, "Force", "--force"),
    ];

    private static readonly IReadOnlyList<ProductParameterNames> Request =
    [
        new(Parameter.Package, null, ""), new(Parameter.Requirement, "Requirement", "--requirement"),
        new(Parameter.Constraint, "Constraint", "--constraint"),
        new(Parameter.Editable, "Editable", "--editable"), new(Parameter.Upgrade, "Upgrade", "--upgrade"),
        new(Parameter.IndexUrl, "IndexUrl", "--index-url"),
        new(Parameter.ExtraIndexUrl, "ExtraIndexUrl", "--extra-index-url"), new(Parameter.NoIndex, "NoIndex", "--no-index"),
        new(Parameter.FindLinks, "FindLinks", "--find-links"),
        new(Parameter.Installer, "Installer", "--installer"), new(Parameter.ArgumentList, "ArgumentList", "--argument"),
    ];

    /// <summary>Every command.</summary>
    internal static IReadOnlyDictionary<ProductCommand, ProductCommandNames> All { get; } =
        new Dictionary<ProductCommand, ProductCommandNames>
        {
            [ProductCommand.ListEnvironments] = new("Get-PythonEnvironment", "list",
            [
                new(Parameter.Path, "LiteralPath", ""), RootByName, new(Parameter.Verify, "Verify", "--verify"),
                new(Parameter.Version, "Version", null) { IsFilter = true }, new(Parameter.Kind, "Kind", null) { IsFilter = true },
                new(Parameter.ExternallyManaged, "ExternallyManaged", null) { IsFilter = true },
            ]),
            [ProductCommand.TestManaged] = new("Test-ExternallyManaged", "check", [EnvironmentFirst, RootByName]),
            [ProductCommand.ReadMarker] = new("Get-ExternallyManagedMarker", "marker", [EnvironmentFirst]),
            [ProductCommand.CreateVenv] = new("New-PythonVenv", "venv",
            [
                new(Parameter.Path, null, ""), new(Parameter.Python, "Python", "--python"), new(Parameter.Prompt, "Prompt", "--prompt"),
                new(Parameter.SystemSitePackages, "SystemSitePackages", "--system-site-packages"),
                new(Parameter.WithoutPip, "WithoutPip", "--without-pip"),
                new(Parameter.Force, "Force", "--force"), new(Parameter.ReuseExisting, "ReuseExisting", "--reuse-existing"),
            ]),
            [ProductCommand.TestVenv] = new("Test-PythonVenv", null, [EnvironmentFirst]),
            [ProductCommand.RepairVenv] = new("Repair-PythonVenv", null, [EnvironmentFirst]),
            [ProductCommand.RemoveVenv] = new("Remove-PythonVenv", null, [EnvironmentFirst, new(Parameter.Force, "Force", null)]),
            [ProductCommand.EnterVenv] = new("Enter-PythonVenv", null, [EnvironmentFirst]),
            [ProductCommand.ExitVenv] = new("Exit-PythonVenv", null, []),
            [ProductCommand.Install] =
                new("Invoke-PipInstall", "install", [.. Request, new(Parameter.DryRun, "DryRun", "--dry-run"), .. Override]),
            [ProductCommand.Plan] = new("Get-PipInstallPlan", "plan",
                [.. Request, new(Parameter.AllowBuild, "AllowBuild", "--allow-build"), EnvironmentByName]),
            [ProductCommand.Uninstall] = new("Invoke-PipUninstall", "uninstall", [new(Parameter.Package, null, ""), .. Override]),
            [ProductCommand.ListPackages] = new("Get-PythonPackage", "packages", [EnvironmentFirst, RootByName]),
            [ProductCommand.FindConflicts] = new("Find-PythonPackageConflict", "conflicts", [EnvironmentFirst, RootByName]),
            [ProductCommand.Advise] = new("Get-PythonInstallAdvice", "advise", [new(Parameter.Package, null, ""), EnvironmentByName]),
            [ProductCommand.FindSystemPackage] = new("Find-SystemPythonPackage", null, [new(Parameter.Name, null, ""), RootByName]),
            [ProductCommand.ListOverrides] = new("Get-PipOverride", "overrides", [EnvironmentFirst, RootByName]),
            [ProductCommand.ListApplications] =
                new("Get-PythonApplication", "app list", [new(Parameter.Name, null, ""), ApplicationInstaller]),
            [ProductCommand.InstallApplication] = new("Install-PythonApplication", "app install",
            [
                new(Parameter.Package, null, ""), ApplicationInstaller, new(Parameter.Python, "Python", "--python"),
                new(Parameter.Force, "Force", "--force"),
            ]),
            [ProductCommand.UpdateApplication] =
                new("Update-PythonApplication", "app update", [new(Parameter.Name, null, ""), ApplicationInstaller]),
            [ProductCommand.UninstallApplication] =
                new("Uninstall-PythonApplication", "app uninstall", [new(Parameter.Name, null, ""), ApplicationInstaller]),
            [ProductCommand.FindOverrides] = new("Find-PipOverride", "lint", [new(Parameter.Path, "LiteralPath", "")]),
        };

    /// <summary>The names of a parameter; null if the command does not have it.</summary>
    internal ProductParameterNames? Find(ProductParameter parameter) => Parameters.FirstOrDefault(one => one.Parameter == parameter);
}

/// <summary>How one parameter is called.</summary>
/// <param name="Parameter">The parameter.</param>
/// <param name="Cmdlet">Its name without the dash; null if its values come first, without a name.</param>
/// <param name="Companion">The option; empty if its values are arguments; null if the companion does not have
/// it.</param>
internal sealed record ProductParameterNames(ProductParameter Parameter, string? Cmdlet, string? Companion)
{
    /// <summary>Whether a command without it shows more and changes nothing: it can be left out.</summary>
    internal bool IsFilter { get; init; }
}
