using System.Buffers.Binary;
using System.Numerics;
using Pep668.Machines;

namespace Pep668.Distros;

/// <summary>
/// The bytes of an SQLite database as one that needs no other file: what was committed to its write-ahead log is part
/// of it (SQLite's "Database File Format", sections 1.3 and 4). SQLite itself would create files beside it.
/// </summary>
internal static class SqliteImage
{
    private const int MaximumBytes = 1 << 30;
    private const int HeaderSize = 100, LogHeaderSize = 32, FrameHeaderSize = 24;
    private const int Attempts = 3;

    /// <summary>Reads a database and its log.</summary>
    /// <param name="files">The files.</param>
    /// <param name="path">The database.</param>
    /// <param name="problem">Why something is missing in the result, as a clause; null if nothing is.</param>
    /// <returns>The database; null if it cannot be read.</returns>
    internal static byte[]? Read(FileTree files, string path, out string? problem)
    {
        string main = files.RealPath(path) ?? path, log = main + "-wal";
        for (int attempt = 1; ; attempt++)
        {
            (FileEntry, FileEntry) before = (files.Stat(main), files.Stat(log));
            FileContent database = files.Read(main, MaximumBytes), frames = files.Read(log, MaximumBytes);
            // A checkpoint moves pages from one file to the other.
            if (attempt < Attempts && before != (files.Stat(main), files.Stat(log)))
            {
                continue;
            }
            problem = database.Problem is not null ? $"'{path}' cannot be read: {database.Problem}"
                : frames.Bytes is null && before.Item2.Kind != FileKind.Missing ? $"'{path}-wal' cannot be read: {frames.Problem}"
                : null;
            return database.Bytes is byte[] bytes ? Merge(bytes, frames.Bytes) : null;
        }
    }

    /// <summary>Applies a log to a database.</summary>
    /// <param name="database">The main file; it may be changed.</param>
    /// <param name="log">The file <c>-wal</c>; null without one.</param>
    internal static byte[] Merge(byte[] database, ReadOnlySpan<byte> log)
    {
        if (Committed(log, out int page) is { Count: > 0 } frames && frames[^1].Size * page is > 0 and <= MaximumBytes and long size)
        {
            Array.Resize(ref database, (int)size);
            foreach ((long number, _, int offset) in frames)
            {
                // A later transaction may have made the database smaller.
                if (number * page <= size)
                {
                    log.Slice(offset, page).CopyTo(database.AsSpan((int)((number - 1) * page)));
                }
            }
        }
        if (database.Length >= HeaderSize)
        {
            // The versions for writing and reading: 1 is without a log, which a database in memory cannot have.
            database[18] = database[19] = 1;
        }
        return database;
    }

    // The frames up to the last one that ends a transaction: the page, the number of pages after the transaction (0 in
    // its other frames), and where the content is. Frames behind it, or with other salts, are of an unfinished or an
    // earlier use of the file.
    private static List<(long Page, long Size, int Offset)> Committed(ReadOnlySpan<byte> log, out int page)
    {
        var frames = new List<(long Page, long Size, int Offset)>();
        page = 0;
        if (log.Length < LogHeaderSize || Word(log, 0) >> 1 != 0x377f0682 >> 1 || Word(log, 4) != 3007000
            || Word(log, 8) is not (>= 512 and <= 65536) || !BitOperations.IsPow2(Word(log, 8)))
        {
            return frames;
        }
        bool isBigEndian = (log[3] & 1) != 0;
        page = (int)Word(log, 8);
        ReadOnlySpan<byte> salts = log.Slice(16, 8);
        (uint, uint) sum = Sum(log[..24], (0, 0), isBigEndian);
        int committed = 0;
        if (sum != (Word(log, 24), Word(log, 28)))
        {
            return frames;
        }
        for (int at = LogHeaderSize; at <= log.Length - FrameHeaderSize - page; at += FrameHeaderSize + page)
        {
            ReadOnlySpan<byte> header = log.Slice(at, FrameHeaderSize);
            sum = Sum(log.Slice(at + FrameHeaderSize, page), Sum(header[..8], sum, isBigEndian), isBigEndian);
            if (Word(header, 0) == 0 || !header.Slice(8, 8).SequenceEqual(salts) || sum != (Word(header, 16), Word(header, 20)))
            {
                break;
            }
            frames.Add((Word(header, 0), Word(header, 4), at + FrameHeaderSize));
            committed = Word(header, 4) != 0 ? frames.Count : committed;
        }
        frames.RemoveRange(committed, frames.Count - committed);
        return frames;
    }

    // "Checksum Algorithm", section 4.2.
    private static (uint, uint) Sum(ReadOnlySpan<byte> bytes, (uint First, uint Second) sum, bool isBigEndian)
    {
        for (; bytes.Length >= 8; bytes = bytes[8..])
        {
            unchecked
            {
                sum.First += Read(bytes) + sum.Second;
                sum.Second += Read(bytes[4..]) + sum.First;
            }
        }
        return sum;

        uint Read(ReadOnlySpan<byte> word) =>
            isBigEndian ? BinaryPrimitives.ReadUInt32BigEndian(word) : BinaryPrimitives.ReadUInt32LittleEndian(word);
    }

    private static uint Word(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32BigEndian(bytes[at..]);
}
