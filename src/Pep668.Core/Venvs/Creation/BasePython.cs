using Pep668.Discovery;
using Pep668.Environments;
using Pep668.Machines;

namespace Pep668.Venvs.Creation;

/// <summary>The base interpreter of an environment: <c>sys._base_executable</c>.</summary>
internal sealed class BasePython(EnvironmentCatalog catalog)
{
    /// <summary>The base of an environment, read again from disk; or why it cannot be used as one.</summary>
    /// <param name="given">The environment.</param>
    /// <param name="request">The environment that is created with it, for the remedies; null if none is.</param>
    internal Outcome<PythonEnvironment> Find(PythonEnvironment given, VenvRequest? request = null)
    {
        if (given.Root is not null)
        {
            return VenvMessages.BelowRoot(given, Remedies(given));
        }
        PythonEnvironment? python =
            given.IsVirtual ? Candidates(given).Select(Read).FirstOrDefault(one => one is { IsVirtual: false } && IsBaseOf(one, given))
            : Read(given.Executable) is PythonEnvironment found ? AsNamed(found, given.NamedPath)
            : null;
        return python switch
        {
            null => VenvMessages.NoPython(given, Remedies(given)),
            { Health: EnvironmentHealth.Broken } => VenvMessages.BrokenPython(python, Remedies(python)),
            { VersionInfo: null } or { StdLib: null } => VenvMessages.NoVersion(python, Remedies(python)),
            _ when python.VersionInfo < UsablePython.Oldest => VenvMessages.TooOld(python, Remedies(python)),
            _ => python,
        };

        IReadOnlyList<Remedy> Remedies(PythonEnvironment unusable) => new UsablePython(catalog).Remedies(unusable, request);
    }

    private PythonEnvironment? Read(string path) => catalog.ReadOne(path).Environment;

    // Through the link in the path that was given (versions/3.12 -> 3.12.1), so that an upgrade which changes the link
    // keeps the environment; as venv does.
    private PythonEnvironment AsNamed(PythonEnvironment python, string? named)
    {
        FileTree files = catalog.Machine.Files;
        string folder = Path.GetDirectoryName(python.Executable)!;
        string? place =
            named is null ? null : files.IsDirectory(named) ? Path.GetFullPath(Path.GetRelativePath(python.Prefix, folder), named)
            : Path.GetDirectoryName(named);
        return place is not null && !string.Equals(place, folder, StringComparison.Ordinal)
            && string.Equals(files.RealPath(place), files.RealPath(folder), StringComparison.Ordinal)
            ? python with { Executable = Path.Combine(place, Path.GetFileName(python.Executable)) } : python;
    }

    private bool IsBaseOf(PythonEnvironment python, PythonEnvironment given) =>
        given.BasePrefix is null || string.Equals(python.BasePrefix, given.BasePrefix, StringComparison.Ordinal)
        || string.Equals(Real(python.BasePrefix), Real(given.BasePrefix), StringComparison.Ordinal);

    private string? Real(string? path) => path is null ? null : catalog.Machine.Files.RealPath(path) ?? path;

    // The interpreter that its own leads to, or the one in the folder of its base, by its name in the environment
    // (getpath.py), else by its usual names.
    private IEnumerable<string> Candidates(PythonEnvironment given)
    {
        string extension = given.Executable.EndsWith(".exe", StringComparison.OrdinalIgnoreCase) ? ".exe" : "";
        string start = given.Implementation is "PyPy" ? "pypy" : "python";
        foreach (string home in Homes(given, extension.Length > 0))
        {
            yield return Path.Combine(home, Path.GetFileName(given.Executable));
            if (given.VersionInfo is Version version)
            {
                yield return Path.Combine(home, FormattableString.Invariant($"{start}{version.Major}.{version.Minor}{extension}"));
                yield return Path.Combine(home, FormattableString.Invariant($"{start}{version.Major}{extension}"));
            }
            yield return Path.Combine(home, start + extension);
        }
        if (catalog.Machine.Files.ReadLink(given.Executable) is not null
            && catalog.Machine.Files.RealPath(given.Executable) is string real)
        {
            yield return real;
        }
    }

    private static IEnumerable<string> Homes(PythonEnvironment given, bool isWindows)
    {
        if (given.Config is { MadeOn: null, Home: { Length: > 0 } named })
        {
            yield return PathText.Absolute(named, given.Prefix);
        }
        if (given.BasePrefix is string prefix)
        {
            yield return isWindows ? prefix : Path.Combine(prefix, "bin");
        }
    }
}
