using System.Diagnostics;

namespace Pep668.Tests;

/// <summary>A process killed at any moment leaves a complete environment or none, and the next attempt
/// succeeds.</summary>
[Collection("faults")]
public sealed class VenvKillTests(SmallPython small) : IClassFixture<SmallPython>, IDisposable
{
    private readonly VenvFaultWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public void Creation_killed_at_any_moment_leaves_a_healthy_environment_or_none()
    {
        _world.WithSeeds();
        long usual = Milliseconds(() => _world.Make(Path.Combine(_world.Folder, "first")).Exits(0));
        var rounds = new Rounds(6);
        rounds.Each(_ =>
        {
            Kill(_world, rounds, usual);
            Recovered(_world);
            Directory.Delete(_world.Target, recursive: true);
        });
    }

    [Fact]
    public void First_seed_killed_at_any_moment_leaves_a_healthy_environment_or_none()
    {
        using var world = new VenvFaultWorld(small);
        long usual = Milliseconds(() => world.Make(world.Target).Exits(0));
        var rounds = new Rounds(3);
        rounds.Each(_ =>
        {
            Directory.Delete(world.Target, recursive: true);
            Directory.Delete(world.Cache, recursive: true);
            Kill(world, rounds, usual);
            Recovered(world);
        });
        if (TestExtent.IsFull)
        {
            VenvCompleteness.CheckByRunning(world.Target);
        }
    }

    [Fact]
    public void Replacement_killed_at_any_moment_leaves_a_healthy_environment()
    {
        _world.WithSeeds().Make(_world.Target).Exits(0);
        long usual = Milliseconds(() => _world.Make(_world.Target, "--force").Exits(0));
        string mine = Path.Combine(_world.Target, "share", "mine");
        var rounds = new Rounds(6);
        int olds = 0;
        rounds.Each(_ =>
        {
            Directory.CreateDirectory(Path.GetDirectoryName(mine)!);
            File.WriteAllText(mine, "");
            Kill(_world, rounds, usual, "--force");
            // A name without an environment would be a lost one.
            VenvCompleteness.Check(_world.Target);
            olds += File.Exists(mine) ? 1 : 0;
            _world.Make(_world.Target, "--force").Exits(0);
            VenvCompleteness.Check(_world.Target);
            Assert.False(File.Exists(mine));
            Assert.Empty(_world.Leftovers());
        });
        TestContext.Current.TestOutputHelper?.WriteLine($"the old one stood {olds} times of {rounds.Count}");
    }

    [Fact]
    public void Creation_by_a_live_process_is_not_disturbed()
    {
        _world.WithSeeds();
        using Process process = _world.Start(_world.Target);
        Assert.True(SpinWait.SpinUntil(() => _world.Leftovers().Any(folder => Directory.Exists(Path.Combine(folder, "tree", "bin"))),
            TimeSpan.FromSeconds(20)));
        Tool.Run("/bin/sh", ["-c", $"kill -STOP {process.Id}"]).Checked();
        try
        {
            Assert.SkipWhen(VenvCompleteness.Stands(_world.Target), "it was too fast to be stopped");
            string stage = Assert.Single(_world.Leftovers());
            _world.Make(Path.Combine(_world.Folder, "other")).Exits(0);
            Assert.Equal([stage], _world.Leftovers());
        }
        finally
        {
            Tool.Run("/bin/sh", ["-c", $"kill -CONT {process.Id}"]).Checked();
        }
        Companion.Finish(process).Exits(0);
        VenvCompleteness.Check(_world.Target);
        Assert.Empty(_world.Leftovers());
    }

    // At any moment of the run, or just after it began to write.
    private static void Kill(VenvFaultWorld world, Rounds rounds, long usual, params string[] more)
    {
        using Process process = world.Start(world.Target, more);
        if (rounds.Random.Next(3) == 0)
        {
            Thread.Sleep(rounds.Random.Next((int)usual));
        }
        else
        {
            while (!process.HasExited && world.Leftovers().Length == 0)
            {
                Thread.Sleep(1);
            }
            Thread.Sleep(TimeSpan.FromMilliseconds(rounds.Random.NextDouble() * 80));
        }
        process.Kill();
        process.WaitForExit();
        // A minute later: a folder without a lock may be one that is being created.
        foreach (string folder in world.Leftovers()
            .Where(folder => new FileInfo(Path.Combine(folder, "lock")) is not { Exists: true, Length: > 0 }))
        {
            Directory.SetLastWriteTimeUtc(folder, DateTime.UtcNow.AddMinutes(-2));
        }
    }

    private static void Recovered(VenvFaultWorld world)
    {
        if (VenvCompleteness.Stands(world.Target))
        {
            VenvCompleteness.Check(world.Target);
            Assert.Contains("VenvAlreadyExists", world.Make(world.Target).Exits(2).Error, StringComparison.Ordinal);
        }
        else
        {
            world.Make(world.Target).Exits(0);
            VenvCompleteness.Check(world.Target);
        }
        Assert.Empty(world.Leftovers());
    }

    private static long Milliseconds(Action action)
    {
        var watch = Stopwatch.StartNew();
        action();
        return watch.ElapsedMilliseconds;
    }
}
