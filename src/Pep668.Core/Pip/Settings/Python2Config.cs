using System.Globalization;
using Pep668.Text;

namespace Pep668.Pip.Settings;

/// <summary>
/// Reads what Python 2.7's <c>ConfigParser.RawConfigParser</c> reads: sections and keys may stand twice, <c>rem</c> and
/// <c>key = value ; text</c> are comments, and every indented line continues the value before it.
/// </summary>
internal static class Python2Config
{
    internal static PipConfigContent Read(string text, string path)
    {
        var sections = new List<(string Name, Dictionary<string, List<string>> Options)>();
        var defaults = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        Dictionary<string, List<string>>? section = null;
        List<string>? value = null;
        int line = 0, bad = 0;
        foreach (string raw in text.Split('\n'))
        {
            line++;
            string content = PythonText.Strip(raw).ToString();
            if (content.Length == 0 || raw[0] is '#' or ';' || IsRemark(raw, content))
            {
                continue;
            }
            if (PythonText.IsSpace(raw[0]) && value is not null)
            {
                value.Add(content);
            }
            else if (raw[0] == '[' && raw.IndexOf(']', StringComparison.Ordinal) is > 1 and int end)
            {
                string name = raw[1..end];
                int known = sections.FindIndex(one => string.Equals(one.Name, name, StringComparison.Ordinal));
                section = known >= 0 ? sections[known].Options : name is "DEFAULT" ? defaults : new(StringComparer.Ordinal);
                if (known < 0 && section != defaults)
                {
                    sections.Add((name, section));
                }
                value = null;
            }
            else if (section is null)
            {
                return PipConfigReader.Broken(path, Line(line, "text before the first section header."));
            }
            else if (Option(raw) is (string key, string first))
            {
                section[key] = value = [first];
            }
            else if (bad == 0)
            {
                bad = line;
            }
        }
        return bad > 0
            ? PipConfigReader.Broken(path, Line(bad, "neither a section header, nor a key with a value, nor a comment."))
            : new([.. sections.SelectMany(
                one => Items(defaults, one.Options).Select(item => (one.Name, item.Key, string.Join('\n', item.Value))))], null);
    }

    // items(): the inherited keys first
    private static IEnumerable<KeyValuePair<string, List<string>>> Items(Dictionary<string, List<string>> defaults,
        Dictionary<string, List<string>> own) =>
        defaults.Keys.Concat(own.Keys).Distinct(StringComparer.Ordinal)
            .Select(key => KeyValuePair.Create(key, own.TryGetValue(key, out List<string>? value) ? value : defaults[key]));

    private static bool IsRemark(string raw, string content) =>
        raw[0] is 'r' or 'R' && content.Length >= 3 && content.StartsWith("rem", StringComparison.OrdinalIgnoreCase)
        && (content.Length == 3 || PythonText.IsSpace(content[3]));

    private static (string Key, string Value)? Option(string raw)
    {
        int delimiter = raw.AsSpan().IndexOfAny('=', ':');
        if (delimiter <= 0 || PythonText.IsSpace(raw[0]))
        {
            return null;
        }
        string value = PythonText.StripStart(raw.AsSpan(delimiter + 1)).ToString();
        int comment = value.IndexOf(';', StringComparison.Ordinal);
        if (comment >= 0 && PythonText.IsSpace(value[(comment == 0 ? value.Length : comment) - 1]))
        {
            value = value[..comment];
        }
        value = PythonText.Strip(value).ToString();
        return (PythonText.Lower(PythonText.StripEnd(raw.AsSpan(0, delimiter))), value is "\"\"" ? "" : value);
    }

    private static string Line(int line, string what) => string.Create(CultureInfo.InvariantCulture, $"Line {line}: {what}");
}
