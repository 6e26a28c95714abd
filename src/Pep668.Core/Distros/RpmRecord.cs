namespace Pep668.Distros;

/// <summary>An installed package as rpm recorded it.</summary>
internal abstract class RpmRecord
{
    /// <summary>Its name.</summary>
    internal abstract string Name { get; }

    /// <summary><c>[EPOCH:]VERSION-RELEASE</c>.</summary>
    internal abstract string Version { get; }

    /// <summary>Its architecture; null in what is not built from a source package.</summary>
    internal abstract string? Architecture { get; }

    /// <summary>How <see cref="RpmFile.Digest"/> was computed; null for an algorithm that is not known here.</summary>
    internal abstract DigestAlgorithm? Algorithm { get; }

    /// <summary>What it provides.</summary>
    internal abstract IReadOnlyList<RpmRelation> Provides { get; }

    /// <summary>What it requires, as it is recorded.</summary>
    internal abstract IReadOnlyList<RpmRelation> Requires { get; }

    /// <summary>Its files and folders.</summary>
    /// <param name="wanted">Where they are; null for all.</param>
    internal abstract IReadOnlyList<RpmFile> Files(WantedPaths? wanted);

    /// <summary>The algorithm of a value of <c>RPMTAG_FILEDIGESTALGO</c>, which are those of OpenPGP (RFC 4880, section
    /// 9.4). Packages from before rpm 4.6 have none.</summary>
    private protected static DigestAlgorithm? AlgorithmOf(int? value) => value switch
    {
        null or 0 or 1 => DigestAlgorithm.Md5,
        2 => DigestAlgorithm.Sha1,
        8 => DigestAlgorithm.Sha256,
        9 => DigestAlgorithm.Sha384,
        10 => DigestAlgorithm.Sha512,
        _ => null,
    };
}

/// <summary>A file, link or folder of a package (rpm's <c>rpmfiles.h</c>).</summary>
/// <param name="Path">Its path as it is recorded.</param>
/// <param name="Mode">Its mode with its kind.</param>
/// <param name="Flags"><c>RPMFILE_…</c>.</param>
/// <param name="State"><c>RPMFILE_STATE_…</c>.</param>
/// <param name="Digest">Its digest; empty if it has none.</param>
internal readonly record struct RpmFile(string Path, int Mode, int Flags, int State, string Digest)
{
    private const int Config = 1, Ghost = 1 << 6; // RPMFILE_CONFIG, RPMFILE_GHOST

    /// <summary>Whether the package installed it: it was not replaced by the file of another package, and not left out
    /// as documentation or because of its language (<c>RPMFILE_STATE_NORMAL</c>).</summary>
    internal bool IsInstalled => State == 0;

    /// <summary>Whether it is a folder.</summary>
    internal bool IsFolder => (Mode & 0xF000) == 0x4000;

    /// <summary>Whether it is one for the administrator to change.</summary>
    internal bool IsConfiguration => (Flags & Config) != 0;

    /// <summary>Whether programs create it: it belongs to the package and has no content in it.</summary>
    internal bool IsGhost => (Flags & Ghost) != 0;
}
