using System.IO.Compression;
using System.Text;

namespace Pep668.Distros;

/// <summary>
/// The digests in an mtree file (mtree(5)) as makepkg writes it for pacman: compressed with gzip, one entry on a line,
/// full paths that begin with <c>./</c>, special characters as <c>\</c> and three octal digits.
/// </summary>
internal static class Mtree
{
    private const int MaximumBytes = 256 << 20;

    /// <summary>The digest of each regular file, by its path without <c>./</c>; null if the text cannot be
    /// read.</summary>
    internal static IReadOnlyList<(string Path, FileDigest Digest)>? Read(byte[] bytes)
    {
        if (Text(bytes) is not string text)
        {
            return null;
        }
        var found = new List<(string, FileDigest)>();
        string type = "file";
        foreach (string line in text.Split('\n'))
        {
            string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            if (words is ["/set", ..])
            {
                type = Value(words, "type") ?? type;
            }
            else if (words is [['.', '/', .. string path], ..] && (Value(words, "type") ?? type) is "file"
                && Digest(words) is FileDigest digest)
            {
                found.Add((Unescaped(path), digest));
            }
        }
        return found;
    }

    private static FileDigest? Digest(string[] words) =>
        Hex(Value(words, "sha256digest") ?? Value(words, "sha256"), 64) is string sha256 ? new(DigestAlgorithm.Sha256, sha256)
        : Hex(Value(words, "md5digest") ?? Value(words, "md5"), 32) is string md5 ? new(DigestAlgorithm.Md5, md5)
        : null;

    private static string? Hex(string? value, int length) =>
        value?.Length == length && value.All(char.IsAsciiHexDigit) ? value.ToLowerInvariant() : null;

    private static string? Value(string[] words, string key) => words.Skip(1)
        .FirstOrDefault(word => word.Length > key.Length && word[key.Length] == '=' && word.StartsWith(key, StringComparison.Ordinal))
        ?[(key.Length + 1)..];

    private static string Unescaped(string path)
    {
        if (!path.Contains('\\', StringComparison.Ordinal))
        {
            return path;
        }
        byte[] bytes = Encoding.UTF8.GetBytes(path);
        int length = 0;
        for (int at = 0; at < bytes.Length; at++)
        {
            if (bytes.AsSpan(at) is [(byte)'\\', byte first, byte second, byte third, ..]
                && first is >= (byte)'0' and <= (byte)'3' && IsOctal(second) && IsOctal(third))
            {
                bytes[length++] = (byte)(((first - '0') << 6) | ((second - '0') << 3) | (third - '0'));
                at += 3;
            }
            else
            {
                bytes[length++] = bytes[at];
            }
        }
        return Encoding.UTF8.GetString(bytes, 0, length);
    }

    private static bool IsOctal(byte digit) => digit is >= (byte)'0' and <= (byte)'7';

    private static string? Text(byte[] bytes)
    {
        if (bytes is not [0x1f, 0x8b, ..])
        {
            return Encoding.UTF8.GetString(bytes);
        }
        try
        {
            using var compressed = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
            using var plain = new MemoryStream();
            byte[] part = new byte[64 << 10];
            int read;
            while ((read = compressed.Read(part)) > 0)
            {
                if (plain.Length + read > MaximumBytes)
                {
                    return null;
                }
                plain.Write(part, 0, read);
            }
            return Encoding.UTF8.GetString(plain.GetBuffer(), 0, (int)plain.Length);
        }
        catch (Exception error) when (error is InvalidDataException or IOException)
        {
            return null;
        }
    }
}
