using System.Formats.Tar;
using System.IO.Compression;
using System.Text;

namespace Pep668.Tests;

/// <summary>A folder of generated distributions, for installs without a network.</summary>
internal sealed class WheelHouse
{
    internal WheelHouse(string folder)
    {
        Folder = Directory.CreateDirectory(folder).FullName;
        Wheel("tiny", "1.0");
        Wheel("tiny", "1.1");
        Wheel("tiny", "2.0");
        Wheel("leaf", "1.0");
        Wheel("Top.Name", "1.0", "Requires-Dist: tiny (<2)\nProvides-Extra: more\nRequires-Dist: leaf ; extra == 'more'\n");
        Wheel("clash", "1.0", "Requires-Dist: tiny (==2.0)\n");
        Wheel("other", "1.0");
        File.WriteAllBytes(Path.Combine(Folder, "hollow-1.0-py3-none-any.whl"), Zip([("hollow.py", "x = 1\n")]));
        Sdist("unbuildable", "1.0", "raise RuntimeError('this one cannot be built')\n");
    }

    internal string Folder { get; }

    internal string PathOf(string start) => Directory.GetFiles(Folder, start + "*").Single();

    /// <summary>Adds a distribution of many files, which takes long to install.</summary>
    /// <param name="version">Its version.</param>
    /// <param name="metadata">More lines of its metadata.</param>
    internal WheelHouse AddBig(string version, string metadata = "")
    {
        Wheel("big", version, metadata, files: 400);
        return this;
    }

    /// <summary>Adds a distribution of one module.</summary>
    internal WheelHouse Add(string name, string version, string? module = null)
    {
        Wheel(name, version, module: module);
        return this;
    }

    private void Wheel(string name, string version, string metadata = "", int files = 1, string? module = null)
    {
        string stem = name.Replace('.', '_').ToLowerInvariant();
        module ??= stem;
        string info = $"{stem}-{version}.dist-info";
        List<(string, string)> entries =
        [
            .. Enumerable.Range(0, files).Select(number => ($"{module}/part{number}.py", $"version = '{version}'\n")),
            ($"{module}/__init__.py", $"version = '{version}'\n"),
            ($"{info}/METADATA", $"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n{metadata}"),
            ($"{info}/WHEEL", "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py2-none-any\nTag: py3-none-any\n"),
        ];
        entries.Add(($"{info}/RECORD", string.Concat(entries.Select(entry => entry.Item1 + ",,\n")) + $"{info}/RECORD,,\n"));
        File.WriteAllBytes(Path.Combine(Folder, $"{stem}-{version}-py2.py3-none-any.whl"), Zip(entries));
    }

    private void Sdist(string name, string version, string setup)
    {
        using var gzip = new GZipStream(File.Create(Path.Combine(Folder, $"{name}-{version}.tar.gz")), CompressionLevel.Fastest);
        using var tar = new TarWriter(gzip, TarEntryFormat.Ustar);
        foreach ((string path, string text) in ((string, string)[])[("setup.py", setup),
            ("PKG-INFO", $"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")])
        {
            tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile,
                $"{name}-{version}/{path}") { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)) });
        }
    }

    private static byte[] Zip(IEnumerable<(string Path, string Text)> entries)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string path, string text) in entries)
            {
                using var writer = new StreamWriter(zip.CreateEntry(path, CompressionLevel.Fastest).Open());
                writer.Write(text);
            }
        }
        return bytes.ToArray();
    }
}
