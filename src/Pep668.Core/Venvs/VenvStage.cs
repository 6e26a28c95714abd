using Pep668.Machines;

namespace Pep668.Venvs;

/// <summary>
/// The place beside a target where its new tree grows, until it takes the target's name in one step. It is locked while its process lives; what a killed one left is
/// found by that, put right and removed by the next.
/// </summary>
internal sealed class VenvStage : IDisposable
{
    private const string Start = ".pep668-", LockName = "lock", TreeName = "tree", OldName = "old";

    private readonly string _target;
    private readonly string _folder;
    private readonly FileStream _lock;
    private readonly string? _firstMade;
    private bool _published;

    private VenvStage(string target, string folder, FileStream @lock, string? firstMade) =>
        (_target, _folder, _lock, _firstMade) = (target, folder, @lock, firstMade);

    /// <summary>The folder to fill.</summary>
    internal string Tree => Path.Combine(_folder, TreeName);

    /// <summary>Makes one, with the folders that lead to the target.</summary>
    /// <exception cref="IOException">It cannot be made there.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made there.</exception>
    internal static VenvStage Create(string target)
    {
        string parent = Path.GetDirectoryName(target)!;
        string? firstMade = null;
        for (string? above = parent; above is not null && !Directory.Exists(above); above = Path.GetDirectoryName(above))
        {
            firstMade = above;
        }
        Directory.CreateDirectory(parent);
        string folder = Path.Combine(parent, Start + Guid.NewGuid().ToString("N")[..12]);
        Directory.CreateDirectory(folder);
        var @lock = new FileStream(Path.Combine(folder, LockName), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
        using (var writer = new StreamWriter(@lock, leaveOpen: true))
        {
            writer.Write(Path.GetFileName(target));
        }
        var stage = new VenvStage(target, folder, @lock, firstMade);
        Directory.CreateDirectory(stage.Tree);
        return stage;
    }

    /// <summary>Gives the tree the target's name.</summary>
    /// <param name="replace">Whether what stands there may be replaced; it keeps its name until the new one has it.</param>
    /// <returns>Whether it was done; false when something stands there.</returns>
    /// <exception cref="IOException">It could not be done; what stood there still does.</exception>
    internal bool Publish(bool replace)
    {
        _published = NativeMove.Move(Tree, _target) || (replace && (NativeMove.TryExchange(Tree, _target) || Replace()));
        return _published;
    }

    // Where there is no swap: a moment without one, and the old one is put back by the next command if this process dies in it.
    private bool Replace()
    {
        string old = Path.Combine(_folder, OldName);
        if (!NativeMove.Move(_target, old))
        {
            return false;
        }
        try
        {
            if (NativeMove.Move(Tree, _target))
            {
                return true;
            }
        }
        catch (IOException)
        {
            NativeMove.Move(old, _target);
            throw;
        }
        NativeMove.Move(old, _target);
        return false;
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
            if (!item.Name.StartsWith(Start, StringComparison.Ordinal))
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
        if (!FileTree.Host.IsFile(lockFile))
        {
            // One that is just being made has no lock yet.
            if (DateTimeOffset.UtcNow.ToUnixTimeSeconds() - entry.Modified > 60)
            {
                Remove(folder, null);
            }
            return;
        }
        FileStream @lock;
        try
        {
            @lock = new FileStream(lockFile, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return; // its process lives
        }
        using var reader = new StreamReader(@lock, leaveOpen: true);
        string name = reader.ReadToEnd(), old = Path.Combine(folder, OldName);
        if (Directory.Exists(old) && name.Length > 0 && string.Equals(Path.GetFileName(name), name, StringComparison.Ordinal) && !NativeMove.Move(old, Path.Combine(parent, name)) && !Directory.Exists(Path.Combine(parent, name)))
        {
            @lock.Dispose();
            return; // the only copy of what stood there stays
        }
        Remove(folder, @lock);
    }

    private static void Remove(string folder, FileStream? @lock)
    {
        try
        {
            foreach (string below in (string[])[TreeName, OldName])
            {
                if (Directory.Exists(Path.Combine(folder, below)))
                {
                    Directory.Delete(Path.Combine(folder, below), recursive: true);
                }
            }
            // The lock goes last: whoever finds the folder in between sees that somebody is at it.
            @lock?.Dispose();
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            @lock?.Dispose(); // the next command finds it
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
