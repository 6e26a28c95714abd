using System.Text;

namespace Pep668.Tests;

/// <summary>
/// Texts that are TOML, or nearly: few keys, so that they collide, and in half of them a wrong character.
/// </summary>
internal sealed class TomlGenerator(int seed)
{
    private static readonly string[] Keys = ["a", "b", "c", "a", "b", "1", "-_", "\"a\"", "'b'", "\"d.e\"", "\"\"", "\"\\u00e9\"", "'é'"];

    private static readonly string[] Words =
    [
        "true", "false", "0", "-1", "+9", "1_000", "0x1F", "0o17", "0b10", "1.5", "-0.0", "6e10", "1.5E-3", "inf", "-nan", "1979-05-27",
        "07:32:00", "1979-05-27T07:32:00Z",
        "1979-05-27 07:32:00.5", "1979-05-27t07:32:00-07:00", "01", "1__0", "_1", "1_", "1.", ".5", "0x", "0X1", "+0b1", "1e", "True",
        "infinity", "1979-02-29", "2000-02-29",
        "1979-13-01", "24:00:00", "07:60:00", "1979-05-27T07:32:00+24:00", "1979-05-27Z", "07:32:00Z", "word", "",
    ];

    private static readonly string[] Texts =
    [
        "", "x", "a b", "#", "é", "€", "\t", "]", "=", "{", "'", "\"", "\\",
        "\\\\", "\\n", "\\u00e9", "\\U0001F600", "\\\"", "\\q", "\\ud800",
    ];

    private const string Mistakes = "[]{}=\"'.,#\n\r\t \\0_-+:TZe\u0001\u007f\u0085";

    private readonly Random _random = new(seed);

    internal string Next()
    {
        var text = new StringBuilder();
        for (int lines = _random.Next(1, 9); lines > 0; lines--)
        {
            text.Append(Pick([Pair(), Pair(), Pair(), $"[{Key()}]", $"[[{Key()}]]", "# comment", ""])).Append(Blank())
                .Append(Pick(["", "", "", "# 'x'"])).Append(Pick(["\n", "\n", "\r\n"]));
        }
        for (int mistakes = _random.Next(4) - 1; mistakes > 0 && text.Length > 0; mistakes--)
        {
            int at = _random.Next(text.Length);
            _ = _random.Next(3) switch
            {
                0 => text.Remove(at, 1),
                1 => text.Insert(at, Mistakes[_random.Next(Mistakes.Length)]),
                _ => text.Insert(at, text[_random.Next(text.Length)]),
            };
        }
        return text.ToString();
    }

    private string Pair() => $"{Key()}{Blank()}={Blank()}{Value(3)}";

    private string Key() => string.Join(Pick([".", ".", " . "]), Enumerable.Range(0, Pick([1, 1, 1, 2, 2, 3])).Select(_ => Pick(Keys)));

    private string Value(int depth) => _random.Next(depth > 0 ? 8 : 6) switch
    {
        0 or 1 => Pick(Words[..20]),
        2 => Pick(Words),
        3 => $"\"{Content()}\"",
        4 => $"'{Content()}'",
        5 => Long(Pick(["\"\"\"", "'''"])),
        6 => $"[{Gap()}{Several("," + Gap(), () => Value(depth - 1) + Gap())}{Pick(["", "", ","])}{Gap()}]",
        _ => $"{{{Blank()}{Several("," + Blank(), () => $"{Key()}{Blank()}={Blank()}{Value(depth - 1)}{Blank()}")}}}",
    };

    private string Long(string quotes) =>
        quotes + Pick(["", "\n", "\r\n"]) + Content() + Pick(["", "\n", "\\\n  ", quotes[..1]]) + Content() + quotes;

    private string Several(string separator, Func<string> make) =>
        string.Join(separator, Enumerable.Range(0, _random.Next(4)).Select(_ => make()));

    private string Content() => string.Concat(Enumerable.Range(0, _random.Next(4)).Select(_ => Pick(Pick([Texts[..10], Texts]))));

    private string Blank() => Pick(["", "", " ", "\t"]);

    private string Gap() => Pick(["", "", " ", "\n", " # x\n"]);

    private T Pick<T>(T[] choices) => choices[_random.Next(choices.Length)];
}
