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
            Description = "Specifies a folder of packages, instead of an environment.",
            HelpName = "folder",
        };
        var name = new Option<string[]>("--name") { Description = "Specifies the name of a package.", HelpName = "name" };
        Option<bool> json = CompanionOptions.Switch("--json", "Prints a JSON array instead of a table."),
            verbose = CompanionOptions.Verbose();
        Option<string?> root = EnvironmentArgument.Root();
        var command = new CompanionCommand("packages", "Lists the packages that an environment can import, and the distro packages that own them.",
            new("packages", "Lists the packages of the environment that is used in this folder."),
            new("packages /usr/bin/python3 --json", "Prints the packages of the system's Python as JSON."),
            new("packages --path /usr/local/lib/python3.9/dist-packages", "Lists packages that an older Python left behind."))
        {
            environment.Argument, environment.Option, path, name, json, root, verbose,
        };
        command.Validators.Add(environment.RefuseBoth);
        command.SetAction(result =>
        {
            if (EnvironmentArgument.MachineUnder(machine, result.GetValue(root), verified: null, output,
                out int code) is not Machine looked)
            {
                return code;
            }
            var packages = new List<PythonPackage>();
            if (result.GetValue(path) is { Length: > 0 } folders)
            {
                foreach (string folder in folders)
                {
                    code = Add(InstalledPackages.Read(looked, looked.Absolute(folder)), code);
                }
            }
            else if (EnvironmentArgument.Resolve(looked, environment.Text(result), result.GetValue(verbose), output, out code)
                is PythonEnvironment found)
            {
                code = Add(InstalledPackages.Read(looked, found), code);
            }
            else
            {
                return code;
            }
            IReadOnlyList<PythonPackage> shown = Named(packages, result.GetValue(name) ?? [], output, ref code);
            if (result.GetValue(json))
            {
                output.Json(shown, Output.Contract.IReadOnlyListPythonPackage);
            }
            else if (shown.Count > 0)
            {
                output.PathTable(["Name", "Version", "Installer", "DistroPackage", "Shadowed", "Location"], shown.Select(Row), looked.Home);
            }
            return code;

            int Add(Outcome<IReadOnlyList<PythonPackage>> outcome, int before)
            {
                output.Explain(outcome, result.GetValue(verbose));
                packages.AddRange(outcome.OrNull() ?? []);
                return outcome.Failure is Failure failure ? output.Fail(failure) : before;
            }
        });
        return command;
    }

    private static List<PythonPackage> Named(List<PythonPackage> packages, string[] names, Output output, ref int code)
    {
        if (names.Length == 0)
        {
            return packages;
        }
        var shown = new List<PythonPackage>();
        foreach (string name in names)
        {
            string wanted = NormalizedName.Normalize(name);
            PythonPackage[] found =
                [.. packages.Where(one => string.Equals(NormalizedName.Normalize(one.Name), wanted, StringComparison.Ordinal))];
            if (found.Length == 0)
            {
                code = output.Fail(InstalledMessages.NotInstalled(name, packages.FirstOrDefault()?.Environment?.Prefix ?? "."));
            }
            shown.AddRange(found);
        }
        return shown;
    }

    private static string[] Row(PythonPackage one) =>
        [one.Name, one.Version ?? "", one.Installer ?? "", one.DistroPackage ?? "", one.ShadowedBy is null ? "" : "yes", one.Location];
}
