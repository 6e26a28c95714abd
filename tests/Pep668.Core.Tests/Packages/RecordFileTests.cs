using System.Text;
using System.Text.Json;
using Pep668.Machines;
using Pep668.Packages;

namespace Pep668.Tests.Packages;

/// <summary>RECORD as Python's <c>csv</c>, <c>importlib.metadata</c> and pip itself read and write it.</summary>
public sealed class RecordFileTests : IDisposable
{
    private static readonly int Generated = TestExtent.Count(600);

    // The results of each of them for folders that contain one distribution.
    private const string Readers = """
        import csv, json, os, pathlib, sys
        try:
            from importlib.metadata import Distribution
        except ImportError:
            Distribution = None
        try:
            from pip._internal.metadata import get_environment
            import pip._internal.metadata.base as base
            assert hasattr(base.BaseDistribution, '_iter_declared_entries_from_record')
        except (ImportError, AssertionError):
            get_environment = None

        def guarded(read):
            try:
                return read()
            except Exception as error:
                return type(error).__name__

        answers = []
        for name in sorted(os.listdir(sys.argv[1])):
            folder = os.path.join(sys.argv[1], name)
            info = os.path.join(folder, 'x-1.dist-info')
            with open(os.path.join(info, 'RECORD'), encoding='utf-8') as file:
                text = guarded(file.read) if not Distribution else guarded(lambda: Distribution.at(info).read_text('RECORD'))
            answer = {'Rows': [], 'Error': None, 'Closed': False, 'Pip': None}
            if text == 'UnicodeDecodeError':
                answer['Error'] = text
            else:
                try:
                    for row in csv.reader(text.splitlines()):
                        answer['Rows'].append(row)
                    answer['Closed'] = list(csv.reader(text.splitlines() + ['end,']))[-1] == ['end', '']
                except csv.Error as error:
                    answer['Error'] = str(error)
            if get_environment:
                read = guarded(lambda: list(get_environment([folder]).get_distribution('x').iter_declared_entries()))
                same = isinstance(read, list) and read == [str(pathlib.Path(row[0])) for row in answer['Rows']]
                answer['Pip'] = 'same' if same else read if isinstance(read, str) else 'different'
            answers.append(answer)
        json.dump(answers, sys.stdout)
        """;

    // The end of pip's install_wheel, copied from pip.
    private const string Writer = """
        import base64, csv, io, json, sys
        out = io.StringIO(newline='')
        csv.writer(out).writerows(sorted((path, hash_, str(size)) for path, hash_, size in json.loads(sys.argv[1])))
        json.dump(base64.b64encode(out.getvalue().encode('utf-8')).decode(), sys.stdout)
        """;

