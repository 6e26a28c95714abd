using System.Formats.Tar;
using System.IO.Compression;
using Pep668.Machines;

namespace Pep668.Distros;

/// <summary>The compressed archives that pacman and apk keep as their indexes.</summary>
internal static class IndexArchive
{
    private const int Most = 64 << 20, MostOfEntry = 256 << 20;

    /// <summary>Reads the entries of the archives in a folder. One that is damaged, too large, or compressed in another
    /// way than by gzip, ends there.</summary>
    /// <param name="files">Where they are.</param>
    /// <param name="paths">The archives.</param>
    /// <param name="read">Called for each entry.</param>
    /// <returns>The archives that could not be read, or only in part.</returns>
    internal static IReadOnlyList<Notice> Read(FileTree files, IEnumerable<string> paths, Action<TarEntry> read)
    {
        var problems = new List<Notice>();
        foreach (string path in paths)
        {
            FileContent content = files.Read(path, Most);
            if (content.Bytes is not byte[] bytes)
            {
                problems.Add(DistroMessages.InvalidIndex(path, content.Problem!));
                continue;
            }
            try
            {
                using var text = new GZipStream(new MemoryStream(bytes, writable: false), CompressionMode.Decompress);
                using var archive = new TarReader(text);
                while (archive.GetNextEntry() is TarEntry entry)
                {
                    if (entry.Length > MostOfEntry)
                    {
                        problems.Add(DistroMessages.InvalidIndex(path, $"'{entry.Name}' in it is too large"));
                        break;
                    }
                    read(entry);
                }
            }
            catch (Exception error) when (error is InvalidDataException or EndOfStreamException or FormatException)
            {
                // What could be read counts.
                problems.Add(DistroMessages.InvalidIndex(path, "it is not a complete archive of tar and gzip"));
            }
        }
        return problems;
    }
}
