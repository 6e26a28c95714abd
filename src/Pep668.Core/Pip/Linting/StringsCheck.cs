namespace Pep668.Pip.Linting;

/// <summary>Checks languages in which commands are strings: Groovy, HCL, TOML and Ruby. Comments are skipped, and so
/// are strings that are printed.</summary>
internal sealed class StringsCheck
{
    private static readonly string[] Printers =
        ["echo", "print", "println", "error", "puts", "warn", "unstable", "message", "description", "post_up_message", "summary", "title",
            "name", "help", "fail", "raise", "abort", "stage", "error_message", "displayName", "keywords"];

    private static readonly string[] Runners = ["sh", "bat", "powershell", "pwsh", "inline", "script", "command", "system", "exec"];

    private readonly LintFile _file;
    private readonly LintText _text;
    private readonly LintKind _kind;
    private string _word = "";
    private LintText? _name;
    private LintText? _owner;
    private bool _hasSign;
    private bool _isTaskTable;
    private bool _isTask;

    private StringsCheck(LintFile file, LintText text, LintKind kind) => (_file, _text, _kind) = (file, text, kind);

    /// <summary>Checks all strings.</summary>
    internal static void Run(LintFile file, LintText text, LintKind kind)
    {
        var check = new StringsCheck(file, text, kind);
        for (int at = 0; at < text.Length;)
        {
            at = check.ReadPart(at);
        }
    }

    private int ReadPart(int at)
    {
        char letter = _text[at];
        ReadOnlySpan<char> rest = _text.Text.AsSpan(at);
        if (letter is '#' || (_kind is LintKind.Groovy && rest.StartsWith("//")))
        {
            return EndOfLine(at);
        }
        if (_kind is LintKind.Groovy && rest.StartsWith("/*"))
        {
            int end = rest.IndexOf("*/");
            return end < 0 ? _text.Length : at + end + 2;
        }
        if (letter is '"' or '\'' || (letter is '`' && _kind is LintKind.Ruby))
        {
            return ReadString(at);
        }
        if (letter is '[' && _kind is LintKind.Toml && IsLineStart(at))
        {
            return ReadTable(at);
        }
        if (letter is '<' && rest.StartsWith("<<"))
        {
            return ReadDocument(at);
        }
        if (char.IsAsciiLetter(letter) || letter is '_')
        {
            int end = at;
            while (end < _text.Length && (char.IsAsciiLetterOrDigit(_text[end]) || _text[end] is '_' or '-'))
            {
                end++;
            }
            if (_kind is LintKind.Groovy && EndOfOutput(at, end) is int close and > 0)
            {
                return close;
            }
            if (_hasSign && _name is LintText name)
            {
                Assign(name, _text.Slice(at, end)); // a truth value
            }
            Note(_text.Slice(at, end));
            _isTask = _isTaskTable && IsLineStart(at);
            return end;
        }
        if (char.IsAsciiDigit(letter) && _hasSign && _name is LintText number)
        {
            Assign(number, _text.Slice(at, at + 1));
            _name = null;
        }
        _owner = letter is '{' && _hasSign ? _name : letter is '}' or '\n' ? null : _owner;
        _hasSign = letter is '=' or ':' or '>' || (_hasSign && char.IsWhiteSpace(letter) && letter is not '\n');
        if (letter is '\n' or ',' or ';')
        {
            _name = null;
            _word = letter is '\n' && _word.Length > 0 && at > 0 && _text[at - 1] is '[' or '(' or ',' ? _word : letter is ',' ? _word : "";
        }
        return at + 1;
    }

    // {value = "1"}: the variable is before the bracket.
    private void Assign(LintText name, LintText value)
    {
        LintText target = name.Text is "value" && _owner is not null ? _owner : name;
        CommandCheck.Assign(_file, target, target, value);
    }

    private bool IsLineStart(int at)
    {
        while (at > 0 && _text[at - 1] is ' ' or '\t')
        {
            at--;
        }
        return at == 0 || _text[at - 1] is '\n';
    }

    // output "name" { … }: Terraform prints its value. 0 for anything else.
    private int EndOfOutput(int at, int end)
    {
        int open = EndOfLine(end);
        ReadOnlySpan<char> name = _text.Text.AsSpan(end, open - end).Trim();
        if (!_text.Text.AsSpan(at, end - at).SequenceEqual("output") || !IsLineStart(at) || name is not ['"', .., '{'])
        {
            return 0;
        }
        for (int line = open + 1; line < _text.Length; line = EndOfLine(line) + 1)
        {
            if (_text[line] is '}')
            {
                return line + 1;
            }
        }
        return _text.Length;
    }

