namespace Pep668.Tests;

/// <summary>Versions and specifiers in every spelling, from few numbers so that they are often equal. The same seed
/// generates the same texts.</summary>
internal sealed class VersionGenerator(int seed)
{
    private static readonly string[] Spaces = [" ", "\t", "\n", "\r\n", "\v\f", "\x1c", "\x1f ", "\u0085", "\u00a0", "\u2003", "\u3000"];
    private static readonly string[] PreSpellings = ["a", "b", "c", "rc", "alpha", "beta", "pre", "preview"];
    private static readonly string[] Strange =
        ["ß", "\u200b", "\ufeff", "１", "é", "*", ".*", "+", "!", "-", "..", "post", "x", " ", "\0", "t"];
    private static readonly string[] Operators = ["==", "!=", "<=", ">=", "<", ">", "~="];

    private readonly Random _random = new(seed);

    /// <summary>A valid version in any spelling.</summary>
    internal string Version() => Version(Release(), plain: false);

    /// <summary>A valid version in normal form, with release numbers that were given.</summary>
    internal string NormalVersion(string release) => Version(release, plain: true);

    /// <summary>A valid version with a change at a random place; it may still be valid.</summary>
    internal string Damaged(string text)
    {
        for (int changes = _random.Next(1, 3); changes > 0; changes--)
        {
            int at = _random.Next(text.Length + 1);
            int removed = Chance(0.5) ? Math.Min(1, text.Length - at) : 0;
            text = text[..at] + (Chance(0.6) ? Pick(Strange) : "") + text[(at + removed)..];
        }
        return text;
    }

    /// <summary>Release numbers with, at times, an epoch.</summary>
    internal string Release()
    {
        string epoch = Chance(0.1) ? Number() + "!" : "";
        return epoch + string.Join('.', Enumerable.Range(0, _random.Next(1, 5)).Select(_ => Number()));
    }

    /// <summary>A set of specifiers, mostly around some release numbers, in spellings of the kind that <c>packaging</c>
    /// evaluates as PEP 440 does.</summary>
    /// <remarks>
    /// Two faults of <c>packaging</c> are excluded: it compares <c>~=</c> by the text as spelt, and takes <c>===1</c>
    /// and <c>===1.0</c> for one clause.
    /// </remarks>
    internal string Specifiers(string release)
    {
        var clauses = new List<string>();
        for (int count = Math.Max(0, _random.Next(-1, 8) / 2); count > 0; count--)
        {
            clauses.Add(Space() + Clause(Chance(0.7) ? release : Release()) + Space());
        }
        if (Chance(0.03))
        {
            clauses.Add("===" + NormalVersion(release));
        }
        return string.Join(Chance(0.05) ? ",," : ",", clauses);
    }

    /// <summary>A set of specifiers in any spelling, valid or not.</summary>
    internal string AnySpecifiers()
    {
        string version = Chance(0.3) ? Version().Trim() + Pick([".*", "", "+a.1"]) : Version();
        string clause = Pick([.. Operators, "===", "=", "", "~"]) + Space() + (Chance(0.3) ? Damaged(version) : version);
        return Chance(0.2) ? clause + "," + Specifiers("1.0") : clause;
    }

    private string Clause(string release)
    {
        string sign = Pick(Operators);
        bool isEquality = sign is "==" or "!=";
        if (isEquality && Chance(0.4))
        {
            return sign + Space() + (Chance(0.2) ? "v" : "") + release + ".*";
        }
        if (string.Equals(sign, "~=", StringComparison.Ordinal))
        {
            string dotted = release.Contains('.') ? release : release + "." + Number();
            return sign + Space() + NormalNumbers(dotted) + Suffixes(plain: true);
        }
        bool plain = Chance(0.6);
        return sign + Space() + (plain ? "" : Cased("v")) + release + Suffixes(plain) + (isEquality && Chance(0.2) ? Local() : "");
    }

    private string Version(string release, bool plain)
    {
        string text = (plain ? NormalNumbers(release) : release) + Suffixes(plain) + (Chance(0.2) ? Local() : "");
        return plain ? text : Space() + (Chance(0.2) ? Pick(["v", "V"]) : "") + text + Space();
    }

    private string Suffixes(bool plain)
    {
        string text = "";
        if (Chance(0.35))
        {
            text += plain ? Pick(["a", "b", "rc"]) + Small() : Separator() + Cased(Pick(PreSpellings)) + Separator() + MaybeNumber();
        }
        if (Chance(0.25))
        {
            text += plain ? ".post" + Small()
                : Chance(0.3) ? "-" + Number()
                : Separator() + Cased(Pick(["post", "rev", "r"])) + Separator() + MaybeNumber();
        }
        if (Chance(0.25))
        {
            text += plain ? ".dev" + Small() : Separator() + Cased("dev") + Separator() + MaybeNumber();
        }
        return text;
    }

    private string Local()
    {
        IEnumerable<string> parts =
            Enumerable.Range(0, _random.Next(1, 4)).Select(_ => Chance(0.5) ? Number() : Cased(Pick(["a", "abc", "1a", "z9", "ubuntu"])));
        return "+" + parts.Aggregate((left, right) => left + Pick([".", "-", "_"]) + right);
    }

    private string Number() => _random.Next(20) switch
    {
        < 15 => Small(),
        15 => "0" + Small(),
        16 => "00",
        17 => _random.Next(8, 14).ToString(),
        18 => _random.NextInt64().ToString(),
        _ => Pick(["9223372036854775807", "9223372036854775808", "100000000000000000000", "20240131000000", "099999999999999999999"]),
    };

    private static string NormalNumbers(string release) =>
        string.Join('!', release.Split('!').Select(
            part => string.Join('.', part.Split('.').Select(number => number.TrimStart('0') is { Length: > 0 } rest ? rest : "0"))));

    private string Small() => _random.Next(3).ToString();

    private string MaybeNumber() => Chance(0.3) ? "" : Number();

    private string Separator() => Pick(["", "", ".", "-", "_"]);

    private string Space() => Chance(0.1) ? Pick(Spaces) : "";

    private string Cased(string text) => Chance(0.2) ? text.ToUpperInvariant() : text;

    private bool Chance(double likelihood) => _random.NextDouble() < likelihood;

    private string Pick(string[] choices) => choices[_random.Next(choices.Length)];
}
