using System.Text.RegularExpressions;
using Pep668.Text;

namespace Pep668.Tests.Text;

/// <summary>
/// Our reader of TOML against Tomlyn and Python's <c>tomllib</c>: the same values, and errors in the same texts.
/// </summary>
public sealed partial class TomlReaderTests
{
    public static TheoryData<string> Files =>
    [
        // pyproject.toml
        """
        [build-system]
        requires = ["hatchling>=1.21", 'setuptools>=61; python_version < "3.12"']
        build-backend = "hatchling.build"

        [project]
        name = "example"
        version = "1.0"
        readme = { file = "README.md", content-type = "text/markdown" }
        authors = [{ name = "Someone", email = "someone@example.org" }, {name="Other"}]
        dynamic = []
        dependencies = [
          "requests>=2.28",   # a comment
          "rich",
        ]
        [project.urls]
        "Source code" = "https://example.org/#readme"
        [tool.uv]
        managed = false
        pip.break-system-packages = true
        [tool.uv.workspace]
        members = ["packages/*"]
        [[tool.uv.index]]
        name = "one"
        [[tool.uv.index]]
        name = "two"
        default = true
        [tool.ruff.lint.per-file-ignores]
        "tests/**" = ["S101"]
        [tool.hatch.envs.default.scripts]
        lint = '''
        ruff check .
        '''
        """,
        // uv.toml
        """
        python-preference = "only-managed"
        [pip]
        break-system-packages = true
        target = "C:\\target"
        """,
        // config.toml of pixi
        """
        detached-environments = true
        concurrency.downloads = 5
        [cache]
        root = '/var/cache/pixi'
        "detached-environments" = "/srv/envs"
        """,
        // config.toml of Poetry
        """
        cache-dir = "/var/cache/poetry"
        virtualenvs.in-project = false
        virtualenvs.path = "{cache-dir}/envs"
        [python]
        installation-dir = "{data-dir}/pythons"
        """,
        // mise.toml
        """
        [settings]
        idiomatic_version_file_enable_tools = ["python"]
        [tools]
        python = ["3.12", "3.11"]
        node = { version = "20", postinstall = "corepack enable" }
        "pipx:black" = "latest"
        [tools.go]
        version = '1.22'
        [env]
        _.python.venv = { path = ".venv", create = true }
        """,
        // config.toml of Hatch
        """
        mode = "local"
        shell = ""
        [dirs]
        project = []
        python = "isolated"
        data = "~/.local/share/hatch"
        [dirs.env]
        virtual = ".venv"
        [template.licenses]
        default = ["MIT"]
        """,
    ];

    public static TheoryData<string> Corners =>
    [
        "", "\n", "\r\n", "# é", "a = 1\r\nb = 2", "a = 1 b = 2", "a", "a =", "= 1", "a = 1\ra = 2", "# \u0001", "a = '\u007f'",
        "a = '\u0085'",
        "a = 1\na = 2", "a.b = 1\na.b = 2", "a = 1\na.b = 2", "a.b = 1\na.c = 2", "a.b.c = 1\na.b.d = 2", "[a]\n[a]", "[a]\n[[a]]",
        "[[a]]\n[a]", "[[a]]\n[[a]]\n[a.b]\n[[a]]\n[a.b]",
        "[a.b]\n[a]\nc = 1", "[a]\nb.c = 1\n[a.b]", "[a]\nb.c = 1\n[a.b.d]", "[a.b.c]\nz = 9\n[a]\nb.c.t = 1",
        "[a.b.c.d]\nz = 9\n[a]\nb.c.d.k.t = 1", "a = []\n[[a]]", "a = [{}]\n[[a]]", "a = {}\n[a]",
        "a = {}\n[a.b]", "a = {}\na.b = 1", "a = {b = {}}\n[a.b]", "a = {b.c = 1}\n[a.b]", "a = {b = 1, b.c = 1}",
        "a = {b = {c = 1}, b.d = 1}", "a = {b.c = 1, b.d = 1}", "[[a.b]]\n[a]\nb = 1",
        "[a.b]\nc = 1\n[a]\nb.d = 1", "[[a]]\nb = 1\n[a.c]\n[a.c]", "a.b = 1\n[a]", "a.b = 1\n[a.c]", "a.b.c = 1\n[a.b]",
        "[a]\n[a.b]\n[a.c]", "[a]\n[b]\n[a]",
        "[ a . 'b' ]", "[a] # x", "[a] b = 1", "[[a] ]", "[ [a]]", "[[a]", "[]", "[[]]", "[a.]", "[.a]", "a.. = 1", "\"a\".'b' = 1",
        "\"\" = 1", "'''a''' = 1", "a b = 1", "é = 1", "a\n= 1", "a =\n1",
        "a = [1,2,]", "a = [,]", "a = [1,,2]", "a = [1 2]", "a = [\n#x\n1 #y\n,\n]", "a = [1, 'a', [true], {b = []}]", "a = [",
        "a = {b = 1", "a = {,}", "a = {b = 1, b = 2}", "a = {b = [\n1]}",
        "a = \"\"\"\"\"\"", "a = \"\"\"\"\"\"\"\"", "a = \"\"\"\"\"\"\"\"\"", "a = ''''x''''", "a = '''''x'''''", "a = '''x''''''",
        "a = \"\"\"\nx\\\n   \n  y\"\"\"", "a = \"\"\"x\\ y\"\"\"",
        "a = '''\nx\ny'''", "a = '''x\ry'''", "a = \"\"\"x\r\ny\"\"\"", "a = \"x\ny\"", "a = 'x", "a = \"x\\",
        "a = \"\\b\\t\\n\\f\\r\\\"\\\\\"", "a = \"\\/\"", "a = \"\\u12\"", "a = \"\\uD800\"", "a = \"\\U0010FFFF\"",
        "a = \"\\U00110000\"", "a = \"\\u 123\"", "a = '\\'", "a = \"\"\"\\u00e9\"\"\"", "a = \"\"\"x\\\r\n  y\"\"\"",
        "a = true1", "a = truefalse", "a = +true", "a = -'x'",
    ];

