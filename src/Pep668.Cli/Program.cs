using System.CommandLine;
using System.Text;
using Pep668.Cli;
using Pep668.Cli.Ansible;
using Pep668.Discovery;
using Pep668.Machines;

// A console of Windows gets UTF-16, which it shows whatever its code page is; everything else gets UTF-8. No byte order
// mark, one flush at the end.
if (HostPlatform.IsWindows)
{
    Console.OutputEncoding = Encoding.Unicode;
}
using var results = new StreamWriter(Console.OpenStandardOutput(), EncodingOf(Console.IsOutputRedirected), 1 << 14);
using var messages = new StreamWriter(Console.OpenStandardError(), EncodingOf(Console.IsErrorRedirected)) { AutoFlush = true };

var output = new Output(results, messages, Console.IsOutputRedirected ? null : () => Console.WindowWidth);
try
{
    var machine = Machine.Current();
    if (AnsibleProgram.IsModule(Environment.ProcessPath, args, out AnsibleModule? module))
    {
        int result = AnsibleProgram.Run(machine, output, module, args[0]);
        results.Flush();
        return result;
    }
    ParseResult parsed = CompanionCommands.Create(machine, output).Parse(args, CompanionCommands.Parser);
    string[] undecoded = [.. UndecodedInput.Find(args, machine.CurrentDirectory)];
    IReadOnlyList<string> errors = undecoded.Length > 0 ? undecoded : UsageErrors.Find(parsed, args);
    if (errors.Count > 0)
    {
        foreach (string error in errors)
        {
            output.Note("pep668: " + error);
        }
        output.Note(CompanionMessages.Usage(CompanionCommands.NameOf(parsed.CommandResult.Command)));
        return ExitCodes.BadInput;
    }
    int code = parsed.Invoke(new InvocationConfiguration { Output = results, Error = messages, EnableDefaultExceptionHandler = false });
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

static Encoding EncodingOf(bool isRedirected) =>
    HostPlatform.IsWindows && !isRedirected ? new UnicodeEncoding(bigEndian: false, byteOrderMark: false) : new UTF8Encoding(false);
