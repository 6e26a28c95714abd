using Pep668.Machines;

namespace Pep668.Distros;

/// <summary>
/// rpm's database in the format <c>sqlite</c>, which all distributions but SUSE's use since 2020. The other formats are
/// <c>ndb</c> (<c>Packages.db</c>) and <c>bdb</c> (<c>Packages</c>); they are read by rpm itself, on a running system.
/// </summary>
internal sealed class RpmDatabase : PackageDatabase
{
    private const string Query = "SELECT blob FROM Packages";
    private const string OstreeBooted = "/run/ostree-booted"; // ostree-prepare-root creates it (ostree(1))

    // The distributions' %_dbpath: the usual one, SUSE's and Fedora's since 36, ostree's. The others are often links to
    // it. A copy of ostree's, rpm-ostree-base-db, is the system before the user's own packages.
    private static readonly string[] Places = ["/var/lib/rpm", "/usr/lib/sysimage/rpm", "/usr/share/rpm"];
    private static readonly string[] OtherFormats = ["Packages.db", "Packages"];

    private readonly Machine _machine;
    private readonly MergedFolders _merged;
    private readonly Lazy<Content> _content;
    private readonly Lazy<ILookup<string, (Entry Entry, RpmRelation Need)>> _needs;
    private readonly Lazy<ILookup<string, (string Name, string Series, Entry Entry)>> _distributions;

    private RpmDatabase(Machine machine, Func<(IReadOnlyList<RpmRecord> Records, string? Problem)> read)
    {
        (_machine, _merged) = (machine, MergedFolders.Read(machine.Files));
        _content = new(() =>
        {
            (IReadOnlyList<RpmRecord> records, string? problem) = read();
            return new(Named(records), problem);
        });
        _needs = new(() => Entries
            .SelectMany(entry => entry.Record.Requires.Where(need => !need.IsForInstallation).SelectMany(need => need.Simple())
                .Distinct().Select(need => (entry, need)))
            .ToLookup(pair => _merged.Real(pair.need.Name), StringComparer.Ordinal));
        _distributions = new(() => Entries.SelectMany(Distributions).ToLookup(one => one.Name, StringComparer.Ordinal));
    }

    /// <inheritdoc/>
    internal override string Name => "rpm";

    /// <inheritdoc/>
    internal override string? Problem => _content.Value.Problem;

    /// <inheritdoc/>
    internal override IReadOnlyList<DistroPackage> Packages => [.. Entries.Select(entry => entry.Package)];

    private IReadOnlyList<Entry> Entries => _content.Value.Entries;

    /// <summary>Finds the database; null if it does not exist. It is read when something of it is used.</summary>
    internal static RpmDatabase? Open(Machine machine) => Open(machine, SystemSqlite.Shared);

    /// <summary>The same with a given SQLite; null for a system without it.</summary>
    internal static RpmDatabase? Open(Machine machine, SystemSqlite? sqlite)
    {
        FileTree files = machine.Files;
        if (Places.Select(place => place + "/rpmdb.sqlite").FirstOrDefault(files.IsFile) is string path)
        {
            return new(machine, () => sqlite is not null ? Read(files, path, sqlite)
                : AskRpm(files, $"'{path}' cannot be read without the library libsqlite3, which was not found"));
        }
        string? other = Places.SelectMany(_ => OtherFormats, (place, name) => $"{place}/{name}").FirstOrDefault(files.IsFile);
        return other is null ? null : new(machine, () => AskRpm(files,
            $"'{other}' has rpm's format {(other.EndsWith(".db", StringComparison.Ordinal) ? "ndb" : "bdb")}, which is not supported"));
    }

    /// <inheritdoc/>
    internal override IReadOnlyList<OwnedFile> FilesBelow(IReadOnlyList<string> folders)
    {
        var wanted = new WantedPaths(folders.SelectMany(_merged.NamesOf));
        return [.. Entries.SelectMany(entry => entry.Record.Files(wanted).Where(file => file.IsInstalled && !file.IsFolder)
            .Select(file => new OwnedFile(_merged.Real(file.Path), entry.Package)))];
    }

    /// <inheritdoc/>
    internal override IReadOnlyList<DistroPackage> DependentsOf(DistroPackage package)
    {
        if (Find(package) is not Entry provider)
        {
            return [];
        }
        // rpm adds the package's name to what it provides; packages from before rpm 4 do not have that.
        IEnumerable<RpmRelation> provides = provider.Record.Provides
            .Append(new(package.Name, RpmRelation.Equal, package.Version))
            .Concat(provider.Record.Files(null).Where(file => file.IsInstalled).Select(file => new RpmRelation(file.Path, 0, "")));
        return [.. provides.SelectMany(one => _needs.Value[_merged.Real(one.Name)].Where(pair => one.Matches(pair.Need)))
            .Select(pair => pair.Entry).Where(entry => entry != provider).Distinct()
            .Select(entry => entry.Package).OrderBy(one => one.Id, StringComparer.Ordinal)];
    }

    /// <inheritdoc/>
    internal override IReadOnlyDictionary<string, FileDigest> DigestsOf(DistroPackage package)
    {
        var digests = new Dictionary<string, FileDigest>(StringComparer.Ordinal);
        if (Find(package)?.Record is RpmRecord { Algorithm: DigestAlgorithm algorithm } record)
        {
            foreach (RpmFile file in record.Files(null).Where(file => file is { IsInstalled: true, IsGhost: false, Digest.Length: > 0 }))
            {
                digests[_merged.Real(file.Path)] = new(algorithm, file.Digest.ToLowerInvariant());
            }
        }
        return digests;
    }

