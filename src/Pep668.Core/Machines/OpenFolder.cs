using Microsoft.Win32.SafeHandles;

namespace Pep668.Machines;

/// <summary>
/// A folder that is open. What is in it is named by its open folder and one name, so that nothing that another process
/// puts in place of a folder, a link above all, leads a change to another place.
/// </summary>
/// <remarks>
/// On POSIX by descriptor (<c>openat</c> and the calls like it, with <c>O_NOFOLLOW</c>). On Windows by handle, which
/// also does not share deletion, so that neither the folder nor one above it can be renamed while it is open.
/// </remarks>
internal abstract class OpenFolder : IDisposable
{
    private protected OpenFolder(string fullName) => FullName = fullName;

    /// <summary>The path that it had when it was opened: for messages, and for programs that are started.</summary>
    internal string FullName { get; }

    /// <summary>Opens a folder.</summary>
    /// <param name="path">An absolute path. A link that belongs to another user, or is in a folder of another user, is
    /// followed only to a folder of that user.</param>
    /// <exception cref="DirectoryNotFoundException">It does not exist.</exception>
    /// <exception cref="IOException">It is not a folder, or cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be opened, or such a link leads to it.</exception>
    internal static OpenFolder Open(string path) => HostPlatform.IsWindows ? WindowsFolder.Open(path) : PosixFolder.Open(path);

