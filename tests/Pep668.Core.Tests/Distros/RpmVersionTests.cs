using Pep668.Distros;

namespace Pep668.Tests.Distros;

/// <summary>The order of versions, compared with the real rpm.</summary>
public sealed class RpmVersionTests
{
    [Fact]
    public void Order_is_that_of_rpm() => RandomSeed.Fresh().Run(seed =>
    {
        Assert.SkipUnless(Tool.Exists("rpm"), "needs rpm");
        var random = new Random(seed);
        (string One, string Other)[] pairs = [.. Enumerable.Range(0, 3000).Select(_ => (Next(random), Next(random)))];
        int[] expected = RpmWorld.Compare(pairs);
        Assert.Equal(pairs.Length, expected.Length);
        Assert.All(pairs.Zip(expected), one =>
            Assert.Equal((one.First, one.Second), (one.First, Math.Sign(RpmVersion.Compare(one.First.One, one.First.Other)))));
    });

    [Theory]
    [InlineData("1.0-1", 8, "1.0", 8, true)]
    [InlineData("1.0-1", 8, "1.0-2", 8, false)]
    [InlineData("3.12", 8, "3.11", 8, false)]
    [InlineData("2:1.0-1", 8, "1.5", 12, true)]
    [InlineData("1.0", 8, "2:0.5", 12, false)]
    [InlineData("1.0", 8, "1.0", 2, false)]
    [InlineData("1.0", 10, "1.0", 12, true)]
    [InlineData("0:1.0-1", 8, "1.0-1", 8, true)]
    [InlineData(":1.0", 8, "0:1.0", 8, true)]
    public void Ranges_overlap_as_in_rpm(string one, int oneFlags, string other, int otherFlags, bool expected)
    {
        Assert.Equal(expected, RpmVersion.Overlap(one, oneFlags, other, otherFlags));
        Assert.Equal(expected, RpmVersion.Overlap(other, otherFlags, one, oneFlags));
    }

    private static string Next(Random random)
    {
        // Without "-" and ":", which the function of Lua takes for the start of a release and the end of an epoch.
        string[] parts = ["1", "0", "10", "01", "9", "2", "a", "b", "rc", "A", "~", "^", ".", "_", "+", "..", "é"];
        return string.Concat(Enumerable.Range(0, random.Next(1, 7)).Select(_ => parts[random.Next(parts.Length)]));
    }
}
