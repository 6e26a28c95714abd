using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.Unicode;
using Pep668.Machines;

namespace Pep668.Distros;

/// <summary>
/// The header of a package as the database has it (rpm's "Package format", "Header"): the number of entries and of
/// bytes of data, the entries of four numbers each (tag, type, offset, count), then the data, all big-endian. Of the
/// data, only that of <see cref="Tag"/> is kept.
/// </summary>
internal sealed class RpmHeader : RpmRecord
{
    private const int EntrySize = 16, MostEntries = 0xFFFF;
    private static readonly Value Nothing = new(0, 0, []);

    private readonly Dictionary<Tag, Value> _values;

    private RpmHeader(Dictionary<Tag, Value> values, string name, string version)
    {
        _values = values;
        Name = name;
        Version = version;
    }

    /// <summary>Tags (rpm's <c>rpmtag.h</c>).</summary>
    internal enum Tag
    {
        /// <summary>The name.</summary>
        Name = 1000,

        /// <summary>The version.</summary>
        Version = 1001,

        /// <summary>The release.</summary>
        Release = 1002,

        /// <summary>The epoch; most packages have none.</summary>
        Epoch = 1003,

        /// <summary>The architecture.</summary>
        Arch = 1022,

        /// <summary>For each file, <c>RPMFILE_STATE_…</c>.</summary>
        FileStates = 1029,

        /// <summary>For each file, its mode.</summary>
        FileModes = 1030,

        /// <summary>For each file, its digest.</summary>
        FileDigests = 1035,

        /// <summary>For each file, <c>RPMFILE_…</c>.</summary>
        FileFlags = 1037,

        /// <summary>What the package provides.</summary>
        ProvideName = 1047,

        /// <summary>For each requirement, <c>RPMSENSE_…</c>.</summary>
        RequireFlags = 1048,

        /// <summary>What the package requires.</summary>
        RequireName = 1049,

        /// <summary>For each requirement, its version.</summary>
        RequireVersion = 1050,

        /// <summary>For each name that is provided, <c>RPMSENSE_…</c>.</summary>
        ProvideFlags = 1112,

        /// <summary>For each name that is provided, its version.</summary>
        ProvideVersion = 1113,

        /// <summary>For each file, which folder of <see cref="DirNames"/> it is in.</summary>
        DirIndexes = 1116,

        /// <summary>For each file, its name.</summary>
        BaseNames = 1117,

        /// <summary>The folders, each with a slash at its end.</summary>
        DirNames = 1118,

        /// <summary>The algorithm of the digests.</summary>
        FileDigestAlgorithm = 5011,
    }

    /// <inheritdoc/>
    internal override string Name { get; }

    /// <inheritdoc/>
    internal override string Version { get; }

    /// <inheritdoc/>
    internal override string? Architecture => First(_values, Tag.Arch);

    /// <inheritdoc/>
    internal override DigestAlgorithm? Algorithm =>
        AlgorithmOf((int?)Find(Tag.FileDigestAlgorithm).Number(0));

    /// <inheritdoc/>
    internal override IReadOnlyList<RpmRelation> Provides => Relations(Tag.ProvideName, Tag.ProvideFlags, Tag.ProvideVersion);

    /// <inheritdoc/>
    internal override IReadOnlyList<RpmRelation> Requires => Relations(Tag.RequireName, Tag.RequireFlags, Tag.RequireVersion);

