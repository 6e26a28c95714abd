using System.Text;
using static Pep668.Tests.RequirementOracle;
using Pep668.Requirements;
using Pep668.Versions;

namespace Pep668.Tests.Requirements;

/// <summary>
/// Generated requirements and conditions, evaluated here and by <c>packaging</c> 24.1 (in pip 24.1 to 24.3). What
/// differs on purpose: no line break or other control character, no <c>\N{…}</c> and no hundred parentheses in each
/// other (see <see cref="RequirementTests"/>).
/// </summary>
public sealed class RequirementAgreementTests
{
    private static readonly int Generated = TestExtent.Count(6000);

    [Fact]
    public void Requirements_are_validated_and_read_as_by_packaging() => RandomSeed.Fixed(508).Run(seed =>
    {
        var generator = new RequirementGenerator(seed);
        string[] valid = [.. Enumerable.Range(0, Generated).Select(_ => generator.Requirement())];
        string[] texts =
        [
            .. valid, .. valid.Select(generator.Damaged), .. valid.Select(generator.Damaged),
            "a", "A.B-C_D", "a-", "a_", "a.", "a._", "_a", ".a", "1", "a-é", "aé", "a²", "a\u0301", "a b", "a 1.0", "a[", "a[]", "a[,]",
            "a[x,]", "a[x y]",
            "a[x][y]", "a [ x , x ,y ] ", "a()", "a( )", "a(>=1", "a>=1)", "a>=1,", "a>=1,,<2", "a,", "a>=1 <2", "a=1", "a=>1", "a===",
            "a===;os_name=='x'",
            "a===1,>=2", "a===1,x", "a(===1)", "a === b c", "a~=1", "a>=1.*", "a==1.*", "a>=1+x", "a==1+x", "a@", "a @ ", "a@b", "a @ b;c",
            "a @ b ;",
            "a @ b ; os_name == 'x'", "a @ b c", "a>=1 @ b", "a;", "a; ", "a;;", "a;os_name", "a;os_name=='x';", "a; os_name == 'x' #",
            "a # x", "a\\",
            "a --index-url=x", "a --hash=sha256:00", "a>=1 --hash=x", "a/b", "a:b", "a|b", "a>=1\u00a0", "a>=\u00a01", "a\u00a0>=1", "ſ",
        ];
        texts = [.. texts.Where(IsComparable)];

        Answer answer = Ask(new(texts, [], [], []));

        foreach ((string text, Parsed? expected) in texts.Zip(answer.Requirements))
        {
            Assert.Equal((text, Shown(expected)), (text, Shown(Read(text))));
        }
        Assert.InRange(answer.Requirements.Take(valid.Length).Count(parsed => parsed is not null), valid.Length * 95 / 100, valid.Length);
        Assert.InRange(answer.Requirements.Count(parsed => parsed is null), valid.Length / 2, valid.Length * 3 / 2);
    });

