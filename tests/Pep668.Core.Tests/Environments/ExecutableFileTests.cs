using System.Buffers.Binary;
using Pep668.Environments;
using Pep668.Machines;

namespace Pep668.Tests.Environments;

/// <summary>Headers of ELF, Mach-O and PE files.</summary>
public sealed class ExecutableFileTests : IDisposable
{
    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    [Theory]
    [InlineData(62, 2, 1, "x86_64")]
    [InlineData(183, 2, 1, "aarch64")]
    [InlineData(3, 1, 1, "x86")]
    [InlineData(40, 1, 1, "arm")]
    [InlineData(21, 2, 1, "ppc64le")]
    [InlineData(21, 2, 2, "ppc64")]
    [InlineData(22, 2, 2, "s390x")]
    [InlineData(243, 2, 1, "riscv64")]
    [InlineData(9999, 2, 1, null)]
    public void Elf_architecture_depends_on_machine_class_and_byte_order(int machine, byte bits, byte order, string? architecture)
    {
        byte[] bytes = World.Program("3.11.2");
        (bytes[4], bytes[5]) = (bits, order);
        if (order == 1)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(18), (ushort)machine);
        }
        else
        {
            BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(18), (ushort)machine);
        }
        Assert.Equal(architecture, Read(bytes)!.Architecture);
    }

    [Theory]
    [InlineData(0x01000007u, 0x0100000Cu, "universal2")]
    [InlineData(0x0100000Cu, 0x01000007u, "universal2")]
    [InlineData(7u, 0x01000007u, "x86")]
    public void Mach_O_architecture_of_a_universal_file_lists_both(uint first, uint second, string architecture)
    {
        byte[] bytes = new byte[256];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, 0xCAFEBABE);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(4), 2);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(8), first);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(28), second);
        Assert.Equal(architecture, Read(bytes)!.Architecture);
    }

    // A Java class file has the same magic number, and its version at the place of the count.
    [Fact]
    public void Mach_O_architecture_of_a_Java_class_is_unknown()
    {
        byte[] bytes = new byte[256];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, 0xCAFEBABE);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(4), 65);
        Assert.Null(Read(bytes)!.Architecture);
    }

    [Theory]
    [InlineData(0x8664, "x86_64")]
    [InlineData(0xAA64, "aarch64")]
    [InlineData(0x14C, "x86")]
    public void Pe_architecture_is_that_of_the_COFF_header(int machine, string architecture)
    {
        byte[] bytes = LocatorWorld.Portable();
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(132), (ushort)machine);
        Assert.Equal(architecture, Read(bytes)!.Architecture);
    }

    [Fact]
    public void Pe_header_outside_the_file_is_not_a_program()
    {
        byte[] bytes = LocatorWorld.Portable();
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(60), 1 << 20);
        Assert.Null(Read(bytes));
    }

    [Fact]
    public void Script_short_file_or_missing_file_is_not_a_program()
    {
        Assert.Null(Read([.. "#!/bin/sh\n"u8, .. new byte[100]]));
        Assert.Null(Read([0x7F, (byte)'E', (byte)'L', (byte)'F']));
        Assert.Null(ExecutableFile.Read(_world.Machine.Files, "/nowhere"));
    }

    private ExecutableFile? Read(byte[] bytes) => ExecutableFile.Read(_world.Write("/program", bytes).Machine.Files, "/program");

    [Theory]
    [InlineData(32, -1L)]
    [InlineData(32, long.MinValue)]
    [InlineData(24, -1L)]
    [InlineData(24, long.MaxValue)]
    public void Elf_with_an_impossible_table_of_names_is_searched_as_a_whole(int field, long value)
    {
        byte[] bytes = [.. World.Program("3.11.2"), .. new byte[64]];
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(40), 256);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(58), 64);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(60), 1);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(256 + field), value);
        Assert.Equal([(0, bytes.Length)], Read(bytes)!.Constants);
    }

    [Fact]
    public void Elf_with_an_impossible_table_of_sections_is_searched_as_a_whole()
    {
        byte[] bytes = World.Program("3.11.2");
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(40), long.MaxValue - 10);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(58), 64);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(60), ushort.MaxValue);
        Assert.Equal([(0, bytes.Length)], Read(bytes)!.Constants);
    }

    [Fact]
    public void Mach_O_architecture_of_a_universal_file_that_is_cut_off_is_unknown()
    {
        byte[] bytes = new byte[64];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, 0xCAFEBABE);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(4), 16);
        Assert.Null(Read(bytes)!.Architecture);
    }

    [Theory]
    [InlineData(0xCF, 0xFA, 0xED, 0xFE)]
    [InlineData(0x4D, 0x5A, 0, 0)]
    [InlineData(0x7F, 0x45, 0x4C, 0x46)]
    public async Task Program_without_an_end_is_searched_in_part(params int[] magic)
    {
        byte[] start = new byte[256];
        magic.Select(one => (byte)one).ToArray().CopyTo(start, 0);
        (start[60], start[128], start[129]) = (128, (byte)'P', (byte)'E');
        _world.Write("/opt/p/bin/python3.11", start, executable: true).Write("/opt/p/lib/python3.11/os.py", "");
        using (FileStream file = File.OpenWrite(_world.OnDisk("/opt/p/bin/python3.11")))
        {
            file.SetLength(1L << 40); // it takes no space
        }
        // To read all of it takes minutes.
        EnvironmentReading reading = await Task.Run(() => new EnvironmentReader(_world.Machine.Files).Read("/opt/p"),
            TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        Assert.Equal("3.11", reading.Environment!.Version);
    }
}
