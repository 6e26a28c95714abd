using System.Management.Automation;
using Pep668.Discovery;
using Pep668.Discovery.Resolution;
using Pep668.Environments;
using Pep668.Machines;
using Pep668.PowerShell.Binding;
using Pep668.PowerShell.Completion;
using Pep668.PowerShell.Errors;
using Pep668.Versions;

namespace Pep668.PowerShell.Commands;

/// <summary>
/// <c>Get-PythonEnvironment</c>: gets the Pythons and environments of a machine from their files. It runs nothing,
/// except with <c>-Verify</c>.
/// </summary>
[Cmdlet(VerbsCommon.Get, "PythonEnvironment", DefaultParameterSetName = ParameterSets.All)]
[OutputType(typeof(PythonEnvironment))]
public sealed partial class GetPythonEnvironmentCommand : Pep668Command
{
    private readonly HashSet<PythonEnvironment> _written = [];
    private Machine? _machine;
    private EnvironmentCatalog? _catalog;
    private EnvironmentResolver? _resolver;
    private PythonRequest? _request;

    /// <summary>Specifies interpreters or folders of environments, with wildcards. With <c>-Root</c>, the paths are
    /// inside the root and without wildcards.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ParameterSetName = ParameterSets.Path)]
    // Not of type string: an environment object must not become the path of its interpreter on this machine.
    [AllowEmptyString]
    [SupportsWildcards]
    public PSObject?[] Path { get; set; } = [];

    /// <summary>Specifies interpreters or folders of environments, without wildcards.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ParameterSets.LiteralPath)]
    [Alias("PSPath")]
    [AllowEmptyString]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Specifies commands on PATH, such as <c>pip</c>, whose environments are returned. Shims are
    /// followed.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ParameterSets.Command)]
    [ValidateText]
    public string[] Command { get; set; } = [];