    /// <inheritdoc/>
    internal override IReadOnlySet<string> ConfigurationFilesOf(DistroPackage package) =>
        (Find(package)?.Record.Files(null) ?? []).Where(file => file is { IsInstalled: true, IsConfiguration: true })
            .Select(file => _merged.Real(file.Path)).ToHashSet(StringComparer.Ordinal);

    /// <inheritdoc/>
    internal override DistroPackage? ProviderOf(string name, string series)
    {
        ILookup<Entry, string> providers = _distributions.Value[name].ToLookup(pair => pair.Entry, pair => pair.Series);
        // The packages of the distribution's own Python have both names, "python3.12dist" and "python3dist"; one with
        // the second alone is for every Python.
        return (providers.FirstOrDefault(one => one.Contains(series, StringComparer.Ordinal))
            ?? providers.FirstOrDefault(one => one.All(other => string.Equals(other, series.Split('.')[0], StringComparison.Ordinal))))
            ?.Key.Package;
    }

    /// <inheritdoc/>
    internal override ProgramStep? Reinstall(DistroPackage package)
    {
        // On ostree, /usr belongs to the booted commit: rpm-ostree has no command that installs a package of it again,
        // and dnf cannot write there.
        if (_machine.Files.Stat(OstreeBooted).Kind != FileKind.Missing)
        {
            return null;
        }
        if (!OsRelease.Read(_machine.Files).IsLike("suse", "opensuse"))
        {
            return new(HasProgram("microdnf") && !HasProgram("dnf") ? "microdnf" : "dnf", "reinstall", package.Id) { NeedsRoot = true };
        }
        // zypper does not find NAME-VERSION-RELEASE.ARCH.
        string name = Find(package) is Entry { HasVersionInId: true } entry
            ? $"{package.Name}.{entry.Record.Architecture}={package.Version}" : package.Id;
        return new("zypper", "install", "--force", name) { NeedsRoot = true };
    }

    private bool HasProgram(string name) => _machine.SearchPath().Any(folder => _machine.Files.IsExecutable(Path.Combine(folder, name)));

    private static (IReadOnlyList<RpmRecord> Records, string? Problem) Read(FileTree files, string path, SystemSqlite sqlite)
    {
        if (SqliteImage.Read(files, path, out string? problem) is not byte[] image)
        {
            return ([], problem);
        }
        var records = new List<RpmRecord>();
        int unreadable = 0;
        string? failure = sqlite.Read(image, Query, blob =>
        {
            if (RpmHeader.Parse(blob) is RpmHeader header)
            {
                records.Add(header);
            }
            else
            {
                unreadable++;
            }
        });
        return (records, failure is not null ? $"'{path}' cannot be read: {failure}"
            : unreadable > 0 ? FormattableString.Invariant(
                $"{unreadable} of {records.Count + unreadable} packages in '{path}' cannot be read")
            : problem);
    }

    // Below a root, no program of it is run, and the host's rpm would need the same library.
    private static (IReadOnlyList<RpmRecord> Records, string? Problem) AskRpm(FileTree files, string reason)
    {
        if (files.Root is not null)
        {
            return ([], reason);
        }
        IReadOnlyList<RpmRecord> records = RpmQuery.Read(out string? problem);
        return (records, problem is null ? null : $"{reason}, and {problem}");
    }

    private Entry? Find(DistroPackage package) => _content.Value.ById[package.Id].FirstOrDefault();

    // "python3.12dist(x)" (rpm's pythondistdeps.py). The name is normalized now; before, its "." and "_" were kept.
    private static IEnumerable<(string Name, string Series, Entry Entry)> Distributions(Entry entry)
    {
        const string start = "python", end = "dist(";
        foreach (RpmRelation one in entry.Record.Provides)
        {
            int open = one.Name.IndexOf(end, StringComparison.Ordinal);
            if (open > start.Length && one.Name.StartsWith(start, StringComparison.Ordinal) && one.Name.EndsWith(')'))
            {
                string name = one.Name[(open + end.Length)..^1].ToLowerInvariant();
                yield return (string.Join('-', name.Split(['-', '_', '.'], StringSplitOptions.RemoveEmptyEntries)),
                    one.Name[start.Length..open], entry);
            }
        }
    }

    // The name alone where one package has it; several versions of a kernel are installed at the same time.
    private static List<Entry> Named(IEnumerable<RpmRecord> records)
    {
        RpmRecord[] all = [.. records.Where(one => one.Name is not "gpg-pubkey")];
        ILookup<string, RpmRecord> byName = all.ToLookup(one => one.Name, StringComparer.Ordinal);
        ILookup<(string, string?), RpmRecord> byArchitecture = all.ToLookup(one => (one.Name, one.Architecture));
        return [.. all.Select(one =>
        {
            string version = one.Version[(one.Version.IndexOf(':', StringComparison.Ordinal) + 1)..];
            bool needsVersion = byArchitecture[(one.Name, one.Architecture)].Skip(1).Any();
            string id = needsVersion ? $"{one.Name}-{version}.{one.Architecture}"
                : byName[one.Name].Skip(1).Any() ? $"{one.Name}.{one.Architecture}"
                : one.Name;
            return new Entry(new(one.Name, one.Version) { Id = id }, one, needsVersion);
        })];
    }

    private sealed record Entry(DistroPackage Package, RpmRecord Record, bool HasVersionInId);

    private sealed record Content(IReadOnlyList<Entry> Entries, string? Problem)
    {
        internal ILookup<string, Entry> ById { get; } = Entries.ToLookup(entry => entry.Package.Id, StringComparer.Ordinal);
    }
}
