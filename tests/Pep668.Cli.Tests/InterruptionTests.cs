using System.Diagnostics;

namespace Pep668.Tests;

/// <summary>Signals while the companion and what it started are at work.</summary>
public sealed class InterruptionTests : IDisposable
{
    private readonly Companion _companion = new();
    private readonly string _pids;
    private readonly string _hang;

    public InterruptionTests()
    {
        _pids = _companion.At("/tmp/pids");
        // What runs it hangs, and has started something itself that holds its output open.
        _hang = "import os, subprocess, time; child = subprocess.Popen(['/bin/sleep', '600']); "
            + $"open('{_pids}', 'a').write('%d %d.\\n' % (os.getpid(), child.pid)); time.sleep(600)\n";
    }

    public static TheoryData<string, int> Signals { get; } = new() { { "HUP", 129 }, { "INT", 130 }, { "QUIT", 131 }, { "TERM", 143 } };

    /// <summary>For what takes long: each signal interrupts one of the commands in every run.</summary>
    public static TheoryData<string, int> SomeSignals => new(TestExtent.Some<(string, int)>([("INT", 130), ("TERM", 143)],
        [("HUP", 129), ("QUIT", 131)]));

    public void Dispose() => _companion.Dispose();

    [Theory]
    [MemberData(nameof(Signals))]
    public async Task Interrupted_verification_ends_at_once_and_leaves_no_process(string signal, int code)
    {
        string python = Interpreters.Newest().Executable;
        string series = "python" + string.Join('.', InterpreterOracle.Ask(python).Version.Split('.')[..2]);
        // A real interpreter that hangs as soon as it starts.
        _companion.World
            .Write("/home/user/hangs/pyvenv.cfg", $"home = {Path.GetDirectoryName(python)}\n")
            .Link("/home/user/hangs/bin/python", python)
            .Write($"/home/user/hangs/lib/{series}/site-packages/hang.pth", _hang);
        string folder = _companion.At("/home/user/hangs");
        CompanionResult result = await Interrupted(signal, code, "list", "--verify", "--json", folder, folder);
        Assert.Empty(result.Output);
        Assert.Empty(result.Error);
        Assert.Empty(Directory.GetDirectories(_companion.At("/tmp"), "pep668-*"));
    }

    [Theory]
    [MemberData(nameof(SomeSignals))]
    public async Task Interrupted_creation_ends_at_once_and_leaves_nothing(string signal, int code)
    {
        Interpreter interpreter = Interpreters.Newest(Needs.Venv | Needs.Ensurepip);
        string folder = _companion.At("/opt/python"), python = CopiedPython.Make(folder, interpreter, marker: false);
        // The module that compiles pip.
        string module = Path.Combine(folder, "lib", "python" + interpreter.Series, "py_compile.py");
        File.Delete(module);
        File.WriteAllText(module, _hang);
        _companion.Set("PEP668_CACHE_DIR", _companion.At("/cache"));
        CompanionResult result = await Interrupted(signal, code, "venv", "new", "-p", python);
        Assert.Empty(result.Output);
        Assert.Empty(Directory.GetFileSystemEntries(_companion.Folder));
        Assert.Empty(Directory.GetDirectories(_companion.At("/tmp"), "pep668-*"));
    }

    [Theory]
    [MemberData(nameof(SomeSignals))]
    public async Task Interrupted_install_ends_at_once_with_the_build_that_pip_runs(string signal, int code)
    {
        string python = Interpreters.Newest(Needs.Venv | Needs.Pip).Executable, venv = _companion.At("/home/user/venv");
        CopiedPython.Venv(venv, python);
        _companion.World.Write("/home/user/project/pyproject.toml",
            "[build-system]\nrequires = []\nbuild-backend = 'hang'\nbackend-path = ['.']\n[project]\nname = 'hang'\nversion = '1'\n")
            .Write("/home/user/project/hang.py", _hang);
        CompanionResult result = await Interrupted(signal, code, "install", "./", "-E", venv);
        Assert.Empty(result.Output);
        Assert.Empty(Directory.GetDirectories(_companion.At("/tmp"), "pep668-*"));
    }

    // Nobody reads what it writes, so that it waits in the middle.
    [Theory]
    [MemberData(nameof(SomeSignals))]
    public async Task Interrupted_list_ends_at_once(string signal, int code)
    {
        _companion.World.Python("/usr", "3.11.2");
        for (int number = 0; number < 250; number++)
        {
            _companion.Venv($"/home/user/.virtualenvs/e{number}", "/usr", "3.11.2");
        }
        using Process process = Start(signal, "list", "--json");
        char[] first = new char[1];
        Assert.Equal(1, await process.StandardOutput.ReadAsync(first, TestContext.Current.CancellationToken));
        Send(signal, process);
        try
        {
            await process.WaitForExitAsync(TestContext.Current.CancellationToken)
                .WaitAsync(TimeSpan.FromSeconds(15), TestContext.Current.CancellationToken);
        }
        finally
        {
            process.Kill();
        }
        Assert.Equal(code, process.ExitCode);
    }

    private Process Start(string signal, params string[] arguments)
    {
        // Whoever runs the tests may have told us to ignore the signal, and a child inherits that.
        string[] heeding = File.Exists("/usr/bin/env") && OperatingSystem.IsLinux() ? ["/usr/bin/env", "--default-signal=" + signal] : [];
        return _companion.Start([.. heeding, .. Companion.Command, .. arguments]);
    }

    private static void Send(string signal, Process process) => Tool.Run("/bin/sh", ["-c", $"kill -{signal} {process.Id}"]).Checked();

    // Sends the signal once children hang, and sees that they end.
    private async Task<CompanionResult> Interrupted(string signal, int code, params string[] arguments)
    {
        Process process = Start(signal, arguments);
        Task<CompanionResult> ended = Task.Run(() => Companion.Finish(process), TestContext.Current.CancellationToken);
        Assert.True(SpinWait.SpinUntil(() => ended.IsCompleted || Children().Length > 0, TimeSpan.FromSeconds(60)));
        Assert.False(ended.IsCompleted, $"it ended before it was told to: {(ended.IsCompleted ? (await ended).Error : "")}");
        Assert.All(Children(), pid => Assert.True(IsAlive(pid)));
        Send(signal, process);
        // Well below the limit after which a hanging interpreter is ended in any case.
        await Task.WhenAny(ended, Task.Delay(TimeSpan.FromSeconds(15), TestContext.Current.CancellationToken));
        SpinWait.SpinUntil(() => !Children().Any(IsAlive), TimeSpan.FromSeconds(5));
        string[] left = [.. Children().Where(IsAlive)];
        foreach (string pid in left)
        {
            Tool.Run("/bin/sh", ["-c", $"kill -KILL {pid}"]);
        }
        Assert.Empty(left);
        return (await ended).Exits(code);
    }

    private string[] Children() => !File.Exists(_pids) ? []
        : [.. File.ReadAllText(_pids).Split('\n').Where(line => line.EndsWith('.')).SelectMany(line => line.TrimEnd('.').Split(' '))];

    // A zombie waits only for its parent to look.
    private static bool IsAlive(string pid) => StateOf(pid) is { Length: > 0 } state && !state.StartsWith('Z');

    private static string StateOf(string pid)
    {
        if (!OperatingSystem.IsLinux())
        {
            return Tool.Run("ps", ["-o", "stat=", "-p", pid]).Output.Trim();
        }
        try
        {
            string stat = File.ReadAllText($"/proc/{pid}/stat");
            return stat[(stat.LastIndexOf(')') + 2)..]; // behind the name of the program
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