    /// <summary>Specifies a version (<c>3.12</c>, <c>3.12.1</c>, <c>pypy3.9</c>) or a specifier
    /// (<c>'>=3.10'</c>).</summary>
    // Not of type string: 3.10 without quotes would be passed as 3.1.
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(Completion.VersionCompleter))]
    public PSObject? Version { get; set; }

    /// <summary>Specifies the managers that created the environments.</summary>
    [Parameter]
    public PythonManager[]? Manager { get; set; }

    /// <summary>Specifies the kinds of environments.</summary>
    [Parameter]
    public EnvironmentKind[]? Kind { get; set; }

    /// <summary>Indicates that only externally managed environments are returned; with
    /// <c>-ExternallyManaged:$false</c>, only the others.</summary>
    [Parameter]
    public SwitchParameter ExternallyManaged { get; set; }

    /// <summary>Specifies a folder that is used as <c>/</c>: an image, a chroot, a WSL distribution. No program in it
    /// is run.</summary>
    [Parameter]
    [ValidateText(AllowsEmpty = true)]
    public string? Root { get; set; }

    /// <summary>
    /// Indicates that each interpreter is run and its answer compared with its files. The interpreter executes its
    /// <c>.pth</c> files and <c>sitecustomize</c>.
    /// </summary>
    [Parameter]
    public SwitchParameter Verify { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (Verify && Root is not null)
        {
            Report(EnvironmentMessages.VerifyBelowRoot(Root, [.. Path.Select(TextOf), .. LiteralPath]));
            return;
        }
        if (Version is not null)
        {
            string text = LanguagePrimitives.ConvertTo<string>(Version);
            if (!PythonRequest.TryParse(text, out _request))
            {
                Report(ModuleMessages.InvalidVersion(text));
                return;
            }
        }
        _machine = MachineUnder(Root);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (_machine is null)
        {
            return;
        }
        // Facts are those of the moment: each object from the pipeline gets a new catalog.
        _catalog = new EnvironmentCatalog(_machine);
        EnvironmentResolver resolver = _resolver = new EnvironmentResolver(_catalog) { DescribesFully = true };
        if (Recurse || MyInvocation.BoundParameters.ContainsKey(nameof(Depth)))
        {
            WriteBelow(Folders());
            WarnOfProblems();
            return;
        }
        switch (ParameterSetName)
        {
            case ParameterSets.Path:
                Write([.. Path.SelectMany(path => AtPath(resolver, path))]);
                break;
            case ParameterSets.LiteralPath:
                Write([.. LiteralPath.SelectMany(path => AtLiteralPath(resolver, path))]);
                break;
            case ParameterSets.Command:
                Write([.. Command.Select(command => Accept(new CommandResolver(_catalog).Find(command))).OfType<PythonEnvironment>()]);
                break;
            default:
                Write([.. _catalog.Find(Manager).Order(resolver.Order)]);
                // A version that no Python has is missing; one that the other parameters exclude is not.
                if (_written.Count == 0 && _request is not null && EnvironmentResolver.Fitting(_catalog.All, _request).Length == 0)
                {
                    Report(resolver.NoVersion(_request.ToString()));
                }
                break;
        }
        WarnOfProblems();
    }

    // What could not be searched is missing in the results.
    private void WarnOfProblems()
    {
        foreach (Notice problem in _catalog!.Problems)
        {
            Warn(problem);
        }
    }

    private IEnumerable<PythonEnvironment> AtPath(EnvironmentResolver resolver, PSObject? given)
    {
        if (given is not null && (!EnvironmentObject.IsPlain(given) || EnvironmentObject.RemoteComputer(given) is not null))
        {
            Outcome<PythonEnvironment> resolution = Resolve(given, resolver, (rules, text) => rules.Resolve(text)).Resolution;
            // An item of a provider has its own path, without wildcards.
            return resolution.Failure is { Id: FailureId.EnvironmentNotFound } failure && ReferenceEquals(failure.Target, given)
                && given.Properties["PSPath"]?.Value is string literal
                ? AtLiteralPath(resolver, literal)
                : Accept(resolution) is PythonEnvironment environment ? [environment] : [];
        }
        string text = TextOf(given);
        return IsPattern(text)
            ? Expand(resolver, text)
            : Accept(ReadText(given, resolver, resolver.ResolveAll, path => OnlyOne(resolver.AtPath(path)))) ?? [];
    }

    private static Outcome<IReadOnlyList<PythonEnvironment>> OnlyOne(Outcome<PythonEnvironment> resolution) =>
        resolution.TryGet(out PythonEnvironment? found, out Failure? failure)
            ? Outcome.Success<IReadOnlyList<PythonEnvironment>>([found], resolution.Reasons) : failure;

    // On this machine a path with wildcards is a pattern even if a file has that name: -LiteralPath is for such files.
    private bool IsPattern(string text) => Root is null
        ? WildcardPattern.ContainsWildcardCharacters(text) && !PythonRequest.TryParse(text, out _)
        : IsPattern(_machine!, text);

    private IEnumerable<PythonEnvironment> AtLiteralPath(EnvironmentResolver resolver, string path)
    {
        if (string.IsNullOrWhiteSpace(path))
        {
            return Missing(DiscoveryMessages.Empty(path, resolver.Machine.Files.Root));
        }
        if (FullPathOf(path, Root, out string problem) is not string full)
        {
            return Missing(ModuleMessages.NoFilePath(path, problem));
        }
        Outcome<PythonEnvironment> resolution = resolver.AtPath(full);
        if (resolution.Failure is not null && _machine!.Files.LinkStat(full).Kind == FileKind.Missing
            && PythonRequest.TryParse(path, out _))
        {
            return Missing(ModuleMessages.VersionAsPath(path, full, Root));
        }
        return Accept(resolution) is PythonEnvironment environment ? [environment] : [];
    }

    private PythonEnvironment[] Missing(Failure failure)
    {
        Report(failure);
        return [];
    }

    private void Write(IReadOnlyList<PythonEnvironment> environments)
    {
        foreach (PythonEnvironment environment in _request is null ? environments : EnvironmentResolver.Fitting(environments, _request))
        {
            // One that was given twice is listed once.
            if (IsWanted(environment) && _written.Add(environment))
            {
                WriteObject(_resolver!.Marked(Verify ? Verified(environment) : environment));
            }
        }
    }

    private bool IsWanted(PythonEnvironment environment) =>
        (Manager is null || Manager.Contains(environment.Manager))
        && (Kind is null || Kind.Contains(environment.Kind))
        && (!MyInvocation.BoundParameters.ContainsKey(nameof(ExternallyManaged)) || environment.IsExternallyManaged == ExternallyManaged);

    private PythonEnvironment Verified(PythonEnvironment environment)
    {
        if (environment.Root is not null)
        {
            Report(EnvironmentMessages.VerifyBelowRoot(environment.Root, [environment.Executable]) with { Target = environment });
            return environment;
        }
        EnvironmentVerification verification;
        try
        {
            verification = EnvironmentVerifier.Verify(_machine!.Files, environment, Stop);
        }
        catch (OperationCanceledException)
        {
            throw new PipelineStoppedException();
        }
        foreach (string difference in verification.Differences)
        {
            Warn(EnvironmentMessages.Corrected(environment, difference));
        }
        if (verification.Failure is not null)
        {
            Report(verification.Failure);
        }
        return verification.Environment;
    }
}
