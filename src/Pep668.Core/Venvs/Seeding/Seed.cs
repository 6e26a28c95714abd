using Pep668.Machines;
using Pep668.Machines.Staging;
using Pep668.Packages;

namespace Pep668.Venvs.Seeding;

/// <summary>One file of a seed.</summary>
/// <param name="Path">Its path relative to site-packages, with <c>/</c>.</param>
/// <param name="Content">Its bytes.</param>
/// <param name="MayRun">Whether it is executable.</param>
/// <param name="Source">The file that contains these bytes at <paramref name="Offset"/>; null if none does.</param>
/// <param name="Offset">Their position in it.</param>
internal readonly record struct SeedFile(string Path, ReadOnlyMemory<byte> Content, bool MayRun = false, ReflinkSource? Source = null,
    long Offset = 0);

/// <summary>A distribution that is ready for any environment of one interpreter: as pip installs it, without the parts
/// that contain the path of the environment.</summary>
internal sealed record Seed
{
    /// <summary>The folder of its metadata.</summary>
    internal required string DistInfo { get; init; }

    /// <summary>Its files with byte-code, without <c>RECORD</c>.</summary>
    internal required IReadOnlyList<SeedFile> Files { get; init; }

    /// <summary>The lines of <c>RECORD</c>, without its commands.</summary>
    internal required IReadOnlyList<string> Record { get; init; }

    /// <summary>The commands to write.</summary>
    internal required IReadOnlyList<EntryPoint> Commands { get; init; }

    /// <summary>The text of a command below its first line, with <c>%(module)s</c>, <c>%(import_name)s</c> and
    /// <c>%(func)s</c>.</summary>
    internal required string CommandTemplate { get; init; }

    /// <summary>What is between the first line of a command and that text.</summary>
    internal required FirstLineBreak CommandBreak { get; init; }

    /// <summary>The time of modification of its sources, in seconds since 1970: their byte-code names it.</summary>
    internal required long Modified { get; init; }

    /// <summary>What to write into an environment.</summary>
    /// <param name="sitePackages">The folder of distributions, below the environment's.</param>
    /// <param name="scripts">The folder of commands, below the environment's.</param>
    /// <param name="executable">The environment's interpreter.</param>
    /// <param name="launcher">The Windows launcher to put before each command; null on POSIX.</param>
    internal IEnumerable<TreeEntry> Entries(string sitePackages, string scripts, string executable, ReadOnlyMemory<byte>? launcher)
    {
        var folders = new HashSet<string>(StringComparer.Ordinal);
        var lines = new List<string>(Record);
        foreach (SeedFile file in Files)
        {
            foreach (string folder in Above(file.Path))
            {
                if (folders.Add(folder))
                {
                    yield return TreeEntry.Folder(Path.Combine(sitePackages, folder));
                }
            }
            yield return new(
                Path.Combine(sitePackages, file.Path), TreeEntryKind.File, file.Content,
                // Byte-code contains the modification time of its source.
                Modified: file.Path.EndsWith(".py", StringComparison.Ordinal) ? Modified : null,
                More: file.MayRun ? TreeEntry.Run : UnixFileMode.None, Source: file.Source, Offset: file.Offset);
        }
        string up = Path.GetRelativePath(Path.Combine("/", sitePackages), Path.Combine("/", scripts)).Replace('\\', '/');
        foreach (EntryPoint command in Commands)
        {
            byte[] content = CommandLauncher.Write(CommandTemplate, CommandBreak, command, executable, launcher);
            string name = launcher is null ? command.Name : command.Name + ".exe";
            lines.Add(RecordFile.Line($"{up}/{name}", content));
            // 0555, as distlib adds (util.py, set_executable_mode).
            yield return new(Path.Combine(scripts, name), TreeEntryKind.File, content,
                More: TreeEntry.Executable & ~UnixFileMode.UserWrite);
        }
        yield return TreeEntry.File(Path.Combine(sitePackages, DistInfo, RecordFile.FileName), RecordFile.Write(lines));
    }

    private static IEnumerable<string> Above(string path)
    {
        for (int slash = path.IndexOf('/', StringComparison.Ordinal); slash > 0; slash = path.IndexOf('/', slash + 1))
        {
            yield return path[..slash];
        }
    }
}
