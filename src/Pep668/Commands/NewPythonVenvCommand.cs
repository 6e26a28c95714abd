using System.Management.Automation;
using Pep668.Discovery;
using Pep668.Discovery.Resolution;
using Pep668.Machines;
using Pep668.PowerShell.Binding;
using Pep668.PowerShell.Completion;
using Pep668.Venvs.Creation;
using Pep668.Venvs.Seeding;

namespace Pep668.PowerShell.Commands;

/// <summary><c>New-PythonVenv</c>: makes a virtual environment, whole or not at all, without running anything but,
/// once, the compiler of pip's byte-code.</summary>
[Cmdlet(VerbsCommon.New, "PythonVenv", SupportsShouldProcess = true, HelpUri = "https://docs.python.org/3/library/venv.html")]
[OutputType(typeof(PythonEnvironment))]
public sealed class NewPythonVenvCommand : Pep668Command
{
    private readonly List<PSObject?> _given = [];

    /// <summary>Where: a folder that does not exist. Read literally, as the path of <c>New-Item</c> is.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = ".venv";

    /// <summary>From which Python: an environment, a path, a name, a version or specifier; a virtual environment stands
    /// for its base.</summary>
    // Not typed, for the same reason as -Environment.
    [Parameter(ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(Completion.EnvironmentCompleter))]
    public PSObject? Python { get; set; }

    /// <summary>The name for the prompt; not given, that of the folder.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Prompt { get; set; }

    /// <summary>It sees what is installed in its base.</summary>
    [Parameter]
    public SwitchParameter SystemSitePackages { get; set; }

    /// <summary>pip stays out.</summary>
    [Parameter]
    public SwitchParameter WithoutPip { get; set; }

    /// <summary>Replaces a virtual environment, or an empty folder, that exists.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Takes a sound environment that exists and fits.</summary>
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
            Report(new(FailureId.VenvNotWritten, $"No virtual environment can be made there: {problem}", Path, "New-PythonVenv .venv"));
            return;
        }
        var catalog = new EnvironmentCatalog(CurrentMachine());
        if (FromWhich(new EnvironmentResolver(catalog)) is not PythonEnvironment python)
        {
            return;
        }
        var builder = new VenvBuilder(catalog, SeedCache.For(catalog.Machine));
        Outcome<VenvPreparation> prepared = builder.Prepare(new(path, python)
        {
            Prompt = Prompt,
            SystemSitePackages = SystemSitePackages,
            WithoutPip = WithoutPip,
            Replace = Force,
            Reuse = ReuseExisting,
        });
        if (Accept(prepared) is VenvPreparation preparation && (preparation.Reused is not null || ShouldCreate(preparation.Request)))
        {
            Show(builder.Write(preparation, Stop));
        }
    }

    private PythonEnvironment? FromWhich(EnvironmentResolver resolver)
    {
        if (_given.Count == 0)
        {
            // A pipeline that brought nothing names no Python; it does not mean the default.
            return MyInvocation.ExpectingInput ? null : Accept(resolver.ResolveBase(null));
        }
        PythonEnvironment[] found = [.. _given.Select(
            one => Accept(Resolve(one, resolver, (rules, text) => rules.ResolveBase(text)).Resolution)).OfType<PythonEnvironment>()];
        if (found.Length < 2)
        {
            return found.FirstOrDefault();
        }
        PythonEnvironment best = found.OrderBy(one => one.IsVirtual).ThenBy(one => one, resolver.Order).First();
        WriteVerbose($"{found.Length} Pythons were given; the best is taken: {best}.");
        return best;
    }

    private bool ShouldCreate(VenvRequest request) =>
        ShouldProcess(request.Path, $"Create a virtual environment of Python {request.Python.Version} ({request.Python})");

    private void Show(Outcome<VenvResult> outcome)
    {
        if (Accept(outcome) is VenvResult made)
        {
            string prefix = made.Environment.Prefix;
            WriteVerbose(made.Changed ? $"Made {prefix}." : $"{prefix} is sound and fits; nothing was changed.");
            WriteObject(made.Environment);
        }
    }
}
