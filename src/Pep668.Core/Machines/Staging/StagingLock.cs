namespace Pep668.Machines.Staging;

/// <summary>Opens a file and locks it, as <see cref="FileLock.Take"/> does.</summary>
internal delegate FileLock LockTaker(OpenFolder folder, string name, FileUse use);

/// <summary>
/// A folder with a staging name and a locked file in it. While its process lives, no other process removes it; what a
/// killed process left is found by the same file. Some file systems grant every lock: there only time shows that a
/// process has ended.
/// </summary>
internal sealed class StagingLock : IDisposable
{
    internal const string FileName = "lock";
    private const int Attempts = 5;
    private const long MakingSeconds = 60, UnlockableSeconds = 3600;

    private readonly OpenFolder _parent;
    private readonly string _name;
    private readonly FileLock? _file;

    private StagingLock(OpenFolder parent, string name, OpenFolder folder, FileLock? file, string text) =>
        (_parent, _name, Folder, _file, Text) = (parent, name, folder, file, text);

    /// <summary>The folder, which only this user can enter.</summary>
    internal OpenFolder Folder { get; }

    /// <summary>What its process wrote into the file; empty also where the file is missing.</summary>
    internal string Text { get; }

    /// <summary>Makes a folder with a new name, and locks it.</summary>
    /// <param name="parent">The folder that it is made in.</param>
    /// <param name="text">What is written into the locked file.</param>
    /// <param name="tree">The folder that is made beside that file.</param>
    /// <exception cref="IOException">It cannot be made there.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made there.</exception>
    internal static StagingLock Create(OpenFolder parent, string text, string tree)
    {
        for (int attempt = 1; ; attempt++)
        {
            string name = StagingName.NewName();
            try
            {
                return CreateAt(parent, name, text, tree);
            }
            catch (IOException error) when (attempt < Attempts && FileLock.IsHeld(error))
            {
                // Another process looked into the lock just when it was made.
                new StagingLock(parent, name, parent.OpenChild(name), null, text).TryRemove();
            }
        }
    }

    private static StagingLock CreateAt(OpenFolder parent, string name, string text, string tree)
    {
        if (!parent.MakeFolder(name, isPrivate: true))
        {
            throw new IOException($"'{Path.Combine(parent.FullName, name)}' exists already.");
        }
        OpenFolder folder = parent.OpenChild(name);
        FileLock? file = null;
        try
        {
            if (!FileTrust.IsOwn(folder.Stat()))
            {
                throw new IOException($"'{folder.FullName}' was replaced by another user.");
            }
            file = FileLock.Take(folder, FileName, FileUse.LockOrCreate);
            file.WriteText(text);
            folder.MakeFolder(tree);
            return new(parent, name, folder, file, text);
        }
        catch (Exception error)
        {
            bool isHeld = error is IOException io && FileLock.IsHeld(io);
            using var made = new StagingLock(parent, name, folder, file, text);
            if (!isHeld && FileTrust.IsOwn(folder.Stat()))
            {
                made.TryRemove();
            }
            throw;
        }
    }

    /// <summary>Locks a folder whose process has ended; null while it lives, or may.</summary>
    /// <param name="parent">The folder that it is in.</param>
    /// <param name="name">Its name, a staging name.</param>
    /// <param name="hasText">Whether its process writes text into the file, so that an empty one is just being
    /// made.</param>
    /// <param name="take">How a file is locked; null for <see cref="FileLock.Take"/>.</param>
    internal static StagingLock? TakeAbandoned(OpenFolder parent, string name, bool hasText, LockTaker? take = null)
    {
        OpenFolder? folder = null;
        FileLock? file = null;
        take ??= FileLock.Take;
        try
        {
            folder = parent.OpenChild(name);
            FileEntry entry = folder.Stat();
            if (FileTrust.IsOwn(entry))
            {
                long age = DateTimeOffset.UtcNow.ToUnixTimeSeconds() - entry.Modified;
                if (folder.Stat(FileName).Kind != FileKind.File)
                {
                    // One that is just being made has no lock yet.
                    return age > MakingSeconds ? new(parent, name, Leave(ref folder), null, "") : null;
                }
                file = take(folder, FileName, FileUse.LockAndWrite);
                string text = file.ReadText();
                if (hasText && text.Length == 0
                    ? age > MakingSeconds
                    : IsEffective(folder, take) || age > UnlockableSeconds)
                {
                    return new(parent, name, Leave(ref folder), Leave(ref file), text);
                }
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Its process lives, or it was removed meanwhile.
        }
        finally
        {
            file?.Dispose();
            folder?.Dispose();
        }
        return null;
    }

    private static T Leave<T>(ref T? one)
        where T : class
    {
        T given = one!;
        one = null;
        return given;
    }

    // Whether a lock that is held here is refused to a second one who asks.
    private static bool IsEffective(OpenFolder folder, LockTaker take)
    {
        try
        {
            take(folder, FileName, FileUse.LockAndWrite).Dispose();
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    /// <summary>Removes the folder and releases the lock, the lock last: who finds the folder in between sees that it
    /// is in use.</summary>
    /// <exception cref="IOException">It cannot be removed.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be removed.</exception>
    internal void Remove()
    {
        try
        {
            foreach (DirectoryItem item in Folder.List() ?? [])
            {
                if (item.Name is not FileName)
                {
                    Folder.DeleteTree(item.Name);
                }
            }
            _file?.Delete();
            Folder.DeleteFile(FileName);
            if (Folder is not WindowsFolder)
            {
                _parent.TryRemoveFolder(_name);
            }
        }
        finally
        {
            Dispose();
        }
        _parent.TryRemoveFolder(_name);
    }

    /// <summary>Removes the folder where that is possible; otherwise the next command finds it.</summary>
    internal void TryRemove()
    {
        try
        {
            Remove();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A full or read-only disk, or a file that is in use on Windows.
        }
    }

    /// <summary>Releases the lock.</summary>
    public void Dispose()
    {
        _file?.Dispose();
        Folder.Dispose();
    }
}
