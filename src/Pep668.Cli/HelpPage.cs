using System.CommandLine;
using System.CommandLine.Invocation;

namespace Pep668.Cli;

/// <summary>Prints the help of the program or of a command, in 80 columns.</summary>
internal sealed class HelpPage : SynchronousCommandLineAction
{
    private const int Width = 80;
    private const int LongestLabel = 24;
    private const string Indent = "  ";

    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        TextWriter writer = parseResult.InvocationConfiguration.Output;
        Command command = parseResult.CommandResult.Command;
        IReadOnlyList<Example> examples = command is CompanionCommand { Examples: var own } ? own : CompanionCommands.Examples;
        foreach (string line in (IEnumerable<string>)
        [
            .. Wrapped(command.Description!, Width), "", $"Usage: {Usage(command)}",
            .. Section("Commands", command.Subcommands.Select(one => (one.Name, one.Description!))),
            .. Section("Arguments", command.Arguments.Select(one => ($"<{one.Name}>", one.Description!))),
            .. Section("Options", Options(parseResult).Select(one => (Label(one), one.Description!))),
            .. command is RootCommand ? Section("Exit codes", ExitCodes.All.Select(one => ($"{one.Code}", one.Meaning))) : [],
            "", "Examples:", .. examples.SelectMany(Lines),
        ])
        {
            writer.WriteLine(line);
        }
        return ExitCodes.Done;
    }

    private static string Usage(Command command) => string.Join(' ',
        [CompanionMessages.ProgramName, .. CompanionCommands.PathTo(command).Select(one => one.Name),
            .. command.Subcommands.Count > 0 ? (string[])["<command>"] : [], .. command.Arguments.Select(Usage), "[options]"]);

    private static string Usage(Argument argument)
    {
        string name = $"<{argument.Name}>{(argument.Arity.MaximumNumberOfValues > 1 ? "..." : "")}";
        return argument.Arity.MinimumNumberOfValues == 0 ? $"[{name}]" : name;
    }

    private static IEnumerable<Option> Options(ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command, root = parsed.RootCommandResult.Command;
        return command == root ? root.Options : command.Options.Concat(root.Options.Where(one => one.Recursive));
    }

    private static string Label(Option option) =>
        string.Join(", ", option.Aliases.Prepend(option.Name).OrderBy(one => one.StartsWith("--", StringComparison.Ordinal)))
            + (option.HelpName is null ? "" : $" <{option.HelpName}>");

    private static IEnumerable<string> Section(string title, IEnumerable<(string Label, string Text)> rows)
    {
        (string Label, string Text)[] all = [.. rows];
        if (all.Length == 0)
        {
            return [];
        }
        int label = all.Select(one => one.Label.Length).Where(one => one <= LongestLabel).DefaultIfEmpty(LongestLabel).Max();
        int column = label + (2 * Indent.Length);
        return ["", title + ":", .. all.SelectMany(one => Row(one.Label, one.Text, column))];
    }

    private static IEnumerable<string> Row(string label, string text, int column)
    {
        string[] lines = [.. Wrapped(text, Width - column).Select(line => new string(' ', column) + line)];
        string first = Indent + label;
        return first.Length + Indent.Length > column ? [first, .. lines] : [first + lines[0][first.Length..], .. lines[1..]];
    }

    private static IEnumerable<string> Lines(Example example) =>
    [
        $"{Indent}{CompanionMessages.ProgramName} {example.Arguments}",
        .. Wrapped(example.Purpose, Width - (3 * Indent.Length)).Select(line => Indent + Indent + Indent + line),
    ];

    private static IEnumerable<string> Wrapped(string text, int width)
    {
        string line = "";
        foreach (string word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line;
                line = word;
            }
            else
            {
                line = line.Length == 0 ? word : $"{line} {word}";
            }
        }
        yield return line;
    }
}
