namespace Pep668.Pip.Linting;

/// <content>Programs that write files: sed, perl as its replacement, and the cmdlets of PowerShell.</content>
internal sealed partial class CommandCheck
{
    // Set-Content FILE TEXT, TEXT | Out-File FILE
    private void CheckWriter(LintCommand command, int program)
    {
        IReadOnlyList<LintWord> words = command.Words;
        if (words[program].Program is not ("add-content" or "set-content" or "out-file" or "ac" or "sc"))
        {
            return;
        }
        LintWord[] operands = [.. words.Skip(program + 1).Where(word => !word.Text.StartsWith('-') || word.IsQuoted)];
        IEnumerable<LintWord> from = command.PipedFrom is { Words: [{ IsQuoted: true }, ..] } before ? before.Words : [];
        foreach (LintWord text in operands.Skip(1).Concat(from).Where(word => word.IsQuoted))
        {
            CheckContent(text.Value, operands.Length > 0 ? operands[0].Text : "");
        }
    }

    private void CheckEditor(LintCommand command, int program)
    {
        IReadOnlyList<LintWord> words = command.Words;
        string name = words[program].Program;
        if (name is not ("sed" or "gsed" or "perl"))
        {
            return;
        }
        bool isInPlace = words.Skip(program + 1).Any(word => word.Text.StartsWith("--in-place", StringComparison.Ordinal)
            || (word.Text is ['-', not '-', ..] && word.Text.Contains('i', StringComparison.Ordinal) && !word.IsQuoted));
        string? output = Target(command, program) ?? TeeTarget(command);
        if (!isInPlace && output is null)
        {
            return;
        }
        var scripts = new List<LintText>();
        string? file = null;
        for (int at = program + 1; at < words.Count; at++)
        {
            LintWord word = words[at];
            bool takesScript = word.Text is "--expression" or "-e" || (word.Text is ['-', not '-', .., 'e'] && !word.IsQuoted);
            if (takesScript && at + 1 < words.Count)
            {
                scripts.Add(words[++at].Value);
            }
            else if (word.Text.StartsWith("--expression=", StringComparison.Ordinal))
            {
                scripts.Add(word.Value.Slice("--expression=".Length, word.Value.Length));
            }
            else if (!word.Text.StartsWith('-') && word.Text.Length > 0)
            {
                if (scripts.Count == 0)
                {
                    scripts.Add(word.Value);
                }
                else
                {
                    file = word.Text;
                }
            }
        }
        foreach (LintText written in scripts.SelectMany(SedScript.ReadWritten))
        {
            CheckContent(written, (isInPlace ? file : output) ?? "");
        }
    }
}