    private static readonly string[] Pieces =
    [
        "\"", "\"", "\"\"", ",", ",", ",", "\r\n", "\r\n", "\n", "\r", "\v", "\f", "\x1C", "\x1E", "\x85", "\u2028",
        " ", "a", "b/c.py", "pip/é.py", "\U0001F40D", "\\", "'", "sha256=x", "12", "\uFEFF", "\0",
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("pep668-record-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Record_is_read_as_Python_and_pip_read_it() => RandomSeed.Fresh().Run(seed =>
    {
        var random = new Random(seed);
        byte[][] contents = [.. Odd().Concat(Enumerable.Range(0, Generated).Select(_ => Generate(random)))];
        for (int at = 0; at < contents.Length; at++)
        {
            string info = Directory.CreateDirectory(Info(at)).FullName;
            File.WriteAllText(Path.Combine(info, "METADATA"), "Metadata-Version: 2.1\nName: x\nVersion: 1\n");
            File.WriteAllBytes(Path.Combine(info, "RECORD"), contents[at]);
        }
        _ = Interpreters.Newest();
        foreach (Interpreter python in TestExtent.Ends(Interpreters.Minors()))
        {
            Answer[] answers = python.Run(Readers, _folder).Deserialize<Answer[]>()!;
            Assert.Equal(contents.Length, answers.Length);
            for (int at = 0; at < answers.Length; at++)
            {
                Compare(
                    answers[at], RecordFile.Read(FileTree.Host, Info(at))!,
                    $"{python.Executable}, {Convert.ToHexString(contents[at].AsSpan(0, Math.Min(200, contents[at].Length)))}");
            }
        }
    });

    [Theory]
    [InlineData("a,b,c\r\n\"d\"\"\",,\n", null)]
    [InlineData("a,,\n\"b,,\nc,,\nd,,\n", "line 2 has an unclosed quote")]
    [InlineData("a,,\n\nb,,\n", "line 2 is empty")]
    [InlineData("a,,\nb\0,,\n", "line 2 contains a NUL character")]
    public void Record_with_invalid_content_reports_the_line(string content, string? problem) =>
        Assert.Equal(problem, RecordFile.Parse(Encoding.UTF8.GetBytes(content)).Problem);

    [Fact]
    public void Record_that_is_not_text_or_too_long_is_a_problem()
    {
        Assert.Equal("it is not UTF-8", RecordFile.Parse([(byte)'a', 0xFF]).Problem);
        Assert.Null(RecordFile.Parse(Encoding.UTF8.GetBytes(new string('a', 131_072) + ",,\n")).Problem);
        byte[] tooLong = Encoding.UTF8.GetBytes("a,,\n" + new string('a', 131_073) + ",,\n");
        Assert.Equal("line 2 has a field of more than 131,072 characters", RecordFile.Parse(tooLong).Problem);
    }

    [Fact]
    public void Record_that_is_missing_is_null_and_a_folder_in_its_place_is_a_problem()
    {
        Assert.Null(RecordFile.Read(FileTree.Host, _folder));
        Directory.CreateDirectory(Path.Combine(_folder, "RECORD"));
        Assert.Equal("it is a directory", RecordFile.Read(FileTree.Host, _folder)!.Problem);
    }

    [Fact]
    public void Record_rows_are_written_as_pip_writes_them() => RandomSeed.Fresh().Run(seed =>
    {
        var random = new Random(seed);
        string[] pieces = ["a", "b/c.py", ",", "\"", "é", " ", "'", "/", "A", "-", "", "!"];
        string[][] rows =
        [
            .. Enumerable.Range(0, 1000).Select(_ => new[]
            {
                string.Concat(random.GetItems(pieces, random.Next(1, 6))),
                random.Next(2) == 0 ? "" : "sha256=x",
                random.Next(2) == 0 ? "" : "12",
            }),
        ];
        byte[] expected = Interpreters.Newest().Run(Writer, JsonSerializer.Serialize(rows)).GetBytesFromBase64();
        byte[] written = RecordFile.Write(rows.Select(RecordFile.Line));
        Assert.True(
            expected.AsSpan().SequenceEqual(written),
            $"{Encoding.UTF8.GetString(expected)}\n-----\n{Encoding.UTF8.GetString(written)}");
    });

    [Fact]
    public void Record_path_with_a_line_break_is_quoted() => Assert.Equal("\"a\nb\rc\",,", RecordFile.Line("a\nb\rc"));

    [Fact]
    public void Record_rows_of_other_lengths_are_written_with_three_fields()
    {
        string[][] rows = [["d", "e", "f", "g"], ["b", "c"], ["a"]];
        Assert.Equal("a,,\r\nb,c,\r\nd,e,f\r\n", Encoding.UTF8.GetString(RecordFile.Write(rows.Select(RecordFile.Line))));
    }

    private string Info(int at) => Path.Combine(_folder, FormattableString.Invariant($"{at:D5}"), "x-1.dist-info");

    private static void Compare(Answer python, RecordFile ours, string context)
    {
        // Before 3.11, csv refuses NUL.
        bool isNul = python.Error?.Contains("NUL", StringComparison.Ordinal) == true;
        IEnumerable<string[]> rows = isNul ? ours.Rows.Take(python.Rows.Length) : ours.Rows;
        Assert.True(
            python.Rows.Length == rows.Count()
            && python.Rows.Zip(rows).All(pair => pair.First.SequenceEqual(pair.Second, StringComparer.Ordinal)),
            $"{context}: rows differ");
        bool hasNul = ours.Rows.Any(row => row.Any(field => field.Contains('\0', StringComparison.Ordinal)));
        bool isDamaged = python.Error is not null || !python.Closed || python.Rows.Any(row => row.Length == 0) || hasNul;
        Assert.True(isDamaged == ours.Problem is not null, $"{context}: {python.Error}, {ours.Problem}");
        Assert.True(ours.Problem is not null || python.Pip is null or "same", $"{context}: pip {python.Pip}");
    }

    private static IEnumerable<byte[]> Odd()
    {
        string[] texts =
        [
            "", "\n", "\r\n\r\n", "a", "a,b,c", "a,b,c\r\n", "\"a", "\"", "\"\"", "\"\",,\n", ",,\n", "\"a\"b\"c,d\n", "a\"b\",c\n",
            "\"a\"\"b\",c\n", "\"a\nb\",c\nd,,\n", "a\rb,c\r\n", "a\r\r\nb\r\n", "\uFEFFa,,\r\n", "a,b,c,d\n", "a\n", "a,\n", " \"a\",b\n",
            "\"a\" ,b\n", "a,,\nb,\"\n", "#a,,\n", "\"a\n\n\nb\",,\n", "a,,x\n",
            new string('a', 131_072) + ",,\n", new string('a', 131_073) + ",,\n",
            "b,,\n\"" + string.Concat(Enumerable.Repeat("a,,\n", 50_000)),
            string.Concat(Enumerable.Repeat("\U0001F40D", 131_072)) + ",,\n",
            string.Concat(Enumerable.Range(0, 50_000).Select(at => $"a{at}/b.py,sha256=x,{at}\r\n")),
        ];
        return texts.Select(Encoding.UTF8.GetBytes)
            .Concat([[0xFF, 0xFE, (byte)'a', 0], [(byte)'a', (byte)',', 0xC3, (byte)'\n'], [0xED, 0xA0, 0x80], [0xC0, 0x80]]);
    }

    private static byte[] Generate(Random random)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(string.Concat(random.GetItems(Pieces, random.Next(1, 25))));
        if (random.Next(20) == 0)
        {
            bytes[random.Next(bytes.Length)] = (byte)random.Next(128, 256);
        }
        return bytes;
    }

    private sealed record Answer(string[][] Rows, string? Error, bool Closed, string? Pip);
}
