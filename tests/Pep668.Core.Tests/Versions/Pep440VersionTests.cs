using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Pep668.Versions;

namespace Pep668.Tests.Versions;

public sealed class Pep440VersionTests
{
    private static readonly string[] InOrder =
    [
        "1.0.dev1", "1.0a1.dev1", "1.0a1", "1.0a1.post1.dev1", "1.0a1.post1", "1.0b2", "1.0rc1", "1.0", "1.0+abc", "1.0+abc.5", "1.0+abd",
        "1.0+5",
        "1.0+10", "1.0+10.0", "1.0.post1.dev1", "1.0.post1", "1.0.1", "1.1", "1.10", "1!0.1",
    ];

    private static Arbitrary<Pep440Version> Versions { get; } =
        Gen.Choose(0, int.MaxValue).Select(seed => Version(new VersionGenerator(seed).Version())).ToArbitrary();

    [Fact]
    public void Version_parts_are_those_of_the_text()
    {
        Pep440Version version = Version(" v1!3.014-ALPHA.2_rev3.dev+Ubuntu-01 ");

        Assert.Equal("1!3.14a2.post3.dev0+ubuntu.1", version.ToString());
        Assert.Equal(1, version.Epoch);
        Assert.Equal([(BigInteger)3, 14], version.Release);
        Assert.Equal((3, 14, 0), (version.Major, version.Minor, version.Micro));
        Assert.Equal(new PreRelease("a", 2), version.Pre);
        Assert.Equal(3, version.Post);
        Assert.Equal(0, version.Dev);
        Assert.Equal("ubuntu.1", version.Local);
        Assert.True(version.IsPrerelease);
        Assert.True(version.IsPostrelease);
    }

    [Fact]
    public void Versions_are_in_the_order_of_PEP_440() =>
        Assert.Equal(InOrder, InOrder.Reverse().Select(Version).Order().Select(version => version.ToString()));

    [Theory]
    [InlineData(null)]
    [InlineData("1.0po\u017ft1")]
    [InlineData("1.0+\u212a")]
    [InlineData("1.0prev\u0131ew1")]
    [InlineData("1.0prev\u0130ew1")]
    [InlineData("\u0661.0")]
    public void Version_letters_and_digits_are_ASCII(string? text) => Assert.False(Pep440Version.TryParse(text, out _));

    [Fact]
    public void Version_order_is_total_and_all_comparisons_agree() =>
        Prop.ForAll(Versions, Versions, Versions, (a, b, c) =>
        {
            int order = Math.Sign(a.CompareTo(b));
            bool agree = order == -Math.Sign(b.CompareTo(a))
                && a == b == (order == 0) && a != b == (order != 0) && a.Equals(b) == (order == 0)
                && a < b == order < 0 && a <= b == order <= 0 && a > b == order > 0 && a >= b == order >= 0;
            Pep440Version[] sorted = [.. new[] { a, b, c }.Order()];
            return agree && sorted[0] <= sorted[2] && (a != b || (a.GetHashCode() == b.GetHashCode() && a.CompareTo(c) == b.CompareTo(c)));
        }).CheckWithSeed();

    [Fact]
    public void Null_is_before_every_version() =>
        Prop.ForAll(Versions, version => version > null && null < version && version != null && version.CompareTo(null) > 0)
            .CheckWithSeed();

    [Fact]
    public void Version_with_trailing_zeros_is_equal() =>
        Prop.ForAll(Versions, version =>
        {
            var longer = new Pep440Version(version.Epoch, version.Release.Add(0), version.Pre, version.Post, version.Dev, version.Local);
            return longer == version && longer.GetHashCode() == version.GetHashCode();
        }).CheckWithSeed();

    [Fact]
    public void Version_in_normal_form_is_read_as_the_same_version() =>
        Prop.ForAll(Versions, version =>
        {
            Pep440Version again = Version(version.ToString());
            return again == version && string.Equals(again.ToString(), version.ToString(), StringComparison.Ordinal);
        }).CheckWithSeed();

    [Fact]
    public void Version_parser_never_throws()
    {
        Arbitrary<string> damaged = Gen.Choose(0, int.MaxValue).Select(seed =>
        {
            var generator = new VersionGenerator(seed);
            return generator.Damaged(generator.AnySpecifiers());
        }).ToArbitrary();
        Prop.ForAll<string>(ReadEverything).CheckWithSeed();
        Prop.ForAll(damaged, ReadEverything).CheckWithSeed();

        static bool ReadEverything(string? text)
        {
            bool valid = VersionSpecifierSet.TryParse(text, out VersionSpecifierSet? specifiers, out string? problem);
            return Pep440Version.TryParse(text, out Pep440Version? version) == version is not null
                && PythonRequest.TryParse(text, out PythonRequest? request) == request is not null
                && valid == specifiers is not null && valid == problem is null;
        }
    }

    private static Pep440Version Version(string text) =>
        Pep440Version.TryParse(text, out Pep440Version? version) ? version : throw new FormatException(text);
}
