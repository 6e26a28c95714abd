using System.Text;

namespace Pep668.Tests;

/// <summary>Marker files with unusual and invalid contents. The same seed generates the same files.</summary>
internal static class MarkerCorpus
{
    private const string Latin = "[externally-managed]\nError=To install Python packages system-wide, try apt.\n\n See /usr/share/doc.\n"
        + "Error-de=Nicht mit pip.\nError-de_DE=Bitte apt\n benutzen.\nError-zh_Hans-TW=請用 apt。\nError-sr=Ne.\n";

    private const string Gentoo =
        "[externally-managed]\nError =\n  The system-wide Python installation in Gentoo\n  is maintained by Portage.\n\n"
        + "  emerge dev-python/PACKAGE\n\n  100% of it: %(home)s\n";

    private const string Windows = "; a comment\r\n[DEFAULT]\r\nError-de: aus DEFAULT\r\nother = 1\r\n\r\n[externally-managed]\r\n"
        + "error : Use the installer.\r\n\r\n\tIt is there.\r\n# gone\r\n\tStill here.\r\n\r\n[tool]\r\nkey=value\r\n";

    private static readonly string[] Seeds = [Latin, Gentoo, Windows];

    private static readonly string[] Spaces =
    [
        " ", "  ", "\t", "\u000b", "\f", "\u001c", "\u001d", "\u001e", "\u001f", "\u0085", "\u00a0", "\u1680", "\u2003", "\u2028",
        "\u2029", "\u202f", "\u205f", "\u3000", "\u180e", "\u200b", "\ufeff", "\u0000",
    ];

    private static readonly string[] Breaks =
        ["\n", "\n", "\n", "\n", "\r\n", "\r", "\n\n", "\r\r", "\n\r", "\u2028\n", "\u0085\n", "\u000b", "\f", "\u001c"];

    private static readonly string[] Headers =
    [
        "[externally-managed]", "[externally-managed]", "[externally-managed]", "[DEFAULT]", "[DEFAULT]", "[default]", "[Default]",
        "[ DEFAULT ]",
        "[Externally-Managed]", "[ externally-managed ]", "[externally-managed ]", "[externally-managed", "externally-managed]", "[]",
        "[]]", "[[]", "[ ]",
        "[externally-managed] text", "[externally-managed] # see [1]", "[externally-managed]]", "[[externally-managed]]",
        "[externally-managed]=x",
        "[externally-managed]: x]", "[other]", "[other]", "[another]", "[externally-managed]\u00a0", "[externally\u2028managed]",
        "\ufeff[externally-managed]",
    ];

    private static readonly string[] Keys =
    [
        "Error", "Error", "Error", "error", "ERROR", "eRRor", "Error ", "Error-de", "Error-de", "Error-DE", "Error-de_DE", "Error-De_dE",
        "Error-de_AT",
        "Error-zh", "Error-zh-Hans", "Error-zh-Hans_CN", "Error-sr_RS", "Error-sr", "Error-", "Error-C", "Error-\u212a", "Error-k",
        "Error-\u0130",
        "Error-i\u0307", "Error-\u03a3\u0391\u03a3", "Error-\u03c3\u03b1\u03c2", "Error-\u03c3\u03b1\u03c3", "Error-\U00010400",
        "Error-\U00010428", "Error-\u1e9e", "Error-\u00df", "Error-\u017f", "\u00c9rror", "other", "key", "",
        "Err or", "[x", "\u200bError", "Error\u001f", "Error\u0301",
    ];

    private static readonly string[] Delimiters =
        ["=", "=", "=", ":", " = ", " : ", "==", ":=", "=:", "", "\u00a0=\u2003", "\uff1d", "\t=\t"];

    private static readonly string[] Values =
    [
        "text", "text", "", "", " ", "a = b", "https://example.org/a:b", "50 %", "%(error)s", "%", "${x}", "value # not a comment",
        "value ; neither", "[section]",
        "\"quoted\"", "'", "\\n", "trailing  ", "\u00e4\u00f6\u00fc \u20ac \U0001f40d", "\u001cx\u001c", "\u0085", "nul\0nul",
        "\u001b[31mred\u001b[0m", "\a\b\u000b\f", "=", ":",
    ];

