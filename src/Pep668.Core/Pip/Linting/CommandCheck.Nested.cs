namespace Pep668.Pip.Linting;

/// <content>Scripts in scripts: <c>sh -c</c>, here-documents, printed files.</content>
internal sealed partial class CommandCheck
{
    /// <summary>Checks the scripts in a command.</summary>
    /// <returns>Whether its words are only the script.</returns>
    private bool CheckNested(LintCommand command, int first)
    {
        IReadOnlyList<LintWord> words = command.Words;
        if (command.Input is LintText input)
        {
            CheckInput(command, first, input);
        }
        for (int at = first; at < words.Count; at++)
        {
            if (!IsStart(words, first, at))
            {
                continue;
            }
            string program = words[at].Program;
            int script = words.Count > at + 1 ? ScriptOf(words, at, program) : -1;
            if (script > 0 && script < words.Count)
            {
                CheckScript(words, program, script);
                return true;
            }
            if (CommandNames.Shells.Contains(program) && words.Count == at + 1 && command.PipedFrom is LintCommand from)
            {
                CheckPrintedScript(from);
            }
        }
        return false;
    }

    private void CheckScript(IReadOnlyList<LintWord> words, string program, int script)
    {
        if (CommandNames.IsPython(program))
        {
            PythonCheck.Run(_file, words[script].Value);
        }
        else if (program is "pwsh" or "powershell")
        {
            Run(_file, PowerShellReader.Read(words[script].Value), LintTrust.Script);
        }
        else if (program is "eval" or "ssh" or "cmd" or "iex" or "invoke-expression")
        {
            foreach (LintWord word in words.Skip(script).Where(word => word.Text.Contains(' ', StringComparison.Ordinal)))
            {
                Run(_file, ShellReader.Read(word.Value), LintTrust.Script);
            }
            var rest = new LintCommand(words[script].Value, 0);
            foreach (LintWord word in words.Skip(script).Where(word => !word.Text.Contains(' ', StringComparison.Ordinal)))
            {
                rest.Add(word, words[script].Value.Length);
            }
            Run(_file, [rest], LintTrust.Maybe);
        }
        else
        {
            Run(_file, ShellReader.Read(words[script].Value), LintTrust.Script);
        }
    }

    // Where the script is; below 0 for none.
    private static int ScriptOf(IReadOnlyList<LintWord> words, int at, string program)
    {
        if (CommandNames.Shells.Contains(program) || CommandNames.IsPython(program))
        {
            for (int option = at + 1; option < words.Count; option++)
            {
                string text = words[option].Text;
                if (text.StartsWith('-') && !text.StartsWith("--", StringComparison.Ordinal) && text.EndsWith('c'))
                {
                    return option + 1;
                }
                if (CommandNames.IsPython(program) && !text.StartsWith('-'))
                {
                    return -1;
                }
            }
            return -1;
        }
        if (program is "pwsh" or "powershell")
        {
            int command = Enumerable.Range(at + 1, words.Count - at - 1).FirstOrDefault(index =>
                words[index].Text.ToLowerInvariant() is "-c" or "-command" or "/c" or "/command", -1);
            return command < 0 ? -1 : command + 1;
        }
        return program switch
        {
            "eval" or "iex" or "invoke-expression" or "trap" => at + 1,
            "cmd" when words[at + 1].Text.ToLowerInvariant() is "/c" or "/k" => at + 2,
            "ssh" when words.Skip(at + 1).Any(word => word.Text.Contains(' ', StringComparison.Ordinal)) => at + 1,
            _ => -1,
        };
    }

    private void CheckInput(LintCommand command, int first, LintText input)
    {
        IReadOnlyList<LintWord> words = command.Words;
        if (words.Skip(first).Any(word => CommandNames.IsPython(word.Program)))
        {
            PythonCheck.Run(_file, input);
            return;
        }
        if (words.Skip(first).Any(word => CommandNames.Shells.Contains(word.Program) || word.Program is "ssh" or "chroot" or "arch-chroot"))
        {
            Run(_file, ShellReader.Read(input), LintTrust.Script);
            return;
        }
        if (Target(command, first) is string target)
        {
            CheckContent(input, target);
        }
        else if (words.Skip(first).Any(word => word.Program is "while" or "read" or "xargs" or "cat"))
        {
            // Help texts, or lists of names.
            return;
        }
        else
        {
            Run(_file, ShellReader.Read(input), LintTrust.Maybe);
        }
    }

