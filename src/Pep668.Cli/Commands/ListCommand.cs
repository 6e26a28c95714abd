using System.CommandLine;
using System.Globalization;
using Pep668.Discovery;
using Pep668.Discovery.Resolution;
using Pep668.Environments;
using Pep668.Machines;

namespace Pep668.Cli.Commands;

/// <summary><c>pep668 list</c>: the companion's <c>Get-PythonEnvironment</c>.</summary>
internal static class ListCommand
{
    internal static Command Create(Machine machine, Output output)
    {
        var paths = new Argument<string[]>("path")
        {
            Description = "Specifies environments: paths, names, versions or specifiers. Default: all on this machine.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        Option<string[]> environments = EnvironmentArgument.CreateOption<string[]>("Specifies an environment, as the argument does.");
        Option<bool> json = CompanionOptions.Switch("--json", "Prints a JSON array instead of a table."),
            verify = CompanionOptions.Switch("--verify", "Runs each interpreter and compares its answer with its files."),
            recurse = CompanionOptions.Switch("--recurse",
                "Searches the folders for environments of any name; without a path, this folder.", "-r");
        Option<string?> root = EnvironmentArgument.Root();
        var depth = new Option<int?>("--depth")
        {
            Description = "Specifies how many levels of folders are searched; 0 is the content of the folder. Implies --recurse.",
            HelpName = "levels",
        };
        depth.Validators.Add(given =>
        {
            if (given.Tokens is not [var token] || !int.TryParse(token.Value, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            {
                given.AddError(CompanionMessages.InvalidDepth());
            }
        });
        var command = new CompanionCommand("list",
            "Lists the Pythons and environments on a machine and shows which of them are externally managed.",
            new("list", "Lists the Pythons and virtual environments on this machine."),
            new("list .venv 3.12", "Lists the environment in a folder, and the first Python 3.12."),
            new("list ~/projects --recurse", "Lists the environments below a folder, also broken ones."),
            new("list --json --root /mnt/image", "Prints the Pythons of an unpacked image as JSON."))
        {
            paths, environments, recurse, depth, json, verify, root,
        };
        command.SetAction(result =>
        {
            string[] given = [.. result.GetValue(paths) ?? [], .. result.GetValue(environments) ?? []];
            if (EnvironmentArgument.MachineUnder(machine, result.GetValue(root), result.GetValue(verify) ? given : null, output,
                out int code) is not Machine looked)
            {
                return code;
            }
            if (result.GetValue(verify) && TemporaryFolder.Problem() is string problem)
            {
                return output.Fail(EnvironmentMessages.NothingVerified(problem));
            }
            var catalog = new EnvironmentCatalog(looked);
            List<PythonEnvironment> found =
                result.GetValue(recurse) || result.GetValue(depth) is not null
                    ? Below(catalog, given.Length == 0 ? ["."] : given, result.GetValue(depth) ?? int.MaxValue, output, ref code)
                : given.Length > 0 ? Named(catalog, given, output, ref code)
                : [.. catalog.All.Order(new EnvironmentResolver(catalog).Order)];
            output.Notices(catalog.Problems);
            if (result.GetValue(verify))
            {
                code = Verify(looked, output, found, code);
            }
            Show(catalog, found, result.GetValue(json), output, code);
            return code;
        });
        return command;
    }

    private static List<PythonEnvironment> Named(EnvironmentCatalog catalog, string[] given, Output output, ref int code)
    {
        var resolver = new EnvironmentResolver(catalog) { DescribesFully = true };
        var found = new List<PythonEnvironment>();
        foreach (string text in given)
        {
            if (resolver.ResolveAll(text).TryGet(out IReadOnlyList<PythonEnvironment>? environments, out Failure? failure))
            {
                found.AddRange(environments);
            }
            else
            {
                code = output.Fail(failure);
            }
        }
        return [.. found.Distinct()];
    }

    private static List<PythonEnvironment> Below(
        EnvironmentCatalog catalog, string[] given, int depth, Output output, ref int code)
    {
        var folders = new List<string>();
        foreach (string path in given.Select(catalog.Machine.Absolute))
        {
            if (catalog.Machine.Files.IsDirectory(path))
            {
                folders.Add(path);
            }
            else
            {
                code = output.Fail(DiscoveryMessages.NoFolder(path, catalog.Machine.Files.LinkStat(path).Kind != FileKind.Missing));
            }
        }
        var unreadable = new List<string>();
        PythonEnvironment[] found = [.. catalog.Below(folders, depth, _ => { }, unreadable.Add, CancellationToken.None)];
        if (unreadable.Count > 0)
        {
            output.Notices([DiscoveryMessages.UnreadableFolders(unreadable)]);
        }
        return [.. found.OrderBy(one => one.Prefix, StringComparer.Ordinal)];
    }

    private static void Show(EnvironmentCatalog catalog, List<PythonEnvironment> found, bool json, Output output, int code)
    {
        if (json)
        {
            output.Json(found, Output.Contract.IReadOnlyListPythonEnvironment);
            return;
        }
        if (found.Count > 0)
        {
            var resolver = new EnvironmentResolver(catalog);
            output.PathTable([" ", "Name", "Version", "Manager", "Managed", "State", "Executable"],
                found.Select(one => Row(resolver.Marked(one))), catalog.Machine.Home);
        }
        else if (code == ExitCodes.Done)
        {
            output.Note(CompanionMessages.NothingFound());
        }
        foreach (PythonEnvironment broken in found.Where(one => one.Problem is not null))
        {
            output.Note(CompanionMessages.Problem(broken.Executable, broken.Problem!));
        }
    }

    private static int Verify(Machine machine, Output output, List<PythonEnvironment> found, int code)
    {
        using var interruption = new Interruption();
        for (int index = 0; index < found.Count; index++)
        {
            EnvironmentVerification verification = EnvironmentVerifier.Verify(machine.Files, found[index], interruption.Token);
            // Ctrl-C at a prompt also ends the interpreter, which is then not a failure of it.
            interruption.Token.ThrowIfCancellationRequested();
            found[index] = verification.Environment;
            if (verification.Failure is Failure failure)
            {
                code = output.Fail(failure);
            }
        }
        return code;
    }

    private static string[] Row(PythonEnvironment one) =>
    [
        EnvironmentState.Mark(one.IsImplied),
        one.Name,
        (one.Implementation is "CPython" ? "" : one.Implementation + " ") + (one.Version ?? "?"),
        one.Manager.ToString(),
        one.IsExternallyManaged ? "yes" : "no",
        one.State,
        one.Executable,
    ];
}
