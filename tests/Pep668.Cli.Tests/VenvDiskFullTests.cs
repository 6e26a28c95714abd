using System.Globalization;

namespace Pep668.Tests;

/// <summary>Without disk space or inodes, the companion reports an error and leaves nothing; with space, it
/// succeeds.</summary>
[Collection("faults")]
public sealed class VenvDiskFullTests(SmallPython small) : IClassFixture<SmallPython>, IDisposable
{
    private readonly VenvFaultWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Theory]
    [InlineData("size=")]
    [InlineData("nr_inodes=")]
    public void Full_disk_of_the_target_leaves_the_previous_environment(string limit)
    {
        string disk = _world.Mount(_world.Companion.At("/disk"), "size=64m"), target = Path.Combine(disk, "new", "env"),
            old = Path.Combine(disk, "old");
        _world.WithSeeds().Make(old, "--without-pip").Exits(0);
        int used = limit is "size="
            ? 64
            : int.Parse(Tool.Run("df", ["--output=iused", disk]).Checked().Output.Split('\n')[1], CultureInfo.InvariantCulture);
        int[] more = limit is "size="
            ? [.. TestExtent.Some([16, 6000], [0, 4, 200, 2000, 9000])]
            : [.. TestExtent.Some([4, 400], [0, 1, 2, 3, 5, 20, 60])];
        int failures = 0;
        foreach (int extra in more)
        {
            VenvFaultWorld.Remount(disk, FormattableString.Invariant($"{limit}{Used() + extra}{(limit is "size=" ? "k" : "")}"));
            foreach (string path in (string[])[target, old])
            {
                CompanionResult result = _world.Make(path, "--force");
                if (result.ExitCode != 0)
                {
                    failures++;
                    Assert.Contains("VenvNotWritten", result.Exits(4).Error, StringComparison.Ordinal);
                    Assert.Contains("no space left on device", result.Error, StringComparison.Ordinal);
                    Assert.Equal([old], Directory.GetFileSystemEntries(disk));
                    VenvCompleteness.Check(old, hasPip: false);
                }
                else
                {
                    VenvCompleteness.Check(path);
                    Assert.Fail($"{extra} was enough: no test of anything");
                }
            }
        }
        Assert.Equal(2 * more.Length, failures);
        VenvFaultWorld.Remount(disk, limit is "size=" ? "size=64m" : "nr_inodes=10000");
        _world.Make(target).Exits(0);
        _world.Make(old, "--force").Exits(0);
        VenvCompleteness.Check(target);
        VenvCompleteness.Check(old);

        int Used() => int.Parse(Tool.Run("df", ["-k", limit is "size=" ? "--output=used" : "--output=iused", disk])
            .Checked().Output.Split('\n')[1], CultureInfo.InvariantCulture);
    }

    [Fact]
    public void Full_disk_of_the_cache_still_creates_the_environment()
    {
        using var world = new VenvFaultWorld(small);
        string disk = world.Mount(world.Cache, "size=64m");
        // A file system cannot become smaller than its contents.
        foreach (string size in (string[])[.. TestExtent.IsFull
            ? (string[])["size=4k", "size=1m", "size=4m", "nr_inodes=2", "nr_inodes=3"] : ["size=8k"], "size=64m,nr_inodes=100"])
        {
            VenvFaultWorld.Remount(disk, size);
            world.Make(world.Target, "--force").Exits(0);
            VenvCompleteness.Check(world.Target);
            Assert.True(size.StartsWith("size=64m", StringComparison.Ordinal) == (Directory.Exists(world.Seeds)
                && Directory.GetFiles(world.Seeds).Length == world.SeedCount), size);
            Assert.Empty(world.Leftovers());
        }
    }

    /// <summary>In the first one there is space for the modules, but not for their byte-code.</summary>
    public static TheoryData<string> Limits => [.. TestExtent.IsFull
        ? (string[])["size=8m", "nr_inodes=1", "size=100k", "size=3m", "nr_inodes=200"] : ["size=80k", "nr_inodes=1", "size=40k"]];

    [Theory]
    [MemberData(nameof(Limits))]
    public void Full_disk_of_byte_code_leaves_nothing_or_an_environment_without_byte_code(string limit)
    {
        using var world = new VenvFaultWorld(small);
        string disk = world.Mount(world.Companion.At("/small"), limit);
        world.Companion.Set("TMPDIR", disk);
        CompanionResult result = Companion.Finish(world.Start(world.Target));
        if (result.ExitCode != 0)
        {
            Assert.Contains("VenvNotWritten", result.Exits(4).Error, StringComparison.Ordinal);
            Assert.False(VenvCompleteness.Stands(world.Target));
        }
        else
        {
            // Without byte-code, and with a warning.
            Assert.Contains("but not compiled", result.Error, StringComparison.Ordinal);
            VenvCompleteness.Check(world.Target);
        }
        Assert.Empty(Directory.GetFileSystemEntries(disk));
        Assert.Empty(world.Leftovers());
        world.Companion.Set("TMPDIR", world.Companion.At("/tmp"));
        Assert.Empty(world.Make(world.Target, "--force").Exits(0).Error);
        VenvCompleteness.Check(world.Target);
    }

    [Theory]
    [InlineData("read-only")]
    [InlineData("denied")]
    public void Unwritable_target_leaves_the_previous_environment(string how)
    {
        string disk = _world.Mount(_world.Companion.At("/disk"), "size=64m"), old = Path.Combine(disk, "old");
        _world.Make(old, "--without-pip").Exits(0);
        if (how is "read-only")
        {
            VenvFaultWorld.Remount(disk, "ro");
        }
        else
        {
            Assert.SkipUnless(Tool.Run("chattr", ["+i", disk]).ExitCode == 0, "no folder can be made immutable here");
        }
        foreach (string path in (string[])[old, Path.Combine(disk, "env"), Path.Combine(disk, "a", "b", "env")])
        {
            Assert.Contains("VenvNotWritten", _world.Make(path, "--force", "--without-pip").Exits(4).Error, StringComparison.Ordinal);
            Assert.Equal([old], Directory.GetFileSystemEntries(disk));
            VenvCompleteness.Check(old, hasPip: false);
        }
        if (how is "denied")
        {
            Tool.Run("chattr", ["-i", disk]).Checked();
        }
        else
        {
            VenvFaultWorld.Remount(disk, "rw");
        }
        _world.Make(old, "--force", "--without-pip").Exits(0);
        VenvCompleteness.Check(old, hasPip: false);
    }

    [Fact]
    public void Unreadable_target_is_not_replaced_as_an_empty_folder()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess && Tool.Exists("setpriv"), "needs root and setpriv");
        string mine = Path.Combine(_world.Target, "mine");
        Directory.CreateDirectory(_world.Target);
        File.WriteAllText(mine, "mine");
        File.SetUnixFileMode(_world.Target, UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Tool.Run("chown", ["-R", "65534:65534", _world.Companion.World.Folder]).Checked();
        Tool.Run("chmod", ["755", _world.Companion.World.Folder]).Checked();
        string python = Interpreters.Need(one => one.Executable is "/usr/bin/python3", "a Python that another user may run").Executable;
        string[] another = ["/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"];
        Assert.SkipUnless(
            Tool.Run(another[0], [.. another[1..], "test", "-r", Companion.Command[^1]]).ExitCode == 0,
            "needs a source tree that another user may read");
        CompanionResult result = Companion.Finish(_world.Companion.Start(
            [.. another, .. Companion.Command, "venv", _world.Target, "--python", python, "--force", "--without-pip"]));
        Assert.Contains("VenvAlreadyExists", result.Exits(2).Error, StringComparison.Ordinal);
        Assert.True(File.Exists(mine));
        Assert.Empty(_world.Leftovers());
    }
}
