using System.Diagnostics;

namespace Pep668.Tests;

/// <summary>Many processes at once.</summary>
[Collection("faults")]
public sealed class VenvConcurrencyTests(SmallPython small) : IClassFixture<SmallPython>, IDisposable
{
    private static readonly int Many = TestExtent.IsFull ? 20 : 5;

    private readonly VenvFaultWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public void Many_processes_with_the_same_target_create_it_once()
    {
        _world.WithSeeds();
        CompanionResult[] results = Run(_world, Enumerable.Repeat(_world.Target, Many));
        Assert.Single(results, result => result.ExitCode == 0);
        Assert.All(results.Where(result => result.ExitCode != 0),
            result => Assert.Contains("VenvAlreadyExists", result.Exits(2).Error, StringComparison.Ordinal));
        VenvCompleteness.CheckByRunning(_world.Target);
        Assert.Empty(_world.Leftovers());
    }

    [Fact]
    public void Many_processes_with_different_targets_share_an_empty_cache()
    {
        using var world = new VenvFaultWorld(small);
        string[] targets = [.. Enumerable.Range(0, Many).Select(at => Path.Combine(world.Folder, "deep", "below", $"env{at}"))];
        Assert.All(Run(world, targets), result => result.Exits(0));
        Assert.All(targets, target => VenvCompleteness.Check(target));
        Assert.Empty(world.Leftovers(Path.GetDirectoryName(targets[0])!));
        string[] seeds = Directory.GetFileSystemEntries(world.Seeds);
        Assert.Equal(world.SeedCount, seeds.Length);
        Assert.All(seeds, seed => Assert.EndsWith(".seed", seed, StringComparison.Ordinal));
    }

    [Fact]
    public void Several_processes_replace_the_same_environment()
    {
        _world.WithSeeds().Make(_world.Target).Exits(0);
        Assert.All(Run(_world, Enumerable.Repeat(_world.Target, TestExtent.IsFull ? 5 : 3), "--force"), result => result.Exits(0));
        VenvCompleteness.CheckByRunning(_world.Target);
        Assert.Empty(_world.Leftovers());
    }

    private static CompanionResult[] Run(VenvFaultWorld world, IEnumerable<string> targets, params string[] more)
    {
        Process[] processes = [.. targets.Select(target => world.Start(target, more))];
        return [.. processes.Select(Companion.Finish)];
    }
}
