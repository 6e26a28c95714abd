using System.Text.Json;
using Pep668.Text;

namespace Pep668.Tests.Text;

/// <summary>String literals in the source of Python modules.</summary>
public sealed class PythonLiteralTests
{
    [Theory]
    [InlineData("A = 'one'\n", "one")]
    [InlineData("A = \"it's\"\n", "it's")]
    [InlineData("A = r'\\d'\n", "\\d")]
    [InlineData("A = \"\"\"\\\nfirst\r\nsecond\n\"\"\"\n", "first\nsecond\n")]
    [InlineData("A = textwrap.dedent('''\\\n    one\n      two\n\n''')", "one\n  two\n\n")]
    [InlineData("A = name\n", null)]
    [InlineData("A = 'open\n", null)]
    [InlineData("B = 'one'\n", null)]
    public void Literal_is_the_string_of_an_assignment(string source, string? text) =>
        Assert.Equal(text, PythonLiteral.Literal(source, "A = "));

    [Theory]
    [InlineData("plain")]
    [InlineData("it's")]
    [InlineData("it's \"both\"")]
    [InlineData("tab\tline\nreturn\rback\\")]
    [InlineData("é 日本 🐍")]
    [InlineData("\u0001\u00a0\u00ad\u2028\u200b")]
    public void Repr_equals_that_of_Python(string text)
    {
        string python = Interpreters.Newest().Executable;
        string[] command = ["-I", "-c", "import json, sys; print(json.dumps(repr(json.load(sys.stdin))))"];
        string repr = Tool.Run(python, command, input: JsonSerializer.Serialize(text)).Checked().Output;
        Assert.Equal(JsonSerializer.Deserialize<string>(repr), PythonLiteral.Repr(text));
    }
}
