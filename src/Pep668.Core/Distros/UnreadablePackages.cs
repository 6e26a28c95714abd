namespace Pep668.Distros;

/// <summary>The packages of a database that are skipped because their records cannot be read.</summary>
internal sealed class UnreadablePackages
{
    private const int Shown = 3;
    private readonly SortedSet<string> _names = new(StringComparer.Ordinal);

    /// <summary>A clause that names them, the first few of many; null if there are no such packages.</summary>
    internal string? Problem => _names.Count == 0 ? null
        : "it has records that cannot be read: " + string.Join(", ", _names.Take(Shown).Select(name => $"'{name}'"))
            + (_names.Count > Shown ? $" and {_names.Count - Shown} more" : "");

    /// <summary>Adds one.</summary>
    internal void Add(string name) => _names.Add(name);
}
