using Pep668.Machines;

namespace Pep668.Venvs.Activation;

/// <summary>The value of PATH as text: the other entries are not changed, nor are empty ones removed.</summary>
internal static class SearchPathText
{
    private const string Variable = "PATH";

    /// <summary>The value; null if it is not set.</summary>
    internal static string? Read(Machine machine) => machine.Variables.TryGetValue(Variable, out string? value) ? value : null;

    /// <summary>The change that sets it.</summary>
    internal static VariableChange To(string? value) => new(Variable, value);

    /// <summary>The first entry that names a folder, as it is written there; null if none does.</summary>
    internal static string? Find(Machine machine, string? text, string folder) =>
        Split(machine, text).FirstOrDefault(entry => Names(machine, entry, folder));

    /// <summary>The entries before the first one that names a folder; null if none does.</summary>
    internal static IReadOnlyList<string>? Before(Machine machine, string? text, string folder)
    {
        List<string> entries = Split(machine, text);
        int at = entries.FindIndex(entry => Names(machine, entry, folder));
        return at < 0 ? null : entries[..at];
    }

    /// <summary>The value with a folder in front.</summary>
    // No separator is added to an empty value, as Python's Activate.ps1 does: shells use an empty entry as the current
    // directory.
    internal static string Prepend(Machine machine, string? text, string folder) =>
        string.IsNullOrEmpty(text) ? folder : folder + Separator(machine) + text;

    /// <summary>The value with another entry, or none, in the place of the first entry that names a folder.</summary>
    internal static string Replace(Machine machine, string? text, string folder, string? other)
    {
        List<string> entries = Split(machine, text);
        int at = entries.FindIndex(entry => Names(machine, entry, folder));
        if (at >= 0)
        {
            entries.RemoveAt(at);
            if (other is not null)
            {
                entries.Insert(at, other);
            }
        }
        return string.Join(Separator(machine), entries);
    }

    /// <summary>The value with other entries in the place of the first run of some entries; null if it does not contain
    /// that run.</summary>
    internal static string? ReplaceRun(Machine machine, string? text, string? run, string? other)
    {
        List<string> entries = Split(machine, text);
        List<string> wanted = Split(machine, run);
        int at = Enumerable.Range(0, Math.Max(0, entries.Count - wanted.Count + 1))
            .FirstOrDefault(start => entries.GetRange(start, wanted.Count).SequenceEqual(wanted, StringComparer.Ordinal), -1);
        return at < 0
            ? null
            : string.Join(Separator(machine), [.. entries[..at], .. Split(machine, other), .. entries[(at + wanted.Count)..]]);
    }

    private static char Separator(Machine machine) => machine.Platform == Platform.Windows ? ';' : ':';

    private static List<string> Split(Machine machine, string? text) =>
        string.IsNullOrEmpty(text) ? [] : [.. text.Split(Separator(machine))];

    private static bool Names(Machine machine, string entry, string folder) => string.Equals(
        Path.TrimEndingDirectorySeparator(entry), Path.TrimEndingDirectorySeparator(folder),
        machine.Platform == Platform.Windows ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);
}
