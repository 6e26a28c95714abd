using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Pep668.Machines;

/// <summary>
/// The calls of Windows that <see cref="WindowsFolder"/> uses; a test replaces them. A name is relative to the handle
/// of its folder, as with <c>openat</c> (NtCreateFile and NtSetInformationFile, "RootDirectory").
/// </summary>
/// <remarks>Each call that can fail returns an error code of Win32, 0 for success.</remarks>
internal unsafe partial class WindowsHandles
{
    private const int LongestName = 32_767;                                // UNICODE_STRING
    private const uint CaseInsensitive = 0x40, DoNotReparse = 0x1000;      // OBJ_CASE_INSENSITIVE, OBJ_DONT_REPARSE
    private const uint Synchronize = 0x10_0000, Synchronous = 0x20;        // FILE_SYNCHRONOUS_IO_NONALERT
    private const uint OpenReparsePoint = 0x20_0000, NormalFile = 0x80;    // FILE_OPEN_REPARSE_POINT, FILE_ATTRIBUTE_NORMAL
    private const int RenameClass = 10, DispositionClass = 13, DispositionClassEx = 64, RenameClassEx = 65;
    private const uint ReplaceIfExists = 1;

    // FILE_RENAME_INFORMATION_EX: replace, POSIX semantics, ignore the read-only attribute.
    private const uint ReplaceAsPosix = ReplaceIfExists | 0x2 | 0x40;

    // FILE_DISPOSITION_INFORMATION_EX: delete, POSIX semantics, check for running programs, ignore the read-only
    // attribute.
    private const uint DeleteAsPosix = 0x1 | 0x2 | 0x4 | 0x10;

    private const uint IsDirectory = 0xC000_00BA;                          // STATUS_FILE_IS_A_DIRECTORY

    /// <summary>Those of the system.</summary>
    internal static WindowsHandles Native { get; } = new();

    /// <summary>Opens or creates a file or folder.</summary>
    /// <param name="folder">The folder that it is in; null for an absolute path.</param>
    /// <param name="name">Its name or its path below the folder, or the absolute path.</param>
    /// <param name="how">How.</param>
    /// <param name="handle">Its handle, for the caller to close.</param>
    internal virtual int Open(SafeFileHandle? folder, string name, in WindowsOpen how, out SafeFileHandle handle)
    {
        handle = new();
        string text = folder is null ? ObjectPath(name) : name.Replace('/', '\\');
        if (text.Length > LongestName)
        {
            return WindowsOpen.NameTooLong;
        }
        fixed (char* letters = text)
        {
            var counted = new CountedText
            {
                Length = (ushort)(text.Length * sizeof(char)), MaximumLength = (ushort)(text.Length * sizeof(char)), Letters = letters,
            };
            var attributes = new ObjectAttributes
            {
                Length = (uint)sizeof(ObjectAttributes), Folder = folder?.DangerousGetHandle() ?? 0, Name = &counted,
                Attributes = CaseInsensitive | (how.FollowsLinks ? 0 : DoNotReparse),
            };
            uint status = NtCreateFile(
                out handle, how.Access | Synchronize, attributes, out _, 0, NormalFile, how.Share, how.Disposition,
                how.Options | Synchronous | (how.FollowsLinks ? 0 : OpenReparsePoint), 0, 0);
            GC.KeepAlive(folder);
            return Win32Error(status);
        }
    }

    /// <summary>What an open file is.</summary>
    /// <param name="handle">Its handle.</param>
    /// <param name="attributes">Its attributes; those of a link itself.</param>
    /// <param name="links">How many names it has.</param>
    internal virtual int Read(SafeFileHandle handle, out FileAttributes attributes, out uint links)
    {
        Span<uint> information = stackalloc uint[13]; // BY_HANDLE_FILE_INFORMATION
        int error = GetFileInformationByHandle(handle, information) ? 0 : Marshal.GetLastPInvokeError();
        (attributes, links) = ((FileAttributes)information[0], information[10]);
        return error;
    }

