using System.Management.Automation;
using Pep668.Machines;
using Pep668.Pip.Requests;
using Pep668.PowerShell.Binding;

namespace Pep668.PowerShell.Commands;

/// <summary><c>Invoke-PipInstall</c>: installs with the real pip, or uv, where that is allowed, and says as objects
/// what changed.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "PipInstall", DefaultParameterSetName = ParameterSets.Environment, SupportsShouldProcess = true,
    HelpUri = "https://pip.pypa.io/en/stable/cli/pip_install/")]
[OutputType(typeof(PipInstallResult))]
public sealed class InvokePipInstallCommand : PipChangeCommand
{
    /// <summary>What to install: requirements of PEP 508 (<c>'requests[socks]>=2.31'</c>), paths of projects and
    /// wheels, URLs.</summary>
    [Parameter(Position = 0)]
    public string[] Package { get; set; } = [];

    /// <summary>Requirement files.</summary>
    [Parameter]
    public string[] Requirement { get; set; } = [];

    /// <summary>Constraint files.</summary>
    [Parameter]
    public string[] Constraint { get; set; } = [];

    /// <summary>Projects to install in place.</summary>
    [Parameter]
    public string[] Editable { get; set; } = [];

    /// <summary>Takes newer versions of what is there already.</summary>
    [Parameter]
    public SwitchParameter Upgrade { get; set; }

    /// <summary>The index, instead of the configured one.</summary>
    [Parameter]
    public string? IndexUrl { get; set; }

    /// <summary>Further indexes.</summary>
    [Parameter]
    public string[] ExtraIndexUrl { get; set; } = [];

    /// <summary>Asks no index.</summary>
    [Parameter]
    public SwitchParameter NoIndex { get; set; }

    /// <summary>Folders, files or pages with distributions.</summary>
    [Parameter]
    public string[] FindLinks { get; set; } = [];

    /// <summary>Says what would be done, and changes nothing.</summary>
    [Parameter]
    public SwitchParameter DryRun { get; set; }

    /// <summary>Which program does it: <c>Auto</c> is the environment's pip, else the one that its Python bundles, else
    /// uv.</summary>
    [Parameter]
    public PipInstaller Installer { get; set; }

    /// <summary>Everything else, as pip's (or uv's) own arguments.</summary>
    [Parameter]
    public string[] ArgumentList { get; set; } = [];

    private protected override PipInput Input(Machine machine) => new(PipAction.Install)
    {
        Packages = Package,
        Requirements = [.. Requirement.Select(OnDrive)],
        Constraints = [.. Constraint.Select(OnDrive)],
        Editables = Editable,
        FindLinks = [.. FindLinks.Select(OnDrive)],
    };

    private protected override PipRequest Rest(PythonEnvironment environment) => new(PipAction.Install, environment)
    {
        Upgrade = Upgrade,
        IndexUrl = IndexUrl,
        ExtraIndexUrls = ExtraIndexUrl,
        NoIndex = NoIndex,
        DryRun = DryRun,
        Installer = Installer,
        BreakSystemPackages = BreakSystemPackages,
        Arguments = ArgumentList,
    };

    // A path on one of PowerShell's drives; a URL stays one.
    private string OnDrive(string text) => text.Contains(':', StringComparison.Ordinal) && !text.Contains("://", StringComparison.Ordinal)
        ? FilePathOf(text, out _) ?? text : text;
}
