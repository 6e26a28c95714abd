using System.Text;

namespace Pep668.Text;

/// <summary>The words of a line for a POSIX shell (XCU 2.2, "Quoting").</summary>
internal static class ShellWords
{
    /// <summary>A text as one word.</summary>
    internal static string Quote(string word) =>
        word.Length > 0 && word.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '/' or '.' or '-' or '_' or '+' or '=' or ':')
            ? word : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    /// <summary>The words, without their quotes; a substitution remains as it is written.</summary>
    internal static IReadOnlyList<string> Split(string line)
    {
        var words = new List<string>();
        StringBuilder? word = null;
        for (int at = 0; at < line.Length; at++)
        {
            char letter = line[at];
            if (letter is ' ' or '\t')
            {
                if (word is not null)
                {
                    words.Add(word.ToString());
                    word = null;
                }
                continue;
            }
            word ??= new();
            if (letter is '\'')
            {
                int end = line.IndexOf('\'', at + 1);
                end = end < 0 ? line.Length : end;
                word.Append(line, at + 1, end - at - 1);
                at = end;
            }
            else if (letter is '"')
            {
                at = Quoted(line, at + 1, word);
            }
            else if (letter is '\\' && at + 1 < line.Length)
            {
                word.Append(line[++at]);
            }
            else
            {
                word.Append(letter);
            }
        }
        if (word is not null)
        {
            words.Add(word.ToString());
        }
        return words;
    }

    // Between double quotes; in $(…) are words of their own, with their own quotes.
    private static int Quoted(string line, int at, StringBuilder word)
    {
        int depth = 0;
        for (; at < line.Length && (line[at] is not '"' || depth > 0); at++)
        {
            depth += line[at] is '(' && line[at - 1] is '$' ? 1 : line[at] is ')' && depth > 0 ? -1 : 0;
            if (depth == 0 && line[at] is '\\' && at + 1 < line.Length && line[at + 1] is ('$' or '`' or '"' or '\\'))
            {
                at++;
            }
            word.Append(line[at]);
        }
        return at;
    }
}