    private static readonly string[] Others =
    [
        "# comment", "; comment", "  # indented comment", "\t;x=y", "#", "\u00a0# comment", "text alone", "  text alone", "Error", "rem x",
        "", "", " ", "\t",
        "    deeper", " x = y", "  [externally-managed]", "  Error = inner", "   error: inner", "\u001fcontinued", "\u3000continued",
        "\u200bcontinued", "=", ":", "=x", ": y", "]", "[",
    ];

    private static readonly byte[][] BadBytes =
    [
        [0xFF], [0xFE], [0x80], [0xC0, 0xAF], [0xC3], [0xE2, 0x82], [0xED, 0xA0, 0x80], [0xF0, 0x9F, 0x90], [0xF4, 0x90, 0x80, 0x80],
        [0xF8], [0xE4], [0xEF, 0xBB],
    ];

    /// <summary>At least <paramref name="count"/> files, and mutations of <paramref name="more"/> on top.</summary>
    internal static IReadOnlyList<byte[]> Generate(int seed, int count, IReadOnlyList<byte[]> more)
    {
        var random = new Random(seed);
        var files = new List<byte[]>(count + (8 * more.Count));
        files.AddRange(Fixed());
        while (files.Count < count)
        {
            files.Add(random.Next(10) switch
            {
                < 6 => Encode(Lines(random, 1 + random.Next(14)), random),
                < 9 => Mutate(Encoding.UTF8.GetBytes(Pick(Seeds, random)), random),
                _ => Encode(Sound(random), random),
            });
        }
        foreach (byte[] file in more)
        {
            for (int i = 0; i < 8; i++)
            {
                files.Add(Mutate(file, random));
            }
        }
        return files;
    }

    private static IEnumerable<byte[]> Fixed()
    {
        foreach (string header in Headers)
        {
            foreach (string text in new[] { "", "\nError=x", "\n\nError=x\n\n", "\n[externally-managed]\nError=x", "\nnothing here\n" })
            {
                yield return Encoding.UTF8.GetBytes(header + text);
            }
        }
        foreach (string key in Keys)
        {
            foreach (string first in new[] { "Error", "error-de", "ERROR-K", "Error-i\u0307", "error-\u03c3\u03b1\u03c2" })
            {
                yield return Encoding.UTF8.GetBytes($"[externally-managed]\n{first}=one\n{key}=two\n");
                yield return Encoding.UTF8.GetBytes($"[DEFAULT]\n{first}=one\n[externally-managed]\n{key}:two\n");
            }
        }
        foreach (string space in Spaces)
        {
            foreach (string file in Seeds)
            {
                yield return Encoding.UTF8.GetBytes(file.Replace("\n", space + "\n"));
                yield return Encoding.UTF8.GetBytes(file.Replace("\n ", "\n" + space));
                yield return Encoding.UTF8.GetBytes(file.Replace("=", space + "=" + space));
                yield return Encoding.UTF8.GetBytes(file.Replace("]", "]" + space).Replace("\n[", "\n" + space + "["));
            }
        }
        foreach (byte[] bad in BadBytes)
        {
            yield return bad;
            yield return [.. Encoding.UTF8.GetBytes(Latin), .. bad];
            yield return [.. Encoding.UTF8.GetBytes("[externally-managed]\n#"), .. bad, .. Encoding.UTF8.GetBytes("\nError=x")];
            yield return [.. Encoding.UTF8.GetBytes("[a]\n[a]\n" + new string('\n', 9000)), .. bad];
        }
        string line = "Error-x{0} = " + new string('\u00e9', 50) + "\n";
        string large = "[externally-managed]\n" + string.Concat(Enumerable.Range(0, 500).Select(i => string.Format(line, i)));
        yield return Encoding.UTF8.GetBytes(large + "Error = last");
        yield return Encoding.UTF8.GetBytes(large + "error-x7 = again");
        yield return Encoding.UTF8.GetBytes(large.Replace("\n", "\r\n") + "Error = last");
        yield return Encoding.UTF8.GetBytes(
            "[externally-managed]\nError=" + string.Concat(Enumerable.Repeat("\n \u001f\r\u2003x", 9000)) + "\n\n\n");
        yield return [];
        foreach (string bytes in new[] { "\n", " ", "\ufeff", "\ufeff\n", "\ufeff# comment\n[externally-managed]\nError=x", "\0", "\r",
            "=x\n=y", "[a]\n=x\n=y", "[a]\n=x\n y=z\n y=w", "[externally-managed]\n    Error=1\n[x=2\n  y\n" })
        {
            yield return Encoding.UTF8.GetBytes(bytes);
        }
    }

