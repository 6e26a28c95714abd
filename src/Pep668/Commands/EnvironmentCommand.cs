using System.Management.Automation;
using Pep668.Discovery;
using Pep668.Environments;
using Pep668.Machines;

namespace Pep668.PowerShell.Commands;

/// <summary>A cmdlet that works on environments: <c>-Environment</c>, by value and from objects that have one, and what it may mean.</summary>
public abstract class EnvironmentCommand : Pep668Command
{
    private Machine? _machine;

    /// <summary>
    /// An environment: an object, an existing path, a name, a version or specifier. Not given: the active one, else the nearest <c>.venv</c> upward that is
    /// yours or root's, else the default Python.
    /// </summary>
    // Not typed: a bare 3.10 must stay 3.10, and nothing may be converted into an environment.
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = EnvironmentSet)]
    [AllowEmptyString]
    [AllowNull]
    [ArgumentCompleter(typeof(Completion.EnvironmentCompleter))]
    public PSObject?[]? Environment { get; set; }

    /// <summary>The parameter set of <see cref="Environment"/>.</summary>
    protected const string EnvironmentSet = "Environment";

    /// <summary>The machine on which names, versions and "none given" are looked up; null when it was reported to be unusable.</summary>
    protected virtual Machine? LookupMachine() => CurrentMachine();

    /// <summary>What to do with one environment.</summary>
    /// <param name="machine">Where it is.</param>
    /// <param name="environment">Its facts, read just now.</param>
    protected abstract void Process(Machine machine, PythonEnvironment environment);

    /// <summary>Resolves what was given, or what is meant when nothing is.</summary>
    protected void ProcessEnvironments()
    {
        if (_machine is null && (_machine = LookupMachine()) is null)
        {
            return;
        }
        if (!MyInvocation.BoundParameters.ContainsKey(nameof(Environment)))
        {
            EnvironmentCatalog here = LookAt(_machine);
            Finish(here, new EnvironmentResolver(here).Implied());
            return;
        }
        foreach (PSObject? given in Environment ?? [null])
        {
            (EnvironmentCatalog catalog, EnvironmentResolution resolution) = Resolve(given, mayHaveOne: true);
            Finish(catalog, resolution);
        }
    }

    // Facts are those of the moment, so each object that comes down the pipeline gets a look of its own; nobody here shows aliases or the default.
    private static EnvironmentCatalog LookAt(Machine machine) => new(machine) { Glances = true };

    private void Finish(EnvironmentCatalog catalog, EnvironmentResolution resolution)
    {
        if (Accept(resolution) is PythonEnvironment environment)
        {
            Process(catalog.Machine, environment);
        }
    }

    private (EnvironmentCatalog Catalog, EnvironmentResolution Resolution) Resolve(PSObject? given, bool mayHaveOne)
    {
        EnvironmentCatalog here = LookAt(_machine!);
        var resolver = new EnvironmentResolver(here);
        if (given is not null && GivenObject.Resolve(given, here, CurrentMachine()) is (EnvironmentCatalog, EnvironmentResolution) resolved)
        {
            return resolved;
        }
        // Text, and what PowerShell made of a bare 3.10 or 3.12.1: the object still knows how it was typed.
        if (given is null || GivenObject.IsPlain(given))
        {
            string text = given is null ? "" : LanguagePrimitives.ConvertTo<string>(given);
            // What has a colon may be on one of PowerShell's drives.
            return (here, here.Machine.Files.Root is null && text.Contains(':', StringComparison.Ordinal) && FilePathOf(text, out _) is string path
                ? resolver.AtPath(path)
                : ReadText(resolver, text, given?.BaseObject is double));
        }
        return mayHaveOne && given.Properties["Environment"]?.Value is object inner ? Resolve(PSObject.AsPSObject(inner), mayHaveOne: false)
            : (here, GivenObject.NoEnvironment(given));
    }

    private EnvironmentResolution ReadText(EnvironmentResolver resolver, string text, bool isNumber)
    {
        EnvironmentResolution resolution = resolver.Resolve(text);
        // In a list, and from an expression, a bare 3.10 has lost its last digit.
        return isNumber && resolution.Failure is { Id: FailureId.PythonNotFound } failure && resolver.Resolve(text + "0").Environment is not null
            ? resolution with
            {
                Failure = failure with
                {
                    Message = $"{failure.Message} To PowerShell {text}0 is the number {text}: put it in quotes.",
                    RecommendedAction = $"{MyInvocation.MyCommand.Name} '{text}0'",
                },
            }
            : resolution;
    }
}
