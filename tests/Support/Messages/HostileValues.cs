using System.Text;

namespace Pep668.Tests;

/// <summary>Values that mean something to a shell, to a parser of options or to a reader of requirements.</summary>
internal static class HostileValues
{
    internal static IReadOnlyList<string> All { get; } =
    [
        "", " ", "with a blank", " x ", "it's", "'", "''", "say \"hi\"", "\"", "typographic ‘a’ ‚b‛ “c” „d‟", "’", "x’; y", "$HOME",
        "$(id)", "${x}", "`id`",
        "a`nb", "two\nlines", "\n", "a\tb", "a\r\nb", "-", "--", "---", "--%", "-a.b", "-x", "-x:y", "--no-deps", "--a.b", "--option=a b",
        "–Force", "—x", "3.10",
        "1e3", "0x10", "1kb", "10.", ".5", ".", "..", "./x", "../x", "/", "*", "?", "[x]", "a[0]", "%PATH%", "%", "%%", "%self",
        "%PATH:~0,3%", "%PATH:a=b%",
        "!x", "!!", "wow!", "^", "a^b", "&", "&&", "a&b", "|", "||", ";", "a;b", "#", "#x", "a#b", "~", "~/x", "~root", "=x", "=ls", "a=b",
        "==", "<", ">", ">x",
        "ü日本", "😀", "👩‍💻", "@x", "@", "@(x)", "@{x=1}", "{x}", "{a,b}", "{", "}", "(x)", "(", ")", ",", "a,b", "a, b", "end\\", "\\",
        "\\\\", @"C:\Program Files\x\",
        @"\\server\share", @"a\'b", @"a\""b", @"\n", "٣", "３.１０", "é", "e\u0301", "\u00A0", "\u2028", "\u200B", "\u0085", "\u0001",
        "\u001B[31m", "\u007F",
        "true", "$true", "$null", "null", "if", "function", "then", "if:x", "a:b", "a::b", "C:", "Env:x", "install", "--help", "-h", "/?",
        "/h",
        "/x", "a+b", "+x", ":", "::",
        "requests[socks]>=2.31; python_version < '3.12'", "pip>=22.2", "alpha==2.0", "https://example.invalid/a?b=c&d=e#egg=f",
        "git+https://x@example.invalid/y.git@main",
        "*.txt", "a'b\"c$d`e!f\\g%h^i&j|k;l#m~n=o", "'\"", "\"'", "\\\"", "'\\''", "\"\"", "''''", "\"\"\"", new('x', 300),
    ];

    /// <summary>Those that a path or a name can be: not empty.</summary>
    internal static IReadOnlyList<string> Names { get; } = [.. All.Where(one => one.Trim().Length > 0)];

    /// <summary>Random values of the characters that are difficult.</summary>
    internal static IReadOnlyList<string> Random(int seed, int count)
    {
        const string Letters = "ab ' \" ’ ‘ ‚ ‛ “ ” „ $`\n\t-.310*?[]%!^&|;#~=@{}(),\\/:+<>ü😀٣";
        Rune[] runes = [.. Letters.EnumerateRunes()];
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count)
            .Select(_ => string.Concat(random.GetItems(runes, random.Next(1, 12)).Select(one => one.ToString())))];
    }
}
