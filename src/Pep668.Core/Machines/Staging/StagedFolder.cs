namespace Pep668.Machines.Staging;

/// <summary>
/// The place beside a target where its new tree grows, until it takes the target's name in one step. It is locked while
/// its process lives; what a killed one left is found by that, put right and removed by the next.
/// </summary>
internal sealed class StagedFolder : IDisposable
{
    private const string TreeName = "tree", OldName = "old";

    private readonly string _target;
    private readonly StagingLock _lock;
    private readonly string? _firstMade;
    private bool _published;

    private StagedFolder(string target, StagingLock @lock, string? firstMade) => (_target, _lock, _firstMade) = (target, @lock, firstMade);

    /// <summary>The folder to fill.</summary>
    internal string Tree => Path.Combine(_lock.Folder, TreeName);

    /// <summary>Makes one, with the folders that lead to the target.</summary>
    /// <exception cref="IOException">It cannot be made there.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made there.</exception>
    internal static StagedFolder Create(string target)
    {
        string parent = Path.GetDirectoryName(target)!;
        string? firstMade = null;
        for (string? above = parent; above is not null && !Directory.Exists(above); above = Path.GetDirectoryName(above))
        {
            firstMade = above;
        }
        try
        {
            return new(target, StagingLock.Create(parent, Path.GetFileName(target), TreeName), firstMade);
        }
        catch (Exception error) when (firstMade is not null && error is IOException or UnauthorizedAccessException)
        {
            RemoveEmpty(parent, firstMade!);
            throw;
        }
    }

    /// <summary>Gives the tree the target's name.</summary>
    /// <param name="mayGo">Whether what is there, or was, may be replaced; null if nothing may. It keeps its name
    /// until the new one has it.</param>
    /// <returns>Whether it was done; false if something is there.</returns>
    /// <exception cref="IOException">It could not be done; what stood there still does.</exception>
    internal bool Publish(Predicate<string>? mayGo)
    {
        _published = NativeMove.Move(Tree, _target) || (mayGo is not null && mayGo(_target) && Replace(mayGo));
        return _published;
    }

    private bool Replace(Predicate<string> mayGo) =>
        NativeMove.TryExchange(Tree, _target)
            // What came between the last look and the swap gets its name back.
            ? mayGo(Tree) || !NativeMove.TryExchange(Tree, _target)
            : ReplaceInTwoMoves(mayGo);

    // Where there is no swap: a moment without one, and the old one is put back by the next command if this process
    // dies in it.
    private bool ReplaceInTwoMoves(Predicate<string> mayGo)
    {
        string old = Path.Combine(_lock.Folder, OldName);
        if (!NativeMove.Move(_target, old))
        {
            return false;
        }
        bool done = false;
        try
        {
            done = mayGo(old) && NativeMove.Move(Tree, _target);
        }
        finally
        {
            if (!done)
            {
                NativeMove.Move(old, _target);
            }
        }
        return done;
    }

    /// <summary>Removes what is left: a tree that did not get its name, or the one that had it before.</summary>
    public void Dispose()
    {
        _lock.TryRemove();
        if (!_published && _firstMade is not null)
        {
            RemoveEmpty(Path.GetDirectoryName(_target)!, _firstMade);
        }
    }

    /// <summary>Puts right what killed processes left beside a target, and removes it.</summary>
    /// <param name="target">The target.</param>
    /// <param name="take">How a file is locked; null for <see cref="FileLock.Take"/>.</param>
    internal static void Recover(string target, LockTaker? take = null)
    {
        string parent = Path.GetDirectoryName(target)!;
        foreach (DirectoryItem item in FileTree.Host.List(parent))
        {
            if (!StagingName.IsName(item.Name))
            {
                continue;
            }
            string folder = Path.Combine(parent, item.Name);
            FileEntry entry = FileTree.Host.LinkStat(folder);
            if (entry.Kind == FileKind.Directory && (OperatingSystem.IsWindows() || entry.Owner == NativeFile.UserId()))
            {
                RecoverOne(parent, folder, take);
            }
        }
    }

    private static void RecoverOne(string parent, string folder, LockTaker? take)
    {
        // Somebody's own files: nothing that is made here.
        if (FileTree.Host.TryList(folder) is not IReadOnlyList<DirectoryItem> items
            || items.Any(item => item.Name is not (StagingLock.FileName or TreeName or OldName)))
        {
            return;
        }
        using StagingLock? left = StagingLock.TakeAbandoned(folder, hasText: true, take);
        if (left is not null && (left.Text.Length == 0 || PutBack(folder, Path.Combine(parent, Path.GetFileName(left.Text)))))
        {
            left.TryRemove();
        }
    }

    // Whether what was there is there again, or the new one does: otherwise the only copy stays where it is.
    private static bool PutBack(string folder, string target)
    {
        string old = Path.Combine(folder, OldName);
        return !Directory.Exists(old) || NativeMove.Move(old, target) || Directory.Exists(target);
    }

    private static void RemoveEmpty(string last, string first)
    {
        try
        {
            for (string folder = last; folder.Length >= first.Length; folder = Path.GetDirectoryName(folder)!)
            {
                Directory.Delete(folder);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // somebody put something there meanwhile
        }
    }
}
