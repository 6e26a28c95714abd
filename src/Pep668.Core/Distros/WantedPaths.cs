using System.Text;

namespace Pep668.Distros;

/// <summary>Finds the paths below some folders in lists of paths, which are read as bytes: they are long, and few lines
/// of them are wanted.</summary>
internal sealed class WantedPaths
{
    private readonly byte[][] _folders;

    internal WantedPaths(IEnumerable<string> folders) =>
        _folders = [.. folders.Distinct(StringComparer.Ordinal).Select(Encoding.UTF8.GetBytes)];

    /// <summary>Whether a path is one of the folders, or below one.</summary>
    internal bool Includes(string path) => Includes(Encoding.UTF8.GetBytes(path));

    /// <summary>Finds the wanted lines, without those of folders that another line is below.</summary>
    internal void AddLines(ReadOnlySpan<byte> lines, Action<string> add)
    {
        List<string>? found = null;
        while (!lines.IsEmpty)
        {
            int end = lines.IndexOf((byte)'\n');
            ReadOnlySpan<byte> line = end < 0 ? lines : lines[..end];
            lines = end < 0 ? [] : lines[(end + 1)..];
            if (Includes(line))
            {
                (found ??= []).Add(Encoding.UTF8.GetString(line));
            }
        }
        if (found is null)
        {
            return;
        }
        // What is in a folder need not follow it: dpkg-deb puts links last.
        HashSet<string> folders = [.. found.Select(path => path[..Math.Max(0, path.LastIndexOf('/'))])];
        foreach (string path in found.Where(path => !folders.Contains(path)))
        {
            add(path);
        }
    }

    private bool Includes(ReadOnlySpan<byte> path)
    {
        foreach (byte[] folder in _folders)
        {
            if (path.StartsWith(folder) && (path.Length == folder.Length || path[folder.Length] == '/'))
            {
                return true;
            }
        }
        return false;
    }
}
