using System.Globalization;
using System.Management.Automation;
using Pep668.Environments;
using Pep668.Machines;
using Pep668.Markers;
using Pep668.PowerShell.Binding;
using Pep668.PowerShell.Errors;

namespace Pep668.PowerShell.Commands;

/// <summary>
/// <c>Get-ExternallyManagedMarker</c>: gets the distributor's message from an <c>EXTERNALLY-MANAGED</c> file. It
/// has no output for an environment that is not managed.
/// </summary>
[Cmdlet(VerbsCommon.Get, "ExternallyManagedMarker", DefaultParameterSetName = ParameterSets.Environment)]
[OutputType(typeof(ExternallyManagedMarker))]
public sealed class GetExternallyManagedMarkerCommand : EnvironmentReadCommand
{
    /// <summary>Specifies marker files, in any folder, without wildcards.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ParameterSets.LiteralPath)]
    [Alias("PSPath")]
    [AllowEmptyString]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>
    /// Specifies the language, exactly as in the marker (<c>de_DE</c>); <c>''</c> is the untranslated text. The default
    /// is the language of the session, from <c>LC_ALL</c>, <c>LC_MESSAGES</c>, <c>LANG</c>, else the UI culture.
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
                Report(path is null && !string.IsNullOrWhiteSpace(given) ? ModuleMessages.NoMarkerPath(given, problem)
                    : EnvironmentMessages.NoMarkerFile(given, path is null || files.Stat(path).Kind != FileKind.Missing));
                continue;
            }
            WriteObject(MarkerReader.ReadFile(files, path, Wanted(null)));
        }
    }

    /// <inheritdoc/>
    private protected override void Process(Machine machine, PythonEnvironment environment)
    {
        if (environment.StdLib is null && !environment.IsVirtual)
        {
            Report(EnvironmentMessages.NoMarkerFolder(environment));
        }
        else if (MarkerReader.Read(machine.Files, environment, Wanted(environment)) is ExternallyManagedMarker marker)
        {
            WriteObject(marker);
        }
        else
        {
            WriteVerbose(EnvironmentMessages.ManagedReason(environment));
        }
    }

    private MarkerLanguage Wanted(PythonEnvironment? environment) =>
        MyInvocation.BoundParameters.ContainsKey(nameof(Language))
            ? MarkerLanguage.Verbatim(Language ?? "")
            : MarkerReader.LanguageOf(CurrentMachine(), CultureInfo.CurrentUICulture.Name, environment);
}
