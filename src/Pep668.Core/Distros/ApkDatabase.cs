using System.Text;
using Pep668.Machines;

namespace Pep668.Distros;

/// <summary>
/// apk's database of Alpine Linux, Wolfi and OpenWrt: <c>lib/apk/db/installed</c>, in images of Wolfi also below
/// <c>usr</c> (<c>apk_db_layer_name</c> and <c>apk_db_fdb_read</c> in apk-tools' <c>src/database.c</c>; apk 3 writes
/// the same text). A line is a letter, a colon and a value; an empty line ends a package.
/// </summary>
/// <remarks>What packages provide as <c>py3.12:NAME</c> are the modules in <c>site-packages</c>
/// (<c>prepare_py_provides</c> in abuild's <c>abuild.in</c>), not distributions: it is not used as a map.</remarks>
internal sealed class ApkDatabase : PackageDatabase
{
    private const int MaximumBytes = 256 << 20;

    private readonly byte[] _text;
    private readonly MergedFolders _merged;
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private readonly UnreadablePackages _unreadable = new();
    private readonly Lazy<DependencyIndex> _needs;
    private readonly string? _problem;

    private ApkDatabase(FileTree files, string path, FileContent content)
    {
        _text = content.Bytes ?? [];
        _merged = MergedFolders.Read(files);
        _needs = new(() => new(_entries.Values.Select(entry => (entry.Package, Names(entry.Needs)))));
        _problem = content.Problem is string problem ? $"'{path}': {problem}" : null;
        ReadPackages();
    }

    /// <inheritdoc/>
    internal override string Name => "apk";

    /// <inheritdoc/>
    internal override string? Problem => _problem ?? _unreadable.Problem;

    /// <inheritdoc/>
    internal override IReadOnlyList<DistroPackage> Packages => [.. _entries.Values.Select(entry => entry.Package)];

    /// <summary>Reads which packages are installed; null where there is no such database.</summary>
    internal static ApkDatabase? Open(FileTree files) =>
        ((string[])["/lib/apk/db/installed", "/usr/lib/apk/db/installed"])
            .FirstOrDefault(path => files.Stat(path).Kind != FileKind.Missing) is string path
                ? new(files, path, files.Read(path, MaximumBytes))
                : null;

    /// <inheritdoc/>
    internal override IReadOnlyList<OwnedFile> FilesBelow(IReadOnlyList<string> folders)
    {
        WantedPaths wanted = new RelativePaths("/").Wanted(folders.SelectMany(_merged.NamesOf));
        var found = new List<OwnedFile>();
        foreach (Entry entry in _entries.Values)
        {
            ReadOnlySpan<byte> folder = [];
            bool isWanted = false, isNear = false;
            foreach ((char field, Range value) in Fields(entry.Files))
            {
                if (field is 'F')
                {
                    folder = _text.AsSpan(value);
                    isWanted = wanted.Includes(folder);
                    isNear = isWanted || wanted.Touches(folder);
                }
                else if (field is 'R' && isNear && PathOf(folder, _text.AsSpan(value)) is string path
                    && (isWanted || wanted.Includes(path)))
                {
                    found.Add(new(Absolute(path), entry.Package));
                }
            }
        }
        return found;
    }

    /// <inheritdoc/>
    internal override IReadOnlyList<DistroPackage> DependentsOf(DistroPackage package) =>
        _needs.Value.DependentsOf(package, _entries.TryGetValue(package.Name, out Entry? entry) ? Names(entry.Provides) : []);

    /// <inheritdoc/>
    internal override IReadOnlyDictionary<string, FileDigest> DigestsOf(DistroPackage package)
    {
        var digests = new Dictionary<string, FileDigest>(StringComparer.Ordinal);
        // The flag S: digests that have the length of SHA-1 are the first 20 bytes of SHA-256 (a package of format 3).
        if (!_entries.TryGetValue(package.Name, out Entry? entry) || entry.Flags.Contains('S', StringComparison.Ordinal))
        {
            return digests;
        }
        ReadOnlySpan<byte> folder = [];
        string? path = null;
        foreach ((char field, Range value) in Fields(entry.Files))
        {
            ReadOnlySpan<byte> text = _text.AsSpan(value);
            switch (field)
            {
                case 'F':
                    folder = text;
                    path = null;
                    break;
                case 'R':
                    path = Absolute(PathOf(folder, text));
                    break;
                // USER:GROUP:MODE; only links have mode 777, and their digest is that of the target's name.
                case 'a' when text.EndsWith(":777"u8) || text.IndexOf(":777:"u8) >= 0:
                    path = null;
                    break;
                case 'Z' when path is not null && Digest(Encoding.UTF8.GetString(text)) is FileDigest digest:
                    digests[path] = digest;
                    break;
            }
        }
        return digests;
    }

