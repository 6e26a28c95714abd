using System.Globalization;
using System.Management.Automation;
using Pep668.Machines;
using Pep668.Pip.Policy;
using Pep668.PowerShell.Binding;

namespace Pep668.PowerShell.Commands;

/// <summary><c>Get-PythonInstallAdvice</c>: gets the recommended ways to install packages on this machine, as commands
/// that are ready to run. It changes nothing.</summary>
[Cmdlet(VerbsCommon.Get, "PythonInstallAdvice", DefaultParameterSetName = ParameterSets.Environment)]
[OutputType(typeof(PythonInstallAdvice))]
public sealed class GetPythonInstallAdviceCommand : EnvironmentCommand
{
    /// <summary>Specifies the packages: requirements of PEP 508 (<c>'requests[socks]>=2.31'</c>).</summary>
    [Parameter(Position = 0, Mandatory = true)]
    [ValidateText]
    public string[] Package { get; set; } = [];

    /// <summary>Specifies what the packages are wanted for. Without it, the ways for code in this folder, for scripts
    /// of the system and for applications are all listed.</summary>
    [Parameter]
    public InstallPurpose? Purpose { get; set; }

    /// <summary>Specifies the environment in which they would be installed.</summary>
    [Parameter(ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ParameterSets.Environment)]
    [AllowEmptyString]
    [AllowNull]
    [ArgumentCompleter(typeof(Completion.EnvironmentCompleter))]
    public override PSObject?[]? Environment { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => ProcessEnvironments();

    /// <inheritdoc/>
    private protected override void Process(Machine machine, PythonEnvironment environment)
    {
        if (Accept(RequestAdvice.Advise(machine, Package, environment, Purpose, CultureInfo.CurrentUICulture.Name))
            is IReadOnlyList<PythonInstallAdvice> advice)
        {
            WriteObject(advice, enumerateCollection: true);
        }
    }
}
