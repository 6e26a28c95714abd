namespace Pep668.Machines.Staging;

/// <summary>Replaces parts of an environment that is in use: each file in one step, so that a kill in between leaves
/// the old one or the new.</summary>
internal static class TreeReplacer
{
    private const string FreshName = "new";
    private const long WritingSeconds = 60;

    /// <summary>Writes one entry over what has its name.</summary>
    internal static void Replace(string folder, in TreeEntry entry)
    {
        string path = Path.Combine(folder, entry.Path), parent = Path.GetDirectoryName(path)!;
        if (entry.Kind == TreeEntryKind.Directory)
        {
            Directory.CreateDirectory(path);
            return;
        }
        Directory.CreateDirectory(parent);
        string aside = StagingName.NewName();
        try
        {
            // A relative link means the same beside the one that it replaces.
            TreeWriter.Write(parent, [entry with { Path = aside }], CancellationToken.None);
            File.Move(Path.Combine(parent, aside), path, overwrite: true);
        }
        catch
        {
            File.Delete(Path.Combine(parent, aside));
            throw;
        }
    }

    /// <summary>Puts a distribution in the place of what is left of it.</summary>
    /// <param name="folder">The environment's folder.</param>
    /// <param name="obsolete">What goes, below it.</param>
    /// <param name="entries">What comes, below it.</param>
    /// <param name="cancellation">Stops it before anything is replaced.</param>
    internal static void Exchange(string folder, IReadOnlyList<string> obsolete, IReadOnlyList<TreeEntry> entries,
        CancellationToken cancellation)
    {
        // While it is held, no other process takes this for the work of one that was killed.
        StagingLock aside = StagingLock.Create(folder, text: "", FreshName);
        string fresh = Path.Combine(aside.Folder, FreshName);
        var moves = new List<(string From, string To)>();
        try
        {
            var folders = new HashSet<string>(StringComparer.Ordinal);
            TreeWriter.Write(fresh, [.. entries.SelectMany(entry => Above(entry.Path, folders)), .. entries], cancellation);
            try
            {
                for (int at = 0; at < obsolete.Count; at++)
                {
                    string old = Path.Combine(folder, obsolete[at]);
                    if (Directory.Exists(old))
                    {
                        Move(old, Path.Combine(aside.Folder, FormattableString.Invariant($"old{at}")), moves);
                    }
                }
                Merge(fresh, folder, moves);
            }
            catch
            {
                Undo(moves);
                throw;
            }
        }
        finally
        {
            aside.Remove();
        }
    }

    /// <summary>Whether a process was killed while it put a distribution in its place: what it moved aside may be the
    /// last of it.</summary>
    internal static bool WasInterrupted(FileTree files, string folder, LockTaker? take = null) => files.List(folder).Any(item =>
    {
        using StagingLock? left = StagingName.IsName(item.Name) && files.IsDirectory(Path.Combine(folder, item.Name))
            ? TakeAbandoned(Path.Combine(folder, item.Name), take)
            : null;
        return left is not null;
    });

    /// <summary>Removes what killed processes left.</summary>
    /// <param name="files">The machine's files.</param>
    /// <param name="folder">The environment's folder.</param>
    /// <param name="scripts">Its folder of commands.</param>
    /// <param name="take">How a file is locked; null for <see cref="FileLock.Take"/>.</param>
    internal static void Clean(FileTree files, string folder, string scripts, LockTaker? take = null)
    {
        foreach (string place in (string[])[folder, scripts])
        {
            foreach (DirectoryItem item in files.List(place))
            {
                string path = Path.Combine(place, item.Name);
                if (!StagingName.IsName(item.Name))
                {
                    continue;
                }
                FileEntry entry = files.LinkStat(path);
                if (entry.Kind == FileKind.Directory)
                {
                    TakeAbandoned(path, take)?.Remove();
                }
                else if (entry.Kind is FileKind.File or FileKind.Link
                    && DateTimeOffset.UtcNow.ToUnixTimeSeconds() - entry.Modified > WritingSeconds)
                {
                    File.Delete(path);
                }
            }
        }
    }

    // A StagedFolder of an environment inside this one has text in its lock, and perhaps the only copy of what it
    // replaces.
    private static StagingLock? TakeAbandoned(string aside, LockTaker? take)
    {
        StagingLock? left = StagingLock.TakeAbandoned(aside, hasText: false, take);
        if (left is not { Text.Length: > 0 })
        {
            return left;
        }
        left.Dispose();
        return null;
    }

    private static void Merge(string from, string to, List<(string From, string To)> moves)
    {
        foreach (string source in Directory.EnumerateFileSystemEntries(from))
        {
            string target = Path.Combine(to, Path.GetFileName(source));
            if (File.Exists(source))
            {
                File.Move(source, target, overwrite: true);
            }
            else if (Directory.Exists(target))
            {
                Merge(source, target, moves);
            }
            else
            {
                Move(source, target, moves);
            }
        }
    }

    private static void Move(string from, string to, List<(string From, string To)> moves)
    {
        Directory.Move(from, to);
        moves.Add((from, to));
    }

    private static void Undo(List<(string From, string To)> moves)
    {
        foreach ((string from, string to) in Enumerable.Reverse(moves))
        {
            Directory.Move(to, from);
        }
    }

    private static IEnumerable<TreeEntry> Above(string path, HashSet<string> known)
    {
        string? parent = Path.GetDirectoryName(path);
        return string.IsNullOrEmpty(parent) || !known.Add(parent) ? [] : [.. Above(parent, known), TreeEntry.Folder(parent)];
    }
}
