using System.Collections.Concurrent;

namespace Pep668.Machines.Staging;

/// <summary>Writes a tree into a folder that nobody else uses yet.</summary>
internal static class TreeWriter
{
    private const int WorthThreads = 100;

    /// <summary>Writes everything; folders first, then the rest side by side.</summary>
    /// <exception cref="IOException">Something could not be written.</exception>
    /// <exception cref="UnauthorizedAccessException">Something may not be written.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    internal static void Write(string folder, IReadOnlyList<TreeEntry> entries, CancellationToken cancellation)
    {
        foreach (TreeEntry entry in entries)
        {
            if (entry.Kind == TreeEntryKind.Directory)
            {
                Directory.CreateDirectory(Path.Combine(folder, entry.Path));
            }
        }
        if (entries.Count < WorthThreads)
        {
            foreach (TreeEntry entry in entries)
            {
                WriteOne(folder, entry);
            }
            return;
        }
        // The first thing that goes wrong is what is told, not a bundle of all.
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
        GC.KeepAlive(entries); // their bytes may be those of a mapped file
    }

    private static void WriteOne(string folder, in TreeEntry entry)
    {
        string path = Path.Combine(folder, entry.Path);
        switch (entry.Kind)
        {
            case TreeEntryKind.File:
                WriteFile(path, entry);
                break;
            case TreeEntryKind.Copy:
                CopyProgram(entry.Target!, path, entry.Mode);
                break;
            case TreeEntryKind.Link:
                WriteLink(folder, path, entry);
                break;
        }
    }

    private static void WriteFile(string path, TreeEntry entry) => NativeWrite.File(
        path, entry.Content.Span,
        entry.Mode is UnixFileMode mode ? _ => mode : entry.More != UnixFileMode.None ? left => left | entry.More : null,
        entry.Modified, entry.Source, entry.Offset);

    // As venv does where a file system knows no links: a copy of the program.
    private static void WriteLink(string folder, string path, in TreeEntry entry)
    {
        try
        {
            File.CreateSymbolicLink(path, entry.Target!);
        }
        catch (IOException) when (File.Exists(Path.Combine(Path.GetDirectoryName(path)!, entry.Target!)) && Path.IsPathRooted(entry.Target))
        {
            CopyProgram(entry.Target, path, TreeEntry.Executable);
        }
    }

    private static void CopyProgram(string source, string path, UnixFileMode? mode)
    {
        File.Copy(source, path);
        if (!OperatingSystem.IsWindows() && mode is UnixFileMode wanted)
        {
            File.SetUnixFileMode(path, wanted);
        }
    }
}
