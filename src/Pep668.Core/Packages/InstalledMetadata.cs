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
    private const int HeadLength = 4096;

    /// <summary>The distribution; null for everything else, and for what an interrupted pip has set aside
    /// (<c>~name</c>).</summary>
    internal static InstalledDistribution? Read(FileTree files, string folder, string item)
    {
        string path = Path.Combine(folder, item);
        return
            item.StartsWith('~') ? null
            : Ends(item, DistInfoName.Suffix)
                ? Read(files, folder, path, item[..^DistInfoName.Suffix.Length], "METADATA", InstalledForm.DistInfo)
            : Ends(item, EggInfo) ? Read(files, folder, path, item[..^EggInfo.Length], "PKG-INFO", InstalledForm.EggInfo)
            : Ends(item, Egg) && files.IsDirectory(Path.Combine(path, InEgg))
                ? Read(files, folder, Path.Combine(path, InEgg), item[..^Egg.Length], "PKG-INFO", InstalledForm.EggInfo)
            : Ends(item, EggLink) ? Linked(files, folder, path, item[..^EggLink.Length])
            : null;
    }

    // importlib.metadata compares in lower case.
    private static bool Ends(string item, string suffix) => item.EndsWith(suffix, StringComparison.OrdinalIgnoreCase);

    private static InstalledDistribution? Read(FileTree files, string folder, string path, string stem, string metadata, InstalledForm form)
    {
        string file = Path.Combine(path, metadata);
        (string? Name, string? Version)? head = Head(files, file);
        if (head is null && form == InstalledForm.EggInfo)
        {
            head = Head(files, path);
            file = head is null ? file : path;
        }
        string[] parts = stem.Split('-');
        (string? name, string? version) = head ?? default;
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
            MetadataFile = file,
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
        (string? name, string? version) = info is null ? default : Head(files, Path.Combine(line, info, "PKG-INFO")) ?? default;
        return new()
        {
            Name = name ?? stem,
            NormalizedName = NormalizedName.Normalize(name ?? stem),
            Version = version ?? "",
            Location = folder,
            MetadataPath = path,
            MetadataFile = path,
            Form = InstalledForm.EggLink,
            ProjectFolder = line,
            Written = files.LinkStat(path),
        };
    }

    // The fields are at the start of a file that may contain a long description.
    private static (string? Name, string? Version)? Head(FileTree files, string path)
    {
        if (files.ReadStart(path, HeadLength) is not byte[] start)
        {
            return null;
        }
        (string? name, string? version) = Head(Encoding.UTF8.GetString(start));
        return (name is null || version is null) && start.Length == HeadLength && files.ReadText(path) is string text
            ? Head(text) : (name, version);
    }

    // Fields as in a mail, up to the first empty line.
    internal static (string? Name, string? Version) Head(string text)
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
