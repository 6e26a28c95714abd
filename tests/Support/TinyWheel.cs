using System.IO.Compression;

namespace Pep668.Tests;

/// <summary>A generated wheel of one module with one command, <c>tiny-tool</c>, which tools can install without a
/// network.</summary>
internal static class TinyWheel
{
    /// <summary>Writes <c>tiny_tool-1.0-py3-none-any.whl</c> into a new folder.</summary>
    internal static string WriteTo(string folder)
    {
        Directory.CreateDirectory(folder);
        using ZipArchive wheel = ZipFile.Open(Path.Combine(folder, "tiny_tool-1.0-py3-none-any.whl"), ZipArchiveMode.Create);
        (string Path, string Text)[] files =
        [
            ("tiny_tool.py", "def main():\n    print('tiny')\n"),
            ("tiny_tool-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: tiny-tool\nVersion: 1.0\n"),
            ("tiny_tool-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n"),
            ("tiny_tool-1.0.dist-info/entry_points.txt", "[console_scripts]\ntiny-tool = tiny_tool:main\n"),
        ];
        foreach ((string path, string text) in files.Append(("tiny_tool-1.0.dist-info/RECORD",
            string.Concat(files.Select(file => file.Path + ",,\n")) + "tiny_tool-1.0.dist-info/RECORD,,\n")))
        {
            using var writer = new StreamWriter(wheel.CreateEntry(path).Open());
            writer.Write(text);
        }
        return folder;
    }
}
