using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Pep668.Packages;

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

    /// <summary>The number of modules of a distribution that takes long enough to install to be interrupted, and is
    /// installed often.</summary>
    internal static int Many { get; } = TestExtent.Count(400);

    /// <summary>Adds a distribution of many files, which takes long to install.</summary>
    /// <param name="version">Its version.</param>
    /// <param name="metadata">More lines of its metadata.</param>
    /// <param name="files">The number of its modules.</param>
    internal WheelHouse AddBig(string version, string metadata = "", int files = 400)
    {
        Wheel("big", version, metadata, files);
        return this;
    }

    /// <summary>Adds a wheel.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="version">Its version.</param>
    /// <param name="metadata">More lines of its metadata.</param>
    /// <param name="module">Its module; null for its name.</param>
    /// <param name="assigned">The variable of its module that has the version.</param>
    internal WheelHouse Add(string name, string version, string metadata = "", string? module = null, string assigned = "version")
    {
        Wheel(name, version, metadata, module: module, assigned: assigned);
        return this;
    }

    /// <summary>Adds a source distribution that is built without other packages. Its build writes a file when it
    /// starts.</summary>
    /// <param name="folder">Where it is added.</param>
    /// <param name="name">Its name.</param>
    /// <param name="trace">The file.</param>
    internal static string AddSource(string folder, string name, string trace)
    {
        string path = Path.Combine(Directory.CreateDirectory(folder).FullName, $"{name}-1.0.tar.gz");
        string metadata = $"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n";
        Archive(path, $"{name}-1.0",
            ("pyproject.toml", "[build-system]\nrequires = []\nbuild-backend = 'backend'\nbackend-path = ['.']\n"),
            ("PKG-INFO", metadata),
            ("backend.py", $$"""
                import os
                open({{'"'}}{{trace}}{{'"'}}, 'a').write('built\n')
                def prepare_metadata_for_build_wheel(folder, config_settings=None):
                    name = '{{name}}-1.0.dist-info'
                    os.mkdir(os.path.join(folder, name))
                    with open(os.path.join(folder, name, 'METADATA'), 'w') as file:
                        file.write({{System.Text.Json.JsonSerializer.Serialize(metadata)}})
                    return name
                def build_wheel(folder, config_settings=None, metadata_directory=None):
                    raise RuntimeError('not needed')
                """));
        return path;
    }

    private void Wheel(
        string name, string version, string metadata = "", int files = 1, string? module = null, string assigned = "version")
    {
        string stem = name.Replace('.', '_').Replace('-', '_').ToLowerInvariant();
        module ??= stem;
        string info = $"{stem}-{version}.dist-info";
        List<(string, string)> entries =
        [
            .. Enumerable.Range(0, files).Select(number => ($"{module}/part{number}.py", $"version = '{version}'\n")),
            ($"{module}/__init__.py", $"{assigned} = '{version}'\n"),
            ($"{info}/METADATA", $"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n{metadata}"),
            ($"{info}/WHEEL", "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py2-none-any\nTag: py3-none-any\n"),
        ];
        entries.Add(($"{info}/RECORD", string.Concat(entries.Select(entry =>
            RecordFile.Line(entry.Item1, Encoding.UTF8.GetBytes(entry.Item2)) + "\n")) + $"{info}/RECORD,,\n"));
        File.WriteAllBytes(Path.Combine(Folder, $"{stem}-{version}-py2.py3-none-any.whl"), Zip(entries));
    }

    private void Sdist(string name, string version, string setup) => Archive(
        Path.Combine(Folder, $"{name}-{version}.tar.gz"), $"{name}-{version}", ("setup.py", setup),
        ("PKG-INFO", $"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"));

    private static void Archive(string file, string folder, params (string Path, string Text)[] entries)
    {
        using var gzip = new GZipStream(File.Create(file), CompressionLevel.Fastest);
        using var tar = new TarWriter(gzip, TarEntryFormat.Ustar);
        foreach ((string path, string text) in entries)
        {
            tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile,
                $"{folder}/{path}") { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)) });
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
