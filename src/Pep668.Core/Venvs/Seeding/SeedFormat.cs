using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Pep668.Machines;

namespace Pep668.Venvs.Seeding;

/// <summary>
/// A seed as one file: a magic number, the SHA-256 of everything after it, the length of the index, the index, and the
/// contents. The hash is verified before anything is used.
/// </summary>
internal static class SeedFormat
{
    private static readonly byte[] Magic = "Pep668 seed 4\n"u8.ToArray();

    // Each content begins at a block boundary, so that a file system can share the blocks.
    private static int Whole(int length) => (length + ReflinkSource.Block - 1) / ReflinkSource.Block * ReflinkSource.Block;

    /// <summary>The bytes of a seed.</summary>
    internal static byte[] Write(Seed seed)
    {
        using var index = new MemoryStream();
        using (var writer = new BinaryWriter(index, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(seed.DistInfo);
            writer.Write(seed.CommandTemplate);
            writer.Write((byte)seed.CommandBreak);
            writer.Write(seed.Modified);
            writer.Write(seed.Record.Count);
            foreach (string line in seed.Record)
            {
                writer.Write(line);
            }
            writer.Write(seed.Commands.Count);
            foreach (EntryPoint command in seed.Commands)
            {
                writer.Write(command.Name);
                writer.Write(command.Module);
                writer.Write(command.Function);
            }
            writer.Write(seed.Files.Count);
            foreach (SeedFile file in seed.Files)
            {
                writer.Write(file.Path);
                writer.Write(file.Content.Length);
                writer.Write(file.MayRun);
            }
        }
        int start = Magic.Length + SHA256.HashSizeInBytes, contents = start + sizeof(int) + (int)index.Length;
        byte[] bytes = new byte[Whole(contents) + seed.Files.Sum(file => Whole(file.Content.Length))];
        Magic.CopyTo(bytes, 0);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(start), (int)index.Length);
        index.GetBuffer().AsSpan(0, (int)index.Length).CopyTo(bytes.AsSpan(start + sizeof(int)));
        int place = Whole(contents);
        foreach (SeedFile file in seed.Files)
        {
            file.Content.Span.CopyTo(bytes.AsSpan(place));
            place += Whole(file.Content.Length);
        }
        SHA256.HashData(bytes.AsSpan(start), bytes.AsSpan(Magic.Length, SHA256.HashSizeInBytes));
        return bytes;
    }

    /// <summary>Reads a seed; null if the bytes are not exactly what was written.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="source">The file that contains the bytes; null if none does.</param>
    internal static Seed? Read(ReadOnlyMemory<byte> bytes, ReflinkSource? source = null)
    {
        int start = Magic.Length + SHA256.HashSizeInBytes;
        if (bytes.Length < start || !bytes.Span.StartsWith(Magic))
        {
            return null;
        }
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes.Span[start..], hash);
        if (!hash.SequenceEqual(bytes.Span.Slice(Magic.Length, hash.Length)))
        {
            return null;
        }
        int contents = start + sizeof(int) + BinaryPrimitives.ReadInt32LittleEndian(bytes.Span[start..]);
        using var index = new MemoryStream(bytes[(start + sizeof(int))..contents].ToArray());
        using var reader = new BinaryReader(index, Encoding.UTF8);
        string distInfo = reader.ReadString(), template = reader.ReadString();
        var lineBreak = (FirstLineBreak)reader.ReadByte();
        long modified = reader.ReadInt64();
        string[] record = new string[reader.ReadInt32()];
        for (int at = 0; at < record.Length; at++)
        {
            record[at] = reader.ReadString();
        }
        var commands = new EntryPoint[reader.ReadInt32()];
        for (int at = 0; at < commands.Length; at++)
        {
            commands[at] = new(reader.ReadString(), reader.ReadString(), reader.ReadString());
        }
        var files = new SeedFile[reader.ReadInt32()];
        for (int at = 0, place = Whole(contents); at < files.Length; at++)
        {
            string path = reader.ReadString();
            int length = reader.ReadInt32();
            files[at] = new(path, bytes.Slice(place, length), reader.ReadBoolean(), source, place);
            place += Whole(length);
        }
        return new Seed
        {
            DistInfo = distInfo, CommandTemplate = template, CommandBreak = lineBreak, Modified = modified, Record = record,
            Commands = commands, Files = files,
        };
    }
}
