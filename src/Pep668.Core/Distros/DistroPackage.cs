using System.Security.Cryptography;

namespace Pep668.Distros;

/// <summary>An installed package of a distribution, of Homebrew or of conda.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Version">Its version, as its package manager writes it.</param>
internal sealed record DistroPackage(string Name, string Version)
{
    /// <summary>How its package manager names it where the name is ambiguous, such as
    /// <c>libpython3.11:amd64</c>.</summary>
    internal string Id { get; init; } = Name;

    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>A file, or a link, that a package installed.</summary>
/// <param name="Path">Where it is. Links at the top of the tree are resolved: <c>/usr/lib/x</c> for
/// <c>/lib/x</c>.</param>
/// <param name="Package">The package that it belongs to.</param>
internal readonly record struct OwnedFile(string Path, DistroPackage Package);

/// <summary>The algorithms of recorded digests.</summary>
internal enum DigestAlgorithm
{
    /// <summary>MD5, as dpkg records it, and rpm before 4.6.</summary>
    Md5,

    /// <summary>SHA-1, as apk records it, and rpm if it is configured.</summary>
    Sha1,

    /// <summary>SHA-256, as rpm, pacman and conda record it.</summary>
    Sha256,

    /// <summary>SHA-384, as rpm records it if it is configured.</summary>
    Sha384,

    /// <summary>SHA-512, as rpm records it if it is configured.</summary>
    Sha512,
}

/// <summary>The digest that a database recorded for a file.</summary>
/// <param name="Algorithm">How it was computed.</param>
/// <param name="Hex">Its value, lower-case hexadecimal.</param>
internal readonly record struct FileDigest(DigestAlgorithm Algorithm, string Hex)
{
    /// <summary>Whether a content has this digest.</summary>
    internal bool Matches(ReadOnlySpan<byte> content)
    {
        Span<byte> hash = stackalloc byte[SHA512.HashSizeInBytes];
        int length = Algorithm switch
        {
            DigestAlgorithm.Md5 => MD5.HashData(content, hash),
            DigestAlgorithm.Sha1 => SHA1.HashData(content, hash),
            DigestAlgorithm.Sha384 => SHA384.HashData(content, hash),
            DigestAlgorithm.Sha512 => SHA512.HashData(content, hash),
            _ => SHA256.HashData(content, hash),
        };
        return string.Equals(Convert.ToHexString(hash[..length]), Hex, StringComparison.OrdinalIgnoreCase);
    }
}

/// <summary>A file whose name another package uses (dpkg-divert(1)).</summary>
/// <param name="From">The name.</param>
/// <param name="To">The name that the file of any other package gets.</param>
/// <param name="By">The package that uses it; null for a diversion that the administrator added.</param>
internal sealed record Diversion(string From, string To, string? By);
