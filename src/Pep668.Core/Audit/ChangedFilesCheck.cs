using System.Collections.Concurrent;
using Pep668.Distros;
using Pep668.Machines;

namespace Pep668.Audit;

/// <summary><see cref="PythonPackageConflictKind.Overwritten"/> and <see cref="PythonPackageConflictKind.Missing"/>:
/// the Python files and commands of distro packages, compared with the digests that the package manager
/// recorded.</summary>
/// <remarks>Byte-code is ignored, which may be written or removed at any time, and so are configuration files, which
/// the administrator may change. The marker has its own check.</remarks>
internal sealed class ChangedFilesCheck : ConflictCheck
{
    private const int MaximumBytes = 512 << 20, SmallFile = 1 << 20;

    // Several Pythons can share a folder.
    private readonly ConcurrentDictionary<PackageOwner, PackageState> _states = new();

    /// <inheritdoc/>
    internal override IEnumerable<PythonPackageConflict> Find(AuditedPython python)
    {
        if (python.Environment.IsVirtual)
        {
            yield break;
        }
        string? diverted = python.MarkerDiversion?.To;
        ILookup<PackageOwner, string> files = python.Owners.Files
            .Where(one => !string.Equals(one.Key, diverted, StringComparison.Ordinal)).ToLookup(one => one.Value, one => one.Key);
        string[] folders = [.. python.Folders.Append(python.Environment.StdLib).OfType<string>()
            .Select(python.Files.RealPath).OfType<string>()];
        PackageOwner[] owners = [.. files
            .Where(group => group.Any(path => folders.Any(folder => PathText.IsBelow(path, folder)))).Select(group => group.Key)];
        Parallel.ForEach(owners, static () => GC.AllocateUninitializedArray<byte>(SmallFile), (owner, _, buffer) =>
        {
            _states.GetOrAdd(owner, _ => Compare(python.Files, owner, files[owner], buffer));
            return buffer;
        }, static _ => { });
        foreach (PackageOwner owner in owners)
        {
            PackageState state = _states[owner];
            if (state.Changed.Count + state.Missing.Count > 0)
            {
                yield return Describe(python, owner, state, folders);
            }
        }
    }

    private static PythonPackageConflict Describe(AuditedPython python, PackageOwner owner, PackageState state, string[] folders)
    {
        AuditedDistribution? own = python.Distributions.FirstOrDefault(one => one.Owner is { } other && other.Package == owner.Package);
        // What pip put in its place, in the same folder.
        AuditedDistribution? other = python.Distributions.FirstOrDefault(one => one.Owner is null
            && folders.Contains(python.Files.RealPath(one.Distribution.Location), StringComparer.Ordinal)
            && IsOf(one, own, state));
        string[] paths = [.. state.Changed.Concat(state.Missing).Order(StringComparer.Ordinal)];
        string? name = other?.Distribution.Name ?? own?.Distribution.Name;
        return (Make(python, state.Changed.Count > 0 ? PythonPackageConflictKind.Overwritten : PythonPackageConflictKind.Missing, paths[0],
            AuditRemedies.Restore(python, owner, other is null ? [] : Added(python, other))) with
        {
            Distribution = name,
            Version = (other ?? own)?.Distribution.Version,
            Paths = paths,
        }).With(owner);
    }

    // What only pip's version has: its metadata, and names in which no package has a file.
    private static string[] Added(AuditedPython python, AuditedDistribution other)
    {
        string folder = python.Files.RealPath(other.Distribution.Location)!;
        return [.. (python.TopLevelNames(other.Distribution) ?? [Path.GetFileName(other.Distribution.MetadataPath)])
            .Where(name => name is not "__pycache__").Select(name => Path.Combine(folder, name))
            .Where(path => python.Files.LinkStat(path).Kind != FileKind.Missing
                && !python.Owners.Files.Keys.Any(owned => PathText.IsBelow(owned, path)))];
    }

    private static bool IsOf(AuditedDistribution one, AuditedDistribution? own, PackageState state) =>
        own is not null ? string.Equals(one.Distribution.NormalizedName, own.Distribution.NormalizedName, StringComparison.Ordinal)
        : state.Missing.Select(path => Packages.DistInfoName.Parse(Path.GetFileName(Path.GetDirectoryName(path)) ?? ""))
            .Any(info => info is not null && string.Equals(
                Requirements.NormalizedName.Normalize(info.Name), one.Distribution.NormalizedName, StringComparison.Ordinal));

    private static PackageState Compare(FileTree files, PackageOwner owner, IEnumerable<string> paths, byte[] buffer)
    {
        var state = new PackageState([], []);
        IReadOnlyDictionary<string, FileDigest> digests = owner.Database.DigestsOf(owner.Package);
        IReadOnlySet<string> configuration = owner.Database.ConfigurationFilesOf(owner.Package);
        foreach (string path in paths.Where(path => !IsIgnored(path) && !configuration.Contains(path)))
        {
            Content content = digests.TryGetValue(path, out FileDigest digest) ? Compare(files, path, digest, buffer) : Content.Unread;
            if (content == Content.Changed)
            {
                state.Changed.Add(path);
            }
            else if (content == Content.Unread && files.LinkStat(path).Kind == FileKind.Missing && !files.IsDenied(path))
            {
                state.Missing.Add(path);
            }
        }
        return state;
    }

    private static Content Compare(FileTree files, string path, FileDigest digest, byte[] buffer)
    {
        int length = files.ReadSmall(path, buffer);
        ReadOnlySpan<byte> content = length >= 0 ? buffer.AsSpan(0, length) : [];
        if (length < 0)
        {
            if (files.Read(path, MaximumBytes).Bytes is not byte[] bytes)
            {
                return Content.Unread;
            }
            content = bytes;
        }
        return digest.Matches(content) ? Content.Recorded : Content.Changed;
    }

    private static bool IsIgnored(string path) =>
        path.EndsWith(".pyc", StringComparison.Ordinal) || path.EndsWith("/" + Markers.MarkerFile.FileName, StringComparison.Ordinal);

    private enum Content
    {
        Unread,
        Recorded,
        Changed,
    }

    private sealed record PackageState(List<string> Changed, List<string> Missing);
}
