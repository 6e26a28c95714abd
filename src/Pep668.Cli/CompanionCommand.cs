using System.CommandLine;

namespace Pep668.Cli;

/// <summary>A command with examples for its help.</summary>
/// <param name="name">Its name.</param>
/// <param name="description">What it does: a sentence that starts with a verb.</param>
/// <param name="examples">Examples, the most common first.</param>
internal sealed class CompanionCommand(string name, string description, params IReadOnlyList<Example> examples) : Command(name, description)
{
    /// <summary>Examples, the most common first.</summary>
    internal IReadOnlyList<Example> Examples => examples;
}

/// <summary>An example of the help.</summary>
/// <param name="Arguments">The command line without the name of the program.</param>
/// <param name="Purpose">What it does: a sentence that starts with a verb.</param>
internal sealed record Example(string Arguments, string Purpose);
