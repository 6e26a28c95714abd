using System.Buffers;
using System.IO.Compression;
using System.Text;
using Pep668.Machines.Staging;

namespace Pep668.Venvs.Seeding;

/// <summary>A command of a distribution: <c>name = module:function</c> (the entry points
/// specification).</summary>
internal readonly record struct EntryPoint(string Name, string Module, string Function);

/// <summary>A wheel (PEP 427), unpacked in memory.</summary>
internal sealed record Wheel
{
    private static readonly SearchValues<char> VersionLetters = SearchValues.Create("-.0123456789");

    private Wheel(string name, string version, IReadOnlyDictionary<string, byte[]> files, IReadOnlySet<string> programs)
    {
        (Name, Version, Files, Programs) = (name, version, files, programs);
        DistInfo = files.Keys.Select(path => path.Split('/')[0])
            .FirstOrDefault(folder => folder.EndsWith(".dist-info", StringComparison.Ordinal))
            ?? throw new InvalidDataException(SeedMessages.NoDistInfo());
    }

    /// <summary>The name of the distribution in the file name.</summary>
    internal string Name { get; }

    /// <summary>Its version in the file name.</summary>
    internal string Version { get; }

    /// <summary>Its files by path, with <c>/</c>.</summary>
    internal IReadOnlyDictionary<string, byte[]> Files { get; }

    /// <summary>The executable ones: regular files with such a mode (<c>zip_item_is_executable</c> in
    /// <c>pip/_internal/utils/unpacking.py</c>).</summary>
    internal IReadOnlySet<string> Programs { get; }

    /// <summary>The folder of its metadata.</summary>
    internal string DistInfo { get; }

    /// <summary>The text of a file; null if it is missing.</summary>
    internal string? Text(string path) => Files.TryGetValue(path, out byte[]? bytes) ? Encoding.UTF8.GetString(bytes) : null;

    /// <summary>Unpacks one.</summary>
    /// <exception cref="InvalidDataException">It is not a wheel, or it has files outside of
    /// site-packages.</exception>
    internal static Wheel Open(string fileName, byte[] content)
    {
        string[] parts = fileName.Split('-');
        using var archive = new ZipArchive(new MemoryStream(content, writable: false));
        var files = new Dictionary<string, byte[]>(archive.Entries.Count, StringComparer.Ordinal);
        var programs = new HashSet<string>(StringComparer.Ordinal);
        foreach (ZipArchiveEntry entry in archive.Entries)
        {
            if (entry.FullName.EndsWith('/'))
            {
                continue;
            }
            if (Path.IsPathRooted(entry.FullName) || entry.FullName.Split('/').Any(part => part is ".." or "." or ""))
            {
                throw new InvalidDataException(SeedMessages.UnsafePath(entry.FullName));
            }
            if (entry.FullName.Split('/')[0].EndsWith(".data", StringComparison.Ordinal))
            {
                throw new InvalidDataException(SeedMessages.DataFolder(entry.FullName));
            }
            using var bytes = new MemoryStream((int)entry.Length);
            using (Stream stream = entry.Open())
            {
                stream.CopyTo(bytes);
            }
            int mode = entry.ExternalAttributes >>> 16; // of Unix
            if ((mode & 0xF000) == 0x8000 && (mode & (int)TreeEntry.Run) != 0)
            {
                programs.Add(entry.FullName);
            }
            files[entry.FullName] = bytes.GetBuffer().AsSpan(0, (int)bytes.Length).ToArray();
        }
        return new(parts[0], parts.Length > 1 ? parts[1] : "", files, programs);
    }

    /// <summary>
    /// The commands to write: for pip and easy_install those that pip creates for this Python, not those of the Python
    /// that built the wheel (<c>get_console_script_specs</c> in <c>pip/_internal/operations/install/wheel.py</c>).
    /// </summary>
    internal IReadOnlyList<EntryPoint> Commands(Version python)
    {
        var commands = new List<EntryPoint>();
        bool inSection = false;
        foreach (string raw in (Text($"{DistInfo}/entry_points.txt") ?? "").ReplaceLineEndings("\n").Split('\n'))
        {
            string line = raw.Trim();
            inSection = line.StartsWith('[') ? line is "[console_scripts]" : inSection;
            int equals = line.IndexOf('=', StringComparison.Ordinal), colon = line.IndexOf(':', StringComparison.Ordinal);
            if (inSection && equals > 0 && colon > equals)
            {
                string function = line[(colon + 1)..];
                int extras = function.IndexOf('[', StringComparison.Ordinal);
                commands.Add(
                    new(line[..equals].Trim(), line[(equals + 1)..colon].Trim(), (extras < 0 ? function : function[..extras]).Trim()));
            }
        }
        string series = FormattableString.Invariant($"{python.Major}.{python.Minor}");
        return
        [
            .. Versioned("pip", ["pip", FormattableString.Invariant($"pip{python.Major}"), $"pip{series}"]),
            .. Versioned("easy_install", ["easy_install", $"easy_install-{series}"]),
            .. commands.Where(command => !IsVersioned(command.Name)),
        ];

        IEnumerable<EntryPoint> Versioned(string name, string[] names) =>
            commands.Where(command => string.Equals(command.Name, name, StringComparison.Ordinal))
                .SelectMany(command => names.Select(one => command with { Name = one }));
    }

    // pip, pip3, pip3.11; easy_install, easy_install-3.6
    private static bool IsVersioned(string name) =>
        (name.StartsWith("pip", StringComparison.Ordinal) && !name.AsSpan(3).ContainsAnyExcept(VersionLetters))
        || (name.StartsWith("easy_install", StringComparison.Ordinal)
            && !name.AsSpan("easy_install".Length).ContainsAnyExcept(VersionLetters));
}
