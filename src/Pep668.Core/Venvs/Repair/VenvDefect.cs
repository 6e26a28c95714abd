using Pep668.Machines.Staging;

namespace Pep668.Venvs.Repair;

/// <summary>Something about a virtual environment that is not as it should be.</summary>
/// <param name="Message">What, in words.</param>
/// <param name="IsHarmless">Whether the environment works anyway: a note in a file that is out of date.</param>
internal sealed record VenvDefect(string Message, bool IsHarmless = false)
{
    /// <summary>Whether <c>Repair-PythonVenv</c> repairs it in place.</summary>
    public bool CanBeRepaired => Replacements is not null;

    /// <summary>What to do about it instead; empty if nothing else helps either.</summary>
    public IReadOnlyList<Remedy> Remedies { get; init; } = [];

    /// <summary>The warning about it.</summary>
    internal Notice ToNotice(PythonEnvironment environment) => new($"'{environment.Prefix}': {Message}",
        CanBeRepaired ? CommonRemedies.RepairVenv(environment.Prefix) : Remedies);

    /// <summary>What to write over what is there, below the environment's folder; null when that does not
    /// help.</summary>
    internal IReadOnlyList<TreeEntry>? Replacements { get; init; }

    /// <summary>What to remove first, below the environment's folder.</summary>
    internal IReadOnlyList<string> Removals { get; init; } = [];
}
