using System.Collections;
using System.Management.Automation;
using Pep668.Discovery;
using Pep668.Environments;
using Pep668.Machines;

namespace Pep668.PowerShell.Commands;

/// <summary>A cmdlet that works on environments: <c>-Environment</c>, by value and from objects that have one, and what it may mean.</summary>
public abstract class EnvironmentCommand : Pep668Command
{
    private const string Deserialized = "Deserialized.";
    private const string ComputerName = "PSComputerName";

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
        if (given?.Properties[ComputerName]?.Value is object computer && !string.Equals(computer.ToString(), "localhost", StringComparison.OrdinalIgnoreCase))
        {
            return (here, Refused(FailureId.RemoteEnvironment, $"'{given}' is on {computer}, and what is there cannot be judged from here.",
                given, $"Invoke-Command -ComputerName {computer} -ScriptBlock {{ {MyInvocation.MyCommand.Name} }}"));
        }
        switch (given?.BaseObject)
        {
            case PythonEnvironment environment:
                return ReadAgain(here, environment.Executable, environment.Root);
            case FileSystemInfo item:
                return (here, resolver.AtPath(item.FullName));
            case PathInfo path:
                return (here, resolver.AtPath(path.ProviderPath));
            case IDictionary:
                return (here, Refused(FailureId.EnvironmentNotFound, "A hash table is not an environment, whatever it says.", given, "Get-PythonEnvironment"));
        }
        if (given?.TypeNames.Contains(Deserialized + typeof(PythonEnvironment).FullName) == true
            && given.Properties[nameof(PythonEnvironment.Executable)]?.Value is string executable)
        {
            return ReadAgain(here, executable, given.Properties[nameof(PythonEnvironment.Root)]?.Value as string);
        }
        // Text, and what PowerShell made of a bare 3.10 or 3.12.1: the object still knows how it was typed.
        if (given is null || given.BaseObject is string or Version || Type.GetTypeCode(given.BaseObject.GetType()) is not (TypeCode.Object or TypeCode.DBNull))
        {
            string text = given is null ? "" : LanguagePrimitives.ConvertTo<string>(given);
            // What has a colon may be on one of PowerShell's drives.
            return (here, here.Machine.Files.Root is null && text.Contains(':', StringComparison.Ordinal) && FilePathOf(text, out _) is string path
                ? resolver.AtPath(path)
                : ReadText(resolver, text, given?.BaseObject is double));
        }
        return mayHaveOne && given.Properties["Environment"]?.Value is object inner ? Resolve(PSObject.AsPSObject(inner), mayHaveOne: false)
            : (here, Refused(FailureId.EnvironmentNotFound, $"An object of type {given.TypeNames.FirstOrDefault()} is not an environment.", given, "Get-PythonEnvironment"));
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

    private (EnvironmentCatalog Catalog, EnvironmentResolution Resolution) ReadAgain(EnvironmentCatalog here, string executable, string? root)
    {
        EnvironmentCatalog there = string.Equals(root, here.Machine.Files.Root, StringComparison.Ordinal) ? here
            : LookAt(root is null ? CurrentMachine() : Machine.Under(root));
        return (there, new EnvironmentResolver(there).AtPath(there.Machine.Absolute(executable)));
    }

    private static EnvironmentResolution Refused(FailureId id, string message, object? target, string action) =>
        new(null, new Failure(id, message, target, action), []);
}
