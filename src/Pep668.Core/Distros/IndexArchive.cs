using System.Formats.Tar;
using System.IO.Compression;
using Pep668.Machines;

namespace Pep668.Distros;

/// <summary>The compressed archives that pacman and apk keep as their indexes.</summary>
internal static class IndexArchive
{
    private const int Most = 64 << 20;

    /// <summary>Reads the entries of the archives in a folder. One that is damaged, or compressed in another way than
    /// by gzip, ends there.</summary>
    /// <param name="files">Where they are.</param>
    /// <param name="paths">The archives.</param>
    /// <param name="read">Called for each entry.</param>
    internal static void Read(FileTree files, IEnumerable<string> paths, Action<TarEntry> read)
    {
        foreach (string path in paths)
        {
            if (files.Read(path, Most).Bytes is not byte[] bytes)
            {
                continue;
            }
            try
            {
                using var text = new GZipStream(new MemoryStream(bytes, writable: false), CompressionMode.Decompress);
                using var archive = new TarReader(text);
                while (archive.GetNextEntry() is TarEntry entry)
                {
                    read(entry);
                }
            }
            catch (Exception error) when (error is InvalidDataException or EndOfStreamException or FormatException)
            {
                // What could be read counts.
            }
        }
    }
}
