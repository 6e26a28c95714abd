using System.Globalization;
using Pep668.Text;

namespace Pep668.Tests.Text;

/// <summary>Text from outside as it is shown.</summary>
public sealed class DisplayTextTests
{
    /// <summary>Every character that moves the cursor, ends a line or changes the direction of text.</summary>
    [Fact]
    public void Every_character_that_a_terminal_obeys_is_escaped()
    {
        HashSet<int> direction = [0x61C, 0x200E, 0x200F, .. Enumerable.Range(0x202A, 5), .. Enumerable.Range(0x2066, 4)];
        for (int code = 0; code <= 0xFFFF; code++)
        {
            char letter = (char)code;
            UnicodeCategory category = char.GetUnicodeCategory(letter);
            bool isUnsafe = direction.Contains(code)
                || category is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
                    or UnicodeCategory.Surrogate;
            string text = $"a{letter}b", shown = DisplayText.Escape(text);
            Assert.Equal(!isUnsafe, shown == text);
            Assert.Equal(!isUnsafe, DisplayText.IsPlain(text));
            Assert.True(DisplayText.IsPlain(shown));
        }
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("ü日本 😀 👩‍💻 e\u0301 \u200B\u00A0", "ü日本 😀 👩‍💻 e\u0301 \u200B\u00A0")]
    [InlineData("a\r\nb\tc", @"a\r\nb\tc")]
    [InlineData("\u001B[31mred\u009B0m\u007F", @"\u001b[31mred\u009b0m\u007f")]
    [InlineData("x\u202Egpj.exe\u2028", @"x\u202egpj.exe\u2028")]
    [InlineData(@"C:\new", @"C:\new")]
    public void Part_of_a_line_has_no_line_break(string text, string shown) => Assert.Equal(shown, DisplayText.Escape(text));

    [Theory]
    [InlineData("a\nb\r\n\tc\n", "a\nb\n\tc\n")]
    [InlineData("10%\r20%\r", @"10%\r20%\r")]
    [InlineData("a\u0085b\u2029c\u001B]0;title\u0007", @"a\u0085b\u2029c\u001b]0;title\u0007")]
    [InlineData("a\u202Eb\n", "a\\u202eb\n")]
    public void Text_of_several_lines_keeps_its_line_breaks(string text, string shown) =>
        Assert.Equal(shown, DisplayText.EscapeLines(text));

    [Fact]
    public void Missing_text_stays_missing()
    {
        Assert.Null(DisplayText.Escape(null));
        Assert.Null(DisplayText.EscapeLines(null));
    }

    // An attribute cannot have half of a pair.
    [Fact]
    public void Half_of_a_pair_of_surrogates_is_found_and_escaped()
    {
        Assert.False(DisplayText.HasLoneSurrogate("a😀b"));
        foreach ((string text, string shown) in ((string, string)[])[
            ("😀\uD800😀", @"😀\ud800😀"), ("a\uD83D", @"a\ud83d"), ("\uDE00\uD83D", @"\ude00\ud83d")])
        {
            Assert.True(DisplayText.HasLoneSurrogate(text));
            Assert.Equal(shown, DisplayText.Escape(text));
        }
    }
}
