using Pep668.Machines;
using Pep668.Requirements;

namespace Pep668.Packages;

/// <summary>Reads what one name among the distributions stands for (the "Recording installed projects" specification;
/// setuptools' older forms).</summary>
internal static class InstalledMetadata
{
    private const string EggInfo = ".egg-info", EggLink = ".egg-link", Egg = ".egg";

    /// <summary>The distribution; null for everything else, and for what an interrupted pip has set aside
    /// (<c>~name</c>).</summary>
    internal static InstalledDistribution? Read(FileTree files, string folder, string item)
    {
        string path = Path.Combine(folder, item);
        return
            item.StartsWith('~') ? null
            : item.EndsWith(DistInfoName.Suffix, StringComparison.Ordinal)
                ? Read(files, folder, path, item[..^DistInfoName.Suffix.Length], "METADATA", InstalledForm.DistInfo)
            : item.EndsWith(EggInfo, StringComparison.Ordinal)
                ? Read(files, folder, path, item[..^EggInfo.Length], "PKG-INFO", InstalledForm.EggInfo)
            : item.EndsWith(Egg, StringComparison.Ordinal) && files.IsDirectory(Path.Combine(path, "EGG-INFO"))
                ? Read(files, folder, Path.Combine(path, "EGG-INFO"), item[..^Egg.Length], "PKG-INFO", InstalledForm.EggInfo)
            : item.EndsWith(EggLink, StringComparison.Ordinal) ? Linked(files, folder, path, item[..^EggLink.Length])
            : null;
    }

    private static InstalledDistribution? Read(FileTree files, string folder, string path, string stem, string metadata, InstalledForm form)
    {
        string file = Path.Combine(path, metadata);
        string? text = files.ReadText(file);
        if (text is null && form == InstalledForm.EggInfo && files.IsFile(path))
        {
            text = files.ReadText(file = path);
        }
        string[] parts = stem.Split('-');
        (string? name, string? version) = text is null ? default : Head(text);
        if (name is null && parts[0].Length == 0)
        {
            return null;
        }
        name ??= parts[0].Replace('_', '-');
        FileEntry record = form == InstalledForm.DistInfo
            ? files.LinkStat(Path.Combine(path, "RECORD"))
            : files.LinkStat(Path.Combine(path, "installed-files.txt"));
        return new()
        {
            Name = name,
            NormalizedName = NormalizedName.Normalize(name),
            Version = version ?? parts.ElementAtOrDefault(1) ?? "",
            Location = folder,
            MetadataPath = path,
            Form = form,
            IsRequested = form == InstalledForm.DistInfo && files.IsFile(Path.Combine(path, "REQUESTED")),
            Written = record.Kind == FileKind.Missing ? files.LinkStat(file) : record,
        };
    }

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
        (string? name, string? version) =
            info is not null && files.ReadText(Path.Combine(line, info, "PKG-INFO")) is string text ? Head(text) : default;
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

    // Up to the first empty line stand the fields, as in a mail.
    private static (string? Name, string? Version) Head(string text)
    {
        string? name = null, version = null;
        foreach (ReadOnlySpan<char> raw in text.AsSpan().EnumerateLines())
        {
            ReadOnlySpan<char> line = raw.TrimEnd();
            if (line.IsEmpty || (name is not null && version is not null))
            {
                break;
            }
            if (line.StartsWith("Name:", StringComparison.OrdinalIgnoreCase))
            {
                name ??= line["Name:".Length..].Trim().ToString();
            }
            else if (line.StartsWith("Version:", StringComparison.OrdinalIgnoreCase))
            {
                version ??= line["Version:".Length..].Trim().ToString();
            }
        }
        return (string.IsNullOrEmpty(name) ? null : name, version);
    }
}
