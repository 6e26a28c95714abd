namespace Pep668.Machines.Staging;

/// <summary>Replaces parts of an environment that is in use: each file atomically, so that a process that is killed in
/// between leaves the old one or the new.</summary>
internal static class TreeReplacer
{
    private const string FreshName = "new";
    private const long WritingSeconds = 60;

    /// <summary>Writes one entry in place of what has its name.</summary>
    /// <param name="folder">The path of the environment's folder.</param>
    /// <param name="entry">What to write, below it.</param>
    internal static void Replace(string folder, in TreeEntry entry)
    {
        string path = Path.Combine(folder, entry.Path);
        if (entry.Kind == TreeEntryKind.Directory)
        {
            OpenFolder.OpenOrCreate(path).Dispose();
            return;
        }
        using OpenFolder parent = OpenOrCreate(Path.GetDirectoryName(path)!);
        string aside = StagingName.NewName();
        try
        {
            // A relative link has the same meaning beside the one that it replaces.
            TreeWriter.Write(parent, [entry with { Path = aside }], CancellationToken.None);
            parent.Replace(aside, parent, Path.GetFileName(path));
        }
        catch
        {
            parent.DeleteFile(aside);
            throw;
        }
    }

    private static OpenFolder OpenOrCreate(string path)
    {
        var created = new List<CreatedFolder>();
        OpenFolder folder = OpenFolder.OpenOrCreate(path, created: created);
        OpenFolder.Close(created, removesEmpty: false);
        return folder;
    }

    /// <summary>Replaces what is left of a distribution.</summary>
    /// <param name="folder">The path of the environment's folder.</param>
    /// <param name="obsolete">The folders to remove, below it.</param>
    /// <param name="entries">What to write, below it.</param>
    /// <param name="cancellation">Stops it before anything is replaced.</param>
    internal static void Exchange(string folder, IReadOnlyList<string> obsolete, IReadOnlyList<TreeEntry> entries,
        CancellationToken cancellation)
    {
        using OpenFolder environment = OpenFolder.Open(folder);
        Exchange(environment, obsolete, entries, cancellation);
    }

    /// <summary>The same in an open folder.</summary>
    internal static void Exchange(
        OpenFolder environment, IReadOnlyList<string> obsolete, IReadOnlyList<TreeEntry> entries, CancellationToken cancellation)
    {
        // While it is held, no other process takes this for the work of one that was killed.
        using StagingLock aside = StagingLock.Create(environment, text: "", FreshName);
        using var moves = new MoveList();
        bool isComplete = true;
        try
        {
            using OpenFolder fresh = aside.Folder.OpenChild(FreshName);
            var folders = new HashSet<string>(StringComparer.Ordinal);
            TreeWriter.Write(fresh, [.. entries.SelectMany(entry => Above(entry.Path, folders)), .. entries], cancellation);
            for (int at = 0; at < obsolete.Count; at++)
            {
                string path = Path.Combine(environment.FullName, obsolete[at]);
                if (moves.Keep(OpenFolder.TryOpen(Path.GetDirectoryName(path)!, environment)) is OpenFolder parent
                    && parent.Stat(Path.GetFileName(path)).Kind == FileKind.Directory)
                {
                    moves.Move(parent, Path.GetFileName(path), aside.Folder, FormattableString.Invariant($"old{at}"));
                }
            }
            Merge(fresh, environment, moves);
        }
        catch
        {
            isComplete = moves.TryUndo();
            throw;
        }
        finally
        {
            // It may have the only copy of what could not be moved back.
            if (isComplete)
            {
                moves.Dispose(); // Windows does not delete an open folder
                aside.TryRemove();
            }
        }
    }

    /// <summary>Whether a process was killed while it replaced a distribution: the folders that it moved may be the
    /// only copy.</summary>
    internal static bool WasInterrupted(string folder, LockTaker? take = null)
    {
        using OpenFolder? environment = OpenFolder.TryOpen(folder);
        foreach (DirectoryItem item in environment?.List() ?? [])
        {
            if (item.Kind == FileKind.Directory && StagingName.IsName(item.Name))
            {
                using StagingLock? left = TakeAbandoned(environment!, item.Name, take);
                if (left is not null)
                {
                    return true;
                }
            }
        }
        return false;
    }

    /// <summary>Removes what killed processes of this user left.</summary>
    /// <param name="folder">The path of the environment's folder.</param>
    /// <param name="scripts">The path of its folder of commands.</param>
    /// <param name="take">How a file is locked; null for <see cref="FileLock.Take"/>.</param>
    internal static void Clean(string folder, string scripts, LockTaker? take = null)
    {
        foreach (string place in (string[])[folder, scripts])
        {
            using OpenFolder? open = OpenFolder.TryOpen(place);
            foreach (DirectoryItem item in open?.List() ?? [])
            {
                if (!StagingName.IsName(item.Name))
                {
                    continue;
                }
                FileEntry entry = open!.Stat(item.Name);
                if (entry.Kind == FileKind.Directory)
                {
                    using StagingLock? left = TakeAbandoned(open, item.Name, take);
                    left?.Remove();
                }
                else if (entry.Kind is FileKind.File or FileKind.Link && FileTrust.IsOwn(entry)
                    && DateTimeOffset.UtcNow.ToUnixTimeSeconds() - entry.Modified > WritingSeconds)
                {
                    open.DeleteFile(item.Name);
                }
            }
        }
    }

    // A StagedFolder of an environment inside this one has text in its lock, and perhaps the only copy of what it
    // replaces.
    private static StagingLock? TakeAbandoned(OpenFolder parent, string name, LockTaker? take)
    {
        StagingLock? left = StagingLock.TakeAbandoned(parent, name, hasText: false, take);
        if (left is not { Text.Length: > 0 })
        {
            return left;
        }
        left.Dispose();
        return null;
    }

    private static void Merge(OpenFolder from, OpenFolder to, MoveList moves)
    {
        foreach (DirectoryItem item in from.List() ?? [])
        {
            if (item.Kind != FileKind.Directory)
            {
                from.Replace(item.Name, to, item.Name);
            }
            else if (to.Stat(item.Name).Kind == FileKind.Missing)
            {
                moves.Move(from, item.Name, to, item.Name);
            }
            else
            {
                OpenFolder source = moves.Keep(from.OpenChild(item.Name))!;
                Merge(source, moves.Keep(to.OpenChildOrLink(item.Name))!, moves);
            }
        }
    }

    private static IEnumerable<TreeEntry> Above(string path, HashSet<string> known)
    {
        string? parent = Path.GetDirectoryName(path);
        return string.IsNullOrEmpty(parent) || !known.Add(parent) ? [] : [.. Above(parent, known), TreeEntry.Folder(parent)];
    }
}
