using Pep668.Machines;

namespace Pep668.Distros;

/// <summary>
/// What is installed by one package manager, read from its files. Nothing is started for it, except by
/// <see cref="RpmDatabase"/> where it cannot read them; below a root, nothing outside is read. A new package manager is
/// one class, and one line in <see cref="PackageDatabases"/>.
/// </summary>
internal abstract class PackageDatabase
{
    /// <summary>The program that has this database, such as <c>dpkg</c>.</summary>
    internal abstract string Name { get; }

    /// <summary>Why it cannot be read, or only in part, as a clause without a full stop; null if it can.</summary>
    internal virtual string? Problem => null;

    /// <summary>The installed packages.</summary>
    internal abstract IReadOnlyList<DistroPackage> Packages { get; }

    /// <summary>The files of packages in some folders, without the folders themselves. A file that two packages own is
    /// listed twice.</summary>
    /// <param name="folders">Folders, or files, with the links of their paths resolved
    /// (<see cref="FileTree.RealPath"/>).</param>
    internal abstract IReadOnlyList<OwnedFile> FilesBelow(IReadOnlyList<string> folders);

    /// <summary>The installed packages that need a package, directly; recommendations do not count.</summary>
    internal abstract IReadOnlyList<DistroPackage> DependentsOf(DistroPackage package);

    /// <summary>The recorded digests of a package's files, by path as in <see cref="OwnedFile.Path"/>; a file without
    /// one is missing here.</summary>
    internal abstract IReadOnlyDictionary<string, FileDigest> DigestsOf(DistroPackage package);

    /// <summary>Files that the administrator is expected to change; a digest of one shows nothing.</summary>
    internal virtual IReadOnlySet<string> ConfigurationFilesOf(DistroPackage package) =>
        new HashSet<string>(StringComparer.Ordinal);

    /// <summary>Names that other packages use.</summary>
    internal virtual IReadOnlyList<Diversion> Diversions => [];

    /// <summary>The package that provides a distribution, where the database itself has a map of names
    /// (rpm's <c>pythonX.Ydist(name)</c>); else null: the metadata among its files is the map.</summary>
    /// <param name="name">The distribution's normalized name.</param>
    /// <param name="series">The Python, such as <c>3.12</c>.</param>
    internal virtual DistroPackage? ProviderOf(string name, string series) => null;

    /// <summary>The command that installs the same package again; null if its manager has none.</summary>
    internal abstract ProgramStep? Reinstall(DistroPackage package);
}
