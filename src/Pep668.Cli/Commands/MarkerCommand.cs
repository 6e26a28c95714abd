using System.CommandLine;
using System.Globalization;
using Pep668.Environments;
using Pep668.Machines;
using Pep668.Markers;

namespace Pep668.Cli.Commands;

/// <summary><c>pep668 marker</c>: the companion's <c>Get-ExternallyManagedMarker</c>.</summary>
internal static class MarkerCommand
{
    /// <summary>The option for the language, whose empty value is the untranslated text.</summary>
    internal const string LanguageOption = "--language";

    internal static Command Create(Machine machine, Output output)
    {
        var environment = new EnvironmentArgument();
        var file = new Option<string?>("--file") { Description = "Specifies a marker file in any folder.", HelpName = "path" };
        var language = new Option<string?>(LanguageOption)
        {
            Description = "Specifies the language, such as de_DE; '' is the untranslated text.",
            HelpName = "language",
        };
        Option<bool> json = CompanionOptions.Switch("--json", "Prints a JSON array, which is empty without a marker."),
            verbose = CompanionOptions.Verbose();
        Option<string?> root = EnvironmentArgument.Root();
        var command = new CompanionCommand("marker", "Prints the distributor's message from the EXTERNALLY-MANAGED file of an environment.",
            new("marker", "Prints the message of the environment that is used in this folder."),
            new("marker /usr/bin/python3 --language de_DE", "Prints the message of the system's Python in German."),
            new("marker --file ./EXTERNALLY-MANAGED", "Prints the message of a file that is not installed."))
        {
            environment.Argument, environment.Option, file, language, json, root, verbose,
        };
        command.Validators.Add(environment.RefuseBoth);
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
                found = EnvironmentArgument.Resolve(looked, environment.Text(result), result.GetValue(verbose), output, out code);
                if (found is null)
                {
                    return code;
                }
                if (found.StdLib is null && !found.IsVirtual)
                {
                    return output.Fail(EnvironmentMessages.NoMarkerFolder(found));
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
            Show(output, found, read is null ? [] : [read], result.GetValue(json));
            return ExitCodes.Done;
        });
        return command;
    }

    // Without an environment there is a file, which has a marker.
    private static void Show(Output output, PythonEnvironment? found, ExternallyManagedMarker[] markers, bool asJson)
    {
        if (asJson)
        {
            output.Json(markers, Output.Contract.IReadOnlyListExternallyManagedMarker);
        }
        else if (markers is [{ } marker])
        {
            output.Lines(marker.Message);
            output.Note(CompanionMessages.MarkerFile(marker.Path, marker.Problem));
        }
        else
        {
            output.Note(CompanionMessages.NoMarker(found!.Executable));
        }
    }
}