    /// <summary>Reads a header; null if it is not one, or has no name.</summary>
    internal static RpmHeader? Parse(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 8)
        {
            return null;
        }
        int entries = Number(bytes), size = Number(bytes[4..]);
        if (entries is <= 0 or > MostEntries || size < 0 || 8L + EntrySize * entries + size > bytes.Length)
        {
            return null;
        }
        ReadOnlySpan<byte> data = bytes.Slice(8 + EntrySize * entries, size);
        var found = new Dictionary<Tag, (int Type, int Offset, int Count)>();
        for (int index = 0; index < entries; index++)
        {
            ReadOnlySpan<byte> entry = bytes.Slice(8 + EntrySize * index, EntrySize);
            if (Enum.IsDefined((Tag)Number(entry)))
            {
                // What was added at installation is behind the package's own entries, and replaces them (headerImport).
                found[(Tag)Number(entry)] = (Number(entry[4..]), Number(entry[8..]), Number(entry[12..]));
            }
        }
        var values = new Dictionary<Tag, Value>();
        foreach ((Tag tag, (int type, int offset, int count)) in found)
        {
            if (Length(data, type, offset, count) is not int length)
            {
                return null;
            }
            values[tag] = new(type, count, data.Slice(offset, length).ToArray());
        }
        string? name = First(values, Tag.Name), version = First(values, Tag.Version);
        string epoch = values.GetValueOrDefault(Tag.Epoch, Nothing).Number(0) is uint number
            ? number.ToString(CultureInfo.InvariantCulture) + ":" : "";
        return name is null || version is null ? null : new(values, name, $"{epoch}{version}-{First(values, Tag.Release)}");
    }

    /// <inheritdoc/>
    internal override IReadOnlyList<RpmFile> Files(WantedPaths? wanted)
    {
        string?[] folders = Folders(wanted);
        if (!Array.Exists(folders, folder => folder is not null))
        {
            return [];
        }
        var found = new List<RpmFile>();
        Value names = Find(Tag.BaseNames), indexes = Find(Tag.DirIndexes), digests = Find(Tag.FileDigests), modes = Find(Tag.FileModes),
            flags = Find(Tag.FileFlags), states = Find(Tag.FileStates);
        ReadOnlySpan<byte> nextName = names.Data, nextDigest = digests.Data;
        for (int index = 0; index < names.Count; index++)
        {
            ReadOnlySpan<byte> name = Next(ref nextName), digest = Next(ref nextDigest);
            if (indexes.Number(index) is uint folder && folder < folders.Length && folders[folder] is string start)
            {
                string path = start + TextOf(name);
                if (wanted?.Includes(path) != false)
                {
                    found.Add(new(path, (int)(modes.Number(index) ?? 0), (int)(flags.Number(index) ?? 0),
                        (int)(states.Number(index) ?? 0), Encoding.ASCII.GetString(digest)));
                }
            }
        }
        return found;
    }

    // Each folder that can have files that are wanted.
    private string?[] Folders(WantedPaths? wanted)
    {
        Value names = Find(Tag.DirNames);
        string?[] folders = new string?[names.Count];
        ReadOnlySpan<byte> next = names.Data;
        for (int index = 0; index < folders.Length; index++)
        {
            ReadOnlySpan<byte> name = Next(ref next);
            folders[index] = wanted?.Touches(name.TrimEnd((byte)'/')) != false ? TextOf(name) : null;
        }
        return folders;
    }

    private RpmRelation[] Relations(Tag name, Tag flags, Tag version)
    {
        Value names = Find(name), allFlags = Find(flags), versions = Find(version);
        var relations = new RpmRelation[names.Count];
        ReadOnlySpan<byte> nextName = names.Data, nextVersion = versions.Data;
        for (int index = 0; index < relations.Length; index++)
        {
            relations[index] = new(
                TextOf(Next(ref nextName)), (int)(allFlags.Number(index) ?? 0), TextOf(Next(ref nextVersion)));
        }
        return relations;
    }

    private Value Find(Tag tag) => _values.GetValueOrDefault(tag, Nothing);

    private static string? First(Dictionary<Tag, Value> values, Tag tag)
    {
        Value value = values.GetValueOrDefault(tag, Nothing);
        ReadOnlySpan<byte> next = value.Data;
        return value.IsText && value.Count > 0 ? TextOf(Next(ref next)) : null;
    }

    // A string ends with a zero; of an array that is shorter than another, the rest is empty.
    private static ReadOnlySpan<byte> Next(ref ReadOnlySpan<byte> strings)
    {
        int end = strings.IndexOf((byte)0);
        ReadOnlySpan<byte> text = end < 0 ? strings : strings[..end];
        strings = end < 0 ? [] : strings[(end + 1)..];
        return text;
    }

    private static string TextOf(ReadOnlySpan<byte> text) =>
        Utf8.IsValid(text) ? Encoding.UTF8.GetString(text) : PosixPath.Decode(text);

    private static int Number(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadInt32BigEndian(bytes);

    // The number of bytes of a value; null if it is not inside the data.
    private static int? Length(ReadOnlySpan<byte> data, int type, int offset, int count)
    {
        if (offset < 0 || offset > data.Length || count < 0 || count > data.Length - offset)
        {
            return null;
        }
        long length = type switch { 1 or 2 or 7 => count, 3 => 2L * count, 4 => 4L * count, 5 => 8L * count, 6 or 8 or 9 => 0, _ => -1 };
        ReadOnlySpan<byte> rest = data[offset..];
        for (int strings = type is 6 or 8 or 9 ? count : 0; strings > 0; strings--)
        {
            int end = rest[(int)length..].IndexOf((byte)0);
            if (end < 0)
            {
                return null;
            }
            length += end + 1;
        }
        return length < 0 || length > rest.Length ? null : (int)length;
    }

    /// <summary>The data of a tag.</summary>
    /// <param name="Type">Its type.</param>
    /// <param name="Count">The number of its values.</param>
    /// <param name="Data">Its bytes.</param>
    private sealed record Value(int Type, int Count, byte[] Data)
    {
        internal bool IsText => Type is 6 or 8 or 9; // STRING, STRING_ARRAY, I18NSTRING

        /// <summary>A value of a list of numbers; null if it is not there.</summary>
        internal uint? Number(int index) => index >= Count ? null : Type switch
        {
            1 or 2 => Data[index], // CHAR, INT8
            3 => BinaryPrimitives.ReadUInt16BigEndian(Data.AsSpan(2 * index)),
            4 => BinaryPrimitives.ReadUInt32BigEndian(Data.AsSpan(4 * index)),
            _ => null,
        };
    }
}
