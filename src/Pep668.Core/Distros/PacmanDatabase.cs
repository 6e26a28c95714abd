using System.Text;
using Pep668.Machines;

namespace Pep668.Distros;

/// <summary>
/// pacman's database (<c>lib/libalpm/be_local.c</c>): <c>var/lib/pacman/local/NAME-VERSION</c> with <c>desc</c>,
/// <c>files</c> and <c>mtree</c>, of Arch Linux below <c>/</c>, of MSYS2 below its folder.
/// </summary>
internal sealed class PacmanDatabase : PackageDatabase
{
    private const int MaximumBytes = 256 << 20;

    private readonly FileTree _files;
    private readonly MergedFolders? _merged;
    private readonly RelativePaths _paths;
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private readonly UnreadablePackages _unreadable = new();
    private readonly Lazy<DependencyIndex> _needs;

    private PacmanDatabase(FileTree files, string root)
    {
        (_files, _paths) = (files, new(root));
        _merged = root is "/" ? MergedFolders.Read(files) : null;
        _needs = new(() => new(_entries.Values.Select(entry => (entry.Package, Names(entry, "%DEPENDS%"u8)))));
    }

    /// <inheritdoc/>
    internal override string Name => "pacman";

    /// <inheritdoc/>
    internal override string? Problem => _unreadable.Problem;

    /// <inheritdoc/>
    internal override IReadOnlyList<DistroPackage> Packages => [.. _entries.Values.Select(entry => entry.Package)];

    /// <summary>Reads which packages are installed; null where there is no such database.</summary>
    /// <param name="files">Where to look.</param>
    /// <param name="root">The folder that the packages are installed to.</param>
    internal static PacmanDatabase? Open(FileTree files, string root = "/")
    {
        var database = new PacmanDatabase(files, root);
        string local = database._paths.Absolute("var/lib/pacman/local");
        if (files.TryList(local) is not { } items)
        {
            return null;
        }
        IEnumerable<string> folders = items.Where(item => item.Kind == FileKind.Directory).Select(item => item.Name);
        foreach (string name in folders.Order(StringComparer.Ordinal))
        {
            database.Add(Path.Combine(local, name));
        }
        // pacman makes the folder where it is itself a package of another distribution.
        return database._entries.Count > 0 || database.Problem is not null ? database : null;
    }

    /// <inheritdoc/>
    internal override IReadOnlyList<OwnedFile> FilesBelow(IReadOnlyList<string> folders)
    {
        WantedPaths wanted = _paths.Wanted(_merged is null ? folders : folders.SelectMany(_merged.NamesOf));
        var found = new List<OwnedFile>();
        foreach (Entry entry in _entries.Values)
        {
            wanted.AddLines(
                PacmanSections.Find(ReadFiles(entry), "%FILES%"u8), path => found.Add(new(Absolute(path), entry.Package)));
        }
        return found;
    }

    /// <inheritdoc/>
    internal override IReadOnlyList<DistroPackage> DependentsOf(DistroPackage package) =>
        _needs.Value.DependentsOf(package, Find(package) is Entry entry ? Provided(entry) : []);

    /// <inheritdoc/>
    internal override IReadOnlyDictionary<string, FileDigest> DigestsOf(DistroPackage package)
    {
        var digests = new Dictionary<string, FileDigest>(StringComparer.Ordinal);
        // A package that was made by hand need not have this file.
        if (Find(package) is not Entry entry || _files.Read(Path.Combine(entry.Folder, "mtree"), MaximumBytes).Bytes is not byte[] bytes)
        {
            return digests;
        }
        if (Mtree.Read(bytes) is not { } files)
        {
            _unreadable.Add(package.Name);
            return digests;
        }
        // .PKGINFO, .INSTALL and .CHANGELOG are not installed (check_pkg_full in pacman's src/pacman/check.c).
        foreach ((string path, FileDigest digest) in files.Where(file => file.Path is not ['.', ..]))
        {
            digests[Absolute(path)] = digest;
        }
        return digests;
    }

    /// <inheritdoc/>
    internal override IReadOnlySet<string> ConfigurationFilesOf(DistroPackage package) =>
        // Each line is the path, a tab, and a digest of the file.
        (Find(package) is Entry entry ? PacmanSections.Lines(ReadFiles(entry), "%BACKUP%"u8) : [])
            .Select(line => Absolute(line.Split('\t')[0])).ToHashSet(StringComparer.Ordinal);

    /// <inheritdoc/>
    internal override ProgramStep? Reinstall(DistroPackage package) =>
        new("pacman", "-S", package.Name) { NeedsRoot = _merged is not null };

    private void Add(string folder)
    {
        byte[]? desc = _files.Read(Path.Combine(folder, "desc"), MaximumBytes).Bytes;
        if (desc is not null && PacmanSections.Lines(desc, "%NAME%"u8) is [string name, ..]
            && PacmanSections.Lines(desc, "%VERSION%"u8) is [string version, ..])
        {
            // pacman too refuses a second entry of one name ("duplicated database entry").
            _entries.TryAdd(name, new(new(name, version), folder, desc));
        }
        else
        {
            _unreadable.Add(Path.GetFileName(folder));
        }
    }

    private Entry? Find(DistroPackage package) => _entries.GetValueOrDefault(package.Name);

    private byte[] ReadFiles(Entry entry)
    {
        if (_files.Read(Path.Combine(entry.Folder, "files"), MaximumBytes).Bytes is byte[] bytes)
        {
            return bytes;
        }
        _unreadable.Add(entry.Package.Name);
        return [];
    }

    private string Absolute(string path) => _merged is null ? _paths.Absolute(path) : _merged.Real(_paths.Absolute(path));

    // "name", or with one of <, <=, =, >=, > and a version (PKGBUILD(5), "depends"). A library has its ABI for a
    // version: libz.so=1-64 is another one than libz.so=1-32.
    private static IEnumerable<string> Names(Entry entry, ReadOnlySpan<byte> section) => PacmanSections.Lines(entry.Desc, section).Select(
        text => text.AsSpan().IndexOfAny('<', '=', '>') is int end and >= 0 && !IsLibrary(text, end) ? text[..end] : text);

    private static IEnumerable<string> Provided(Entry entry) => Names(entry, "%PROVIDES%"u8)
        .SelectMany(name => name.IndexOf('=', StringComparison.Ordinal) is int end and > 0 ? (string[])[name, name[..end]] : [name]);

    private static bool IsLibrary(string text, int end) => text[end] == '=' && text.AsSpan(0, end).EndsWith(".so");

    private sealed record Entry(DistroPackage Package, string Folder, byte[] Desc);
}
