using System.Text.Json;
using Pep668.Cli.Ansible;

namespace Pep668.Tests.Ansible;

/// <summary>Lists of requirements, as <c>ansible.builtin.pip</c> reads them.</summary>
public sealed class AnsibleRequirementsTests
{
    /// <summary>Strings, and what they contain.</summary>
    public static TheoryData<string, string[]> Strings => new()
    {
        { "a>=1,<2", ["a>=1,<2"] },
        { "a>=1,<2,b", ["a>=1,<2", "b"] },
        { "a,b>1,!=1.5,<2,c", ["a", "b>1,!=1.5,<2", "c"] },
        { "a[x,y]>=1,<2,b", ["a[x,y]>=1,<2", "b"] },
        { "a~=1.0,==1.*,b", ["a~=1.0,==1.*", "b"] },
        { "a[x,y", ["a[x,y"] },
        { ">=1,a", [">=1", "a"] },
    };

    [Theory]
    [MemberData(nameof(Strings))]
    [InlineData("a >= 1, < 2, b", new[] { "a >= 1, < 2", "b" })]
    [InlineData("a,,b,", new[] { "a", "b" })]
    [InlineData("a (>=1,<2),b", new[] { "a (>=1,<2)", "b" })]
    [InlineData("a; python_version in '3.8,3.9',b", new[] { "a; python_version in '3.8,3.9'", "b" })]
    [InlineData("", new string[0])]
    public void Comma_within_a_requirement_separates_nothing(string text, string[] expected) =>
        Assert.Equal(expected, AnsibleRequirements.Read(text));

    [Theory]
    [InlineData(new[] { "a>=1,<2", "b" }, new[] { "a>=1,<2", "b" })]
    [InlineData(new[] { "a>1", "<2", "b" }, new[] { "a>1,<2", "b" })]
    [InlineData(new[] { "a>1,<2,b", "c" }, new[] { "a>1,<2", "b", "c" })]
    [InlineData(new[] { "a @ https://host/x,y.whl", "b" }, new[] { "a @ https://host/x,y.whl", "b" })]
    [InlineData(new[] { "a; python_version in \"3.8,3.9\"" }, new[] { "a; python_version in \"3.8,3.9\"" })]
    public void Array_may_have_a_requirement_in_several_elements_or_several_in_one(string[] elements, string[] expected) =>
        Assert.Equal(expected, AnsibleRequirements.Read(elements));

    [Theory]
    [MemberData(nameof(Strings))]
    public void Module_pip_of_Ansible_is_the_oracle(string text, string[] expected)
    {
        const string Program = """
            import json, sys
            from ansible.modules.pip import _recover_package_name
            print(json.dumps([_recover_package_name(sys.argv[1].split(',')), _recover_package_name([sys.argv[1]])]))
            """;
        Tool.Result result = Tool.Run("/usr/bin/python3", ["-c", Program, text]);
        Assert.SkipWhen(result.ExitCode != 0, "needs ansible-core of the system");
        string[][] read = JsonSerializer.Deserialize<string[][]>(result.Output)!;
        Assert.Equal([.. expected], read[0]);
        Assert.Equal([.. expected], read[1]);
    }
}
