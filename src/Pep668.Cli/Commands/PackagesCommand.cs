using System.CommandLine;
using Pep668.Machines;
using Pep668.Packages;
using Pep668.Requirements;

namespace Pep668.Cli.Commands;

/// <summary><c>pep668 packages</c>: the companion's <c>Get-PythonPackage</c>.</summary>
internal static class PackagesCommand
{
    internal static Command Create(Machine machine, Output output)
    {
        var environment = new EnvironmentArgument();
        var path = new Option<string[]>("--path")
        {
            Description = "Specifies a folder of packages, such as a site-packages without its Python, instead of an environment.",
            HelpName = "folder",
        };
        var name = new Option<string[]>("--name")
        {
            Description = "Specifies the name of a package. Other packages are not listed.",
            HelpName = "name",
        };
        Option<bool> json = CompanionOptions.Switch("--json", "Prints a JSON array instead of a table."),
            verbose = CompanionOptions.Verbose();
        Option<string?> root = EnvironmentArgument.Root();
        var command = new CompanionCommand("packages",
            "Lists the packages that an environment can import, and the distro packages that own them.",
            new("packages", "Lists the packages of the environment that is used in this folder."),
            new("packages /usr/bin/python3 --json", "Prints the packages of the system's Python as JSON."),
            new("packages --path /usr/local/lib/python3.9/dist-packages", "Lists packages that an older Python left behind."))
        {
            environment.Argument, environment.Option, path, name, json, root, verbose,
        };
        command.Validators.Add(environment.RefuseBoth);
        command.Validators.Add(given =>
        {
            if (given.GetResult(path) is { Implicit: false } && environment.IsGiven(given))
            {
                given.AddError(CompanionMessages.EnvironmentAndPath());
            }
        });
        command.SetAction(result =>
        {
            if (EnvironmentArgument.MachineUnder(machine, result.GetValue(root), verified: null, output,
                out int code) is not Machine looked)
            {
                return code;
            }
            var list = new PackageList(looked, output, result.GetValue(verbose));
            if (result.GetValue(path) is { Length: > 0 } folders)
            {
                list.AddFolders(folders);
            }
            else if (!list.AddEnvironment(environment.Text(result)))
            {
                return list.Code;
            }
            list.Show(result.GetValue(name) ?? [], result.GetValue(json));
            return list.Code;
        });
        return command;
    }

    // The packages of all places that were named, and the exit code so far.
    private sealed class PackageList(Machine machine, Output output, bool isVerbose)
    {
        private readonly List<PythonPackage> _packages = [];
        private readonly List<string> _places = [];
        private int _code = ExitCodes.Done;

        internal int Code => _code;

        internal void AddFolders(IEnumerable<string> folders)
        {
            foreach (string folder in folders.Select(machine.Absolute))
            {
                Add(InstalledPackages.Read(machine, folder), folder);
            }
        }

        internal bool AddEnvironment(string? text)
        {
            if (EnvironmentArgument.Resolve(machine, text, isVerbose, output, out _code) is not PythonEnvironment found)
            {
                return false;
            }
            Add(InstalledPackages.Read(machine, found), found.Prefix);
            return true;
        }

        internal void Show(string[] names, bool asJson)
        {
            IReadOnlyList<PythonPackage> shown = Named(_packages, _places, names, output, ref _code);
            if (asJson)
            {
                output.Json(shown, Output.Contract.IReadOnlyListPythonPackage);
            }
            else if (shown.Count > 0)
            {
                PackagesCommand.Show(shown, output, machine.Home);
            }
            else if (_code == ExitCodes.Done)
            {
                output.Note(CompanionMessages.NoPackages());
            }
        }

        private void Add(Outcome<IReadOnlyList<PythonPackage>> outcome, string place)
        {
            output.Explain(outcome, isVerbose);
            if (outcome.TryGet(out IReadOnlyList<PythonPackage>? packages, out Failure? failure))
            {
                _packages.AddRange(packages);
                _places.Add(place);
            }
            else
            {
                _code = output.Fail(failure);
            }
        }
    }

    private static List<PythonPackage> Named(
        List<PythonPackage> packages, List<string> places, string[] names, Output output, ref int code)
    {
        if (names.Length == 0)
        {
            return packages;
        }
        string[] wanted = [.. names.Select(NormalizedName.Normalize)];
        List<PythonPackage> shown = [.. packages.Where(one => wanted.Contains(NormalizedName.Normalize(one.Name)))];
        HashSet<string> found = [.. shown.Select(one => NormalizedName.Normalize(one.Name))];
        foreach (string name in names.Where(name => places.Count > 0 && !found.Contains(NormalizedName.Normalize(name))))
        {
            code = output.Fail(InstalledMessages.NotInstalled(name, places));
        }
        return shown;
    }

    // A column without a value is left out: with all of them, the names of distro packages do not fit 80 columns.
    private static void Show(IReadOnlyList<PythonPackage> packages, Output output, string? home)
    {
        string[][] lines = [["Name", "Version", "Installer", "DistroPackage", "Shadowed", "Location"], .. packages.Select(Row)];
        int[] columns = [.. Enumerable.Range(0, lines[0].Length).Where(column => lines.Skip(1).Any(line => line[column].Length > 0))];
        lines = [.. lines.Select(line => (string[])[.. columns.Select(column => line[column])])];
        output.PathTable(lines[0], lines[1..], home);
    }

    private static string[] Row(PythonPackage one) =>
        [one.Name, one.Version ?? "", one.Installer ?? "", one.DistroPackage ?? "", one.ShadowedBy is null ? "" : "yes", one.Location];
}
