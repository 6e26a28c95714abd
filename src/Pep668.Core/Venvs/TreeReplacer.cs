namespace Pep668.Venvs;

/// <summary>Replaces parts of an environment that is in use: each file in one step, so that a kill in between leaves the old one or the new.</summary>
internal static class TreeReplacer
{
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
        string aside = $".pep668-{Guid.NewGuid():N}";
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
        string aside = Path.Combine(folder, $".pep668-{Guid.NewGuid():N}");
        try
        {
            string fresh = Path.Combine(aside, "new");
            Directory.CreateDirectory(fresh);
            var folders = new HashSet<string>(StringComparer.Ordinal);
            TreeWriter.Write(fresh, [.. entries.SelectMany(entry => Above(entry.Path, folders)), .. entries], cancellation);
            for (int at = 0; at < obsolete.Count; at++)
            {
                string old = Path.Combine(folder, obsolete[at]);
                if (Directory.Exists(old))
                {
                    Directory.Move(old, Path.Combine(aside, FormattableString.Invariant($"old{at}")));
                }
            }
            Merge(fresh, folder);
        }
        finally
        {
            if (Directory.Exists(aside))
            {
                Directory.Delete(aside, recursive: true);
            }
        }
    }

    private static void Merge(string from, string to)
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
                Merge(source, target);
            }
            else
            {
                Directory.Move(source, target);
            }
        }
    }

    private static IEnumerable<TreeEntry> Above(string path, HashSet<string> known)
    {
        string? parent = Path.GetDirectoryName(path);
        return string.IsNullOrEmpty(parent) || !known.Add(parent) ? [] : [.. Above(parent, known), TreeEntry.Folder(parent)];
    }
}
