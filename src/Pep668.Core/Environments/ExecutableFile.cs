using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;
using Pep668.Machines;

namespace Pep668.Environments;

/// <summary>The header of a native program or library: ELF, Mach-O or PE. Every number in it may be wrong.</summary>
/// <param name="Architecture">What it is built for; null when the number is not known.</param>
/// <param name="Constants">Where its constants are: offset and length in the file, the likeliest first.</param>
internal sealed record ExecutableFile(string? Architecture, IReadOnlyList<(long Offset, long Length)> Constants)
{
    /// <summary>Where the texts for the dynamic linker are; null if it has none, or is not an ELF file.</summary>
    internal (long Offset, long Length)? DynamicTexts { get; init; }

    private const int HeaderLength = 1024;

    // The largest programs and libraries of Pythons, with their debug information, are smaller.
    private const long MostBytes = 128L << 20;

    /// <summary>Reads the header; null when the file is none of these, such as a script, or cannot be read.</summary>
    internal static ExecutableFile? Read(FileTree files, string path)
    {
        using SafeFileHandle? handle = files.Open(path);
        if (handle is null)
        {
            return null;
        }
        Span<byte> header = stackalloc byte[HeaderLength];
        header = header[..ReadAt(handle, header, 0)];
        if (header.Length < 64)
        {
            return null;
        }
        uint magic = BinaryPrimitives.ReadUInt32BigEndian(header);
        return magic switch
        {
            0x7F454C46 => Elf(handle, header),
            0xCFFAEDFE or 0xCEFAEDFE => new(MachOArchitecture(BinaryPrimitives.ReadUInt32LittleEndian(header[4..])), Whole(handle)),
            0xCAFEBABE => new(FatArchitecture(header), Whole(handle)),
            _ when magic >> 16 == 0x4D5A => Portable(handle, header),
            _ => null,
        };
    }

    /// <summary>Reads a part of a file; the number of bytes, 0 where there are none or they cannot be read.</summary>
    internal static int ReadAt(SafeFileHandle handle, Span<byte> bytes, long offset)
    {
        try
        {
            return offset < 0 ? 0 : RandomAccess.Read(handle, bytes, offset);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    private static (long, long)[] Whole(SafeFileHandle handle) => [(0, Math.Min(RandomAccess.GetLength(handle), MostBytes))];

    // The ELF header's e_machine (elf(5)).
    private static ExecutableFile Elf(SafeFileHandle handle, ReadOnlySpan<byte> header)
    {
        bool wide = header[4] == 2, little = header[5] == 1;
        string? architecture = Read16(header[18..], little) switch
        {
            3 => "x86",
            8 => wide ? "mips64" : "mips",
            20 => "ppc",
            21 => little ? "ppc64le" : "ppc64",
            22 => wide ? "s390x" : "s390",
            40 => "arm",
            43 => "sparc64",
            62 => "x86_64",
            183 => "aarch64",
            243 => wide ? "riscv64" : "riscv32",
            258 => "loongarch64",
            _ => null,
        };
        return wide && little ? ElfSections(handle, header, architecture) : new(architecture, Whole(handle));
    }

    // .rodata holds C's string constants; PyPy's are in .data. Anything odd about the table: the whole file.
    private static ExecutableFile ElfSections(SafeFileHandle handle, ReadOnlySpan<byte> header, string? architecture)
    {
        long table = BinaryPrimitives.ReadInt64LittleEndian(header[40..]);
        int size = Read16(header[58..], true), count = Read16(header[60..], true), names = Read16(header[62..], true);
        long length = RandomAccess.GetLength(handle);
        if (size != 64 || count == 0 || names >= count || table <= 0 || table > length - (size * count))
        {
            return new(architecture, Whole(handle));
        }
        byte[] sections = new byte[size * count];
        ReadAt(handle, sections, table);
        byte[] text = new byte[Math.Clamp(BinaryPrimitives.ReadInt64LittleEndian(sections.AsSpan((names * size) + 32)), 0, 1 << 16)];
        ReadAt(handle, text, BinaryPrimitives.ReadInt64LittleEndian(sections.AsSpan((names * size) + 24)));
        (long, long)? constants = null, data = null, dynamic = null;
        for (int index = 0; index < count; index++)
        {
            ReadOnlySpan<byte> section = sections.AsSpan(index * size, size);
            int name = BinaryPrimitives.ReadInt32LittleEndian(section);
            long offset = BinaryPrimitives.ReadInt64LittleEndian(section[24..]),
                span = BinaryPrimitives.ReadInt64LittleEndian(section[32..]);
            if (name < 0 || name >= text.Length || offset < 0 || span < 0 || offset > length - span)
            {
                continue;
            }
            span = Math.Min(span, MostBytes);
            ReadOnlySpan<byte> label = text.AsSpan(name);
            if (label.StartsWith(".rodata\0"u8))
            {
                constants = (offset, span);
            }
            else if (label.StartsWith(".data\0"u8))
            {
                data = (offset, span);
            }
            else if (label.StartsWith(".dynstr\0"u8))
            {
                dynamic = (offset, span);
            }
        }
        (long, long)[] parts = (constants, data) switch
        {
            ({ } first, { } second) => [first, second],
            ({ } only, null) => [only],
            _ => Whole(handle),
        };
        return new(architecture, parts) { DynamicTexts = dynamic };
    }

    // cputype of mach/machine.h.
    private static string? MachOArchitecture(uint type) => type switch
    {
        0x01000007 => "x86_64",
        0x0100000C => "arm64",
        7 => "x86",
        18 => "ppc",
        0x01000012 => "ppc64",
        _ => null,
    };

    // A "fat" file lists the architectures it holds (mach-o/fat.h). A Java class file has the same magic, and a version
    // where the count stands.
    private static string? FatArchitecture(ReadOnlySpan<byte> header)
    {
        uint count = BinaryPrimitives.ReadUInt32BigEndian(header[4..]);
        if (count is 0 or > 16 || header.Length < 8 + (count * 20))
        {
            return null;
        }
        var found = new List<string?>();
        for (int index = 0; index < count; index++)
        {
            found.Add(MachOArchitecture(BinaryPrimitives.ReadUInt32BigEndian(header[(8 + (index * 20))..])));
        }
        return found.Contains("arm64") && found.Contains("x86_64") ? "universal2" : found[0];
    }

    // Machine of the COFF header (PE format, "Machine Types").
    private static ExecutableFile? Portable(SafeFileHandle handle, ReadOnlySpan<byte> header)
    {
        int offset = BinaryPrimitives.ReadInt32LittleEndian(header[60..]);
        Span<byte> coff = stackalloc byte[6];
        if (offset < 0 || ReadAt(handle, coff, offset) < 6 || BinaryPrimitives.ReadUInt32BigEndian(coff) != 0x50450000)
        {
            return null;
        }
        return new(
            Read16(coff[4..], true) switch
            {
                0x14C => "x86",
                0x8664 => "x86_64",
                0xAA64 => "aarch64",
                0x1C4 => "arm",
                _ => null,
            },
            Whole(handle));
    }

    private static ushort Read16(ReadOnlySpan<byte> bytes, bool little) =>
        little ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);
}
