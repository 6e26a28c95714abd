using System.Text;

namespace Pep668.Machines.Staging;

/// <summary>
/// The place beside a target where its new tree grows, until it takes the target's name in one step. It is locked while its process lives; what a killed one left is
/// found by that, put right and removed by the next.
/// </summary>
internal sealed class StagedFolder : IDisposable
{
    private const string LockName = "lock", TreeName = "tree", OldName = "old";
    private const int Attempts = 5;
    private const long MakingSeconds = 60, UnlockableSeconds = 3600;

    private readonly string _target;
    private readonly string _folder;
    private readonly FileStream _lock;
    private readonly string? _firstMade;
    private bool _published;

    private StagedFolder(string target, string folder, FileStream @lock, string? firstMade) =>
        (_target, _folder, _lock, _firstMade) = (target, folder, @lock, firstMade);

    /// <summary>The folder to fill.</summary>
    internal string Tree => Path.Combine(_folder, TreeName);

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
            for (int attempt = 1; ; attempt++)
            {
                string folder = Path.Combine(parent, StagingName.NewName());
                try
                {
                    return new(target, folder, MakeLocked(folder, Path.GetFileName(target)), firstMade);
                }
                catch (IOException) when (attempt < Attempts && Directory.Exists(folder))
                {
                    // Another process looked into the lock just when it was made.
                    Remove(folder, null);
                }
                catch (Exception error) when (error is IOException or UnauthorizedAccessException)
                {
                    Remove(folder, null);
                    throw;
                }
            }
        }
        catch (Exception error) when (firstMade is not null && error is IOException or UnauthorizedAccessException)
        {
            RemoveEmpty(parent, firstMade!);
            throw;
        }
    }

    private static FileStream MakeLocked(string folder, string name)
    {
        Directory.CreateDirectory(folder);
        var @lock = new FileStream(Path.Combine(folder, LockName), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
        try
        {
            @lock.Write(Encoding.UTF8.GetBytes(name));
            @lock.Flush();
            Directory.CreateDirectory(Path.Combine(folder, TreeName));
            return @lock;
        }
        catch
        {
            Close(@lock);
            throw;
        }
    }

    /// <summary>Gives the tree the target's name.</summary>
    /// <param name="mayGo">Whether what stands there, or did, may be replaced; null when nothing may. It keeps its name until the new one has it.</param>
    /// <returns>Whether it was done; false when something stands there.</returns>
    /// <exception cref="IOException">It could not be done; what stood there still does.</exception>
    internal bool Publish(Predicate<string>? mayGo)
    {
        _published = NativeMove.Move(Tree, _target) || (mayGo is not null && mayGo(_target) && (Exchange(mayGo) ?? Replace(mayGo)));
        return _published;
    }

    // Null where there is no swap. What came between the last look and the swap gets its name back.
    private bool? Exchange(Predicate<string> mayGo) =>
        !NativeMove.TryExchange(Tree, _target) ? null
        : mayGo(Tree) || !NativeMove.TryExchange(Tree, _target);

    // Where there is no swap: a moment without one, and the old one is put back by the next command if this process dies in it.
    private bool Replace(Predicate<string> mayGo)
    {
        string old = Path.Combine(_folder, OldName);
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
        Remove(_folder, _lock);
        if (!_published && _firstMade is not null)
        {
            RemoveEmpty(Path.GetDirectoryName(_target)!, _firstMade);
        }
    }

    /// <summary>Puts right what killed processes left beside a target, and removes it.</summary>
    internal static void Recover(string target)
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
                RecoverOne(parent, folder, entry);
            }
        }
    }

    private static void RecoverOne(string parent, string folder, FileEntry entry)
    {
        string lockFile = Path.Combine(folder, LockName);
        long age = DateTimeOffset.UtcNow.ToUnixTimeSeconds() - entry.Modified;
        // Somebody's own files: nothing that is made here.
        if (FileTree.Host.TryList(folder) is not IReadOnlyList<DirectoryItem> items || items.Any(item => item.Name is not (LockName or TreeName or OldName)))
        {
            return;
        }
        if (!FileTree.Host.IsFile(lockFile))
        {
            // One that is just being made has no lock yet.
            if (age > MakingSeconds)
            {
                Remove(folder, null);
            }
            return;
        }
        FileStream? @lock = null;
        try
        {
            @lock = Open(lockFile);
            using var reader = new StreamReader(@lock, leaveOpen: true);
            string name = reader.ReadToEnd();
            if (name.Length == 0 ? age > MakingSeconds : Locks(lockFile) ? PutBack(folder, Path.Combine(parent, Path.GetFileName(name))) : age > UnlockableSeconds)
            {
                Remove(folder, @lock);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // its process lives
        }
        finally
        {
            @lock?.Dispose();
        }
    }

    // Whether what stood there stands there again, or the new one does: otherwise the only copy stays where it is.
    private static bool PutBack(string folder, string target)
    {
        string old = Path.Combine(folder, OldName);
        return !Directory.Exists(old) || NativeMove.Move(old, target) || Directory.Exists(target);
    }

    private static FileStream Open(string lockFile) => new(lockFile, FileMode.Open, FileAccess.ReadWrite, FileShare.None);

    // Some file systems grant every lock: then only time tells whether a process lives.
    private static bool Locks(string lockFile)
    {
        try
        {
            Open(lockFile).Dispose();
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    private static void Remove(string folder, FileStream? @lock)
    {
        try
        {
            foreach (string below in (string[])[TreeName, OldName])
            {
                string path = Path.Combine(folder, below);
                switch (FileTree.Host.LinkStat(path).Kind)
                {
                    case FileKind.Directory:
                        Directory.Delete(path, recursive: true);
                        break;
                    case not FileKind.Missing:
                        File.Delete(path);
                        break;
                }
            }
            // The lock goes last: whoever finds the folder in between sees that somebody is at it.
            Close(@lock);
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Close(@lock); // the next command finds it
        }
    }

    // What could not be written on a full disk is tried once more by this, and is of no use any more.
    private static void Close(FileStream? @lock)
    {
        try
        {
            @lock?.Dispose();
        }
        catch (IOException)
        {
            // closed all the same
        }
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
