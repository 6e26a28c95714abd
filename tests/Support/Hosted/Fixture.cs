using System.Text;

namespace Pep668.Hosted.Tests;

/// <summary>A temporary folder, with interpreters that contain the bytes that a reader needs and cannot run.</summary>
internal sealed class Fixture : IDisposable
{
    // As the file system names it: the temporary folder may be a link.
    internal string Folder { get; } = Directory.CreateTempSubdirectory("pep668-hosted-").FullName;

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    internal string Write(string path, string text, bool executable = false) => Write(path, Encoding.UTF8.GetBytes(text), executable);

    /// <summary>An interpreter with its standard library; <paramref name="marker"/> is the text of an
    /// EXTERNALLY-MANAGED file.</summary>
    internal string Python(string prefix, string version, string? marker = null)
    {
        string series = string.Join('.', version.Split('.')[..2]);
        byte[] program = new byte[256];
        "\u007fELF\u0002\u0001"u8.CopyTo(program);
        program[18] = 62;
        Encoding.ASCII.GetBytes(version, program.AsSpan(100));
        Write($"{prefix}/lib/python{series}/os.py", "");
        if (marker is not null)
        {
            Write($"{prefix}/lib/python{series}/EXTERNALLY-MANAGED", marker);
        }
        return Write($"{prefix}/bin/python{series}", program, executable: true);
    }

    private string Write(string path, byte[] bytes, bool executable)
    {
        string full = Path.Combine(Folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllBytes(full, bytes);
        if (executable && !OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(full, (UnixFileMode)0b111_101_101);
        }
        return full;
    }
}
