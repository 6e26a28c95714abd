using System.Buffers;
using System.IO.MemoryMappedFiles;
using Microsoft.Win32.SafeHandles;

namespace Pep668.Machines;

/// <summary>A file as memory: its pages are those of the system's cache, so a large one costs no copy. It is released
/// with the last memory that refers to it.</summary>
internal sealed unsafe class MappedFile : MemoryManager<byte>
{
    private readonly SafeMemoryMappedViewHandle _view;
    private readonly byte* _start;
    private readonly int _length;

    private MappedFile(SafeMemoryMappedViewHandle view, int length, SafeFileHandle file)
    {
        (_view, _length, Source) = (view, length, new(file));
        // Not AcquirePointer, whose reference would keep the view from being released by its finalizer.
        _start = (byte*)view.DangerousGetHandle();
    }

    /// <summary>Its blocks, for files that are to have the same content.</summary>
    internal ReflinkSource Source { get; }

    /// <summary>Maps an open file; null when it cannot be mapped, is empty or larger than 1 GiB. The file is closed
    /// with it.</summary>
    internal static MappedFile? Open(SafeFileHandle file)
    {
        try
        {
            long length = RandomAccess.GetLength(file);
            if (length is 0 or > 1 << 30)
            {
                file.Dispose();
                return null;
            }
            using var mapped =
                MemoryMappedFile.CreateFromFile(file, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
            return new MappedFile(mapped.CreateViewAccessor(0, length, MemoryMappedFileAccess.Read).SafeMemoryMappedViewHandle,
                (int)length, file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            file.Dispose();
            return null;
        }
    }

    /// <inheritdoc/>
    public override Span<byte> GetSpan() => new(_start, _length);

    /// <inheritdoc/>
    public override MemoryHandle Pin(int elementIndex = 0) => new(_start + elementIndex, default, this);

    /// <inheritdoc/>
    public override void Unpin()
    {
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _view.Dispose();
        }
    }
}
