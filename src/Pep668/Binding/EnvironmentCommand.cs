using System.Management.Automation;
using Pep668.Discovery;
using Pep668.Discovery.Resolution;
using Pep668.Machines;
using Pep668.PowerShell.Completion;

namespace Pep668.PowerShell.Binding;

/// <summary>A cmdlet that works on environments: <c>-Environment</c>, by value and from objects with a property of that
/// name.</summary>
public abstract class EnvironmentCommand : Pep668Command
{
    private Machine? _machine;

    /// <summary>
    /// Specifies the environment: an object, an existing path, a name, a version or specifier. The default is the
    /// active one, else the nearest <c>.venv</c> that belongs to you or root, else the default Python.
    /// </summary>
    // Without a type: 3.10 without quotes must stay 3.10, and nothing may be converted into an environment.
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true,
        ParameterSetName = ParameterSets.Environment)]
    [AllowEmptyString]
    [AllowNull]
    [ArgumentCompleter(typeof(Completion.EnvironmentCompleter))]
    public virtual PSObject?[]? Environment { get; set; }

    /// <summary>The machine that is searched; null if that failed, which is then reported.</summary>
    private protected virtual Machine? LookupMachine() => CurrentMachine();

    /// <summary>Whether a text can be a pattern that several environments match. Commands that change an environment do
    /// not accept patterns.</summary>
    private protected virtual bool AcceptsWildcards => false;

    /// <summary>Resolves a text that was given.</summary>
    private protected virtual Outcome<PythonEnvironment> ResolveText(EnvironmentResolver resolver, string text)
    {
        ArgumentNullException.ThrowIfNull(resolver);
        return resolver.Resolve(text);
    }

    /// <summary>The outcome for what was given, with the errors of this command.</summary>
    /// <param name="machine">Where it was resolved.</param>
    /// <param name="resolution">An environment, or why it was not found.</param>
    private protected virtual Outcome<PythonEnvironment> Explain(Machine machine, Outcome<PythonEnvironment> resolution) => resolution;

    /// <summary>Processes one environment.</summary>
    /// <param name="machine">Where it is.</param>
    /// <param name="environment">Its facts, read just now.</param>
    private protected abstract void Process(Machine machine, PythonEnvironment environment);

    /// <summary>Resolves and processes the environments that were given, or the one that is used without a
    /// value.</summary>
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
            // Facts are those of the moment: each object from the pipeline is resolved with a new catalog.
            var here = new EnvironmentResolver(new EnvironmentCatalog(_machine));
            if (AcceptsWildcards && given?.BaseObject is string pattern && EnvironmentObject.RemoteComputer(given) is null
                && IsPattern(_machine, pattern))
            {
                foreach (PythonEnvironment match in Expand(here, pattern))
                {
                    Process(_machine, match);
                }
                continue;
            }
            (Machine machine, Outcome<PythonEnvironment> resolution) = Resolve(given, here, ResolveText);
            Finish(machine, Explain(machine, resolution));
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
