using System.CommandLine;

namespace Pep668.Cli;

/// <summary>Makes options of one kind.</summary>
internal static class CompanionOptions
{
    /// <summary>An option without a value. By default, a boolean option takes a following <c>true</c> as its
    /// value.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="description">What it does: a sentence that starts with a verb.</param>
    /// <param name="aliases">Its other names.</param>
    internal static Option<bool> Switch(string name, string description, params string[] aliases) =>
        new(name, aliases) { Description = description, Arity = ArgumentArity.Zero };

    /// <summary>An option whose value is one of a few words.</summary>
    /// <typeparam name="T">The words, as an enumeration.</typeparam>
    /// <param name="name">Its name.</param>
    /// <param name="description">What it specifies: a sentence that starts with a verb.</param>
    internal static Option<T> Choice<T>(string name, string description)
        where T : struct, Enum
    {
        string[] words = [.. Enum.GetNames<T>().Select(one => one.ToLowerInvariant())];
        var option = new Option<T>(name) { Description = description, HelpName = string.Join('|', words) };
        // Enumerations are parsed from numbers too.
        option.Validators.Add(given =>
        {
            if (!words.Contains(given.Tokens[0].Value, StringComparer.OrdinalIgnoreCase))
            {
                given.AddError(CompanionMessages.InvalidChoice(name, words));
            }
        });
        return option;
    }

    /// <summary>The option for the reasons of decisions.</summary>
    internal static Option<bool> Verbose(string description = "Prints to stderr why the environment is used.") =>
        Switch("--verbose", description, "-v");
}
