using System.Text;

namespace Pep668.Tests;

/// <summary>Changes bytes as a fuzzer does. The same random numbers give the same bytes.</summary>
internal sealed class Mutator(Random random)
{
    private const int MostChanges = 4;

    private static readonly byte[][] Pieces =
    [
        .. ((string[])[
            "\0", "\r", "\n", "\r\n", "\t", " ", "\"", "'", "\"\"\"", "'''", "\\", "\\u0000", "\\ud800", "\\x00", "#", ";", ":", "=", "==",
            "~=", "!=", "===", ",", ".", "..", "/", "../", "*", "**", "**/", "[", "]", "[[", "]]", "{", "}", "(", ")", "$", "${", "$HOME",
            "%", "%x%", "~", "@", "!", "+", "-", "_", "&", "|", "0", "1", "-1", "99999999999999999999", "1e999", "inf", "true", "null",
            "home = ", "[error]", "[tool.uv]", "\u00e9", "\u0130", "\u2028", "\ufeff", "\U0001d4b3", "file:///", "https://u:p@[::1", "and",
            "or",
            " in ", "not in", "extra", "-r ", "-e ", "--hash=", "Name: ", "RECORD",
        ]).Select(Encoding.UTF8.GetBytes),
        [0xFF], [0xC3], [0xED, 0xA0, 0x80], [0x80], [0xFE, 0xFF],
        [0xFF, 0xFF, 0xFF, 0xFF], [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F], [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF],
        [0, 0, 0, 0, 0, 0, 0, 0x80], [0, 0, 0, 0, 0, 0, 0, 0], [0, 0, 0, 0x80], [0xFF, 0xFF],
    ];

    /// <summary>The bytes with some changes.</summary>
    /// <param name="seed">Bytes that are valid.</param>
    /// <param name="other">Other bytes, of which a part may be inserted.</param>
    internal byte[] Change(byte[] seed, byte[] other)
    {
        byte[] bytes = seed;
        for (int changes = random.Next(1, MostChanges + 1); changes > 0; changes--)
        {
            bytes = ChangeOnce(bytes, other);
        }
        return bytes;
    }

    private byte[] ChangeOnce(byte[] bytes, byte[] other)
    {
        int at = random.Next(bytes.Length + 1), end = at + random.Next(Math.Min(64, bytes.Length - at) + 1);
        byte[] piece = Pieces[random.Next(Pieces.Length)];
        switch (random.Next(9))
        {
            case 0:
                return [.. bytes[..at], .. bytes[end..]];
            case 1:
                return [.. bytes[..at], .. piece, .. bytes[at..]];
            case 2:
                return [.. bytes[..at], .. piece, .. bytes[Math.Min(bytes.Length, at + piece.Length)..]];
            case 3:
                return bytes[..at];
            case 4:
                return [.. bytes[..end], .. bytes[at..]];
            case 5:
                int start = random.Next(other.Length + 1);
                return [.. bytes[..at], .. other.AsSpan(start, random.Next(other.Length - start + 1)), .. bytes[at..]];
            case 6:
                // What recursion or a search for the end of something meets.
                byte[] part = random.Next(2) == 0 || at == end ? piece : bytes[at..end];
                return [.. bytes[..at], .. Repeat(part, random.Next(10) == 0 ? 1 << 16 : 1 << 9), .. bytes[at..]];
            case 7 when bytes.Length > 0:
                byte[] flipped = [.. bytes];
                flipped[at % bytes.Length] ^= (byte)(1 << random.Next(8));
                return flipped;
            case 8 when bytes.Length > 0:
                byte[] replaced = [.. bytes];
                replaced[at % bytes.Length] = (byte)random.Next(256);
                return replaced;
            default:
                return bytes;
        }
    }

    private static IEnumerable<byte> Repeat(byte[] part, int length) =>
        Enumerable.Repeat(part, Math.Max(1, length / part.Length)).SelectMany(one => one);
}
