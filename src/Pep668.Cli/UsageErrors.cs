using System.CommandLine;
using System.CommandLine.Parsing;
using Pep668.Cli.Commands;

namespace Pep668.Cli;

/// <summary>The errors of a command line, in the words of <see cref="CompanionMessages"/>.</summary>
internal static class UsageErrors
{
    /// <summary>What is wrong with a command line; empty if it can be run.</summary>
    /// <param name="parsed">The command line as the parser reads it.</param>
    /// <param name="arguments">The command line as it was typed, without the name of the program.</param>
    internal static IReadOnlyList<string> Find(ParseResult parsed, IReadOnlyList<string> arguments)
    {
        Command command = parsed.CommandResult.Command;
        RootCommand root = (RootCommand)parsed.RootCommandResult.Command;
        if (command.Subcommands.Count > 0
            && parsed.UnmatchedTokens.FirstOrDefault(one => !OptionScan.LooksLikeOption(one)) is string unknown)
        {
            string? nearest = NearestName.Find(unknown, [.. command.Subcommands.Select(one => one.Name)]);
            string group = CompanionCommands.NameOf(command) is string name ? name + " " : "";
            return [CompanionMessages.UnknownCommand(group + unknown, nearest is null ? null : group + nearest)];
        }
        if (parsed.Action is HelpPage)
        {
            return [];
        }
        string[] wrong = [.. WrongOptions(command, root, [.. arguments])];
        return wrong.Length > 0 ? wrong
            : parsed.UnmatchedTokens.Count > 0 ? [.. parsed.UnmatchedTokens.Select(CompanionMessages.UnexpectedArgument)]
            : parsed.Errors.Count > 0 ? [.. parsed.Errors.Select(Text)]
            : [.. parsed.CommandResult.Children.Where(HasEmpty).Select(one => CompanionMessages.Empty(Name(one)))];
    }

    // No option of the program or of a group has a value, so that the first text with the name of a command is the
    // command.
    private static IEnumerable<string> WrongOptions(Command command, RootCommand root, List<string> arguments)
    {
        var errors = new List<string>();
        Command owner = root;
        int start = 0;
        foreach (Command next in CompanionCommands.PathTo(command))
        {
            int at = arguments.IndexOf(next.Name, start);
            errors.AddRange(new OptionScan(owner, root).Errors(arguments[start..at]));
            (owner, start) = (next, at + 1);
        }
        return [.. errors, .. new OptionScan(owner, root).Errors(arguments[start..])];
    }

    // An empty path would be the working folder.
    private static bool HasEmpty(SymbolResult given) => given is ArgumentResult or OptionResult
        && given.Tokens.Any(token => string.IsNullOrWhiteSpace(token.Value) && !MayBe(given, token.Value));

    private static bool MayBe(SymbolResult given, string value) =>
        value.Length == 0 && given is OptionResult { Option.Name: MarkerCommand.LanguageOption };

    private static string Name(SymbolResult given) => given switch
    {
        OptionResult one => one.IdentifierToken?.Value ?? one.Option.Name,
        ArgumentResult one => $"<{one.Argument.Name}>",
        _ => given.ToString()!,
    };

    // An error without a case here is one of a validator, whose text is ours.
    private static string Text(ParseError error) => error.SymbolResult switch
    {
        CommandResult { Command.Subcommands.Count: > 0 } => CompanionMessages.NoCommand(),
        OptionResult { Option: VersionOption } one => CompanionMessages.Alone(one.Option.Name),
        OptionResult one when one.Tokens.Count < one.Option.Arity.MinimumNumberOfValues =>
            CompanionMessages.NoValue(one.IdentifierToken?.Value ?? one.Option.Name),
        OptionResult one when one.Tokens.Count > one.Option.Arity.MaximumNumberOfValues => CompanionMessages.Repeated(one.Option.Name),
        ArgumentResult one when one.Tokens.Count < one.Argument.Arity.MinimumNumberOfValues =>
            CompanionMessages.NoArgument(one.Argument.Name),
        _ => error.Message,
    };
}
