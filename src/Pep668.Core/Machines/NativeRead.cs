using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Pep668.Machines;

/// <summary>Reads a file whole with as few system calls as that takes, and never waits for whoever writes into a
/// FIFO.</summary>
internal static partial class NativeRead
{
    private const string NotRegular = "it is not a regular file";
    private const int PageSize = 4096;

    internal static FileContent Missing { get; } = new(null, "it does not exist");

    /// <summary>The bytes of a regular file, or why there are none.</summary>
    internal static FileContent Whole(string disk, int limit) =>
        disk.Contains('\0', StringComparison.Ordinal) ? Missing
        : HostPlatform.IsWindows ? Managed(disk, limit)
        : Whole(PosixCalls.Open(PosixCalls.ProcessFolder, disk, PosixCalls.ReadOnly), limit);

    /// <summary>A regular file opened for reading in parts; null when it is not one or cannot be read.</summary>
    internal static SafeFileHandle? Open(string disk)
    {
        if (disk.Contains('\0', StringComparison.Ordinal))
        {
            return null;
        }
        if (!HostPlatform.IsWindows)
        {
            return Open(PosixCalls.Open(PosixCalls.ProcessFolder, disk, PosixCalls.ReadOnly));
        }
        try
        {
            return NativeFile.Stat(disk, follow: true).Kind == FileKind.File
                ? File.OpenHandle(disk, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete)
                : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Reads the first bytes of a regular file.</summary>
    /// <returns>How many were read; below 0 if it cannot be read.</returns>
    internal static int Start(string disk, Span<byte> buffer)
    {
        if (HostPlatform.IsWindows)
        {
            using SafeFileHandle? file = Open(disk);
            return file is null ? -1 : Start(file, buffer);
        }
        return disk.Contains('\0', StringComparison.Ordinal) ? -1
            : Start(PosixCalls.Open(PosixCalls.ProcessFolder, disk, PosixCalls.ReadOnly), buffer);
    }

    /// <summary>The same of a descriptor of POSIX, which is closed; below 0 for none.</summary>
    internal static int Start(int descriptor, Span<byte> buffer)
    {
        if (descriptor < 0)
        {
            return -1;
        }
        try
        {
            // A folder is a failure of the read, and nothing else is waited for: the descriptor does not block.
            return (int)Read(descriptor, buffer, buffer.Length);
        }
        finally
        {
            PosixCalls.Close(descriptor);
        }
    }

    /// <summary>Reads the whole of a regular file by its descriptor of POSIX, which is closed; below 0 for
    /// none.</summary>
    /// <returns>Its length; below 0 if it is not smaller than the buffer or cannot be read.</returns>
    internal static int Small(int descriptor, Span<byte> buffer)
    {
        if (descriptor < 0)
        {
            return -1;
        }
        try
        {
            int done = 0;
            while (done < buffer.Length)
            {
                int read = (int)Read(descriptor, buffer[done..], buffer.Length - done);
                if (read <= 0)
                {
                    return read < 0 ? -1 : done;
                }
                done += read;
            }
            return -1;
        }
        finally
        {
            PosixCalls.Close(descriptor);
        }
    }

    private static int Start(SafeFileHandle file, Span<byte> buffer)
    {
        try
        {
            return RandomAccess.Read(file, buffer, 0);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return -1;
        }
    }

    /// <summary>The same of a descriptor of POSIX, below 0 for none.</summary>
    internal static SafeFileHandle? Open(int descriptor)
    {
        if (descriptor < 0)
        {
            return null;
        }
        if (NativeFile.Stat(descriptor).Kind == FileKind.File)
        {
            return new(descriptor, ownsHandle: true);
        }
        PosixCalls.Close(descriptor);
        return null;
    }

    /// <summary>The bytes of a regular file by its descriptor, which is closed; below 0, the last error is the
    /// problem.</summary>
    internal static FileContent Whole(int descriptor, int limit)
    {
        if (descriptor < 0)
        {
            return Unopened(PosixCalls.Error());
        }
        try
        {
            FileEntry entry = NativeFile.Stat(descriptor);
            if (Problem(entry, limit) is string problem)
            {
                return new(null, problem);
            }
            // The files of /proc have no size.
            byte[] bytes = new byte[entry.Size > 0 ? entry.Size : Math.Min(limit, PageSize)];
            int read = 0;
            while (read < bytes.Length)
            {
                nint count = Read(descriptor, bytes.AsSpan(read), bytes.Length - read);
                if (count < 0)
                {
                    return new(null, $"reading it failed: {Marshal.GetLastPInvokeErrorMessage()}");
                }
                if (count == 0)
                {
                    return new(bytes[..read], null);
                }
                read += (int)count;
                if (read == bytes.Length && entry.Size == 0 && read < limit)
                {
                    Array.Resize(ref bytes, (int)Math.Min(limit, 2L * read));
                }
            }
            return entry.Size > 0 ? new(bytes, null) : new(null, TooLarge(limit));
        }
        finally
        {
            PosixCalls.Close(descriptor);
        }
    }

    private static FileContent Unopened(int error) => error switch
    {
        PosixCalls.PermissionDenied or PosixCalls.NotPermitted => new(null, "reading it is not permitted"),
        PosixCalls.NoDevice => new(null, NotRegular), // a socket
        _ when PosixCalls.IsMissing(error) => Missing,
        _ => new(null, $"reading it failed: {Marshal.GetPInvokeErrorMessage(error)}"),
    };

    private static FileContent Managed(string disk, int limit)
    {
        FileEntry entry = NativeFile.Stat(disk, follow: true);
        if (Problem(entry, limit) is string problem)
        {
            return new(null, problem);
        }
        try
        {
            return new(File.ReadAllBytes(disk), null);
        }
        catch (UnauthorizedAccessException)
        {
            return new(null, "reading it is not permitted");
        }
        catch (IOException error)
        {
            return new(null, $"reading it failed: {Text.Sentence.ToClause(error.Message)}");
        }
    }

    private static string? Problem(FileEntry entry, int limit) => entry.Kind switch
    {
        FileKind.Missing => Missing.Problem,
        FileKind.Directory => "it is a directory",
        FileKind.File => entry.Size > limit ? TooLarge(limit) : null,
        _ => NotRegular,
    };

    private static string TooLarge(int limit) => FormattableString.Invariant($"it is larger than {limit} bytes");

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    private static partial nint Read(int descriptor, Span<byte> buffer, nint count);
}
