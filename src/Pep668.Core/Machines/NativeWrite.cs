using System.Runtime.InteropServices;

namespace Pep668.Machines;

/// <summary>Fills a new file with as few system calls as possible.</summary>
internal static partial class NativeWrite
{
    private static readonly long Omit = HostPlatform.Current == Platform.MacOS ? -2 : 0x3FFFFFFE; // UTIME_OMIT

    /// <summary>Writes its content, permissions and time.</summary>
    /// <returns>Whether that succeeded; else <see cref="PosixCalls.Error"/> has the reason.</returns>
    internal static bool Fill(int descriptor, ReadOnlySpan<byte> content, in NewFile attributes)
    {
        if (attributes.Source?.TryShare(descriptor, attributes.Offset, content.Length) == true)
        {
            content = [];
        }
        while (content.Length > 0)
        {
            nint count = Write(descriptor, content, content.Length);
            if (count < 0 && PosixCalls.Error() != PosixCalls.Interrupted)
            {
                return false;
            }
            content = content[(int)Math.Max(0, count)..];
        }
        UnixFileMode? mode = attributes.Mode
            ?? (attributes.More == UnixFileMode.None ? null : NativeFile.Stat(descriptor).Mode | attributes.More);
        return (mode is null || PosixCalls.SetMode(descriptor, (int)mode))
            && (attributes.Modified is not long seconds || SetTimes(descriptor, [0, Omit, seconds, 0]) == 0);
    }

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint Write(int descriptor, ReadOnlySpan<byte> content, nint count);

    [LibraryImport("libc", EntryPoint = "futimens", SetLastError = true)]
    private static partial int SetTimes(int descriptor, ReadOnlySpan<long> times);
}
