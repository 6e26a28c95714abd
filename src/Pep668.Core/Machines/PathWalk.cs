namespace Pep668.Machines;

/// <summary>Where a path leads: a name in an open folder.</summary>
/// <param name="Folder">The descriptor of the folder; the caller closes it, unless it is the one that it gave.</param>
/// <param name="Name">The name in it; <c>.</c> for the folder itself.</param>
/// <param name="Entry">What it is; perhaps missing. A link only if links were not to be followed.</param>
/// <param name="RealPath">The path without links, from the folder where the search began.</param>
/// <param name="Authority">The user who decided where it leads, if that is neither this user nor root.</param>
internal readonly record struct WalkedPath(int Folder, string Name, FileEntry Entry, string RealPath, uint? Authority);

/// <summary>
/// Follows a path on POSIX folder by folder, each by the descriptor of the one before, and never through a link that
/// the system resolves by itself. What another process exchanges meanwhile can only end the search.
/// </summary>
internal static class PathWalk
{
    private const int MaximumLinks = 40;    // as Linux does (path_resolution(7))

    /// <summary>Finds the last part of a path.</summary>
    /// <param name="root">The descriptor of the folder that <c>/</c> is.</param>
    /// <param name="path">The path.</param>
    /// <param name="followLast">Whether a link at its end is followed.</param>
    /// <param name="error">The number of the error; 0 for none.</param>
    /// <returns>What was found; null if a folder is missing or cannot be entered.</returns>
    internal static WalkedPath? Find(int root, string path, bool followLast, out int error)
    {
        var names = new List<string>();
        var rest = new Stack<string>();
        int folder = root, links = 0;
        uint? authority = null;
        Push(rest, path);
        error = PosixPath.IsTooLong(path) ? PosixCalls.NameTooLong : 0;
        while (error == 0 && rest.TryPop(out string? part))
        {
            if (part is "..")
            {
                // From the beginning again: the folder above an open one may be another by now.
                GoUp(names, rest);
                Enter(ref folder, root, root);
                continue;
            }
            bool isLast = rest.Count == 0;
            int next = isLast ? -1 : PosixCalls.Open(folder, part, PosixCalls.Enter);
            if (next >= 0)
            {
                names.Add(part);
                Enter(ref folder, next, root);
                continue;
            }
            error = isLast ? 0 : PosixCalls.Error();
            if (error != 0 && error != PosixCalls.NotFolder && error != PosixCalls.TooManyLinks)
            {
                break;
            }
            FileEntry entry = NativeFile.Stat(folder, part);
            if (entry.Kind == FileKind.Link && (!isLast || followLast))
            {
                error = Follow(folder, part, entry, rest, ref authority) && ++links <= MaximumLinks ? 0 : PosixCalls.TooManyLinks;
                if (rest.TryPeek(out string? first) && first is "/")
                {
                    rest.Pop();
                    names.Clear();
                    Enter(ref folder, root, root);
                }
                continue;
            }
            if (isLast)
            {
                names.Add(part);
                return new(folder, part, entry, Text(names), authority);
            }
        }
        if (error == 0)
        {
            return new(folder, ".", NativeFile.Stat(folder, "."), Text(names), authority);
        }
        Enter(ref folder, root, root);
        return null;
    }

    // Puts the parts of its target before the rest; "/" before those of an absolute one.
    private static bool Follow(int folder, string name, FileEntry link, Stack<string> rest, ref uint? authority)
    {
        if (PosixCalls.ReadLink(folder, name) is not { Length: > 0 } target || !NativeFile.Stat(folder, name).IsSameFile(link))
        {
            return false;
        }
        uint owner = NativeFile.Stat(folder, ".").Owner;
        uint? decides = !IsTrusted(owner) ? owner : !IsTrusted(link.Owner) ? link.Owner : null;
        if (decides is not null && authority is not null && decides != authority)
        {
            return false;
        }
        authority ??= decides;
        Push(rest, target);
        if (target[0] is '/')
        {
            rest.Push("/");
        }
        return true;
    }

    private static bool IsTrusted(uint owner) => FileTrust.IsOwner(FileTree.Host, NativeFile.UserId(), owner);

    private static void GoUp(List<string> names, Stack<string> rest)
    {
        for (int at = names.Count - 2; at >= 0; at--)
        {
            rest.Push(names[at]);
        }
        names.Clear();
    }

    private static void Enter(ref int folder, int next, int root)
    {
        if (folder != root)
        {
            PosixCalls.Close(folder);
        }
        folder = next;
    }

    private static void Push(Stack<string> rest, string path)
    {
        string[] parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        for (int at = parts.Length - 1; at >= 0; at--)
        {
            if (parts[at] is not ".")
            {
                rest.Push(parts[at]);
            }
        }
    }

    private static string Text(List<string> names) => "/" + string.Join('/', names);
}
