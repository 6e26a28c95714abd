using System.Management.Automation;
using Pep668.Discovery;
using Pep668.Discovery.Resolution;
using Pep668.Machines;
using Pep668.Pip.Requests;

namespace Pep668.PowerShell.Binding;

/// <content>What comes from the pipeline. It is collected, since the packages of one environment are one run.</content>
public abstract partial class PipRequestCommand
{
    // In the place of an environment that was not given.
    private static readonly PSObject Implied = new();

    private readonly List<(PipedInput Input, PSObject?[]? Environments)> _piped = [];
    private bool _hasEnvironment;
    private readonly Dictionary<object, (Machine Machine, PythonEnvironment Environment)?> _resolved = [];
    private IReadOnlyList<string> _pipedPackages = [];

    /// <summary>
    /// Specifies environments, packages, results of <c>Invoke-PipInstall</c> and <c>Invoke-PipUninstall</c>, or text: a
    /// requirement, or an environment if the packages are given as parameters.
    /// </summary>
    [Parameter(ValueFromPipeline = true)]
    [AllowEmptyString]
    [AllowNull]
    public PSObject?[]? InputObject { get; set; }

    /// <summary>Specifies the packages.</summary>
    public abstract string[] Package { get; set; }

    /// <summary>Whether the packages are given as parameters.</summary>
    private protected virtual bool HasPackages => MyInvocation.BoundParameters.ContainsKey(nameof(Package));

    /// <summary>The packages that are given as parameters and by the pipeline.</summary>
    private protected string[] Packages => [.. Package, .. _pipedPackages];

    /// <summary>What the cmdlet does.</summary>
    private protected abstract PipAction Action { get; }

    /// <summary>An installed package as an argument of pip.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="version">Its version; null if it is not known.</param>
    private protected abstract string Argument(string name, string? version);

    /// <inheritdoc/>
    // What the pipeline binds is added to the bound parameters later, and stays there.
    protected override void BeginProcessing() => _hasEnvironment = MyInvocation.BoundParameters.ContainsKey(nameof(Environment));

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (!MyInvocation.BoundParameters.ContainsKey(nameof(InputObject)))
        {
            ProcessEnvironments();
            return;
        }
        foreach (PSObject? given in InputObject ?? [null])
        {
            var input = PipedInput.Read(given, HasPackages);
            Failure? failure = input.Failure ?? NotAPackage(input);
            if (failure is null)
            {
                _piped.Add((input, _hasEnvironment ? Environment ?? [null] : input.OwnEnvironment is PSObject own ? [own] : Environment));
            }
            else
            {
                Report(failure);
            }
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        PSObject[] targets = [.. _piped.Select(one => one.Input.Environment).OfType<PSObject>()];
        if (targets.Length == _piped.Count)
        {
            foreach (PSObject target in targets)
            {
                if (Find(target) is (Machine machine, PythonEnvironment environment))
                {
                    Process(machine, environment);
                }
            }
            return;
        }
        var runs = new Dictionary<PythonEnvironment, (Machine Machine, List<string> Packages)>();
        foreach ((PipedInput input, PSObject?[]? environments) in _piped.Where(one => one.Input.Environment is null))
        {
            foreach (PSObject? given in environments ?? (targets.Length > 0 ? targets : [Implied]))
            {
                if (Find(given) is not (Machine machine, PythonEnvironment environment))
                {
                    continue;
                }
                if (!runs.TryGetValue(environment, out (Machine Machine, List<string> Packages) run))
                {
                    runs[environment] = run = (machine, []);
                }
                run.Packages.Add(input.Requirement ?? Argument(input.Name!, input.Version));
            }
        }
        foreach ((PythonEnvironment environment, (Machine machine, List<string> packages)) in runs)
        {
            _pipedPackages = packages;
            Process(machine, environment);
        }
    }

    // The name of an environment in this folder, piped without the packages to install, must not become the name of a
    // package.
    private Failure? NotAPackage(PipedInput input) =>
        input.Requirement is string text && PipTarget.IsVirtualEnvironment(text, CurrentMachine())
            ? RequestMessages.IsVirtualEnvironment(text, Action, null)
            : null;

    // Each environment once, so that an error is written once.
    private (Machine Machine, PythonEnvironment Environment)? Find(PSObject? given)
    {
        // All custom objects have one and the same base object.
        object key = given is null ? "" : given.BaseObject is PSCustomObject ? given : given.BaseObject;
        if (!_resolved.TryGetValue(key, out (Machine, PythonEnvironment)? found))
        {
            var here = new EnvironmentResolver(new EnvironmentCatalog(CurrentMachine()));
            (Machine machine, Outcome<PythonEnvironment> resolution) = ReferenceEquals(given, Implied)
                ? (here.Machine, here.Implied())
                : Resolve(given, here, (resolver, text) => resolver.Resolve(text));
            found = Accept(resolution) is PythonEnvironment environment ? (machine, environment) : null;
            _resolved[key] = found;
        }
        return found;
    }
}
