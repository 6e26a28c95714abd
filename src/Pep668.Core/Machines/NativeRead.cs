using System.Runtime.InteropServices;

namespace Pep668.Machines;

/// <summary>Reads a file whole with as few system calls as that takes, and never waits for whoever writes into a
/// FIFO.</summary>
internal static partial class NativeRead
{
    private const int NotPermitted = 13; // EACCES
    private const int OperationNotPermitted = 1; // EPERM

    // O_RDONLY | O_CLOEXEC | O_NONBLOCK: fcntl.h of Linux (asm-generic) and of Darwin.
    private static readonly int Flags = OperatingSystem.IsMacOS() ? 0x1000000 | 0x4 : 0x80000 | 0x800;

    internal static FileContent Missing { get; } = new(null, "it does not exist");

    /// <summary>The bytes of a regular file, or why there are none.</summary>
    internal static FileContent Whole(string disk, int limit) =>
        disk.Contains('\0', StringComparison.Ordinal) ? Missing
        : OperatingSystem.IsLinux() || OperatingSystem.IsMacOS() ? Posix(disk, limit)
        : Managed(disk, limit);

    private static FileContent Posix(string disk, int limit)
    {
        int descriptor = Open(disk, Flags);
        if (descriptor < 0)
        {
            return Marshal.GetLastPInvokeError() is NotPermitted or OperationNotPermitted
                ? new(null, "reading it is not permitted")
                : Missing;
        }
        try
        {
            FileEntry entry = NativeFile.Stat(descriptor);
            if (Problem(entry, limit) is string problem)
            {
                return new(null, problem);
            }
            byte[] bytes = new byte[entry.Size];
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
            }
            return new(bytes, null);
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

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
            return new(null, error.Message);
        }
    }

    private static string? Problem(FileEntry entry, int limit) => entry.Kind switch
    {
        FileKind.Missing => Missing.Problem,
        FileKind.Directory => "it is a directory",
        FileKind.File => entry.Size > limit ? FormattableString.Invariant($"it is larger than {limit} bytes") : null,
        _ => "it is not a regular file",
    };

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    private static partial nint Read(int descriptor, Span<byte> buffer, nint count);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
