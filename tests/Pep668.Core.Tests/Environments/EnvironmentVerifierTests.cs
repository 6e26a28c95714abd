using Pep668.Environments;
using Pep668.Machines;
using Pep668.Shells;

namespace Pep668.Tests.Environments;

/// <summary>Verification by running the interpreter.</summary>
public sealed class EnvironmentVerifierTests : IDisposable
{
    private readonly string _folder = FileTree.Host.RealPath(Directory.CreateTempSubdirectory("pep668-").FullName)!;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static EnvironmentVerification Verify(string path, CancellationToken? cancellation = null) =>
        EnvironmentVerifier.Verify(FileTree.Host, new EnvironmentReader(FileTree.Host).Read(path).Environment!,
            cancellation ?? TestContext.Current.CancellationToken);

    private string Venv()
    {
        string folder = Path.Combine(_folder, "env");
        Tool.Run(Interpreters.Newest(Needs.Venv).Executable, ["-m", "venv", "--without-pip", folder]).Checked();
        return folder;
    }

    [Fact]
    public void Verified_interpreter_agrees_with_its_files()
    {
        Assert.All(Interpreters.NeedAny(), one =>
        {
            EnvironmentVerification verified = Verify(one.Executable);
            Assert.Null(verified.Failure);
            Assert.Empty(verified.Differences);
            Assert.Null(verified.Environment.Problem);
        });
    }

    [Fact]
    public void Verification_ignores_the_output_of_pth_files()
    {
        string folder = Venv();
        string site = new EnvironmentReader(FileTree.Host).Read(folder).Environment!.SitePackages[0];
        File.WriteAllText(Path.Combine(site, "noise.pth"), "import sys; print('pep668-answer:{}'); sys.stderr.write('noise')\n");
        Assert.Empty(Verify(folder).Differences);
        Assert.Null(Verify(folder).Failure);
    }

    [Fact]
    public void Verification_corrects_and_reports_a_difference()
    {
        string folder = Venv();
        string site = new EnvironmentReader(FileTree.Host).Read(folder).Environment!.SitePackages[0];
        File.WriteAllText(Path.Combine(site, "change.pth"), "import platform; platform.python_implementation = lambda: 'Other'\n");
        EnvironmentVerification verified = Verify(folder);
        Assert.Contains("Implementation is Other (files: CPython)", Assert.Single(verified.Differences));
        Assert.Equal("Other", verified.Environment.Implementation);
        Assert.Contains("Implementation is Other", verified.Environment.Problem);
    }

    [Fact]
    public void Verification_ignores_the_current_folder_and_the_users_variables()
    {
        string folder = Venv();
        File.WriteAllText(Path.Combine(_folder, "json.py"), "raise SystemExit('a stranger')\n");
        string before = Environment.CurrentDirectory;
        Environment.SetEnvironmentVariable("PYTHONPATH", _folder);
        try
        {
            Environment.CurrentDirectory = _folder;
            Assert.Null(Verify(folder).Failure);
        }
        finally
        {
            Environment.CurrentDirectory = before;
            Environment.SetEnvironmentVariable("PYTHONPATH", null);
        }
    }

    [Fact]
    public void Verified_environment_that_does_not_run_is_broken()
    {
        using var world = new World();
        world.Python("/opt/p", "3.12.1");
        EnvironmentVerification verified = Verify(world.OnDisk("/opt/p"));
        Assert.Equal(FailureId.ProbeFailed, verified.Failure!.Id);
        Assert.Equal(EnvironmentHealth.Broken, verified.Environment.Health);
        Assert.Contains("does not run", verified.Environment.Problem);
        Assert.Equal($"{PowerShellRenderer.Instance.Quote(verified.Environment.Executable)} -I -c 'import sysconfig, site'",
            verified.Failure.FirstCommand());
    }

    [Fact(Timeout = 60_000)]
    public async Task Verified_interpreter_that_hangs_is_ended_with_its_child_processes()
    {
        string folder = Venv();
        string site = new EnvironmentReader(FileTree.Host).Read(folder).Environment!.SitePackages[0];
        string started = Path.Combine(_folder, "started");
        File.WriteAllText(Path.Combine(site, "hang.pth"),
            $"import os, time, subprocess; p = subprocess.Popen(['sleep', '1000']); open({Literal(started)}, 'w').write('%d %d' % " +
            $"(os.getpid(), p.pid)); time.sleep(1000)\n");
        using var stop = new CancellationTokenSource();
        Task<EnvironmentVerification> running = Task.Run(() => Verify(folder, stop.Token));
        while (!File.Exists(started) || File.ReadAllText(started).Length == 0)
        {
            Assert.False(running.IsCompleted);
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
        await stop.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => running);
        foreach (string id in File.ReadAllText(started).Split(' '))
        {
            while (IsAlive(id))
            {
                // The test's own time limit ends this.
                await Task.Delay(10, TestContext.Current.CancellationToken);
            }
        }
    }

    // A killed process may stay for a moment, as a zombie of whoever adopts it.
    private static bool IsAlive(string id)
    {
        try
        {
            return !File.ReadAllText($"/proc/{id}/stat").Contains(") Z ");
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static string Literal(string path) => "'" + path.Replace("'", "\\'") + "'";

    [Theory]
    [InlineData("import atexit; atexit.register(lambda: print('bye'))", null)]
    [InlineData("import atexit; atexit.register(lambda: print('pep668-answer:{}'))", null)]
    [InlineData("import sys; [sys.stdout.write('x' * 65536) for _ in iter(int, 1)]", "it wrote more than 4 MiB")]
    [InlineData("import sys; [sys.stderr.write('x' * 65536) for _ in iter(int, 1)]", "it wrote more than 4 MiB")]
    public void Verified_interpreter_may_print_more_than_its_answer(string code, string? problem)
    {
        string folder = Venv();
        string site = new EnvironmentReader(FileTree.Host).Read(folder).Environment!.SitePackages[0];
        File.WriteAllText(Path.Combine(site, "more.pth"), code + "\n");
        EnvironmentVerification verified = Verify(folder);
        if (problem is null)
        {
            Assert.Null(verified.Failure);
            Assert.Empty(verified.Differences);
        }
        else
        {
            Assert.Contains(problem, verified.Failure!.Message, StringComparison.Ordinal);
            Assert.Contains(problem, verified.Environment.Problem, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("pep668-answer:")]
    [InlineData("pep668-answer:{\"version\": null, \"isVirtual\": true}\n")]
    [InlineData("pep668-answer:[[[[\n")]
    [InlineData("pep668-answer:{\"version\": \"\\ud800\"}\n")]
    public void Answer_that_is_not_complete_is_none(string output) => Assert.Null(EnvironmentVerifier.ReadAnswer(output));
}
