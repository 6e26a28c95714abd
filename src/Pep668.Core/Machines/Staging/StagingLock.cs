namespace Pep668.Machines.Staging;

/// <summary>Opens a file and locks it, as <see cref="FileLock.Take"/> does.</summary>
internal delegate FileLock LockTaker(string path, FileMode mode);

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

    private readonly FileLock? _file;

    private StagingLock(string folder, FileLock? file, string text) => (Folder, _file, Text) = (folder, file, text);

    /// <summary>The folder.</summary>
    internal string Folder { get; }

    /// <summary>What its process wrote into the file; empty also where the file is missing.</summary>
    internal string Text { get; }

    /// <summary>Makes a folder with a new name, and locks it.</summary>
    /// <param name="parent">The folder that it is made in.</param>
    /// <param name="text">What is written into the locked file.</param>
    /// <param name="tree">The folder that is made beside that file.</param>
    /// <exception cref="IOException">It cannot be made there.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made there.</exception>
    internal static StagingLock Create(string parent, string text, string tree)
    {
        for (int attempt = 1; ; attempt++)
        {
            string folder = Path.Combine(parent, StagingName.NewName());
            try
            {
                return CreateAt(folder, text, tree);
            }
            catch (IOException) when (attempt < Attempts && Directory.Exists(folder))
            {
                // Another process looked into the lock just when it was made.
                new StagingLock(folder, null, text).TryRemove();
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                new StagingLock(folder, null, text).TryRemove();
                throw;
            }
        }
    }

    private static StagingLock CreateAt(string folder, string text, string tree)
    {
        Directory.CreateDirectory(folder);
        var file = FileLock.Take(Path.Combine(folder, FileName), FileMode.CreateNew);
        try
        {
            file.WriteText(text);
            Directory.CreateDirectory(Path.Combine(folder, tree));
            return new(folder, file, text);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Locks a folder whose process has ended; null while it lives, or may.</summary>
    /// <param name="folder">A folder with a staging name.</param>
    /// <param name="hasText">Whether its process writes text into the file, so that an empty one is just being
    /// made.</param>
    /// <param name="take">How a file is locked; null for <see cref="FileLock.Take"/>.</param>
    internal static StagingLock? TakeAbandoned(string folder, bool hasText, LockTaker? take = null)
    {
        string path = Path.Combine(folder, FileName);
        long age = DateTimeOffset.UtcNow.ToUnixTimeSeconds() - FileTree.Host.LinkStat(folder).Modified;
        if (!FileTree.Host.IsFile(path))
        {
            // One that is just being made has no lock yet.
            return age > MakingSeconds ? new(folder, null, "") : null;
        }
        take ??= static (file, mode) => FileLock.Take(file, mode);
        FileLock? file = null;
        try
        {
            file = take(path, FileMode.Open);
            string text = file.ReadText();
            if (hasText && text.Length == 0 ? age > MakingSeconds : IsEffective(path, take) || age > UnlockableSeconds)
            {
                return new(folder, file, text);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Its process lives.
        }
        file?.Dispose();
        return null;
    }

    // Whether a lock that is held here is refused to a second one who asks.
    private static bool IsEffective(string path, LockTaker take)
    {
        try
        {
            take(path, FileMode.Open).Dispose();
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
            foreach (string path in Directory.GetFileSystemEntries(Folder))
            {
                if (FileTree.Host.LinkStat(path).Kind == FileKind.Directory)
                {
                    Directory.Delete(path, recursive: true);
                }
                else if (Path.GetFileName(path) is not FileName)
                {
                    File.Delete(path);
                }
            }
        }
        finally
        {
            Dispose();
        }
        Directory.Delete(Folder, recursive: true);
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
    public void Dispose() => _file?.Dispose();
}
