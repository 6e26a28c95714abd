
namespace Pep668.Tests;

/// <summary>Requirements and conditions in every spelling. The same seed generates the same texts.</summary>
internal sealed class RequirementGenerator(int seed)
{
    private static readonly string[] Operators = ["===", "==", "~=", "!=", "<=", ">=", "<", ">"];

    private static readonly string[] Variables =
    [
        "python_version", "python_full_version", "os_name", "os.name", "sys_platform", "sys.platform", "platform_release",
        "platform_system",
        "platform_version", "platform.version", "platform_machine", "platform.machine", "platform_python_implementation",
        "platform.python_implementation", "python_implementation", "implementation_name", "implementation_version", "extra",
    ];

    private static readonly string[] Values =
    [
        "3.8", "3.10", "3.12.*", "3.12.1", "3.13.0rc1", "4", "", "linux", "win32", "posix", "nt", "Linux", "x86_64", "CPython", "cpython",
        "pypy", "PyPy",
        "test", "Te_st", "te.-st", "5.4", "6.1.0-18-amd64", "6.1.0", "#1 SMP", "3.8, 3.9 3.10", "win32 linux cygwin", "=1", "1)",
        "os_name", "extra",
    ];

    private static readonly string[] Pieces =
    [
        "[", "]", "(", ")", ",", ";", "@", "'", "\"", "=", "==", ">", "<", "~", "!", "-", "_", ".", "*", "+", " ", "\t", "and", "or",
        "not", "in", " in ",
        "os_name", "extra", "1.0", "é", "１", "²", "\u0301", "\u00a0", "\u2003", "#", "\\", "\\n", "\\x4", "\\x41", "\\u00e9", "\\777",
        "\\q", "$", "x",
        " and ", " or ", "(((", ")))", "[]", "()", "//", "file:", "=>", "𝒳",
    ];

    private readonly Random _random = new(seed);
    private readonly VersionGenerator _versions = new(seed + 1);

    /// <summary>A valid requirement.</summary>
    internal string Requirement()
    {
        string text = Space() + Name() + Space() + (Chance(0.3) ? Extras() + Space() : "");
        if (Chance(0.2))
        {
            text += "@" + Space() + Url();
            return text + (Chance(0.4) ? " " + Space() + ";" + Marker() : Space());
        }
        string specifiers = Specifiers();
        text += Chance(0.2) ? "(" + Space() + specifiers + Space() + ")" : specifiers;
        return text + Space() + (Chance(0.4) ? ";" + Marker() : "");
    }

    /// <summary>A valid condition.</summary>
    internal string Marker(int depth = 0)
    {
        string text = Space() + (depth < 4 && Chance(0.25) ? "(" + Marker(depth + 1) + ")" : Comparison()) + Space();
        while (Chance(0.3))
        {
            text += (text[^1] is '\'' or '"' or ')' ? Space() : " ") + Pick(["and", "or"]) + Pick([" ", "\t", " ("]);
            text += text[^1] == '(' ? Marker(depth + 1) + ")" : Comparison() + Space();
        }
        return text;
    }

    /// <summary>A text with a change at a random place; it may still be valid.</summary>
    internal string Damaged(string text)
    {
        for (int changes = _random.Next(1, 3); changes > 0; changes--)
        {
            int at = _random.Next(text.Length + 1);
            int removed = Math.Min(_random.Next(4), text.Length - at);
            text = _random.Next(10) switch
            {
                < 3 => text[..at] + text[(at + removed)..],
                < 9 => text[..at] + Pick(Pieces) + text[(at + (Chance(0.5) ? 0 : removed))..],
                _ => text[..at],
            };
        }
        return text;
    }

    /// <summary>A valid name.</summary>
    internal string Name()
    {
        const string Ends = "abzABZ019";
        const string Inside = "abzABZ019-_..--__";
        int length = _random.Next(0, 8);
        return Ends[_random.Next(Ends.Length)]
            + string.Concat(Enumerable.Range(0, length).Select(_ => Inside[_random.Next(Inside.Length)]))
            + (length == 0 ? "" : Ends[_random.Next(Ends.Length)].ToString());
    }

