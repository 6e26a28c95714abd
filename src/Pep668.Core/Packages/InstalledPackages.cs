using System.IO.Compression;
using Pep668.Distros;
using Pep668.Environments;
using Pep668.Machines;
using Pep668.Requirements;

namespace Pep668.Packages;

/// <summary>The distributions that an environment sees, as <c>importlib.metadata.distributions()</c> finds them, with
/// the packages that they belong to. Nothing is started for it.</summary>
internal static class InstalledPackages
{
    private const int MaximumEgg = 64 << 20, Many = 200, Part = 16;

    /// <summary>Those of an environment, in the order of its import path; also of a broken one.</summary>
    internal static Outcome<IReadOnlyList<PythonPackage>> Read(Machine machine, PythonEnvironment environment)
    {
        var listings = new Dictionary<string, IReadOnlyList<DirectoryItem>>(StringComparer.Ordinal);
        return Read(machine, ImportPath.Entries(machine, environment, listings), environment, listings);
    }

    /// <summary>Those of a folder, without an environment.</summary>
    /// <param name="machine">Where it is.</param>
    /// <param name="folder">An absolute path.</param>
    internal static Outcome<IReadOnlyList<PythonPackage>> Read(Machine machine, string folder) =>
        !machine.Files.IsDirectory(folder)
            ? InstalledMessages.NoFolder(folder, machine.Files.Stat(folder).Kind != FileKind.Missing)
            : Read(machine, ImportPath.Entries(machine.Files, [folder]), null, null);

    /// <summary>The distributions of import path entries, in their order; one that another of its name hides
    /// too.</summary>
    internal static IEnumerable<InstalledDistribution> In(FileTree files, IReadOnlyList<string> entries) =>
        Find(files, entries, null, new(StringComparer.Ordinal)).Select(one => one.Distribution);

