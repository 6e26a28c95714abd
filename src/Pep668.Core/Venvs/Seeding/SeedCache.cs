using System.Security.Cryptography;
using Pep668.Machines;
using Pep668.Machines.Staging;

namespace Pep668.Venvs.Seeding;

/// <summary>
/// Prepared seeds in the user's cache folder. Each is one file that is renamed into place and verified whenever it is
/// read, so that any number of processes can use it at the same time. A folder that belongs to another user, or that
/// others can write to, is not used.
/// </summary>
internal sealed class SeedCache
{
    private const long WritingSeconds = 3600, LockMilliseconds = 30_000;
    private const int PauseMilliseconds = 10;

    private SeedCache(string? folder) => Folder = folder;

    /// <summary>The folder; null if the user has none. It can be deleted at any time.</summary>
    public string? Folder { get; }

    /// <summary>The cache of a user: <c>seeds</c> in Pep668's cache folder (<c>PEP668_CACHE_DIR</c>).</summary>
    public static SeedCache For(Machine machine)
    {
        ArgumentNullException.ThrowIfNull(machine);
        return new(UserFolders.OwnCache(machine) is string cache ? Path.Combine(cache, "seeds") : null);
    }

    /// <summary>Deletes every seed.</summary>
    /// <returns>How many were deleted.</returns>
    /// <exception cref="IOException">One could not be deleted.</exception>
    /// <exception cref="UnauthorizedAccessException">One may not be deleted.</exception>
    public int Clear()
    {
        int count = 0;
        using OpenFolder? folder = OpenExisting();
        foreach (string name in folder is null ? [] : SeedFiles(folder))
        {
            folder!.DeleteTree(name);
            count += name.EndsWith(".seed", StringComparison.Ordinal) ? 1 : 0;
        }
        return count;
    }

    /// <summary>The name of a seed: the hash of the wheel, and the interpreter that reads the byte-code.</summary>
    /// <param name="wheel">The bytes of the wheel.</param>
    /// <param name="installer">The hash of the pip wheel that would install it.</param>
    /// <param name="python">The interpreter.</param>
    internal static string Key(byte[] wheel, string installer, PythonEnvironment python)
    {
        // The magic number of byte-code changes between pre-releases, and with nothing smaller than a minor version
        // otherwise.
        string version =
            python.Version is string text && text.AsSpan().IndexOfAnyInRange('a', 'z') >= 0 ? text : python.VersionInfo!.ToString(2);
        string implementation = python.Implementation.ToLowerInvariant() + version + (python.IsFreeThreaded ? "t" : "");
        return $"{Hash(wheel)}-{installer[..16]}-{implementation}.seed";
    }

    /// <summary>The SHA-256 of some bytes, in hexadecimal.</summary>
    internal static string Hash(byte[] bytes) => Convert.ToHexString(SHA256.HashData(bytes)).ToLowerInvariant();

    /// <summary>A stored seed; null if it is missing or damaged.</summary>
    internal Seed? Find(string key)
    {
        using OpenFolder? folder = OpenExisting();
        try
        {
            return folder?.Stat(key) is FileEntry { Kind: FileKind.File } entry && IsOwn(entry)
                && MappedFile.Open(folder.OpenFile(key)) is MappedFile pack
                    ? SeedFormat.Read(pack.Memory, pack.Source) : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null; // another process deleted it, or it has other names
        }
    }

    /// <summary>
    /// Waits while another process prepares a seed, so that many processes do not all prepare the same one, which takes
    /// a second of all processors. A process that does not get the lock prepares its own: nothing depends on the lock.
    /// </summary>
    /// <param name="key">The name of the seed.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>The lock, to be held until the seed is stored; null without one.</returns>
    /// <exception cref="OperationCanceledException">The waiting was ended.</exception>
    internal IDisposable? LockSeed(string key, CancellationToken cancellation)
    {
        long end = Environment.TickCount64 + LockMilliseconds;
        OpenFolder? folder = OpenOrCreate();
        while (folder is not null)
        {
            try
            {
                return new SeedLock(folder, FileLock.TakeTemporary(folder, key + ".lock"));
            }
            catch (IOException error) when (FileLock.IsHeld(error) && Environment.TickCount64 < end)
            {
                if (cancellation.WaitHandle.WaitOne(PauseMilliseconds))
                {
                    folder.Dispose();
                    cancellation.ThrowIfCancellationRequested();
                }
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                folder.Dispose();
                return null;
            }
        }
        return null;
    }

    /// <summary>Stores a seed. If that fails, the seed is prepared again the next time.</summary>
    internal void Store(string key, Seed seed)
    {
        using OpenFolder? folder = OpenOrCreate();
        if (folder is null)
        {
            return;
        }
        string aside = $"{key}.{UnusedName.New()}";
        try
        {
            DiscardOld(folder);
            folder.Write(aside, SeedFormat.Write(seed), new(IsPrivate: true));
            folder.Replace(aside, folder, key);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Discard(folder, aside);
        }
    }

    // Both null if the folder is a link, belongs to another user, or others can write to it.
    private OpenFolder? OpenExisting()
    {
        using OpenFolder? parent = Folder is null ? null : OpenFolder.TryOpen(Path.GetDirectoryName(Folder)!);
        return parent is null ? null : Checked(parent);
    }

    private OpenFolder? OpenOrCreate()
    {
        try
        {
            var created = new List<CreatedFolder>();
            using OpenFolder? parent =
                Folder is null ? null : OpenFolder.OpenOrCreate(Path.GetDirectoryName(Folder)!, isPrivate: true, created);
            OpenFolder.Close(created, removesEmpty: false);
            parent?.MakeFolder(Path.GetFileName(Folder)!, isPrivate: true);
            return parent is null ? null : Checked(parent);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private OpenFolder? Checked(OpenFolder parent)
    {
        OpenFolder? folder = null;
        try
        {
            folder = parent.OpenChild(Path.GetFileName(Folder)!);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
        if (IsOwn(folder.Stat()))
        {
            return folder;
        }
        folder.Dispose();
        return null;
    }

    // Incomplete files of killed processes.
    private static void DiscardOld(OpenFolder folder)
    {
        foreach (string name in SeedFiles(folder))
        {
            if (!name.EndsWith(".seed", StringComparison.Ordinal)
                && DateTimeOffset.UtcNow.ToUnixTimeSeconds() - folder.Stat(name).Modified > WritingSeconds)
            {
                Discard(folder, name);
            }
        }
    }

    // Seeds, and what is named after one: a lock, or a file that is being written.
    private static IEnumerable<string> SeedFiles(OpenFolder folder) =>
        (folder.List() ?? []).Select(item => item.Name).Where(name => name.Contains(".seed", StringComparison.Ordinal));

    private static void Discard(OpenFolder folder, string name)
    {
        try
        {
            folder.DeleteFile(name);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // a full or read-only disk; the next Clear deletes it
        }
    }

    private static bool IsOwn(FileEntry entry) =>
        FileTrust.IsOwn(entry) && (entry.Mode & (UnixFileMode.GroupWrite | UnixFileMode.OtherWrite)) == 0;

    private sealed class SeedLock(OpenFolder folder, FileLock file) : IDisposable
    {
        public void Dispose()
        {
            file.Dispose();
            folder.Dispose();
        }
    }
}
