namespace Pep668.Pip.Linting;

/// <content>Markers that are deleted or moved, except those in a temporary folder: a test makes them.</content>
internal sealed partial class PythonCheck
{
    private static readonly HashSet<string> TemporaryNames = Set(
        "tmp temp tmpdir tempdir tmppath tempfile TemporaryDirectory mkdtemp gettempdir scratch sandbox");

    private readonly HashSet<string> _temporary = new(StringComparer.Ordinal);

    // One statement: a call that removes or moves, and a marker in its arguments or before its dot.
    private void CheckMarkers(int start, int end)
    {
        int marker = -1, call = -1, temporary = -1;
        int first = IsNext(start, "=") ? start + 1 : start;
        LintRule rule = LintRule.Removed;
        for (int at = start; at < end; at++)
        {
            PythonToken token = _tokens[at];
            bool isName = token.Kind is PythonTokenKind.Name;
            if (token.Kind is PythonTokenKind.String ? LintNames.HasMarker(token.Text.Text)
                : isName && _file.MarkerVariables.Contains(token.Text.Text))
            {
                marker = marker < 0 ? at : marker;
            }
            if (temporary < 0 && at >= first && (isName ? IsTemporary(token.Text.Text) : IsTemporaryText(token)))
            {
                temporary = at;
            }
            if (isName && IsNext(at, "(") && ActionOf(at) is LintRule found)
            {
                call = at;
                rule = found;
            }
        }
        bool isTemporary = temporary >= 0 && (marker < 0 || (temporary <= marker && !_tokens[marker].Text.Text.StartsWith('/')));
        if (marker >= 0 && call >= 0 && !isTemporary)
        {
            LintText text = _tokens[marker].Text;
            _file.Add(rule, text.PlaceOf(0), text.PlaceOf(text.Length), Range(start, end), LintRemedies.Marker(_file.Kind));
        }
        else
        {
            NoteVariable(start, end, marker >= 0, isTemporary);
        }
    }

    // name = …marker…; for name in …marker…; with … as name
    private void NoteVariable(int start, int end, bool isMarker, bool isTemporary)
    {
        int name = _tokens[start].Is("for") ? start + 1 : start;
        if (_tokens[start].Is("with"))
        {
            int sign = start;
            while (sign < end && !_tokens[sign].Is("as"))
            {
                sign++;
            }
            name = Math.Min(sign + 1, end);
        }
        else if (!(IsNext(name, "=") || IsNext(name, "in") || IsNext(name, ":")))
        {
            return;
        }
        if (_tokens[name].Kind is not PythonTokenKind.Name)
        {
            return;
        }
        string text = _tokens[name].Text.Text;
        if (isTemporary)
        {
            _temporary.Add(text);
            _file.MarkerVariables.Remove(text);
        }
        else if (isMarker)
        {
            _file.MarkerVariables.Add(text);
            _temporary.Remove(text);
        }
    }

    private bool IsTemporary(string name)
    {
        if (_temporary.Contains(name) || TemporaryNames.Contains(name))
        {
            return true;
        }
        int end = name.IndexOf('_', StringComparison.Ordinal);
        return end > 0 && (TemporaryNames.Contains(name[..end]) || TemporaryNames.Contains(name[(name.LastIndexOf('_') + 1)..]));
    }

    // f"{tmp}/EXTERNALLY-MANAGED"
    private bool IsTemporaryText(PythonToken token)
    {
        string text = token.Kind is PythonTokenKind.String ? token.Text.Text : "";
        int end = text.StartsWith('{') ? text.AsSpan().IndexOfAny('}', '.', '[') : -1;
        return end > 1 && IsTemporary(text[1..end]);
    }

    private LintRule? ActionOf(int at)
    {
        string name = _tokens[at].Text.Text;
        string before = at > 1 && _tokens[at - 1].Is(".") ? _tokens[at - 2].Text.Text : "";
        bool isModule = before is "os" or "shutil";
        return name switch
        {
            "unlink" => LintRule.Removed,
            "remove" or "removedirs" when isModule => LintRule.Removed,
            "rename" or "renames" => LintRule.Renamed,
            "replace" or "move" when isModule => LintRule.Renamed,
            _ => null,
        };
    }
}