    // The folders of projects that are installed in place by an .egg-link are added (setuptools, "Development Mode").
    private static IEnumerable<Found> Find(FileTree files, IReadOnlyList<string> entries,
        Dictionary<string, IReadOnlyList<DirectoryItem>>? listings, HashSet<string> inPlace)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (string entry in entries)
        {
            // lib64 is a link to lib.
            if (files.RealPath(entry) is not string real || !seen.Add(real))
            {
                continue;
            }
            if (entry.EndsWith(InstalledMetadata.Egg, StringComparison.OrdinalIgnoreCase))
            {
                if (OfEgg(files, entry) is InstalledDistribution egg)
                {
                    yield return new(egg, egg.Installer(files), null);
                }
                continue;
            }
            // An egg counts where it is an entry itself, and a link to a project where the project is one.
            string[] names = [.. (listings?.GetValueOrDefault(entry) ?? files.List(entry)).Select(item => item.Name)
                .Where(InstalledMetadata.IsName)
                .Where(name => !name.EndsWith(InstalledMetadata.Egg, StringComparison.OrdinalIgnoreCase))
                .Order(StringComparer.OrdinalIgnoreCase)];
            foreach (Found? found in files.Near(entry, near => ReadAll(near, entry, names)))
            {
                if (found is { Distribution: { Form: InstalledForm.EggLink, ProjectFolder: string project } })
                {
                    inPlace.Add(project);
                }
                else if (found is not null)
                {
                    yield return found;
                }
            }
        }
    }

    // Reading is mostly work of the system, which does it on several processors at once. Each takes the next few names:
    // a thread that starts late reads less. A pool of threads takes longer to start than all this.
    private static Found?[] ReadAll(FileTree files, string folder, string[] names)
    {
        var found = new Found?[names.Length];
        int next = 0;
        Exception? failure = null;
        Thread[] others = [.. Enumerable.Range(1, names.Length < Many ? 0 : Math.Min(4, Environment.ProcessorCount) - 1)
            .Select(_ => new Thread(ReadParts) { IsBackground = true })];
        foreach (Thread other in others)
        {
            other.Start();
        }
        ReadParts();
        foreach (Thread other in others)
        {
            other.Join();
        }
        return failure is null ? found : throw new InvalidOperationException(failure.Message, failure);

        void ReadParts()
        {
            try
            {
                for (int from; (from = Interlocked.Add(ref next, Part) - Part) < names.Length;)
                {
                    ReadPart(from, Math.Min(from + Part, names.Length));
                }
            }
            catch (Exception error) when (error is not OutOfMemoryException)
            {
                failure = error;
            }
        }

        void ReadPart(int from, int to)
        {
            for (int at = from; at < to; at++)
            {
                if (InstalledMetadata.Read(files, folder, names[at]) is InstalledDistribution one)
                {
                    found[at] = new(
                        one, one.Installer(files), one.Form == InstalledForm.DistInfo ? DirectUrl.Read(files, one.MetadataPath) : null);
                }
            }
        }
    }

    private static Outcome<IReadOnlyList<PythonPackage>> Read(
        Machine machine, IReadOnlyList<string> entries, PythonEnvironment? environment,
        Dictionary<string, IReadOnlyList<DirectoryItem>>? listings)
    {
        FileTree files = machine.Files;
        var inPlace = new HashSet<string>(StringComparer.Ordinal);
        // All of them before the first is described: the link to a project may come after the project.
        Found[] found = [.. Find(files, entries, listings, inPlace)];
        var owners = PackageOwners.Read(machine, environment,
            found.Select(one => Path.GetDirectoryName(one.Distribution.MetadataPath)!).Distinct(StringComparer.Ordinal));
        var first = new Dictionary<string, string>(StringComparer.Ordinal);
        var real = new Dictionary<string, string?>(StringComparer.Ordinal);
        var packages = new List<PythonPackage>();
        foreach ((InstalledDistribution one, string? installer, DirectUrl? url) in found)
        {
            string? shadow = first.TryAdd(one.NormalizedName, one.Location) ? null : first[one.NormalizedName];
            PackageOwner? owner = owners.Files.Count == 0 ? null : Owner(owners, files, one, real);
            packages.Add(new()
            {
                Name = one.Name,
                Version = one.Version is "" ? null : one.Version,
                Location = one.Location,
                Installer = installer,
                Requested = one.IsRequested,
                Editable = url?.IsEditable == true || inPlace.Contains(one.Location),
                DirectUrl = url?.ToString(),
                DistroPackage = owner?.Package.Name,
                ShadowedBy = shadow,
                Environment = environment,
                MetadataPath = one.MetadataPath,
            });
        }
        return Outcome.Success<IReadOnlyList<PythonPackage>>(packages, notices: Problems(owners));
    }

    /// <summary>The databases that cannot be read, or only in part: what they own is not known.</summary>
    internal static IReadOnlyList<Notice> Problems(PackageOwners owners) =>
        [.. owners.Databases.Where(one => one.Problem is not null)
            .Select(one => DistroMessages.InvalidDatabase(one.Name, one.Problem!))];

    // Packages record the names of files, with the links of their folders resolved. Those of a folder are resolved
    // once.
    private static PackageOwner? Owner(
        PackageOwners owners, FileTree files, InstalledDistribution one, Dictionary<string, string?> realFolders)
    {
        string parent = Path.GetDirectoryName(one.MetadataPath)!;
        if (!realFolders.TryGetValue(parent, out string? folder))
        {
            realFolders[parent] = folder = files.RealPath(parent);
        }
        return folder is null ? null
            : owners.Find(folder + one.MetadataFile[parent.Length..])
                ?? (files.LinkStat(one.MetadataPath).Kind == FileKind.Link && files.RealPath(one.MetadataFile) is string file
                    ? owners.Find(file) : null);
    }

    // A folder or a zip file.
    private static InstalledDistribution? OfEgg(FileTree files, string egg)
    {
        if (files.IsDirectory(egg))
        {
            return InstalledMetadata.Read(files, Path.GetDirectoryName(egg)!, Path.GetFileName(egg)) is InstalledDistribution one
                ? one with { Location = egg } : null;
        }
        (string? name, string? version) = files.Read(egg, MaximumEgg).Bytes is byte[] bytes ? HeadOfZip(bytes) : default;
        string[] parts = Path.GetFileNameWithoutExtension(egg).Split('-');
        name ??= parts[0].Replace('_', '-');
        return new()
        {
            Name = name,
            NormalizedName = NormalizedName.Normalize(name),
            Version = version ?? parts.ElementAtOrDefault(1) ?? "",
            Location = egg,
            MetadataPath = egg,
            Form = InstalledForm.EggInfo,
        };
    }

    private static (string? Name, string? Version) HeadOfZip(byte[] bytes)
    {
        try
        {
            using var zip = new ZipArchive(new MemoryStream(bytes, writable: false));
            using Stream metadata = zip.GetEntry("EGG-INFO/PKG-INFO")?.Open() ?? Stream.Null;
            byte[] start = new byte[1 << 16];
            return InstalledMetadata.Head(start.AsSpan(0, metadata.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)));
        }
        catch (InvalidDataException)
        {
            return default;
        }
    }

    private sealed record Found(InstalledDistribution Distribution, string? Installer, DirectUrl? Url);
}
