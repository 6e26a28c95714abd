using System.Text;
using Pep668.DesiredState;

namespace Pep668.Tests.DesiredState;

/// <summary>What cannot be read is an error that names the property.</summary>
public sealed class ResourceInputTests
{
    [Theory]
    [InlineData("PythonVenv", """{"path": "~/v", "color": "red"}""", "color", "PythonVenv has no property 'color'; it has path, _exist,")]
    [InlineData("PythonVenv", """{"Path": "/v"}""", "Path", "PythonVenv has no property 'Path'")]
    [InlineData("PythonVenv", """{}""", "path", "'path' of PythonVenv is invalid: it is required.")]
    [InlineData("PythonVenv", """{"path": null}""", "path", "it is null, not a string.")]
    [InlineData("PythonVenv", """{"path": "v"}""", "path", "'v' is not an absolute path.")]
    [InlineData("PythonVenv", """{"path": "~/v", "path": "~/w"}""", "path", "it is given twice.")]
    [InlineData("PythonVenv", """{"path": "~/v", "prompt": 3}""", "prompt", "it is a number, not a string.")]
    [InlineData("PythonVenv", """{"path": "~/v", "_exist": "yes"}""", "_exist", "it is a string, not true or false.")]
    [InlineData("PythonVenv", """{"path": "~/v", "requirements": "six"}""", "requirements", "it is a string, not an array of strings.")]
    [InlineData("PythonVenv", """{"path": "~/v", "requirements": ["six", 1]}""",
        "requirements", "'requirements' of PythonVenv is invalid: in item 2, it is a number, not a string.")]
    [InlineData("PythonVenv", """{"path": "~/v", "findLinks": [["/a"], null]}""", "findLinks", "in item 1, it is an array, not a string.")]
    [InlineData("ExternallyManaged", """{"environment": "~/v", "conflicts": ["a", "b", null]}""",
        "conflicts", "in item 3, it is null, not a string.")]
    [InlineData("PythonVenv", """{"path": "~/v", "requirements": ["six="]}""", "requirements", "'six=' is not a requirement (")]
    [InlineData("PythonVenv", """{"path": "~/v", "installer": "conda"}""", "installer", "it is not one of Auto, Pip, Uv.")]
    [InlineData("PythonVenv", """{"path": "~/v", "installer": "1"}""", "installer", "it is not one of Auto, Pip, Uv.")]
    [InlineData("PythonVenv", """{"path": "~/v", "findLinks": ["wheels"]}""", "findLinks", "'wheels' is not an absolute path.")]
    [InlineData("PythonVenv", """{"path": "~/v", "python": "bin/python"}""", "python", "'bin/python' is not an absolute path.")]
    [InlineData("PythonVenv", """{"path": "~/v", "indexUrl": "me:secret@host"}""", "indexUrl", "it is not a URL.")]
    [InlineData("PythonVenv", """{"path": "/srv/a:b/v"}""", "path", "the path contains ':', which")]
    [InlineData("PythonVenv", """{"path": "~/a:b", "_exist": false}""", "path", "the path contains ':', which")]
    [InlineData("PythonVenv", """{"path": "/srv/a\u0009b"}""", "path", "the path contains a control character.")]
    [InlineData("PythonVenv", """{"path": "/srv/a\u0000b"}""", "path", "the path contains a control character.")]
    [InlineData("PythonVenv", """{"path": "/srv/.."}""", "path", "it is the root folder.")]
    [InlineData("PythonVenv", """{"path": "~/v", "prompt": "a\nb"}""", "prompt", "the prompt contains a control character.")]
    [InlineData("PythonVenv", """{"path": "~/v", "prompt": "."}""", "prompt", "'.' depends on the current folder.")]
    [InlineData("PythonVenv", """{"path": "~/v", "python": "/a\u0000b"}""", "python", "it contains the character NUL.")]
    [InlineData("PythonVenv", """{"path": "~/v", "findLinks": ["/a\u0000b"]}""", "findLinks", "it contains the character NUL.")]
    [InlineData("PythonVenv", """{"path": "~/v", "indexUrl": "http://a/\u0000b"}""", "indexUrl", "it contains the character NUL.")]
    [InlineData("PipPackage", """{"environment": "/a\u0000b", "name": "six"}""", "environment", "it contains the character NUL.")]
    [InlineData("PipPackage", """{"environment": "~/v"}""", "name", "'name' of PipPackage is invalid: it is required.")]
    [InlineData("PipPackage", """{"environment": "a/v", "name": "six"}""", "environment", "'a/v' is not an absolute path.")]
    [InlineData("PipPackage", """{"environment": "", "name": "six"}""", "environment", "it is empty.")]
    [InlineData("PipPackage", """{"environment": "~/v", "name": "six[x]"}""", "name", "'six[x]' is not the name of a package.")]
    [InlineData("PipPackage", """{"environment": "~/v", "name": "--user"}""", "name", "'--user' is not the name of a package.")]
    [InlineData("PipPackage", """{"environment": "~/v", "name": "six", "version": "newest"}""", "version",
        "'newest' is neither a version nor a version specifier (PEP 440).")]
    [InlineData("PipPackage", """{"environment": "~/v", "name": "six", "version": 1.0}""", "version", "it is a number, not a string.")]
    [InlineData("ExternallyManaged", """{"environment": "~/v", "managed": 1}""", "managed", "it is a number, not true or false.")]
    public void Invalid_property_is_named(string type, string json, string key, string message)
    {
        Failure failure = ResourceWorld.Read(type, json).Failure!;
        Assert.Equal((FailureId.InvalidResource, key), (failure.Id, failure.Target));
        Assert.Contains(message, failure.Message);
    }

