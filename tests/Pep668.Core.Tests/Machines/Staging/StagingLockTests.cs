using Pep668.Machines;
using Pep668.Machines.Staging;

namespace Pep668.Tests.Machines.Staging;

/// <summary>A staging folder of a live process, or of one that may be live, is not removed by another
/// process.</summary>
public sealed class StagingLockTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pep668-lock-").FullName;

    private OpenFolder? _copies;

    public void Dispose()
    {
        _copies?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private string Target => Path.Combine(_folder, "env");

    [Fact]
    public void Repair_of_a_live_process_is_kept_where_every_lock_is_granted()
    {
        string aside = Abandoned(Target, "", "new", "old0");
        Assert.False(TreeReplacer.WasInterrupted(Target, GrantEvery));
        TreeReplacer.Clean(Target, Target, GrantEvery);
        Assert.True(Directory.Exists(Path.Combine(aside, "old0", "mine")));

        Directory.SetLastWriteTimeUtc(aside, DateTime.UtcNow.AddHours(-2));
        Assert.True(TreeReplacer.WasInterrupted(Target, GrantEvery));
        TreeReplacer.Clean(Target, Target, GrantEvery);
        Assert.False(Directory.Exists(aside));
    }

    [Fact]
    public void Repair_of_a_dead_process_is_removed_at_once_where_locks_work()
    {
        string aside = Abandoned(Target, "", "new", "old0");
        Assert.True(TreeReplacer.WasInterrupted(Target));
        TreeReplacer.Clean(Target, Target);
        Assert.False(Directory.Exists(aside));
    }

    [Fact]
    public void Staged_folder_of_a_live_process_is_kept_where_every_lock_is_granted()
    {
        string aside = Abandoned(_folder, "env", "tree");
        StagedFolder.Recover(Target, GrantEvery);
        Assert.True(Directory.Exists(Path.Combine(aside, "tree", "mine")));

        Directory.SetLastWriteTimeUtc(aside, DateTime.UtcNow.AddHours(-2));
        StagedFolder.Recover(Target, GrantEvery);
        Assert.False(Directory.Exists(aside));
    }

    [Fact]
    public void Only_copy_is_restored_also_where_every_lock_is_granted()
    {
        string aside = Abandoned(_folder, "env", "tree", "old");
        Directory.SetLastWriteTimeUtc(aside, DateTime.UtcNow.AddHours(-2));
        StagedFolder.Recover(Target, GrantEvery);
        Assert.True(Directory.Exists(Path.Combine(Target, "mine")));
        Assert.False(Directory.Exists(aside));
    }

    [Fact]
    public void Staged_folder_of_a_nested_environment_is_left_to_its_own_command()
    {
        string aside = Abandoned(Target, "inner", "tree", "old");
        Assert.False(TreeReplacer.WasInterrupted(Target));
        TreeReplacer.Clean(Target, Target);
        Assert.True(Directory.Exists(Path.Combine(aside, "old", "mine")));

        StagedFolder.Recover(Path.Combine(Target, "inner"));
        Assert.True(Directory.Exists(Path.Combine(Target, "inner", "mine")));
        Assert.False(Directory.Exists(aside));
    }

    [Fact]
    public void Folder_without_a_lock_is_removed_after_a_minute()
    {
        string aside = Directory.CreateDirectory(Path.Combine(Target, StagingName.NewName())).FullName;
        using OpenFolder parent = OpenFolder.Open(Target);
        string name = Path.GetFileName(aside);
        Assert.Null(StagingLock.TakeAbandoned(parent, name, hasText: false));
        Assert.Null(StagingLock.TakeAbandoned(parent, name, hasText: true));
        Directory.SetLastWriteTimeUtc(aside, DateTime.UtcNow.AddMinutes(-2));
        StagingLock.TakeAbandoned(parent, name, hasText: true)!.Remove();
        Assert.False(Directory.Exists(aside));
    }

    [Fact]
    public void Locked_folder_is_not_abandoned_at_any_age()
    {
        Directory.CreateDirectory(Target);
        using OpenFolder parent = OpenFolder.Open(Target);
        using (StagingLock held = StagingLock.Create(parent, "text", "tree"))
        {
            Directory.SetLastWriteTimeUtc(held.Folder.FullName, DateTime.UtcNow.AddDays(-2));
            string name = Path.GetFileName(held.Folder.FullName);
            Assert.Null(StagingLock.TakeAbandoned(parent, name, hasText: true));
            Assert.Null(StagingLock.TakeAbandoned(parent, name, hasText: false));
        }
        using StagingLock left = StagingLock.TakeAbandoned(
            parent, Path.GetFileName(Assert.Single(Directory.GetDirectories(Target))), hasText: true)!;
        Assert.Equal("text", left.Text);
    }

    // A staging folder whose lock nobody holds, as on a file system where every lock is granted.
    private static string Abandoned(string parent, string text, params string[] folders)
    {
        string aside = Path.Combine(parent, StagingName.NewName());
        foreach (string folder in folders)
        {
            Directory.CreateDirectory(Path.Combine(aside, folder, "mine"));
        }
        File.WriteAllText(Path.Combine(aside, StagingLock.FileName), text);
        return aside;
    }

    // A file system that grants every lock: each one is on a copy.
    private FileLock GrantEvery(OpenFolder folder, string name, FileUse use)
    {
        string copy = Path.GetRandomFileName();
        File.Copy(Path.Combine(folder.FullName, name), Path.Combine(_folder, copy));
        return FileLock.Take(_copies ??= OpenFolder.Open(_folder), copy, use);
    }
}
