namespace Pep668.Distros;

/// <summary>What a package provides or requires: a name and perhaps versions of it (rpm's <c>rpmds</c>).</summary>
/// <param name="Name">The name: of a package, of a file, or any other.</param>
/// <param name="Flags"><c>RPMSENSE_…</c>.</param>
/// <param name="Version"><c>[EPOCH:]VERSION[-RELEASE]</c>; empty for all versions.</param>
internal readonly record struct RpmRelation(string Name, int Flags, string Version)
{
    /// <summary><c>RPMSENSE_LESS</c>, <c>RPMSENSE_GREATER</c> and <c>RPMSENSE_EQUAL</c>.</summary>
    internal const int Less = 2, Greater = 4, Equal = 8;

    private const int Before = 1 << 7 | 1 << 5 | 1 << 9 | 1 << 10 | 1 << 24 | 1 << 26; // _INSTALL_ONLY_MASK of rpmds.h
    private const int AtRemoval = 1 << 11 | 1 << 12 | 1 << 20 | 1 << 21;               // _ERASE_ONLY_MASK

    /// <summary>Whether only the installation needs it, as <c>Requires(pre)</c> says; rpm then removes the other
    /// package without a question.</summary>
    internal bool IsForInstallation => (Flags & Before) != 0 && (Flags & AtRemoval) == 0;

    /// <summary>Whether one that is provided is one that is required, if their names are equal
    /// (<c>rpmdsCompare</c>).</summary>
    internal bool Matches(RpmRelation other) =>
        (Flags & (Less | Greater | Equal)) == 0 || (other.Flags & (Less | Greater | Equal)) == 0
        || Version.Length == 0 || other.Version.Length == 0
        || RpmVersion.Overlap(Version, Flags, other.Version, other.Flags);

    /// <summary>The requirements that a recorded one is. The installed packages meet a rich one (rpm's "Boolean
    /// Dependencies"), so what is behind <c>if</c> and <c>unless</c> is a condition, and what is behind
    /// <c>without</c> is excluded; any other name in it may be the one that is needed.</summary>
    internal IEnumerable<RpmRelation> Simple() => Name.StartsWith('(') ? Rich(Name) : [this];

    private static List<RpmRelation> Rich(string text)
    {
        var found = new List<RpmRelation>();
        int depth = 0, ignored = int.MaxValue; // what is as deep as this, or deeper, does not count
        for (int at = 0; at < text.Length;)
        {
            switch (text[at])
            {
                case ' ':
                    at++;
                    continue;
                case '(':
                    (depth, at) = (depth + 1, at + 1);
                    continue;
                case ')':
                    (depth, at) = (depth - 1, at + 1);
                    ignored = depth < ignored ? int.MaxValue : ignored;
                    continue;
            }
            string word = Word(text, ref at);
            switch (word)
            {
                case "if" or "unless" or "without":
                    ignored = Math.Min(ignored, depth);
                    break;
                case "and" or "or" or "with" or "else":
                    ignored = depth <= ignored ? int.MaxValue : ignored;
                    break;
                case "<" or "<=" or "=" or ">=" or ">":
                    string version = Version(text, ref at);
                    if (depth < ignored && found.Count > 0)
                    {
                        int flags = (word.Contains('<', StringComparison.Ordinal) ? Less : 0)
                            | (word.Contains('>', StringComparison.Ordinal) ? Greater : 0)
                            | (word.Contains('=', StringComparison.Ordinal) ? Equal : 0);
                        found[^1] = new(found[^1].Name, flags, version);
                    }
                    break;
                default:
                    if (depth < ignored)
                    {
                        found.Add(new(word, 0, ""));
                    }
                    break;
            }
        }
        return found;

        static string Version(string text, ref int at)
        {
            at += text.AsSpan(at).IndexOfAnyExcept(' ') is > 0 and int blanks ? blanks : 0;
            return Word(text, ref at);
        }
    }

    // A name has parentheses too: up to a blank, or the parenthesis that it does not open.
    private static string Word(string text, ref int at)
    {
        int start = at, inside = 0;
        for (; at < text.Length && text[at] != ' '; at++)
        {
            inside += text[at] switch { '(' => 1, ')' => -1, _ => 0 };
            if (inside < 0)
            {
                break;
            }
        }
        return text[start..at];
    }
}
