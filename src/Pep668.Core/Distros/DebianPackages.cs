using System.Text;
using Microsoft.Win32.SafeHandles;
using Pep668.Machines;

namespace Pep668.Distros;

/// <summary>
/// Whether Debian's package manager knows a <c>python3-NAME</c> (Debian Python Policy, "Module Package Names"): only
/// what one of its files says. Compressed indexes are not read.
/// </summary>
internal static class DebianPackages
{
    private const int Window = 1 << 16;
    private static readonly byte[] Field = "\nPackage: "u8.ToArray();

    /// <summary>The package's name; null when no file knows it.</summary>
    /// <param name="files">Where to look.</param>
    /// <param name="name">The distribution's normalized name.</param>
    internal static string? Find(FileTree files, string name)
    {
        string package = name.StartsWith("python-", StringComparison.Ordinal) ? "python3-" + name[7..] : "python3-" + name;
        return IsInstalled(files, package) || Indexes(files).Any(path => Knows(files, path, package)) ? package : null;
    }

    private static bool IsInstalled(FileTree files, string package) => files.IsFile($"/var/lib/dpkg/info/{package}.list");

    private static IEnumerable<string> Indexes(FileTree files) => files.List("/var/lib/apt/lists").Select(item => item.Name)
        .Where(name => name.EndsWith("_Packages", StringComparison.Ordinal)).Select(name => "/var/lib/apt/lists/" + name);

    // An archive's index is in the order of names; where it is not, the package is not found, and nothing is claimed.
    private static bool Knows(FileTree files, string path, string package)
    {
        using SafeFileHandle? file = files.Open(path);
        if (file is null)
        {
            return false;
        }
        byte[] buffer = new byte[Window];
        long low = 0, high = RandomAccess.GetLength(file);
        while (high - low > Window)
        {
            long middle = low + ((high - low) / 2);
            int read = RandomAccess.Read(file, buffer, middle);
            if (First(buffer.AsSpan(0, read)) is not string found)
            {
                return false;
            }
            int order = string.CompareOrdinal(found, package);
            if (order == 0)
            {
                return true;
            }
            (low, high) = order < 0 ? (middle, high) : (low, middle);
        }
        long start = Math.Max(0, low - 1);
        byte[] rest = new byte[Window * 2];
        int length = RandomAccess.Read(file, rest, start);
        ReadOnlySpan<byte> text = rest.AsSpan(0, length);
        byte[] wanted = Encoding.ASCII.GetBytes($"Package: {package}\n");
        return (start == 0 && text.StartsWith(wanted)) || text.IndexOf([(byte)'\n', .. wanted]) >= 0;
    }

    private static string? First(ReadOnlySpan<byte> text)
    {
        int at = text.IndexOf(Field);
        if (at < 0)
        {
            return null;
        }
        text = text[(at + Field.Length)..];
        int end = text.IndexOf((byte)'\n');
        return end < 0 ? null : Encoding.ASCII.GetString(text[..end]);
    }
}
