using System.Diagnostics;

namespace Pep668.Tests;

/// <summary>Ctrl-C while the companion runs an interpreter.</summary>
public sealed class InterruptionTests : IDisposable
{
    private readonly Companion _companion = new();
    private readonly string _pids;

    public InterruptionTests()
    {
        string python = Interpreters.Newest().Executable;
        InterpreterOracle said = InterpreterOracle.Ask(python);
        string series = "python" + string.Join('.', said.Version.Split('.')[..2]);
        _pids = _companion.At("/tmp/pids");
        // A real interpreter that hangs as soon as it starts, and has started something itself that holds its output
        // open.
        _companion.World
            .Write("/home/user/hangs/pyvenv.cfg", $"home = {Path.GetDirectoryName(python)}\n")
            .Link("/home/user/hangs/bin/python", python)
            .Write($"/home/user/hangs/lib/{series}/site-packages/hang.pth",
                "import os, subprocess, time; child = subprocess.Popen(['/bin/sleep', '600']); "
                + $"open('{_pids}', 'w').write('%d %d.' % (os.getpid(), child.pid)); time.sleep(600)\n");
    }

    public void Dispose() => _companion.Dispose();

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    [InlineData("HUP")]
    public async Task Interrupted_command_ends_at_once_with_130_and_leaves_no_process(string signal)
    {
        // Whoever runs the tests may have told us to ignore the signal, and a child inherits that.
        string[] heeding = File.Exists("/usr/bin/env") && OperatingSystem.IsLinux() ? ["/usr/bin/env", "--default-signal=" + signal] : [];
        Process process = _companion.Start([.. heeding, .. Companion.Command, "list", "--verify", "--json",
            _companion.At("/home/user/hangs"), _companion.At("/home/user/hangs")]);
        Task<CompanionResult> ended = Task.Run(() => Companion.Finish(process), TestContext.Current.CancellationToken);
        string text = "";
        Assert.True(SpinWait.SpinUntil(() => ended.IsCompleted || File.Exists(_pids) && (text = File.ReadAllText(_pids)).EndsWith('.'),
            TimeSpan.FromSeconds(25)));
        Assert.False(ended.IsCompleted, "it ended before it was told to");
        string[] children = text.TrimEnd('.').Split(' ');
        Assert.All(children, pid => Assert.True(IsAlive(pid)));

        Tool.Run("/bin/sh", ["-c", $"kill -{signal} {process.Id}"]).Checked();
        // Well below the limit after which a hanging interpreter is given up anyway.
        await Task.WhenAny(ended, Task.Delay(TimeSpan.FromSeconds(15), TestContext.Current.CancellationToken));
        SpinWait.SpinUntil(() => !children.Any(IsAlive), TimeSpan.FromSeconds(5));
        string[] left = [.. children.Where(IsAlive)];
        foreach (string pid in left)
        {
            Tool.Run("/bin/sh", ["-c", $"kill -KILL {pid}"]);
        }
        Assert.Empty(left);
        CompanionResult result = (await ended).Exits(130);
        Assert.Empty(result.Output);
        Assert.Empty(result.Error);
        Assert.Empty(Directory.GetDirectories(_companion.At("/tmp"), "pep668-*"));
    }

    // A zombie waits only for its parent to look.
    private static bool IsAlive(string pid) =>
        Tool.Run("/bin/sh", ["-c",
            $"ps -o stat= -p {pid} 2>/dev/null || cut -d' ' -f3 /proc/{pid}/stat 2>/dev/null"]).Output.Trim() is { Length: > 0 } state
        && !state.StartsWith('Z');
}
