namespace Pep668.Pip.Linting;

/// <content>Programs that edit files: sed, and perl as its replacement.</content>
internal sealed partial class CommandCheck
{
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
