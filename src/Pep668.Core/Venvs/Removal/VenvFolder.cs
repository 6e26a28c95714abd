using Pep668.Environments;
using Pep668.Machines;
using Pep668.Venvs.Creation;

namespace Pep668.Venvs.Removal;

/// <summary>The folder of a virtual environment, read through the open folder that it is in: no link is
/// followed.</summary>
/// <param name="Entry">What it is.</param>
/// <param name="IsVenv">Whether it is a virtual environment: it has a <c>pyvenv.cfg</c>, or virtualenv before version
/// 20 created it.</param>
/// <param name="Others">The names in it that no tool for environments writes, sorted.</param>
internal sealed record VenvFolder(FileEntry Entry, bool IsVenv, IReadOnlyList<string> Others)
{
    // pipx_metadata_file.py of pipx; uv-receipt.toml of crates/uv-tool; what Finder and Explorer create in any folder.
    // A folder "src" is not in the list: pip clones projects into it that are installed with -e from version control,
    // and users change them there.
    private static readonly HashSet<string> More = new(
        ["pipx_metadata.json", "uv-receipt.toml", ".DS_Store", "desktop.ini", "Thumbs.db"], StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads it; null if the name is not a folder, or cannot be read.</summary>
    /// <param name="parent">The open folder that it is in.</param>
    /// <param name="name">Its name.</param>
    internal static VenvFolder? Read(OpenFolder parent, string name)
    {
        try
        {
            using OpenFolder folder = parent.OpenChild(name);
            if (folder.List() is not IReadOnlyList<DirectoryItem> items)
            {
                return null;
            }
            bool isVenv = items.Any(item => item is { Kind: FileKind.File or FileKind.Link, Name: PyVenvConfigFile.FileName })
                || IsLegacy(folder, items);
            return new(folder.Stat(), isVenv,
                [
                    .. items.Select(item => item.Name).Where(item => !VenvTarget.IsUsual(item) && !More.Contains(item))
                        .Order(StringComparer.Ordinal),
                ]);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Whether another reading is of the same folder, which may be removed too.</summary>
    /// <param name="now">The other reading.</param>
    /// <param name="force">Whether other files in it may be removed.</param>
    internal bool IsSame(VenvFolder? now, bool force) =>
        now is { IsVenv: true } && (HostPlatform.IsWindows || now.Entry.IsSameFile(Entry)) && (force || now.Others.Count == 0);

    // Its site.py reads the prefix of the base from that file.
    private static bool IsLegacy(OpenFolder folder, IReadOnlyList<DirectoryItem> items)
    {
        if (!items.Any(item => item is { Kind: FileKind.Directory, Name: "lib" }))
        {
            return false;
        }
        using OpenFolder lib = folder.OpenChild("lib");
        foreach (DirectoryItem item in lib.List() ?? [])
        {
            if (item.Kind == FileKind.Directory && item.Name.StartsWith("python", StringComparison.Ordinal))
            {
                using OpenFolder library = lib.OpenChild(item.Name);
                if (library.Stat("orig-prefix.txt").Kind == FileKind.File)
                {
                    return true;
                }
            }
        }
        return false;
    }
}
