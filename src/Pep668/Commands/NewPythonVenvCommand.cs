using System.Management.Automation;
using Pep668.Discovery;
using Pep668.Discovery.Resolution;
using Pep668.Machines;
using Pep668.PowerShell.Binding;
using Pep668.PowerShell.Completion;
using Pep668.Venvs.Creation;
using Pep668.Venvs.Seeding;

namespace Pep668.PowerShell.Commands;

/// <summary><c>New-PythonVenv</c>: creates a virtual environment atomically. Only pip's byte-code is compiled by the
/// interpreter, once.</summary>
[Cmdlet(VerbsCommon.New, "PythonVenv", SupportsShouldProcess = true)]
[OutputType(typeof(PythonEnvironment))]
public sealed class NewPythonVenvCommand : Pep668Command
{
    private readonly List<PSObject?> _given = [];

    /// <summary>Specifies the folder of the environment. Wildcard characters are not expanded.</summary>
    [Parameter(Position = 0)]
    [ValidateText]
    public string Path { get; set; } = ".venv";

    /// <summary>Specifies the base Python: an environment, a path, a name, a version or a specifier. For a virtual
    /// environment, its base is used.</summary>
    // Not typed, for the same reason as -Environment.
    [Parameter(ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(Completion.EnvironmentCompleter))]
    public PSObject? Python { get; set; }

    /// <summary>Specifies the name in the prompt. <c>.</c> is the name of the current location. The default is the name
    /// of the environment's folder.</summary>
    [Parameter]
    [ValidateText]
    public string? Prompt { get; set; }

    /// <summary>Indicates that the environment can import the packages of its base Python.</summary>
    [Parameter]
    public SwitchParameter SystemSitePackages { get; set; }

    /// <summary>Indicates that pip is not installed.</summary>
    [Parameter]
    public SwitchParameter WithoutPip { get; set; }

    /// <summary>Indicates that an existing virtual environment is replaced.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Indicates that an existing environment that works and matches is returned.</summary>
    [Parameter]
    public SwitchParameter ReuseExisting { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (MyInvocation.BoundParameters.ContainsKey(nameof(Python)))
        {
            _given.Add(Python);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (FilePathOf(Path, out string problem) is not string path)
        {
            Report(VenvMessages.InvalidPath(Path, problem));
            return;
        }
        var catalog = new EnvironmentCatalog(CurrentMachine());
        if (FromWhich(new EnvironmentResolver(catalog) { DescribesFully = _given.Count > 1 }, path) is not PythonEnvironment python)
        {
            return;
        }
        var builder = new VenvBuilder(catalog, SeedCache.For(catalog.Machine));
        Outcome<VenvPreparation> prepared = builder.Prepare(new(path, python)
        {
            IsPythonGiven = _given.Count > 0,
            Prompt = Prompt,
            SystemSitePackages = SystemSitePackages,
            WithoutPip = WithoutPip,
            Replace = Force,
            Reuse = ReuseExisting,
        });
        if (Accept(prepared) is VenvPreparation preparation && (preparation.Reused is not null
            || ShouldProcess(preparation.Request.Path, VenvMessages.Action(preparation.Request.Python, preparation.Replaces))))
        {
            Show(builder.Write(preparation, Stop));
        }
    }

    private PythonEnvironment? FromWhich(EnvironmentResolver resolver, string path)
    {
        if (_given.Count == 0)
        {
            // An empty pipeline does not mean the default Python.
            return MyInvocation.ExpectingInput ? null : Accept(resolver.ImpliedBase(path));
        }
        PythonEnvironment[] found = [.. _given.Select(
            one => Accept(Resolve(one, resolver, (rules, text) => rules.ResolveBase(text)).Resolution)).OfType<PythonEnvironment>()];
        if (found.Length < 2)
        {
            return found.FirstOrDefault();
        }
        PythonEnvironment best = found.OrderBy(one => one.IsVirtual).ThenBy(one => one, resolver.Order).First();
        WriteVerbose(VenvMessages.Chosen(best, found.Length));
        return best;
    }

    private void Show(Outcome<VenvResult> outcome)
    {
        if (Accept(outcome) is VenvResult made)
        {
            WriteVerbose(made.Changed ? VenvMessages.Created(made.Environment) : VenvMessages.Reused(made.Environment));
            WriteObject(made.Environment);
        }
    }
}
