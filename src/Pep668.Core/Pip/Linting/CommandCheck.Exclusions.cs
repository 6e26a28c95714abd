namespace Pep668.Pip.Linting;

/// <content>Markers that a command names, without those that it excludes.</content>
internal sealed partial class CommandCheck
{
    private LintWord? FirstMarker(LintCommand command, int first)
    {
        IReadOnlyList<LintWord> words = command.Words;
        bool ignoresCase = _file.Kind is LintKind.PowerShell or LintKind.Batch
            || words.Any(word => word.Text is "-iname" or "-ipath" or "-iwholename" or "-iregex");
        for (int at = first; at < words.Count; at++)
        {
            if (IsMarker(words[at], ignoresCase) || IsExpression(words, at))
            {
                if (!IsExcluded(words, first, at))
                {
                    return words[at];
                }
            }
        }
        return null;
    }

    private bool IsMarker(LintWord word, bool ignoresCase = false) =>
        MarkerNames.Find(word.Text, ignoresCase) >= 0 || NamesVariable(word.Text);

    // find -regex '.*/EXTERNALLY.*'
    private static bool IsExpression(IReadOnlyList<LintWord> words, int at) =>
        at > 0 && words[at - 1].Text is "-regex" or "-iregex" && words[at].Text.Contains("EXTERNALLY", StringComparison.OrdinalIgnoreCase);

    private static bool IsExcluded(IReadOnlyList<LintWord> words, int first, int at)
    {
        if (words[at].Text.StartsWith("--exclude", StringComparison.Ordinal) || IsInverted(words))
        {
            return true;
        }
        // The parameter that it is a value of, and "not" before it.
        int parameter = at - 1;
        while (parameter > first && !(words[parameter].Text.StartsWith('-') && !words[parameter].IsQuoted))
        {
            parameter--;
        }
        if (parameter < first || !words[parameter].Text.StartsWith('-'))
        {
            return false;
        }
        int before = parameter - 1;
        while (before >= first && words[before].Text is "(")
        {
            before--;
        }
        return words[parameter].Text.ToLowerInvariant() is "-exclude" or "--exclude" or "-ne" or "-cne" or "-ine" or "-notlike"
                or "-cnotlike" or "-notmatch" or "-cnotmatch" or "-notin" or "-notcontains"
            || (words[parameter].Text is "-E" && words.Take(parameter).Any(word => word.Program is "fd" or "fdfind"))
            || (before >= first && words[before].Text is "!" or "-not")
            || words.Skip(at + 1).TakeWhile(word => word.Text is not ("-o" or "-or")).Any(word => word.Text is "-prune");
    }

    // grep -v
    private static bool IsInverted(IReadOnlyList<LintWord> words) =>
        words.Any(word => word.Program is "grep" or "egrep" or "fgrep" or "rg" or "ag" or "findstr")
        && words.Any(word => word.Text is "--invert-match" or "/v" or "/V"
            || (word.Text is ['-', not '-', ..] && word.Text.Contains('v', StringComparison.Ordinal)));
}
