using Pep668.Environments;
using Pep668.Machines;
using Pep668.Requirements;

namespace Pep668.Packages;

/// <summary>Something that an interrupted install left behind.</summary>
/// <param name="Notice">What it is, and how it is repaired.</param>
/// <param name="Paths">The folders in <c>site-packages</c> that it is about; none for an install as a whole.</param>
internal sealed record InterruptedInstallProblem(Notice Notice, params IReadOnlyList<string> Paths)
{
    /// <summary>What it is as a conflict; null for an install as a whole.</summary>
    internal PythonPackageConflictKind? Kind { get; init; }

    /// <summary>The name of the distribution; null if the folder does not contain it.</summary>
    internal string? Name { get; init; }
}

/// <summary>Notices installs that were cut off: killed, out of space, without power. Nothing is run.</summary>
internal static class InterruptedInstall
{
    /// <summary>What was left half done in an environment; nothing while a command is at work in it.</summary>
    public static IReadOnlyList<InterruptedInstallProblem> Find(Machine machine, PythonEnvironment environment)
    {
        ArgumentNullException.ThrowIfNull(machine);
        ArgumentNullException.ThrowIfNull(environment);
        InstallNote? note = null;
        foreach (string path in environment.Root is null ? InstallNote.Places(machine, environment) : [])
        {
            if (InstallNote.Read(machine, environment, path, machine.Files.ReadText(path)) is InstallNote found)
            {
                if (EnvironmentLock.IsTaken(path, found))
                {
                    return [];
                }
                note ??= found;
            }
        }
        return Find(machine, environment, note);
    }

    /// <summary>The same, with a note that was read. Only then are the files of each distribution looked for.</summary>
    internal static IReadOnlyList<InterruptedInstallProblem> Find(Machine machine, PythonEnvironment environment, InstallNote? note)
    {
        var problems = new List<InterruptedInstallProblem>();
        if (note is not null)
        {
            problems.Add(new(PackageMessages.Interrupted(environment.Prefix, note)));
        }
        problems.AddRange(InFolders(machine, environment, isThorough: note is not null));
        return problems;
    }

    /// <summary>What the folders of distributions themselves show.</summary>
    internal static IEnumerable<InterruptedInstallProblem> InFolders(Machine machine, PythonEnvironment environment, bool isThorough)
    {
        IEnumerable<string> folders = environment.SitePackages.Take(1);
        return (UserSite.Enabled(machine, environment) is string own ? folders.Append(own) : folders)
            .SelectMany(folder => InFolder(machine.Files, environment, folder, isThorough)).Select(one => one with
            {
                Notice = new(one.Notice.Message, [.. one.Notice.Remedies.Select(way => way.AsRoot(machine.NeedsRoot(one.Paths)))]),
            });
    }

    /// <summary>What one folder of distributions shows.</summary>
    internal static IEnumerable<InterruptedInstallProblem> InFolder(FileTree files, PythonEnvironment environment, string folder,
        bool isThorough)
    {
        var seen = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string item in files.List(folder).Select(item => item.Name).Order(StringComparer.Ordinal))
        {
            string path = Path.Combine(folder, item);
            if (item.StartsWith('~'))
            {
                // pip puts aside what it replaces (AdjacentTempDirectory in pip/_internal/utils/temp_dir.py), under a
                // name that no distribution has.
                yield return new(PackageMessages.LeftBehind(path), path) { Kind = PythonPackageConflictKind.PartlyRemoved };
                continue;
            }
            if (DistInfoName.Parse(item)?.Name is not string name || !files.IsDirectory(path))
            {
                continue;
            }
            if (!files.IsFile(Path.Combine(path, "METADATA")))
            {
                yield return new(PackageMessages.NoMetadata(environment, name, path), path)
                {
                    Kind = PythonPackageConflictKind.PhantomMetadata, Name = name,
                };
            }
            else if (seen.TryGetValue(NormalizedName.Normalize(name), out string? other))
            {
                string first = Path.Combine(folder, other);
                yield return new(PackageMessages.Duplicate(environment, name, first, path), first, path)
                {
                    Kind = PythonPackageConflictKind.DuplicateMetadata, Name = name,
                };
            }
            else if (isThorough && Incomplete(files, environment, name, path) is Notice notice)
            {
                yield return new(notice, path) { Kind = PythonPackageConflictKind.PartlyRemoved, Name = name };
            }
            seen.TryAdd(NormalizedName.Normalize(name), item);
        }
    }

    // Only what pip or uv installed must have a RECORD (PEP 627). Without a valid one they cannot replace it.
    private static Notice? Incomplete(FileTree files, PythonEnvironment environment, string name, string path)
    {
        (string folder, string info) = (Path.GetDirectoryName(path)!, Path.GetFileName(path));
        if (RecordFile.Read(files, path) is not RecordFile record)
        {
            return files.ReadText(Path.Combine(path, "INSTALLER"))?.Trim() is null or "" or "pip" or "uv"
                ? PackageMessages.NoRecord(environment, name, $"{info}/{RecordFile.FileName} is missing", path) : null;
        }
        return record.FindDefect(folder, info, file => files.LinkStat(file).Kind != FileKind.Missing) is not string defect ? null
            : record.Problem is null ? PackageMessages.MissingFiles(environment, name, defect)
            : PackageMessages.NoRecord(environment, name, defect, path);
    }
}
