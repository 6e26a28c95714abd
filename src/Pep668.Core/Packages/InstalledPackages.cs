using System.IO.Compression;
using System.Text;
using Pep668.Distros;
using Pep668.Environments;
using Pep668.Machines;
using Pep668.Requirements;

namespace Pep668.Packages;

/// <summary>The distributions that an environment sees, as <c>importlib.metadata.distributions()</c> finds them, with
/// the packages that they belong to. Nothing is started for it.</summary>
internal static class InstalledPackages
{
    private const int MaximumEgg = 64 << 20;

    /// <summary>Those of an environment, in the order of its import path; also of a broken one.</summary>
    internal static Outcome<IReadOnlyList<PythonPackage>> Read(Machine machine, PythonEnvironment environment) =>
        Read(machine, ImportPath.Entries(machine, environment), environment);

    /// <summary>Those of a folder, without an environment.</summary>
    /// <param name="machine">Where it is.</param>
    /// <param name="folder">An absolute path.</param>
    internal static Outcome<IReadOnlyList<PythonPackage>> Read(Machine machine, string folder) =>
        !machine.Files.IsDirectory(folder)
            ? InstalledMessages.NoFolder(folder, machine.Files.Stat(folder).Kind != FileKind.Missing)
            : Read(machine, ImportPath.Entries(machine.Files, [folder]), null);

    /// <summary>The distributions of import path entries, in their order; one that another of its name hides
    /// too.</summary>
    internal static IEnumerable<InstalledDistribution> In(FileTree files, IReadOnlyList<string> entries)
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
                    yield return egg;
                }
                continue;
            }
            foreach (DirectoryItem item in files.List(entry).OrderBy(item => item.Name, StringComparer.OrdinalIgnoreCase))
            {
                // An egg counts where it is an entry itself, and a link to a project where the project is one.
                if (InstalledMetadata.Read(files, entry, item.Name) is { Form: not InstalledForm.EggLink } one
                    && !item.Name.EndsWith(InstalledMetadata.Egg, StringComparison.OrdinalIgnoreCase))
                {
                    yield return one;
                }
            }
        }
    }

    private static Outcome<IReadOnlyList<PythonPackage>> Read(
        Machine machine, IReadOnlyList<string> entries, PythonEnvironment? environment)
    {
        FileTree files = machine.Files;
        var owners = PackageOwners.Read(machine, environment, entries);
        HashSet<string> inPlace = ProjectsInPlace(files, entries);
        var first = new Dictionary<string, string>(StringComparer.Ordinal);
        var packages = new List<PythonPackage>();
        foreach (InstalledDistribution one in In(files, entries))
        {
            string? shadow = first.TryAdd(one.NormalizedName, one.Location) ? null : first[one.NormalizedName];
            DirectUrl? url = one.Form == InstalledForm.DistInfo ? DirectUrl.Read(files, one.MetadataPath) : null;
            packages.Add(new()
            {
                Name = one.Name,
                Version = one.Version is "" ? null : one.Version,
                Location = one.Location,
                Installer = one.Installer(files),
                Requested = one.IsRequested,
                Editable = url?.IsEditable == true || inPlace.Contains(one.Location),
                DirectUrl = url?.ToString(),
                DistroPackage = owners.Files.Count > 0 && files.RealPath(one.MetadataFile) is string real
                    ? owners.Find(real)?.Package.Name : null,
                ShadowedBy = shadow,
                Environment = environment,
                MetadataPath = one.MetadataPath,
            });
        }
        return Outcome.Success<IReadOnlyList<PythonPackage>>(packages, notices: [.. owners.Databases
            .Where(one => one.Problem is not null).Select(one => InstalledMessages.InvalidDatabase(one.Name, one.Problem!))]);
    }

    // The first line of an .egg-link is the folder of the project (setuptools, "Development Mode").
    private static HashSet<string> ProjectsInPlace(FileTree files, IReadOnlyList<string> entries) =>
        new(entries.SelectMany(entry => files.List(entry).Select(item => item.Name)
            .Where(name => name.EndsWith(InstalledMetadata.EggLink, StringComparison.OrdinalIgnoreCase))
            .Select(name => InstalledMetadata.Read(files, entry, name)?.ProjectFolder)).OfType<string>(), StringComparer.Ordinal);

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
            MetadataFile = egg,
            Form = InstalledForm.EggInfo,
        };
    }

    private static (string? Name, string? Version) HeadOfZip(byte[] bytes)
    {
        try
        {
            using var zip = new ZipArchive(new MemoryStream(bytes, writable: false));
            using Stream text = zip.GetEntry("EGG-INFO/PKG-INFO")?.Open() ?? Stream.Null;
            using var plain = new MemoryStream();
            text.CopyTo(plain);
            return InstalledMetadata.Head(Encoding.UTF8.GetString(plain.GetBuffer(), 0, (int)plain.Length));
        }
        catch (InvalidDataException)
        {
            return default;
        }
    }
}
