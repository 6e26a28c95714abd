namespace Pep668.Pip.Linting;

/// <summary>Checks a Dockerfile (Dockerfile reference: continuation, comments, escape, here-documents, exec
/// form).</summary>
internal sealed class DockerfileCheck
{
    private readonly LintFile _file;
    private readonly LintText _text;
    private readonly char _escape;
    private bool _isPowerShell;

    private DockerfileCheck(LintFile file, LintText text)
    {
        _file = file;
        _text = text;
        _escape = text.Text.AsSpan(0, Math.Min(text.Length, 200)).IndexOf("escape=`") >= 0 ? '`' : '\\';
    }

    /// <summary>Checks all instructions.</summary>
    internal static void Run(LintFile file, LintText text)
    {
        var check = new DockerfileCheck(file, text);
        for (int at = 0; at < text.Length;)
        {
            LintText instruction = check.ReadInstruction(ref at);
            check.Check(instruction, ref at);
        }
    }

    // A line with those that continue it; comments and empty lines between them are left out.
    private LintText ReadInstruction(ref int at)
    {
        var line = new LintTextBuilder();
        bool continues = true, isFirst = true;
        while (at < _text.Length && continues)
        {
            int end = EndOfLine(at);
            ReadOnlySpan<char> content = _text.Text.AsSpan(at, end - at).Trim();
            bool isSkipped = content.IsEmpty || content[0] is '#';
            if (!isSkipped)
            {
                int stop = at + _text.Text.AsSpan(at, end - at).TrimEnd().Length;
                continues = _text[stop - 1] == _escape;
                line.Append(_text, at, continues ? stop - 1 : stop);
                isFirst = false;
            }
            else
            {
                continues = !isFirst;
            }
            at = Math.Min(end + 1, _text.Length);
        }
        return line.Build(_text.PlaceOf(Math.Max(0, at - 1)));
    }

    private void Check(LintText instruction, ref int at, bool isTrigger = false)
    {
        int start = SkipBlank(instruction, 0), end = SkipWord(instruction, start);
        string name = instruction.Text[start..end].ToUpperInvariant();
        LintText rest = instruction.Slice(SkipBlank(instruction, end), instruction.Length);
        if (name is "ONBUILD")
        {
            // The instruction of a trigger is not one itself.
            if (!isTrigger)
            {
                Check(rest, ref at, isTrigger: true);
            }
            return;
        }
        IReadOnlyList<LintText> documents = name is "RUN" or "COPY" or "ADD" ? ReadDocuments(rest, ref at) : [];
        switch (name)
        {
            case "RUN" or "CMD" or "ENTRYPOINT":
                CheckRun(rest, documents);
                break;
            case "HEALTHCHECK" when rest.Text.IndexOf("CMD", StringComparison.OrdinalIgnoreCase) is >= 0 and int command:
                CheckRun(rest.Slice(command + 3, rest.Length), []);
                break;
            case "ENV" or "ARG":
                CheckVariables(rest);
                break;
            case "SHELL":
                _isPowerShell = rest.Text.Contains("powershell", StringComparison.OrdinalIgnoreCase)
                    || rest.Text.Contains("pwsh", StringComparison.OrdinalIgnoreCase);
                break;
            case "COPY" or "ADD" when documents.Count > 0:
                string target = rest.Text[(rest.Text.LastIndexOf(' ') + 1)..];
                LintChecks.RunPart(_file, target[(target.LastIndexOf('/') + 1)..], documents[0]);
                break;
        }
    }

    private void CheckRun(LintText command, IReadOnlyList<LintText> documents)
    {
        int at = 0;
        while (command.Text.AsSpan(at).StartsWith("--"))
        {
            at = SkipBlank(command, SkipWord(command, at));
        }
        LintText rest = command.Slice(at, command.Length);
        if (rest.Text.StartsWith('[') && YamlReader.ReadJson(rest) is [LintList list]
            && list.Items.All(item => item is LintScalar))
        {
            CommandCheck.Exec(_file, rest, [.. list.Items.OfType<LintScalar>().Select(item => item.Value)]);
            return;
        }
        Shell(rest);
        // Without a command before it, the document is the script.
        foreach (LintText document in documents)
        {
            if (rest.Text.StartsWith("<<", StringComparison.Ordinal))
            {
                LintKind kind = document.Text.StartsWith("#!", StringComparison.Ordinal)
                    && document.Text.Split('\n')[0].Contains("python", StringComparison.Ordinal) ? LintKind.Python : LintKind.Shell;
                LintChecks.Run(_file, kind, document);
            }
        }
    }