    [Fact]
    public void Path_with_the_separator_of_PATH_is_invalid() => Assert.Equal(
        $"'path' of PythonVenv is invalid: the path contains '{Path.PathSeparator}', which separates the folders on PATH.",
        ResourceWorld.Read("PythonVenv", $$"""{"path": "/srv/a{{Path.PathSeparator}}b/v"}""").Failure?.Message);

    [Fact]
    public void Every_problem_is_reported() => Assert.Equal(["x", "prompt", "path"],
        ResourceWorld.Read("PythonVenv", """{"x": 1, "prompt": []}""").Failures.Select(one => one.Target));

    [Theory]
    [InlineData("", "it is empty")]
    [InlineData(" \n", "it is empty")]
    [InlineData("[]", "it is an array, not an object")]
    [InlineData("null", "it is null, not an object")]
    [InlineData("{\"path\": \"/v\"", "line 1, character 14 is not JSON")]
    [InlineData("{\n\"path\": /v}", "line 2, character 9 is not JSON")]
    public void Input_that_is_not_an_object_is_an_error(string json, string problem) => Assert.Equal(
        $"The input of PythonVenv is invalid: {problem}.", ResourceWorld.Read("PythonVenv", json).Failure?.Message);

    [Fact]
    public void Input_that_is_not_UTF8_is_an_error() => Assert.Equal(
        "The input of PythonVenv is invalid: it is not UTF-8.",
        ResourceInput.Read(ResourceWorld.Type("PythonVenv"), Encoding.Latin1.GetBytes("""{"path": "~/é"}""")).Failure?.Message);

    [Theory]
    [InlineData("PythonVenv", """ "path": "/v", "requirements": ["x @ http://me:secret@host/x[ y"] """, null)]
    [InlineData("PythonVenv", """ "path": "/v", "requirements": ["me:secret@host/x.whl"] """, "'me:****@host/x.whl' is not a requirement")]
    [InlineData("PythonVenv", """ "path": "/v", "requirements": ["six[@1.0"] """, "'six[@1.0' is not a requirement")]
    [InlineData("PythonVenv", """ "path": "/v", "findLinks": ["me:secret@host//simple"] """, "'me:****@host//simple' is not")]
    [InlineData("PythonVenv", """ "path": "/v", "findLinks": ["secret@host/simple"] """, "'****@host/simple' is not")]
    [InlineData("PythonVenv", """ "path": "me:secret@host/v" """, "'me:****@host/v' is not an absolute path")]
    [InlineData("PythonVenv", """ "path": "/v", "python": "me:secret@host/v" """, "'me:****@host/v' is not an absolute path")]
    [InlineData("PythonVenv", """ "path": "/v", "indexUrl": "me:secret@host/simple" """, "it is not a URL")]
    [InlineData("PipPackage", """ "environment": "/v", "name": "me:secret@host/x" """, "'me:****@host/x' is not the name of a package")]
    [InlineData("PipPackage", """ "environment": "/v", "name": "x", "version": "https://me:secret@host" """, "'https://me:****@host'")]
    public void Password_in_an_invalid_value_is_hidden(string type, string properties, string? message)
    {
        string shown = ResourceWorld.Read(type, $"{{{properties}}}").Failure!.Message;
        Assert.DoesNotContain("secret", shown);
        Assert.Contains(message ?? "****", shown);
    }

    [Fact]
    public void Password_in_a_requirement_is_in_no_result()
    {
        const string Json = """{"path": "~/v", "requirements": ["x @ http://me:secret@host/x.whl"]}""";
        string written = Encoding.UTF8.GetString(ResourceJson.Write(ResourceWorld.Read("PythonVenv", Json).Value()));
        Assert.Contains("http://", written);
        Assert.DoesNotContain("secret", written);
    }

    [Fact]
    public void Reported_properties_of_an_export_are_ignored()
    {
        const string Json = """{"path": "~/v", "_exist": true, "version": "3.11.2", "health": "Healthy"}""";
        Assert.Equal(["path", "_exist"], ResourceWorld.Read("PythonVenv", Json).Value().Names);
    }

    [Fact]
    public void Nothing_is_required_of_the_filter_of_an_export() =>
        Assert.Empty(ResourceInput.Read(ResourceWorld.Type("PipPackage"), ReadOnlyMemory<byte>.Empty, isFilter: true).Value().Names);

    [Theory]
    [InlineData("pythonvenv", "PythonVenv")]
    [InlineData("Pep668/PipPackage", "PipPackage")]
    public void Resource_is_found_by_its_name_in_any_case(string name, string expected) =>
        Assert.Equal(expected, ResourceTypes.Find(name).Value().Name);

    [Fact]
    public void Unknown_resource_is_an_error_with_the_known_ones() => Assert.Equal(
        "'Venv' is not a resource; the resources are PythonVenv, PipPackage, ExternallyManaged.",
        ResourceTypes.Find("Venv").Failure?.Message);
}
