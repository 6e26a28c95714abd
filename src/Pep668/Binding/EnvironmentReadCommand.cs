using System.Management.Automation;
using Pep668.PowerShell.Completion;

namespace Pep668.PowerShell.Binding;

/// <summary>A cmdlet that reads environments and changes nothing: <c>-Environment</c> accepts wildcards.</summary>
public abstract class EnvironmentReadCommand : EnvironmentCommand
{
    /// <summary>
    /// Specifies the environment: an object, an existing path, a name, a version or specifier, or a path or name with
    /// wildcards. The default is the active one, else the nearest <c>.venv</c> that belongs to you or root, else the
    /// default Python.
    /// </summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true,
        ParameterSetName = ParameterSets.Environment)]
    [AllowEmptyString]
    [AllowNull]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(Completion.EnvironmentCompleter))]
    public override PSObject?[]? Environment { get; set; }

    /// <inheritdoc/>
    private protected override bool AcceptsWildcards => true;
}
