using System.Text;
using Pep668.Machines;

namespace Pep668.Distros;

/// <summary>
/// dpkg's database below <c>/var/lib/dpkg</c> (dpkg(1), "Files"; deb-md5sums(5); dpkg-divert(1)): <c>status</c>, and
/// <c>info/NAME[:ARCH].list</c> and <c>.md5sums</c>; in distroless images <c>status.d/NAME</c> and
/// <c>status.d/NAME.md5sums</c>, which is there the list of files too (its <c>PACKAGE_METADATA.md</c>).
/// </summary>
internal sealed class DpkgDatabase : PackageDatabase
{
    private const string Folder = "/var/lib/dpkg", Status = Folder + "/status", Info = Folder + "/info", Parts = Folder + "/status.d",
        Updates = Folder + "/updates";
    private const int MaximumBytes = 256 << 20, SmallList = 1 << 20;

    private static readonly HashSet<string> Fields = new(StringComparer.OrdinalIgnoreCase)
    {
        "Package", "Status", "Architecture", "Multi-Arch", "Version", "Depends", "Pre-Depends", "Provides", "Conffiles",
    };

    private readonly FileTree _files;
    private readonly MergedFolders _merged;
    private readonly Dictionary<string, Entry> _entries;
    private readonly Lazy<ILookup<string, Entry>> _needs;
    private readonly Lazy<IReadOnlyList<Diversion>> _diversions;
    private readonly Lazy<Dictionary<string, Diversion>> _diverted;
    private readonly string? _problem;

    private DpkgDatabase(FileTree files, Dictionary<string, Entry> entries, string? problem)
    {
        (_files, _entries, _merged, _problem) = (files, entries, MergedFolders.Read(files), problem);
        _needs = new(() => entries.Values.SelectMany(entry => entry.Needs.Distinct(StringComparer.Ordinal).Select(name => (name, entry)))
            .ToLookup(pair => pair.name, pair => pair.entry, StringComparer.Ordinal));
        _diversions = new(ReadDiversions);
        _diverted = new(() =>
        {
            var byName = new Dictionary<string, Diversion>(StringComparer.Ordinal);
            foreach (Diversion one in Diversions)
            {
                byName.TryAdd(one.From, one);
            }
            return byName;
        });
    }

    /// <inheritdoc/>
    internal override string Name => "dpkg";

    /// <inheritdoc/>
    internal override string? Problem => _problem;

    /// <inheritdoc/>
    internal override IReadOnlyList<DistroPackage> Packages => [.. _entries.Values.Select(entry => entry.Package)];

    /// <inheritdoc/>
    internal override IReadOnlyList<Diversion> Diversions => _diversions.Value;

    /// <summary>Reads which packages are installed; null where there is no such database.</summary>
    internal static DpkgDatabase? Open(FileTree files)
    {
        FileContent status = files.Read(Status, MaximumBytes);
        DirectoryItem[] parts = [.. files.List(Parts).OrderBy(item => item.Name, StringComparer.Ordinal)];
        bool hasStatus = files.IsFile(Status);
        if (!hasStatus && parts.Length == 0)
        {
            return null;
        }
        var entries = new Dictionary<string, Entry>(StringComparer.Ordinal);
        bool hasPackages = false;
        foreach (DpkgControl control in DpkgControl.Parse(Encoding.UTF8.GetString(status.Bytes ?? []), Fields))
        {
            Add(entries, control, list: null);
            hasPackages |= control["Package"] is not null;
        }
        string? problem = !hasStatus ? null : WhyDamaged(status, hasPackages);
        // What an interrupted dpkg did not write into status yet: names of digits only, in their order (dbmodify.c).
        foreach (string update in files.List(Updates).Select(item => item.Name).Where(name => name.All(char.IsAsciiDigit))
            .Order(StringComparer.Ordinal))
        {
            foreach (DpkgControl control in DpkgControl.Parse(Text(files, $"{Updates}/{update}") ?? "", Fields))
            {
                Add(entries, control, list: null);
            }
        }
        foreach (string part in parts.Select(item => item.Name).Where(name => !name.EndsWith(".md5sums", StringComparison.Ordinal)))
        {
            foreach (DpkgControl control in DpkgControl.Parse(Text(files, $"{Parts}/{part}") ?? "", Fields))
            {
                Add(entries, control, $"{Parts}/{part}.md5sums");
            }
        }
        return new(files, ById(entries), problem);
    }

