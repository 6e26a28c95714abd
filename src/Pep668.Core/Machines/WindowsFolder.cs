using System.ComponentModel;
using Microsoft.Win32.SafeHandles;
using static Pep668.Machines.WindowsOpen;

namespace Pep668.Machines;

/// <summary>
/// An open folder on Windows: everything that is opened, created, renamed or deleted in it is named by its handle, and
/// no link is followed. The handle does not share deletion: while it is open, neither the folder nor one above it can
/// be renamed (CreateFileW, "FILE_SHARE_DELETE").
/// </summary>
/// <remarks>An open folder can still become a junction while it is empty (FSCTL_SET_REPARSE_POINT). Its path then leads
/// to another place, and its handle does not: paths are used only to read, and where <see cref="Hold"/> has put
/// something into it.</remarks>
internal sealed class WindowsFolder : OpenFolder
{
    // Without the right to list it, the share mode has no effect.
    private static readonly WindowsOpen Enter = new(ListFolder | ReadAttributes, ShareRead | ShareWrite, Existing, FolderOnly);
    private static readonly WindowsOpen Change = new(Delete | ReadAttributes, ShareRead | ShareWrite | ShareDelete, Existing);

    private const int ShortestWait = 10, LongestWait = 640; // milliseconds; 1.3 s together

    private readonly WindowsHandles _windows;
    private readonly SafeFileHandle _handle;

    private WindowsFolder(string fullName, WindowsHandles windows, SafeFileHandle handle)
        : base(fullName) => (_windows, _handle) = (windows, handle);

    internal static new WindowsFolder Open(string path) => Open(path, WindowsHandles.Native);

    /// <summary>Opens a folder by its path.</summary>
    internal static WindowsFolder Open(string path, WindowsHandles windows)
    {
        int error = WindowsWalk.Open(windows, path, Enter, out SafeFileHandle handle);
        return new(path, windows, error == 0 ? handle : throw Failed(handle, path, error, isFolder: true));
    }

    internal override OpenFolder OpenPath(string path) => Open(path, _windows);

    internal override FileEntry Stat() => _windows.Stat(FullName, follow: true);

    internal override FileEntry Stat(string name) => _windows.Stat(At(name), follow: false);

    internal override IReadOnlyList<DirectoryItem>? List() => _windows.List(FullName);

    internal override OpenFolder OpenChild(string name)
    {
        int error = _windows.Open(_handle, name, Enter, out SafeFileHandle handle);
        if (error != 0)
        {
            throw Failed(handle, At(name), error, isFolder: true);
        }
        var folder = new WindowsFolder(At(name), _windows, handle);
        if (IsLink(handle, name))
        {
            folder.Dispose();
            throw new IOException($"'{At(name)}' is a link.");
        }
        return folder;
    }

    internal override bool MakeFolder(string name, bool isPrivate = false)
    {
        int error = _windows.Open(_handle, name, Enter with { Disposition = New }, out SafeFileHandle handle);
        handle.Dispose();
        return error == 0 || (error == Exists ? false : throw Failed(handle, At(name), error, isFolder: true));
    }

    internal override SafeFileHandle OpenFile(string name, FileUse use = FileUse.Read)
    {
        SafeFileHandle file = OpenName(name, new(
            use is FileUse.Read or FileUse.Lock ? ReadFile : ReadFile | WriteFile,
            use == FileUse.Read ? ShareRead | ShareWrite | ShareDelete : 0,
            use == FileUse.LockOrCreate ? ExistingOrNew : Existing, FileOnly));
        FileAttributes attributes = Read(file, name, out uint links);
        if ((attributes & FileAttributes.ReparsePoint) != 0 || links != 1)
        {
            file.Dispose();
            throw new IOException(links == 1 ? $"'{At(name)}' is not a regular file." : $"'{At(name)}' has several names.");
        }
        return file;
    }

    internal override void Write(string name, ReadOnlySpan<byte> content, in NewFile attributes = default)
    {
        using SafeFileHandle file = OpenName(name, new(WriteFile, ShareRead, New, FileOnly));
        RandomAccess.Write(file, content, 0);
        if (attributes.Modified is long seconds)
        {
            File.SetLastWriteTimeUtc(file, DateTimeOffset.FromUnixTimeSeconds(seconds).UtcDateTime);
        }
    }

    internal override bool Link(string name, string target)
    {
        using SafeFileHandle hold = Hold(isFolder: false);
        try
        {
            _windows.Link(At(name), target);
            return true;
        }
        catch (IOException) when (Stat(name).Kind == FileKind.Missing)
        {
            return false; // the privilege for it is missing
        }
    }

