using Microsoft.Win32.SafeHandles;

namespace Pep668.Venvs;

/// <summary>Writes a tree into a folder that nobody else uses yet.</summary>
internal static class TreeWriter
{
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
        // The first thing that goes wrong is what is told, not a bundle of all.
        try
        {
            Parallel.ForEach(entries, new ParallelOptions { CancellationToken = cancellation }, entry => WriteOne(folder, entry));
        }
        catch (AggregateException errors)
        {
            throw errors.InnerExceptions[0];
        }
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

    private static void WriteFile(string path, in TreeEntry entry)
    {
        // No sharing mode: it would cost a lock.
        using SafeFileHandle file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        RandomAccess.Write(file, entry.Content.Span, 0);
        if (!OperatingSystem.IsWindows() && (entry.Mode is not null || entry.More != UnixFileMode.None))
        {
            File.SetUnixFileMode(file, entry.Mode ?? (File.GetUnixFileMode(file) | entry.More));
        }
        if (entry.Modified is long modified)
        {
            File.SetLastWriteTimeUtc(file, DateTimeOffset.FromUnixTimeSeconds(modified).UtcDateTime);
        }
    }

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
