using System.Text;

namespace Pep668.Tests;

/// <summary>
/// Reads a line as cmd.exe does at its prompt, and each program's arguments as Microsoft's C runtime does: the rules of
/// "Parsing C command-line arguments" and of the documentation of <c>cmd</c> and <c>set</c>.
/// </summary>
internal static class CmdReader
{
    private static readonly Dictionary<string, string> Variables = new(StringComparer.OrdinalIgnoreCase)
    {
        ["PATH"] = @"C:\Windows", ["USERNAME"] = "user", ["A"] = "1",
    };

    /// <summary>The calls of a line, each a program with its arguments; a comment is left out.</summary>
    internal static IReadOnlyList<IReadOnlyList<string>> Calls(string line)
    {
        if (line.AsSpan().IndexOfAny('\r', '\n') >= 0)
        {
            throw new FormatException($"The line ends in the middle: {line}");
        }
        return [.. Commands(WithVariables(line)).Where(one => one.Split(' ')[0] is not "rem").Select(one => Arguments(one.Trim(' ')))];
    }

    // Before everything else, quotes or not: %NAME% and %NAME:…% of a variable that exists; at the prompt, all others
    // are left.
    private static string WithVariables(string line)
    {
        var text = new StringBuilder();
        for (int at = 0; at < line.Length; at++)
        {
            int end = line[at] == '%' ? line.IndexOf('%', at + 1) : -1;
            string name = end < 0 ? "" : line[(at + 1)..end].Split(':')[0];
            if (end >= 0 && Variables.TryGetValue(name, out string? value))
            {
                text.Append(value);
                at = end;
            }
            else
            {
                text.Append(line[at]);
            }
        }
        return text.ToString();
    }

    // Outside of quotes a caret takes the meaning from the next sign; '&&' and '&' separate commands.
    private static IEnumerable<string> Commands(string line)
    {
        var command = new StringBuilder();
        bool isQuoted = false;
        for (int at = 0; at < line.Length; at++)
        {
            char letter = line[at];
            if (isQuoted || letter is not ('^' or '&' or '|' or '<' or '>' or '(' or ')'))
            {
                isQuoted ^= letter == '"';
                command.Append(letter);
            }
            else if (letter == '^' && at + 1 < line.Length)
            {
                command.Append(line[++at]);
            }
            else if (letter == '&')
            {
                at += at + 1 < line.Length && line[at + 1] == '&' ? 1 : 0;
                yield return command.ToString().TrimStart(' ');
                command.Clear();
                if (line.AsSpan(at + 1).TrimStart(' ').StartsWith("rem "))
                {
                    yield break;
                }
            }
            else
            {
                throw new FormatException($"'{letter}' has a meaning at {at}: {line}");
            }
        }
        yield return command.ToString().TrimStart(' ');
    }

    private static IReadOnlyList<string> Arguments(string command)
    {
        var words = new List<string>();
        StringBuilder? word = null;
        bool isQuoted = false;
        for (int at = 0; at < command.Length; at++)
        {
            int backslashes = command.AsSpan(at).IndexOfAnyExcept('\\') is int count and >= 0 ? count : command.Length - at;
            if (backslashes > 0)
            {
                bool isBeforeQuote = at + backslashes < command.Length && command[at + backslashes] == '"';
                bool isEscaped = isBeforeQuote && backslashes % 2 == 1;
                (word ??= new()).Append('\\', isBeforeQuote ? backslashes / 2 : backslashes).Append(isEscaped ? "\"" : "");
                at += backslashes - 1 + (isEscaped ? 1 : 0);
            }
            else if (command[at] == '"')
            {
                word ??= new();
                isQuoted = !isQuoted;
            }
            else if (!isQuoted && (command[at] is ' ' or '\t'))
            {
                words.AddRange(word is null ? [] : [word.ToString()]);
                word = null;
            }
            else
            {
                (word ??= new()).Append(command[at]);
            }
        }
        words.AddRange(word is null ? [] : [word.ToString()]);
        return words;
    }
}
