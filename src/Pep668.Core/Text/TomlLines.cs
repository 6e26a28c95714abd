namespace Pep668.Text;

/// <summary>
/// The little of TOML in which tools name a version: a key of a table with a string, an array of strings, or an inline table that has a
/// <c>version</c>. What is written otherwise is not found.
/// </summary>
internal static class TomlLines
{
    /// <summary>The strings of a key; none when it is not there. The keys before any table are those of the table without a name.</summary>
    internal static IReadOnlyList<string> Value(string? text, string table, string key)
    {
        string wanted = table.Length == 0 ? key : $"{table}.{key}";
        string current = "";
        string[] lines = (text ?? "").Split('\n');
        for (int index = 0; index < lines.Length; index++)
        {
            string line = lines[index].Trim();
            if (line is ['[', ..])
            {
                current = line.Split('#')[0].Trim(' ', '\t', '[', ']').Replace("\"", "", StringComparison.Ordinal);
                continue;
            }
            int equals = line.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0 || line[0] == '#')
            {
                continue;
            }
            string name = line[..equals].Trim().Replace("\"", "", StringComparison.Ordinal);
            string whole = current.Length == 0 ? name : current + "." + name;
            if (string.Equals(whole, wanted, StringComparison.Ordinal))
            {
                string value = line[(equals + 1)..].Trim();
                while (value is ['[', ..] && !value.Contains(']', StringComparison.Ordinal) && ++index < lines.Length)
                {
                    value += " " + lines[index].Split('#')[0].Trim();
                }
                return Strings(value);
            }
        }
        return [];
    }

    private static List<string> Strings(string value)
    {
        if (value is ['{', ..])
        {
            int version = value.IndexOf("version", StringComparison.Ordinal);
            value = version < 0 ? "" : value[(version + "version".Length)..].TrimStart(' ', '\t', '=');
        }
        bool several = value is ['[', ..];
        var found = new List<string>();
        for (int at = 0; at < value.Length && (several || found.Count == 0); at++)
        {
            if (value[at] is '#' || (several && value[at] == ']'))
            {
                break;
            }
            if (value[at] is '"' or '\'' && value.IndexOf(value[at], at + 1) is > 0 and int end)
            {
                found.Add(value[(at + 1)..end]);
                at = end;
            }
        }
        return found;
    }
}
