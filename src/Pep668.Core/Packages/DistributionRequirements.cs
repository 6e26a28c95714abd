using Pep668.Machines;
using Pep668.Requirements;

namespace Pep668.Packages;

/// <summary>What an installed distribution requires, from its metadata: the fields <c>Requires-Dist</c> and
/// <c>Provides-Extra</c>, or the <c>requires.txt</c> of setuptools.</summary>
/// <param name="All">Its requirements, those of its extras too.</param>
/// <param name="Extras">The names of its extras, as they are written.</param>
internal sealed record DistributionRequirements(IReadOnlyList<Requirement> All, IReadOnlyList<string> Extras)
{
    private const int Limit = 16 << 20;

    /// <summary>Reads them; none if the metadata cannot be read. A line that is not a requirement is ignored.</summary>
    internal static DistributionRequirements Read(FileTree files, InstalledDistribution distribution)
    {
        var found = new List<Requirement>();
        var extras = new List<string>();
        if (distribution.Form == InstalledForm.DistInfo)
        {
            ReadFields(files.ReadText(distribution.MetadataFile, Limit) ?? "", found, extras);
        }
        else if (distribution is { Form: InstalledForm.EggInfo, MetadataName: not null })
        {
            ReadSections(files.ReadText(Path.Combine(distribution.MetadataPath, "requires.txt"), Limit) ?? "", found, extras);
        }
        return new(found, extras);
    }

    /// <summary>The requirements of an extra alone.</summary>
    /// <param name="extra">Its name, in any spelling.</param>
    /// <param name="variables">What conditions are evaluated with.</param>
    /// <returns>The requirements; none for a name that is not one of its extras, which pip ignores with a
    /// warning.</returns>
    internal IEnumerable<Requirement> SelectExtra(string extra, ConditionVariables variables)
    {
        string normalized = NormalizedName.Normalize(extra);
        return Extras.FirstOrDefault(one => string.Equals(NormalizedName.Normalize(one), normalized, StringComparison.Ordinal))
            is string name
                ? All.Where(one => one.Marker is RequirementCondition condition
                    && Holds(condition, variables with { Extra = name }) && !Holds(condition, variables with { Extra = "" }))
                : [];
    }

    private static bool Holds(RequirementCondition condition, ConditionVariables variables) =>
        condition.TryEvaluate(variables, out bool holds, out _) && holds;

    // The fields are lines, up to the first empty one: the description is after it.
    private static void ReadFields(string metadata, List<Requirement> found, List<string> extras)
    {
        foreach (string line in metadata.ReplaceLineEndings("\n").Split('\n').TakeWhile(line => line.Length > 0))
        {
            if (Value(line, "Requires-Dist:") is string requirement)
            {
                Add(requirement, found);
            }
            else if (Value(line, "Provides-Extra:") is string extra)
            {
                extras.Add(extra);
            }
        }
    }

    // Sections with the name of an extra, a condition, or both: [extra:condition].
    private static void ReadSections(string text, List<Requirement> found, List<string> extras)
    {
        string condition = "";
        foreach (string line in text.ReplaceLineEndings("\n").Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0))
        {
            if (line is ['[', .., ']'])
            {
                string[] parts = line[1..^1].Split(':', 2);
                string[] conditions = [.. parts.Length > 1 ? [$"({parts[1]})"] : Array.Empty<string>(),
                    .. parts[0].Length > 0 ? [$"extra == '{parts[0]}'"] : Array.Empty<string>()];
                condition = conditions.Length == 0 ? "" : "; " + string.Join(" and ", conditions);
                extras.AddRange(parts[0].Length > 0 ? [parts[0]] : []);
            }
            else
            {
                Add(line + condition, found);
            }
        }
    }

    private static void Add(string text, List<Requirement> found)
    {
        if (Requirement.TryParse(text, out Requirement? requirement, out _))
        {
            found.Add(requirement);
        }
    }

    private static string? Value(string line, string field) =>
        line.StartsWith(field, StringComparison.OrdinalIgnoreCase) ? line[field.Length..].Trim() : null;
}
