using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Pep668.Machines;

/// <summary>A file whose blocks others may share until either is changed, where the file system can do that (btrfs,
/// XFS, bcachefs: <c>ioctl_ficlonerange(2)</c>).</summary>
/// <remarks>No other file ever sees a change of one that shares its blocks: it is a copy in every respect but the space
/// it takes.</remarks>
internal sealed partial class ReflinkSource(SafeFileHandle file)
{
    /// <summary>What offset and length are a multiple of.</summary>
    internal const int Block = 4096;

    // Below it, sharing takes longer than writing.
    private const int WorthSharing = 16 * 1024;

    private const ulong CloneRange = 0x4020940D; // FICLONERANGE, linux/fs.h

    private volatile bool _isRefused = !OperatingSystem.IsLinux()
        || RuntimeInformation.ProcessArchitecture is not (Architecture.X64 or Architecture.Arm64);

    /// <summary>Gives an empty file the content that stands at an offset; false where that cannot be done, and the file
    /// is then still empty.</summary>
    /// <param name="target">The file, open for writing.</param>
    /// <param name="offset">Where the content begins: a multiple of <see cref="Block"/>.</param>
    /// <param name="length">Its length; what follows it up to the next multiple belongs to nobody.</param>
    internal bool TryShare(int target, long offset, int length)
    {
        if (_isRefused || length < WorthSharing)
        {
            return false;
        }
        bool added = false;
        try
        {
            file.DangerousAddRef(ref added);
            long whole = (length + Block - 1L) / Block * Block;
            if (Control(target, CloneRange, [file.DangerousGetHandle(), offset, whole, 0]) == 0 && Truncate(target, length) == 0)
            {
                return true;
            }
            // Another file system, or one that cannot: it will not be able to for the next file either.
            _isRefused = true;
            _ = Truncate(target, 0);
            return false;
        }
        finally
        {
            if (added)
            {
                file.DangerousRelease();
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "ioctl")]
    private static partial int Control(int descriptor, ulong request, ReadOnlySpan<long> range);

    [LibraryImport("libc", EntryPoint = "ftruncate")]
    private static partial int Truncate(int descriptor, long length);
}
