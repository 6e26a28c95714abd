using System.Diagnostics;
using Pep668.Machines;

namespace Pep668.Tests.Machines;

/// <summary>What is kept of a program's output is bounded, and no program continues without its reader.</summary>
public sealed class ProcessRunnerTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pep668-runner-").FullName;

    public ProcessRunnerTests() => Assert.SkipWhen(OperatingSystem.IsWindows(), "the programs are lines of a POSIX shell");

    // .NET does not delete names that are not UTF-8.
    public void Dispose() => Tool.Run("rm", ["-rf", _folder]);

    private ProcessResult Run(string line, int seconds = 60) => ProcessRunner.Run(
        "/bin/sh", ["-c", line], _folder, _ => false, TimeSpan.FromSeconds(seconds), TestContext.Current.CancellationToken);

    private (int? ExitCode, string? Problem) Stream(string line, Action<string, bool> told, Action<RunningProcess>? started = null) =>
        StreamingProcess.Run("/bin/sh", ["-c", line], _folder,
            new Dictionary<string, string>(StringComparer.Ordinal) { ["PATH"] = "/bin:/usr/bin" },
            started ?? (_ => { }), told, TestContext.Current.CancellationToken);

    [Theory]
    [InlineData("yes")]
    [InlineData("yes >&2")]
    public void Program_that_writes_without_end_is_ended(string line)
    {
        long before = GC.GetTotalAllocatedBytes();
        ProcessResult result = Run($"echo $$ > pid; exec {line}");
        Assert.Equal((null, "it wrote more than 4 MiB and was ended"), (result.ExitCode, result.Problem));
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 256 << 20);
        Assert.False(IsAlive(File.ReadAllText(Path.Combine(_folder, "pid"))));
    }

    [Fact]
    public void Program_whose_path_is_not_UTF_8_is_not_mistaken_for_another()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "other systems have no such names");
        // The second is what .NET makes of the first.
        Tool.Run("sh", ["-c", "ln -s /bin/true \"$(printf 'p\\377')\"; ln -s /bin/true \"$(printf 'p\\357\\277\\275')\""], _folder)
            .Checked();
        string program = FileTree.Host.List(_folder).Select(item => item.Name).Single(PosixPathHasBytes);
        ProcessResult result = ProcessRunner.Run(Path.Combine(_folder, program), [], _folder, _ => false, TimeSpan.FromSeconds(60),
            TestContext.Current.CancellationToken);
        Assert.Equal((null, "its path or an argument is not valid UTF-8"), (result.ExitCode, result.Problem));

        static bool PosixPathHasBytes(string name) => PosixPath.HasBytes(name);
    }

    [Fact]
    public void Program_that_leaves_a_child_with_its_streams_has_ended()
    {
        var watch = Stopwatch.StartNew();
        ProcessResult result = Run("sleep 60 & echo $! > pid; echo done");
        Tool.Run("/bin/sh", ["-c", "kill -KILL $(cat pid)"], _folder);
        Assert.Equal((0, "done\n"), (result.ExitCode, result.Output));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(50), "it waited for the child");
    }

    [Fact]
    public void Line_without_end_is_kept_in_part()
    {
        var lines = new List<string>();
        Assert.Equal((0, null), Stream("head -c 3000000 /dev/zero | tr '\\0' x; echo; echo end", (line, _) => lines.Add(line)));
        Assert.Equal([1 << 16, 3], lines.Select(line => line.Length));
    }

    [Theory]
    [InlineData("a\\nb\\r\\nc\\rd")]
    [InlineData("\\n\\n\\r\\r\\n\\n")]
    [InlineData("a\\n")]
    [InlineData("a\\r")]
    [InlineData("")]
    public void Lines_are_those_of_a_reader_of_text(string format)
    {
        var lines = new List<string>();
        _ = Stream($"printf '{format}'", (line, _) => lines.Add(line));
        using var reader =
            new StringReader(format.Replace("\\n", "\n", StringComparison.Ordinal).Replace("\\r", "\r", StringComparison.Ordinal));
        var expected = new List<string>();
        while (reader.ReadLine() is string line)
        {
            expected.Add(line);
        }
        Assert.Equal(expected, lines);
    }

    [Fact]
    public void Program_ends_if_its_output_cannot_be_taken()
    {
        Assert.Throws<IOException>(() => Stream("echo $$ > pid; while :; do echo x; done", (_, _) => throw new IOException("full")));
        Assert.False(IsAlive(File.ReadAllText(Path.Combine(_folder, "pid"))));
    }

    [Fact]
    public void Program_ends_if_its_start_cannot_be_noted()
    {
        RunningProcess process = default;
        Assert.Throws<IOException>(() => Stream("exec sleep 60", (_, _) => { }, one =>
        {
            process = one;
            throw new IOException("full");
        }));
        Assert.False(process.Exists());
    }

    private static bool IsAlive(string pid) => Tool.Run("/bin/sh", ["-c", $"kill -0 {pid}"]).ExitCode == 0;
}
