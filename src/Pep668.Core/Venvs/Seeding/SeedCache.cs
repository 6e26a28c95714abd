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
        foreach (string path in Folder is not null && IsOwn(Folder) ? SeedFiles(Folder) : [])
        {
            if (FileTree.Host.LinkStat(path).Kind == FileKind.Directory)
            {
                HostFiles.DeleteTree(path); // a folder with the name of a seed
            }
            else
            {
                HostFiles.Delete(path);
            }
            count += path.EndsWith(".seed", StringComparison.Ordinal) ? 1 : 0;
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
        if (Folder is null || !IsOwn(Folder))
        {
            return null;
        }
        string path = Path.Combine(Folder, key);
        FileEntry entry = FileTree.Host.LinkStat(path);
        return entry.Kind == FileKind.File && IsOwn(entry) && MappedFile.Open(path) is MappedFile pack
            ? SeedFormat.Read(pack.Memory, pack.Source) : null;
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
        while (Folder is not null && MakeFolder(Folder))
        {
            try
            {
                return FileLock.Take(Path.Combine(Folder, key + ".lock"), FileMode.OpenOrCreate, options: FileOptions.DeleteOnClose);
            }
            catch (UnauthorizedAccessException)
            {
                return null;
            }
            catch (IOException) when (FileTree.Host.IsFile(Path.Combine(Folder, key + ".lock")) && Environment.TickCount64 < end)
            {
                cancellation.WaitHandle.WaitOne(PauseMilliseconds);
                cancellation.ThrowIfCancellationRequested();
            }
            catch (IOException)
            {
                return null;
            }
        }
        return null;
    }

    /// <summary>Stores a seed. If that fails, the seed is prepared again the next time.</summary>
    internal void Store(string key, Seed seed)
    {
        if (Folder is null)
        {
            return;
        }
        string aside = Path.Combine(Folder, $"{key}.{Guid.NewGuid():N}");
        try
        {
            if (MakeFolder(Folder))
            {
                DiscardOld(Folder);
                HostFiles.Write(aside, SeedFormat.Write(seed));
                HostFiles.Replace(aside, Path.Combine(Folder, key));
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Discard(aside);
        }
    }

    // Whether the folder exists, or was created, and belongs to the user.
    private static bool MakeFolder(string folder)
    {
        try
        {
            HostFiles.CreatePrivateFolder(folder);
            return IsOwn(folder);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    // Incomplete files of killed processes.
    private static void DiscardOld(string folder)
    {
        foreach (string file in SeedFiles(folder))
        {
            if (!file.EndsWith(".seed", StringComparison.Ordinal)
                && DateTimeOffset.UtcNow.ToUnixTimeSeconds() - FileTree.Host.LinkStat(file).Modified > WritingSeconds)
            {
                Discard(file);
            }
        }
    }

    // Seeds, and what is named after one: a lock, or a file that is being written.
    private static IEnumerable<string> SeedFiles(string folder) => FileTree.Host.List(folder)
        .Where(item => item.Name.Contains(".seed", StringComparison.Ordinal)).Select(item => Path.Combine(folder, item.Name));

    private static void Discard(string file)
    {
        try
        {
            HostFiles.Delete(file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // a full or read-only disk; the next Clear deletes it
        }
    }

    private static bool IsOwn(string folder) => FileTree.Host.LinkStat(folder) is { Kind: FileKind.Directory } entry && IsOwn(entry);

    private static bool IsOwn(FileEntry entry) =>
        HostPlatform.IsWindows
        || (entry.Owner == NativeFile.UserId() && (entry.Mode & (UnixFileMode.GroupWrite | UnixFileMode.OtherWrite)) == 0);
}
