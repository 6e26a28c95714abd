using System.CommandLine;
using System.Globalization;
using Pep668.Environments;
using Pep668.Machines;
using Pep668.Markers;

namespace Pep668.Cli.Commands;

/// <summary><c>pep668 marker</c>: the companion's <c>Get-ExternallyManagedMarker</c>.</summary>
internal static class MarkerCommand
{
    internal static Command Create(Machine machine, Output output)
    {
        Argument<string?> environment = EnvironmentArgument.Create();
        var file = new Option<string?>("--file") { Description = "Specifies a marker file in any folder.", HelpName = "path" };
        var language = new Option<string?>("--language")
        {
            Description = "Specifies the language, such as de_DE; '' is the untranslated text.",
            HelpName = "language",
        };
        var json = new Option<bool>("--json") { Description = "Writes a JSON array, empty without a marker." };
        Option<string?> root = EnvironmentArgument.Root();
        var command = new Command("marker", "Shows the distributor's message from the EXTERNALLY-MANAGED file of an environment.")
        {
            environment, file, language, json, root,
        };
        command.SetAction(result =>
        {
            if (EnvironmentArgument.MachineUnder(machine, result.GetValue(root), verified: null, output,
                out int code) is not Machine looked)
            {
                return code;
            }
            PythonEnvironment? found = null;
            string? path = result.GetValue(file);
            if (path is null)
            {
                found = EnvironmentArgument.Resolve(looked, result.GetValue(environment), output, out code);
                if (found is null)
                {
                    return code;
                }
            }
            else if (!looked.Files.IsFile(path = looked.Absolute(path)))
            {
                return output.Fail(EnvironmentMessages.NoMarkerFile(path, looked.Files.Stat(path).Kind != FileKind.Missing,
                    looked.Files.Root));
            }
            MarkerLanguage wanted = result.GetValue(language) is string given ? MarkerLanguage.Verbatim(given)
                : MarkerReader.LanguageOf(machine, CultureInfo.CurrentUICulture.Name, found);
            ExternallyManagedMarker? read = found is not null ? MarkerReader.Read(looked.Files, found, wanted)
                : MarkerReader.ReadFile(looked.Files, path!, wanted);
            ExternallyManagedMarker[] markers = read is null ? [] : [read];
            if (result.GetValue(json))
            {
                output.Json(markers, Output.Contract.IReadOnlyListExternallyManagedMarker);
            }
            else if (markers is [{ } marker])
            {
                output.Line(marker.Message);
                output.Note(CompanionMessages.MarkerFile(marker.Path, marker.Problem));
            }
            else
            {
                output.Note(CompanionMessages.NoMarker(found!.Executable));
            }
            return ExitCodes.Done;
        });
        return command;
    }
}