    /// <summary>Opens a folder, or returns null if that is not possible.</summary>
    /// <param name="path">An absolute path.</param>
    /// <param name="by">The folder whose <see cref="OpenPath"/> is used; null for <see cref="Open"/>.</param>
    internal static OpenFolder? TryOpen(string path, OpenFolder? by = null)
    {
        try
        {
            return by is null ? Open(path) : by.OpenPath(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Whether two paths lead to one folder, by the rule of <see cref="Open"/>.</summary>
    internal static bool IsSame(string path, string other)
    {
        using OpenFolder? one = TryOpen(path), two = TryOpen(other);
        return one is not null && two is not null && (HostPlatform.IsWindows || one.Stat().IsSameFile(two.Stat()));
    }

    /// <summary>Opens a folder; creates it, and those above it, where they are missing.</summary>
    /// <param name="path">An absolute path.</param>
    /// <param name="isPrivate">Whether new folders get the mode 0700 on POSIX.</param>
    /// <param name="created">What was created is added, the topmost first, for <see cref="Close"/>.</param>
    /// <exception cref="IOException">It could not be created or opened.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be created or opened.</exception>
    internal static OpenFolder OpenOrCreate(string path, bool isPrivate = false, List<CreatedFolder>? created = null)
    {
        try
        {
            return Open(path);
        }
        catch (DirectoryNotFoundException) when (Path.GetDirectoryName(path) is not null)
        {
            OpenFolder parent = OpenOrCreate(Path.GetDirectoryName(path)!, isPrivate, created);
            string name = Path.GetFileName(path);
            bool isOurs = parent.MakeFolder(name, isPrivate);
            try
            {
                return parent.OpenChild(name);
            }
            finally
            {
                if (isOurs && created is not null)
                {
                    created.Add(new(parent, name));
                }
                else
                {
                    parent.Dispose();
                }
            }
        }
    }

    /// <summary>Closes the folders above created ones.</summary>
    /// <param name="created">The created folders, the topmost first.</param>
    /// <param name="removesEmpty">Whether those that are empty are removed.</param>
    internal static void Close(List<CreatedFolder> created, bool removesEmpty)
    {
        foreach ((OpenFolder parent, string name) in Enumerable.Reverse(created))
        {
            if (removesEmpty)
            {
                parent.TryRemoveFolder(name);
            }
            parent.Dispose();
        }
        created.Clear();
    }

    /// <summary>What the folder itself is.</summary>
    internal abstract FileEntry Stat();

    /// <summary>What a name in it is; links are not followed.</summary>
    internal abstract FileEntry Stat(string name);

    /// <summary>The names in it; null if they cannot be read.</summary>
    internal abstract IReadOnlyList<DirectoryItem>? List();

    /// <summary>Opens a folder in it.</summary>
    /// <exception cref="IOException">It is not a folder, or a link.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be opened.</exception>
    internal abstract OpenFolder OpenChild(string name);

    /// <summary>Creates a folder in it.</summary>
    /// <returns>Whether it was created; false if something has that name.</returns>
    internal abstract bool MakeFolder(string name, bool isPrivate = false);

    /// <summary>Opens a folder in it, or the folder that a link in it leads to, by the rule of
    /// <see cref="Open"/>.</summary>
    internal OpenFolder OpenChildOrLink(string name) =>
        Stat(name).Kind == FileKind.Link ? OpenPath(Path.Combine(FullName, name)) : OpenChild(name);

    /// <summary>The same as <see cref="Open"/>, by the calls that this folder was opened with.</summary>
    internal virtual OpenFolder OpenPath(string path) => Open(path);

    /// <summary>Opens a regular file in it that has this one name, and never waits for another process.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="use">How it is opened.</param>
    /// <exception cref="FileNotFoundException">It does not exist.</exception>
    /// <exception cref="IOException">It is not a regular file, or has other names, or cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be opened.</exception>
    internal abstract SafeFileHandle OpenFile(string name, FileUse use = FileUse.Read);

    /// <summary>Writes a file that does not exist yet.</summary>
    /// <param name="name">Its name, or its path below the folder where no other user can change the folders on the
    /// way.</param>
    /// <param name="content">Its bytes.</param>
    /// <param name="attributes">Permissions and time.</param>
    /// <exception cref="IOException">It could not be written, or exists.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    internal abstract void Write(string name, ReadOnlySpan<byte> content, in NewFile attributes = default);

    /// <summary>Creates a symbolic link.</summary>
    /// <returns>Whether it was created; false if the file system has no links.</returns>
    internal abstract bool Link(string name, string target);

    /// <summary>Copies a file of the machine to a new file.</summary>
    internal void Copy(string source, string name, UnixFileMode? mode)
    {
        using SafeFileHandle from = FileTree.Host.Open(source) ?? throw new FileNotFoundException($"Could not read '{source}'.", source);
        Copy(from, name, mode);
    }

    /// <summary>Deletes a file or a link, unless it is missing.</summary>
    internal abstract void DeleteFile(string name);

    /// <summary>Deletes an empty folder where that is possible.</summary>
    internal abstract bool TryRemoveFolder(string name);

    /// <summary>Deletes a folder with everything in it, or a file; links are not followed.</summary>
    /// <exception cref="IOException">Something could not be deleted.</exception>
    /// <exception cref="UnauthorizedAccessException">Something may not be deleted.</exception>
    internal void DeleteTree(string name) => TreeDeletion.Delete(this, name);

    /// <summary>Gives something another name; an empty folder of that name is replaced, nothing else.</summary>
    /// <returns>Whether it was renamed; false if something else has that name.</returns>
    internal abstract bool Move(string name, OpenFolder to, string newName);

    /// <summary>Gives a file another name, in place of the file or link that has it.</summary>
    internal abstract void Replace(string name, OpenFolder to, string newName);

    /// <summary>Exchanges two names atomically; false if the system or the file system does not support it.</summary>
    internal abstract bool TryExchange(string name, OpenFolder other, string otherName);

    /// <inheritdoc/>
    public abstract void Dispose();

    private protected abstract void Copy(SafeFileHandle source, string name, UnixFileMode? mode);

    /// <summary>The whole content of an open file.</summary>
    private protected static ReadOnlySpan<byte> Content(SafeFileHandle file)
    {
        byte[] content = new byte[RandomAccess.GetLength(file)];
        int read = 0;
        while (read < content.Length && RandomAccess.Read(file, content.AsSpan(read), read) is int count and > 0)
        {
            read += count;
        }
        return content.AsSpan(0, read);
    }
}

/// <summary>How a file is opened.</summary>
internal enum FileUse
{
    /// <summary>For reading, beside other processes.</summary>
    Read,

    /// <summary>To be locked and read: on Windows no other process can open it meanwhile.</summary>
    Lock,

    /// <summary>To be locked, read and written.</summary>
    LockAndWrite,

    /// <summary>The same; it is created, for this user only, if it does not exist.</summary>
    LockOrCreate,
}

/// <summary>A folder that was created.</summary>
/// <param name="Parent">The open folder that it is in.</param>
/// <param name="Name">Its name.</param>
internal readonly record struct CreatedFolder(OpenFolder Parent, string Name);

/// <summary>The attributes of a file to write.</summary>
/// <param name="Mode">Its permissions; null for what the user's mask leaves.</param>
/// <param name="More">Permissions in addition to those that the user's mask leaves.</param>
/// <param name="Modified">Its time of modification, in seconds since 1970; null for now.</param>
/// <param name="Source">A file that has the same bytes, to share them where that is possible; null for none.</param>
/// <param name="Offset">Their position in it.</param>
/// <param name="IsPrivate">Whether only this user can ever open it: it is created with the mode 0600.</param>
internal readonly record struct NewFile(UnixFileMode? Mode = null, UnixFileMode More = UnixFileMode.None, long? Modified = null,
    ReflinkSource? Source = null, long Offset = 0, bool IsPrivate = false);
