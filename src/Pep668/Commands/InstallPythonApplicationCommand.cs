using System.Management.Automation;
using Pep668.Discovery;
using Pep668.Discovery.Resolution;
using Pep668.Machines;
using Pep668.Pip.Applications;
using Pep668.PowerShell.Binding;
using Pep668.PowerShell.Completion;

namespace Pep668.PowerShell.Commands;

/// <summary><c>Install-PythonApplication</c>: installs applications with pipx or <c>uv tool</c>, each in its own
/// environment.</summary>
[Cmdlet(VerbsLifecycle.Install, "PythonApplication", SupportsShouldProcess = true)]
[OutputType(typeof(PythonApplication))]
public sealed class InstallPythonApplicationCommand : ApplicationCommand
{
    private PythonEnvironment? _python;

    /// <summary>Specifies what is installed: requirements, paths of projects or wheels, URLs, or objects of
    /// <c>Get-PythonApplication</c>, which are installed by name.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ValidateText]
    public PSObject[] Package { get; set; } = [];

    /// <summary>Specifies the program that installs: <c>Pipx</c> or <c>Uv</c>. With the default, <c>Auto</c>, it is the
    /// one that has the application already, else pipx, and without it uv.</summary>
    [Parameter]
    public PythonApplicationInstaller Installer { get; set; }

    /// <summary>Specifies the Python of the application: an environment, a path, a name, a version or a
    /// specifier.</summary>
    // Not typed, for the same reason as -Environment.
    [Parameter]
    [ArgumentCompleter(typeof(Completion.EnvironmentCompleter))]
    public PSObject? Python { get; set; }

    /// <summary>Indicates that an existing application, and commands of the same names, are replaced.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (MyInvocation.BoundParameters.ContainsKey(nameof(Python)) && _python is null && (_python = FindPython()) is null)
        {
            return;
        }
        foreach (PSObject given in Package)
        {
            string? package = given.BaseObject is FileSystemInfo item ? item.FullName : NameOf(given, out _);
            if (package is not null)
            {
                Machine machine = CurrentMachine();
                Run(machine, new ApplicationPlanner(machine).Install(package, Installer, _python, Force));
            }
        }
    }

    private PythonEnvironment? FindPython() => Accept(Resolve(
        Python, new EnvironmentResolver(new EnvironmentCatalog(CurrentMachine())), (rules, text) => rules.ResolveBase(text)).Resolution);
}
