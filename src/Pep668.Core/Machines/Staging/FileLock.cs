using System.Text;

namespace Pep668.Machines.Staging;

/// <summary>
/// A file that one process at a time has open: flock(2) on POSIX, the share mode on Windows. The system releases it
/// when the process ends, however it ends. Some file systems grant every lock to everyone; see
/// <see cref="StagingLock"/>.
/// </summary>
internal sealed class FileLock : IDisposable
{
    private const int MaximumText = 1 << 16;

    private readonly FileStream _file;

    private FileLock(FileStream file) => _file = file;

    /// <summary>The path that it was opened by.</summary>
    internal string FilePath => _file.Name;

    /// <summary>Opens a file and locks it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="mode">Whether it is created.</param>
    /// <param name="access">Reading is enough to see whether it is held.</param>
    /// <param name="options">For one that is deleted with the lock: <see cref="FileOptions.DeleteOnClose"/>.</param>
    /// <exception cref="IOException">It is held (<see cref="IsHeld"/>), or cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not open it.</exception>
    internal static FileLock Take(
        string path, FileMode mode, FileAccess access = FileAccess.ReadWrite, FileOptions options = FileOptions.None) =>
        new(new FileStream(path, mode, access, FileShare.None, bufferSize: 0, options));

    /// <summary>Whether a file could not be locked because another process holds it.</summary>
    internal static bool IsHeld(IOException error) =>
        // ERROR_SHARING_VIOLATION; EWOULDBLOCK of flock(2).
        error.HResult == (OperatingSystem.IsWindows() ? unchecked((int)0x80070020) : OperatingSystem.IsLinux() ? 11 : 35);

    /// <summary>
    /// Whether the path still leads to this file: on POSIX, another process may have deleted it between its opening and
    /// its locking.
    /// </summary>
    internal bool IsInPlace() =>
        OperatingSystem.IsWindows()
        || NativeFile.Stat((int)_file.SafeFileHandle.DangerousGetHandle()).IsSameFile(FileTree.Host.LinkStat(FilePath));

    /// <summary>Its text, up to 64 KiB.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    internal string ReadText()
    {
        byte[] bytes = new byte[Math.Min(_file.Length, MaximumText)];
        _file.Position = 0;
        _file.ReadExactly(bytes);
        return Encoding.UTF8.GetString(bytes);
    }

    /// <summary>Replaces its text.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    internal void WriteText(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        _file.Position = 0;
        _file.Write(bytes);
        _file.SetLength(bytes.Length);
        _file.Flush();
    }

    /// <summary>Deletes the file and releases it. It is emptied first: where it cannot be deleted, an empty one
    /// remains.</summary>
    /// <exception cref="IOException">It cannot be emptied or deleted.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not delete it.</exception>
    internal void Delete()
    {
        _file.SetLength(0);
        if (OperatingSystem.IsWindows())
        {
            Dispose(); // an open file cannot be deleted there
        }
        File.Delete(FilePath);
    }

    /// <summary>Releases it.</summary>
    public void Dispose()
    {
        try
        {
            _file.Dispose();
        }
        catch (IOException)
        {
            // A full disk or a lost network file system: it is closed nevertheless.
        }
    }
}