    /// <inheritdoc/>
    internal override IReadOnlyList<OwnedFile> FilesBelow(IReadOnlyList<string> folders)
    {
        var here = new WantedPaths(folders);
        var wanted = new WantedPaths([.. folders.SelectMany(_merged.NamesOf),
            .. Diversions.Where(one => here.Includes(_merged.Real(one.To))).Select(one => one.From)]);
        Entry[] entries = [.. _entries.Values];
        var files = new List<OwnedFile>?[entries.Length];
        _files.Near(Info, near => Parallel.For(0, entries.Length, static () => GC.AllocateUninitializedArray<byte>(SmallList),
            (at, _, buffer) =>
            {
                files[at] = FilesOf(near, entries[at], here, wanted, buffer);
                return buffer;
            }, static _ => { }));
        OwnedFile[] found = [.. files.SelectMany(some => some ?? [])];
        // A folder that is empty in one package has files of others.
        HashSet<string> parents = [.. found.Select(one => one.Path[..Math.Max(0, one.Path.LastIndexOf('/'))])];
        return [.. found.Where(one => !parents.Contains(one.Path))];
    }

    /// <inheritdoc/>
    internal override IReadOnlyList<DistroPackage> DependentsOf(DistroPackage package)
    {
        IEnumerable<string> names = _entries.TryGetValue(package.Id, out Entry? entry) ? [package.Name, .. entry.Provides] : [package.Name];
        return [.. names.SelectMany(name => _needs.Value[name]).Select(one => one.Package)
            .Where(one => !string.Equals(one.Name, package.Name, StringComparison.Ordinal)).Distinct()
            .OrderBy(one => one.Name, StringComparer.Ordinal)];
    }

    /// <inheritdoc/>
    internal override IReadOnlyDictionary<string, FileDigest> DigestsOf(DistroPackage package) =>
        _entries.TryGetValue(package.Id, out Entry? entry) ? DigestsOf(entry) : new Dictionary<string, FileDigest>(StringComparer.Ordinal);

    /// <inheritdoc/>
    internal override IReadOnlySet<string> ConfigurationFilesOf(DistroPackage package) =>
        _entries.TryGetValue(package.Id, out Entry? entry)
            ? entry.ConfigurationFiles.Select(_merged.Real).ToHashSet(StringComparer.Ordinal) : new HashSet<string>(StringComparer.Ordinal);

    /// <inheritdoc/>
    internal override ProgramStep? Reinstall(DistroPackage package)
    {
        // The name alone is the package of dpkg's own architecture.
        bool needsArchitecture = _entries.TryGetValue(package.Id, out Entry? entry) && (entry.IsForeign
            || _entries.Values.Count(one => string.Equals(one.Package.Name, package.Name, StringComparison.Ordinal)) > 1);
        return new("apt", "install", "--reinstall", needsArchitecture ? package.Id : package.Name) { NeedsRoot = true };
    }

    private Dictionary<string, FileDigest> DigestsOf(Entry entry)
    {
        var digests = new Dictionary<string, FileDigest>(StringComparer.Ordinal);
        byte[]? sums = entry.Parts is string parts ? _files.Read(parts, MaximumBytes).Bytes : ReadInfo(entry, ".md5sums");
        // Each line is the digest in 32 digits, two blanks, and the path without its first slash.
        foreach (string line in sums is null ? [] : Encoding.UTF8.GetString(sums).Split('\n'))
        {
            if (line.Length > 34 && line[32] == ' ')
            {
                digests[PathOf("/" + line[34..], entry)] = new(DigestAlgorithm.Md5, line[..32].ToLowerInvariant());
            }
        }
        return digests;
    }

    private List<OwnedFile>? FilesOf(FileTree files, Entry entry, WantedPaths here, WantedPaths wanted, byte[] buffer)
    {
        if (entry.Parts is not null)
        {
            return [.. DigestsOf(entry).Keys.Where(here.Includes).Select(path => new OwnedFile(path, entry.Package))];
        }
        List<OwnedFile>? found = null;
        int length = files.ReadSmall($"{Info}/{entry.Package.Id}.list", buffer);
        ReadOnlySpan<byte> list = length >= 0 ? buffer.AsSpan(0, length) : ReadInfo(entry, ".list");
        wanted.AddLines(list, path =>
        {
            string real = PathOf(path, entry);
            if (here.Includes(real))
            {
                (found ??= []).Add(new(real, entry.Package));
            }
        });
        return found;
    }

