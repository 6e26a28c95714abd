using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Pep668.Machines;
using Pep668.Pip.Requests;

namespace Pep668.Tests.Pip.Requests;

/// <summary>Requirement files are read as pip's own <c>parse_requirements</c> reads them.</summary>
public sealed class RequirementsFileTests : IDisposable
{
    private sealed record Line(string Text, bool IsEditable);

    // What pip makes of each file; null if it stops.
    private const string Script = """
        import json, os, sys, warnings
        from pip._internal.network.session import PipSession
        from pip._internal.req.req_file import parse_requirements

        warnings.simplefilter("ignore")
        session = PipSession()

        def told(path):
            try:
                lines = [one for one in parse_requirements(path, session=session) if not one.constraint]
                return [{"Text": one.requirement, "IsEditable": one.is_editable} for one in lines]
            except BaseException:
                return None

        os.environ.update(A_SELF="x${A_SELF}", A_NAME="attrs", A_FOLDER=os.getcwd(), A_EMPTY="")
        sys.stdin.reconfigure(encoding="utf-8")
        files = json.load(sys.stdin)
        sys.stderr = open(os.devnull, "w")
        print(json.dumps([told(path) for path in files]))
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("pep668-requirements-").FullName;
    private readonly Machine _machine;

    public RequirementsFileTests()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "more files"));
        File.WriteAllText(Path.Combine(_folder, "more.txt"), "more==1\n");
        File.WriteAllText(Path.Combine(_folder, "more files", "b.txt"), "b==1\n-r ../more.txt\n");
        Directory.CreateDirectory(Path.Combine(_folder, "project"));
        File.WriteAllText(Path.Combine(_folder, "project", "setup.py"), "");
        _machine = Machine.Current(_folder) with
        {
            Variables = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["A_SELF"] = "x${A_SELF}", ["A_NAME"] = "attrs", ["A_FOLDER"] = _folder, ["A_EMPTY"] = "",
            }.ToImmutableDictionary(),
        };
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Requirements_file_names_what_pip_reads() => AssertSame(
    [
        .. ((string[])
        [
            "six\nidna==3.0  # why\n#comment\nwheel#egg\n",
            "six \\\n==1.0\nidna\\\n# comment \\\nwheel\n",
            "six==1.0 --hash=sha256:aa \\\n    --hash=sha256:bb\nidna\n",
            "${A_NAME}==1.0\n${missing}\n${A_EMPTY}-x\n$A_NAME\nx${A_NAME}${A_NAME}y\n",
            "${A_SELF}==1\n${A_SELF}${A_SELF}\nsix\nidna\n",
            "-r ${A_FOLDER}/more.txt\nsix\n",
            "-r 'more files/b.txt'\n--requirement=more.txt\nsix\n",
            "-r \"more files/b.txt\"\n",
            "-rmore.txt\n-r  more.txt\n",
            "-r file://${A_FOLDER}/more.txt\n",
            "-r file://${A_FOLDER}/more%20files/b.txt\n",
            "-r file://localhost${A_FOLDER}/more.txt\n",
            "-r file:${A_FOLDER}/more.txt\n",
            "-c more.txt\nsix\n--index-url https://example.invalid\n--no-index\n--pre\n",
            "-e ./project\n-e ${A_FOLDER}/project\n--editable=project/\n-r more.txt -e ./project\n",
            "six; python_version >= '3'\nidna[extra] >=2 ; os_name == 'posix'\n",
            "a-package @ https://example.invalid/a.whl\n",
            "six\x0bidna\x0cwheel\x1cattrs\u0085one\u2028two\r\nthree\rfour",
            "  six  \n\t idna\t\n",
            "six\\",
            "\\\nsix\n",
            "",
        ]).Select(text => new UTF8Encoding(false).GetBytes(text)),
        .. ((Encoding[])[Encoding.UTF8, Encoding.Unicode, Encoding.BigEndianUnicode])
            .Select(encoding => (byte[])[.. encoding.GetPreamble(), .. encoding.GetBytes("# größe\r\nsix==1.0\r\n-r more.txt\r\n")]),
    ]);

    [Fact]
    public void Requirements_file_of_random_parts_names_what_pip_reads() => RandomSeed.Fresh().Run(seed =>
    {
        string[] parts =
        [
            "six", "idna", "six==1.0", " ", " ", "\n", "\n", "\n", "\\", "\\\n", "#", " #", "-r ", "-r more.txt", "more.txt", "'", "\"",
            "${A_NAME}", "${a}", "==1", " --hash=sha256:aa", "\r", "-e ", "./project", ";", "\t", "-", " -", "--pre",
        ];
        var random = new Random(seed);
        AssertSame([.. Enumerable.Range(0, TestExtent.Count(4000)).Select(_ => Encoding.UTF8.GetBytes(
            string.Concat(Enumerable.Range(0, random.Next(1, 14)).Select(_ => parts[random.Next(parts.Length)]))))]);
    });

    [Theory]
    [InlineData("pylock.toml")]
    [InlineData("pylock.dev.toml")]
    public void Lock_file_names_its_packages(string name)
    {
        File.WriteAllText(Path.Combine(_folder, name), """
            lock-version = "1.0"
            created-by = "a tool"
            [[packages]]
            name = "attrs"
            version = "25.1.0"
            [[packages.wheels]]
            url = "https://example.invalid/attrs-25.1.0-py3-none-any.whl"
            [[packages]]
            name = "colorama"
            marker = "sys_platform == 'win32'"
            [[packages]]
            name = "pytest"
            marker = "'test' in dependency_groups"
            """);
        Assert.Equal(["attrs", "colorama; sys_platform == 'win32'"], Ours(name));
        File.WriteAllText(Path.Combine(_folder, name), "[[packages]\n");
        Assert.Empty(Ours(name));
    }

    [Fact]
    public void Requirements_file_of_the_command_line_can_be_a_file_URL()
    {
        string folder = new Uri(_folder).AbsoluteUri;
        Assert.Equal(["more==1"], Ours($"{folder}/more.txt"));
        Assert.Equal(["b==1", "more==1"], Ours($"{folder}/more%20files/b.txt"));
        Assert.Empty(Ours($"{folder.Replace("file://", "file://elsewhere", StringComparison.Ordinal)}/more.txt"));
    }

    private void AssertSame(IReadOnlyList<byte[]> contents)
    {
        Interpreter python = Interpreters.Newest(Needs.Pip);
        string[] files = [.. contents.Select((_, index) => FormattableString.Invariant($"{index}.txt"))];
        foreach ((string file, byte[] content) in files.Zip(contents))
        {
            File.WriteAllBytes(Path.Combine(_folder, file), content);
        }
        Line[]?[] theirs = JsonSerializer.Deserialize<Line[]?[]>(Tool.Run(
            python.Executable, ["-I", "-X", "utf8", "-c", Script], _folder, input: JsonSerializer.Serialize(files)).Checked().Output)!;
        Assert.Contains(theirs, lines => lines is { Length: > 1 });
        for (int at = 0; at < files.Length; at++)
        {
            if (theirs[at] is Line[] lines)
            {
                // What pip refuses later has no name here.
                // A file that is named twice is read once here.
                string[] known =
                    [.. lines.Select(Target).OfType<PipTarget>().Select(target => target.Text).Distinct(StringComparer.Ordinal)];
                Assert.True(known.SequenceEqual(Ours(files[at]), StringComparer.Ordinal),
                    $"{JsonSerializer.Serialize(Encoding.UTF8.GetString(contents[at]))}: pip reads {JsonSerializer.Serialize(known)}, "
                    + $"not {JsonSerializer.Serialize(Ours(files[at]))}");
            }
        }
    }

    private PipTarget? Target(Line line) =>
        (line.IsEditable ? PipTarget.TryParseEditable(line.Text, _machine, out PipTarget? target, out _)
            : PipTarget.TryParse(line.Text, _machine, out target, out _)) ? target : null;

    private string[] Ours(string file) =>
        [.. RequirementsFile.Read(_machine, [file]).Select(target => target.Text).Distinct(StringComparer.Ordinal)];
}
