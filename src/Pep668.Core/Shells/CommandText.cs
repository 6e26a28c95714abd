using System.Text;

namespace Pep668.Shells;

/// <summary>Words of a command that is shown to be pasted.</summary>
internal static class CommandText
{
    /// <summary>One word for PowerShell, quoted where it must be: a cmdlet's argument, or a program's.</summary>
    internal static string PowerShell(string word)
    {
        if (IsPlainStart(word) && word.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or '-' or '/' or ':' or '+'))
        {
            return word;
        }
        // PowerShell takes the four typographic quotes for the plain one.
        var quoted = new StringBuilder("'");
        foreach (char letter in word)
        {
            quoted.Append(letter);
            if (letter is '\'' or '\u2018' or '\u2019' or '\u201A' or '\u201B')
            {
                quoted.Append(letter);
            }
        }
        return quoted.Append('\'').ToString();
    }

    /// <summary>Several values of one parameter.</summary>
    internal static string PowerShellList(IEnumerable<string> words) => string.Join(", ", words.Select(PowerShell));

    /// <summary>Several arguments of a program.</summary>
    internal static string PowerShellWords(IEnumerable<string> words) => string.Join(' ', words.Select(PowerShell));

    /// <summary>Several arguments for a POSIX shell.</summary>
    internal static string PosixWords(IEnumerable<string> words) => string.Join(' ', words.Select(ShellQuoting.Posix));

    // 3.10 would become 3.1, and 0x10 16; what begins with a dash is a parameter.
    private static bool IsPlainStart(string word) =>
        word is ['.', '/', ..] or ['/', ..] || (word.Length > 0 && char.IsAsciiLetter(word[0]));
}
