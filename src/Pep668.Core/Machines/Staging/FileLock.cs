using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Pep668.Machines.Staging;

/// <summary>
/// A file that one process at a time has open: flock(2) on POSIX, the share mode on Windows. The system releases it
/// when the process ends, however it ends. Some file systems grant every lock to everyone; see
/// <see cref="StagingLock"/>.
/// </summary>
internal sealed partial class FileLock : IDisposable
{
    private const int MaximumText = 1 << 16;
    private const int ExclusiveAtOnce = 2 | 4; // LOCK_EX | LOCK_NB
    private const int Attempts = 5;

    private readonly OpenFolder _folder;
    private readonly string _name;
    private readonly SafeFileHandle _file;

    private FileLock(OpenFolder folder, string name, SafeFileHandle file) => (_folder, _name, _file) = (folder, name, file);

    /// <summary>What the file is.</summary>
    internal FileEntry Entry => HostPlatform.IsWindows ? _folder.Stat(_name) : NativeFile.Stat((int)_file.DangerousGetHandle());

    /// <summary>Whether the file is deleted when the lock is released.</summary>
    internal bool IsTemporary { get; init; }

    /// <summary>Opens a file and locks it.</summary>
    /// <param name="folder">Its folder, which must stay open as long as the lock.</param>
    /// <param name="name">Its name.</param>
    /// <param name="use">Whether it is created, or only read.</param>
    /// <exception cref="IOException">It is held (<see cref="IsHeld"/>), is not a regular file with one name, or cannot
    /// be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not open it.</exception>
    internal static FileLock Take(OpenFolder folder, string name, FileUse use)
    {
        for (int attempt = 1; ; attempt++)
        {
            SafeFileHandle file = folder.OpenFile(name, use);
            if (!HostPlatform.IsWindows && Lock((int)file.DangerousGetHandle(), ExclusiveAtOnce) != 0)
            {
                int error = PosixCalls.Error();
                file.Dispose();
                throw PosixCalls.Failed(Path.Combine(folder.FullName, name), error);
            }
            // Another process may have deleted it between its opening and its locking.
            if (HostPlatform.IsWindows || attempt == Attempts
                || NativeFile.Stat((int)file.DangerousGetHandle()).IsSameFile(folder.Stat(name)))
            {
                return new(folder, name, file);
            }
            file.Dispose();
        }
    }

    /// <summary>The same for a file that is deleted with the lock.</summary>
    internal static FileLock TakeTemporary(OpenFolder folder, string name)
    {
        FileLock taken = Take(folder, name, FileUse.LockOrCreate);
        return new(folder, name, taken._file) { IsTemporary = true };
    }

    /// <summary>Whether a file could not be locked because another process holds it.</summary>
    internal static bool IsHeld(IOException error) =>
        // ERROR_SHARING_VIOLATION; EWOULDBLOCK of flock(2).
        error.HResult == (HostPlatform.IsWindows ? unchecked((int)0x80070020) : HostPlatform.Current == Platform.Linux ? 11 : 35);

    /// <summary>Its text, up to 64 KiB.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    internal string ReadText()
    {
        byte[] bytes = new byte[Math.Min(RandomAccess.GetLength(_file), MaximumText)];
        int length = RandomAccess.Read(_file, bytes, 0);
        return Encoding.UTF8.GetString(bytes.AsSpan(0, length));
    }

    /// <summary>Replaces its text.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    internal void WriteText(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        RandomAccess.Write(_file, bytes, 0);
        RandomAccess.SetLength(_file, bytes.Length);
    }

    /// <summary>Deletes the file and releases it. It is emptied first: where it cannot be deleted, an empty one
    /// remains.</summary>
    /// <exception cref="IOException">It cannot be emptied or deleted.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not delete it.</exception>
    internal void Delete()
    {
        RandomAccess.SetLength(_file, 0);
        if (_folder is WindowsFolder)
        {
            _file.Dispose(); // an open file cannot be deleted there
        }
        if (_folder is WindowsFolder || Entry.IsSameFile(_folder.Stat(_name)))
        {
            _folder.DeleteFile(_name);
        }
    }

    /// <summary>Releases it.</summary>
    public void Dispose()
    {
        try
        {
            if (IsTemporary && !_file.IsClosed)
            {
                Delete();
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A full disk or a lost network file system: it is closed nevertheless.
        }
        _file.Dispose();
    }

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    private static partial int Lock(int descriptor, int operation);
}
