using System.Runtime.InteropServices;

namespace Pep668.Machines;

/// <summary>
/// The names in a directory and the kinds that <c>readdir</c> reports: no further system call for an entry, where
/// .NET's enumeration needs several.
/// </summary>
internal static partial class NativeDirectory
{
    private const byte TypeUnknown = 0, TypeDirectory = 4, TypeFile = 8, TypeLink = 10;

    // The offsets of d_type and d_name: linux/dirent.h (linux_dirent64, which glibc and musl return unchanged), and
    // Darwin's sys/dirent.h.
    private static readonly (int Type, int Name) Layout = OperatingSystem.IsMacOS() ? (20, 21) : (18, 19);

    /// <summary>The entries, in no order; null when the directory cannot be read.</summary>
    internal static List<DirectoryItem>? List(string directory) =>
        OperatingSystem.IsLinux() || OperatingSystem.IsMacOS() 
            ? ListPosix(PosixCalls.Open(PosixCalls.ProcessFolder, directory, PosixCalls.ReadOnly | PosixCalls.Folder))
            : ListManaged(directory);

    /// <summary>The entries of a folder in an open folder, in no order; null when it is a link or cannot be
    /// read.</summary>
    internal static List<DirectoryItem>? List(int folder, string name) =>
        ListPosix(PosixCalls.Open(folder, name, PosixCalls.ReadOnly | PosixCalls.Folder | PosixCalls.NoFollow));

    /// <summary>The entries of an open folder, which is closed; null when it cannot be read.</summary>
    internal static List<DirectoryItem>? ListPosix(int descriptor)
    {
        var items = new List<DirectoryItem>();
        nint stream = descriptor < 0 ? 0 : IsMacX64 ? OpenMacX64(descriptor) : Open(descriptor);
        if (stream == 0)
        {
            if (descriptor >= 0)
            {
                PosixCalls.Close(descriptor);
            }
            return null;
        }
        try
        {
            for (nint entry; (entry = IsMacX64 ? NextMacX64(stream) : Next(stream)) != 0;)
            {
                string name = PosixPath.Read(entry + Layout.Name);
                if (name is "." or "..")
                {
                    continue;
                }
                items.Add(new(name, Marshal.ReadByte(entry, Layout.Type) switch
                {
                    TypeFile => FileKind.File,
                    TypeDirectory => FileKind.Directory,
                    TypeLink => FileKind.Link,
                    TypeUnknown => NativeFile.Stat(descriptor, name).Kind,
                    _ => FileKind.Other,
                }));
            }
        }
        finally
        {
            _ = Close(stream);
        }
        return items;
    }

    private static List<DirectoryItem>? ListManaged(string directory)
    {
        var items = new List<DirectoryItem>();
        try
        {
            foreach (FileSystemInfo info in new DirectoryInfo(directory).EnumerateFileSystemInfos())
            {
                items.Add(new(info.Name,
                    (info.Attributes & FileAttributes.ReparsePoint) != 0 ? FileKind.Link
                    : (info.Attributes & FileAttributes.Directory) != 0 ? FileKind.Directory
                    : FileKind.File));
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
        return items;
    }

    private static bool IsMacX64 => OperatingSystem.IsMacOS() && RuntimeInformation.ProcessArchitecture == Architecture.X64;

    [LibraryImport("libc", EntryPoint = "fdopendir")]
    private static partial nint Open(int descriptor);

    [LibraryImport("libc", EntryPoint = "fdopendir$INODE64")]
    private static partial nint OpenMacX64(int descriptor);

    [LibraryImport("libc", EntryPoint = "readdir")]
    private static partial nint Next(nint stream);

    [LibraryImport("libc", EntryPoint = "readdir$INODE64")]
    private static partial nint NextMacX64(nint stream);

    [LibraryImport("libc", EntryPoint = "closedir")]
    private static partial int Close(nint stream);
}
