namespace Pep668.Machines.Staging;

/// <summary>Replaces parts of an environment that is in use: each file in one step, so that a kill in between leaves the old one or the new.</summary>
internal static class TreeReplacer
{
    private const string LockName = "lock";
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
    internal static void Exchange(string folder, IReadOnlyList<string> obsolete, IReadOnlyList<TreeEntry> entries, CancellationToken cancellation)
    {
        string aside = Path.Combine(folder, StagingName.NewName()), fresh = Path.Combine(aside, "new");
        var moves = new List<(string From, string To)>();
        Directory.CreateDirectory(fresh);
        try
        {
            // While it is held, nobody takes this for the work of a process that was killed.
            using var @lock = new FileStream(Path.Combine(aside, LockName), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
            var folders = new HashSet<string>(StringComparer.Ordinal);
            TreeWriter.Write(fresh, [.. entries.SelectMany(entry => Above(entry.Path, folders)), .. entries], cancellation);
            try
            {
                for (int at = 0; at < obsolete.Count; at++)
                {
                    string old = Path.Combine(folder, obsolete[at]);
                    if (Directory.Exists(old))
                    {
                        Move(old, Path.Combine(aside, FormattableString.Invariant($"old{at}")), moves);
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
            Directory.Delete(aside, recursive: true);
        }
    }

    /// <summary>Whether a process was killed while it put a distribution in its place: what it moved aside may be the last of it.</summary>
    internal static bool WasCutOff(FileTree files, string folder) =>
        files.List(folder).Any(item => StagingName.IsName(item.Name) && files.IsDirectory(Path.Combine(folder, item.Name)) && IsDead(files, Path.Combine(folder, item.Name)));

    /// <summary>Removes what killed processes left.</summary>
    /// <param name="files">The machine's files.</param>
    /// <param name="folder">The environment's folder.</param>
    /// <param name="scripts">Its folder of commands.</param>
    internal static void Clean(FileTree files, string folder, string scripts)
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
                if (entry.Kind == FileKind.Directory && IsDead(files, path))
                {
                    Directory.Delete(path, recursive: true);
                }
                else if (entry.Kind is FileKind.File or FileKind.Link && DateTimeOffset.UtcNow.ToUnixTimeSeconds() - entry.Modified > WritingSeconds)
                {
                    File.Delete(path);
                }
            }
        }
    }

    private static bool IsDead(FileTree files, string aside)
    {
        string path = Path.Combine(aside, LockName);
        if (!files.IsFile(path))
        {
            // One that is just being made has no lock yet.
            return DateTimeOffset.UtcNow.ToUnixTimeSeconds() - files.LinkStat(aside).Modified > WritingSeconds;
        }
        try
        {
            new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None).Dispose();
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
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
