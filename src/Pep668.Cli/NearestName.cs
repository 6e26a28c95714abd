namespace Pep668.Cli;

/// <summary>Finds the name that the user probably meant.</summary>
internal static class NearestName
{
    /// <summary>The name that is most similar to a text; null if none is similar.</summary>
    /// <param name="text">What was typed: a command, or an option with its dashes.</param>
    /// <param name="names">The names that exist, in the order of preference.</param>
    internal static string? Find(string text, IReadOnlyList<string> names)
    {
        // After -- the name of a command is not a command.
        if (names.Contains(text, StringComparer.Ordinal))
        {
            return null;
        }
        string typed = text.TrimStart('-');
        if (typed.Length < 2)
        {
            // Every letter is one change from every other.
            return names.FirstOrDefault(one => one.TrimStart('-').Equals(typed, StringComparison.OrdinalIgnoreCase));
        }
        string[] full = [.. names.Where(one => one.TrimStart('-').Length > 1)];
        string? nearest = full.MinBy(one => Distance(typed, one.TrimStart('-')));
        if (nearest is not null && Distance(typed, nearest.TrimStart('-')) <= Math.Max(1, typed.Length / 3))
        {
            return nearest;
        }
        return full.Where(one => one.TrimStart('-').StartsWith(typed, StringComparison.OrdinalIgnoreCase)).ToArray() is [string only]
            ? only
            : null;
    }

    // Insertions, deletions, replacements and exchanges of neighbours (optimal string alignment), ignoring case.
    private static int Distance(string first, string second)
    {
        var costs = new int[first.Length + 1, second.Length + 1];
        for (int row = 0; row <= first.Length; row++)
        {
            for (int column = 0; column <= second.Length; column++)
            {
                costs[row, column] = row == 0 || column == 0 ? row + column : Cost(costs, first, second, row, column);
            }
        }
        return costs[first.Length, second.Length];
    }

    private static int Cost(int[,] costs, string first, string second, int row, int column)
    {
        bool IsSame(int one, int other) => char.ToLowerInvariant(first[one - 1]) == char.ToLowerInvariant(second[other - 1]);
        int cost = Math.Min(
            Math.Min(costs[row - 1, column], costs[row, column - 1]) + 1,
            costs[row - 1, column - 1] + (IsSame(row, column) ? 0 : 1));
        return row > 1 && column > 1 && IsSame(row, column - 1) && IsSame(row - 1, column)
            ? Math.Min(cost, costs[row - 2, column - 2] + 1)
            : cost;
    }
}
