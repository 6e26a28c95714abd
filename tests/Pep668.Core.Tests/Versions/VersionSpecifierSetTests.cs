using Pep668.Versions;

namespace Pep668.Tests.Versions;

public sealed class VersionSpecifierSetTests
{
    [Theory]
    [InlineData(">=3.x", "'>=3.x': '3.x' is not a version")]
    [InlineData(">=3.10, < 3.y", "'< 3.y': '3.y' is not a version")]
    [InlineData("3.12", "'3.12': it does not start with one of == != <= >= < > ~= ===")]
    [InlineData(">=", "'>=': no version follows")]
    [InlineData(">=3.*", "'>=3.*': '.*' goes only with == and !=")]
    [InlineData("==3.12rc1.*", "'==3.12rc1.*': '.*' follows only release numbers")]
    [InlineData(">=3.12+debian", "'>=3.12+debian': '+debian' goes only with == and !=")]
    [InlineData("~=3", "'~=3': ~= needs two release numbers, as in '~=3.0'")]
    [InlineData("===a b", "'===a b': 'a b' has white space, ';' or ')' in it")]
    public void Invalid_specifier_reports_its_position(string text, string expected)
    {
        Assert.False(VersionSpecifierSet.TryParse(text, out _, out string? problem));
        Assert.Equal(expected, problem);
    }

    // packaging before 26 took the spelling of a version after ~= for its meaning; PEP 440 normalises it first.
    [Theory]
    [InlineData("~=V1.2")]
    [InlineData("~=1.2.0.RC1")]
    [InlineData("~=1.2.0c.1")]
    [InlineData("~=1.2.0.rev1")]
    public void Compatible_release_is_compared_by_its_normal_form(string text)
    {
        Assert.True(VersionSpecifierSet.TryParse(text, out VersionSpecifierSet? specifiers, out _));
        Assert.True(specifiers.Contains(Version("1.2.5")));
        Assert.False(specifiers.Contains(Version("2.0")));
        Assert.False(specifiers.Contains(Version("1.1")));
    }

    // packaging before 26 kept one of these clauses and dropped the other.
    [Fact]
    public void Arbitrary_equality_compares_spellings()
    {
        Assert.True(VersionSpecifierSet.TryParse("===1.0,===1.0.0", out VersionSpecifierSet? specifiers, out _));
        Assert.False(specifiers.Contains(Version("1.0")));
        Assert.False(specifiers.Contains(Version("1.0.0")));
    }

    [Fact]
    public void Text_that_is_not_a_version_equals_no_version()
    {
        Assert.True(VersionSpecifierSet.TryParse("===wat", out VersionSpecifierSet? specifiers, out _));
        Assert.False(specifiers.Contains(Version("1.0")));
    }

    // As packaging 24.2 and later.
    [Theory]
    [InlineData(">3.14.0b2", "3.15.0a1", true)]
    [InlineData("<3.14.0rc1", "3.13.0rc2", true)]
    [InlineData(">=3.14.0a1", "3.14.0rc1", true)]
    [InlineData("===3.14.0rc1", "3.14.0rc1", true)]
    [InlineData("!=3.14.0rc1", "3.14.0rc2", false)]
    [InlineData(">3.14.0", "3.15.0a1", false)]
    [InlineData("<3.14.0", "3.13.0rc2", false)]
    public void Pre_release_matches_if_a_clause_names_one(string text, string version, bool expected)
    {
        Assert.True(VersionSpecifierSet.TryParse(text, out VersionSpecifierSet? specifiers, out _));
        Assert.Equal(expected, specifiers.MentionsPrerelease);
        Assert.Equal(expected, specifiers.Contains(Version(version)));
    }

    private static Pep440Version Version(string text) =>
        Pep440Version.TryParse(text, out Pep440Version? version) ? version : throw new FormatException(text);
}