    [Theory]
    [MemberData(nameof(Files))]
    public void File_of_a_tool_is_read_as_by_Tomlyn(string text)
    {
        Assert.NotNull(TomlOracle.Ours(text));
        Assert.Equal(TomlOracle.Tomlyn(text), TomlOracle.Ours(text));
    }

    [Fact]
    public void Corner_cases_agree_with_both_readers() => AssertAgree([.. Corners.Select(row => row.Data)]);

    // Tomlyn 2.10 refuses the first, accepts the second, and loses an item of the third.
    [Theory]
    [InlineData("a = \"\"\"x\\  \n\"\"\"", "x")]
    [InlineData("a = \"\"\"x\\\n\r y\"\"\"", null)]
    [InlineData("[[a]]\n[b]\n[[a]]\nc = 'x'", null)]
    public void Corner_cases_in_which_Tomlyn_differs_agree_with_Python(string text, string? value)
    {
        Assert.Equal(value, TomlReader.Read(text)?.Find<string>("a"));
        Assert.NotEqual(TomlOracle.Tomlyn(text), TomlOracle.Ours(text));
        string?[]? python = TomlOracle.Python([text]);
        Assert.SkipWhen(python is null, "no Python with tomllib");
        Assert.Equal(python[0], TomlOracle.Ours(text));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Generated_texts_agree_with_both_readers(int usual) => RandomSeed.Fixed(usual).Run(seed =>
    {
        var generator = new TomlGenerator(seed);
        string[] texts = [.. Enumerable.Range(0, 3000).Select(_ => generator.Next())];
        int valid = texts.Count(text => TomlOracle.Ours(text) is not null);
        Assert.InRange(valid, 300, 2700);
        AssertAgree(texts);
    });

    [Theory]
    [InlineData("[", "]")]
    [InlineData("{a = ", "}")]
    public void Nesting_beyond_the_limit_is_an_error_not_a_crash(string open, string close)
    {
        Assert.NotNull(TomlReader.Read("a = " + Repeated(open, 40) + "1" + Repeated(close, 40)));
        Assert.Null(TomlReader.Read("a = " + Repeated(open, 100_000) + "1" + Repeated(close, 100_000)));
        Assert.Null(TomlReader.Read("a = {" + Repeated("a.", 100_000) + "a = 1}"));

        static string Repeated(string text, int count) => string.Concat(Enumerable.Repeat(text, count));
    }

    [Fact]
    public void File_that_is_not_Utf8_is_an_error()
    {
        Assert.Null(TomlReader.Read([.. "a = '"u8, 0xE9, .. "'"u8]));
        Assert.Null(TomlReader.Read(bytes: null));
        Assert.Equal("é", TomlReader.Read([0xEF, 0xBB, 0xBF, .. "a = 'é'"u8])?.Find<string>("a"));
    }

    private static void AssertAgree(IReadOnlyList<string> texts)
    {
        var disagreements = new List<string>();
        string?[]? python = TomlOracle.Python(texts);
        for (int index = 0; index < texts.Count; index++)
        {
            string text = texts[index];
            string? ours = TomlOracle.Ours(text), tomlyn = TomlOracle.Tomlyn(text);
            bool isSame = string.Equals(ours, tomlyn, StringComparison.Ordinal) || (ours is null && IsNewer(text)) || IsInterleaved(text);
            if (!isSame || (python is not null && !string.Equals(ours, python[index], StringComparison.Ordinal)))
            {
                string said = python is null ? "?" : python[index] ?? "error";
                disagreements.Add($"{text}\n  ours {ours ?? "error"}\n  Tomlyn {tomlyn ?? "error"}\n  Python {said}");
            }
        }
        Assert.True(disagreements.Count == 0, $"{disagreements.Count} of {texts.Count}:\n{string.Join("\n\n", disagreements.Take(30))}");
    }

    // Tomlyn 2.10 loses items of an array of tables that has other tables between them.
    private static bool IsInterleaved(string text) =>
        text.Contains("[[", StringComparison.Ordinal) && text.Split('\n').Count(line => line.TrimStart().StartsWith('[')) > 2;

    // TOML 1.1 allows \e, \xHH, times without seconds, and line breaks and a last comma in inline tables.
    private static bool IsNewer(string text) => Newer().IsMatch(text);

    [GeneratedRegex(
        @"\\[ex]|[0-9]{2}:[0-9]{2}(?!:)|,\s*(#.*\n\s*)*\}|\{[^}]*\n", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Newer();
}
