using System.Text.Json;
using Pep668.Requirements;

namespace Pep668.Tests.Requirements;

/// <summary>
/// The differences between this product, which follows <c>packaging</c> 24.1, and releases 17 to 21 in pip 18 to 24.0.
/// Since 22 the grammar has a separate parser, and a version that is not valid in PEP 440 is refused.
/// </summary>
public sealed class OlderPackagingTests
{
    private sealed record Question(string[] Requirements, string[] Markers, Dictionary<string, string> Environment);

    private sealed record Answer(bool[] Valid, string[] Holds);

    private const string Script = """
        import json, sys, warnings
        from pip._vendor.packaging.markers import Marker
        from pip._vendor.packaging.requirements import Requirement

        warnings.simplefilter("ignore")

        def valid(text):
            try:
                Requirement(text)
                return True
            except Exception:
                return False

        def holds(text, environment):
            try:
                return "01"[Marker(text).evaluate(environment)]
            except Exception:
                return "!"

        q = json.load(sys.stdin)
        json.dump({"Valid": [valid(r) for r in q["Requirements"]], "Holds": [holds(m, q["Environment"]) for m in q["Markers"]]}, sys.stdout)
        """;

    private static readonly string[] NewerOnly =
    [
        "a_", "a._", // _ at a name's end
        "a()", "a( )", "a>=1,", "a(===1)",
        "a@b", "a @ b", "a @ ./b", "a @ b;c", "a @ file:b", // the URL was checked
    ];

    private static readonly string[] OlderOnly =
    [
        // "legacy" versions and specifiers
        "a==x", "a>=2004d", "a==1-x", "a==1.0.*.*", "a!=1.0.post1.*", "a==1.0.dev1.*", "a>=1.*", "a>=1+x",
        "a; os_name == '\\x4'", "a; os_name == 'x\\'", // a backslash was one
        "a>=\n1", "a\n>=1", // any white space was white space
    ];

    private static readonly string[] Both =
    [
        "a", "A.B-C_D", "a[]", "a[x ,y]", "a===", "a===;os_name=='x'", "a===1,>=2", "a~=1.0", "a==1.*", "a==1+x",
        "a @ https://h/x ; os_name == 'x'", "a @ https://h/x;z",
        "a (>=1,<2)", "a;os_name=='x'and os_name=='y'", "a;'a'=='b'and'c'=='d'", "a; python_implementation=='CPython'",
        "a; extra == 'x' or extra=='Y_y'", "\ta >=1",
    ];

    private static readonly string[] Neither =
    [
        "a-", "a.", "_a", "aé", "a²", "a b", "a 1.0", "a[,]", "a[x,]", "a[x y]", "a[x][y]", "a(>=1", "a>=1,,<2", "a,", "a>=1 <2", "a~=1",
        "a===1,x y", "a@", "a>=1 @ https://h/x",
        "a;", "a;os_name=='x';", "a=>1", "a=1", "a --x", "a;not os_name=='x'", "a; platform.release=='x'", "a; os_name == u'x'",
        "a; os_name == 3", "-r x", "",
    ];

    // A condition, its result here and its result there.
    private static readonly (string Marker, char Newer, char Older)[] Markers =
    [
        ("platform_release >= '5'", '!', '0'), // 6.1.0-18-amd64 is not a version: the comparison was false, now it is an error
        ("sys_platform > '1'", '!', '0'),
        ("os_name === 'posix'", '!', '1'),
        ("python_version < 'x'", '1', '1'),
        ("extra == 'Te_st'", '1', '0'), // names of extras were not normalized
        ("extra != 'Te_st'", '0', '1'),
        ("os_name == '\\x70osix'", '1', '0'), // strings had no escapes
        ("python_version >= '3.10'", '0', '0'),
        ("'linux' in sys_platform", '1', '1'),
        ("os_name == 'posix' and (python_version == '3.9.*' or extra == 'x')", '1', '1'),
        ("os_name ~= 'posix'", '!', '!'),
        ("'x' == 'y'", '!', '!'),
    ];

    public static TheoryData<string> Pythons()
    {
        var rows = new TheoryData<string>(
            Interpreters.All.Where(python => python.PackagingMajor is > 0 and < 22).Select(python => python.Executable));
        if (rows.Count == 0)
        {
            rows.Add(new TheoryDataRow<string>("missing") { Skip = "needs pip 18 to 24.0, with packaging 17 to 21" });
        }
        return rows;
    }

    [Theory]
    [MemberData(nameof(Pythons))]
    public void Older_packaging_differs_only_in_the_listed_texts(string python)
    {
        string[] texts = [.. NewerOnly, .. OlderOnly, .. Both, .. Neither];
        Dictionary<string, string> environment = new()
        {
            ["python_version"] = "3.9",
            ["os_name"] = "posix",
            ["sys_platform"] = "linux",
            ["platform_release"] = "6.1.0-18-amd64",
            ["extra"] = "te-st",
        };

        Answer answer = JsonSerializer.Deserialize<Answer>(
            Tool.Run(python, ["-c", Script], input: JsonSerializer.Serialize(
                new Question(texts, [.. Markers.Select(marker => marker.Marker)], environment))).Checked().Output)!;

        Assert.Equal(texts.Select(text => (text, OlderOnly.Contains(text) || Both.Contains(text))), texts.Zip(answer.Valid));
        Assert.Equal(texts.Select(text => (text, NewerOnly.Contains(text) || Both.Contains(text))),
            texts.Select(text => (text, Requirement.TryParse(text, out _, out _))));
        Assert.Equal(Markers.Select(marker => (marker.Marker, marker.Older.ToString())),
            Markers.Select(marker => marker.Marker).Zip(answer.Holds));
        Assert.Equal(Markers.Select(marker => (marker.Marker, marker.Newer)),
            Markers.Select(marker => (marker.Marker, Holds(marker.Marker))));
    }

    private static char Holds(string text)
    {
        Assert.True(RequirementCondition.TryParse(text, out RequirementCondition? marker, out RequirementProblem? problem),
            problem?.ToString());
        var variables = new ConditionVariables
        {
            PythonVersion = "3.9",
            OsName = "posix",
            SysPlatform = "linux",
            PlatformRelease = "6.1.0-18-amd64",
            Extra = "te-st",
        };
        return marker.TryEvaluate(variables, out bool holds, out _) ? (holds ? '1' : '0') : '!';
    }
}
