namespace Pep668.Pip.Linting;

/// <content>Whether a list or a text is passed to a program, or only data: the flow of variables of one file.</content>
internal sealed partial class PythonCheck
{
    private const int MaximumFlow = 4;

    // Return what they get in another form.
    private static readonly HashSet<string> Transparent = Set(
        "join format split replace str list tuple set sorted enumerate zip reversed chain strip cast Path");

    private static readonly HashSet<string> Compares = Set("== != in not is");

    private readonly Dictionary<string, bool> _data = new(StringComparer.Ordinal);

    /// <summary>Whether nothing runs a literal.</summary>
    /// <param name="at">Its first token.</param>
    /// <param name="open">The brackets around it.</param>
    private bool IsData(int at, Stack<Bracket> open)
    {
        Bracket? call = open.FirstOrDefault(one => one.Callee.Length > 0 && !Transparent.Contains(one.Callee));
        if (call is not null)
        {
            return _file.IsTest && !IsRunner(call.Callee);
        }
        int outer = open.LastOrDefault()?.Start ?? at;
        if (outer > 0 && _tokens[outer - 1].Is("in") && LoopOf(outer - 1) is { Count: > 0 } variables)
        {
            return variables.All(one => IsData(one, 0, isStrict: true));
        }
        if (TargetOf(at) is not string target)
        {
            return _file.IsTest;
        }
        if (!_data.TryGetValue(target, out bool isData))
        {
            isData = IsData(target, 0, _file.IsTest, ifUnused: _file.IsTest);
            _data.Add(target, isData);
        }
        return isData;
    }

    // Strict: only what a runner gets is run.
    private bool IsData(string name, int depth, bool isStrict, bool ifUnused = true)
    {
        bool isUsed = false;
        for (int at = 0; at < _tokens.Count; at++)
        {
            if (_tokens[at].Is(name) && !(at > 0 && _tokens[at - 1].Is(".")) && !IsTarget(at) && !IsArgumentName(at))
            {
                if (!IsDataAt(at, depth, isStrict))
                {
                    return false;
                }
                isUsed = true;
            }
        }
        return isUsed || ifUnused;
    }

    private bool IsDataAt(int at, int depth, bool isStrict)
    {
        (int start, string callee) = ContextOf(at);
        if (callee.Length > 0)
        {
            return !IsRunner(callee) && (isStrict || IsDescription(callee));
        }
        if (at > 0 && _tokens[at - 1].Is("in") && LoopOf(at - 1) is { Count: > 0 } variables)
        {
            return depth >= MaximumFlow || variables.All(one => IsData(one, depth + 1, isStrict));
        }
        if (_tokens[start].Is("assert") || IsCompared(at))
        {
            return true;
        }
        return isStrict
            && (TargetOf(at) is not string target || depth >= MaximumFlow || IsData(target, depth + 1, isStrict));
    }

    private static bool IsRunner(string callee) =>
        Runners.Contains(callee) || Adders.Contains(callee) || callee is "main" or "pip" or "partial";

    private bool IsCompared(int at) =>
        (at > 0 && Compares.Contains(_tokens[at - 1].Text.Text) && _tokens[at - 1].Kind is not PythonTokenKind.String)
        || IsNext(at, "==") || IsNext(at, "!=") || IsNext(at, "in") || IsNext(at, "not");

    // name = …, name: type = …, name += …
    private string? TargetOf(int at)
    {
        int start = StartOf(at);
        return _tokens[start].Kind is PythonTokenKind.Name && (IsNext(start, "=") || IsNext(start, "+=") || IsNext(start, ":"))
            && !IsKeyword(_tokens[start].Text.Text) ? _tokens[start].Text.Text : null;
    }

    private bool IsTarget(int at) => (IsNext(at, "=") || IsNext(at, ":")) && (at == 0 || _tokens[at - 1].Kind is PythonTokenKind.End);

    // f(name=…)
    private bool IsArgumentName(int at) => IsNext(at, "=") && at > 0 && (_tokens[at - 1].Is("(") || _tokens[at - 1].Is(","));

    private int StartOf(int at)
    {
        while (at > 0 && _tokens[at - 1].Kind is not PythonTokenKind.End)
        {
            at--;
        }
        return at;
    }

    // The statement, and the call that gets a token.
    private (int Start, string Callee) ContextOf(int at)
    {
        int depth = 0, token = at - 1;
        for (; token >= 0 && _tokens[token].Kind is not PythonTokenKind.End; token--)
        {
            if (_tokens[token].Is(")") || _tokens[token].Is("]") || _tokens[token].Is("}"))
            {
                depth++;
            }
            else if (_tokens[token].Is("(") || _tokens[token].Is("[") || _tokens[token].Is("{"))
            {
                string callee = depth == 0 && _tokens[token].Is("(") ? CalleeBefore(token) : "";
                depth = Math.Max(0, depth - 1);
                if (callee.Length > 0 && !Transparent.Contains(callee) && !IsKeyword(callee))
                {
                    return (StartOf(token), callee);
                }
            }
        }
        return (token + 1, "");
    }

    // for a, b in: the names.
    private List<string> LoopOf(int keyword)
    {
        var names = new List<string>();
        for (int at = keyword - 1; at >= 0; at--)
        {
            if (_tokens[at].Is("for"))
            {
                return names;
            }
            if (_tokens[at].Kind is PythonTokenKind.Name)
            {
                names.Add(_tokens[at].Text.Text);
            }
            else if (!(_tokens[at].Is(",") || _tokens[at].Is("(") || _tokens[at].Is(")")))
            {
                break;
            }
        }
        return [];
    }
}
