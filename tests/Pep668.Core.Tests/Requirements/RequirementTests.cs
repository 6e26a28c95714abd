using FsCheck;
using FsCheck.Fluent;
using Pep668.Requirements;
using Pep668.Versions;

namespace Pep668.Tests.Requirements;

/// <summary>The parts of a requirement, the position of a problem, and the texts that are refused on purpose.</summary>
public sealed class RequirementTests
{
    private static Arbitrary<string> Texts { get; } =
        Gen.Choose(0, int.MaxValue).Select(seed => new RequirementGenerator(seed).Requirement()).ToArbitrary();

    private static Arbitrary<string> Damaged { get; } = Gen.Choose(0, int.MaxValue).Select(seed =>
    {
        var generator = new RequirementGenerator(seed);
        return generator.Damaged(generator.Requirement());
    }).ToArbitrary();

    [Fact]
    public void Requirement_parts_are_those_of_the_text()
    {
        Requirement requirement = Read(" Foo.Bar [Socks, x_y ,Socks] ( >= 1.0 , <2 ) ; os.name=='a\\x22b' \n");

        Assert.Equal(("Foo.Bar", "foo-bar"), (requirement.Name, requirement.NormalizedName));
        Assert.Equal(["Socks", "x_y"], requirement.Extras);
        Assert.Equal("Foo.Bar [Socks, x_y ,Socks] ( >= 1.0 , <2 ) ; os.name=='a\\x22b'", requirement.Text);
        Assert.Equal("Foo.Bar[Socks,x_y]>=1.0,<2; os_name == \"a\\x22b\"", requirement.ToString());
        Assert.Null(requirement.Url);
    }

    /// <summary>pip strips its arguments; <c>packaging</c> alone does not.</summary>
    [Fact]
    public void Requirement_can_be_surrounded_by_white_space_of_every_kind() => Assert.Equal("a>=1", Read("\r\n\u00a0a>=1\u2028\v").Text);

    /// <summary>The position of the caret is written as ^ before the character.</summary>
    [Theory]
    [InlineData("requests^=>2.0", "Invalid version operator '=>'")]
    [InlineData("requests^=2.0", "Invalid version operator '='")]
    [InlineData("requests>1,^<>2.0", "Invalid version operator '<>'")]
    [InlineData("requests ^2.0", "operator")]
    [InlineData("requests ^flask", "second requirement")]
    [InlineData("requests>=^two", "'two' is not a version")]
    [InlineData("requests>=1.0 ^<2", "Expected ','")]
    [InlineData("requests>=1.0,<2^]", "not a version", false)]
    [InlineData("requests==^1.0poſt1", "not a version")] // packaging before 26 takes a long s for an s
    [InlineData("requests==^https://u:p@example.invalid/x", "Unexpected URL")]
    [InlineData("requests~=^2", "two release numbers")]
    [InlineData("requests^[socks", "Missing ']'")]
    [InlineData("requests[socks ^tor]", "',' or ']'")]
    [InlineData("requests[socks,^]", "name of an extra")]
    [InlineData("requests ^(>=1", "Missing ')'")]
    [InlineData("requests @^", "Missing URL")]
    [InlineData("requests @ https://example.invalid/x ^y", "';' and a condition")]
    [InlineData("requests^!", "Invalid version operator '!'")]
    [InlineData("requests^-", "must end with")]
    [InlineData("^-r", "'-r' would be parsed as an option")]
    [InlineData("  ^--index-url=https://u:p@example.invalid", "'--index-url' would be parsed as an option")]
    [InlineData("^-ihttps://u:p@example.invalid", "'-i' would be parsed as an option")]
    [InlineData("name ^--index-url=x", "'--index-url' would be parsed as an option")]
    [InlineData("name>=1 ^-e .", "'-e' would be parsed as an option")]
    [InlineData("name @ https://example.invalid/x ^--hash=x", "'--hash' would be parsed as an option")]
    [InlineData("name^\n--index-url=x", "line break")]
    [InlineData("name^\0", "U+0000")]
    [InlineData("name; os_name == 'a^\u001b[2J'", "U+001B")]
    [InlineData("na^\u2028me", "line break")]
    [InlineData("^", "Empty requirement")]
    [InlineData("^_name", "Expected a name")]
    [InlineData("name; ^python == '3'", "Unknown variable")]
    [InlineData("name; python_version == ^3", "must be quoted")]
    [InlineData("name; python_version ^= '3'", "'=='")]
    [InlineData("name; python_version == ^'3", "Missing closing quote")]
    [InlineData("name; ^(python_version == '3'", "Missing ')'")]
    [InlineData("name; python_version == '3' ^os_name == 'x'", "'and' or 'or'")]
    [InlineData("name; '3' not ^os_name", "Missing 'in'")]
    [InlineData("name; os_name == 'x^\\x4'", "hexadecimal")]
    [InlineData("name; os_name == '^\\N{BULLET}'", "Unsupported escape")]
    [InlineData("name;^", "Missing variable")]
    public void Invalid_requirement_reports_the_problem_and_its_position(string marked, string words, bool exact = true)
    {
        string text = marked.Remove(marked.IndexOf('^'), 1);

        RequirementProblem problem = Problem(text);

        Assert.Contains(words, problem.Message);
        Assert.Equal(exact ? marked.IndexOf('^') : problem.Position, problem.Position);
        Assert.DoesNotContain("u:p", problem.ToString());
    }

