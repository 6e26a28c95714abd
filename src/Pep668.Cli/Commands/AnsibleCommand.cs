using System.CommandLine;
using Pep668.Cli.Ansible;
using Pep668.Machines;

namespace Pep668.Cli.Commands;

/// <summary><c>pep668 ansible</c>: a module of Ansible without its transfer.</summary>
internal static class AnsibleCommand
{
    internal static Command Create(Machine machine, Output output)
    {
        string[] names = [.. AnsibleModule.All.Select(one => one.Name)];
        var module = new Argument<string>("module") { Description = $"Specifies the module: {string.Join(", ", names)}." };
        var file = new Argument<string?>("file")
        {
            Description = "Specifies a JSON file with the parameters of the module, instead of standard input.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var command = new CompanionCommand("ansible",
            "Runs a module of Ansible, as the collection pep668.pep668 does. The result is one JSON object.",
            new("ansible pep668_venv", "Creates or changes the environment that standard input describes."),
            new("ansible pep668_info parameters.json", "Prints the Pythons of the system, or the one that a file names."))
        {
            module, file,
        };
        command.Validators.Add(given =>
        {
            if (given.GetResult(module)?.Tokens is [var token, ..] && AnsibleModule.Find(token.Value) is null)
            {
                given.AddError(CompanionMessages.InvalidModule(names));
            }
        });
        command.SetAction(result =>
        {
            AnsibleModule? chosen = AnsibleModule.Find(result.GetValue(module)!);
            return result.GetValue(file) is string path
                ? AnsibleProgram.Run(machine, output, chosen, path)
                : AnsibleProgram.Run(machine, output, chosen, StandardInput.Read());
        });
        return command;
    }
}
