using System.Text.Json;
using Pep668.Machines;

namespace Pep668.Distros;

/// <summary>
/// The packages of a conda environment: <c>conda-meta/NAME-VERSION-BUILD.json</c> (<c>core/prefix_data.py</c> and
/// <c>models/records.py</c> of conda). mamba, micromamba and pixi write the same.
/// </summary>
internal sealed class CondaDatabase : PackageDatabase
{
    private const int MaximumBytes = 64 << 20;

    private readonly FileTree _files;
    private readonly string _prefix;
    private readonly RelativePaths _paths;
    private readonly IReadOnlyList<string> _records;
    private readonly UnreadablePackages _unreadable = new();
    private readonly Lazy<DependencyIndex> _needs;
    private Dictionary<string, Entry>? _entries;

    private CondaDatabase(FileTree files, string prefix, IReadOnlyList<string> records)
    {
        (_files, _prefix, _records) = (files, prefix, records);
        _paths = new(files.RealPath(prefix) ?? prefix);
        _needs = new(() => new(Entries.Values.Select(entry => (entry.Package, entry.Record.Needs.AsEnumerable()))));
    }

    /// <inheritdoc/>
    internal override string Name => "conda";

    /// <inheritdoc/>
    internal override string? Problem => Entries is not null ? _unreadable.Problem : null;

    /// <inheritdoc/>
    internal override IReadOnlyList<DistroPackage> Packages => [.. Entries.Values.Select(entry => entry.Package)];

    // The records are large, since they have the names of all files: they are not read before they are needed.
    private Dictionary<string, Entry> Entries => _entries ??= ReadRecords(null);

    /// <summary>Finds the records of an environment; null where there are none.</summary>
    internal static CondaDatabase? Open(FileTree files, string prefix)
    {
        string folder = Path.Combine(prefix, "conda-meta");
        string[] records = [.. files.List(folder).Where(item => item.Name.EndsWith(".json", StringComparison.Ordinal))
            .Select(item => Path.Combine(folder, item.Name)).Order(StringComparer.Ordinal)];
        return records.Length > 0 ? new(files, prefix, records) : null;
    }

    /// <inheritdoc/>
    internal override IReadOnlyList<OwnedFile> FilesBelow(IReadOnlyList<string> folders)
    {
        Dictionary<string, Entry> entries = ReadRecords(_paths.Wanted(folders));
        OwnedFile[] found = [.. entries.Values
            .SelectMany(entry => entry.Record.Files.Select(path => new OwnedFile(_paths.Absolute(path), entry.Package)))];
        _entries ??= entries;
        return found;
    }

    /// <inheritdoc/>
    internal override IReadOnlyList<DistroPackage> DependentsOf(DistroPackage package) => _needs.Value.DependentsOf(package, []);

    /// <inheritdoc/>
    internal override IReadOnlyDictionary<string, FileDigest> DigestsOf(DistroPackage package) =>
        Entries.TryGetValue(package.Id, out Entry? entry) && _files.Read(entry.Path, MaximumBytes).Bytes is byte[] json
            ? CondaRecord.Digests(json).GroupBy(file => _paths.Absolute(file.Path), file => file.Digest, StringComparer.Ordinal)
                .ToDictionary(group => group.Key, group => group.Last(), StringComparer.Ordinal)
            : new Dictionary<string, FileDigest>(StringComparer.Ordinal);

    /// <inheritdoc/>
    /// <remarks>The packages of a pixi workspace are those of its lock file, which conda does not know; <c>pixi
    /// global</c> has no such command.</remarks>
    internal override ProgramStep? Reinstall(DistroPackage package)
    {
        string? envs = Path.GetDirectoryName(_prefix), pixi = Path.GetDirectoryName(envs), workspace = Path.GetDirectoryName(pixi);
        if (Path.GetFileName(envs) is not "envs" || Path.GetFileName(pixi) is not ".pixi" || workspace is null)
        {
            return new("conda", "install", "--force-reinstall", "-p", _prefix, package.Name);
        }
        return ((string[])["pixi.toml", "pyproject.toml"]).Any(name => _files.IsFile(Path.Combine(workspace, name)))
            ? new("pixi", "reinstall", "--manifest-path", workspace, "-e", Path.GetFileName(_prefix), package.Name)
            : null;
    }

    private Dictionary<string, Entry> ReadRecords(WantedPaths? wanted)
    {
        var entries = new Dictionary<string, Entry>(StringComparer.Ordinal);
        foreach (string path in _records)
        {
            string id = Path.GetFileNameWithoutExtension(path);
            if (_files.Read(path, MaximumBytes).Bytes is byte[] json && CondaRecord.Read(json, wanted) is CondaRecord record)
            {
                // An interrupted update may leave two records of one name.
                DistroPackage package = new(record.Name, record.Version);
                package = entries.ContainsKey(package.Id) ? package with { Id = id } : package;
                entries[package.Id] = new(package, record, path);
            }
            else
            {
                _unreadable.Add(id);
            }
        }
        return entries;
    }

    private sealed record Entry(DistroPackage Package, CondaRecord Record, string Path);
}