    /// <inheritdoc/>
    /// <remarks>apk keeps changed files there (apk-protected_paths(5)); folders that the administrator protects
    /// besides are not known.</remarks>
    internal override IReadOnlySet<string> ConfigurationFilesOf(DistroPackage package) =>
        DigestsOf(package).Keys.Where(path => path.StartsWith("/etc/", StringComparison.Ordinal)).ToHashSet(StringComparer.Ordinal);

    /// <inheritdoc/>
    internal override ProgramStep? Reinstall(DistroPackage package) => new("apk", "fix", package.Name) { NeedsRoot = true };

    private void ReadPackages()
    {
        int at = 0;
        while (at < _text.Length)
        {
            int length = _text.AsSpan(at).IndexOf("\n\n"u8);
            int end = length < 0 ? _text.Length : at + length;
            ReadPackage(at..end);
            at = end + 2;
        }
    }

    private void ReadPackage(Range record)
    {
        string? name = null, version = null;
        string needs = "", provides = "", flags = "";
        Range files = record.End..record.End;
        foreach ((char field, Range value) in Fields(record))
        {
            if (field is 'F')
            {
                files = (value.Start.Value - 2)..record.End;
                break;
            }
            string text = field is 'P' or 'V' or 'D' or 'p' or 'f' ? Encoding.UTF8.GetString(_text.AsSpan(value)) : "";
            (name, version, needs, provides, flags) = field switch
            {
                'P' => (text, version, needs, provides, flags),
                'V' => (name, text, needs, provides, flags),
                'D' => (name, version, text, provides, flags),
                'p' => (name, version, needs, text, flags),
                'f' => (name, version, needs, provides, text),
                _ => (name, version, needs, provides, flags),
            };
        }
        if (string.IsNullOrEmpty(name) || string.IsNullOrEmpty(version))
        {
            AddUnreadable(record, name);
        }
        else
        {
            _entries.TryAdd(name, new(new(name, version), needs, provides, flags, files));
        }
    }

    private void AddUnreadable(Range record, string? name)
    {
        ReadOnlySpan<byte> text = _text.AsSpan(record).Trim("\n\r\t "u8);
        if (!text.IsEmpty)
        {
            int end = text.IndexOf((byte)'\n');
            _unreadable.Add(name is { Length: > 0 } ? name : Encoding.UTF8.GetString(end < 0 ? text : text[..end]));
        }
    }

    // The letter of each line, and where its value is.
    private IEnumerable<(char Field, Range Value)> Fields(Range lines)
    {
        int at = lines.Start.Value, last = lines.End.Value;
        while (at < last)
        {
            int length = _text.AsSpan(at, last - at).IndexOf((byte)'\n');
            int end = length < 0 ? last : at + length;
            if (end - at >= 2 && _text[at + 1] == ':')
            {
                yield return ((char)_text[at], (at + 2)..end);
            }
            at = end + 1;
        }
    }

    private string Absolute(string path) => _merged.Real("/" + path);

    private static string PathOf(ReadOnlySpan<byte> folder, ReadOnlySpan<byte> name) =>
        folder.IsEmpty ? Encoding.UTF8.GetString(name) : Encoding.UTF8.GetString(folder) + "/" + Encoding.UTF8.GetString(name);

    // "name", "name>=1.0", "name@repository"; "!name" is a conflict (apk_dep_parse in src/package.c).
    private static IEnumerable<string> Names(string relations)
    {
        foreach (string one in relations.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            int end = one.AsSpan().IndexOfAny("<>=~@");
            if (one[0] != '!' && end != 0)
            {
                yield return end < 0 ? one : one[..end];
            }
        }
    }

    // Q is base64 and X hexadecimal, then 1 for SHA-1 and 2 for SHA-256 (apk_blob_pull_digest in src/blob.c).
    private static FileDigest? Digest(string text)
    {
        byte[] bytes = new byte[32];
        string value = text switch
        {
            ['Q', '1' or '2', .. string base64] when Convert.TryFromBase64String(base64, bytes, out int length) =>
                Convert.ToHexString(bytes, 0, length).ToLowerInvariant(),
            ['X', '1' or '2', .. string hex] when hex.All(char.IsAsciiHexDigit) => hex.ToLowerInvariant(),
            _ => "",
        };
        return value.Length switch
        {
            40 => new(DigestAlgorithm.Sha1, value),
            64 => new(DigestAlgorithm.Sha256, value),
            _ => null,
        };
    }

    private sealed record Entry(DistroPackage Package, string Needs, string Provides, string Flags, Range Files);
}
