using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Pep668.Machines;

/// <summary>Moves of folders in one step, as the system has them: what is there is never lost halfway.</summary>
internal static partial class NativeMove
{
    private const int CurrentDirectory = -100, CurrentDirectoryMac = -2; // AT_FDCWD
    private const uint Exchange = 2; // RENAME_EXCHANGE of Linux, RENAME_SWAP of Darwin
    private const int Exists = 17, NotDirectory = 20, NotEmpty = 39, NotEmptyMac = 66;

    /// <summary>Gives a folder another name, in the same file system. An empty folder of that name is replaced
    /// (POSIX).</summary>
    /// <returns>Whether it was done; false when something else has that name.</returns>
    /// <exception cref="IOException">It could not be done.</exception>
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
            : throw new IOException($"'{to}' could not be put in its place: {new Win32Exception(error).Message}");
    }

    /// <summary>Swaps two folders in one step.</summary>
    /// <returns>Whether it was done; false where the system or the file system cannot.</returns>
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
