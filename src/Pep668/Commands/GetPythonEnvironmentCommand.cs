using System.Management.Automation;
using Pep668.Discovery;
using Pep668.Discovery.Resolution;
using Pep668.Environments;
using Pep668.Machines;
using Pep668.PowerShell.Binding;
using Pep668.PowerShell.Completion;
using Pep668.Versions;

namespace Pep668.PowerShell.Commands;

/// <summary>
/// <c>Get-PythonEnvironment</c>: which Pythons and environments are here, from their files. Nothing is run, unless
/// <c>-Verify</c> is given.
/// </summary>
[Cmdlet(VerbsCommon.Get, "PythonEnvironment", DefaultParameterSetName = ParameterSets.All)]
[OutputType(typeof(PythonEnvironment))]
public sealed partial class GetPythonEnvironmentCommand : Pep668Command
{
    private Machine? _machine;
    private EnvironmentCatalog? _catalog;
    private PythonRequest? _request;

    /// <summary>Interpreters or folders of environments, with wildcards. Below a root: paths as seen inside it, without
    /// wildcards.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ParameterSetName = ParameterSets.Path)]
    // Not typed as text: an environment object must not be taken for the path of its interpreter on this machine.
    [AllowEmptyString]
    [SupportsWildcards]
    public PSObject?[] Path { get; set; } = [];

    /// <summary>Interpreters or folders of environments, taken as they are.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ParameterSets.LiteralPath)]
    [Alias("PSPath")]
    [AllowEmptyString]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>The environment that a command on PATH works on: <c>-Command pip</c>. Shims are looked
    /// through.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ParameterSets.Command)]
    public string[] Command { get; set; } = [];

    /// <summary>Only those of a version (<c>3.12</c>, <c>3.12.1</c>, <c>pypy3.9</c>) or within a specifier
    /// (<c>'>=3.10'</c>).</summary>
    // Not typed as text: a bare 3.10 would arrive as 3.1.
    [Parameter]
    [ArgumentCompleter(typeof(Completion.VersionCompleter))]
    public PSObject? Version { get; set; }

    /// <summary>Only those that one of these made.</summary>
    [Parameter]
    public PythonManager[]? Manager { get; set; }

    /// <summary>Only those of these kinds.</summary>
    [Parameter]
    public EnvironmentKind[]? Kind { get; set; }

    /// <summary>Only those that are externally managed; <c>-ExternallyManaged:$false</c>, only those that are
    /// not.</summary>
    [Parameter]
    public SwitchParameter ExternallyManaged { get; set; }

    /// <summary>A folder that stands for <c>/</c>: an image, a chroot, a WSL distribution. Nothing in it is
    /// run.</summary>
    [Parameter]
    public string? Root { get; set; }

