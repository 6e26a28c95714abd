using System.Management.Automation;
using Pep668.Machines;
using Pep668.Pip.Requests;

namespace Pep668.PowerShell.Binding;

/// <summary>A cmdlet that reads a request to install: the parameters of <c>Invoke-PipInstall</c> and
/// <c>Get-PipInstallPlan</c>.</summary>
public abstract class PipInstallRequestCommand : PipRequestCommand
{
    /// <summary>Specifies what to install: requirements of PEP 508 (<c>'requests[socks]>=2.31'</c>), paths of projects
    /// and wheels, URLs.</summary>
    [Parameter(Position = 0)]
    [ValidateText(AllowsEmpty = true)]
    public override string[] Package { get; set; } = [];

    /// <summary>Specifies requirements files.</summary>
    [Parameter]
    [ValidateText]
    public string[] Requirement { get; set; } = [];

    /// <summary>Specifies constraints files.</summary>
    [Parameter]
    [ValidateText]
    public string[] Constraint { get; set; } = [];

    /// <summary>Specifies projects to install in editable mode.</summary>
    [Parameter]
    [ValidateText]
    public string[] Editable { get; set; } = [];

    /// <summary>Indicates that newer versions of installed packages are installed.</summary>
    [Parameter]
    public SwitchParameter Upgrade { get; set; }

    /// <summary>Specifies the package index, instead of the configured one.</summary>
    [Parameter]
    [ValidateText]
    public string? IndexUrl { get; set; }

    /// <summary>Specifies further package indexes.</summary>
    [Parameter]
    [ValidateText]
    public string[] ExtraIndexUrl { get; set; } = [];

    /// <summary>Indicates that no package index is used.</summary>
    [Parameter]
    public SwitchParameter NoIndex { get; set; }

    /// <summary>Specifies folders, files or pages with distributions.</summary>
    [Parameter]
    [ValidateText]
    public string[] FindLinks { get; set; } = [];

    /// <summary>Specifies the program that installs: <c>Auto</c> is the environment's pip, else the one that its Python
    /// bundles, else uv.</summary>
    [Parameter]
    public PipInstaller Installer { get; set; }

    /// <summary>Specifies further arguments of pip or uv.</summary>
    [Parameter]
    [ValidateText]
    public string[] ArgumentList { get; set; } = [];

    private protected override bool HasPackages => base.HasPackages
        || MyInvocation.BoundParameters.ContainsKey(nameof(Requirement)) || MyInvocation.BoundParameters.ContainsKey(nameof(Editable));

    private protected override PipAction Action => PipAction.Install;

    private protected override string Argument(string name, string? version) =>
        Upgrade || version is null ? name : $"{name}=={version}";

    private protected override PipInput Input(Machine machine) => new(Action)
    {
        Packages = Packages,
        Requirements = [.. Requirement.Select(OnDrive)],
        Constraints = [.. Constraint.Select(OnDrive)],
        Editables = Editable,
        FindLinks = [.. FindLinks.Select(OnDrive)],
    };

    private protected override PipRequest Rest(PythonEnvironment environment) => new(Action, environment)
    {
        Upgrade = Upgrade,
        IndexUrl = IndexUrl,
        ExtraIndexUrls = ExtraIndexUrl,
        NoIndex = NoIndex,
        Installer = Installer,
        Arguments = ArgumentList,
    };

    // A path on one of PowerShell's drives; a URL stays one.
    private string OnDrive(string text) => text.Contains(':', StringComparison.Ordinal) && !text.Contains("://", StringComparison.Ordinal)
        ? FilePathOf(text, out _) ?? text : text;
}
