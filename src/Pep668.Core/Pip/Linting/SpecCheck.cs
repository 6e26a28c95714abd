namespace Pep668.Pip.Linting;

/// <summary>Checks a spec file of RPM: its sections with scripts and its macros; tags, descriptions and the changelog
/// are text (RPM, "Spec file format").</summary>
internal static class SpecCheck
{
    private static readonly string[] Scripts =
    [
        "prep", "generate_buildrequires", "conf", "build", "install", "check", "clean", "pre", "post", "trigger", "filetrigger",
        "transfiletrigger", "verifyscript",
    ];

    private static readonly string[] Texts = ["package", "description", "files", "changelog", "sourcelist", "patchlist"];

    /// <summary>Checks all sections.</summary>
    internal static void Run(LintFile file, LintText text)
    {
        int start = -1;
        for (int at = 0; at < text.Length;)
        {
            int end = text.Text.IndexOf('\n', at);
            end = end < 0 ? text.Length : end;
            ReadOnlySpan<char> line = text.Text.AsSpan(at, end - at);
            bool isScript = BeginsWith(line, Scripts, isWhole: false);
            if (isScript || BeginsWith(line, Texts, isWhole: true))
            {
                Check(file, text, start, at);
                start = isScript ? Math.Min(end + 1, text.Length) : -1;
            }
            else if (line.StartsWith("%global ") || line.StartsWith("%define "))
            {
                CheckMacro(file, text.Slice(at, end));
            }
            at = end + 1;
        }
        Check(file, text, start, text.Length);
    }

    private static void Check(LintFile file, LintText text, int start, int end)
    {
        if (start >= 0)
        {
            CommandCheck.Shell(file, text.Slice(start, end), LintTrust.Script);
        }
    }

    private static void CheckMacro(LintFile file, LintText line)
    {
        if (line.Words().Skip(1).Take(2).ToArray() is [LintText name, LintText value])
        {
            int start = value.PlaceOf(0) - line.PlaceOf(0);
            CommandCheck.Assign(file, line, name, line.Slice(start, line.Length));
        }
    }

    private static bool BeginsWith(ReadOnlySpan<char> line, string[] sections, bool isWhole)
    {
        if (line.Length < 2 || line[0] is not '%')
        {
            return false;
        }
        foreach (string section in sections)
        {
            if (line[1..].StartsWith(section)
                && (line.Length == section.Length + 1 || char.IsWhiteSpace(line[section.Length + 1])
                    || (!isWhole && IsVariant(line, section))))
            {
                return true;
            }
        }
        return false;
    }

    // %preun, %posttrans, %triggerin.
    private static bool IsVariant(ReadOnlySpan<char> line, string section)
    {
        ReadOnlySpan<char> rest = line[(section.Length + 1)..];
        int end = rest.IndexOfAny(' ', '\t', '\r');
        return (end < 0 ? rest : rest[..end]) is "un" or "trans" or "untrans" or "in" or "prein" or "postun";
    }
}
