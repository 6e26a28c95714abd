namespace Pep668.Pip.Linting;

/// <content>Markers that are deleted, moved or diverted.</content>
internal sealed partial class CommandCheck
{
    private void CheckMarkers(LintCommand command, int first)
    {
        IReadOnlyList<LintWord> words = command.Words;
        bool isDiversion = false;
        for (int at = first; at < words.Count; at++)
        {
            if (!IsStart(words, first, at))
            {
                continue;
            }
            string program = words[at].Program;
            LintRule? rule = CommandNames.Deleters.Contains(program) ? LintRule.Removed
                : CommandNames.Movers.Contains(program) ? LintRule.Renamed
                : program is "ln" ? LintRule.Removed
                : null;
            if (rule is not null && !IsOtherTool(words, first, at))
            {
                LintWord? marker = Operand(command, at, program);
                if (marker is not null)
                {
                    AddMarker(rule, command, marker);
                    return;
                }
            }
            if (program is "find" or "fd" or "fdfind" && CheckFind(command, at))
            {
                return;
            }
            if (program is not "dpkg-divert" || isDiversion)
            {
                continue;
            }
            isDiversion = true; // the answer is the same for each
            if (FirstMarker(command, first) is LintWord diverted
                && !words.Any(word => word.Text is "--remove" or "--list" or "--listpackage" or "--truename"))
            {
                AddMarker(LintRule.Renamed, command, diverted);
                return;
            }
        }
    }

    // git rm and git mv change a repository, docker rm a container.
    private static bool IsOtherTool(IReadOnlyList<LintWord> words, int first, int at) =>
        at > first && words[at - 1].Program is "git" or "docker" or "podman" or "npm" or "svn" or "hg" or "aws" or "s3" or "gsutil"
            or "rclone";

    private LintWord? Operand(LintCommand command, int program, string name)
    {
        LintWord? named = FirstMarker(command, program + 1);
        LintWord[] operands = [.. command.Words.Skip(program + 1)
            .Where(word => word.Text.Length > 0 && !(word.Text.StartsWith('-') && !word.IsQuoted))];
        if (name is "ln")
        {
            return operands.Length > 1 && IsMarker(operands[^1])
                && command.Words.Skip(program).Any(word => word.Text.StartsWith('-') && word.Text.Contains('f', StringComparison.Ordinal))
                ? operands[^1] : null;
        }
        bool isMove = CommandNames.Movers.Contains(name);
        // rename 's/…/…/' FILE has none.
        bool isExpression = name is "rename" && _file.Kind is not (LintKind.Batch or LintKind.PowerShell);
        bool hasTarget = isMove && !isExpression && operands.Length > 1
            && !command.Words.Any(word => word.Text is "-t" || word.Text.StartsWith("--target-directory", StringComparison.Ordinal));
        LintWord? marker = operands.Take(hasTarget ? operands.Length - 1 : operands.Length)
            .FirstOrDefault(word => ReferenceEquals(word, named));
        bool reads = command.Words.Any(word => word.Program is "xargs") || name.Contains("-item", StringComparison.Ordinal)
            || name is "ri" or "del" or "rm" or "rni" or "mi";
        return marker ?? (reads && (operands.Length == 0 || operands[0].Text.StartsWith("$_", StringComparison.Ordinal)
                || command.Words.Any(word => word.Program is "xargs"))
            && ReadsMarkers(command) ? command.Words[program] : null);
    }

    private bool ReadsMarkers(LintCommand command)
    {
        const int Longest = 16;
        LintCommand? from = command.PipedFrom;
        for (int count = 0; from is not null && count < Longest; from = from.PipedFrom, count++)
        {
            if (from.Words.Count > 0 && FirstMarker(from, 0) is not null)
            {
                return true;
            }
        }
        return false;
    }

    // find … -delete, or a program after -exec.
    private bool CheckFind(LintCommand command, int find)
    {
        LintWord[] words = [.. command.Words.Skip(find + 1)];
        if (FirstMarker(command, find + 1) is not LintWord marker)
        {
            return false;
        }
        int action = Array.FindIndex(words,
            word => word.Text is "-exec" or "-execdir" or "-ok" or "-x" or "--exec" or "-X" or "--exec-batch");
        LintWord[] run = action < 0 ? [] : words[(action + 1)..];
        LintRule? rule = words.Any(word => word.Text is "-delete") || run.Any(word => CommandNames.Deleters.Contains(word.Program))
            ? LintRule.Removed
            : run.Any(word => CommandNames.Movers.Contains(word.Program)) ? LintRule.Renamed : null;
        if (rule is not null)
        {
            AddMarker(rule, command, marker);
        }
        return rule is not null;
    }

    private void AddMarker(LintRule rule, LintCommand command, LintWord word) => Add(rule, command, word, LintRemedies.Marker(_file.Kind));

    // $name, ${name}, %name%, %%f.
    private bool NamesVariable(string text)
    {
        if (_file.MarkerVariables.Count == 0)
        {
            return false;
        }
        for (int at = text.AsSpan().IndexOfAny('$', '%'); at >= 0 && at + 1 < text.Length;)
        {
            int start = at + 1;
            while (start < text.Length && text[start] is '{' or '%' or '#' or '(')
            {
                start++;
            }
            int end = start;
            while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] is '_'))
            {
                end++;
            }
            if (end > start && _file.MarkerVariables.Contains(text[start..end]))
            {
                return true;
            }
            int next = text.AsSpan(start).IndexOfAny('$', '%');
            at = next < 0 ? -1 : start + next;
        }
        return false;
    }

    // for f in …/EXTERNALLY-MANAGED; find … | while read f.
    private void NoteLoops(LintCommand command, int first)
    {
        IReadOnlyList<LintWord> words = command.Words;
        string program = words[first].Program;
        if (program is "for" or "foreach" or "select" && words.Count > first + 2 && FirstMarker(command, first + 2) is not null)
        {
            _file.MarkerVariables.Add(words[first + 1].Text.TrimStart('$', '%'));
        }
        else if (program is "read" && ReadsMarkers(command))
        {
            foreach (LintWord word in words.Skip(first + 1).Where(word => !word.Text.StartsWith('-')))
            {
                _file.MarkerVariables.Add(word.Text);
            }
        }
        else if (program.StartsWith('$') && words.Count > first + 2 && words[first + 1].Text is "="
            && FirstMarker(command, first + 2) is not null)
        {
            _file.MarkerVariables.Add(words[first].Text.TrimStart('$'));
        }
        else if (program is "set" && words.Count > first + 1 && SplitAssignment(words[first + 1]) is (string name, _)
            && LintNames.HasMarker(words[first + 1].Text))
        {
            _file.MarkerVariables.Add(name);
        }
    }
}
