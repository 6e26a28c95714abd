namespace Pep668.Pip.Linting;

/// <summary>
/// The simple commands of a script for POSIX shells, bash, zsh or fish (XCU 2, "Shell Command Language"): also those in
/// substitutions, functions, loops and <c>case</c>. It reads every text to its end: what is not a script has other
/// commands, never an error.
/// </summary>
internal sealed partial class ShellReader
{
    private const int MaximumDepth = 60;

    private static readonly HashSet<string> Keywords = new(StringComparer.Ordinal)
    {
        "if", "then", "else", "elif", "fi", "do", "done", "while", "until", "{", "}", "!", "time", "coproc", "begin", "end", "and", "or",
        "not",
    };

    private readonly LintText _text;
    private readonly int _depth;
    private readonly bool _isFish;
    private readonly List<LintCommand> _commands;
    private readonly Queue<HereDocument> _documents = new();
    private readonly Stack<string?> _braces = new();
    private string? _function;

    private ShellReader(LintText text, int depth, bool isFish, List<LintCommand> commands) =>
        (_text, _depth, _isFish, _commands) = (text, depth, isFish, commands);

    private sealed record HereDocument(LintCommand Command, string Delimiter, bool StripsTabs);

    /// <summary>Reads them, in order; those in a substitution come before the command that has it.</summary>
    /// <param name="text">The script.</param>
    /// <param name="isFish">Whether a substitution is <c>(…)</c>, as in fish, and not <c>$(…)</c>.</param>
    internal static IReadOnlyList<LintCommand> Read(LintText text, bool isFish = false)
    {
        var commands = new List<LintCommand>();
        Read(text, 0, isFish, commands);
        return commands;
    }

    private static void Read(LintText text, int depth, bool isFish, List<LintCommand> commands)
    {
        var reader = new ShellReader(text, depth, isFish, commands);
        for (int at = 0; at < text.Length;)
        {
            at = reader.ReadList(at, '\0', depth);
        }
    }

    /// <summary>What is read at the moment: one list of commands.</summary>
    private sealed class ListState
    {
        internal LintCommand? Current { get; set; }

        internal LintCommand? Before { get; set; }

        internal int Cases { get; set; }

        internal bool IsPattern { get; set; }
    }

    private int ReadList(int at, char close, int depth)
    {
        var state = new ListState();
        while (at < _text.Length)
        {
            char letter = _text[at];
            if (letter is ' ' or '\t' or '\r')
            {
                at++;
            }
            else if (letter is '\\' && LineEnd(at + 1) is int next and > 0)
            {
                at = next;
            }
            else if (letter is '#')
            {
                at = EndOfLine(at);
            }
            else if (state.IsPattern && letter is not '\n' and not ';')
            {
                at = ReadPattern(at, state);
            }
            else if (letter is ')')
            {
                Finish(state);
                if (close is ')')
                {
                    return at + 1;
                }
                at++;
            }
            else
            {
                at = letter is '\n' or ';' or '&' or '|' ? ReadSeparator(at, state)
                    : letter is '(' && !_isFish ? ReadGroup(at, state, depth)
                    : ReadPart(at, state, depth);
            }
        }
        Finish(state);
        return at;
    }

    private int ReadSeparator(int at, ListState state)
    {
        char letter = _text[at], next = at + 1 < _text.Length ? _text[at + 1] : '\0';
        if (letter is '&' && next is '>')
        {
            return ReadRedirect(at + 1, "&", Current(state, at));
        }
        if (letter is '|' && next is not '|')
        {
            LintCommand? from = state.Current;
            Finish(state);
            state.Before = from;
            return at + (next is '&' ? 2 : 1);
        }
        Finish(state);
        if (letter is '\n')
        {
            return ReadDocuments(at + 1);
        }
        if (letter is ';' && next is ';' or '&')
        {
            state.IsPattern = state.Cases > 0;
            return at + (at + 2 < _text.Length && _text[at + 2] is '&' ? 3 : 2);
        }
        return at + (next == letter ? 2 : 1);
    }

    private int ReadGroup(int at, ListState state, int depth)
    {
        // name() begins a function.
        if (state.Current is { Words.Count: 1 } && NextOf(at + 1) is int close && close < _text.Length && _text[close] is ')')
        {
            _function = state.Current.Words[0].Text;
            state.Current = null;
            return close + 1;
        }
        return depth < MaximumDepth ? ReadList(at + 1, ')', depth + 1) : at + 1;
    }

    private int ReadPart(int at, ListState state, int depth)
    {
        int digits = at;
        while (digits < _text.Length && char.IsAsciiDigit(_text[digits]))
        {
            digits++;
        }
        if (digits < _text.Length && _text[digits] is '<' or '>' && !IsSubstitution(digits))
        {
            return ReadRedirect(digits, _text.Text[at..digits], Current(state, at));
        }
        int start = at;
        LintWord word = ReadWord(ref at, depth);
        if (state.Current is null && !word.IsQuoted && TakeKeyword(word.Text, state, ref at, depth))
        {
            return at;
        }
        LintCommand command = Current(state, start);
        command.Add(word, at);
        if (command.Words is [{ Text: "case" }, _, { Text: "in" }])
        {
            state.Current = null;
            state.Cases++;
            state.IsPattern = true;
        }
        else if (at < _text.Length && _text[at] is '(' && word.Text.EndsWith('=') && !word.IsQuoted)
        {
            command.IsArray = true;
            return ReadArray(at + 1, command, depth);
        }
        return at;
    }

