namespace Pep668.Pip.Linting;

/// <summary>
/// Checks Python: the arguments of programs that it starts, variables that it sets, markers that it removes. Strings
/// elsewhere, such as help and messages, are not commands.
/// </summary>
internal sealed partial class PythonCheck
{
    // Start a program; their strings are a command line or its words.
    private static readonly HashSet<string> Runners = Set(
        "run call check_call check_output Popen system popen getoutput getstatusoutput create_subprocess_shell create_subprocess_exec "
        + "execv execve execvp execvpe execl execlp spawn sh sudo local cmd run_command execute exec_command run_cmd shell install "
        + "run_always pip_install check_run bash ssh");

    // Change a list of arguments.
    private static readonly HashSet<string> Adders = Set("append extend insert appendleft add_argument_list");

    // Have options as texts and do not pass them to pip.
    private static readonly HashSet<string> Describers = Set(
        "add_argument add_option option argument print error info warning warn debug exception critical log write format join index count "
        + "remove discard startswith endswith replace split search match compile findall sub parametrize fail skip raises echo secho "
        + "Option Argument fullmatch find getattr hasattr get pop in_ not_in SystemExit RuntimeError ValueError Exception parse_args "
        + "parse_known_args");

    private static readonly HashSet<string> Setters = Set("setenv setdefault putenv __setitem__ set_env set");

    private readonly LintFile _file;
    private readonly LintText _text;
    private readonly List<PythonToken> _tokens;

    private PythonCheck(LintFile file, LintText text) => (_file, _text, _tokens) = (file, text, PythonTokens.Read(text));

    private sealed record Bracket(char Sign, string Callee, int Start)
    {
        internal List<LintText> Items { get; } = [];

        internal bool HasOthers { get; set; }

        internal bool IsCompared { get; init; }
    }

    /// <summary>Checks a script.</summary>
    internal static void Run(LintFile file, LintText text) => file.Nest(() => new PythonCheck(file, text).CheckAll());

    private void CheckAll()
    {
        var open = new Stack<Bracket>();
        int start = 0;
        for (int at = 0; at < _tokens.Count; at++)
        {
            PythonToken token = _tokens[at];
            if (token.Kind is PythonTokenKind.End)
            {
                CheckMarkers(start, at);
                NoteFile(start, at);
                open.Clear();
                start = at + 1;
            }
            else if (token.Kind is PythonTokenKind.String)
            {
                CheckString(at, open);
            }
            else if (token.Text.Length == 1 && token.Text[0] is '(' or '[' or '{')
            {
                open.Push(new(token.Text[0], token.Text[0] is '(' ? CalleeBefore(at) : "", at)
                {
                    IsCompared = at > 0 && (_tokens[at - 1].Is("==") || _tokens[at - 1].Is("!=") || _tokens[at - 1].Is("not")
                        || (_tokens[at - 1].Is("in") && LoopOf(at - 1).Count == 0)),
                });
            }
            else if (token.Text.Length == 1 && token.Text[0] is ')' or ']' or '}' && open.TryPop(out Bracket? closed))
            {
                Close(closed, open, at);
            }
            else if (token.Kind is PythonTokenKind.Name && LintNames.IsVariable(token.Text.Text) && IsNext(at, "=")
                && open.TryPeek(out Bracket? call) && call.Sign is '(')
            {
                CheckVariable(at, at + 2, isVariable: true); // dict(NAME="1")
            }
        }
    }

    private bool IsNext(int at, string text) => at + 1 < _tokens.Count && _tokens[at + 1].Is(text);

    private string CalleeBefore(int at) => at > 0 && _tokens[at - 1].Kind is PythonTokenKind.Name ? _tokens[at - 1].Text.Text : "";

