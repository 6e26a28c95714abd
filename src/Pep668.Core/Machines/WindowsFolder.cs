using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Pep668.Machines;

/// <summary>
/// An open folder on Windows. Its handle is that of the folder itself, never of what a reparse point leads to, and does
/// not share deletion: while it is open, neither the folder nor one above it can be renamed, so that the path stays
/// valid (CreateFileW, "FILE_SHARE_DELETE" and "FILE_FLAG_OPEN_REPARSE_POINT").
/// </summary>
internal sealed partial class WindowsFolder : OpenFolder
{
    private const uint ListFolder = 0x1, ReadAttributes = 0x80, ShareReadAndWrite = 0x3, OpenExisting = 3;
    private const uint BackupSemantics = 0x0200_0000, OpenReparsePoint = 0x0020_0000;
    private const int FileNotFound = 2, PathNotFound = 3, AccessDenied = 5;

    private readonly SafeFileHandle _handle;

    private WindowsFolder(string fullName, SafeFileHandle handle)
        : base(fullName) => _handle = handle;

    // Links on the way to it are followed: only administrators and developers can create symbolic links, and a junction
    // that replaces a folder needs that folder to be deleted.
    internal static new WindowsFolder Open(string path) => Open(path, OpenReparsePoint, isChild: false);

    private static WindowsFolder Open(string path, uint flags, bool isChild)
    {
        SafeFileHandle handle = CreateFile(
            path, ListFolder | ReadAttributes, ShareReadAndWrite, 0, OpenExisting, BackupSemantics | flags, 0);
        if (handle.IsInvalid)
        {
            int error = Marshal.GetLastPInvokeError();
            handle.Dispose();
            string message = $"{new Win32Exception(error).Message} : '{path}'";
            throw error switch
            {
                FileNotFound or PathNotFound => new DirectoryNotFoundException(message),
                AccessDenied => new UnauthorizedAccessException(message),
                _ => new IOException(message, unchecked((int)(0x8007_0000u | (uint)error))),
            };
        }
        FileAttributes attributes = File.GetAttributes(handle);
        if ((attributes & FileAttributes.ReparsePoint) != 0 && !isChild)
        {
            handle.Dispose();
            return Open(path, flags: 0, isChild: true); // a link that the user named
        }
        if ((attributes & FileAttributes.Directory) == 0 || (isChild && flags != 0 && (attributes & FileAttributes.ReparsePoint) != 0))
        {
            handle.Dispose();
            throw new IOException($"'{path}' is not a folder.");
        }
        return new(path, handle);
    }

    internal override FileEntry Stat() => NativeFile.Stat(FullName, follow: true);

    internal override FileEntry Stat(string name) => NativeFile.Stat(At(name), follow: false);

    internal override IReadOnlyList<DirectoryItem>? List() => NativeDirectory.List(FullName);

    internal override OpenFolder OpenChild(string name) => Open(At(name), OpenReparsePoint, isChild: true);

    internal override bool MakeFolder(string name, bool isPrivate = false)
    {
        if (Stat(name).Kind != FileKind.Missing)
        {
            return false;
        }
        Directory.CreateDirectory(At(name));
        return true;
    }

    internal override SafeFileHandle OpenFile(string name, FileUse use = FileUse.Read)
    {
        if (Stat(name).Kind is not (FileKind.File or FileKind.Missing))
        {
            throw new IOException($"'{At(name)}' is not a regular file.");
        }
        return File.OpenHandle(
            At(name), use == FileUse.LockOrCreate ? FileMode.OpenOrCreate : FileMode.Open,
            use is FileUse.Read or FileUse.Lock ? FileAccess.Read : FileAccess.ReadWrite,
            use == FileUse.Read ? FileShare.ReadWrite | FileShare.Delete : FileShare.None);
    }

    internal override void Write(string name, ReadOnlySpan<byte> content, in NewFile attributes = default)
    {
        using SafeFileHandle file = File.OpenHandle(At(name), FileMode.CreateNew, FileAccess.Write, FileShare.Read);
        RandomAccess.Write(file, content, 0);
        if (attributes.Modified is long seconds)
        {
            File.SetLastWriteTimeUtc(file, DateTimeOffset.FromUnixTimeSeconds(seconds).UtcDateTime);
        }
    }

    internal override bool Link(string name, string target)
    {
        try
        {
            File.CreateSymbolicLink(At(name), target);
            return true;
        }
        catch (IOException) when (Stat(name).Kind == FileKind.Missing)
        {
            return false; // the privilege for it is missing
        }
    }

    internal override void DeleteFile(string name)
    {
        if (Stat(name).Kind == FileKind.Link && (File.GetAttributes(At(name)) & FileAttributes.Directory) != 0)
        {
            Directory.Delete(At(name)); // the link, not what it leads to
        }
        else
        {
            File.Delete(At(name));
        }
    }

    internal override bool TryRemoveFolder(string name)
    {
        try
        {
            Directory.Delete(At(name));
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    internal override bool Move(string name, OpenFolder to, string newName)
    {
        if (to.Stat(newName).Kind != FileKind.Missing && !to.TryRemoveFolder(newName))
        {
            return false;
        }
        Directory.Move(At(name), Path.Combine(to.FullName, newName));
        return true;
    }

    internal override void Replace(string name, OpenFolder to, string newName) =>
        File.Move(At(name), Path.Combine(to.FullName, newName), overwrite: true);

    internal override bool TryExchange(string name, OpenFolder other, string otherName) => false;

    public override void Dispose() => _handle.Dispose();

    private protected override void Copy(SafeFileHandle source, string name, UnixFileMode? mode)
    {
        byte[] content = new byte[RandomAccess.GetLength(source)];
        int read = RandomAccess.Read(source, content, 0);
        Write(name, content.AsSpan(0, read));
    }

    private string At(string name) => Path.Combine(FullName, name);

    [LibraryImport("kernel32", EntryPoint = "CreateFileW", StringMarshalling = StringMarshalling.Utf16, SetLastError = true)]
    private static partial SafeFileHandle CreateFile(
        string path, uint access, uint share, nint security, uint disposition, uint flags, nint template);
}
