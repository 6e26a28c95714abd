using System.Text;
using Pep668.Machines;

namespace Pep668.Distros;

/// <summary>apk's indexes: <c>APKINDEX.*.tar.gz</c> in its cache (apk-cache(5)), with a file <c>APKINDEX</c> of records
/// as in its database. Images that were made with <c>--no-cache</c> have none.</summary>
internal sealed class ApkIndex(FileTree files) : PackageIndex
{
    private static readonly string[] Folders = ["/etc/apk/cache", "/var/cache/apk"];

    private readonly Lazy<Content> _content = new(() => Read(files));

    /// <inheritdoc/>
    internal override bool Exists => _content.Value.Packages.Count > 0;

    /// <inheritdoc/>
    internal override IReadOnlyList<Notice> Problems => _content.Value.Problems;

    /// <inheritdoc/>
    internal override IReadOnlyDictionary<string, string> Find(IReadOnlyList<string> packages, bool mayAsk) => _content.Value.Packages;

    private static Content Read(FileTree files)
    {
        var packages = new Dictionary<string, string>(StringComparer.Ordinal);
        IReadOnlyList<Notice> problems = IndexArchive.Read(files, Folders.SelectMany(folder => files.List(folder).Select(item => item.Name)
            .Where(name => name.StartsWith("APKINDEX.", StringComparison.Ordinal) && name.EndsWith(".tar.gz", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal).Select(name => $"{folder}/{name}")),
            entry =>
            {
                if (entry is { Name: "APKINDEX", DataStream: Stream data })
                {
                    var text = new MemoryStream();
                    data.CopyTo(text);
                    Add(Encoding.UTF8.GetString(text.GetBuffer().AsSpan(0, (int)text.Length)), packages);
                }
            });
        return new(packages, problems);
    }

    // A record is lines of a letter, a colon and a value, and ends with an empty line: P is the name, V the version.
    private static void Add(string records, Dictionary<string, string> packages)
    {
        string? name = null;
        foreach (ReadOnlySpan<char> line in records.AsSpan().EnumerateLines())
        {
            if (line.StartsWith("P:", StringComparison.Ordinal))
            {
                name = line[2..].ToString();
            }
            else if (line.StartsWith("V:", StringComparison.Ordinal) && name is not null)
            {
                packages.TryAdd(name, line[2..].ToString());
            }
            else if (line.Length == 0)
            {
                name = null;
            }
        }
    }

    private sealed record Content(Dictionary<string, string> Packages, IReadOnlyList<Notice> Problems);
}
