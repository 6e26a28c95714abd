namespace Pep668.Pip.Requests;

/// <summary>One option with its value, or one other argument, of the arguments that a user gave for pip or
/// uv.</summary>
/// <param name="Name">The long name of the option; null for another argument.</param>
/// <param name="Value">Its value, or the argument; null for an option without one.</param>
/// <param name="Tokens">The arguments that it consists of. Letters that were given in one argument are
/// separate.</param>
internal sealed record CommandLineItem(string? Name, string? Value, params IReadOnlyList<string> Tokens);