    // The keys of [tool.pdm.scripts] and [tool.poe.tasks] are names of commands.
    private int ReadTable(int at)
    {
        int end = EndOfLine(at);
        ReadOnlySpan<char> name = _text.Text.AsSpan(at, end - at);
        int close = name.IndexOf(']');
        name = (close < 0 ? name : name[..close]).TrimStart('[').Trim();
        _isTaskTable = name.EndsWith("scripts") || name.EndsWith("tasks");
        return close < 0 ? end : at + close;
    }

    private void Note(LintText word)
    {
        _word = word.Text;
        _name = word;
        _hasSign = false;
    }

    private int ReadString(int at)
    {
        char quote = _text[at];
        bool isLong = _text.Text.AsSpan(at).StartsWith(new string(quote, 3));
        int start = at + (isLong ? 3 : 1);
        var value = new LintTextBuilder();
        int end = start;
        while (end < _text.Length)
        {
            if (_text[end] == quote && (!isLong || _text.Text.AsSpan(end).StartsWith(new string(quote, 3))))
            {
                break;
            }
            if (!isLong && _text[end] is '\n')
            {
                break;
            }
            if (_text[end] is '\\' && end + 1 < _text.Length && !(quote is '\'' && _kind is LintKind.Toml))
            {
                int place = _text.PlaceOf(end++);
                // A backslash before a line break is for the shell.
                if (_text[end] is '\n' or '\r')
                {
                    value.Append('\\', place);
                }
                value.Append(_text[end] switch { 'n' => '\n', 't' => '\t', char other => other }, place);
                end++;
                continue;
            }
            value.Append(_text, end++);
        }
        CheckString(value.Build(_text.PlaceOf(Math.Max(0, Math.Min(end, _text.Length) - 1))));
        return Math.Min(end + (isLong ? 3 : 1), _text.Length);
    }

    private void CheckString(LintText value)
    {
        bool isPrinted = !_isTask && (Printers.Contains(_word, StringComparer.Ordinal) || LintProse.IsName(_word));
        if (_hasSign && !isPrinted && _name is LintText name)
        {
            Assign(name, value);
        }
        if (!isPrinted && value.Length > 0)
        {
            LintTrust trust = Runners.Contains(_word, StringComparer.Ordinal) ? LintTrust.Script : LintTrust.Maybe;
            if (_word is "powershell" or "pwsh")
            {
                CommandCheck.Run(_file, PowerShellReader.Read(value), trust);
            }
            else if (_word is "bat")
            {
                CommandCheck.Run(_file, BatchReader.Read(value), trust);
            }
            else
            {
                CommandCheck.Shell(_file, value, trust);
            }
        }
        _name = value;
        _hasSign = false;
    }

    // <<EOF, <<-EOF, <<~SHELL.
    private int ReadDocument(int at)
    {
        int start = at + 2;
        while (start < _text.Length && _text[start] is '-' or '~' or '"' or '\'')
        {
            start++;
        }
        int end = start;
        while (end < _text.Length && (char.IsAsciiLetterOrDigit(_text[end]) || _text[end] is '_'))
        {
            end++;
        }
        if (end == start)
        {
            return at + 2;
        }
        string delimiter = _text.Text[start..end];
        int begin = Math.Min(EndOfLine(at) + 1, _text.Length), line = begin;
        while (line < _text.Length)
        {
            int lineEnd = EndOfLine(line);
            if (_text.Text.AsSpan(line, lineEnd - line).Trim().SequenceEqual(delimiter))
            {
                break;
            }
            line = Math.Min(lineEnd + 1, _text.Length);
        }
        if (!Printers.Contains(_word, StringComparer.Ordinal))
        {
            CommandCheck.Shell(_file, _text.Slice(begin, line), LintTrust.Script);
        }
        return Math.Max(EndOfLine(Math.Min(line, _text.Length)), at + 2);
    }

    private int EndOfLine(int at)
    {
        int end = at >= _text.Length ? -1 : _text.Text.IndexOf('\n', at);
        return end < 0 ? _text.Length : end;
    }
}
