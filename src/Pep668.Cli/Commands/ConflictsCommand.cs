using System.CommandLine;
using Pep668.Audit;
using Pep668.Discovery;
using Pep668.Machines;

namespace Pep668.Cli.Commands;

/// <summary><c>pep668 conflicts</c>: the companion's <c>Find-PythonPackageConflict</c>.</summary>
internal static class ConflictsCommand
{
    internal static Command Create(Machine machine, Output output)
    {
        var environment = new EnvironmentArgument();
        Option<bool> json = CompanionOptions.Switch("--json", "Prints a JSON array instead of a table."),
            verbose = CompanionOptions.Verbose();
        Option<string?> root = EnvironmentArgument.Root();
        var command = new CompanionCommand("conflicts", "Finds what past installs have broken; exits with 1 if it finds something.",
            new("conflicts", "Checks the Pythons of the system."),
            new("conflicts /usr/bin/python3 --json", "Prints the conflicts of one Python as JSON."),
            new("conflicts --root /mnt/image", "Checks an unpacked image."))
        {
            environment.Argument, environment.Option, json, root, verbose,
        };
        command.Validators.Add(environment.RefuseBoth);
        command.SetAction(result =>
        {
            if (EnvironmentArgument.MachineUnder(machine, result.GetValue(root), verified: null, output,
                out int code) is not Machine looked)
            {
                return code;
            }
            Outcome<IReadOnlyList<PythonPackageConflict>> outcome;
            if (environment.Text(result) is not string named)
            {
                outcome = ConflictFinder.Find(new EnvironmentCatalog(looked));
            }
            else if (EnvironmentArgument.Resolve(looked, named, result.GetValue(verbose), output, out code) is PythonEnvironment found)
            {
                outcome = ConflictFinder.Find(looked, found);
            }
            else
            {
                return code;
            }
            output.Explain(outcome, result.GetValue(verbose));
            if (!outcome.TryGet(out IReadOnlyList<PythonPackageConflict>? conflicts, out Failure? failure))
            {
                return output.Fail(failure);
            }
            if (result.GetValue(json))
            {
                output.Json(conflicts, Output.Contract.IReadOnlyListPythonPackageConflict);
            }
            else if (conflicts.Count > 0)
            {
                output.PathTable(["Kind", "Distribution", "Version", "DistroPackage", "Location"], conflicts.Select(Row), looked.Home);
                output.Recommend([.. conflicts.SelectMany(one => one.Remedies.Take(1)).DistinctBy(Output.Command, StringComparer.Ordinal)]);
            }
            else
            {
                output.Note(CompanionMessages.NoConflict());
            }
            return conflicts.Count > 0 ? ExitCodes.Findings : ExitCodes.Done;
        });
        return command;
    }

    private static string[] Row(PythonPackageConflict one) =>
        [one.Kind.ToString(), one.Distribution ?? "", one.Version ?? "", one.DistroPackage ?? "", one.Location];
}
