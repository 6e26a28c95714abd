using System.Collections.Concurrent;

namespace Pep668.Machines.Staging;

/// <summary>Writes a tree into a folder that no other process uses yet.</summary>
internal static class TreeWriter
{
    private const int WorthThreads = 100;

    /// <summary>Writes everything; folders first, then the rest in parallel.</summary>
    /// <param name="folder">Where; no other user can change it or what is in it.</param>
    /// <param name="entries">What.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="IOException">Something could not be written.</exception>
    /// <exception cref="UnauthorizedAccessException">Something may not be written.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    internal static void Write(OpenFolder folder, IReadOnlyList<TreeEntry> entries, CancellationToken cancellation)
    {
        foreach (TreeEntry entry in entries)
        {
            if (entry is { Kind: TreeEntryKind.Directory, Path.Length: > 0 })
            {
                MakeFolder(folder, entry.Path);
            }
        }
        if (entries.Count < WorthThreads)
        {
            foreach (TreeEntry entry in entries)
            {
                WriteOne(folder, entry);
            }
            GC.KeepAlive(entries); // their bytes may be those of a mapped file
            return;
        }
        // The first error is reported, not a collection of all.
        try
        {
            Parallel.ForEach(Partitioner.Create(0, entries.Count, 64), new ParallelOptions { CancellationToken = cancellation }, range =>
            {
                for (int at = range.Item1; at < range.Item2; at++)
                {
                    WriteOne(folder, entries[at]);
                }
            });
        }
        catch (AggregateException errors)
        {
            throw errors.InnerExceptions[0];
        }
        GC.KeepAlive(entries);
    }

    private static void MakeFolder(OpenFolder folder, string path)
    {
        try
        {
            folder.MakeFolder(path);
        }
        catch (DirectoryNotFoundException) when (Path.GetDirectoryName(path) is { Length: > 0 } parent)
        {
            MakeFolder(folder, parent);
            folder.MakeFolder(path);
        }
    }

    private static void WriteOne(OpenFolder folder, in TreeEntry entry)
    {
        switch (entry.Kind)
        {
            case TreeEntryKind.File:
                folder.Write(entry.Path, entry.Content.Span, new(entry.Mode, entry.More, entry.Modified, entry.Source, entry.Offset));
                break;
            case TreeEntryKind.Copy:
                folder.Copy(entry.Target!, entry.Path, entry.Mode);
                break;
            case TreeEntryKind.Link:
                WriteLink(folder, entry);
                break;
        }
    }

    // As venv does where a file system has no links: a copy of the program.
    private static void WriteLink(OpenFolder folder, in TreeEntry entry)
    {
        if (folder.Link(entry.Path, entry.Target!))
        {
            return;
        }
        if (!Path.IsPathRooted(entry.Target))
        {
            throw new IOException($"'{Path.Combine(folder.FullName, entry.Path)}' could not be created: the file system has no links.");
        }
        folder.Copy(entry.Target, entry.Path, TreeEntry.Executable);
    }
}
