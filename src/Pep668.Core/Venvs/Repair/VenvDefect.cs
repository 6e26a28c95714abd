using Pep668.Machines.Staging;

namespace Pep668.Venvs.Repair;

/// <summary>A defect of a virtual environment.</summary>
/// <param name="Message">What it is, as a clause of <see cref="RepairMessages"/>.</param>
/// <param name="IsHarmless">Whether the environment works nevertheless: a value in a file is out of date.</param>
internal sealed record VenvDefect(string Message, bool IsHarmless = false)
{
    /// <summary>Whether <c>Repair-PythonVenv</c> repairs it in place.</summary>
    public bool CanBeRepaired => Replacements is not null;

    /// <summary>Whether the environment cannot be repaired at all.</summary>
    public bool IsFatal { get; init; }

    /// <summary>What to do about it if it cannot be repaired; may be empty.</summary>
    public IReadOnlyList<Remedy> Remedies { get; init; } = [];

    /// <summary>The warning about it.</summary>
    /// <param name="environment">The environment.</param>
    /// <param name="showsRepair">Whether to recommend the repair; one warning of several is enough.</param>
    internal Notice ToNotice(PythonEnvironment environment, bool showsRepair) => RepairMessages.Damaged(environment, Message,
        !CanBeRepaired ? Remedies : showsRepair && environment.Root is null ? [RepairMessages.Repair(environment.Prefix)] : []);

    /// <summary>What to write, relative to the environment's folder; null if it cannot be repaired.</summary>
    internal IReadOnlyList<TreeEntry>? Replacements { get; init; }

    /// <summary>What to remove first, relative to the environment's folder.</summary>
    internal IReadOnlyList<string> Removals { get; init; } = [];
}
