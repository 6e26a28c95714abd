using System.Security.Cryptography;
using System.Text;

namespace Pep668.Venvs;

/// <summary>
/// A seed as one file: its name for what it is, the SHA-256 of all that follows, an index, and the contents. Read whole and checked whole, so that nothing of a damaged
/// one is ever used.
/// </summary>
internal static class SeedPack
{
    private static readonly byte[] Magic = "Pep668 seed 3\n"u8.ToArray();

    /// <summary>The bytes of a seed.</summary>
    internal static byte[] Write(Seed seed)
    {
        using var content = new MemoryStream();
        content.Write(Magic);
        content.Write(new byte[SHA256.HashSizeInBytes]);
        using (var writer = new BinaryWriter(content, Encoding.UTF8, leaveOpen: true))
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
            foreach (SeedFile file in seed.Files)
            {
                writer.Write(file.Content.Span);
            }
        }
        byte[] bytes = content.ToArray();
        SHA256.HashData(bytes.AsSpan(Magic.Length + SHA256.HashSizeInBytes), bytes.AsSpan(Magic.Length));
        return bytes;
    }

    /// <summary>The seed in some bytes; null when they are not exactly what was written.</summary>
    internal static Seed? Read(byte[] bytes)
    {
        int start = Magic.Length + SHA256.HashSizeInBytes;
        if (bytes.Length < start || !bytes.AsSpan().StartsWith(Magic))
        {
            return null;
        }
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes.AsSpan(start), hash);
        if (!hash.SequenceEqual(bytes.AsSpan(Magic.Length, hash.Length)))
        {
            return null;
        }
        using var content = new MemoryStream(bytes, start, bytes.Length - start);
        using var reader = new BinaryReader(content, Encoding.UTF8);
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
        var index = new (string Path, int Length, bool MayRun)[reader.ReadInt32()];
        for (int at = 0; at < index.Length; at++)
        {
            index[at] = (reader.ReadString(), reader.ReadInt32(), reader.ReadBoolean());
        }
        var files = new SeedFile[index.Length];
        int place = start + (int)content.Position;
        for (int at = 0; at < files.Length; at++)
        {
            files[at] = new(index[at].Path, bytes.AsMemory(place, index[at].Length), index[at].MayRun);
            place += index[at].Length;
        }
        return new Seed
        {
            DistInfo = distInfo, CommandTemplate = template, CommandBreak = lineBreak, Modified = modified, Record = record, Commands = commands, Files = files,
        };
    }
}
