using System.IO.Compression;

namespace Pep668.Tests;

/// <summary>A generated wheel of one module with one command, <c>tiny-tool</c>, which tools can install without a
/// network.</summary>
internal static class TinyWheel
{
    /// <summary>Writes <c>tiny_tool-1.0-py3-none-any.whl</c> into a new folder.</summary>
    internal static string WriteTo(string folder)
    {
        Add(folder, "tiny-tool", "1.0", "tiny-tool");
        return folder;
    }

    /// <summary>Adds a wheel to a folder. Its commands print its name and its version.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="name">The distribution.</param>
    /// <param name="version">Its version.</param>
    /// <param name="commands">Its commands; none for a library.</param>
    internal static void Add(string folder, string name, string version, params IReadOnlyList<string> commands)
    {
        // Byte-code is that of another version if its source has the same size and was written in the same second.
        Write(folder, name, version, commands,
            $"def main():\n    print('{name} {version}')\n{new string('\n', version.Sum(digit => digit - '-'))}");
    }

    /// <summary>Adds a wheel whose command starts a program of this machine.</summary>
    internal static void AddProgram(string folder, string name, string program) => Write(folder, name, "1.0", [name],
        $"import os\nimport sys\n\ndef main():\n    os.execv('{program}', ['{program}'] + sys.argv[1:])\n");

    private static void Write(string folder, string name, string version, IReadOnlyList<string> commands, string module)
    {
        Directory.CreateDirectory(folder);
        string stem = name.Replace('-', '_'), info = $"{stem}-{version}.dist-info";
        using ZipArchive wheel = ZipFile.Open(Path.Combine(folder, $"{stem}-{version}-py3-none-any.whl"), ZipArchiveMode.Create);
        (string Path, string Text)[] files =
        [
            ($"{stem}.py", module),
            ($"{info}/METADATA", $"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"),
            ($"{info}/WHEEL", "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n"),
            .. commands.Count == 0 ? ((string, string)[])[] : [($"{info}/entry_points.txt",
                "[console_scripts]\n" + string.Concat(commands.Select(command => $"{command} = {stem}:main\n")))],
        ];
        foreach ((string path, string text) in files.Append(($"{info}/RECORD",
            string.Concat(files.Select(file => file.Path + ",,\n")) + $"{info}/RECORD,,\n")))
        {
            using var writer = new StreamWriter(wheel.CreateEntry(path).Open());
            writer.Write(text);
        }
    }
}
