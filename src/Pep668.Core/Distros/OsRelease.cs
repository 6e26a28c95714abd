using System.Text;
using Pep668.Machines;

namespace Pep668.Distros;

/// <summary>Which distribution this is: os-release(5).</summary>
/// <param name="Id"><c>ID</c>: <c>debian</c>; null when it is missing.</param>
/// <param name="IdLike"><c>ID_LIKE</c>: the distributions that it derives from, the nearest first.</param>
/// <param name="Name"><c>NAME</c>; null when it is missing.</param>
/// <param name="PrettyName"><c>PRETTY_NAME</c>, with the version; null when it is missing.</param>
internal sealed record OsRelease(string? Id, IReadOnlyList<string> IdLike, string? Name, string? PrettyName)
{
    private const int Limit = 1 << 16;

    /// <summary><c>/etc/os-release</c>, else <c>/usr/lib/os-release</c>; empty where neither can be read.</summary>
    internal static OsRelease Read(FileTree files) =>
        Parse(files.ReadText("/etc/os-release", Limit) ?? files.ReadText("/usr/lib/os-release", Limit) ?? "");

    /// <summary>The name without what it is: <c>Debian</c> for <c>Debian GNU/Linux</c>; null when it is
    /// missing.</summary>
    internal string? ShortName
    {
        get
        {
            string? name = Name;
            foreach (string end in (string[])[" GNU/Linux", " Linux"])
            {
                name = name is not null && name.EndsWith(end, StringComparison.Ordinal) ? name[..^end.Length] : name;
            }
            return name;
        }
    }

    /// <summary>The properties of a text.</summary>
    internal static OsRelease Parse(string text)
    {
        Dictionary<string, string> values = Assignments(text);
        string[] like = Value("ID_LIKE")?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
        return new(Value("ID"), like, Value("NAME"), Value("PRETTY_NAME"));

        string? Value(string name) => values.TryGetValue(name, out string? value) && value.Length > 0 ? value : null;
    }

    /// <summary>Whether it is one of these, or derives from one.</summary>
    internal bool IsLike(params string[] ids)
    {
        foreach (string id in ids)
        {
            if (string.Equals(Id, id, StringComparison.Ordinal) || IdLike.Contains(id, StringComparer.Ordinal))
            {
                return true;
            }
        }
        return false;
    }

    // The file is a list of assignments that a shell can read. Variables and commands in values are not expanded: the
    // manual does not allow them.
    private static Dictionary<string, string> Assignments(string text)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        text = text.ReplaceLineEndings("\n");
        int at = 0;
        while (at < text.Length)
        {
            if (text[at] is ' ' or '\t' or '\n')
            {
                at++;
                continue;
            }
            int start = at;
            while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] == '_'))
            {
                at++;
            }
            string name = text[start..at];
            if (name.Length > 0 && !char.IsAsciiDigit(name[0]) && at < text.Length && text[at] == '=')
            {
                at++;
                values[name] = Word(text, ref at);
            }
            else
            {
                // A comment, or a line that is not an assignment.
                at = text.IndexOf('\n', at) is >= 0 and int end ? end : text.Length;
            }
        }
        return values;
    }

    // Quoting of POSIX shells (XCU 2.2): parts in either quotes and without, up to a blank.
    private static string Word(string text, ref int at)
    {
        var word = new StringBuilder();
        char quote = '\0';
        for (; at < text.Length && (quote != '\0' || text[at] is not (' ' or '\t' or '\n')); at++)
        {
            char c = text[at];
            if (c == quote)
            {
                quote = '\0';
            }
            else if (quote == '\0' && c is ('"' or '\''))
            {
                quote = c;
            }
            else if (c == '\\' && quote != '\'' && at + 1 < text.Length
                && (quote == '\0' || text[at + 1] is '$' or '`' or '"' or '\\' or '\n'))
            {
                at++;
                if (text[at] != '\n')
                {
                    word.Append(text[at]);
                }
            }
            else
            {
                word.Append(c);
            }
        }
        return word.ToString();
    }
}
