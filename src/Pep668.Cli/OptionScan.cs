using System.CommandLine;
using Pep668.Cli.Commands;

namespace Pep668.Cli;

/// <summary>
/// Finds options that a command does not have. The parser takes them for arguments or values, and what follows a known
/// letter or a switch for an argument.
/// </summary>
/// <param name="command">The command.</param>
/// <param name="root">The program.</param>
internal sealed class OptionScan(Command command, RootCommand root)
{
    private readonly Option[] _options = [.. command.Options.Concat(root.Options.Where(one => one.Recursive)).Distinct()];

    /// <summary>Whether a text is an option. A path that begins with a dash is written <c>./-path</c>.</summary>
    internal static bool LooksLikeOption(string text) => text.Length > 1 && text[0] == '-';

    /// <summary>What is wrong with the options, in the order in which they were typed.</summary>
    /// <param name="arguments">The arguments of the command.</param>
    internal IEnumerable<string> Errors(IEnumerable<string> arguments)
    {
        Option? expecting = null;
        string typed = "";
        foreach (string argument in arguments)
        {
            if (argument is "--")
            {
                yield break;
            }
            Option? option = expecting;
            expecting = null;
            if (option is not null && (TakesAnyText(option) || !LooksLikeOption(argument)))
            {
                continue;
            }
            if (option is not null && Find(Name(argument)) is not null)
            {
                yield return CompanionMessages.NoValue(typed);
            }
            else if (LooksLikeOption(argument))
            {
                (string? error, expecting) = Read(argument);
                typed = Find(Name(argument)) is null ? $"-{argument[^1]}" : Name(argument);
                if (error is not null)
                {
                    yield return error;
                }
            }
        }
    }

    private (string? Error, Option? Expecting) Read(string argument)
    {
        string name = Name(argument);
        if (Find(name) is Option option)
        {
            bool hasValue = name.Length + 1 < argument.Length;
            return hasValue && IsSwitch(option) ? (CompanionMessages.NotAValue(name), null)
                : (null, hasValue || IsSwitch(option) ? null : option);
        }
        // Switches in one word, the last of which can be an option with its value.
        for (int index = 1; index < argument.Length && argument[1] != '-' && Find("-" + argument[index]) is Option letter; index++)
        {
            if (!IsSwitch(letter))
            {
                return (null, index == argument.Length - 1 ? letter : null);
            }
            if (index == argument.Length - 1)
            {
                return (null, null);
            }
        }
        return (Unknown(argument.Split('=')[0]), null);
    }

    private string Unknown(string name) => CompanionMessages.UnknownOption(
        name,
        NearestName.Find(name, [.. _options.SelectMany(Names)]),
        [.. CompanionCommands.Leaves(root).Prepend(root).Where(one => one.Options.Any(option => HasName(option, name)))
            .Select(one => CompanionCommands.NameOf(one) ?? one.Name)]);

    private Option? Find(string name) => _options.FirstOrDefault(one => HasName(one, name));

    // The parser accepts both signs before a value.
    private static string Name(string argument) => argument.Split('=', ':')[0];

    private static IEnumerable<string> Names(Option option) => option.Aliases.Prepend(option.Name);

    private static bool HasName(Option option, string name) => Names(option).Contains(name, StringComparer.Ordinal);

    private static bool IsSwitch(Option option) => option.Arity.MaximumNumberOfValues == 0;

    // Arguments of pip begin with a dash. Values that are not texts have errors of their own.
    private static bool TakesAnyText(Option option) =>
        HasName(option, InstallOptions.ArgumentOption) || (option.ValueType != typeof(string) && option.ValueType != typeof(string[]));
}