    private bool TakeKeyword(string word, ListState state, ref int at, int depth)
    {
        if (word is "esac")
        {
            state.Cases = Math.Max(0, state.Cases - 1);
            state.IsPattern = false;
            return true;
        }
        if (word is "function")
        {
            at = NextOf(at);
            if (at < _text.Length && _text[at] is not '\n')
            {
                _function = ReadWord(ref at, depth).Text;
            }
            return true;
        }
        if (word is "{")
        {
            _braces.Push(_function ?? (_braces.TryPeek(out string? outer) ? outer : null));
            _function = null;
        }
        else if (word is "}")
        {
            _ = _braces.TryPop(out _);
        }
        return Keywords.Contains(word);
    }

    // The patterns of case up to their bracket; "esac" ends it.
    private int ReadPattern(int at, ListState state)
    {
        if (_text.Text.AsSpan(at).StartsWith("esac"))
        {
            state.IsPattern = false;
            return at;
        }
        for (at = _text[at] is '(' ? at + 1 : at; at < _text.Length && _text[at] is not ')' and not '\n';)
        {
            if (_text[at] is '\'' or '"')
            {
                int end = _text.Text.IndexOf(_text[at], at + 1);
                at = end < 0 ? _text.Length : end + 1;
            }
            else
            {
                at += _text[at] is '\\' && at + 1 < _text.Length ? 2 : 1;
            }
        }
        state.IsPattern = at >= _text.Length || _text[at] is not ')';
        return Math.Min(at + 1, _text.Length);
    }

    private int ReadArray(int at, LintCommand command, int depth)
    {
        while (at < _text.Length && _text[at] is not ')')
        {
            if (char.IsWhiteSpace(_text[at]) || _text[at] is '(' or ';' or '&' or '|' or '<' or '>')
            {
                at++;
            }
            else if (_text[at] is '#')
            {
                at = EndOfLine(at);
            }
            else
            {
                LintWord word = ReadWord(ref at, depth);
                command.Add(word, at);
            }
        }
        return Math.Min(at + 1, _text.Length);
    }

    private int ReadRedirect(int at, string number, LintCommand command)
    {
        int start = at;
        while (at < _text.Length && _text[at] is '<' or '>' or '&' or '|' or '!' && at - start < 3)
        {
            at++;
        }
        string sign = _text.Text[start..at];
        bool isDocument = sign is "<<";
        bool strips = isDocument && at < _text.Length && _text[at] is '-';
        at = NextOf(strips ? at + 1 : at);
        if (at >= _text.Length || _text[at] is '\n' or ')')
        {
            return at;
        }
        int before = at;
        LintWord word = ReadWord(ref at, _depth);
        at = at == before ? at + 1 : at;
        if (isDocument)
        {
            _documents.Enqueue(new(command, word.Text, strips));
        }
        else if (sign is "<<<")
        {
            command.Input = word.Value;
        }
        else
        {
            command.Redirects.Add(new(number + sign, word.Text));
        }
        return at;
    }

    private int ReadDocuments(int at)
    {
        while (_documents.TryDequeue(out HereDocument? document))
        {
            int start = at, end = at;
            while (at < _text.Length)
            {
                int next = EndOfLine(at);
                ReadOnlySpan<char> line = _text.Text.AsSpan(at, next - at).TrimEnd('\r');
                end = at;
                at = Math.Min(next + 1, _text.Length);
                if ((document.StripsTabs ? line.TrimStart('\t') : line).SequenceEqual(document.Delimiter))
                {
                    break;
                }
                end = at;
            }
            document.Command.Input = _text.Slice(start, end);
        }
        return at;
    }

    private LintCommand Current(ListState state, int at)
    {
        if (state.Current is null)
        {
            state.Current = new(_text, at)
            {
                PipedFrom = state.Before, Function = _braces.TryPeek(out string? function) ? function : null,
            };
            if (state.Before is not null)
            {
                state.Before.PipedTo = state.Current;
            }
            state.Before = null;
        }
        return state.Current;
    }

    private void Finish(ListState state)
    {
        if (state.Current is not null)
        {
            _commands.Add(state.Current);
        }
        state.Current = null;
    }

    // The place after a line break; 0 if there is another letter.
    private int LineEnd(int at) =>
        at < _text.Length && _text[at] is '\n' ? at + 1
        : at + 1 < _text.Length && _text[at] is '\r' && _text[at + 1] is '\n' ? at + 2 : 0;

    private int EndOfLine(int at)
    {
        int end = _text.Text.IndexOf('\n', at);
        return end < 0 ? _text.Length : end;
    }

    private int NextOf(int at)
    {
        while (at < _text.Length && _text[at] is ' ' or '\t')
        {
            at++;
        }
        return at;
    }

    private bool IsSubstitution(int at) => at + 1 < _text.Length && _text[at] is '<' or '>' && _text[at + 1] is '(';
}