    /// <summary>The variables of an environment.</summary>
    internal Dictionary<string, string> Environment() => new()
    {
        ["python_version"] = Pick(["3.8", "3.10", "3.12", "2.7", "3.13"]),
        ["python_full_version"] = Pick(["3.8.18", "3.10.13", "3.12.1", "2.7.18", "3.13.0rc1", "3.14.0a0+"]),
        ["os_name"] = Pick(["posix", "nt"]),
        ["sys_platform"] = Pick(["linux", "win32", "darwin"]),
        ["platform_machine"] = Pick(["x86_64", "AMD64", "arm64", ""]),
        ["platform_system"] = Pick(["Linux", "Windows", "Darwin"]),
        ["platform_release"] = Pick(["6.1.0-18-amd64", "10", "5.4", "6.1.0"]),
        ["platform_version"] = Pick(["#1 SMP", "10.0.19045", ""]),
        ["platform_python_implementation"] = Pick(["CPython", "PyPy"]),
        ["implementation_name"] = Pick(["cpython", "pypy"]),
        ["implementation_version"] = Pick(["3.12.1", "7.3.13", "3.13.0rc1"]),
        ["extra"] = Pick(["", "test", "TE_ST", "te-st"]),
    };

    private string Comparison()
    {
        string sign = Chance(0.3) ? Pick(["in", "not in", "not \t in"]) : Pick(Operators);
        (string left, string right) = _random.Next(20) switch
        {
            < 13 => (Pick(Variables), Value()),
            < 17 => (Value(), Pick(Variables)),
            17 => (Pick(Variables), Pick(Variables[..^1])), // packaging evaluates two variables, one of them extra, by their position
            _ => (Value(), Value()),
        };
        bool isWord = char.IsAsciiLetter(sign[0]);
        return left + (isWord && char.IsAsciiLetter(left[^1]) ? " " : Space()) + sign +
            (isWord && char.IsAsciiLetter(right[0]) ? "\t" : Space()) + right;
    }

    private string Value()
    {
        string quote = Pick(["'", "\""]);
        return quote + Pick(Values) + (Chance(0.03)
            ? Pick(["\\n", "\\x41", "\\\\", "\\u00e9", "\\q", "\\'", "\\7", "\\U0001d4b3", "é", "a;b"]).Replace(quote, "") : "") + quote;
    }

    private string Specifiers()
    {
        string release = _versions.Release();
        return string.Join(Space() + "," + Space(), Enumerable.Range(0, Math.Max(0, _random.Next(-2, 4))).Select(_ => Specifier(release)))
            + (Chance(0.02) ? "===" + Pick(["", "x", "1.0", "a,>=2", "1.0,,", "v-1_x"]) : "");
    }

    private string Specifier(string release) => Pick(Operators) switch
    {
        "===" => "===" + Space() + Pick(["1.0", "weird", "2024-x"]),
        "~=" => "~=" + Space() + release + ".1",
        "==" when Chance(0.3) => "==" + Space() + release + ".*",
        string sign => sign + Space() + release + Pick(["", "", "a1", ".post2", ".dev3", "rc1", "-1"]),
    };

    private string Extras() =>
        "[" + Space() + string.Join(Space() + "," + Space(), Enumerable.Range(0, _random.Next(4)).Select(_ => Name())) + Space() + "]";

    private string Url() => Pick(
    [
        "https://example.invalid/x-1.0.tar.gz", "git+https://user:secret@example.invalid/x.git@main#egg=x", "file:///srv/x.whl", "./x.whl",
        "x",
        "https://example.invalid/a;b", "https://[::1]:8080/x?y=z#sha256=00", "HTTPS://Example.invalid/é",
    ]);

    private string Space() => Chance(0.2) ? Pick([" ", "  ", "\t", " \t"]) : "";

    private bool Chance(double likelihood) => _random.NextDouble() < likelihood;

    private string Pick(string[] choices) => choices[_random.Next(choices.Length)];
}
