using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Pep668.Machines;

/// <summary>
/// One system call per question. .NET's own file API knows no owner, no inode and no "what is this, without throwing".
/// </summary>
internal static partial class NativeFile
{
    private const int NoFollow = 0x100, NoFollowMac = 0x20; // AT_SYMLINK_NOFOLLOW
    private const int EmptyPath = 0x1000;      // AT_EMPTY_PATH
    private const uint BasicStats = 0x7ff;     // STATX_BASIC_STATS
    private const int PermissionDenied = 13;   // EACCES
    private const int ExecuteAccess = 1;       // X_OK
    private const int ChangeFolderAccess = 3;  // W_OK | X_OK
    private const int TypeMask = 0xF000, TypeFile = 0x8000, TypeDirectory = 0x4000, TypeLink = 0xA000;

    internal static FileEntry Stat(string path, bool follow) =>
        path.Contains('\0', StringComparison.Ordinal) ? default
        : HostPlatform.IsWindows ? StatManaged(path, follow)
        : Stat(PosixCalls.ProcessFolder, path, follow);

    /// <summary>What a name in an open folder is; not on Windows.</summary>
    internal static FileEntry Stat(int folder, string name, bool follow = false)
    {
        Span<byte> buffer = stackalloc byte[256];
        return HostPlatform.Current == Platform.MacOS
            ? (RuntimeInformation.ProcessArchitecture == Architecture.X64
                ? FStatAtMacX64(folder, name, buffer, follow ? 0 : NoFollowMac)
                : FStatAtMacArm(folder, name, buffer, follow ? 0 : NoFollowMac)) == 0 ? FromMac(buffer) : default
            : StatX(folder, name, follow ? 0 : NoFollow, BasicStats, buffer) == 0 ? FromLinux(buffer) : default;
    }

    /// <summary>What a path that ends with a zero is, links followed; not on Windows.</summary>
    internal static FileEntry Stat(int folder, ReadOnlySpan<byte> path)
    {
        Span<byte> buffer = stackalloc byte[256];
        return HostPlatform.Current == Platform.MacOS
            ? (RuntimeInformation.ProcessArchitecture == Architecture.X64
                ? FStatAtMacX64(folder, path, buffer, 0) : FStatAtMacArm(folder, path, buffer, 0)) == 0 ? FromMac(buffer) : default
            : StatX(folder, path, 0, BasicStats, buffer) == 0 ? FromLinux(buffer) : default;
    }

    /// <summary>What an open file is; not on Windows.</summary>
    internal static FileEntry Stat(int descriptor)
    {
        Span<byte> buffer = stackalloc byte[256];
        return OperatingSystem.IsLinux()
            ? StatX(descriptor, "", EmptyPath, BasicStats, buffer) == 0 ? FromLinux(buffer) : default
            : (RuntimeInformation.ProcessArchitecture == Architecture.X64
                ? FStatMacX64(descriptor, buffer)
                : FStatMacArm(descriptor, buffer)) == 0 ? FromMac(buffer) : default;
    }

    internal static bool IsDenied(string path) =>
        !OperatingSystem.IsWindows() && !path.Contains('\0', StringComparison.Ordinal) && Access(path, 0) != 0
            && Marshal.GetLastPInvokeError() == PermissionDenied;

    internal static bool MayExecute(string path) =>
        OperatingSystem.IsWindows() || Access(path, ExecuteAccess) == 0;

    internal static bool MayWrite(string folder) =>
        OperatingSystem.IsWindows() || Access(folder, ChangeFolderAccess) == 0;

    internal static uint UserId() => OperatingSystem.IsWindows() ? 0 : EffectiveUserId();

    // struct statx has one layout on every architecture (linux/stat.h).
    private static FileEntry FromLinux(ReadOnlySpan<byte> buffer)
    {
        ulong device = ((ulong)MemoryMarshal.Read<uint>(buffer[136..]) << 32) | MemoryMarshal.Read<uint>(buffer[140..]);
        return Entry(
            mode: MemoryMarshal.Read<ushort>(buffer[28..]),
            links: MemoryMarshal.Read<uint>(buffer[16..]),
            owner: MemoryMarshal.Read<uint>(buffer[20..]),
            group: MemoryMarshal.Read<uint>(buffer[24..]),
            device,
            inode: MemoryMarshal.Read<ulong>(buffer[32..]),
            size: MemoryMarshal.Read<long>(buffer[40..]),
            modified: MemoryMarshal.Read<long>(buffer[112..]));
    }