    internal override void DeleteFile(string name)
    {
        int error = OpenToChange(name, Change, out SafeFileHandle file);
        if (error is FileNotFound or PathNotFound)
        {
            file.Dispose();
            return;
        }
        using (file)
        {
            FileAttributes attributes = error == 0 ? Read(file, name, out _) : default;
            if ((attributes & (FileAttributes.Directory | FileAttributes.ReparsePoint)) == FileAttributes.Directory)
            {
                throw new IOException($"'{At(name)}' is a folder.");
            }
            error = error == 0 ? _windows.Delete(file) : error;
            if (error != 0)
            {
                throw Failed(file, At(name), error);
            }
        }
    }

    internal override bool TryRemoveFolder(string name)
    {
        int error = OpenToChange(name, Change with { Options = FolderOnly }, out SafeFileHandle folder);
        using (folder)
        {
            return error == 0 && !IsLink(folder, name) && _windows.Delete(folder) == 0;
        }
    }

    internal override bool Move(string name, OpenFolder to, string newName)
    {
        var target = (WindowsFolder)to;
        using SafeFileHandle moved = OpenToChange(name);
        using SafeFileHandle hold = target.Hold((Read(moved, name, out _) & FileAttributes.Directory) != 0);
        int error = _windows.Rename(moved, target._handle, newName, replaces: false);
        if (error == Exists && target.TryRemoveFolder(newName))
        {
            error = _windows.Rename(moved, target._handle, newName, replaces: false);
        }
        return error == 0 || (error == Exists ? false : throw Failed(moved, target.At(newName), error));
    }

    internal override void Replace(string name, OpenFolder to, string newName)
    {
        var target = (WindowsFolder)to;
        using SafeFileHandle moved = OpenToChange(name);
        using SafeFileHandle hold = target.Hold(isFolder: false);
        int error = _windows.Rename(moved, target._handle, newName, replaces: true);
        if (error != 0)
        {
            throw Failed(moved, target.At(newName), error);
        }
    }

    internal override bool TryExchange(string name, OpenFolder other, string otherName) => false;

    public override void Dispose() => _handle.Dispose();

    private protected override void Copy(SafeFileHandle source, string name, UnixFileMode? mode) => Write(name, Content(source));

    // Something in the folder that nobody else can open or delete: a folder that is not empty cannot become a junction,
    // which a rename into it would follow. A folder is used where the user may create only folders, as in "C:\".
    private SafeFileHandle Hold(bool isFolder) => OpenName(
        UnusedName.New(), new(Delete | ReadAttributes, 0, New, DeleteOnClose | (isFolder ? FolderOnly : FileOnly)));

    private SafeFileHandle OpenName(string name, in WindowsOpen how)
    {
        int error = _windows.Open(_handle, name, how, out SafeFileHandle handle);
        return error == 0 ? handle : throw Failed(handle, At(name), error);
    }

    private SafeFileHandle OpenToChange(string name)
    {
        int error = OpenToChange(name, Change, out SafeFileHandle handle);
        return error == 0 ? handle : throw Failed(handle, At(name), error);
    }

    // Virus scanners and indexers open new files for a moment, and share no deletion.
    private int OpenToChange(string name, in WindowsOpen how, out SafeFileHandle handle)
    {
        int error = _windows.Open(_handle, name, how, out handle);
        for (int wait = ShortestWait; error == SharingViolation && wait <= LongestWait; wait *= 2)
        {
            handle.Dispose();
            Thread.Sleep(wait);
            error = _windows.Open(_handle, name, how, out handle);
        }
        return error;
    }

    private FileAttributes Read(SafeFileHandle handle, string name, out uint links)
    {
        int error = _windows.Read(handle, out FileAttributes attributes, out links);
        return error == 0 ? attributes : throw Failed(handle, At(name), error);
    }

    private bool IsLink(SafeFileHandle handle, string name) => (Read(handle, name, out _) & FileAttributes.ReparsePoint) != 0;

    private string At(string name) => Path.Combine(FullName, name);

    private static Exception Failed(SafeFileHandle handle, string path, int error, bool isFolder = false)
    {
        handle.Dispose();
        string message = $"{new Win32Exception(error).Message.TrimEnd('.')} : '{path}'";
        return error switch
        {
            FileNotFound when !isFolder => new FileNotFoundException(message, path),
            FileNotFound or PathNotFound => new DirectoryNotFoundException(message),
            AccessDenied => new UnauthorizedAccessException(message),
            NameTooLong => new PathTooLongException(message),
            _ => new IOException(message, unchecked((int)(0x8007_0000u | (uint)error))),
        };
    }
}
