namespace Pep668.Distros;

/// <summary>The packages that a package manager can install, from its index on this machine.</summary>
internal abstract class PackageIndex
{
    /// <summary>Whether there is an index at all: a new container has none.</summary>
    internal abstract bool Exists { get; }

    /// <summary>Whether every package can be looked up: a compressed index of apt cannot be read.</summary>
    /// <param name="mayAsk">Whether the package manager may be asked.</param>
    internal virtual bool IsReadable(bool mayAsk) => Exists;

    /// <summary>The files of it that could not be read, or only in part. They are known when it was searched.</summary>
    internal virtual IReadOnlyList<Notice> Problems => [];

    /// <summary>The versions of packages; one that the index does not contain is missing.</summary>
    /// <param name="packages">Their names.</param>
    /// <param name="mayAsk">Whether the package manager may be asked where its files cannot be read.</param>
    internal abstract IReadOnlyDictionary<string, string> Find(IReadOnlyList<string> packages, bool mayAsk);
}