    /// <summary>
    /// Runs each interpreter and compares what it says with what its files say. Its <c>.pth</c> files and
    /// <c>sitecustomize</c> run with it.
    /// </summary>
    [Parameter]
    public SwitchParameter Verify { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (Verify && Root is not null)
        {
            Report(new Failure(FailureId.OfflineEnvironment, "Nothing below a root is run, so -Verify cannot be used with -Root.", Root,
                $"Get-PythonEnvironment -Root '{Root}'"));
            return;
        }
        if (Version is not null)
        {
            string text = LanguagePrimitives.ConvertTo<string>(Version);
            if (!PythonRequest.TryParse(text, out _request))
            {
                Report(new Failure(FailureId.InvalidVersion, $"'{text}' is no version and no version specifier.", text,
                    "Get-PythonEnvironment -Version '>=3.10'"));
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
        // Facts of the moment: one look at the machine for each object that comes down the pipeline.
        _catalog = new EnvironmentCatalog(_machine);
        var resolver = new EnvironmentResolver(_catalog) { DescribesFully = true };
        if (Recurse || MyInvocation.BoundParameters.ContainsKey(nameof(Depth)))
        {
            WriteBelow(Folders());
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
                IReadOnlyList<PythonEnvironment> written = Write([.. _catalog.Find(Manager).Order(resolver.Order)]);
                if (written.Count == 0 && _request is not null)
                {
                    Report(new Failure(FailureId.PythonNotFound, EnvironmentResolver.NoneFits(_catalog.All.Order(resolver.Order),
                        _request.ToString()), _request.ToString(), "Get-PythonEnvironment"));
                }
                break;
        }
    }

    private IEnumerable<PythonEnvironment> AtPath(EnvironmentResolver resolver, PSObject? given)
    {
        if (given is not null
            && EnvironmentObject.Resolve(given, resolver, CurrentMachine())
                is (Machine, Outcome<PythonEnvironment> resolution))
        {
            return Accept(resolution) is PythonEnvironment environment ? [environment] : [];
        }
        if (given is not null && !EnvironmentObject.IsPlain(given))
        {
            if (given.Properties["Environment"]?.Value is PythonEnvironment inner)
            {
                return AtPath(resolver, PSObject.AsPSObject(inner));
            }
            // What a provider gave knows its own path, without wildcards.
            if (given.Properties["PSPath"]?.Value is string literal)
            {
                return AtLiteralPath(resolver, literal);
            }
            Report(EnvironmentObject.NoEnvironment(given));
            return [];
        }
        string path = TextOf(given);
        if (!IsPattern(path))
        {
            return AtLiteralPath(resolver, path);
        }
        // A pattern means "those that are environments"; what else it matches is skipped.
        PythonEnvironment[] found =
        [
            .. Matches(path).Select(match => resolver.AtPath(match).OrNull()).OfType<PythonEnvironment>()
                .DistinctBy(one => one.Executable, StringComparer.Ordinal),
        ];
        if (found.Length == 0)
        {
            WriteVerbose($"'{path}' matches no environment.");
        }
        return found;
    }

    private static string TextOf(PSObject? given) => given is null ? "" : LanguagePrimitives.ConvertTo<string>(given);

    private bool IsPattern(string path) => Root is null && WildcardPattern.ContainsWildcardCharacters(path);

    private IReadOnlyList<string> Matches(string pattern)
    {
        string problem = $"'{pattern}' is not a path of the file system.";
        try
        {
            IReadOnlyList<string> matches = SessionState.Path.GetResolvedProviderPathFromPSPath(pattern, out ProviderInfo provider);
            if (IsFileSystem(provider))
            {
                return matches;
            }
        }
        catch (ItemNotFoundException)
        {
            // A pattern that matches nothing is no error.
            return [];
        }
        catch (SessionStateException error)
        {
            problem = error.Message;
        }
        Missing(pattern, problem, "Get-PSDrive -PSProvider FileSystem");
        return [];
    }

    private string? FullPathOf(string path, out string problem)
    {
        problem = "";
        return Root is not null ? System.IO.Path.GetFullPath(path, "/") : FilePathOf(path, out problem);
    }

    private IEnumerable<PythonEnvironment> AtLiteralPath(EnvironmentResolver resolver, string path)
    {
        if (string.IsNullOrWhiteSpace(path))
        {
            return Missing(path, "An empty text names no environment.", "Get-PythonEnvironment");
        }
        if (FullPathOf(path, out string problem) is not string full)
        {
            return Missing(path, problem, "Get-PSDrive -PSProvider FileSystem");
        }
        Outcome<PythonEnvironment> resolution = resolver.AtPath(full);
        if (resolution.Failure is not null && _machine!.Files.LinkStat(full).Kind == FileKind.Missing
            && PythonRequest.TryParse(path, out _))
        {
            return Missing(path, $"'{full}' does not exist. '{path}' looks like a version.", $"Get-PythonEnvironment -Version '{path}'");
        }
        return Accept(resolution) is PythonEnvironment environment ? [environment] : [];
    }

    private PythonEnvironment[] Missing(string target, string message, string action)
    {
        Report(new Failure(FailureId.EnvironmentNotFound, message, target, action));
        return [];
    }

    private List<PythonEnvironment> Write(IReadOnlyList<PythonEnvironment> environments)
    {
        var written = new List<PythonEnvironment>();
        foreach (PythonEnvironment environment in _request is null ? environments : EnvironmentResolver.Fitting(environments, _request))
        {
            if (IsWanted(environment))
            {
                PythonEnvironment shown = Verify ? Verified(environment) : environment;
                written.Add(shown);
                WriteObject(shown);
            }
        }
        return written;
    }

    private bool IsWanted(PythonEnvironment environment) =>
        (Manager is null || Manager.Contains(environment.Manager))
        && (Kind is null || Kind.Contains(environment.Kind))
        && (!MyInvocation.BoundParameters.ContainsKey(nameof(ExternallyManaged)) || environment.IsExternallyManaged == ExternallyManaged);

    private PythonEnvironment Verified(PythonEnvironment environment)
    {
        if (environment.Root is not null)
        {
            Report(
                new Failure(FailureId.OfflineEnvironment,
                    $"'{environment}' is below the root '{environment.Root}', and nothing there is run.", environment,
                    $"Get-PythonEnvironment -Root '{environment.Root}'"));
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
            WriteWarning($"{environment.Executable}: {difference}");
        }
        if (verification.Failure is not null)
        {
            Report(verification.Failure);
        }
        return verification.Environment;
    }
}
