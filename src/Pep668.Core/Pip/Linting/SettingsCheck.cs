using Pep668.Text;

namespace Pep668.Pip.Linting;

/// <summary>Checks configuration: pip's, uv's, and files of keys and values that contain commands.</summary>
internal static class SettingsCheck
{
    private static readonly string[] Sections = ["global", "install", "uninstall"];
    private static readonly string[] Prose = ["long_description", "name", "documentation", "keywords"];

    /// <summary>Checks pip's configuration as pip reads it; a file that it refuses sets nothing.</summary>
    internal static void RunPipConfig(LintFile file, LintText text)
    {
        foreach (ConfigOption option in Sections.Select(ConfigParser.Read(text.Text).Section).OfType<ConfigSection>()
            .SelectMany(section => section.Options()))
        {
            if (LintNames.IsSetting(option.Key, allowsUnderscores: true) && TruthText.Parse(option.Value) == TruthValue.True)
            {
                AddLine(file, text, option.Line, LintRule.Setting);
            }
        }
    }

    /// <summary>Checks lines of keys and values.</summary>
    internal static void RunIni(LintFile file, LintText text)
    {
        for (int at = 0; at < text.Length;)
        {
            int end = text.Text.IndexOf('\n', at);
            end = end < 0 ? text.Length : end;
            int start = at;
            while (start < end && char.IsWhiteSpace(text[start]))
            {
                start++;
            }
            at = end + 1;
            if (start == end || text[start] is '#' or ';' or '[')
            {
                continue;
            }
            LintText line = text.Slice(start, end);
            int sign = line.Text.IndexOf('=', StringComparison.Ordinal);
            if (sign > 0 && line.Text[..sign].Trim() is string name
                && (Prose.Contains(name, StringComparer.OrdinalIgnoreCase) || LintProse.IsName(name)))
            {
                continue;
            }
            CommandCheck.Shell(file, line, LintTrust.Maybe);
            string key = sign > 0 ? line.Text[..sign].Trim() : "";
            if (key.Length > 0 && !key.Contains(' ', StringComparison.Ordinal))
            {
                CommandCheck.Shell(file, line.Slice(sign + 1, line.Length), LintTrust.Maybe);
            }
        }
    }

    /// <summary>Checks uv's settings, and commands in strings.</summary>
    internal static void RunToml(LintFile file, LintText text)
    {
        string[]? path = file.Name is "uv.toml" ? ["pip", "break-system-packages"]
            : file.Name is "pyproject.toml" ? ["tool", "uv", "pip", "break-system-packages"] : null;
        if (path is not null && TomlReader.Read(text.Text) is TomlTable table
            && table.Find<TomlScalar>(path) is { Truth: TruthValue.True })
        {
            string[] lines = text.Text.Split('\n');
            int line = Array.FindIndex(lines, one => one.Contains(path[^1], StringComparison.Ordinal)
                && !one.TrimStart().StartsWith('#') && one.Contains("true", StringComparison.Ordinal));
            AddLine(file, text, line + 1, LintRule.Setting);
        }
        StringsCheck.Run(file, text, LintKind.Toml);
    }

    private static void AddLine(LintFile file, LintText text, int line, LintRule rule)
    {
        int start = 0;
        for (int number = 1; number < line && start >= 0; number++)
        {
            start = text.Text.IndexOf('\n', start) + 1;
        }
        int end = text.Text.IndexOf('\n', start);
        end = end < 0 ? text.Length : end;
        while (start < end && char.IsWhiteSpace(text[start]))
        {
            start++;
        }
        file.Add(rule, text.PlaceOf(start), text.PlaceOf(end), LintCommand.OneLine(text.Text.AsSpan(start, end - start)),
            LintRemedies.Setting(file.Kind));
    }
}