    private void Shell(LintText text)
    {
        if (_isPowerShell || PowerShellReader.IsLikely(text.Text))
        {
            CommandCheck.Run(_file, PowerShellReader.Read(text), LintTrust.Script);
        }
        else
        {
            CommandCheck.Shell(_file, text, LintTrust.Script);
        }
    }

    private void CheckVariables(LintText rest)
    {
        if (ShellReader.Read(rest) is not [LintCommand { Words: [LintWord first, ..] words } command, ..])
        {
            return;
        }
        if (!first.Text.Contains('=', StringComparison.Ordinal))
        {
            // The older form: ENV NAME value.
            if (words.Count > 1)
            {
                int start = SkipBlank(rest, SkipWord(rest, 0));
                CommandCheck.Assign(_file, rest, first.Value, rest.Slice(start, rest.Length));
            }
            return;
        }
        foreach (LintWord word in command.Words)
        {
            int sign = word.Text.IndexOf('=', StringComparison.Ordinal);
            if (sign > 0)
            {
                CommandCheck.Assign(_file, rest, word.Value.Slice(0, sign), word.Value.Slice(sign + 1, word.Value.Length));
            }
        }
    }

    // The lines after an instruction up to each delimiter.
    private List<LintText> ReadDocuments(LintText instruction, ref int at)
    {
        var documents = new List<LintText>();
        for (int sign = instruction.Text.IndexOf("<<", StringComparison.Ordinal); sign >= 0;
            sign = instruction.Text.IndexOf("<<", sign + 2, StringComparison.Ordinal))
        {
            int start = sign + 2 + (instruction.Text.AsSpan(sign + 2).StartsWith("-") ? 1 : 0);
            string delimiter = instruction.Text[start..SkipWord(instruction, start)].Trim('"', '\'');
            if (delimiter.Length == 0 || !char.IsAsciiLetter(delimiter[0]))
            {
                continue;
            }
            int begin = at, end = at;
            while (at < _text.Length)
            {
                int lineEnd = EndOfLine(at);
                bool isEnd = _text.Text.AsSpan(at, lineEnd - at).Trim().SequenceEqual(delimiter);
                end = isEnd ? at : Math.Min(lineEnd + 1, _text.Length);
                at = Math.Min(lineEnd + 1, _text.Length);
                if (isEnd)
                {
                    break;
                }
            }
            LintText body = _text.Slice(begin, end);
            documents.Add(body);
            CheckInput(instruction, sign, body);
        }
        return documents;
    }

    // A command before the document reads it.
    private void CheckInput(LintText instruction, int sign, LintText body)
    {
        if (ShellReader.Read(instruction.Slice(0, sign)) is [.., LintCommand command] && command.Words.Count > 0
            && instruction.Text[..sign].Trim().Length > 0 && !instruction.Text.StartsWith("<<", StringComparison.Ordinal))
        {
            var reader = new LintCommand(instruction, command.Start) { Input = body };
            foreach (LintWord word in command.Words)
            {
                reader.Add(word, sign);
            }
            reader.Redirects.AddRange(ShellReader.Read(instruction).SelectMany(one => one.Redirects));
            CommandCheck.Run(_file, [reader], LintTrust.Script);
        }
    }

    private int EndOfLine(int at)
    {
        int end = _text.Text.IndexOf('\n', at);
        return end < 0 ? _text.Length : end;
    }

    private static int SkipBlank(LintText text, int at)
    {
        while (at < text.Length && char.IsWhiteSpace(text[at]))
        {
            at++;
        }
        return at;
    }

    private static int SkipWord(LintText text, int at)
    {
        while (at < text.Length && !char.IsWhiteSpace(text[at]))
        {
            at++;
        }
        return at;
    }
}
