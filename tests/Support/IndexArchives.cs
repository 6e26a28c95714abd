using System.Formats.Tar;
using System.IO.Compression;
using System.Text;

namespace Pep668.Tests;

/// <summary>Compressed archives like the indexes of pacman and apk.</summary>
internal static class IndexArchives
{
    internal static void Write(World world, string path, params (string Name, string Text)[] files)
    {
        var bytes = new MemoryStream();
        using (var compressed = new GZipStream(bytes, CompressionLevel.Fastest, leaveOpen: true))
        using (var archive = new TarWriter(compressed))
        {
            foreach ((string name, string text) in files)
            {
                var content = new MemoryStream(Encoding.UTF8.GetBytes(text));
                archive.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = content });
            }
        }
        world.Write(path, bytes.ToArray());
    }
}
