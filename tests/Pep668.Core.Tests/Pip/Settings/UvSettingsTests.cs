using System.Text;
using Pep668.Machines;
using Pep668.Pip.Settings;

namespace Pep668.Tests.Pip.Settings;

/// <summary>The overrides of uv, compared with the real uv, which refuses before it looks for distributions.</summary>
public sealed class UvSettingsTests : IDisposable
{
    private static readonly string[] Texts =
    [
        "[pip]\nbreak-system-packages = true\n", "[pip]\nbreak-system-packages = true\n", "[pip]\nbreak-system-packages = false\n",
        "[pip]\nbreak-system-packages = false # yes\n",
        "pip = { \"break-system-packages\" = true }\n", "pip.'break-system-packages' = false\n", "", "offline = true\n",
        "pip.break-system-packages = true\npip.system = false\n",
        "[pip] # the table\n\"break-system\\u002Dpackages\" = true", "\uFEFF[pip]\r\nbreak-system-packages=true\r\n",
        "no-binary-package = [\n  'a', # one\n  # [pip]\n  \"b\",\n]\n[pip]\nbreak-system-packages = true\n",
        "python-install-mirror = '''/tmp/\n[pip]\nbreak-system-packages = true\n'''\n",
        "[[index]]\nname = \"a\"\nurl = \"file:///tmp\"\n[pip]\nbreak-system-packages = true\n",
        "[pip]\nbreak-system-packages = 'true'\n", "[pip\n", "[pip]\n[pip]\n", "pip = 1\n",
        "[pip]\nbreak-system-packages = true\nbreak-system-packages = false\n", "[pip]\nbreak-system-packages = yes\n",
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("pep668-uv-").FullName;
    private Random _random = new();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Uv_override_is_effective_as_in_the_real_uv() => RandomSeed.Fixed(668).Run(seed =>
    {
        Assert.SkipUnless(Tool.Exists("uv"), "needs uv");
        _random = new(seed);
        string python = Interpreters.Need("managed").Executable;
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        var differences = new List<string>();
        int count = TestExtent.Count(250);
        for (int number = 0; number < count; number++)
        {
            (string start, Dictionary<string, string> variables) = World(Path.Combine(_folder, $"{number}"));
            Tool.Result result = Tool.Run("uv",
                ["pip", "install", "--python", python, "--dry-run", "--no-index", "--offline", "nothing-of-that-name"], start, variables);
            string expected = result.Error.Contains("externally managed", StringComparison.Ordinal) ? "refuses"
                : result.Error.Contains("not found in the", StringComparison.Ordinal)
                    || result.Error.Contains("No solution", StringComparison.Ordinal) ? "installs" : "stops";
            var machine = new Machine
            {
                Files = FileTree.Host,
                Variables = variables,
                Platform = Platform.Linux,
                Home = variables["HOME"],
                CurrentDirectory = start,
            };
            UvSettings settings = UvSettings.Read(machine, variables["HOME"]);
            string actual = settings.Problems.Count > 0 ? "stops" : settings.Overrides ? "installs" : "refuses";
            counts[expected] = counts.GetValueOrDefault(expected) + 1;
            if (!string.Equals(expected, actual, StringComparison.Ordinal))
            {
                string files = string.Join("\n", Directory.EnumerateFiles(Path.Combine(_folder, $"{number}"), "*.toml",
                    SearchOption.AllDirectories).Select(file => $"-- {file}\n{File.ReadAllText(file)}"));
                differences.Add(
                    $"{number}: uv {expected}, we say " +
                    $"{actual} {string.Join(' ', settings.Problems)}\n{start} {string.Join(' ', variables)}\n{files}\n{result.Error}");
            }
        }
        Assert.True(differences.Count == 0, $"{differences.Count}:\n{string.Join('\n', differences.Take(4))}");
        Assert.True(counts.Count == 3 && counts.Values.All(each => each > count / 13), string.Join(' ', counts));
    });

    private (string Start, Dictionary<string, string> Variables) World(string here)
    {
        string home = Path.Combine(here, "home"), top = Path.Combine(here, "top"), member = Path.Combine(top, "member"),
            deep = Path.Combine(member, "deep");
        Directory.CreateDirectory(deep);
        var variables = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["HOME"] = home,
            ["PATH"] = Environment.GetEnvironmentVariable("PATH")!,
        };
        Write(0.3, $"{home}/.config/uv/uv.toml");
        Write(0.3, $"{here}/xdg/uv/uv.toml");
        Write(0.3, $"{here}/one/uv/uv.toml");
        Write(0.2, $"{here}/two/uv/uv.toml");
        Write(0.2, $"{here}/named.toml");
        foreach (string folder in (string[])[top, member, deep])
        {
            Write(0.12, $"{folder}/uv.toml");
            if (_random.NextDouble() < 0.4)
            {
                Put($"{folder}/pyproject.toml", Project());
            }
        }
        Variable("UV_BREAK_SYSTEM_PACKAGES", 0.2, "1", "0", "false", "TRUE", "y", "", "maybe");
        Variable("UV_NO_CONFIG", 0.12, "1", "0", "", "no");
        Variable("UV_CONFIG_FILE", 0.15, $"{here}/named.toml", "../named.toml", $"{here}/missing.toml", "");
        Variable("XDG_CONFIG_HOME", 0.3, $"{here}/xdg", "", "../xdg");
        Variable("XDG_CONFIG_DIRS", 0.5, $"{here}/one", $"{here}/two:{here}/one", $":{here}/one", "", "../one");
        Variable("UV_PROJECT", 0.1, top, "..");
        return (Pick(top, member, deep), variables);

        void Variable(string name, double chance, params string[] values)
        {
            if (_random.NextDouble() < chance)
            {
                variables[name] = Pick(values);
            }
        }

        void Write(double chance, string path)
        {
            if (_random.NextDouble() < chance)
            {
                Put(path, Pick(_random.Next(3) == 0 ? Texts : Texts[..14]));
            }
        }
    }

