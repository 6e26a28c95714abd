using Pep668.Distros;
using Pep668.Machines;
using Pep668.Packages;

namespace Pep668.Audit;

/// <summary>The files of a distribution, by the lists that installers write.</summary>
internal static class DistributionFiles
{
    /// <summary>The names in its folder: from <c>RECORD</c>, else from setuptools' <c>installed-files.txt</c> or
    /// <c>top_level.txt</c>; null if it has none of them.</summary>
    internal static IReadOnlyList<string>? TopLevelNames(FileTree files, InstalledDistribution distribution)
    {
        string metadata = Path.GetFileName(distribution.MetadataPath);
        if (RecordFile.Read(files, distribution.MetadataPath) is RecordFile record)
        {
            return [.. record.Rows.Select(row => First(row[0])).Append(metadata)
                .Where(name => name.Length > 0 && name is not "..").Distinct(StringComparer.Ordinal)];
        }
        // Paths in it start at the folder of metadata.
        if (files.ReadText(Path.Combine(distribution.MetadataPath, "installed-files.txt")) is string installed)
        {
            return [.. Lines(installed).Where(line => line.StartsWith("../", StringComparison.Ordinal)).Select(line => First(line[3..]))
                .Append(metadata).Where(name => name.Length > 0 && name is not "..").Distinct(StringComparer.Ordinal)];
        }
        return files.ReadText(Path.Combine(distribution.MetadataPath, "top_level.txt")) is string modules
            ? [.. Lines(modules).SelectMany(module => (string[])[module, module + ".py"]).Append(metadata)] : null;
    }

    /// <summary>The digests in its <c>RECORD</c> (<c>sha256=</c> and base64 without padding), by path in its folder;
    /// empty if it has none.</summary>
    internal static IReadOnlyDictionary<string, FileDigest> Digests(FileTree files, InstalledDistribution distribution)
    {
        var digests = new Dictionary<string, FileDigest>(StringComparer.Ordinal);
        foreach (string[] row in RecordFile.Read(files, distribution.MetadataPath)?.Rows ?? [])
        {
            if (row.Length > 1 && Digest(row[1]) is FileDigest digest)
            {
                digests[row[0]] = digest;
            }
        }
        return digests;
    }

    private static FileDigest? Digest(string text)
    {
        DigestAlgorithm? algorithm = text.Split('=')[0] switch
        {
            "sha256" => DigestAlgorithm.Sha256,
            "sha384" => DigestAlgorithm.Sha384,
            "sha512" => DigestAlgorithm.Sha512,
            _ => null,
        };
        string base64 = text[(text.IndexOf('=', StringComparison.Ordinal) + 1)..].Replace('-', '+').Replace('_', '/');
        Span<byte> bytes = stackalloc byte[64];
        return algorithm is DigestAlgorithm known && Convert.TryFromBase64String(base64.PadRight((base64.Length + 3) / 4 * 4, '='), bytes,
            out int length) ? new(known, Convert.ToHexString(bytes[..length])) : null;
    }

    private static string First(string path) => path.Split('/', '\\')[0];

    private static IEnumerable<string> Lines(string text) =>
        text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
