namespace Pep668.Tests.Architecture;

/// <summary>Which component of Core may use which, and the components in the order of their layers.</summary>
internal sealed class Layers
{
    private const string CoreNamespace = "Pep668";
    private const string ContractComponent = "Contract";

    private readonly Dictionary<string, HashSet<string>> _allowed = new(StringComparer.Ordinal);

    /// <param name="table">
    /// A line for each component, lowest layer first: its name, a colon, and what it may use. A line without a colon
    /// continues the one above it.
    /// </param>
    internal Layers(string table)
    {
        foreach (string line in table.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon >= 0)
            {
                Components = [.. Components, line[..colon]];
                _allowed.Add(Components[^1], new(StringComparer.Ordinal));
            }
            string component = Components[^1];
            foreach (string use in line[(colon + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                if (string.Equals(use, component, StringComparison.Ordinal) || !_allowed.ContainsKey(use))
                {
                    throw new InvalidOperationException($"{component} may use {use}, which is not in a layer below it.");
                }
                _allowed[component].Add(use);
            }
        }
    }

    /// <summary>The components, lowest layer first.</summary>
    internal IReadOnlyList<string> Components { get; } = [];

    /// <summary>The component of a namespace; null for a namespace outside Core.</summary>
    internal static string? ComponentOf(string @namespace) =>
        @namespace == CoreNamespace ? ContractComponent
        : @namespace.StartsWith(CoreNamespace + ".", StringComparison.Ordinal) ? @namespace[(CoreNamespace.Length + 1)..]
        : null;

    /// <summary>Every pair of components of which the first may use the second.</summary>
    internal IEnumerable<(string From, string To)> Allowed => _allowed.SelectMany(row => row.Value.Select(to => (row.Key, to)));

    internal bool IsAllowed(string from, string to) =>
        from == to || (_allowed.TryGetValue(from, out HashSet<string>? uses) && uses.Contains(to));

    /// <summary>How many pairs of types each component uses of each other one, as a table; a dot means "allowed, not
    /// used".</summary>
    internal string Matrix(IEnumerable<Dependency> dependencies)
    {
        Dictionary<(string From, string To), int> counts = dependencies
            .GroupBy(one => (one.FromComponent, one.ToComponent))
            .ToDictionary(group => group.Key, group => group.Select(one => (one.From, one.To)).Distinct().Count());
        int width = Components.Max(name => name.Length) + 4;
        var lines = new List<string> { new string(' ', width) + string.Concat(Components.Select((_, index) => $"{index + 1,4}")) };
        foreach ((int row, string from) in Components.Index())
        {
            IEnumerable<string> cells = Components.Take(row).Select(to =>
                counts.TryGetValue((from, to), out int count) ? $"{count,4}" : IsAllowed(from, to) ? "   ." : "    ");
            lines.Add($"{row + 1,2}  {from}".PadRight(width) + string.Concat(cells).TrimEnd());
        }
        return string.Join('\n', lines.Select(line => line.TrimEnd())) + "\n";
    }
}
