using System.Globalization;
using System.Management.Automation;
using Pep668.Machines;
using Pep668.Markers;
using Pep668.PowerShell.Binding;

namespace Pep668.PowerShell.Commands;

/// <summary>
/// <c>Get-ExternallyManagedMarker</c>: what a distributor says in an <c>EXTERNALLY-MANAGED</c> file. An environment
/// that is not managed has none, and gives nothing.
/// </summary>
[Cmdlet(VerbsCommon.Get, "ExternallyManagedMarker", DefaultParameterSetName = ParameterSets.Environment,
    HelpUri = "https://peps.python.org/pep-0668/")]
[OutputType(typeof(ExternallyManagedMarker))]
public sealed class GetExternallyManagedMarkerCommand : EnvironmentCommand
{
    /// <summary>Marker files to read, wherever they are; taken as they are, without wildcards.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ParameterSets.LiteralPath)]
    [Alias("PSPath")]
    [AllowEmptyString]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>
    /// The language to ask for, taken as it is (<c>de_DE</c>); <c>''</c> asks for the text that is not translated. Not
    /// given: that of the session, from <c>LC_ALL</c>, <c>LC_MESSAGES</c>, <c>LANG</c>, else the UI culture.
    /// </summary>
    [Parameter]
    [AllowEmptyString]
    public string? Language { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName is not ParameterSets.LiteralPath)
        {
            ProcessEnvironments();
            return;
        }
        foreach (string given in LiteralPath)
        {
            FileTree files = FileTree.Host;
            string? path = FilePathOf(given, out string problem);
            if (path is null || !files.IsFile(path))
            {
                Report(new Failure(FailureId.InvalidMarker, path is null ? problem : $"'{given}' is not a file.", given,
                    "Get-PythonEnvironment -ExternallyManaged | Get-ExternallyManagedMarker"));
                continue;
            }
            WriteObject(EnvironmentMarker.ReadFile(files, path, Wanted(null)));
        }
    }

    /// <inheritdoc/>
    private protected override void Process(Machine machine, PythonEnvironment environment)
    {
        if (EnvironmentMarker.Read(machine.Files, environment, Wanted(environment)) is ExternallyManagedMarker marker)
        {
            WriteObject(marker);
        }
        else
        {
            WriteVerbose($"{environment.Executable} is not externally managed: it has no marker.");
        }
    }

    private MarkerLanguage Wanted(PythonEnvironment? environment) =>
        MyInvocation.BoundParameters.ContainsKey(nameof(Language))
            ? MarkerLanguage.Verbatim(Language ?? "")
            : EnvironmentMarker.LanguageOf(CurrentMachine(), CultureInfo.CurrentUICulture.Name, environment);
}
