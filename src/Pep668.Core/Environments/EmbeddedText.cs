using System.Buffers;
using System.Text;
using Microsoft.Win32.SafeHandles;
using Pep668.Machines;

namespace Pep668.Environments;

/// <summary>Texts that a compiler and a linker put into programs and libraries.</summary>
internal static class EmbeddedText
{
    private const int LongestDynamic = 1 << 20, Window = 1 << 18;

    /// <summary>Looks at a part of the constants; null to go on.</summary>
    internal delegate T? Look<T>(ReadOnlySpan<byte> window)
        where T : class;

    /// <summary>Whether a text is one of the constants.</summary>
    /// <param name="files">Where it is.</param>
    /// <param name="path">The file.</param>
    /// <param name="program">Its header.</param>
    /// <param name="text">The whole constant.</param>
    internal static bool Has(FileTree files, string path, ExecutableFile program, string text)
    {
        byte[] wanted = Encoding.UTF8.GetBytes('\0' + text + '\0');
        long most = long.MaxValue;
        return Search(files, path, program, wanted.Length, ref most, window => window.IndexOf(wanted) >= 0 ? text : null) is not null;
    }

    /// <summary>Searches the constants, window by window; null if nothing was found.</summary>
    /// <param name="files">Where it is.</param>
    /// <param name="path">The file.</param>
    /// <param name="program">Its header.</param>
    /// <param name="overlap">How many bytes of a window are in the next one too.</param>
    /// <param name="most">How many bytes are read at most; reduced by those that were read.</param>
    /// <param name="look">Looks at each.</param>
    internal static T? Search<T>(FileTree files, string path, ExecutableFile program, int overlap, ref long most, Look<T> look)
        where T : class
    {
        using SafeFileHandle? handle = files.Open(path);
        if (handle is null)
        {
            return null;
        }
        byte[] buffer = ArrayPool<byte>.Shared.Rent(Window + overlap);
        try
        {
            foreach ((long offset, long length) in program.Constants)
            {
                int kept = 0;
                for (long position = offset, end = offset + length; position < end;)
                {
                    int count = (int)Math.Min(Math.Min(buffer.Length - kept, end - position), most);
                    int read = ExecutableFile.ReadAt(handle, buffer.AsSpan(kept, count), position);
                    if (read == 0)
                    {
                        break;
                    }
                    (position, most) = (position + read, most - read);
                    ReadOnlySpan<byte> window = buffer.AsSpan(0, kept + read);
                    if (look(window) is T found)
                    {
                        return found;
                    }
                    kept = Math.Min(overlap, window.Length);
                    window[^kept..].CopyTo(buffer);
                }
            }
            return null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
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
