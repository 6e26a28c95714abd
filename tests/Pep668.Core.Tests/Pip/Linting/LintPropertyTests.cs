using System.Diagnostics;
using System.Text;
using Pep668.Pip.Linting;

namespace Pep668.Tests.Pip.Linting;

/// <summary>No file makes the search throw, and none takes long, whatever is in it.</summary>
public sealed class LintPropertyTests
{
    private static readonly LintKind[] Kinds = [.. Enum.GetValues<LintKind>().Where(kind => kind != LintKind.None)];

    private static byte[][] Seeds =>
        [.. LintCasesTests.Names.Select(row => Encoding.UTF8.GetBytes(LintCasesTests.Read(row.Data).Text))];

    [Fact]
    public void Changed_file_of_any_kind_is_read_to_its_end() => RandomSeed.Fixed(668).Run(seed =>
    {
        var random = new Random(seed);
        var mutator = new Mutator(random);
        byte[][] seeds = Seeds;
        for (int round = 0; round < 500; round++)
        {
            byte[] bytes = mutator.Change(seeds[random.Next(seeds.Length)], seeds[random.Next(seeds.Length)]);
            if (LintSearch.Decode(bytes) is string text)
            {
                AssertFound(text, Kinds[random.Next(Kinds.Length)]);
            }
        }
    });

    [Theory]
    [InlineData("$(")]
    [InlineData("${")]
    [InlineData("`")]
    [InlineData("(")]
    [InlineData("[")]
    [InlineData("{")]
    [InlineData("- ")]
    [InlineData("a: ")]
    [InlineData("\"")]
    [InlineData("'")]
    [InlineData("<<E ")]
    [InlineData("<<E\n")]
    [InlineData("RUN <<E\n")]
    [InlineData("case x in ")]
    [InlineData("rm | ")]
    [InlineData("dpkg-divert ")]
    [InlineData("bash -c '")]
    [InlineData("--b ")]
    [InlineData("pip install --break ")]
    [InlineData("EXTERNALLY")]
    [InlineData("EXT*[")]
    [InlineData("pip $(or $(F),--break-system-packages ")]
    [InlineData("x=[\"--break-system-packages\"]\n")]
    [InlineData("ONBUILD ")]
    [InlineData("x = \\\n")]
    [InlineData(" \n")]
    [InlineData("\t- ")]
    public void Repeated_text_takes_time_in_proportion_to_its_length(string part)
    {
        string text = string.Concat(Enumerable.Repeat(part, 20_000 / part.Length));
        foreach (LintKind kind in Kinds)
        {
            AssertFound(text, kind);
        }
    }

    private static void AssertFound(string text, LintKind kind)
    {
        long start = Stopwatch.GetTimestamp();
        foreach (PipOverrideUse use in LintChecks.Find("/x", text, kind))
        {
            Assert.True(use.Line > 0 && use.Column > 0 && use.EndColumn >= use.Column, use.ToString());
            Assert.True(use.Line <= text.Count(letter => letter == '\n') + 1, use.ToString());
        }
        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(10), $"{kind}: {text[..Math.Min(80, text.Length)]}");
    }
}
