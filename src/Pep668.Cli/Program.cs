using System.CommandLine;
using System.Text;
using Pep668.Cli;
using Pep668.Cli.Commands;
using Pep668.Machines;

// Paths and markers are UTF-8, whatever the console's encoding is; no byte order mark, one flush at the end.
using var results = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false), 1 << 14);
using var messages = new StreamWriter(Console.OpenStandardError(), new UTF8Encoding(false)) { AutoFlush = true };

var root = new RootCommand(
    "Lists the Pythons on a machine, shows which of them accept installs, and creates a virtual environment when one does not: the "
        + "solution for pip's externally-managed-environment error (PEP 668).");
var output = new Output(results, messages);
Machine machine = Machine.Current();
root.Subcommands.Add(ListCommand.Create(machine, output));
root.Subcommands.Add(CheckCommand.Create(machine, output));
root.Subcommands.Add(MarkerCommand.Create(machine, output));
root.Subcommands.Add(VenvCommand.Create(machine, output));
root.Subcommands.Add(PipChangeCommands.Install(machine, output));
root.Subcommands.Add(PipChangeCommands.Uninstall(machine, output));
root.Subcommands.Add(OverridesCommand.Create(machine, output));

// An argument that begins with @ is a text, not the name of a file with more arguments.
ParseResult parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
if (parsed.Errors.Count > 0)
{
    foreach (var error in parsed.Errors)
    {
        output.Note("pep668: " + error.Message);
    }
    output.Note(CompanionMessages.Usage(parsed.CommandResult.Command is RootCommand ? null : parsed.CommandResult.Command.Name));
    return ExitCodes.BadInput;
}
try
{
    int code = parsed.Invoke(new InvocationConfiguration { Output = results, Error = messages, EnableDefaultExceptionHandler = false });
    results.Flush();
    return code;
}
catch (OperationCanceledException)
{
    return ExitCodes.Interrupted;
}
catch (Exception error) when (Output.IsLost(error))
{
    // A reader that stops early (head) causes no exception here: .NET ignores it.
    output.Note("pep668: " + CompanionMessages.NotWritten(error.Message));
    return ExitCodes.ToolFailed;
}
