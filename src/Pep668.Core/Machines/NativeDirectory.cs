using System.Runtime.InteropServices;

namespace Pep668.Machines;

/// <summary>
/// The names in a directory with what <c>readdir</c> says of each: no further system call for an entry, where .NET's
/// enumeration asks several.
/// </summary>
internal static partial class NativeDirectory
{
    private const byte TypeUnknown = 0, TypeDirectory = 4, TypeFile = 8, TypeLink = 10;

    // Where d_type and d_name stand: linux/dirent.h (linux_dirent64, which glibc and musl hand out as it is), and
    // Darwin's sys/dirent.h.
    private static readonly (int Type, int Name) Layout = OperatingSystem.IsMacOS() ? (20, 21) : (18, 19);

    /// <summary>The entries, in no order; null when the directory cannot be read.</summary>
    internal static List<DirectoryItem>? List(string directory) =>
        OperatingSystem.IsLinux() || OperatingSystem.IsMacOS() ? ListPosix(directory) : ListManaged(directory);

    private static List<DirectoryItem>? ListPosix(string directory)
    {
        var items = new List<DirectoryItem>();
        nint stream = IsMacX64 ? OpenMacX64(directory) : Open(directory);
        if (stream == 0)
        {
            return null;
        }
        try
        {
            for (nint entry; (entry = IsMacX64 ? NextMacX64(stream) : Next(stream)) != 0;)
            {
                string name = Marshal.PtrToStringUTF8(entry + Layout.Name)!;
                if (name is "." or "..")
                {
                    continue;
                }
                items.Add(new(name, Marshal.ReadByte(entry, Layout.Type) switch
                {
                    TypeFile => FileKind.File,
                    TypeDirectory => FileKind.Directory,
                    TypeLink => FileKind.Link,
                    TypeUnknown => NativeFile.Stat(Path.Combine(directory, name), follow: false).Kind,
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

    [LibraryImport("libc", EntryPoint = "opendir", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint Open(string directory);

    [LibraryImport("libc", EntryPoint = "opendir$INODE64", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint OpenMacX64(string directory);

    [LibraryImport("libc", EntryPoint = "readdir")]
    private static partial nint Next(nint stream);

    [LibraryImport("libc", EntryPoint = "readdir$INODE64")]
    private static partial nint NextMacX64(nint stream);

    [LibraryImport("libc", EntryPoint = "closedir")]
    private static partial int Close(nint stream);
}
