using Pep668.Machines;

namespace Pep668.Distros;

/// <summary>Gentoo's repositories: <c>/var/db/repos/NAME/CATEGORY/PACKAGE/PACKAGE-VERSION.ebuild</c>
/// (portage(5), "repos.conf"). Which of the versions would be installed is for Portage to decide: none is
/// reported.</summary>
internal sealed class PortageIndex(FileTree files) : PackageIndex
{
    private const string Folder = "/var/db/repos";

    /// <inheritdoc/>
    internal override bool Exists => files.List(Folder).Count > 0;

    /// <inheritdoc/>
    internal override IReadOnlyDictionary<string, string> Find(IReadOnlyList<string> packages, bool mayAsk)
    {
        string[] repositories = [.. files.List(Folder).Select(item => item.Name)];
        return packages.Where(package => Array.Exists(repositories, name => files.IsDirectory($"{Folder}/{name}/{package}")))
            .Distinct(StringComparer.Ordinal).ToDictionary(package => package, _ => "", StringComparer.Ordinal);
    }
}
