using System.CommandLine;
using System.Globalization;
using Pep668.Machines;
using Pep668.Markers;

namespace Pep668.Cli.Commands;

/// <summary><c>pep668 marker</c>: what <c>Get-ExternallyManagedMarker</c> gives.</summary>
internal static class MarkerCommand
{
    internal static Command Create(Machine machine, Output output)
    {
        Argument<string?> environment = EnvironmentArgument.Create();
        var file = new Option<string?>("--file") { Description = "A marker file to read, wherever it is.", HelpName = "path" };
        var language = new Option<string?>("--language")
        {
            Description = "The language to ask for (de_DE); '' for the untranslated text.",
            HelpName = "language",
        };
        var json = new Option<bool>("--json") { Description = "A JSON array of one, or of none." };
        var root = new Option<string?>("--root") { Description = "A folder that stands for /.", HelpName = "folder" };
        var command = new Command("marker", "What the distributor says in the EXTERNALLY-MANAGED file of an environment.")
        {
            environment, file, language, json, root,
        };
        command.SetAction(result =>
        {
            if (EnvironmentArgument.MachineUnder(machine, result.GetValue(root), verify: false, output, out int code) is not Machine looked)
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
                return output.Fail(new(FailureId.InvalidMarker, looked.Files.Stat(path).Kind == FileKind.Missing
                    ? $"'{path}' does not exist." : $"'{path}' is not a regular file.", path, "pep668 marker /usr/bin/python3"));
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
                output.Note($"({marker.Path}{(marker.Problem is null ? "" : ": " + marker.Problem)})");
            }
            else
            {
                output.Note($"{found} is not externally managed: it has no marker.");
            }
            return ExitCodes.Done;
        });
        return command;
    }
}
