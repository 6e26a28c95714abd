using Pep668.Distros;
using Pep668.Machines;
using Pep668.Packages;

namespace Pep668.Audit;

/// <summary>Which distribution modules without metadata are from: one in another folder of the same import path records
/// the same files, under the same names, with the digests that these have.</summary>
/// <param name="python">The environment.</param>
/// <param name="folder">The folder of the modules.</param>
/// <param name="realFolder">The same with resolved links.</param>
internal sealed class OrphanOrigin(AuditedPython python, string folder, string realFolder)
{
    private const int MaximumFiles = 10_000, MaximumBytes = 512 << 20;

    private readonly Dictionary<string, IReadOnlyDictionary<string, FileDigest>> _records = new(StringComparer.Ordinal);

    /// <summary>The distribution; null if no other folder has these files, or only other versions of them.</summary>
    /// <param name="name">The name of the module in its folder.</param>
    /// <param name="isFolder">Whether it is a folder.</param>
    internal InstalledDistribution? Find(string name, bool isFolder)
    {
        string[] files = isFolder ? [.. Below(name).Take(MaximumFiles + 1)] : [name];
        return files.Length is 0 or > MaximumFiles ? null : Recorded(files) ?? Packaged(name, files);
    }

    // By the RECORD that pip or uv wrote.
    private InstalledDistribution? Recorded(string[] files) =>
        python.Distributions.Where(one => one.Owner is null && one.Distribution.Form == InstalledForm.DistInfo && IsElsewhere(one))
            .Select(one => one.Distribution).FirstOrDefault(one => AreOf(files, RecordOf(one)));

    // By the digests of the distro package that has the first file.
    private InstalledDistribution? Packaged(string name, string[] files)
    {
        foreach (string other in python.Folders.Select(python.Files.RealPath).OfType<string>())
        {
            if (python.Owners.Find(Path.Combine(other, files[0])) is PackageOwner owner
                && DistributionOf(owner, name) is InstalledDistribution found
                && owner.Database.DigestsOf(owner.Package) is var digests
                && AreOf(files, file => digests.TryGetValue(Path.Combine(other, file), out FileDigest digest) ? digest : null))
            {
                return found;
            }
        }
        return null;
    }

    private InstalledDistribution? DistributionOf(PackageOwner owner, string name)
    {
        InstalledDistribution[] own = [.. python.Distributions.Where(one => one.Owner?.Package == owner.Package)
            .Select(one => one.Distribution)];
        return own.Length == 1 ? own[0]
            : Array.Find(own, one => python.TopLevelNames(one)?.Contains(name, StringComparer.Ordinal) == true);
    }

    private bool IsElsewhere(AuditedDistribution one) =>
        !string.Equals(python.Files.RealPath(one.Distribution.Location), realFolder, StringComparison.Ordinal);

    private Func<string, FileDigest?> RecordOf(InstalledDistribution one)
    {
        if (!_records.TryGetValue(one.MetadataPath, out IReadOnlyDictionary<string, FileDigest>? digests))
        {
            _records[one.MetadataPath] = digests = DistributionFiles.Digests(python.Files, one);
        }
        return file => digests.TryGetValue(file, out FileDigest digest) ? digest : null;
    }

    // Nothing is read before each file has a digest to compare with.
    private bool AreOf(string[] files, Func<string, FileDigest?> digestOf) =>
        files.All(file => digestOf(file) is not null)
        && files.All(file => python.Files.Read(Path.Combine(folder, file), MaximumBytes).Bytes is byte[] content
            && digestOf(file)!.Value.Matches(content));

    // Byte-code is written when a module is imported.
    private IEnumerable<string> Below(string parent)
    {
        foreach (DirectoryItem item in python.Files.List(Path.Combine(folder, parent)).OrderBy(item => item.Name, StringComparer.Ordinal))
        {
            string path = $"{parent}/{item.Name}";
            IEnumerable<string> found = item.Kind != FileKind.Directory ? [path] : item.Name is "__pycache__" ? [] : Below(path);
            foreach (string file in found.Where(file => !file.EndsWith(".pyc", StringComparison.Ordinal)))
            {
                yield return file;
            }
        }
    }
}