    private void CheckString(int at, Stack<Bracket> open)
    {
        LintText value = _tokens[at].Text;
        open.TryPeek(out Bracket? bracket);
        bool isItem = !(at > 0 && (_tokens[at - 1].Is("==") || _tokens[at - 1].Is("!=") || _tokens[at - 1].Is("in")))
            && !IsNext(at, "==") && !IsNext(at, "!=") && !IsNext(at, "in") && !IsNext(at, "not");
        bool isVariable = LintNames.IsVariable(value.Text);
        if (isVariable || LintNames.IsSetting(value.Text, allowsUnderscores: false))
        {
            bool isSubscript = bracket?.Sign is '[' && IsNext(at, "]") && at + 2 < _tokens.Count && _tokens[at + 2].Is("=");
            bool isPair = bracket?.Sign is '{' && IsNext(at, ":");
            bool isSet = bracket?.Sign is '(' && IsNext(at, ",") && Setters.Contains(bracket.Callee);
            if (isSubscript || isPair || isSet)
            {
                CheckVariable(at, isSubscript ? at + 3 : at + 2, isVariable);
            }
        }
        if (bracket is not null && isItem)
        {
            bracket.Items.Add(value);
        }
        else if (bracket is null && at > 1 && (_tokens[at - 1].Is("+=") || (_tokens[at - 1].Is("=") && IsStatementStart(at - 2))))
        {
            CheckLiteral([value], at, at, open);
            if (value.Text.Contains(' ', StringComparison.Ordinal) && LintNames.FindOption(value.Text) > 0
                && TargetOf(at) is string name && !IsData(name, 0, isStrict: true))
            {
                CommandCheck.Shell(_file, value, LintTrust.Script);
            }
        }
    }

    private bool IsStatementStart(int at) => at >= 0 && _tokens[at].Kind is PythonTokenKind.Name
        && (at == 0 || _tokens[at - 1].Kind is PythonTokenKind.End);

    // A variable of the environment, or a setting: config["global"]["break-system-packages"] = "true". A value that is
    // not a constant counts for a variable only: a setting can be an option of the script itself.
    private void CheckVariable(int name, int value, bool isVariable)
    {
        if (value >= _tokens.Count)
        {
            return;
        }
        string given = _tokens[value].Text.Text;
        bool isTrue = _tokens[value].Kind is PythonTokenKind.String ? LintNames.IsTrue(given)
            : isVariable ? given is not ("None" or "False" or "0" or "") : given is "True" or "1";
        if (isTrue)
        {
            LintText text = _tokens[name].Text;
            _file.Add(isVariable ? LintRule.Variable : LintRule.Setting, text.PlaceOf(0), text.PlaceOf(text.Length), Statement(name),
                LintRemedies.Setting(_file.Kind));
        }
    }

    private void Close(Bracket bracket, Stack<Bracket> open, int end)
    {
        CheckWritten(bracket, end);
        if (bracket.IsCompared || bracket.Items.Count == 0 || bracket.Sign is '{'
            || open.Any(one => IsDescription(one.Callee) || one.IsCompared))
        {
            return;
        }
        if (bracket.Sign is '[' || bracket.Callee.Length == 0)
        {
            // A subscript is no list.
            bool isSubscript = bracket.Sign is '[' && bracket.Start > 0
                && (_tokens[bracket.Start - 1].Kind is PythonTokenKind.Name && !IsKeyword(_tokens[bracket.Start - 1].Text.Text)
                    || _tokens[bracket.Start - 1].Is(")") || _tokens[bracket.Start - 1].Is("]"));
            if (!isSubscript && (bracket.Sign is '[' || bracket.Items.Count > 1))
            {
                CheckLiteral(bracket.Items, bracket.Start, end, open);
            }
            else if (bracket.Sign is '(' && open.TryPeek(out Bracket? outer))
            {
                outer.Items.AddRange(bracket.Items); // ("text" "text")
            }
            return;
        }
        if (IsDescription(bracket.Callee))
        {
            return;
        }
        if (Adders.Contains(bracket.Callee))
        {
            CheckOptions(bracket.Items, bracket.Start, end);
        }
        else if (Runners.Contains(bracket.Callee) || bracket.Callee is "main" or "pip")
        {
            CheckOptions(bracket.Items, bracket.Start, end);
            foreach (LintText item in bracket.Items.Where(item => item.Text.Contains(' ', StringComparison.Ordinal)))
            {
                CommandCheck.Shell(_file, item, LintTrust.Script);
            }
            if (bracket.Items.Count > 1)
            {
                CommandCheck.Exec(_file, Joined(bracket.Items), bracket.Items);
            }
        }
        else if (open.TryPeek(out Bracket? outer) && bracket.Callee is "split" or "format" or "join" or "str")
        {
            outer.Items.AddRange(bracket.Items);
        }
    }

