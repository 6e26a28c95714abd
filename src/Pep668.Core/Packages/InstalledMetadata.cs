using System.Text;
using Pep668.Machines;
using Pep668.Requirements;

namespace Pep668.Packages;

/// <summary>Reads what one name among the distributions stands for (the "Recording installed projects" specification;
/// setuptools' older forms).</summary>
internal static class InstalledMetadata
{
    internal const string EggLink = ".egg-link", Egg = ".egg";
    private const string EggInfo = ".egg-info", InEgg = "EGG-INFO";
    private const int HeadLength = 256, MaximumMetadata = 16 << 20;

    /// <summary>The distribution; null for everything else, and for what an interrupted pip has set aside
    /// (<c>~name</c>).</summary>
    /// <param name="files">Where it is.</param>
    /// <param name="folder">The folder of distributions.</param>
    /// <param name="item">The name.</param>
    /// <param name="withWritten">Whether <see cref="InstalledDistribution.Written"/> is read.</param>
    internal static InstalledDistribution? Read(FileTree files, string folder, string item, bool withWritten = false)
    {
        string path = Path.Combine(folder, item);
        return
            item.StartsWith('~') ? null
            : Ends(item, DistInfoName.Suffix)
                ? Read(files, folder, path, item[..^DistInfoName.Suffix.Length], "METADATA", InstalledForm.DistInfo, withWritten)
            : Ends(item, EggInfo) ? Read(files, folder, path, item[..^EggInfo.Length], "PKG-INFO", InstalledForm.EggInfo, withWritten)
            : Ends(item, Egg) && files.IsDirectory(Path.Combine(path, InEgg))
                ? Read(files, folder, Path.Combine(path, InEgg), item[..^Egg.Length], "PKG-INFO", InstalledForm.EggInfo, withWritten)
            : Ends(item, EggLink) ? Linked(files, folder, path, item[..^EggLink.Length])
            : null;
    }

    /// <summary>Whether a name may be a distribution.</summary>
    internal static bool IsName(string item) =>
        Ends(item, DistInfoName.Suffix) || Ends(item, EggInfo) || Ends(item, Egg) || Ends(item, EggLink);

    // importlib.metadata compares in lower case.
    private static bool Ends(string item, string suffix) => item.EndsWith(suffix, StringComparison.OrdinalIgnoreCase);

    private static InstalledDistribution? Read(
        FileTree files, string folder, string path, string stem, string metadata, InstalledForm form, bool withWritten)
    {
        string? file = metadata;
        (string? Name, string? Version)? head = Head(files, path, metadata);
        if (head is null && form == InstalledForm.EggInfo)
        {
            head = Head(files, folder, Path.GetFileName(path));
            file = head is null ? metadata : null;
        }
        (string? name, string? version) = head ?? default;
        string[] parts = name is null || version is null ? stem.Split('-') : [];
        if (name is null && parts[0].Length == 0)
        {
            return null;
        }
        name ??= parts[0].Replace('_', '-');
        return new()
        {
            Name = name,
            NormalizedName = NormalizedName.Normalize(name),
            Version = version ?? parts.ElementAtOrDefault(1) ?? "",
            Location = folder,
            MetadataPath = path,
            MetadataName = file,
            Form = form,
            IsRequested = form == InstalledForm.DistInfo && files.IsFile(path, "REQUESTED"),
            Written = withWritten ? Written(files, path, file, form) : default,
        };
    }

    private static FileEntry Written(FileTree files, string path, string? metadata, InstalledForm form) =>
        files.LinkStat(Path.Combine(path, form == InstalledForm.DistInfo ? "RECORD" : "installed-files.txt")) is
            { Kind: not FileKind.Missing } record ? record : files.LinkStat(metadata is null ? path : Path.Combine(path, metadata));

    // The first line names the folder of the project; its metadata is in the .egg-info beside its sources.
    private static InstalledDistribution? Linked(FileTree files, string folder, string path, string stem)
    {
        string? line = files.ReadText(path)?.Split('\n')[0].Trim();
        if (string.IsNullOrEmpty(line) || !Path.IsPathRooted(line))
        {
            return null;
        }
        string normal = NormalizedName.Normalize(stem);
        string? info = files.List(line).Select(item => item.Name).FirstOrDefault(name =>
            name.EndsWith(EggInfo, StringComparison.Ordinal)
                && string.Equals(NormalizedName.Normalize(name[..^EggInfo.Length].Split('-')[0]), normal, StringComparison.Ordinal));
        (string? name, string? version) = info is null ? default : Head(files, Path.Combine(line, info), "PKG-INFO") ?? default;
        return new()
        {
            Name = name ?? stem,
            NormalizedName = NormalizedName.Normalize(name ?? stem),
            Version = version ?? "",
            Location = folder,
            MetadataPath = path,
            Form = InstalledForm.EggLink,
            ProjectFolder = line,
            Written = files.LinkStat(path),
        };
    }

    // The fields are at the start of a file that may contain a long description; every tool writes them first.
    private static (string? Name, string? Version)? Head(FileTree files, string folder, string name)
    {
        Span<byte> start = stackalloc byte[HeadLength];
        int read = files.ReadStart(folder, name, start);
        if (read < 0)
        {
            return null;
        }
        // The last line may be incomplete.
        int end = read < HeadLength ? read : start.LastIndexOf((byte)'\n') + 1;
        (string? Name, string? Version) head = Head(start[..end]);
        return (head.Name is null || head.Version is null) && read == HeadLength
            && files.Read(folder, name, MaximumMetadata).Bytes is byte[] whole ? Head(whole) : head;
    }

    /// <summary>The fields <c>Name</c> and <c>Version</c>: lines as in a mail, up to the first empty one.</summary>
    internal static (string? Name, string? Version) Head(ReadOnlySpan<byte> text)
    {
        string? name = null, version = null;
        while (!text.IsEmpty && (name is null || version is null))
        {
            int end = text.IndexOfAny((byte)'\n', (byte)'\r');
            ReadOnlySpan<byte> line = (end < 0 ? text : text[..end]).TrimEnd(" \t"u8);
            if (line.IsEmpty)
            {
                break;
            }
            text = end < 0 ? [] : text[(end + (text[end..] is [(byte)'\r', (byte)'\n', ..] ? 2 : 1))..];
            name ??= Value(line, "Name:"u8);
            version ??= Value(line, "Version:"u8);
        }
        return (string.IsNullOrEmpty(name) ? null : name, version);
    }

    private static string? Value(ReadOnlySpan<byte> line, ReadOnlySpan<byte> field) =>
        line.Length >= field.Length && Ascii.EqualsIgnoreCase(line[..field.Length], field)
            ? Encoding.UTF8.GetString(line[field.Length..].Trim((byte)' ')).Trim() : null;
}