    private string Project()
    {
        var text = new StringBuilder(Pick("", "[project]\nname = 'a'\nversion = '1'\n", "[project]\nname = 'a'\nversion = '1'\n",
            "[project]\nname = 'b'\ndynamic = ['version']\n", "[project]\nname = 'a'\n", "[project]\nname = 'a b'\nversion = '1'\n"));
        text.Append(
            Pick("", "", "[tool.uv.workspace]\nmembers = ['member']\n",
                "[tool.uv.workspace]\nmembers = ['*', 'member/**']\nexclude = ['no']\n",
                "[tool.uv.workspace]\nmembers = ['*']\nexclude = ['mem*']\n"));
        text.Append(Pick("", "", "[tool.uv]\n", "[tool.uv]\nmanaged = false\n", "[tool.black]\nline-length = 100\n"));
        text.Append(Pick("", "[tool.uv.pip]\nbreak-system-packages = true\n", "[tool.uv.pip]\nbreak-system-packages = true\n",
            "[tool.uv.pip]\nbreak-system-packages = false\n", "[tool.uv.pip]\nbreak-system-packages = 'no'\n", "[tool\n"));
        return text.ToString();
    }

    private static void Put(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    private string Pick(params string[] values) => values[_random.Next(values.Length)];

    // uv's own rule: ** is any number of folders, * is one.
    [Theory]
    [InlineData("**", true)]
    [InlineData("**/e", true)]
    [InlineData("**/**/e", true)]
    [InlineData("a/**/c/**", true)]
    [InlineData("a/*/c/*/e", true)]
    [InlineData("./a/**/d/e", true)]
    [InlineData("**/x", false)]
    [InlineData("a/**/x/**/e", false)]
    [InlineData("a/b/c/d", false)]
    [InlineData("a/b/c/d/e/f", false)]
    [InlineData("**/d", false)]
    [InlineData("", false)]
    public void Uv_member_is_found_by_a_pattern(string pattern, bool isMember)
    {
        string member = Path.Combine(_folder, "a", "b", "c", "d", "e");
        Assert.Equal(isMember ? _folder : member, FolderOfMember(member, pattern));
    }

    // To try every way in which such a pattern could match takes longer than the age of the universe.
    [Fact]
    public async Task Uv_pattern_with_many_stars_is_matched_at_once()
    {
        string member = Path.Combine([_folder, .. Enumerable.Repeat("a", 60)]);
        string pattern = string.Concat(Enumerable.Repeat("**/a/", 40));
        string[] found = await Task.Run(() => new[] { FolderOfMember(member, pattern + "b"), FolderOfMember(member, pattern + "**/a") },
            TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.Equal([member, _folder], found);
    }

    private string FolderOfMember(string member, string pattern)
    {
        Directory.CreateDirectory(member);
        File.WriteAllText(Path.Combine(_folder, "pyproject.toml"), $"[tool.uv.workspace]\nmembers = ['{pattern}']\n");
        File.WriteAllText(Path.Combine(member, "pyproject.toml"), "[project]\nname = 'm'\nversion = '1'\n");
        return UvProject.Folder(FileTree.Host, member);
    }
}
