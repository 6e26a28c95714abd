using Pep668.Environments;
using Pep668.Machines;
using Pep668.Markers;

namespace Pep668.Pip.Policy;

/// <summary>
/// The folders that managed interpreters import and start programs from: what leads into one of them leads back into a
/// managed environment, by whatever link.
/// </summary>
internal sealed class ManagedFolders
{
    private readonly Machine _machine;
    private readonly List<ManagedFolder> _folders = [];
    private readonly StringComparison _names;

    private ManagedFolders(Machine machine)
    {
        _machine = machine;
        _names = machine.Platform == Platform.Linux ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;
    }

    private sealed record ManagedFolder(PythonEnvironment Environment, string RealPath, FileEntry Entry, bool IsScripts);

    /// <summary>Those of an environment itself, of the base of a virtual one, and of the interpreters on
    /// PATH.</summary>
    /// <param name="machine">Where they are.</param>
    /// <param name="environment">The one that is to be changed.</param>
    internal static ManagedFolders Find(Machine machine, PythonEnvironment environment)
    {
        var folders = new ManagedFolders(machine);
        if (environment.IsExternallyManaged)
        {
            folders.Add(environment, isOwn: true);
        }
        var reader = new EnvironmentReader(machine.Files);
        string end = machine.Platform == Platform.Windows ? ".exe" : "";
        var known = new HashSet<string>(StringComparer.Ordinal) { environment.Executable };
        IEnumerable<string> others = machine.SearchPath()
            .SelectMany(folder => (string[])[Path.Combine(folder, "python3" + end), Path.Combine(folder, "python" + end)]);
        if (environment is { IsVirtual: true, BasePrefix: string prefix })
        {
            others = others.Prepend(prefix).Prepend(environment.Config?.Home ?? prefix);
        }
        foreach (string path in others.Where(path => machine.Files.Stat(path).Kind != FileKind.Missing))
        {
            if (reader.Read(path).Environment is { IsExternallyManaged: true } found && known.Add(found.Executable))
            {
                folders.Add(found, isOwn: false);
            }
        }
        return folders;
    }

    /// <summary>The managed environment that a folder belongs to; null when to none.</summary>
    /// <param name="folder">The folder, which need not exist.</param>
    /// <param name="isScripts">Whether programs are put there, not modules.</param>
    internal (string Marker, string Prefix)? Owner(string folder, bool isScripts)
    {
        // The system follows a link before it goes up again; Python's normpath goes up first.
        foreach (string real in ((string[])[Physical(folder), Physical(Path.GetFullPath(folder))]).Distinct(StringComparer.Ordinal))
        {
            foreach (string at in Machine.Upward(real))
            {
                FileEntry entry = _machine.Files.Stat(at);
                foreach (ManagedFolder one in _folders)
                {
                    if ((one.IsScripts == isScripts || !one.IsScripts)
                        && (string.Equals(at, one.RealPath, _names) || entry.IsSameFile(one.Entry)))
                    {
                        return (one.Environment.MarkerPath!, one.Environment.Prefix);
                    }
                }
                if (!isScripts && MarkerFile.Find(_machine.Files, at) is string marker
                    && _machine.Files.Stat(Path.Combine(at, "os.py")).Kind == FileKind.File)
                {
                    return (marker, Path.GetDirectoryName(Path.GetDirectoryName(at)) ?? at);
                }
            }
        }
        return null;
    }

    // What another interpreter's commands stand beside is nobody's in particular (/usr/local/bin): there its own folder
    // alone counts.
    private void Add(PythonEnvironment environment, bool isOwn)
    {
        string?[] libraries = [environment.StdLib, .. environment.SitePackages, isOwn ? UserSite.Find(_machine, environment) : null];
        string?[] scripts = [isOwn ? environment.Scripts : null, Path.GetDirectoryName(environment.Executable)];
        foreach ((string? folder, bool isScripts) in libraries.Select(one => (one, false)).Concat(scripts.Select(one => (one, true))))
        {
            if (folder is not null)
            {
                _folders.Add(new(environment, Physical(folder), _machine.Files.Stat(folder), isScripts));
            }
        }
    }

    // As the system walks it: each link followed, and what does not exist taken as written.
    private string Physical(string path)
    {
        string start = Path.GetPathRoot(path) ?? "/";
        string at = start;
        foreach (string part in path[start.Length..].Split([Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar],
            StringSplitOptions.RemoveEmptyEntries))
        {
            if (part is "..")
            {
                at = Path.GetDirectoryName(at) ?? start;
            }
            else if (part is not ".")
            {
                string next = Path.Combine(at, part);
                at = _machine.Files.RealPath(next) ?? next;
            }
        }
        return at;
    }
}
