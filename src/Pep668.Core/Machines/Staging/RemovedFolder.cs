namespace Pep668.Machines.Staging;

/// <summary>
/// A folder that is removed: it is moved into a temporary folder beside it, which takes its name away atomically, and
/// is deleted there. If the process is killed before the move is verified, the next command moves the folder back; if
/// it is killed later, the next command deletes the rest (<see cref="StagedFolder.Recover"/>).
/// </summary>
internal sealed class RemovedFolder : IDisposable
{
    private readonly StagingLock _lock;

    private RemovedFolder(StagingLock @lock) => _lock = @lock;

    /// <summary>The temporary folder.</summary>
    internal string FullName => _lock.Folder.FullName;

    /// <summary>Takes a folder away.</summary>
    /// <param name="parent">The open folder that it is in.</param>
    /// <param name="name">Its name.</param>
    /// <param name="mayGo">Whether it may be deleted: another process may have put something else in its place.</param>
    /// <returns>The folder to delete; null if it may not be deleted and has its name.</returns>
    /// <exception cref="IOException">It cannot be moved, and has its name; or something else has its name by now, and
    /// the message reports where it is.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be moved, and has its name.</exception>
    internal static RemovedFolder? TryTake(OpenFolder parent, string name, ReplaceRule mayGo)
    {
        StagingLock aside = StagingLock.Create(parent, name, StagedFolder.TreeName);
        bool isMoved = false;
        RemovedFolder? taken = null;
        try
        {
            isMoved = parent.Move(name, aside.Folder, StagedFolder.OldName);
            // What is called "old" is moved back after a kill, and what is called "tree" is deleted.
            if (isMoved && mayGo(aside.Folder, StagedFolder.OldName)
                && aside.Folder.Move(StagedFolder.OldName, aside.Folder, StagedFolder.TreeName))
            {
                taken = new(aside);
            }
            return taken;
        }
        finally
        {
            if (taken is null)
            {
                Leave(aside, isMoved, parent, name);
            }
        }
    }

    private static void Leave(StagingLock aside, bool isMoved, OpenFolder parent, string name)
    {
        bool isBack = false;
        try
        {
            isBack = !isMoved || aside.Folder.Move(StagedFolder.OldName, parent, name);
        }
        finally
        {
            if (isBack)
            {
                aside.TryRemove();
            }
            else
            {
                // With the folder in it; the next command tries to move it back.
                aside.Dispose();
            }
        }
        if (!isBack)
        {
            throw new IOException(
                $"Another process put something in its place; it is now '{Path.Combine(aside.Folder.FullName, StagedFolder.OldName)}'.");
        }
    }

    /// <summary>Deletes it.</summary>
    /// <exception cref="IOException">Something in it could not be deleted.</exception>
    /// <exception cref="UnauthorizedAccessException">Something in it may not be deleted.</exception>
    internal void Delete() => _lock.Remove();

    /// <summary>Releases it.</summary>
    public void Dispose() => _lock.Dispose();
}
