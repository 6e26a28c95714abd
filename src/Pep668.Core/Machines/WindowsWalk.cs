using Microsoft.Win32.SafeHandles;

namespace Pep668.Machines;

/// <summary>
/// Opens a path on Windows. A link or junction that belongs to another user is followed only to a folder of that user;
/// one that another process puts on the way meanwhile is found like one that was there.
/// </summary>
internal static class WindowsWalk
{
    private const int MaximumLinks = 63; // the limit of Windows ("Reparse Points and File Operations")

    private static readonly WindowsOpen Look = new(
        WindowsOpen.ListFolder | WindowsOpen.ReadAttributes | WindowsOpen.ReadControl,
        WindowsOpen.ShareRead | WindowsOpen.ShareWrite, WindowsOpen.Existing);

    /// <summary>Opens a folder.</summary>
    /// <returns>An error code of Win32, 0 for success.</returns>
    internal static int Open(WindowsHandles windows, string path, in WindowsOpen how, out SafeFileHandle handle)
    {
        string? authority = null;
        string at = Path.GetFullPath(path);
        for (int links = 0; links <= MaximumLinks; links++)
        {
            string root = Path.GetPathRoot(at)!;
            string below = at[root.Length..].Trim(Path.DirectorySeparatorChar); // the root of a share ends without one
            if (below.Length == 0)
            {
                return OpenLast(windows, folder: null, at, how with { FollowsLinks = true }, authority, out handle);
            }
            int error = windows.Open(
                folder: null, root, new(WindowsOpen.ReadAttributes, Look.Share, WindowsOpen.Existing, FollowsLinks: true), out handle);
            if (error != 0)
            {
                return error;
            }
            using SafeFileHandle top = handle;
            error = OpenLast(windows, top, below, how, authority, out handle);
            if (error != WindowsOpen.LinkEncountered)
            {
                return error;
            }
            handle.Dispose();
            error = Follow(windows, top, root, below, ref authority, ref at);
            if (error != 0)
            {
                return error != WindowsOpen.NotLink ? error
                    : OpenLast(windows, folder: null, at, how with { FollowsLinks = true }, authority, out handle);
            }
        }
        handle = new();
        return WindowsOpen.TooManyLinks;
    }

    // Opens the folder where no link is on the way; what another user's link leads to must be that user's.
    private static int OpenLast(
        WindowsHandles windows, SafeFileHandle? folder, string path, in WindowsOpen how, string? authority, out SafeFileHandle handle)
    {
        int error = windows.Open(
            folder, path, authority is null ? how : how with { Access = how.Access | WindowsOpen.ReadControl }, out handle);
        if (error != 0)
        {
            return error;
        }
        error = windows.Read(handle, out FileAttributes attributes, out _);
        error = error == 0 && !how.FollowsLinks && (attributes & FileAttributes.ReparsePoint) != 0 ? WindowsOpen.LinkEncountered
            : error == 0 && authority is not null && !string.Equals(windows.OtherOwner(handle), authority, StringComparison.Ordinal)
                ? WindowsOpen.AccessDenied
            : error;
        if (error != 0)
        {
            handle.Dispose();
        }
        return error;
    }

    // Replaces the first link of a path with what it leads to. It cannot be renamed while it is read.
    private static int Follow(
        WindowsHandles windows, SafeFileHandle top, string root, string below, ref string? authority, ref string at)
    {
        for (int end = 0; end < below.Length;)
        {
            end = below.IndexOf(Path.DirectorySeparatorChar, end + 1) is int next and > 0 ? next : below.Length;
            int error = windows.Open(top, below[..end], Look, out SafeFileHandle handle);
            using SafeFileHandle part = handle;
            FileAttributes attributes = default;
            error = error == 0 ? windows.Read(part, out attributes, out _) : error;
            if (error != 0)
            {
                return error;
            }
            if ((attributes & FileAttributes.ReparsePoint) == 0)
            {
                continue;
            }
            string? owner = windows.OtherOwner(part);
            if (owner is not null && authority is not null && !string.Equals(owner, authority, StringComparison.Ordinal))
            {
                return WindowsOpen.AccessDenied;
            }
            authority ??= owner;
            string link = Path.Combine(root, below[..end]);
            if (windows.LinkTarget(link) is not string target)
            {
                return WindowsOpen.NotLink; // a folder of a file system filter
            }
            at = Path.GetFullPath(
                Path.Combine(target, below[end..].TrimStart(Path.DirectorySeparatorChar)), Path.GetDirectoryName(link)!);
            return 0;
        }
        return 0; // it was removed meanwhile
    }
}