    private static string Lines(Random random, int count)
    {
        var text = new StringBuilder();
        if (random.Next(4) > 0)
        {
            text.Append("[externally-managed]\n");
        }
        for (int i = 0; i < count; i++)
        {
            if (random.Next(5) == 0)
            {
                text.Insert(text.Length, Pick(Spaces, random), 1 + random.Next(3));
            }
            text.Append(random.Next(10) switch
            {
                0 => Pick(Headers, random),
                < 6 => Option(random),
                < 9 => Pick(Others, random),
                _ => Pick(Values, random),
            });
            text.Append(random.Next(12) == 0 ? Pick(Spaces, random) : "").Append(Pick(Breaks, random));
        }
        return text.ToString();
    }

    /// <summary>A file that Python reads without an error: every key once, in one or two sections.</summary>
    private static string Sound(Random random)
    {
        var text = new StringBuilder();
        string[] languages = ["", "-de", "-de_DE", "-DE_at", "-zh", "-zh-Hans", "-zh-Hans_CN", "-sr", "-sr_RS", "-C", "-", "-fr"];
        foreach (string header in random.Next(2) == 0
            ? ["[DEFAULT]", "[externally-managed]"]
            : new[] { "[externally-managed]", "[x]", "[DEFAULT]" })
        {
            text.Append(header).Append('\n');
            foreach (string language in languages.Where(_ => random.Next(3) == 0))
            {
                text.Append(random.Next(2) == 0 ? "Error" : "ERROR").Append(language).Append(random.Next(2) == 0 ? "=" : ": ");
                for (int i = random.Next(4); i >= 0; i--)
                {
                    text.Append(Pick(Values, random)).Append('\n');
                    text.Append(i > 0
                        ? Pick(["", "\n", " \n", "#c\n", " ;c\n"], random) + Pick(["  ", "\t", " \u00a0", "\u2003"], random) + "x" : "");
                }
            }
        }
        return text.ToString();
    }

    private static string Option(Random random) => Pick(Keys, random) + Pick(Delimiters, random) + Pick(Values, random);

    private static byte[] Encode(string text, Random random)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        return random.Next(25) == 0 ? Insert(bytes, Pick(BadBytes, random), random) : bytes;
    }

    private static byte[] Mutate(byte[] bytes, Random random)
    {
        for (int i = random.Next(4); i >= 0; i--)
        {
            int at = random.Next(bytes.Length + 1);
            int end = Math.Min(bytes.Length, at + random.Next(20));
            bytes = random.Next(8) switch
            {
                0 => [.. bytes[..at], .. bytes[end..]],
                1 => [.. bytes[..end], .. bytes[at..]],
                2 => bytes[..at],
                3 => Insert(bytes, Encoding.UTF8.GetBytes(Pick(Spaces, random)), random),
                4 => InsertLine(bytes, Pick(Others, random), random),
                5 => InsertLine(bytes, Option(random), random),
                6 => InsertLine(bytes, Pick(Headers, random), random),
                _ => Insert(bytes, Encoding.UTF8.GetBytes(Pick(Breaks, random)), random),
            };
        }
        return bytes;
    }

    private static byte[] InsertLine(byte[] bytes, string line, Random random)
    {
        int near = Array.IndexOf(bytes, (byte)'\n', random.Next(bytes.Length + 1));
        int at = near < 0 ? bytes.Length : near + 1;
        return [.. bytes[..at], .. Encoding.UTF8.GetBytes(line + "\n"), .. bytes[at..]];
    }

    private static byte[] Insert(byte[] bytes, byte[] what, Random random)
    {
        int at = random.Next(bytes.Length + 1);
        return [.. bytes[..at], .. what, .. bytes[at..]];
    }

    private static T Pick<T>(T[] from, Random random) => from[random.Next(from.Length)];
}
