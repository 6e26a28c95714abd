using System.Text;

namespace Pep668.Distros;

/// <summary>Finds the paths below some folders in lists of paths, which are read as bytes: they are long, and few lines
/// of them are wanted.</summary>
internal sealed class WantedPaths
{
    private readonly byte[][] _folders;
    private readonly bool _ignoresCase;

    /// <summary>Creates it.</summary>
    /// <param name="folders">Folders or files, as the lists spell them; an empty text is all paths.</param>
    /// <param name="ignoresCase">Whether the case of ASCII letters makes no difference, as on Windows.</param>
    internal WantedPaths(IEnumerable<string> folders, bool ignoresCase = false)
    {
        _folders = [.. folders.Select(folder => folder.TrimEnd('/')).Distinct(StringComparer.Ordinal).Select(Encoding.UTF8.GetBytes)];
        _ignoresCase = ignoresCase;
    }

    /// <summary>Whether a path is one of the folders, or below one.</summary>
    internal bool Includes(string path) => Includes(Encoding.UTF8.GetBytes(path));

    /// <inheritdoc cref="Includes(string)"/>
    internal bool Includes(ReadOnlySpan<byte> path)
    {
        foreach (byte[] folder in _folders)
        {
            if (IsBelow(path, folder))
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>Whether a folder is included, or one of the wanted paths is below it.</summary>
    internal bool Touches(ReadOnlySpan<byte> folder)
    {
        foreach (byte[] wanted in _folders)
        {
            if (IsBelow(wanted, folder))
            {
                return true;
            }
        }
        return Includes(folder);
    }

    /// <summary>Finds the wanted lines, without those of folders that another line is below.</summary>
    internal void AddLines(ReadOnlySpan<byte> lines, Action<string> add)
    {
        List<string>? found = null;
        while (!lines.IsEmpty)
        {
            int end = lines.IndexOf((byte)'\n');
            ReadOnlySpan<byte> line = end < 0 ? lines : lines[..end];
            lines = end < 0 ? [] : lines[(end + 1)..];
            // pacman ends the name of a folder with a slash.
            if (line is not ([] or [.., (byte)'/']) && Includes(line))
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

    private bool IsBelow(ReadOnlySpan<byte> path, ReadOnlySpan<byte> folder) =>
        folder.IsEmpty
        || (path.Length >= folder.Length && (path.Length == folder.Length || path[folder.Length] == '/')
            && (path.StartsWith(folder) || (_ignoresCase && Ascii.EqualsIgnoreCase(path[..folder.Length], folder))));
}
