using Pep668.Machines;

namespace Pep668.Distros;

/// <summary>pacman's indexes: <c>/var/lib/pacman/sync/NAME.db</c>, archives with a folder <c>NAME-VERSION-RELEASE</c>
/// for each package (repo-add(8)).</summary>
internal sealed class PacmanIndex(FileTree files) : PackageIndex
{
    private const string Folder = "/var/lib/pacman/sync";

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
        // The order of the repositories in pacman.conf decides; their usual order is that of their names.
        IReadOnlyList<Notice> problems = IndexArchive.Read(files, files.List(Folder).Select(item => item.Name)
            .Where(name => name.EndsWith(".db", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(name => $"{Folder}/{name}"),
            entry =>
            {
                string[] parts = entry.Name.Split('/')[0].Split('-');
                if (parts.Length > 2)
                {
                    packages.TryAdd(string.Join('-', parts[..^2]), string.Join('-', parts[^2..]));
                }
            });
        return new(packages, problems);
    }

    private sealed record Content(Dictionary<string, string> Packages, IReadOnlyList<Notice> Problems);
}
