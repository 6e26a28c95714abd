using System.CommandLine;
using Pep668.Cli.Ansible;
using Pep668.Discovery;
using Pep668.Machines;

namespace Pep668.Cli;

/// <summary>One run of the program.</summary>
internal static class CompanionRun
{
    /// <summary>Runs a command line.</summary>
    /// <param name="current">Reads the machine.</param>
    /// <param name="results">stdout.</param>
    /// <param name="messages">stderr.</param>
    /// <param name="terminalWidth">Measures the terminal that shows stdout, in columns; null if stdout is not a
    /// terminal.</param>
    /// <param name="program">The path of the program.</param>
    /// <param name="args">Its arguments.</param>
    /// <returns>The exit code.</returns>
    internal static int Run(
        Func<Machine> current, TextWriter results, TextWriter messages, Func<int>? terminalWidth, string? program, string[] args)
    {
        var output = new Output(results, messages, terminalWidth);
        try
        {
            int code = Run(current(), output, results, messages, program, args);
            results.Flush();
            return code;
        }
        catch (OperationCanceledException)
        {
            return Interruption.ExitCode;
        }
        catch (CurrentFolderException error)
        {
            return output.Fail(DiscoveryMessages.NoCurrentFolder(error.Path));
        }
        catch (Exception error) when (Output.Cause(error) is FileNotFoundException or FileLoadException)
        {
            // A part of this program, which the runtime loads when it is needed.
            output.Note("pep668: " + CompanionMessages.NotLoaded(Output.Cause(error).Message.Split('\n')[0]));
            return ExitCodes.ToolFailed;
        }
        catch (Exception error) when (Output.IsLost(Output.Cause(error)))
        {
            // A reader that stops early (head) causes no exception here: .NET ignores it.
            output.Note("pep668: " + CompanionMessages.NotWritten(Output.Cause(error).Message));
            return ExitCodes.ToolFailed;
        }
    }

    private static int Run(
        Machine machine, Output output, TextWriter results, TextWriter messages, string? program, string[] args)
    {
        if (AnsibleProgram.IsModule(program, args, out AnsibleModule? module))
        {
            return AnsibleProgram.Run(machine, output, module, args[0]);
        }
        ParseResult parsed = CompanionCommands.Create(machine, output).Parse(args, CompanionCommands.Parser);
        string[] undecoded = [.. UndecodedInput.Find(args, machine.CurrentDirectory)];
        IReadOnlyList<string> errors = undecoded.Length > 0 ? undecoded : UsageErrors.Find(parsed, args);
        if (errors.Count == 0)
        {
            return parsed.Invoke(new InvocationConfiguration { Output = results, Error = messages, EnableDefaultExceptionHandler = false });
        }
        foreach (string error in errors)
        {
            output.Note("pep668: " + error);
        }
        output.Note(CompanionMessages.Usage(CompanionCommands.NameOf(parsed.CommandResult.Command)));
        return ExitCodes.BadInput;
    }
}