    // Where the file of that name is: another package may use the name.
    private string PathOf(string path, Entry entry) => _merged.Real(
        _diverted.Value.GetValueOrDefault(path) is Diversion one && !string.Equals(one.By, entry.Package.Name, StringComparison.Ordinal)
            ? one.To : path);

    // A package that can be installed for several architectures has its architecture in the names of its files.
    private byte[]? ReadInfo(Entry entry, string suffix) =>
        _files.Read($"{Info}/{entry.Package.Id}{suffix}", MaximumBytes).Bytes
            ?? _files.Read($"{Info}/{entry.Package.Name}{suffix}", MaximumBytes).Bytes;

    // A file system that was not closed in time leaves zeros. A new system has a status without packages.
    private static string? WhyDamaged(FileContent status, bool hasPackages) =>
        status.Bytes is not byte[] bytes ? $"'{Status}': {status.Problem}"
        : bytes.AsSpan().Contains((byte)0) || (!hasPackages && bytes.AsSpan().ContainsAnyExcept(" \t\r\n"u8)) ? $"'{Status}' is damaged"
        : null;

    // Three lines each: the name, the name that the other files get, the package or ":".
    private List<Diversion> ReadDiversions()
    {
        string[] lines = (Text(_files, Folder + "/diversions") ?? "").Split('\n');
        var found = new List<Diversion>();
        for (int at = 0; at + 2 < lines.Length; at += 3)
        {
            found.Add(new(lines[at], lines[at + 1], lines[at + 2] is ":" ? null : lines[at + 2]));
        }
        return found;
    }

    // By name and architecture: of a package that changed its architecture, status keeps the old one too.
    private static void Add(Dictionary<string, Entry> entries, DpkgControl control, string? list)
    {
        if (control["Package"] is not string name)
        {
            return;
        }
        string? architecture = control["Architecture"];
        string key = $"{name}:{architecture}";
        // "want error state" (dpkg(1), "Information about packages"): only the configuration files are left of
        // config-files.
        string state = control["Status"]?.Split(' ', StringSplitOptions.RemoveEmptyEntries).LastOrDefault() ?? "installed";
        if (state is "not-installed" or "config-files")
        {
            entries.Remove(key);
            return;
        }
        string id = control["Multi-Arch"] is "same" && architecture is not null ? key : name;
        entries[key] = new(new(name, control["Version"] ?? "") { Id = id })
        {
            Architecture = architecture,
            Control = control,
            Parts = list,
        };
    }

    // "PATH DIGEST", then perhaps "obsolete" and "remove-on-upgrade"; the path may contain blanks.
    private static string ConfigurationFile(string line)
    {
        foreach (string flag in (string[])[" remove-on-upgrade", " obsolete"])
        {
            line = line.EndsWith(flag, StringComparison.Ordinal) ? line[..^flag.Length] : line;
        }
        return line[..Math.Max(0, line.LastIndexOf(' '))];
    }

    // dpkg names a package of another architecture than its own with it.
    private static Dictionary<string, Entry> ById(Dictionary<string, Entry> entries)
    {
        string? native = entries.Values.FirstOrDefault(one => one.Package.Name is "dpkg")?.Architecture;
        var byId = new Dictionary<string, Entry>(entries.Count, StringComparer.Ordinal);
        foreach ((string key, Entry entry) in entries)
        {
            bool isForeign = native is not null && entry.Architecture is not (null or "all")
                && !string.Equals(entry.Architecture, native, StringComparison.Ordinal);
            Entry named = !isForeign ? entry : entry with { Package = entry.Package with { Id = key }, IsForeign = true };
            byId[named.Package.Id] = named;
        }
        return byId;
    }

    private static string? Text(FileTree files, string path) => files.ReadText(path, MaximumBytes);

    private sealed record Entry(DistroPackage Package)
    {
        internal string? Architecture { get; init; }

        internal bool IsForeign { get; init; }

        // Read on request: most questions need none of them.
        internal required DpkgControl Control { get; init; }

        internal IEnumerable<string> Needs =>
            DpkgControl.Relations(Control["Pre-Depends"]).Concat(DpkgControl.Relations(Control["Depends"]));

        internal IEnumerable<string> Provides => DpkgControl.Relations(Control["Provides"]);

        internal IEnumerable<string> ConfigurationFiles =>
            (Control["Conffiles"] ?? "").Split('\n').Select(ConfigurationFile).Where(path => path.Length > 0);

        internal string? Parts { get; init; }
    }
}