    [Fact]
    public void Conditions_are_validated_read_and_evaluated_as_by_packaging() => RandomSeed.Fixed(5081).Run(seed =>
    {
        var generator = new RequirementGenerator(seed);
        string[] valid = [.. Enumerable.Range(0, Generated).Select(_ => generator.Marker())];
        string[] texts =
        [
            .. valid, .. valid.Select(generator.Damaged),
            "", "os_name", "os_name==", "'a'=='b'and'c'=='d'", "'a'=='b'andos_name=='d'", "os_name in'x'", "os_namein'x'", "'x'in os_name",
            "'x'inos_name",
            "'x' not in os_name", "'x' notin os_name", "'x' not os_name", "'x' nota os_name", "os_name == sys_platform",
            "'x' == 'os_name'", "'x' == 'y'",
            "os.name == 'x'", "platform.release == 'x'", "os_name == 'a\\'", "os_name == 'a\\\\'", "os_name == '\\x4'",
            "os_name == '\\ud800'", "os_name = 'x'",
            "(os_name == 'x'", "os_name == 'x')", "((os_name == 'x'))", "() ", "not os_name == 'x'", "os_name == 'x' or",
            "os_name == 'x' xor os_name == 'y'",
            "extras == 'x'", "dependency_groups == 'x'", "python_version in '3.8 3.12'", "python_version ~= '3'", "os_name ~= 'x'",
            "os_name === 'posix'",
            "platform_release >= '5'", "python_version < 'x'", "python_version == '3.*'", "'3.*' == python_version",
            "'3.8' <= python_version",
        ];
        texts = [.. texts.Where(IsComparable)];
        Dictionary<string, string>[] environments = [.. Enumerable.Range(0, 12).Select(_ => generator.Environment())];

        Answer answer = Ask(new([], texts, environments, []));

        for (int i = 0; i < texts.Length; i++)
        {
            RequirementCondition? marker = RequirementCondition.TryParse(texts[i], out RequirementCondition? read, out _) ? read : null;
            Assert.Equal((texts[i], answer.Markers[i]), (texts[i], marker?.ToString()));
            string holds = marker is null ? "" : string.Concat(environments.Select(environment => Holds(marker, environment)));
            Assert.Equal((texts[i], answer.Holds[i]), (texts[i], holds));
        }
        Assert.InRange(answer.Markers.Count(marker => marker is null), Generated / 3, Generated * 11 / 12);
        Assert.All("01!", sign => Assert.InRange(
            answer.Holds.Sum(holds => holds.Count(its => its == sign)), Generated * 5 / 6, Generated * 15));
    });

    [Fact]
    public void Names_are_normalized_as_by_packaging() => RandomSeed.Fixed(503).Run(seed =>
    {
        var generator = new RequirementGenerator(seed);
        string[] names = [.. Enumerable.Range(0, 2000).Select(_ => generator.Name()),
            .. Enumerable.Range(0, 500).Select(_ => generator.Damaged(generator.Name())), "", "-", "a--b", "ÀB"];

        Answer answer = Ask(new([], [], [], names));

        Assert.Equal(answer.Names.Zip(names), names.Select(NormalizedName.Normalize).Zip(names));
    });

    // White space other than spaces and tabs is stripped here and by pip, not by packaging.
    private static bool IsComparable(string text) =>
        !text.Any(character => character != '\t' && char.IsControl(character))
        && !text.EnumerateRunes().Contains(Rune.ReplacementChar) // half of a pair, which no JSON carries
        && !text.Contains("\\N", StringComparison.Ordinal)
        && string.Equals(text.Trim(), text.Trim(' ', '\t'), StringComparison.Ordinal);

    private static Parsed? Read(string text) =>
        Requirement.TryParse(text, out Requirement? requirement, out _)
            ? new(requirement.Name, requirement.NormalizedName, [.. requirement.Extras.Order(StringComparer.Ordinal)],
                requirement.Specifiers.ToString(),
                requirement.Url, requirement.Marker?.ToString())
            : null;

    private static string Shown(Parsed? parsed) =>
        parsed is null
            ? "none"
            : $"{parsed.Name}|{parsed.Normal}|{string.Join(',', parsed.Extras)}|{parsed.Specifiers}|{parsed.Url}|{parsed.Marker}";

    private static char Holds(RequirementCondition marker, Dictionary<string, string> environment) =>
        !marker.TryEvaluate(Variables(environment), out bool holds, out _) ? '!' : holds ? '1' : '0';

    private static ConditionVariables Variables(Dictionary<string, string> environment) => new()
    {
        PythonVersion = environment["python_version"],
        PythonFullVersion = environment["python_full_version"],
        OsName = environment["os_name"],
        SysPlatform = environment["sys_platform"],
        PlatformMachine = environment["platform_machine"],
        PlatformSystem = environment["platform_system"],
        PlatformRelease = environment["platform_release"],
        PlatformVersion = environment["platform_version"],
        PlatformPythonImplementation = environment["platform_python_implementation"],
        ImplementationName = environment["implementation_name"],
        ImplementationVersion = environment["implementation_version"],
        Extra = environment["extra"],
    };
}
