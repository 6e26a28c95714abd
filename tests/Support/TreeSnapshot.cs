using System.Text;

namespace Pep668.Tests;

/// <summary>One entry of a tree: <c>d</c>, <c>f</c> or <c>l</c>, its mode, and its link target or
/// content.</summary>
internal sealed record SnapshotItem(char Kind, string Mode, string? Target, byte[] Content, DateTime Modified)
{
    internal string Text => Encoding.UTF8.GetString(Content);

    internal string Shape => Kind == 'l' ? $"l -> {Target}" : $"{Kind} {Mode}";
}

/// <summary>A tree, read into memory.</summary>
internal sealed class TreeSnapshot
{
    private TreeSnapshot(Dictionary<string, SnapshotItem> items) => Items = items;

    internal IReadOnlyDictionary<string, SnapshotItem> Items { get; }

    /// <summary>A tree as text, with contents and times, to compare it before and after.</summary>
    internal static string Describe(string folder) => string.Join('\n', Read(folder).Items
        .OrderBy(one => one.Key, StringComparer.Ordinal)
        .Select(one => $"{one.Key} {one.Value.Shape} {one.Value.Modified:O} {Convert.ToHexString(one.Value.Content)}"));

    internal static TreeSnapshot Read(string folder)
    {
        var items = new Dictionary<string, SnapshotItem>(StringComparer.Ordinal) { ["."] = ReadOne(new DirectoryInfo(folder)) };
        Walk(new DirectoryInfo(folder), "");
        return new(items);

        void Walk(DirectoryInfo directory, string below)
        {
            foreach (FileSystemInfo info in directory.EnumerateFileSystemInfos())
            {
                string path = below + info.Name;
                items[path] = ReadOne(info);
                if (items[path].Kind == 'd')
                {
                    Walk((DirectoryInfo)info, path + "/");
                }
            }
        }
    }

    /// <summary>The tree that another tool created in the same place, which is removed afterwards.</summary>
    internal static TreeSnapshot ReadAndDelete(string folder)
    {
        TreeSnapshot snapshot = Read(folder);
        Directory.Delete(folder, recursive: true);
        return snapshot;
    }

    /// <summary>Each difference of another tree in a line; none when they are equal.</summary>
    /// <param name="other">The other one.</param>
    /// <param name="isSame">Whether two contents count as equal.</param>
    internal IReadOnlyList<string> Differences(TreeSnapshot other, Func<string, SnapshotItem, SnapshotItem, bool> isSame)
    {
        var lines = new List<string>();
        foreach (string path in Items.Keys.Union(other.Items.Keys).Order(StringComparer.Ordinal))
        {
            SnapshotItem? mine = Items.GetValueOrDefault(path), its = other.Items.GetValueOrDefault(path);
            if (mine is null || its is null)
            {
                lines.Add($"{path}: {mine?.Shape ?? "missing"}, but {its?.Shape ?? "missing"}");
            }
            else if (mine.Shape != its.Shape)
            {
                lines.Add($"{path}: {mine.Shape}, but {its.Shape}");
            }
            else if (!mine.Content.AsSpan().SequenceEqual(its.Content) && !isSame(path, mine, its))
            {
                lines.Add($"{path}: {Around(mine, its)}");
            }
        }
        return lines;
    }

    private static SnapshotItem ReadOne(FileSystemInfo info)
    {
        if (info.LinkTarget is string target)
        {
            return new('l', "", target, [], default);
        }
        string mode = Convert.ToString((int)info.UnixFileMode, 8);
        return info is DirectoryInfo
            ? new('d', mode, null, [], default)
            : new('f', mode, null, File.ReadAllBytes(info.FullName), info.LastWriteTimeUtc);
    }

    private static string Around(SnapshotItem mine, SnapshotItem its)
    {
        int at = Math.Max(0, mine.Content.AsSpan().CommonPrefixLength(its.Content) - 40);
        return $"'{Encoding.UTF8.GetString(mine.Content.AsSpan(at)[..Math.Min(160, mine.Content.Length - at)])}', but " +
            $"'{Encoding.UTF8.GetString(its.Content.AsSpan(at)[..Math.Min(160, its.Content.Length - at)])}'";
    }
}
