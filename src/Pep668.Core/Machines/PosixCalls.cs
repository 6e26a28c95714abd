using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Pep668.Machines;

/// <summary>
/// The system calls that name a file by the descriptor of its folder (POSIX.1-2008, Linux, Darwin), with the constants
/// of each system.
/// </summary>
internal static partial class PosixCalls
{
    internal const int Interrupted = 4, PermissionDenied = 13, NotPermitted = 1, Missing = 2, NoDevice = 6, Exists = 17, NotFolder = 20,
        IsFolder = 21;

    private const int AgainLinux = 11, InvalidArgument = 22, OtherFileSystem = 18;
    private const long OpenAt2Call = 437;
    private const ulong ResolveInRoot = 0x10;

    private static readonly bool IsMac = OperatingSystem.IsMacOS();
    private static readonly bool IsMacArm = IsMac && RuntimeInformation.ProcessArchitecture == Architecture.Arm64;

    // fcntl.h: O_DIRECTORY and O_NOFOLLOW have other values on ARM and POWER than elsewhere.
    private static readonly bool IsArmOrPower = RuntimeInformation.ProcessArchitecture
        is Architecture.Arm or Architecture.Arm64 or Architecture.Armv6 or Architecture.Ppc64le;

    internal static readonly int
        ReadOnly = IsMac ? 0x1000000 | 0x4 : 0x80000 | 0x800, // O_RDONLY | O_CLOEXEC | O_NONBLOCK
        CloseOnExec = IsMac ? 0x1000000 : 0x80000,
        Create = IsMac ? 0x200 | 0x800 : 0x40 | 0x80,         // O_CREAT | O_EXCL
        NoFollow = IsMac ? 0x100 : IsArmOrPower ? 0x8000 : 0x20000,
        Folder = IsMac ? 0x100000 : IsArmOrPower ? 0x4000 : 0x10000,
        PathOnly = IsMac ? 0 : 0x200000,                      // O_PATH: Darwin has none
        TooManyLinks = IsMac ? 62 : 40,
        NotEmpty = IsMac ? 66 : 39,
        NameTooLong = IsMac ? 63 : 36,
        NotSupported = IsMac ? 78 : 38;

    internal const int WriteOnly = 1, ReadWrite = 2;

    /// <summary>Opens a folder that is not a link, to name what is in it.</summary>
    internal static readonly int Enter = CloseOnExec | Folder | NoFollow | PathOnly;

    /// <summary>AT_FDCWD: paths are those of the process.</summary>
    internal static readonly int ProcessFolder = IsMac ? -2 : -100;

    private static readonly int RemoveFolder = IsMac ? 0x80 : 0x200; // AT_REMOVEDIR

    /// <summary><c>openat</c>; below 0 for an error.</summary>
    internal static int Open(int folder, string name, int flags, int mode = 0)
    {
        // The mode is a variadic argument, which Darwin on ARM passes on the stack: the unused ones fill the registers.
        while (true)
        {
            int descriptor = IsMacArm ? OpenAtMacArm(folder, name, flags, 0, 0, 0, 0, 0, mode) : OpenAt(folder, name, flags, mode);
            if (descriptor >= 0 || Error() != Interrupted)
            {
                return descriptor;
            }
        }
    }

    /// <summary>The same for a path that ends with a zero.</summary>
    internal static int Open(int folder, ReadOnlySpan<byte> path, int flags)
    {
        while (true)
        {
            int descriptor = OpenAt(folder, path, flags);
            if (descriptor >= 0 || Error() != Interrupted)
            {
                return descriptor;
            }
        }
    }

    /// <summary><c>openat2</c> with <c>RESOLVE_IN_ROOT</c> of Linux 5.6 and later.</summary>
    /// <returns>The descriptor; below 0 for an error, <see cref="NotSupported"/> where the kernel does not have
    /// it.</returns>
    internal static int OpenInRoot(int root, string path, int flags)
    {
        if (IsMac)
        {
            Marshal.SetLastPInvokeError(NotSupported);
            return -1;
        }
        Span<ulong> how = [(ulong)flags, 0, ResolveInRoot];
        const int attempts = 1000;
        for (int attempt = 1; ; attempt++)
        {
            int descriptor = (int)OpenAt2(OpenAt2Call, root, path, how, how.Length * sizeof(ulong));
            // EAGAIN: a folder was renamed while ".." was resolved.
            if (descriptor >= 0 || attempt == attempts || Error() is not (Interrupted or AgainLinux))
            {
                return descriptor;
            }
        }
    }

    internal static bool MakeFolder(int folder, string name, int mode) => MakeDirAt(folder, name, (uint)mode) == 0;

    internal static bool Remove(int folder, string name, bool isFolder = false) => UnlinkAt(folder, name, isFolder ? RemoveFolder : 0) == 0;

    internal static bool Link(string target, int folder, string name) => SymlinkAt(target, folder, name) == 0;

    internal static bool Rename(int from, string name, int to, string newName) => RenameAt(from, name, to, newName) == 0;

    /// <summary>Exchanges two files atomically; false where the system or the file system does not support
    /// it.</summary>
    internal static bool Exchange(int one, string name, int other, string otherName)
    {
        const uint exchange = 2; // RENAME_EXCHANGE of Linux, RENAME_SWAP of Darwin
        try
        {
            return (IsMac ? RenameAtX(one, name, other, otherName, exchange) : RenameAt2(one, name, other, otherName, exchange)) == 0;
        }
        catch (EntryPointNotFoundException)
        {
            return false; // a C library from before the call
        }
    }

