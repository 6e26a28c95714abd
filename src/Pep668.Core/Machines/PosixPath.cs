using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;
using System.Text;

namespace Pep668.Machines;

/// <summary>
/// File names as the system has them: bytes, most of them UTF-8. A byte that is not part of valid UTF-8 is the
/// character U+DC80 to U+DCFF, as in Python (PEP 383), so that every name that was read leads to the same file again.
/// </summary>
[CustomMarshaller(typeof(string), MarshalMode.ManagedToUnmanagedIn, typeof(Argument))]
internal static unsafe class PosixPath
{
    private const char FirstByte = '\uDC80', LastByte = '\uDCFF';
    private const int ByteOffset = 0xDC00;

    /// <summary>Whether a name contains bytes that are not valid UTF-8: other programs cannot be given such a path as
    /// text.</summary>
    internal static bool HasBytes(ReadOnlySpan<char> name)
    {
        while (name.IndexOfAnyInRange(FirstByte, LastByte) is int at and >= 0)
        {
            if (at == 0 || !char.IsHighSurrogate(name[at - 1]))
            {
                return true;
            }
            name = name[(at + 1)..];
        }
        return false;
    }

    /// <summary>Whether no program can use a path because of its length (PATH_MAX).</summary>
    internal static bool IsTooLong(string path) => 
        !PathText.IsPossible(path) || Encoding.UTF8.GetByteCount(path) >= PathText.Longest;

    /// <summary>The name that some bytes are.</summary>
    internal static string Decode(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length);
        while (bytes.Length > 0)
        {
            if (Rune.DecodeFromUtf8(bytes, out Rune rune, out int length) == System.Buffers.OperationStatus.Done)
            {
                text.Append(rune.ToString());
            }
            else
            {
                foreach (byte one in bytes[..length])
                {
                    text.Append((char)(ByteOffset + one));
                }
            }
            bytes = bytes[length..];
        }
        return text.ToString();
    }

    /// <summary>The name that a zero-terminated string is.</summary>
    internal static string Read(nint text)
    {
        ReadOnlySpan<byte> bytes = MemoryMarshal.CreateReadOnlySpanFromNullTerminated((byte*)text);
        return System.Text.Unicode.Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : Decode(bytes);
    }

    /// <summary>The bytes of a name.</summary>
    internal static byte[] Encode(string name)
    {
        using var bytes = new MemoryStream();
        ReadOnlySpan<char> rest = name;
        Span<byte> buffer = stackalloc byte[4];
        while (rest.Length > 0)
        {
            int length = 1;
            if (rest[0] is >= FirstByte and <= LastByte)
            {
                bytes.WriteByte((byte)(rest[0] - ByteOffset));
            }
            else
            {
                Rune.DecodeFromUtf16(rest, out Rune rune, out length);
                bytes.Write(buffer[..rune.EncodeToUtf8(buffer)]);
            }
            rest = rest[length..];
        }
        return bytes.ToArray();
    }

    /// <summary>Writes the path of a name in a folder for a system call; false if it is too long for the
    /// buffer.</summary>
    internal static bool TryJoin(ReadOnlySpan<char> folder, ReadOnlySpan<char> name, Span<byte> buffer)
    {
        if (HasBytes(folder) || Encoding.UTF8.GetMaxByteCount(folder.Length + name.Length + 2) > buffer.Length)
        {
            return false;
        }
        int length = Encoding.UTF8.GetBytes(folder, buffer);
        buffer[length++] = (byte)'/';
        length += Encoding.UTF8.GetBytes(name, buffer[length..]);
        buffer[length] = 0;
        return true;
    }

    /// <summary>Passes a name to a system call.</summary>
    internal ref struct Argument
    {
        private byte* _allocated;
        private Span<byte> _bytes;

        /// <summary>Longer names are allocated.</summary>
        public static int BufferSize => 512;

        /// <summary>Encodes it.</summary>
        public void FromManaged(string managed, Span<byte> buffer)
        {
            if (HasBytes(managed))
            {
                byte[] exact = Encode(managed);
                _bytes = Space(exact.Length + 1, buffer);
                exact.CopyTo(_bytes);
                _bytes[exact.Length] = 0;
                return;
            }
            _bytes = Space(Encoding.UTF8.GetMaxByteCount(managed.Length) + 1, buffer);
            _bytes[Encoding.UTF8.GetBytes(managed, _bytes)] = 0;
        }

        /// <summary>Where it is.</summary>
        public readonly ref byte GetPinnableReference() => ref MemoryMarshal.GetReference(_bytes);

        /// <summary>The same.</summary>
        public readonly byte* ToUnmanaged() =>
            (byte*)System.Runtime.CompilerServices.Unsafe.AsPointer(ref MemoryMarshal.GetReference(_bytes));

        /// <summary>Releases what was allocated.</summary>
        public readonly void Free() => NativeMemory.Free(_allocated);

        private Span<byte> Space(int length, Span<byte> buffer)
        {
            if (length <= buffer.Length)
            {
                return buffer;
            }
            _allocated = (byte*)NativeMemory.Alloc((nuint)length);
            return new(_allocated, length);
        }
    }
}
