using System.Management.Automation;
using Pep668.Discovery;
using Pep668.Discovery.Resolution;
using Pep668.Machines;
using Pep668.PowerShell.Completion;

namespace Pep668.PowerShell.Binding;

/// <summary>A cmdlet that works on environments: <c>-Environment</c>, by value and from objects that have one, and what
/// it may mean.</summary>
public abstract class EnvironmentCommand : Pep668Command
{
    private Machine? _machine;

    /// <summary>
    /// An environment: an object, an existing path, a name, a version or specifier. Not given: the active one, else the
    /// nearest <c>.venv</c> upward that is yours or root's, else the default Python.
    /// </summary>
    // Not typed: a bare 3.10 must stay 3.10, and nothing may be converted into an environment.
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true,
        ParameterSetName = ParameterSets.Environment)]
    [AllowEmptyString]
    [AllowNull]
    [ArgumentCompleter(typeof(Completion.EnvironmentCompleter))]
    public virtual PSObject?[]? Environment { get; set; }

    /// <summary>The machine on which names, versions and "none given" are looked up; null when it was reported to be
    /// unusable.</summary>
    private protected virtual Machine? LookupMachine() => CurrentMachine();

    /// <summary>What to do with one environment.</summary>
    /// <param name="machine">Where it is.</param>
    /// <param name="environment">Its facts, read just now.</param>
    private protected abstract void Process(Machine machine, PythonEnvironment environment);

    /// <summary>Resolves what was given, or what is used when nothing is.</summary>
    private protected void ProcessEnvironments()
    {
        if (_machine is null && (_machine = LookupMachine()) is null)
        {
            return;
        }
        if (!MyInvocation.BoundParameters.ContainsKey(nameof(Environment)))
        {
            Finish(_machine, new EnvironmentResolver(new EnvironmentCatalog(_machine)).Implied());
            return;
        }
        foreach (PSObject? given in Environment ?? [null])
        {
            // Facts are those of the moment: each object that comes down the pipeline gets a look of its own.
            var here = new EnvironmentResolver(new EnvironmentCatalog(_machine));
            (Machine machine, Outcome<PythonEnvironment> resolution) = Resolve(given, here, (resolver, text) => resolver.Resolve(text));
            Finish(machine, resolution);
        }
    }

    private void Finish(Machine machine, Outcome<PythonEnvironment> resolution)
    {
        if (Accept(resolution) is PythonEnvironment environment)
        {
            Process(machine, environment);
        }
    }
}
