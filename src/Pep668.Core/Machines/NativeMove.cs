using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Pep668.Machines;

/// <summary>Moves folders atomically, with the system calls for it.</summary>
internal static partial class NativeMove
{
    private const int CurrentDirectory = -100, CurrentDirectoryMac = -2; // AT_FDCWD
    private const uint Exchange = 2; // RENAME_EXCHANGE of Linux, RENAME_SWAP of Darwin
    private const int Exists = 17, NotDirectory = 20, NotEmpty = 39, NotEmptyMac = 66;

    /// <summary>Renames a folder in the same file system. An empty folder of the new name is replaced
    /// (POSIX).</summary>
    /// <returns>Whether it was renamed; false if something else has that name.</returns>
    /// <exception cref="IOException">It could not be renamed.</exception>
    internal static bool Move(string from, string to)
    {
        if (OperatingSystem.IsWindows())
        {
            if (Directory.Exists(to) || File.Exists(to))
            {
                return false;
            }
            Directory.Move(from, to);
            return true;
        }
        if (Rename(from, to) == 0)
        {
            return true;
        }
        int error = Marshal.GetLastPInvokeError();
        return error is Exists or NotDirectory or NotEmpty or NotEmptyMac ? false
            : throw new IOException($"'{to}' could not be replaced: {new Win32Exception(error).Message}", error);
    }

    /// <summary>Exchanges two folders atomically.</summary>
    /// <returns>Whether they were exchanged; false if the system or the file system does not support it.</returns>
    internal static bool TryExchange(string one, string other)
    {
        try
        {
            return OperatingSystem.IsLinux() ? RenameAt2(CurrentDirectory, one, CurrentDirectory, other, Exchange) == 0
                : OperatingSystem.IsMacOS() && RenameAtX(CurrentDirectoryMac, one, CurrentDirectoryMac, other, Exchange) == 0;
        }
        catch (EntryPointNotFoundException)
        {
            return false; // a C library from before the call
        }
    }

    [LibraryImport("libc", EntryPoint = "rename", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Rename(string from, string to);

    [LibraryImport("libc", EntryPoint = "renameat2", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int RenameAt2(int fromFolder, string from, int toFolder, string to, uint flags);

    [LibraryImport("libc", EntryPoint = "renameatx_np", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int RenameAtX(int fromFolder, string from, int toFolder, string to, uint flags);
}
