namespace Pep668.Pip.Linting;

/// <content>Texts that are written into a file with a known name.</content>
internal sealed partial class PythonCheck
{
    private static readonly HashSet<string> Writers = Set("write write_text writelines print");

    // The variables with such a file, and its name.
    private readonly Dictionary<string, string> _files = new(StringComparer.Ordinal);

    // Path("/etc/pip.conf").write_text("…"), f.write("…"), print("…", file=f).
    private void CheckWritten(Bracket call, int end)
    {
        if (!Writers.Contains(call.Callee) || FileOf(call, end) is not string name)
        {
            return;
        }
        for (int at = call.Start + 1; at < end; at++)
        {
            if (_tokens[at].Kind is PythonTokenKind.String)
            {
                LintChecks.RunPart(_file, name, _tokens[at].Text);
            }
        }
    }

    private string? FileOf(Bracket call, int end)
    {
        if (call.Callee is "print")
        {
            int last = end - 1;
            return _tokens[last - 1].Is("=") && _tokens[last - 2].Is("file") ? FileIn(last, last + 1) : null;
        }
        return FileIn(StartOf(call.Start), call.Start - 1);
    }

    // The last name of a file with a known kind in some tokens.
    private string? FileIn(int start, int end)
    {
        for (int at = end - 1; at >= start; at--)
        {
            if (_tokens[at].Kind is PythonTokenKind.Name && _files.TryGetValue(_tokens[at].Text.Text, out string? known))
            {
                return known;
            }
            if (_tokens[at].Kind is PythonTokenKind.String)
            {
                string path = _tokens[at].Text.Text, name = path[(path.LastIndexOfAny(['/', '\\']) + 1)..];
                if (LintKinds.OfName(name) is not LintKind.None)
                {
                    return name;
                }
            }
        }
        return null;
    }

    // name = …, with … as name
    private void NoteFile(int start, int end)
    {
        int name = start;
        if (_tokens[start].Is("with"))
        {
            name = start + 1;
            while (name < end && !_tokens[name - 1].Is("as"))
            {
                name++;
            }
        }
        else if (!IsNext(start, "="))
        {
            return;
        }
        if (name < end && _tokens[name].Kind is PythonTokenKind.Name)
        {
            string variable = _tokens[name].Text.Text;
            if (FileIn(start, end) is string file)
            {
                _files[variable] = file;
            }
            else
            {
                _files.Remove(variable);
            }
        }
    }
}