    // struct stat of 64-bit Darwin (sys/stat.h, __DARWIN_64_BIT_INO_T).
    private static FileEntry FromMac(ReadOnlySpan<byte> buffer) => Entry(
            mode: BinaryPrimitives.ReadUInt16LittleEndian(buffer[4..]),
            links: BinaryPrimitives.ReadUInt16LittleEndian(buffer[6..]),
            owner: BinaryPrimitives.ReadUInt32LittleEndian(buffer[16..]),
            group: BinaryPrimitives.ReadUInt32LittleEndian(buffer[20..]),
            device: BinaryPrimitives.ReadUInt32LittleEndian(buffer),
            inode: BinaryPrimitives.ReadUInt64LittleEndian(buffer[8..]),
            size: BinaryPrimitives.ReadInt64LittleEndian(buffer[96..]),
            modified: BinaryPrimitives.ReadInt64LittleEndian(buffer[48..]));

    private static FileEntry StatManaged(string path, bool follow)
    {
        try
        {
            FileSystemInfo info = new FileInfo(path);
            if (info.Exists ? info.LinkTarget is not null : new DirectoryInfo(path).LinkTarget is not null)
            {
                if (!follow)
                {
                    return Entry(FileKind.Link, info);
                }
                info = info.ResolveLinkTarget(returnFinalTarget: true) ?? info;
            }
            if (Directory.Exists(info.FullName))
            {
                return Entry(FileKind.Directory, info);
            }
            return info is FileInfo { Exists: true } file ? Entry(FileKind.File, file, file.Length) : default;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return default;
        }
    }

    private static FileEntry Entry(FileKind kind, FileSystemInfo info, long size = 0) =>
        new(kind, 0, 0, 0, 0, 0, size, new DateTimeOffset(info.LastWriteTimeUtc).ToUnixTimeSeconds(), 1);

    private static FileEntry Entry(
        int mode, uint links, uint owner, uint group, ulong device, ulong inode, long size, long modified) => new(
        (mode & TypeMask) switch
        {
            TypeFile => FileKind.File,
            TypeDirectory => FileKind.Directory,
            TypeLink => FileKind.Link,
            _ => FileKind.Other,
        },
        (UnixFileMode)(mode & 0xFFF), owner, group, device, inode, size, modified, links);

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Custom,
        StringMarshallingCustomType = typeof(PosixPath))]
    private static partial int StatX(int directory, string path, int flags, uint mask, Span<byte> buffer);

    [LibraryImport("libc", EntryPoint = "fstatat$INODE64", StringMarshalling = StringMarshalling.Custom,
        StringMarshallingCustomType = typeof(PosixPath))]
    private static partial int FStatAtMacX64(int folder, string path, Span<byte> buffer, int flags);

    [LibraryImport("libc", EntryPoint = "fstatat", StringMarshalling = StringMarshalling.Custom,
        StringMarshallingCustomType = typeof(PosixPath))]
    private static partial int FStatAtMacArm(int folder, string path, Span<byte> buffer, int flags);

    [LibraryImport("libc", EntryPoint = "statx")]
    private static partial int StatX(int directory, ReadOnlySpan<byte> path, int flags, uint mask, Span<byte> buffer);

    [LibraryImport("libc", EntryPoint = "fstatat$INODE64")]
    private static partial int FStatAtMacX64(int folder, ReadOnlySpan<byte> path, Span<byte> buffer, int flags);

    [LibraryImport("libc", EntryPoint = "fstatat")]
    private static partial int FStatAtMacArm(int folder, ReadOnlySpan<byte> path, Span<byte> buffer, int flags);

    [LibraryImport("libc", EntryPoint = "fstat$INODE64")]
    private static partial int FStatMacX64(int descriptor, Span<byte> buffer);

    [LibraryImport("libc", EntryPoint = "fstat")]
    private static partial int FStatMacArm(int descriptor, Span<byte> buffer);

    [LibraryImport("libc", EntryPoint = "access", StringMarshalling = StringMarshalling.Custom,
        StringMarshallingCustomType = typeof(PosixPath),
        SetLastError = true)]
    private static partial int Access(string path, int mode);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint EffectiveUserId();
}
