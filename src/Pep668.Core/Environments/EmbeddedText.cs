using System.Buffers;
using System.Text;
using Microsoft.Win32.SafeHandles;
using Pep668.Machines;

namespace Pep668.Environments;

/// <summary>Texts that a compiler and a linker put into programs and libraries.</summary>
internal static class EmbeddedText
{
    private const int LongestDynamic = 1 << 20;

    /// <summary>Whether a text is one of the constants.</summary>
    /// <param name="files">Where it is.</param>
    /// <param name="path">The file.</param>
    /// <param name="program">Its header.</param>
    /// <param name="text">The whole constant.</param>
    internal static bool Has(FileTree files, string path, ExecutableFile program, string text)
    {
        using SafeFileHandle? handle = files.Open(path);
        if (handle is null)
        {
            return false;
        }
        byte[] wanted = Encoding.UTF8.GetBytes('\0' + text + '\0');
        byte[] buffer = ArrayPool<byte>.Shared.Rent((1 << 18) + wanted.Length);
        try
        {
            return program.Constants.Any(part => Has(handle, part, wanted, buffer));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static bool Has(SafeFileHandle handle, (long Offset, long Length) part, byte[] wanted, byte[] buffer)
    {
        int kept = 0;
        for (long position = part.Offset, end = part.Offset + part.Length; position < end;)
        {
            int read = ExecutableFile.ReadAt(handle, buffer.AsSpan(kept, (int)Math.Min(buffer.Length - kept, end - position)), position);
            if (read == 0)
            {
                return false;
            }
            position += read;
            ReadOnlySpan<byte> window = buffer.AsSpan(0, kept + read);
            if (window.IndexOf(wanted) >= 0)
            {
                return true;
            }
            kept = Math.Min(wanted.Length - 1, window.Length);
            window[^kept..].CopyTo(buffer);
        }
        return false;
    }

    /// <summary>The texts for the dynamic linker, of an ELF file: the names of the libraries that it needs, and the
    /// folders where it finds them (<c>DT_RUNPATH</c>, <c>DT_RPATH</c>).</summary>
    internal static IReadOnlyList<string> Dynamic(FileTree files, string path, ExecutableFile program)
    {
        using SafeFileHandle? handle = files.Open(path);
        if (handle is null || program.DynamicTexts is not (long offset, long length))
        {
            return [];
        }
        byte[] bytes = new byte[Math.Min(length, LongestDynamic)];
        return Encoding.UTF8.GetString(bytes.AsSpan(0, ExecutableFile.ReadAt(handle, bytes, offset))).Split('\0');
    }

    /// <summary>The folders where a program finds its libraries.</summary>
    internal static IReadOnlyList<string> LibraryFolders(FileTree files, string path, ExecutableFile program) =>
        [.. Dynamic(files, path, program).Where(one => one.StartsWith('/')).SelectMany(one => one.Split(':'))
            .Where(one => one.StartsWith('/')).Select(Path.TrimEndingDirectorySeparator)];
}