    /// <summary>Whether two paths lead to one file or folder, links followed.</summary>
    internal bool IsSame(string one, string other) => Identity(one) is (uint, ulong) identity && identity == Identity(other);

    private (uint Volume, ulong Index)? Identity(string path)
    {
        var how = new WindowsOpen(
            WindowsOpen.ReadAttributes, WindowsOpen.ShareRead | WindowsOpen.ShareWrite | WindowsOpen.ShareDelete, WindowsOpen.Existing,
            FollowsLinks: true);
        int error = Open(null, path, how, out SafeFileHandle handle);
        using (handle)
        {
            Span<uint> information = stackalloc uint[13]; // BY_HANDLE_FILE_INFORMATION
            return error == 0 && GetFileInformationByHandle(handle, information)
                ? (information[7], ((ulong)information[11] << 32) | information[12])
                : null;
        }
    }

    /// <summary>Who owns an open file; null for the user, Administrators or SYSTEM.</summary>
    internal virtual string? OtherOwner(SafeFileHandle handle)
    {
        const uint owner = 1; // OWNER_SECURITY_INFORMATION
        byte[] descriptor = new byte[1024];
        fixed (byte* start = descriptor)
        {
            return NtQuerySecurityObject(handle, owner, start, descriptor.Length, out _) == 0
                ? WindowsOwner.OtherOwner(descriptor) : "unknown";
        }
    }

    /// <summary>Where a link or a junction leads; null for other reparse points.</summary>
    internal virtual string? LinkTarget(string path) => new DirectoryInfo(path).LinkTarget;

    /// <summary>Deletes an open file, folder or link; its name is free when the handle is closed.</summary>
    internal virtual int Delete(SafeFileHandle handle)
    {
        uint flags = DeleteAsPosix;
        // File systems and versions of Windows without it have the older class.
        if (NtSetInformationFile(handle, out _, &flags, sizeof(uint), DispositionClassEx) == 0)
        {
            return 0;
        }
        byte deletes = 1;
        return Win32Error(NtSetInformationFile(handle, out _, &deletes, sizeof(byte), DispositionClass));
    }

    /// <summary>Renames an open file, folder or link.</summary>
    /// <param name="handle">Its handle.</param>
    /// <param name="folder">The folder that it is moved to.</param>
    /// <param name="newName">Its name there.</param>
    /// <param name="replaces">Whether a file that has the name is replaced.</param>
    internal virtual int Rename(SafeFileHandle handle, SafeFileHandle folder, string newName, bool replaces)
    {
        // FILE_RENAME_INFORMATION: flags, the folder's handle, the length of the name, the name.
        int folderAt = sizeof(nint), lengthAt = folderAt + sizeof(nint), nameAt = lengthAt + sizeof(uint);
        byte[] information = new byte[nameAt + (newName.Length * sizeof(char)) + sizeof(nint)];
        BitConverter.TryWriteBytes(information, replaces ? ReplaceAsPosix : 0);
        BitConverter.TryWriteBytes(information.AsSpan(folderAt), (long)folder.DangerousGetHandle());
        BitConverter.TryWriteBytes(information.AsSpan(lengthAt), newName.Length * sizeof(char));
        MemoryMarshal.AsBytes(newName.AsSpan()).CopyTo(information.AsSpan(nameAt));
        fixed (byte* start = information)
        {
            uint status = NtSetInformationFile(handle, out _, start, (uint)information.Length, RenameClassEx);
            if (status != 0)
            {
                BitConverter.TryWriteBytes(information, replaces ? ReplaceIfExists : 0);
                status = NtSetInformationFile(handle, out _, start, (uint)information.Length, RenameClass);
            }
            GC.KeepAlive(folder);
            return Win32Error(status);
        }
    }

    /// <summary>What is at a path.</summary>
    internal virtual FileEntry Stat(string path, bool follow) => NativeFile.Stat(path, follow);