    /// <summary>Checks what echo, printf or cat write into a file.</summary>
    private void CheckPrinted(LintCommand command, int program)
    {
        string name = command.Words[program].Program;
        if (name is not ("echo" or "printf" or "print" or "cat" or "write-output"))
        {
            return;
        }
        if ((Target(command, program) ?? TeeTarget(command)) is not string target)
        {
            return;
        }
        if (command.Input is LintText input)
        {
            CheckContent(input, target);
        }
        else if (name is not "cat")
        {
            foreach (LintWord word in Printed(command, program))
            {
                CheckContent(word.Value, target);
            }
        }
    }

    // A function that prints the option, in a script with $(function).
    private void CheckFunction(LintCommand command, int program)
    {
        if (command.Function is not string function || command.PipedTo is not null || command.Redirects.Count > 0
            || command.Words[program].Program is not ("echo" or "printf" or "print")
            || !(command.Source.Text.Contains($"$({function}", StringComparison.Ordinal)
                || command.Source.Text.Contains($"`{function}", StringComparison.Ordinal)))
        {
            return;
        }
        foreach (LintWord word in command.Words.Skip(program + 1).Where(word => LintNames.FindOption(word.Text) >= 0))
        {
            Run(_file, ShellReader.Read(word.Value), LintTrust.Maybe);
        }
    }

    private static string? TeeTarget(LintCommand command) =>
        command.PipedTo is { Words: [LintWord to, ..] } next && EffectiveProgram(next.Words, 0) is int tee
        && (next.Words[tee].Program is "tee" or "out-file" or "set-content" or "add-content" || to.Program is "out-file")
            ? next.Words.Skip(tee + 1).FirstOrDefault(word => !word.Text.StartsWith('-'))?.Text : null;

    private void CheckPrintedScript(LintCommand from)
    {
        if (from.Words is [LintWord program, _, ..] && program.Program is "echo" or "printf")
        {
            foreach (LintWord word in Printed(from, 0))
            {
                Run(_file, ShellReader.Read(word.Value), LintTrust.Script);
            }
        }
    }

    // The quoted words with \n as line breaks; words without quotes are one line.
    private static IEnumerable<LintWord> Printed(LintCommand command, int program)
    {
        LintWord[] words = [.. command.Words.Skip(program + 1).Where(word => !(word.Text is "-e" or "-n" or "-en" or "-ne"))];
        var line = new LintTextBuilder();
        foreach (LintWord word in words)
        {
            for (int at = 0; at < word.Value.Length; at++)
            {
                bool isBreak = word.Value[at] is '\\' && at + 1 < word.Value.Length && word.Value[at + 1] is 'n';
                line.Append(isBreak ? '\n' : word.Value[at], word.Value.PlaceOf(at));
                at += isBreak ? 1 : 0;
            }
            if (word.Value.Length > 0)
            {
                line.Append(word.IsQuoted && words.Length > 1 ? '\n' : ' ', word.Value.PlaceOf(word.Value.Length - 1));
            }
        }
        LintText text = line.Build(0);
        return text.Length == 0 ? [] : [new(text, IsQuoted: true)];
    }

    private static string? Target(LintCommand command, int program)
    {
        if (command.Redirects.FirstOrDefault(one => one.Operator is ">" or ">>" or "1>" or "1>>" or ">|" or "&>" or "&>>")
            is LintRedirect one)
        {
            return one.Target.StartsWith("/dev/", StringComparison.Ordinal) || one.Target.Length == 0 || char.IsAsciiDigit(one.Target[0])
                ? null : one.Target;
        }
        int tee = EffectiveProgram(command.Words, program);
        return tee < command.Words.Count && command.Words[tee].Program is "tee"
            ? command.Words.Skip(tee + 1).FirstOrDefault(word => !word.Text.StartsWith('-'))?.Text : null;
    }

    private void CheckContent(LintText content, string target)
    {
        string name = target[(target.LastIndexOfAny(['/', '\\']) + 1)..];
        LintChecks.RunPart(_file, name, content);
    }
}
