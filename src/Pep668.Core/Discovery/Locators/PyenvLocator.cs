using Pep668.Machines;
using Pep668.Versions;

namespace Pep668.Discovery.Locators;

/// <summary>
/// pyenv: <c>versions/NAME</c> below <c>PYENV_ROOT</c> or <c>~/.pyenv</c>; with <c>--enable-framework</c> the version
/// is in <c>versions/NAME/Library/Frameworks/Python.framework</c> (<c>plugins/python-build/bin/python-build</c>).
/// pyenv-virtualenv: <c>versions/NAME/envs/NAME</c>, with a link to it in <c>versions</c> (its
/// <c>bin/pyenv-virtualenv</c>). Which version a shim starts follows pyenv's <c>libexec/pyenv-which</c>,
/// <c>pyenv-version-name</c>, <c>pyenv-version-file</c>, <c>pyenv-version-file-read</c> and <c>pyenv-latest</c>.
/// </summary>
internal sealed class PyenvLocator : Locator
{
    private const string Framework = "/Library/Frameworks/Python.framework/";

    internal override string Name => nameof(PythonManager.Pyenv);

    internal override IReadOnlyList<PythonManager> Managers => [PythonManager.Pyenv];

    internal override IEnumerable<string> Find(Machine machine) =>
        machine.Platform == Platform.Windows ? []
        : Roots(machine).SelectMany(root => FoldersIn(machine.Files, Path.Combine(root, "versions")))
            .SelectMany(version => FoldersIn(machine.Files, Path.Combine(version, "envs")).Prepend(version));

    internal override PythonManager? MakerOf(Machine machine, PythonEnvironment environment)
    {
        string? versions = Path.GetDirectoryName(Version(environment));
        return machine.Platform != Platform.Windows
            && versions is not null && Path.GetFileName(versions) is "versions" && Path.GetDirectoryName(versions) is string root
            && (Roots(machine).Any(one => IsSameFolder(machine, one, root))
                || machine.Files.IsFile(Path.Combine(root, "libexec", "pyenv")) || machine.Files.IsDirectory(Path.Combine(root, "shims")))
            ? PythonManager.Pyenv
            : null;
    }

    internal override string? NameOf(PythonEnvironment environment) =>
        Path.GetFileName(environment.IsVirtual ? environment.Prefix : Version(environment));

    internal override IReadOnlyList<string>? FollowShim(Machine machine, string shim)
    {
        string? folder = Path.GetDirectoryName(shim);
        if (folder is null || Path.GetFileName(folder) is not "shims" || Path.GetDirectoryName(folder) is not string root
            || machine.Platform == Platform.Windows || !machine.Files.IsDirectory(Path.Combine(root, "versions"))
            || machine.Files.ReadText(shim, 1 << 16)?.Contains("pyenv", StringComparison.Ordinal) != true)
        {
            return null;
        }
        string versions = Path.Combine(root, "versions");
        string command = Path.GetFileName(shim);
        return [.. Chosen(machine, root)
            .TakeWhile(version => version is not "system")
            .Select(version => Installed(machine, versions, version))
            .OfType<string>()
            .Select(version => Path.Combine(versions, version, "bin", command))
            .Where(machine.Files.IsExecutable)
            .Take(1)];
    }

    // The folder below versions that an environment is in.
    private static string Version(PythonEnvironment environment)
    {
        string folder = environment.Prefix;
        return environment.IsVirtual && Path.GetFileName(Path.GetDirectoryName(folder)) is "envs"
            ? Path.GetDirectoryName(Path.GetDirectoryName(folder))!
            : folder.IndexOf(Framework, StringComparison.Ordinal) is > 0 and int end ? folder[..end]
            : folder;
    }

    // The variable, else the nearest .python-version upward (an empty one ends the search), else the global file;
    // several versions are tried in order.
    private static IEnumerable<string> Chosen(Machine machine, string root)
    {
        if (machine.Variable("PYENV_VERSION") is string variable)
        {
            return variable.Split(':', StringSplitOptions.RemoveEmptyEntries);
        }
        string? local = machine.Upward().Select(folder => Path.Combine(folder, ".python-version")).FirstOrDefault(machine.Files.IsFile);
        return Words(machine, local ?? Path.Combine(root, "version"));
    }

    // The first word of each line, which may be a list itself; # begins a comment where it begins the line.
    private static IEnumerable<string> Words(Machine machine, string path) =>
        (machine.Files.ReadText(path, 1 << 16) ?? "").Split('\n')
            .Select(line => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).FirstOrDefault())
            .OfType<string>()
            .Where(word => word[0] != '#' && !word.Contains('/', StringComparison.Ordinal) && word is not "..")
            .SelectMany(word => word.Split(':', StringSplitOptions.RemoveEmptyEntries));

    // A folder of that name ("python-" in front does not count), else the latest final version that it begins.
    private static string? Installed(Machine machine, string versions, string version)
    {
        string name = version.StartsWith("python-", StringComparison.Ordinal) ? version["python-".Length..] : version;
        return machine.Files.IsDirectory(Path.Combine(versions, name)) ? name
            : machine.Files.IsDirectory(Path.Combine(versions, version)) ? version
            : Latest(machine, versions, name);
    }

    private static string? Latest(Machine machine, string versions, string prefix)
    {
        bool freeThreaded = prefix is [.., >= '0' and <= '9', 't'];
        string start = freeThreaded ? prefix[..^1] : prefix;
        return machine.Files.List(versions)
            .Where(item => item.Kind == FileKind.Directory) // links are environments of pyenv-virtualenv, or another's
            .Select(item => item.Name)
            .Where(one => one.StartsWith(start, StringComparison.Ordinal) && one.Length > start.Length && one[start.Length] is '.' or '-')
            .Where(one => freeThreaded == one is [.., >= '0' and <= '9', 't'])
            .Where(one => VersionNumbers.IsFinal(one[start.Length..]))
            .MaxBy(one => VersionNumbers.Parse(one), VersionNumbers.Order);
    }

    private static IEnumerable<string> Roots(Machine machine) =>
        machine.Variable("PYENV_ROOT") is string root ? [machine.Absolute(root)]
        : machine.Homes().Select(home => Path.Combine(home, ".pyenv"));
}
