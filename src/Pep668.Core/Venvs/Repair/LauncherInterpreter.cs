using System.Buffers.Binary;
using System.Text;

namespace Pep668.Venvs.Repair;

/// <summary>
/// The interpreter in the commands of Windows: each is a program, followed by the first line of a script and an archive
/// with the rest (distlib's <c>ScriptMaker._write_script</c>), or by the archive, the path of the interpreter, its
/// length and <c>UVSC</c> (<c>crates/uv-trampoline</c> of uv; newer releases keep the path in a resource of the
/// program, which is not read here).
/// </summary>
internal static class LauncherInterpreter
{
    private const int EndOfArchive = 22, LongestComment = 1 << 16;

    /// <summary>The interpreter that one starts, and the bytes in which it is named; null for another
    /// program.</summary>
    internal static (string Interpreter, Range Place)? Read(ReadOnlySpan<byte> content)
    {
        if (!content.StartsWith("MZ"u8))
        {
            return null;
        }
        return content.EndsWith("UVSC"u8) ? OfUv(content) : OfDistlib(content);
    }

    /// <summary>The same with another interpreter.</summary>
    /// <param name="content">Its bytes.</param>
    /// <param name="place">Those that name the interpreter.</param>
    /// <param name="interpreter">The other one, as an absolute path.</param>
    internal static byte[] With(ReadOnlySpan<byte> content, Range place, string interpreter)
    {
        bool isOfUv = content.EndsWith("UVSC"u8);
        byte[] name = Encoding.UTF8.GetBytes(
            !isOfUv && interpreter.Contains(' ', StringComparison.Ordinal) ? $"\"{interpreter}\"" : interpreter);
        byte[] changed = [.. content[..place.Start], .. name, .. content[place.End..]];
        if (isOfUv)
        {
            BinaryPrimitives.WriteInt32LittleEndian(changed.AsSpan(changed.Length - 8), name.Length);
        }
        return changed;
    }

    private static (string, Range)? OfUv(ReadOnlySpan<byte> content)
    {
        int end = content.Length - 8;
        int length = end > 0 ? BinaryPrimitives.ReadInt32LittleEndian(content[end..]) : 0;
        return length > 0 && length < end ? (Encoding.UTF8.GetString(content[(end - length)..end]), (end - length)..end) : null;
    }

    // The line ends where the archive begins; some versions write another line break between them.
    private static (string, Range)? OfDistlib(ReadOnlySpan<byte> content)
    {
        if (ArchiveStart(content) is not int archive)
        {
            return null;
        }
        ReadOnlySpan<byte> before = content[..archive].TrimEnd("\r\n"u8);
        int start = before.LastIndexOf("#!"u8);
        if (start < 0 || before[start..].Contains((byte)'\n'))
        {
            return null;
        }
        ReadOnlySpan<byte> line = before[(start + 2)..];
        int length = line is [(byte)'"', ..] ? line[1..].IndexOf((byte)'"') + 2 : line.IndexOf((byte)' ');
        length = length < 0 ? line.Length : length;
        return length > 1 ? (Encoding.UTF8.GetString(line[..length]).Trim('"'), (start + 2)..(start + 2 + length)) : null;
    }

    // Offsets in the archive count from its own start (APPNOTE 4.3.16, end of central directory record).
    private static int? ArchiveStart(ReadOnlySpan<byte> content)
    {
        int from = Math.Max(0, content.Length - EndOfArchive - LongestComment);
        int end = content[from..].LastIndexOf("PK\x05\x06"u8);
        if (end < 0 || from + end + EndOfArchive > content.Length)
        {
            return null;
        }
        ReadOnlySpan<byte> record = content[(from + end)..];
        long start = from + end - (long)BinaryPrimitives.ReadUInt32LittleEndian(record[12..])
            - BinaryPrimitives.ReadUInt32LittleEndian(record[16..]);
        return start > 0 && content[(int)start..].StartsWith("PK"u8) ? (int)start : null;
    }
}
