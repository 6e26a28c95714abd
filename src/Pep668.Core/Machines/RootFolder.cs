using Microsoft.Win32.SafeHandles;

namespace Pep668.Machines;

/// <summary>
/// A folder that is <c>/</c> for what is read, on POSIX: by <c>openat2</c> with <c>RESOLVE_IN_ROOT</c>, and where the
/// kernel does not have it or a sandbox refuses it, folder by folder. No path is resolved first and opened later.
/// </summary>
internal sealed class RootFolder
{
    private const int MaximumLinkText = 4096;

    private readonly SafeFileHandle _handle;
    private readonly bool _hasCall;

    /// <summary>Its path on the machine.</summary>
    private readonly string _path;

    private RootFolder(int descriptor, string path, bool hasCall) =>
        (_handle, _path, _hasCall) = (new(descriptor, ownsHandle: true), path, hasCall);

    /// <summary>Opens one; null if it is not a folder.</summary>
    /// <param name="path">Its path on the machine; links are followed.</param>
    /// <param name="walksOnly">Whether <c>openat2</c> is not used.</param>
    internal static RootFolder? Open(string path, bool walksOnly = false)
    {
        int descriptor = PosixCalls.Open(
            PosixCalls.ProcessFolder, path, PosixCalls.ReadOnly | PosixCalls.Folder | PosixCalls.PathOnly);
        if (descriptor < 0)
        {
            return null;
        }
        int test = walksOnly ? -1 : PosixCalls.OpenInRoot(descriptor, ".", PosixCalls.Enter);
        if (test >= 0)
        {
            PosixCalls.Close(test);
        }
        return new(descriptor, path, hasCall: test >= 0);
    }

    /// <summary>Whether the kernel resolves the paths.</summary>
    internal bool HasCall => _hasCall;

    /// <summary>What is at a path.</summary>
    /// <param name="path">An absolute path without <c>..</c>.</param>
    /// <param name="follow">Whether a link at its end is followed.</param>
    internal FileEntry Stat(string path, bool follow)
    {
        if (_hasCall && HostPlatform.Current == Platform.Linux)
        {
            int descriptor = Call(path, PosixCalls.PathOnly | (follow ? 0 : PosixCalls.NoFollow));
            return descriptor < 0 ? default : Closing(descriptor, NativeFile.Stat);
        }
        FileEntry entry = Find(path, follow, static (_, _, entry) => entry);
        return entry.Kind == FileKind.Link && follow ? default : entry;
    }

    /// <summary>Opens a file for reading, or a folder for listing; never waits for another process.</summary>
    /// <returns>The descriptor; below 0 for an error.</returns>
    internal int OpenToRead(string path, bool isFolder = false)
    {
        int flags = PosixCalls.ReadOnly | (isFolder ? PosixCalls.Folder : 0);
        return _hasCall ? Call(path, flags)
            : Find(path, follow: true, (folder, name, entry) =>
                entry.Kind == FileKind.Missing ? 0 : PosixCalls.Open(folder, name, flags | PosixCalls.NoFollow) + 1) - 1;
    }

    /// <summary>Where a link leads, as its text; null when it is not a link.</summary>
    internal string? ReadLink(string path) => Find(path, follow: false, static (folder, name, _) => PosixCalls.ReadLink(folder, name));

    /// <summary>The path without links; null when it does not exist.</summary>
    internal string? RealPath(string path)
    {
        if (_hasCall && Call(path, PosixCalls.PathOnly) is int descriptor and >= 0)
        {
            string? host = Closing(descriptor, static open =>
                PosixCalls.ReadLink(PosixCalls.ProcessFolder, FormattableString.Invariant($"/proc/self/fd/{open}")));
            string root = _path.TrimEnd('/');
            if (host?.Length < MaximumLinkText && host.StartsWith(root, StringComparison.Ordinal)
                && (host.Length == root.Length || host[root.Length] is '/'))
            {
                return host.Length == root.Length ? "/" : host[root.Length..];
            }
        }
        WalkedPath? place = PathWalk.Find(Descriptor, path, followLast: true, out _);
        Leave(place);
        return place is { Entry.Kind: not FileKind.Missing } found ? found.RealPath : null;
    }

    private int Descriptor => (int)_handle.DangerousGetHandle();

    private int Call(string path, int flags)
    {
        string below = path.TrimStart('/');
        int opened = PosixCalls.OpenInRoot(Descriptor, below.Length == 0 ? "." : below, flags | PosixCalls.CloseOnExec);
        GC.KeepAlive(_handle);
        return opened;
    }

    private static T Closing<T>(int descriptor, Func<int, T> use)
    {
        try
        {
            return use(descriptor);
        }
        finally
        {
            PosixCalls.Close(descriptor);
        }
    }

    private T? Find<T>(string path, bool follow, Func<int, string, FileEntry, T?> use)
    {
        WalkedPath? place = PathWalk.Find(Descriptor, path, follow, out _);
        try
        {
            return place is WalkedPath found ? use(found.Folder, found.Name, found.Entry) : default;
        }
        finally
        {
            Leave(place);
        }
    }

    private void Leave(WalkedPath? place)
    {
        if (place is WalkedPath found && found.Folder != Descriptor)
        {
            PosixCalls.Close(found.Folder);
        }
        GC.KeepAlive(_handle);
    }
}