    private void CheckLiteral(IReadOnlyList<LintText> items, int start, int end, Stack<Bracket> open)
    {
        bool matters = items.Any(item => item.Text.Contains("--b", StringComparison.Ordinal)
            || item.Text.Contains("EXT", StringComparison.Ordinal) || item.Text.Contains("SYSTEM_PACKAGES", StringComparison.Ordinal));
        if (!(matters && IsData(start, open)))
        {
            CheckOptions(items, start, end);
        }
    }

    private static bool IsDescription(string callee) => Describers.Contains(callee)
        || callee.StartsWith("assert", StringComparison.Ordinal) || callee.StartsWith("print", StringComparison.Ordinal)
        || callee.EndsWith("Error", StringComparison.Ordinal) || callee.StartsWith("log", StringComparison.Ordinal);

    private static bool IsKeyword(string name) => name is "return" or "in" or "and" or "or" or "not" or "else" or "if" or "yield" or "await"
        or "lambda" or "for" or "print";

    // A list of words: the option as one of them, or all of them as a command.
    private void CheckOptions(IReadOnlyList<LintText> items, int start, int end)
    {
        LintText? option = items.FirstOrDefault(item => item.Text is LintNames.Option
            || (item.Text.StartsWith('-') && LintNames.FindOption(item.Text) >= 0));
        if (option is not null)
        {
            int at = option.Text is LintNames.Option ? 0 : LintNames.FindOption(option.Text);
            _file.Add(LintRule.Option, option.PlaceOf(at), option.PlaceOf(at + LintNames.Option.Length), Range(start, end),
                LintRemedies.Install(_file.Kind, null));
        }
        else if (items.Count > 1)
        {
            CommandCheck.Exec(_file, Joined(items), items);
        }
    }

    private static LintText Joined(IReadOnlyList<LintText> words)
    {
        var text = new LintTextBuilder();
        foreach (LintText word in words)
        {
            if (text.Length > 0)
            {
                text.Append(' ', word.PlaceOf(0));
            }
            text.Append(word, 0, word.Length);
        }
        return text.Build(words[^1].PlaceOf(words[^1].Length));
    }

    private string Statement(int at)
    {
        int start = StartOf(at), end = at;
        while (_tokens[end].Kind is not PythonTokenKind.End)
        {
            end++;
        }
        return Range(start, end);
    }

    // The source from a token to the token before another one, with the name of a call before a bracket.
    private string Range(int start, int end)
    {
        while (start > 0 && _tokens[start].Is("(") && (_tokens[start - 1].Kind is PythonTokenKind.Name || _tokens[start - 1].Is(".")))
        {
            start--;
        }
        while (start > 0 && (_tokens[start - 1].Is(".") || (_tokens[start].Is(".") && _tokens[start - 1].Kind is PythonTokenKind.Name)))
        {
            start--;
        }
        int first = _tokens[start].Text.PlaceOf(0) - _text.PlaceOf(0);
        int last = _tokens[end].Text.PlaceOf(_tokens[end].Text.Length) - _text.PlaceOf(0);
        // Quotes are not in the token.
        first = Math.Clamp(_tokens[start].Kind is PythonTokenKind.String ? first - 1 : first, 0, _text.Length);
        last = Math.Clamp(_tokens[end].Kind is PythonTokenKind.String ? last + 1 : last, first, _text.Length);
        return LintCommand.OneLine(_text.Text.AsSpan(first, last - first));
    }

    private static HashSet<string> Set(string words) => new(words.Split(' '), StringComparer.Ordinal);
}
