using System.Buffers.Binary;
using System.Text;
using Pep668.Machines;

namespace Pep668.Tests;

/// <summary>
/// A simulated machine: a folder that represents <c>/</c>, with interpreters that contain the bytes that a reader
/// needs and cannot run.
/// </summary>
internal sealed class World : IDisposable
{
    private readonly Dictionary<string, string> _variables = new(StringComparer.Ordinal);

    internal string Folder { get; } = Directory.CreateTempSubdirectory("pep668-world-").FullName;

    internal string CurrentDirectory { get; set; } = "/home/user/project";

    internal uint UserId { get; set; } = Machine.Current().UserId;

    internal World()
    {
        CreateFolder("/home/user/project");
        Set("PATH", "/usr/local/bin:/usr/bin:/bin");
    }

    internal Machine Machine => new()
    {
        Files = FileTree.Under(Folder),
        Variables = _variables,
        Platform = Platform.Linux,
        Home = "/home/user",
        UserId = UserId,
        CurrentDirectory = CurrentDirectory,
    };

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    internal string OnDisk(string path) => Folder + path;

    internal World Set(string variable, string value)
    {
        _variables[variable] = value;
        return this;
    }

    internal World CreateFolder(string path)
    {
        Directory.CreateDirectory(OnDisk(path));
        return this;
    }

    internal World Write(string path, string text, bool executable = false) => Write(path, Encoding.UTF8.GetBytes(text), executable);

    internal World Write(string path, byte[] bytes, bool executable = false)
    {
        CreateFolder(Path.GetDirectoryName(path)!);
        File.Delete(OnDisk(path));
        File.WriteAllBytes(OnDisk(path), bytes);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(OnDisk(path), executable ? (UnixFileMode)0b111_101_101 : (UnixFileMode)0b110_100_100);
        }
        return this;
    }

    internal World Link(string path, string target)
    {
        CreateFolder(Path.GetDirectoryName(path)!);
        File.Delete(OnDisk(path));
        CreateLink(OnDisk(path), target);
        return this;
    }

    // Windows asks for a privilege, and Wine accepts the call without making a link.
    private static void CreateLink(string path, string target)
    {
        try
        {
            File.CreateSymbolicLink(path, target);
        }
        catch (Exception error) when (OperatingSystem.IsWindows() && error is IOException or UnauthorizedAccessException)
        {
        }
        if (OperatingSystem.IsWindows() && new FileInfo(path).LinkTarget is null)
        {
            // How xunit knows a test to be skipped; the benchmarks, which use this file too, are without it.
            throw new NotSupportedException("$XunitDynamicSkip$symbolic links cannot be made here");
        }
    }

    /// <summary>An interpreter with its standard library; <paramref name="marker"/> is the text of an
    /// EXTERNALLY-MANAGED file.</summary>
    internal World Python(string prefix, string version, string? marker = null, string implementation = "python", string suffix = "")
    {
        string series = string.Join('.', version.Split('.')[..2]) + suffix;
        string folder = $"{prefix}/lib/{implementation}{series}";
        Write($"{prefix}/bin/{implementation}{series}", Program(version, prefix), executable: true);
        Link($"{prefix}/bin/{implementation}3", $"{implementation}{series}");
        Write($"{folder}/os.py", "");
        if (marker is not null)
        {
            Write($"{folder}/EXTERNALLY-MANAGED", marker);
        }
        return this;
    }

    /// <summary>A virtual environment of the interpreter in <paramref name="prefix"/>.</summary>
    internal World Venv(string folder, string prefix, string version, string extra = "")
    {
        string series = string.Join('.', version.Split('.')[..2]);
        Write($"{folder}/pyvenv.cfg", $"home = {prefix}/bin\ninclude-system-site-packages = false\nversion = {version}\n{extra}");
        Link($"{folder}/bin/python", $"{prefix}/bin/python{series}");
        Link($"{folder}/bin/python3", "python");
        return CreateFolder($"{folder}/lib/python{series}/site-packages");
    }

    /// <summary>The header file <c>patchlevel.h</c> of a version.</summary>
    internal static string PatchLevel(int major, int minor, int micro, string level, int serial) => $"""
        #define PY_RELEASE_LEVEL_ALPHA  0xA
        #define PY_RELEASE_LEVEL_GAMMA  0xC     /* For release candidates */
        #define PY_MAJOR_VERSION        {major}
        #define PY_MINOR_VERSION        {minor}
        #define PY_MICRO_VERSION        {micro}
        #define PY_RELEASE_LEVEL        {level}
        #define PY_RELEASE_SERIAL       {serial}
        """;

    /// <summary>A 64-bit ELF header for x86-64 without sections, then the version as Python's own program has
    /// it.</summary>
    /// <param name="version">The version.</param>
    /// <param name="prefix">The prefix that it is built for; null for one that is not in it.</param>
    internal static byte[] Program(string version, string? prefix = null)
    {
        byte[] bytes = new byte[256 + (prefix?.Length ?? 0)];
        "\u007fELF"u8.CopyTo(bytes);
        bytes[4] = 2;
        bytes[5] = 1;
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(18), 62);
        Encoding.ASCII.GetBytes(version, bytes.AsSpan(100));
        Encoding.ASCII.GetBytes(prefix ?? "", bytes.AsSpan(180));
        return bytes;
    }
}
