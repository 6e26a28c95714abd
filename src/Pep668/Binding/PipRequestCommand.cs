using System.Management.Automation;
using Pep668.Machines;
using Pep668.Pip.Requests;

namespace Pep668.PowerShell.Binding;

/// <summary>A cmdlet that reads a request to pip from its parameters and from the pipeline.</summary>
public abstract partial class PipRequestCommand : EnvironmentCommand
{
    private readonly HashSet<PythonEnvironment> _done = [];

    /// <summary>
    /// Specifies the environment: an object, an existing path, a name, a version or specifier. The default is the
    /// active one, else the nearest <c>.venv</c> that belongs to you or root, else the default Python.
    /// </summary>
    // By name only: what comes by value may be packages.
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    [AllowNull]
    [ArgumentCompleter(typeof(Completion.EnvironmentCompleter))]
    public override PSObject?[]? Environment { get; set; }

    /// <summary>What the user typed.</summary>
    /// <param name="machine">The machine that the session is on.</param>
    private protected abstract PipInput Input(Machine machine);

    /// <summary>What needs no reading.</summary>
    private protected abstract PipRequest Rest(PythonEnvironment environment);

    /// <summary>Processes the request for one environment.</summary>
    /// <param name="machine">Where it is.</param>
    /// <param name="environment">The environment.</param>
    private protected abstract void ProcessRequest(Machine machine, PythonEnvironment environment);

    /// <inheritdoc/>
    private protected override void Process(Machine machine, PythonEnvironment environment)
    {
        ArgumentNullException.ThrowIfNull(machine);
        ArgumentNullException.ThrowIfNull(environment);
        // Several objects can be one environment: it is processed once.
        if (_done.Add(environment))
        {
            ProcessRequest(machine, environment);
        }
    }
}
