using System.CommandLine;
using Pep668.Discovery;
using Pep668.Environments;
using Pep668.Machines;

namespace Pep668.Cli;

/// <summary><c>pep668 list</c>: what <c>Get-PythonEnvironment</c> gives.</summary>
internal static class ListCommand
{
    internal static Command Create(Machine machine, Output output)
    {
        var paths = new Argument<string[]>("path") { Description = "Interpreters or folders of environments; none: all that are here.", Arity = ArgumentArity.ZeroOrMore };
        paths.Validators.Add(EnvironmentArgument.RefuseUnknownOptions);
        var json = new Option<bool>("--json") { Description = "A JSON array instead of a table." };
        var verify = new Option<bool>("--verify") { Description = "Run each interpreter and compare what it says with its files." };
        var root = new Option<string?>("--root") { Description = "A folder that stands for /, such as an unpacked image. Nothing in it is run.", HelpName = "folder" };
        var command = new Command("list", "List the Pythons and environments that are here, and which are externally managed.") { paths, json, verify, root };
        command.SetAction(result => Run(
            machine, output, result.GetValue(paths) ?? [], result.GetValue(json), result.GetValue(verify), result.GetValue(root)));
        return command;
    }

    private static int Run(Machine machine, Output output, string[] paths, bool json, bool verify, string? root)
    {
        if (EnvironmentArgument.MachineUnder(machine, root, verify, output, out int code) is not Machine looked)
        {
            return code;
        }
        var catalog = new EnvironmentCatalog(looked);
        var resolver = new EnvironmentResolver(catalog);
        var found = new List<PythonEnvironment>();
        foreach (string path in paths)
        {
            EnvironmentResolution resolution = resolver.Resolve(path);
            if (resolution.Failure is Failure failure)
            {
                code = output.Fail(failure);
            }
            else
            {
                found.Add(resolution.Environment!);
            }
        }
        if (paths.Length == 0)
        {
            found.AddRange(catalog.All.Order(resolver.Order));
        }
        if (verify)
        {
            code = Verify(looked, output, found, code);
        }
        if (json)
        {
            output.Json(found, Pep668Json.Default.IReadOnlyListPythonEnvironment);
        }
        else if (found.Count > 0)
        {
            output.Table(["Name", "Version", "Manager", "Managed", "Pip", "State", "Executable"], found.Select(Row));
            foreach (PythonEnvironment broken in found.Where(one => one.Problem is not null))
            {
                output.Note($"{broken.Executable}: {broken.Problem}");
            }
        }
        else if (paths.Length == 0)
        {
            output.Note("No Python was found.");
        }
        return code;
    }

    private static int Verify(Machine machine, Output output, List<PythonEnvironment> found, int code)
    {
        using var interruption = new Interruption();
        for (int index = 0; index < found.Count; index++)
        {
            EnvironmentVerification verification = EnvironmentVerifier.Verify(machine.Files, found[index], interruption.Token);
            // Ctrl-C at a prompt reaches the interpreter as well: that it ended is then no news of it.
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
        one.Name,
        (one.Implementation is "CPython" ? "" : one.Implementation + " ") + (one.Version ?? "?"),
        one.Manager.ToString(),
        one.IsExternallyManaged ? "yes" : "no",
        one.PipVersion ?? "-",
        one.Health == EnvironmentHealth.Broken ? "broken" : one.IsActive ? "active" : one.IsDefault ? "default" : "",
        one.Executable,
    ];
}
