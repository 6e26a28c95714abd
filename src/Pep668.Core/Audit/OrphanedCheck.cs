using Pep668.Machines;
using Pep668.Packages;

namespace Pep668.Audit;

/// <summary><see cref="PythonPackageConflictKind.Orphaned"/>: modules in the folder that pip installs into which
/// belong to no distribution and to no distro package: an install that failed before it wrote its metadata leaves
/// them. What they are from is known where another folder has the same files (<see cref="OrphanOrigin"/>).</summary>
/// <remarks>A folder with a distribution of distutils that has no list of its files is not checked: the modules may be
/// its. pip and uv write a list always.</remarks>
internal sealed class OrphanedCheck : ConflictCheck
{
    /// <inheritdoc/>
    internal override IEnumerable<PythonPackageConflict> Find(AuditedPython python)
    {
        if (python.Folders is not [string folder, ..]
            || !string.Equals(folder, python.Environment.SitePackages[0], StringComparison.Ordinal)
            || python.Files.RealPath(folder) is not string real)
        {
            yield break;
        }
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (AuditedDistribution one in python.Distributions
            .Where(one => string.Equals(one.Distribution.Location, folder, StringComparison.Ordinal) && one.Owner is null))
        {
            if (python.TopLevelNames(one.Distribution) is IReadOnlyList<string> names)
            {
                known.UnionWith(names);
            }
            else if (one.Distribution.Form != InstalledForm.DistInfo)
            {
                yield break;
            }
        }
        known.UnionWith(python.Owners.Files.Keys.Where(path => PathText.IsBelow(path, real))
            .Select(path => path[(real.Length + 1)..].Split('/')[0]));
        var origin = new OrphanOrigin(python, folder, real);
        foreach (DirectoryItem item in python.Files.List(folder).OrderBy(item => item.Name, StringComparer.Ordinal))
        {
            string path = Path.Combine(folder, item.Name);
            if (!known.Contains(item.Name) && IsModule(python.Files, path, item))
            {
                bool isFolder = item.Kind == FileKind.Directory;
                InstalledDistribution? source = origin.Find(item.Name, isFolder);
                yield return Make(python, PythonPackageConflictKind.Orphaned, path,
                    AuditRemedies.Remove(python.Machine, isFolder, path)) with
                {
                    Distribution = source?.Name,
                    Version = source?.Version is { Length: > 0 } version ? version : null,
                    Paths = [path],
                };
            }
        }
    }

    // What else is in the folder is metadata, byte-code, or belongs to the administrator (.pth files).
    private static bool IsModule(FileTree files, string path, DirectoryItem item) => item.Kind switch
    {
        FileKind.Directory => item.Name.AsSpan().IndexOfAny("~-.") < 0 && item.Name is not "__pycache__"
            && files.List(path).Any(inner => inner.Kind == FileKind.File && IsModuleFile(inner.Name)),
        FileKind.File => IsModuleFile(item.Name) && item.Name is not "sitecustomize.py" and not "usercustomize.py",
        _ => false,
    };

    private static bool IsModuleFile(string name) =>
        name.EndsWith(".py", StringComparison.Ordinal) || name.EndsWith(".so", StringComparison.Ordinal)
        || name.EndsWith(".pyd", StringComparison.OrdinalIgnoreCase);
}
