using System.Text;

namespace Pep668.Discovery.Locators;

/// <summary>The one list of a <c>.condarc</c> that has the folders of environments: <c>envs_dirs</c>, also called
/// <c>envs_path</c>, as YAML has lists.</summary>
internal static class CondaConfig
{
    /// <summary>The folders, as they are written.</summary>
    internal static IEnumerable<string> EnvironmentFolders(string? text)
    {
        bool inside = false;
        var open = new StringBuilder(); // a list in brackets, until it ends
        foreach (string line in (text ?? "").Split('\n').Select(WithoutComment).Where(line => line.Trim().Length > 0))
        {
            string trimmed = line.Trim();
            if (open.Length > 0)
            {
                open.Append(trimmed);
            }
            else if (inside && trimmed[0] == '-')
            {
                if (Unquoted(trimmed[1..]) is { Length: > 0 } item)
                {
                    yield return item;
                }
            }
            else
            {
                int colon = line.IndexOf(':', StringComparison.Ordinal);
                inside = colon > 0 && Unquoted(line[..colon]) is "envs_dirs" or "envs_path" && !char.IsWhiteSpace(line[0]);
                open.Append(inside && line[(colon + 1)..].Trim() is ['[', ..] list ? list : "");
            }
            if (open.Length > 1 && open[^1] == ']')
            {
                foreach (string item in open.ToString(1, open.Length - 2).Split(',').Select(Unquoted).Where(item => item.Length > 0))
                {
                    yield return item;
                }
                open.Clear();
            }
        }
    }

    // A comment begins the line or follows white space.
    private static string WithoutComment(string line)
    {
        for (int at = 0; at < line.Length; at++)
        {
            if (line[at] == '#' && (at == 0 || char.IsWhiteSpace(line[at - 1])))
            {
                return line[..at];
            }
        }
        return line;
    }

    private static string Unquoted(string text)
    {
        string value = text.Trim();
        return value is ['"', .., '"'] or ['\'', .., '\''] ? value[1..^1] : value;
    }
}
