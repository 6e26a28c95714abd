using System.Text;
using Pep668.Machines;

namespace Pep668.Environments;

/// <summary>
/// The <c>activate</c> script of a virtual environment, which names the folder that it was made for: venv, virtualenv
/// and uv write <c>VIRTUAL_ENV=</c> with that path in it, quoted for a POSIX shell. What was moved still names the old
/// place, there and in the first line of every command.
/// </summary>
internal static class RecordedLocation
{
    private const string Assignment = "VIRTUAL_ENV=";

    /// <summary>The folder it was made for; null when there is no such script, or when it finds its place itself (a
    /// relocatable environment).</summary>
    internal static string? MadeFor(FileTree files, string scripts)
    {
        if (files.ReadText(Path.Combine(scripts, "activate"), limit: 1 << 16) is not string text)
        {
            return null;
        }
        for (int at = 0; (at = text.IndexOf(Assignment, at, StringComparison.Ordinal)) >= 0; at += Assignment.Length)
        {
            bool isName = at == 0 || !(char.IsAsciiLetterOrDigit(text[at - 1]) || text[at - 1] == '_');
            if (isName && Word(text.AsSpan(at + Assignment.Length)) is string folder && Path.IsPathFullyQualified(folder))
            {
                return Path.TrimEndingDirectorySeparator(folder);
            }
        }
        return null;
    }

    // One word of a POSIX shell; null when something in it would have to be run or looked up.
    private static string? Word(ReadOnlySpan<char> text)
    {
        var word = new StringBuilder();
        char quote = '\0';
        for (int at = 0; at < text.Length; at++)
        {
            char letter = text[at];
            // Python writes a path of Windows as it is: two backslashes at its beginning are those of a share.
            if (letter is '\\' && quote == '"' && word.Length > 1 && at + 1 < text.Length && text[at + 1] is '$' or '`' or '"' or '\\')
            {
                word.Append(text[++at]);
            }
            else if (letter == quote)
            {
                quote = '\0';
            }
            else if (quote == '\0' && letter is '\'' or '"')
            {
                quote = letter;
            }
            else if (quote != '\'' && letter is '$' or '`')
            {
                return null;
            }
            else if (quote == '\0' && (char.IsWhiteSpace(letter) || letter is ';' or '&'))
            {
                break;
            }
            else
            {
                word.Append(letter);
            }
        }
        return word.ToString();
    }
}