    [Fact]
    public void Caret_is_below_the_position_of_the_problem()
    {
        Assert.Equal("Invalid version operator '=>'.\n  requests=>2.0\n          ^", Problem("requests=>2.0").ToString());

        foreach (string text in (string[])["a" + new string(' ', 300) + "=1" + new string(' ', 300) + "z",
            "name @ https://user:longer-than-stars@example.invalid/x $y", "\tname =1"])
        {
            RequirementProblem problem = Problem(text);
            string[] lines = problem.ToString().Split('\n');
            Assert.Equal(3, lines.Length);
            Assert.InRange(lines[1].Length, 1, 130);
            Assert.Equal(text[problem.Position], lines[1][lines[2].IndexOf('^')]);
        }
    }

    /// <summary>Python stops at about two hundred. A stack overflow ends the process.</summary>
    [Fact]
    public void Parentheses_are_nested_up_to_a_hundred_levels()
    {
        static string Nested(int depth) => "a; " + new string('(', depth) + "os_name == 'x'" + new string(')', depth);

        Assert.NotNull(Read(Nested(100)).Marker);
        Assert.Contains("Too many", Problem(Nested(101)).Message);
        Assert.Contains("Too many", Problem(Nested(1_000_000)).Message);
    }

    [Fact]
    public void Requirement_that_is_written_is_read_as_the_same() =>
        Prop.ForAll(Texts, text =>
        {
            // The generator has URLs with credentials, which ToString hides, and now and then a second clause without a
            // comma.
            if (!Requirement.TryParse(text, out Requirement? one, out _) || text != UrlCredentials.Redact(text))
            {
                return true;
            }
            Requirement two = Read(one.ToString());
            return string.Equals(one.ToString(), two.ToString(), StringComparison.Ordinal)
                && one.Name == two.Name && one.Url == two.Url && one.Extras.SequenceEqual(two.Extras)
                && one.Specifiers.ToString() == two.Specifiers.ToString() && one.Marker?.ToString() == two.Marker?.ToString();
        }).CheckWithSeed(5000);

    [Fact]
    public void Requirement_parser_never_throws_and_reports_positions_inside_the_text()
    {
        Prop.ForAll(Damaged, IsSound).CheckWithSeed();
        Prop.ForAll<string>(IsSound).CheckWithSeed();
    }

    [Fact]
    public void Normalized_name_is_stable_and_ignores_case() =>
        Prop.ForAll<string>(text => text is null
            || (NormalizedName.Normalize(text) is string normal && NormalizedName.Normalize(normal) == normal && !normal.Contains("--")
                && !normal.Any(c => c is '_' or '.')))
            .CheckWithSeed();

    private static bool IsSound(string? text)
    {
        bool isRead = Requirement.TryParse(text, out Requirement? requirement, out RequirementProblem? problem);
        return isRead
            ? problem is null && requirement!.ToString().Length > 0
            : problem!.Position >= 0 && problem.Position <= (text ?? "").Length && problem.TextPosition <= problem.Text.Length
                && problem.ToString().Split('\n').Length == 3;
    }

    private static Requirement Read(string text)
    {
        Assert.True(Requirement.TryParse(text, out Requirement? requirement, out RequirementProblem? problem), problem?.ToString());
        return requirement;
    }

    private static RequirementProblem Problem(string text)
    {
        Assert.False(Requirement.TryParse(text, out _, out RequirementProblem? problem));
        return problem;
    }
}