    /// <summary>The names in a folder; null if they cannot be read.</summary>
    internal virtual IReadOnlyList<DirectoryItem>? List(string path) => NativeDirectory.List(path);

    /// <summary>Creates a symbolic link.</summary>
    internal virtual void Link(string path, string target) => File.CreateSymbolicLink(path, target);

    // "\\?\" and "\\.\" are "\??\" for the kernel, without a limit of 260 characters.
    private static string ObjectPath(string path)
    {
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        return full.StartsWith(@"\\?\", StringComparison.Ordinal) || full.StartsWith(@"\\.\", StringComparison.Ordinal)
            ? @"\??\" + full[4..]
            : full.StartsWith(@"\\", StringComparison.Ordinal) ? @"\??\UNC\" + full[2..]
            : @"\??\" + full;
    }

    private static int Win32Error(uint status) =>
        status == 0 ? 0 : status == IsDirectory ? WindowsOpen.NotForFolders : RtlNtStatusToDosError(status);

    [LibraryImport("ntdll")]
    private static partial uint NtCreateFile(
        out SafeFileHandle handle, uint access, in ObjectAttributes attributes, out IoStatus result, nint size, uint fileAttributes,
        uint share, uint disposition, uint options, nint extended, uint extendedLength);

    [LibraryImport("ntdll")]
    private static partial uint NtSetInformationFile(
        SafeFileHandle handle, out IoStatus result, void* information, uint length, int informationClass);

    [LibraryImport("ntdll")]
    private static partial uint NtQuerySecurityObject(
        SafeFileHandle handle, uint information, byte* descriptor, int length, out int needed);

    [LibraryImport("ntdll")]
    private static partial int RtlNtStatusToDosError(uint status);

    [LibraryImport("kernel32", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool GetFileInformationByHandle(SafeFileHandle handle, Span<uint> information);

    // UNICODE_STRING
    private struct CountedText
    {
        internal ushort Length, MaximumLength;
        internal char* Letters;
    }

    // OBJECT_ATTRIBUTES
    private struct ObjectAttributes
    {
        internal uint Length;
        internal nint Folder;
        internal CountedText* Name;
        internal uint Attributes;
        internal nint Security, Quality;
    }

    // IO_STATUS_BLOCK
    private struct IoStatus
    {
        internal nint Status, Information;
    }
}

/// <summary>How a file or folder is opened: the arguments of NtCreateFile.</summary>
/// <param name="Access">What the handle is for.</param>
/// <param name="Share">What other handles may be for.</param>
/// <param name="Disposition">Whether it exists.</param>
/// <param name="Options">Whether it is a file or a folder.</param>
/// <param name="FollowsLinks">Whether links and junctions are followed. Otherwise one on the way to it is an error, and
/// the last one is opened itself (OBJ_DONT_REPARSE, FILE_OPEN_REPARSE_POINT).</param>
internal readonly record struct WindowsOpen(uint Access, uint Share, uint Disposition, uint Options = 0, bool FollowsLinks = false)
{
    internal const uint ListFolder = 0x1, ReadAttributes = 0x80, Delete = 0x1_0000, ReadControl = 0x2_0000;
    internal const uint ReadFile = 0x12_0089, WriteFile = 0x12_0116;                     // FILE_GENERIC_READ, FILE_GENERIC_WRITE
    internal const uint ShareRead = 0x1, ShareWrite = 0x2, ShareDelete = 0x4;
    internal const uint Existing = 1, New = 2, ExistingOrNew = 3;                        // FILE_OPEN, FILE_CREATE, FILE_OPEN_IF
    internal const uint FolderOnly = 0x1, FileOnly = 0x40, DeleteOnClose = 0x1000;

    /// <summary>Error codes of Win32.</summary>
    internal const int FileNotFound = 2, PathNotFound = 3, AccessDenied = 5, SharingViolation = 32, NotEmpty = 145, Exists = 183,
        NameTooLong = 206, NotFolder = 267, NotForFolders = 336, TooManyLinks = 1921, LinkEncountered = 4395, NotLink = 4390;
}
