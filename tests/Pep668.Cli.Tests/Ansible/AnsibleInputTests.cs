using System.Text;
using Pep668.Cli.Ansible;
using Pep668.DesiredState;

namespace Pep668.Tests.Ansible;

/// <summary>The values of parameters, which are converted as Ansible converts those of its own modules.</summary>
public sealed class AnsibleInputTests
{
    [Theory]
    [InlineData("true", true)]
    [InlineData("\"yes\"", true)]
    [InlineData("\"True\"", true)]
    [InlineData("1", true)]
    [InlineData("\" on \"", true)]
    [InlineData("false", false)]
    [InlineData("\"no\"", false)]
    [InlineData("0", false)]
    [InlineData("null", false)]
    public void Boolean_is_converted(string value, bool expected) =>
        Assert.Equal(expected, Read("pep668_venv", $$"""{"path": "/v", "no_index": {{value}}}""").Desired.Switch("noIndex"));

    [Theory]
    [InlineData("""["a>=1", "b"]""")]
    [InlineData("\"a>=1,b\"")]
    [InlineData("\"a>=1, b,\"")]
    public void List_is_an_array_or_is_separated_with_commas(string value) =>
        Assert.Equal(["a>=1", "b"], Read("pep668_venv", $$"""{"path": "/v", "requirements": {{value}}}""").Desired.List("requirements"));

    [Theory]
    [InlineData("\"a>=1,<2, b\"")]
    [InlineData("""["a>=1,<2", "b"]""")]
    [InlineData("""["a>=1", "<2", "b"]""")]
    public void Versions_of_a_requirement_are_not_separated(string value) =>
        Assert.Equal(["a>=1,<2", "b"], Read("pep668_venv", $$"""{"path": "/v", "requirements": {{value}}}""").Desired.List("requirements"));

    [Fact]
    public void Empty_text_is_an_empty_list() =>
        Assert.True(Read("pep668_venv", """{"path": "/v", "requirements": ""}""").Desired.TryList("requirements") is []);

    [Theory]
    [InlineData("pep668_pip", "present", true, false)]
    [InlineData("pep668_pip", "latest", true, true)]
    [InlineData("pep668_pip", "absent", false, false)]
    [InlineData("pep668_venv", "absent", false, false)]
    public void State_is_whether_it_exists_and_is_the_newest(string module, string state, bool exists, bool isLatest)
    {
        string keys = module is "pep668_pip" ? "\"environment\": \"/v\", \"name\": \"a\"" : "\"path\": \"/v\"";
        ResourceState desired = Read(module, $$"""{{{keys}}, "state": "{{state}}"}""").Desired;
        Assert.Equal((exists, isLatest), (desired.Exists, desired.Switch("latest")));
    }

    [Fact]
    public void Parameters_of_Ansible_are_used_or_ignored()
    {
        AnsibleRequest request = Read("pep668_info", """
            {"_ansible_check_mode": true, "_ansible_diff": true, "_ansible_version": "2.14", "_ansible_verbosity": 3}
            """);
        Assert.Equal((true, true), (request.IsCheck, request.WantsDiff));
        Assert.Empty(request.Desired.Names);
    }

    [Theory]
    [InlineData("pep668_venv", """{"path": 5}""", "'path' of pep668_venv is invalid: it is a number")]
    [InlineData("pep668_venv", """{"path": "v"}""", "'path' of pep668_venv is invalid: 'v' is not an absolute path.")]
    [InlineData("pep668_venv", "{}", "'path' of pep668_venv is invalid: it is required.")]
    [InlineData("pep668_venv", """{"path": null}""", "'path' of pep668_venv is invalid: it is required.")]
    [InlineData("pep668_venv", """{"path": "/v", "path": "/w"}""", "'path' of pep668_venv is invalid: it is given twice.")]
    [InlineData("pep668_venv", """{"path": "/v", "python": 3.10}""",
        "'python' of pep668_venv is invalid: it is a number, which loses zeros (3.10 becomes 3.1); a version must be in quotes.")]
    [InlineData("pep668_venv", """{"path": "/v", "requirements": ["a", 1.0]}""",
        "'requirements' of pep668_venv is invalid: in item 2, it is a number")]
    [InlineData("pep668_venv", """{"path": "/v", "requirements": {"a": 1}}""",
        "'requirements' of pep668_venv is invalid: it is an object, not a list of strings.")]
    [InlineData("pep668_venv", """{"path": "/v", "system_site_packages": "maybe"}""",
        "'system_site_packages' of pep668_venv is invalid: it is not a boolean.")]
    [InlineData("pep668_venv", """{"path": "/v", "_ansible_check_mode": []}""",
        "'_ansible_check_mode' of pep668_venv is invalid: it is an array, not a boolean.")]
    [InlineData("pep668_venv", """{"path": "/v", "state": "latest"}""",
        "'state' of pep668_venv is invalid: it is not one of present, absent.")]
    [InlineData("pep668_venv", """{"path": "/v", "systemSitePackages": true}""", "pep668_venv has no parameter 'systemSitePackages';")]
    [InlineData("pep668_venv", """{"path": "/v", "version": "3.11"}""", "pep668_venv has no parameter 'version';")]
    [InlineData("pep668_venv", """{"path": "/v", "find_links": "wheels"}""",
        "'find_links' of pep668_venv is invalid: 'wheels' is not an absolute path.")]
    [InlineData("pep668_venv", """{"path": "/a:b"}""",
        "'path' of pep668_venv is invalid: the path contains ':', which separates the folders on PATH.")]
    [InlineData("pep668_venv", """{"path": "/v", "prompt": "a\tb"}""",
        "'prompt' of pep668_venv is invalid: the prompt contains a control character.")]
    [InlineData("pep668_pip", """{"environment": "/v", "name": "a", "version": 1.0}""",
        "'version' of pep668_pip is invalid: it is a number")]
    [InlineData("pep668_pip", """{"environment": "/v", "name": "a", "version": "new"}""",
        "'version' of pep668_pip is invalid: 'new' is neither a version nor a version specifier (PEP 440).")]
    [InlineData("pep668_pip", """{"environment": "/v", "name": "a", "installer": "conda"}""",
        "'installer' of pep668_pip is invalid: it is not one of Auto, Pip, Uv.")]
    [InlineData("pep668_info", """{"managed": true}""", "pep668_info has no parameter 'managed'; it has environment.")]
    [InlineData("pep668_info", "[]", "The input of pep668_info is invalid: it is an array, not an object.")]
    [InlineData("pep668_info", "", "The input of pep668_info is invalid: it is empty.")]
    [InlineData("pep668_info", """{"environment": "\udc00"}""", "The input of pep668_info is invalid: a string in it is not Unicode.")]
    [InlineData(null, """{"path": "/v"}""", "The parameter '_pep668_module' must be pep668_venv, pep668_pip or pep668_info.")]
    public void Wrong_parameter_is_named(string? module, string json, string message)
    {
        Failure failure = AnsibleInput.Read(module is null ? null : AnsibleModule.Find(module), Encoding.UTF8.GetBytes(json)).Failure!;
        Assert.StartsWith(message, failure.Message);
    }

    private static AnsibleRequest Read(string module, string json) =>
        AnsibleInput.Read(AnsibleModule.Find(module), Encoding.UTF8.GetBytes(json)).OrNull()!;
}
