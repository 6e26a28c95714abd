using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Pep668.Machines;

/// <summary>Writes a new file whole with as few system calls as that takes: four, where .NET's own way needs
/// nine.</summary>
internal static partial class NativeWrite
{
    private const int WriteOnly = 1, Create = 0x40, Exclusive = 0x80, CloseOnExec = 0x80000; // fcntl.h of Linux (asm-generic)
    private const int DefaultMode = 0x1B6; // 0666, of which the user's mask takes its part
    private const int Interrupted = 4, NotPermitted = 1, PermissionDenied = 13;
    private const long Omit = 0x3FFFFFFE; // UTIME_OMIT

    /// <summary>Writes a file that does not exist yet.</summary>
    /// <param name="path">Where.</param>
    /// <param name="content">Its bytes.</param>
    /// <param name="mode">Its permissions, from those that the user's mask leaves; null for these.</param>
    /// <param name="modified">Its time of modification, in seconds since 1970; null for now.</param>
    /// <param name="source">A file that has these bytes, to share them where that can be done; null when there is
    /// none.</param>
    /// <param name="offset">Where they stand in it.</param>
    /// <exception cref="IOException">It could not be written, or exists.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    internal static void File(string path, ReadOnlySpan<byte> content, Func<UnixFileMode, UnixFileMode>? mode, long? modified,
        ReflinkSource? source = null, long offset = 0)
    {
        // Elsewhere the constants and the calling convention of open are others.
        if (OperatingSystem.IsLinux() && Environment.Is64BitProcess && mode is null)
        {
            Linux(path, content, modified, source, offset);
            return;
        }
        using SafeFileHandle file =
            System.IO.File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        RandomAccess.Write(file, content, 0);
        if (!OperatingSystem.IsWindows() && mode is not null)
        {
            System.IO.File.SetUnixFileMode(file, mode(System.IO.File.GetUnixFileMode(file)));
        }
        if (modified is long seconds)
        {
            System.IO.File.SetLastWriteTimeUtc(file, DateTimeOffset.FromUnixTimeSeconds(seconds).UtcDateTime);
        }
    }

    private static void Linux(string path, ReadOnlySpan<byte> content, long? modified, ReflinkSource? source, long offset)
    {
        int descriptor = Open(path, WriteOnly | Create | Exclusive | CloseOnExec, DefaultMode);
        if (descriptor < 0)
        {
            throw Failed(path);
        }
        Exception? failure = null;
        if (source?.TryShare(descriptor, offset, content.Length) == true)
        {
            content = [];
        }
        while (content.Length > 0 && failure is null)
        {
            nint count = Write(descriptor, content, content.Length);
            failure = count < 0 && Marshal.GetLastPInvokeError() != Interrupted ? Failed(path) : null;
            content = content[(int)Math.Max(0, count)..];
        }
        if (failure is null && modified is long seconds && SetTimes(descriptor, [0, Omit, seconds, 0]) != 0)
        {
            failure = Failed(path);
        }
        // A network file system may say only here that there is no space.
        if (Close(descriptor) != 0 && Marshal.GetLastPInvokeError() != Interrupted)
        {
            failure ??= Failed(path);
        }
        if (failure is not null)
        {
            throw failure;
        }
    }

    private static Exception Failed(string path)
    {
        int error = Marshal.GetLastPInvokeError();
        string message = $"{new Win32Exception(error).Message} : '{path}'";
        return error is NotPermitted or PermissionDenied ? new UnauthorizedAccessException(message) : new IOException(message, error);
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Open(string path, int flags, int mode);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint Write(int descriptor, ReadOnlySpan<byte> content, nint count);

    [LibraryImport("libc", EntryPoint = "futimens", SetLastError = true)]
    private static partial int SetTimes(int descriptor, ReadOnlySpan<long> times);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int descriptor);
}
