namespace Pep668.Machines.Staging;

/// <summary>Whether a folder may be replaced, by the open folder that it is in and its name.</summary>
internal delegate bool ReplaceRule(OpenFolder parent, string name);

/// <summary>
/// A temporary folder beside a target, in which its new tree is built; the tree is renamed to the target atomically.
/// The folder is locked while its process lives; what a killed process left is found, put right and removed by the
/// next.
/// </summary>
internal sealed class StagedFolder : IDisposable
{
    internal const string TreeName = "tree", OldName = "old";

    private readonly OpenFolder _parent;
    private readonly string _name;
    private readonly StagingLock _lock;
    private readonly List<CreatedFolder> _created;
    private bool _published;

    private StagedFolder(OpenFolder parent, string name, StagingLock @lock, List<CreatedFolder> created)
    {
        (_parent, _name, _lock, _created) = (parent, name, @lock, created);
        Tree = @lock.Folder.OpenChild(TreeName);
    }

    /// <summary>The folder to fill. No other user can enter the folder that it is in.</summary>
    internal OpenFolder Tree { get; }

    /// <summary>Creates one, with the folders that lead to the target.</summary>
    /// <exception cref="IOException">It cannot be created there.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be created there.</exception>
    internal static StagedFolder Create(string target)
    {
        if (!HostPlatform.IsWindows && PosixPath.IsTooLong(target))
        {
            throw new PathTooLongException($"The path is too long : '{target}'");
        }
        var created = new List<CreatedFolder>();
        OpenFolder? parent = null;
        try
        {
            parent = OpenFolder.OpenOrCreate(Path.GetDirectoryName(target)!, created: created);
            string name = Path.GetFileName(target);
            return new(parent, name, StagingLock.Create(parent, name, TreeName), created);
        }
        catch
        {
            parent?.Dispose();
            OpenFolder.Close(created, removesEmpty: true);
            throw;
        }
    }

    /// <summary>Renames the tree to the target.</summary>
    /// <param name="mayGo">Whether what has that name may be replaced; null if nothing may. It keeps its name until the
    /// tree has it.</param>
    /// <returns>Whether it was done; false if something else has that name.</returns>
    /// <exception cref="IOException">It could not be done; what had the name still has it.</exception>
    internal bool Publish(ReplaceRule? mayGo)
    {
        Tree.Dispose(); // Windows does not rename an open folder
        _published = _lock.Folder.Move(TreeName, _parent, _name) || (mayGo is not null && mayGo(_parent, _name) && Replace(mayGo));
        return _published;
    }

    private bool Replace(ReplaceRule mayGo) =>
        _lock.Folder.TryExchange(TreeName, _parent, _name)
            // What was put there between the last look and the exchange gets its name back.
            ? mayGo(_lock.Folder, TreeName) || !_lock.Folder.TryExchange(TreeName, _parent, _name)
            : ReplaceInTwoMoves(mayGo);

    // Where names cannot be exchanged: for a moment nothing has the name, and the next command puts the old folder back
    // if this process ends in that moment.
    private bool ReplaceInTwoMoves(ReplaceRule mayGo)
    {
        if (!_parent.Move(_name, _lock.Folder, OldName))
        {
            return false;
        }
        bool done = false;
        try
        {
            done = mayGo(_lock.Folder, OldName) && _lock.Folder.Move(TreeName, _parent, _name);
        }
        finally
        {
            if (!done)
            {
                _lock.Folder.Move(OldName, _parent, _name);
            }
        }
        return done;
    }

    /// <summary>Removes what is left: a tree that was not renamed, or the folder that was replaced.</summary>
    public void Dispose()
    {
        Tree.Dispose();
        _lock.TryRemove();
        OpenFolder.Close(_created, removesEmpty: !_published);
        _parent.Dispose();
    }

    /// <summary>Puts right what killed processes left beside a target, and removes it.</summary>
    /// <param name="target">The target.</param>
    /// <param name="take">How a file is locked; null for <see cref="FileLock.Take"/>.</param>
    internal static void Recover(string target, LockTaker? take = null)
    {
        using OpenFolder? parent = OpenFolder.TryOpen(Path.GetDirectoryName(target)!);
        foreach (DirectoryItem item in parent?.List() ?? [])
        {
            if (item.Kind == FileKind.Directory && StagingName.IsName(item.Name))
            {
                RecoverOne(parent!, item.Name, take);
            }
        }
    }

    private static void RecoverOne(OpenFolder parent, string name, LockTaker? take)
    {
        using StagingLock? left = StagingLock.TakeAbandoned(parent, name, hasText: true, take);
        // With other files in it, it was not made here.
        if (left is not null && left.Folder.List() is IReadOnlyList<DirectoryItem> items
            && items.All(item => item.Name is StagingLock.FileName or TreeName or OldName)
            && (left.Text.Length == 0 || PutBack(left.Folder, parent, Path.GetFileName(left.Text))))
        {
            left.TryRemove();
        }
    }

    // Whether what was there is there again, or the new one is: otherwise the only copy remains where it is.
    private static bool PutBack(OpenFolder folder, OpenFolder parent, string name) =>
        folder.Stat(OldName).Kind != FileKind.Directory || folder.Move(OldName, parent, name)
        || parent.Stat(name).Kind == FileKind.Directory;
}
