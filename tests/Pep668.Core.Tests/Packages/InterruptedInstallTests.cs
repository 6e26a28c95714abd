using System.Diagnostics;
using Pep668.Machines;
using Pep668.Packages;
using Pep668.Pip.Requests;
using Pep668.Pip.Running;

namespace Pep668.Tests.Packages;

/// <summary>Runs that do not finish leave nothing, or an interrupted install that is reported.</summary>
public sealed class InterruptedInstallTests : IDisposable
{
    private readonly InstallWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Theory]
    [InlineData(PipInstaller.Pip)]
    [InlineData(PipInstaller.Uv)]
    public async Task Cancelled_install_ends_all_processes_and_concurrent_installs_wait(PipInstaller installer)
    {
        Assert.SkipWhen(installer == PipInstaller.Uv && !Tool.Exists("uv"), "needs uv");
        PythonEnvironment venv = _world.Venv("newest");
        using var index = new LoopbackIndex(hangs: true);
        using var stop = new CancellationTokenSource();
        PipRequest request = _world.Install(venv, "tiny") with
        {
            NoIndex = false,
            FindLinks = [],
            IndexUrl = $"http://{index.Host}/simple",
            Installer = installer,
        };
        Task<PipRunOutcome> hanging = Task.Run(() => _world.Run(request, cancellation: stop.Token));
        await Task.WhenAny(index.Reached.Task, hanging);
        Assert.NotEmpty(Programs(venv));

        PipRunOutcome second = _world.Run(_world.Install(venv, "other"), patience: TimeSpan.FromMilliseconds(200));
        Assert.Equal(FailureId.EnvironmentBusy, second.Failure?.Id);
        Assert.Contains("tiny", second.Failure!.Message);
        Assert.Empty(InterruptedInstall.Find(_world.Machine, venv));

        Task<PipRunOutcome> waiting = Task.Run(() => _world.Run(_world.Install(venv, "other"), patience: TimeSpan.FromMinutes(5)));
        stop.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => hanging);
        Assert.Null((await waiting).Failure);
        Assert.Empty(Programs(venv));
        Assert.Empty(InterruptedInstall.Find(_world.Machine, venv));
        Assert.Empty(Directory.GetFiles(venv.Prefix, ".pep668*"));
    }

    [Theory]
    [FullInlineData("3.8", 1)]
    [InlineData("newest", 2)]
    public Task Killed_pip_leaves_an_interrupted_install_that_is_reported(string python, int usual) =>
    RandomSeed.Fixed(usual).RunAsync(async seed =>
    {
        PythonEnvironment venv = _world.Venv(python);
        _world.Wheels.AddBig("1.0").AddBig("2.0");
        string note = Path.Combine(venv.Prefix, ".pep668-install");
        var random = new Random(seed);
        var clock = Stopwatch.StartNew();
        Assert.Null(_world.Run(_world.Install(venv, "big==1.0") with { Arguments = ["--no-compile"] }).Failure);
        TimeSpan whole = clock.Elapsed;
        for (int i = 0; i < (TestExtent.IsFull ? 4 : 2); i++)
        {
            PipRequest request =
                _world.Install(venv, i % 2 == 0 ? "big==2.0" : "big==1.0") with { Arguments = ["--force-reinstall", "--no-compile"] };
            Task<PipRunOutcome> run = Task.Run(() => _world.Run(request));
            await Task.Delay(whole * (0.4 + (0.6 * random.NextDouble())));
            foreach (int id in Programs(venv))
            {
                Tool.Run("/bin/kill", ["-9", $"{id}"]);
            }
            PipRunOutcome outcome = await run;
            bool isNamed = InterruptedInstall.Find(_world.Machine, venv).Count > 0;
            string left =
                $"{outcome.ExitCode}: {string.Join('|', InterruptedInstall.Find(_world.Machine, venv))} {string.Join('|', outcome.Tail)}";
            Assert.True(isNamed == File.Exists(note), left);
            if (!isNamed)
            {
                AssertIsWhole(venv);
            }
            else
            {
                Assert.True(outcome.Failure is not null, left);
                Assert.Contains(outcome.Warnings, warning => warning.Message.Contains("was interrupted"));
                Repair(venv, request);
            }
        }
    });

    [Fact]
    public void Killed_command_leaves_an_interrupted_install_that_the_next_one_reports()
    {
        PythonEnvironment venv = _world.Venv("newest");
        Assert.Null(_world.Run(_world.Install(venv, "tiny==1.0", "other")).Failure);
        Assert.Empty(InterruptedInstall.Find(_world.Machine, venv));
        File.WriteAllText(Path.Combine(venv.Prefix, ".pep668-install"), "install of tiny\nInstall Package=tiny\n0\n0\n");
        InterruptedInstallProblem problem = Assert.Single(InterruptedInstall.Find(_world.Machine, venv));
        Assert.Contains("The install of tiny", problem.Notice.Message);
        Assert.Equal([$"Invoke-PipInstall tiny -Environment {venv.Prefix}"], problem.Notice.Remedies.Commands());

        File.Delete(Path.Combine(venv.SitePackages[0], "tiny", "part0.py"));
        Directory.CreateDirectory(Path.Combine(venv.SitePackages[0], "~ther"));
        File.Delete(Path.Combine(venv.SitePackages[0], "other-1.0.dist-info", "METADATA"));
        Assert.Equal(["tiny", "~ther", "'other'", "part0.py"], InterruptedInstall.Find(_world.Machine, venv)
            .Select(one => ((string[])["part0.py", "~ther", "'other'", "tiny"]).First(one.Notice.Message.Contains))
            .OrderBy(name => name switch { "tiny" => 0, "~ther" => 1, "'other'" => 2, _ => 3 }));

        // Another command reports it, and a distribution that is still only partly installed stays recorded.
        PipRunOutcome next = _world.Run(_world.Install(venv, "leaf"));
        Assert.Null(next.Failure);
        Assert.Contains(next.Warnings, warning => warning.Message.Contains("The install of tiny"));
        Assert.Contains(InterruptedInstall.Find(_world.Machine, venv), one => one.Notice.Message.Contains("part0.py"));
        Directory.Delete(Path.Combine(venv.SitePackages[0], "~ther"));
        Directory.Delete(Path.Combine(venv.SitePackages[0], "other-1.0.dist-info"), recursive: true);
        Assert.Null(_world.Run(_world.Install(venv, "tiny==1.0") with { Arguments = ["--force-reinstall"] }).Failure);
        Assert.Empty(InterruptedInstall.Find(_world.Machine, venv));
    }

    [Theory]
    [InlineData("tiny-1.0.dist-info/RECORD is missing", PipInstaller.Pip)]
    [InlineData("tiny-1.0.dist-info/RECORD is missing", PipInstaller.Uv)]
    [FullInlineData("tiny-1.0.dist-info/RECORD is invalid (line 1 has an unclosed quote)", PipInstaller.Pip)]
    [InlineData("tiny-1.0.dist-info/RECORD is invalid (line 1 has an unclosed quote)", PipInstaller.Uv)]
    [InlineData("tiny/part0.py is missing", PipInstaller.Pip)]
    [InlineData("tiny/part0.py is missing", PipInstaller.Uv)]
    public void Incomplete_distribution_is_reported_with_commands_that_install_it_again(string defect, PipInstaller installer)
    {
        Assert.SkipWhen(installer == PipInstaller.Uv && !Tool.Exists("uv"), "needs uv");
        PythonEnvironment venv = _world.Venv("newest");
        PipRequest request = _world.Install(venv, "tiny==1.0") with { Installer = installer };
        Assert.Null(_world.Run(request).Failure);
        string record = Path.Combine(venv.SitePackages[0], "tiny-1.0.dist-info", "RECORD");
        if (defect.Contains("invalid", StringComparison.Ordinal))
        {
            File.WriteAllText(record, "\"" + File.ReadAllText(record));
        }
        else
        {
            File.Delete(Path.Combine(venv.SitePackages[0], defect.Split(' ')[0]));
        }
        File.WriteAllText(Path.Combine(venv.Prefix, ".pep668-install"), "install of tiny\nInstall Package=tiny\n0\n0\n");
        Notice notice = InterruptedInstall.Find(_world.Machine, venv).Select(one => one.Notice)
            .Single(one => one.Message == $"'tiny' is only partly installed: {defect}.");

        foreach (RemedyStep step in notice.Remedies.Single().Steps)
        {
            if (step is RemovePathStep removal)
            {
                Directory.Delete(removal.Paths.Single(), recursive: true);
            }
            else
            {
                string[] arguments =
                    [.. ((ProductStep)step).Arguments.Single(one => one.Parameter == ProductParameter.ArgumentList).Values];
                PipRunOutcome again = _world.Run(request with { Arguments = arguments });
                Assert.True(again.Failure is null, again.Failure?.ToString());
            }
        }
        Assert.Empty(InterruptedInstall.Find(_world.Machine, venv));
    }

    // The remedy of each problem: remove what is only partly installed, and install again.
    private void Repair(PythonEnvironment venv, PipRequest request)
    {
        foreach (string path in InterruptedInstall.Find(_world.Machine, venv)
            .SelectMany(problem => problem.Notice.Remedies).SelectMany(remedy => remedy.Steps).OfType<RemovePathStep>()
            .SelectMany(step => step.Paths))
        {
            if (Directory.Exists(path))
            {
                Directory.Delete(path, recursive: true);
            }
        }
        Assert.Null(_world.Run(request).Failure);
        Assert.Empty(InterruptedInstall.Find(_world.Machine, venv));
        AssertIsWhole(venv);
    }

    private static void AssertIsWhole(PythonEnvironment venv)
    {
        Tool.Result check = Tool.Run(venv.Executable, ["-m", "pip", "check"]);
        Assert.True(check.ExitCode == 0, check.Output + check.Error);
        Tool.Run(venv.Executable,
            ["-I", "-c", "import big, big.part0, big.part399; assert big.version == big.part0.version == big.part399.version"]).Checked();
    }

    // The processes that were started from the environment, by their command lines.
    private static int[] Programs(PythonEnvironment venv) =>
        [.. Directory.GetDirectories("/proc").Select(Path.GetFileName).Where(name => int.TryParse(name, out _))
            .Select(name => int.Parse(name!))
            .Where(id => id != Environment.ProcessId && CommandLine(id).Contains(venv.Prefix))];

    private static string CommandLine(int id)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/cmdline");
        }
        catch (IOException)
        {
            return "";
        }
    }
}
