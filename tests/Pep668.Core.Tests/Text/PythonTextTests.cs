using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Pep668.Text;

namespace Pep668.Tests.Text;

public sealed class PythonTextTests
{
    // All letters with a case are in the first two planes; a full run reads the others too.
    private static readonly int End = TestExtent.IsFull ? 0x110000 : 0x20000;

    private static readonly string Script = $$"""
        import json, sys, unicodedata
        points = [p for p in range({{End}}) if not 0xD800 <= p < 0xE000]
        sigma = lambda text: '\u03c2' in text.lower()
        print(json.dumps({
            'lower': {'%X' % p: chr(p).lower() for p in points if chr(p).lower() != chr(p)},
            'space': [p for p in points if chr(p).isspace()],
            'unassigned': [p for p in points if unicodedata.category(chr(p)) == 'Cn'],
            'after letter': [p for p in points if sigma('A' + chr(p) + '\u03a3')],
            'after digit': [p for p in points if sigma('1' + chr(p) + '\u03a3')],
            'before letter': [p for p in points if sigma('A\u03a3' + chr(p) + 'a')],
            'before end': [p for p in points if sigma('A\u03a3' + chr(p))],
        }))
        """;

    /// <summary>
    /// Characters that changed their category between the Unicode of some Python and that of some .NET: U+1171E was no
    /// spacing mark before Unicode 16. Only a sigma beside one of them is touched.
    /// </summary>
    private static readonly int[] Changed = [0x1171E];

    [Fact]
    public void Lower_case_and_white_space_equal_those_of_Python_for_every_character()
    {
        Interpreter python = Interpreters.Newest();
        Assert.SkipWhen(python.Version < new Version(3, 11), "needs CPython 3.11 or later: older ones have an older Unicode");
        JsonElement said = python.Run(Script);

        // A character that this Python's Unicode does not have yet may have a case here.
        HashSet<int> tolerated = [.. Points("unassigned"), .. Changed];
        Dictionary<string, string> lower = JsonSerializer.Deserialize<Dictionary<string, string>>(said.GetProperty("lower"))!;
        AssertSame("lower", [.. AllRunes().Where(rune =>
            !string.Equals(PythonText.Lower(rune.ToString()), lower.GetValueOrDefault(rune.Value.ToString("X"), rune.ToString()),
                StringComparison.Ordinal))
            .Select(rune => rune.Value)], []);
        AssertSame("space", Where(rune => rune.IsBmp && PythonText.IsSpace((char)rune.Value)), Points("space"));
        AssertSame("after letter", Where(rune => IsFinal($"A{rune}\u03a3")), Points("after letter"));
        AssertSame("after digit", Where(rune => IsFinal($"1{rune}\u03a3")), Points("after digit"));
        AssertSame("before letter", Where(rune => IsFinal($"A\u03a3{rune}a")), Points("before letter"));
        AssertSame("before end", Where(rune => IsFinal($"A\u03a3{rune}")), Points("before end"));

        HashSet<int> Points(string name) => [.. said.GetProperty(name).EnumerateArray().Select(point => point.GetInt32())];

        HashSet<int> Where(Func<Rune, bool> condition) => [.. AllRunes().Where(condition).Select(rune => rune.Value)];

        void AssertSame(string what, HashSet<int> here, HashSet<int> there)
        {
            here.SymmetricExceptWith(there);
            here.ExceptWith(tolerated);
            Assert.True(here.Count == 0,
                $"{what}: Python {python.Version} differs at {string.Join(' ', here.Order().Take(50).Select(point => $"U+{point:X4}"))}");
        }
    }

    [Theory]
    [InlineData("Error-\u0130", "error-i\u0307")]
    [InlineData("\u039f\u0394\u039f\u03a3 \u03a3\u03a3", "\u03bf\u03b4\u03bf\u03c2 \u03c3\u03c2")]
    [InlineData("\u03a3", "\u03c3")]
    [InlineData("A\u03a3.\u03a3'B", "a\u03c3.\u03c3'b")]
    [InlineData("\u212a\u017f\u00df\u1e9e", "k\u017f\u00df\u00df")]
    [InlineData("\U00010400A", "\U00010428a")]
    public void Lower_case_follows_the_special_cases(string text, string lower) => Assert.Equal(lower, PythonText.Lower(text));

    [Theory]
    [InlineData("a\r\nb\rc\nd", "a\nb\nc\nd")]
    [InlineData("\r\r\n\n\r", "\n\n\n\n")]
    [InlineData("a\u2028b\u0085c\fd\u001ce", "a\u2028b\u0085c\fd\u001ce")]
    public void Line_breaks_are_the_three_of_text_mode(string text, string translated) =>
        Assert.Equal(translated, PythonText.UniversalNewlines(text));

    [Theory]
    [InlineData(new byte[] { 0xEF, 0xBB, 0xBF, 0x61 }, -1)]
    [InlineData(new byte[] { 0x61, 0xFF }, 1)]
    [InlineData(new byte[] { 0xC3, 0xA4, 0xE2, 0x82 }, 2)]
    [InlineData(new byte[] { 0xED, 0xA0, 0x80 }, 0)]
    [InlineData(new byte[] { 0x61, 0xC0, 0xAF }, 1)]
    [InlineData(new byte[0], -1)]
    public void Utf8_decoding_is_strict_and_keeps_the_byte_order_mark(byte[] bytes, int position)
    {
        string? text = PythonText.DecodeUtf8(bytes, out int found);
        Assert.Equal(position, found);
        Assert.Equal(position < 0 ? Encoding.UTF8.GetString(bytes) : null, text);
    }

    [Fact]
    public void Stripping_removes_all_white_space_and_nothing_else() =>
        Prop.ForAll<string>(text =>
        {
            string whole = text ?? "";
            string stripped = PythonText.Strip(whole).ToString();
            return whole.Contains(stripped)
                && (stripped.Length == 0 || (!PythonText.IsSpace(stripped[0]) && !PythonText.IsSpace(stripped[^1])))
                && whole.All(PythonText.IsSpace) == (stripped.Length == 0);
        }).CheckWithSeed();

    private static IEnumerable<Rune> AllRunes() =>
        Enumerable.Range(0, End).Where(Rune.IsValid).Select(point => new Rune(point));

    private static bool IsFinal(string text) => PythonText.Lower(text).Contains('\u03c2');
}