    /// <summary>Where a link leads; null when it is not a link.</summary>
    internal static string? ReadLink(int folder, string name)
    {
        Span<byte> buffer = stackalloc byte[4096]; // PATH_MAX
        int length = (int)ReadLinkAt(folder, name, buffer, buffer.Length);
        return length < 0 ? null : PosixPath.Decode(buffer[..length]);
    }

    internal static bool SetMode(int descriptor, int mode) => FChmod(descriptor, (uint)mode) == 0;

    internal static void Close(int descriptor) => _ = CloseDescriptor(descriptor);

    /// <summary>Closes a file that was written; false if what was written could not be stored.</summary>
    internal static bool TryClose(int descriptor) => CloseDescriptor(descriptor) == 0 || Error() == Interrupted;

    /// <summary>The number of the last error.</summary>
    internal static int Error() => Marshal.GetLastPInvokeError();

    /// <summary>The last error as an exception.</summary>
    /// <param name="path">What could not be used.</param>
    internal static Exception Failed(string path) => Failed(path, Error());

    /// <summary>An error as an exception: with its number as <see cref="Exception.HResult"/>.</summary>
    internal static Exception Failed(string path, int error)
    {
        string message = $"{new Win32Exception(error).Message.TrimEnd('.')} : '{path}'";
        return error switch
        {
            NotPermitted or PermissionDenied => new UnauthorizedAccessException(message),
            Missing => new DirectoryNotFoundException(message),
            _ when error == NameTooLong => new PathTooLongException(message),
            _ => new IOException(message, error),
        };
    }

    /// <summary>Whether the error means that nothing is at the path.</summary>
    internal static bool IsMissing(int error) =>
        error is Missing or NotFolder || error == TooManyLinks || error == NameTooLong;

    /// <summary>Whether the error means that the file system or the kernel does not have the call.</summary>
    internal static bool IsUnsupported(int error) => error == NotSupported || error is NotPermitted or InvalidArgument or OtherFileSystem;

    [LibraryImport("libc", EntryPoint = "openat", StringMarshalling = StringMarshalling.Custom,
        StringMarshallingCustomType = typeof(PosixPath), SetLastError = true)]
    private static partial int OpenAt(int folder, string name, int flags, int mode);

    // Without the mode, no argument is variadic.
    [LibraryImport("libc", EntryPoint = "openat", SetLastError = true)]
    private static partial int OpenAt(int folder, ReadOnlySpan<byte> path, int flags);

    [LibraryImport("libc", EntryPoint = "openat", StringMarshalling = StringMarshalling.Custom,
        StringMarshallingCustomType = typeof(PosixPath), SetLastError = true)]
    private static partial int OpenAtMacArm(
        int folder, string name, int flags, nint fourth, nint fifth, nint sixth, nint seventh, nint eighth, nint mode);

    [LibraryImport("libc", EntryPoint = "syscall", StringMarshalling = StringMarshalling.Custom,
        StringMarshallingCustomType = typeof(PosixPath), SetLastError = true)]
    private static partial long OpenAt2(long number, nint folder, string path, Span<ulong> how, nint size);

    [LibraryImport("libc", EntryPoint = "mkdirat", StringMarshalling = StringMarshalling.Custom,
        StringMarshallingCustomType = typeof(PosixPath), SetLastError = true)]
    private static partial int MakeDirAt(int folder, string name, uint mode);

    [LibraryImport("libc", EntryPoint = "unlinkat", StringMarshalling = StringMarshalling.Custom,
        StringMarshallingCustomType = typeof(PosixPath), SetLastError = true)]
    private static partial int UnlinkAt(int folder, string name, int flags);

    [LibraryImport("libc", EntryPoint = "symlinkat", StringMarshalling = StringMarshalling.Custom,
        StringMarshallingCustomType = typeof(PosixPath), SetLastError = true)]
    private static partial int SymlinkAt(string target, int folder, string name);

    [LibraryImport("libc", EntryPoint = "readlinkat", StringMarshalling = StringMarshalling.Custom,
        StringMarshallingCustomType = typeof(PosixPath), SetLastError = true)]
    private static partial nint ReadLinkAt(int folder, string name, Span<byte> buffer, nint length);

    [LibraryImport("libc", EntryPoint = "renameat", StringMarshalling = StringMarshalling.Custom,
        StringMarshallingCustomType = typeof(PosixPath), SetLastError = true)]
    private static partial int RenameAt(int from, string name, int to, string newName);

    [LibraryImport("libc", EntryPoint = "renameat2", StringMarshalling = StringMarshalling.Custom,
        StringMarshallingCustomType = typeof(PosixPath), SetLastError = true)]
    private static partial int RenameAt2(int from, string name, int to, string newName, uint flags);

    [LibraryImport("libc", EntryPoint = "renameatx_np", StringMarshalling = StringMarshalling.Custom,
        StringMarshallingCustomType = typeof(PosixPath), SetLastError = true)]
    private static partial int RenameAtX(int from, string name, int to, string newName, uint flags);

    [LibraryImport("libc", EntryPoint = "fchmod", SetLastError = true)]
    private static partial int FChmod(int descriptor, uint mode);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int CloseDescriptor(int descriptor);
}
