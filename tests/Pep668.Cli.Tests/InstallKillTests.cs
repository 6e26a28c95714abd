using System.Diagnostics;

namespace Pep668.Tests;

/// <summary>An install that is killed at any moment loses nothing, or the next command names what is incomplete, and
/// installing again repairs it.</summary>
[Collection("faults")]
public sealed class InstallKillTests : IDisposable
{
    private readonly VenvFaultWorld _world = new();
    private readonly WheelHouse _house;

    public InstallKillTests()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "kills a tree of processes as POSIX does");
        _house = new WheelHouse(_world.Companion.At("/home/user/wheels"))
            .AddBig("1.0", files: WheelHouse.Many).AddBig("2.0", files: WheelHouse.Many);
        _world.WithSeeds().Make(_world.Target).Exits(0);
    }

    public void Dispose() => _world.Dispose();

    [Fact]
    public void Upgrade_killed_at_any_moment_is_complete_or_named_by_the_next_command()
    {
        Install("big==1.0").Exits(0);
        Install("leaf").Exits(0);
        int incomplete = 0;
        var rounds = new Rounds(8);
        rounds.Each(round =>
        {
            using (Process process = _world.Companion.Start([.. Companion.Command, .. Arguments($"big=={2 - (round % 2)}.0")]))
            {
                // From the first change on: pip moves the old version aside, writes the new one, deletes the old one.
                DateTime before = Directory.GetLastWriteTimeUtc(SitePackages);
                while (!process.HasExited && Directory.GetLastWriteTimeUtc(SitePackages) == before)
                {
                    Thread.Sleep(1);
                }
                Thread.Sleep(TimeSpan.FromMilliseconds(rounds.Random.NextDouble() * WheelHouse.Many * 3 / 4));
                process.Kill(entireProcessTree: true);
                process.WaitForExit();
                WaitForChildren();
            }
            string? defect = Defect();
            string next = Install("leaf").Exits(0).Error;
            if (defect is not null)
            {
                incomplete++;
                Assert.True(((string[])["interrupted", "partly installed", "installed twice"])
                    .Any(named => next.Contains(named, StringComparison.Ordinal)), $"{defect}, and the next command reported: {next}");
            }
            // What the commands that it names delete: pip replaces nothing that has no RECORD, and only one version of
            // two.
            foreach (string info in defect is "RECORD is missing" || Infos.Length > 1 ? Infos : [])
            {
                Directory.Delete(info, recursive: true);
            }
            // The version that the next round replaces.
            Install($"big=={2 - (round % 2)}.0", "-a", "--force-reinstall").Exits(0);
            foreach (string left in Directory.GetDirectories(SitePackages, "~*"))
            {
                Directory.Delete(left, recursive: true); // the next command named it, with the command that deletes it
            }
            Assert.True(Defect() is null, $"{Defect()} after {defect ?? "nothing"}: {Listed()}");
        });
        TestContext.Current.TestOutputHelper?.WriteLine($"{incomplete} of {rounds.Count} kills left something incomplete");
    }

    // pip is killed too, but may still be in a call, or have been started just then.
    private void WaitForChildren()
    {
        for (var time = Stopwatch.StartNew(); Children() is { Length: > 0 } children; Thread.Sleep(5))
        {
            foreach (Process child in children)
            {
                using (child)
                {
                    child.Kill();
                }
            }
            Assert.True(time.Elapsed < TimeSpan.FromSeconds(30), "a process that was killed does not end");
        }
    }

    // Those of the environment; nothing is left of the command line of one that has ended.
    private Process[] Children() =>
        [.. Process.GetProcesses()
            .Where(one => one.Id != Environment.ProcessId && CommandLine(one.Id).Contains(_world.Target, StringComparison.Ordinal))];

    private static string CommandLine(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/cmdline");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private string SitePackages => Path.Combine(Directory.GetDirectories(Path.Combine(_world.Target, "lib"))[0], "site-packages");

    private string[] Infos => Directory.GetDirectories(SitePackages, "big-*.dist-info");

    private string[] Arguments(string package, params string[] more) =>
        ["install", package, "--environment", _world.Target, "--no-index", "--find-links", _house.Folder, .. more];

    private CompanionResult Install(string package, params string[] more) => _world.Companion.RunHere(Arguments(package, more));

    private string Listed() => string.Join("; ", Infos.Select(info =>
        $"{Path.GetFileName(info)}: {string.Join(", ", Directory.GetFiles(info).Select(Path.GetFileName))}"));

    // Whether exactly one version of it is there with all its files.
    private string? Defect()
    {
        string[] infos = Infos;
        if (infos.Length != 1)
        {
            return $"{infos.Length} versions have metadata";
        }
        string record = Path.Combine(infos[0], "RECORD");
        if (!File.Exists(record))
        {
            return "RECORD is missing";
        }
        string? missing = File.ReadLines(record).Select(line => line.Split(',')[0]).FirstOrDefault(
            path => !path.EndsWith(".pyc", StringComparison.Ordinal) && !File.Exists(Path.Combine(SitePackages, path)));
        string version = Path.GetFileName(infos[0])["big-".Length..^".dist-info".Length];
        string? foreign = Directory.GetFiles(Path.Combine(SitePackages, "big"), "*.py")
            .FirstOrDefault(path => File.ReadAllText(path) != $"version = '{version}'\n");
        return missing is not null ? $"{missing} is missing" : foreign is not null ? $"{foreign} is of another version" : null;
    }
}
