using Pep668.Machines;

namespace Pep668.Discovery;

/// <summary>
/// pyenv, with pyenv-virtualenv: <c>versions/NAME</c> below <c>PYENV_ROOT</c> or <c>~/.pyenv</c>. Which version a shim starts follows pyenv's
/// <c>libexec/pyenv-version-name</c>, <c>pyenv-version-file</c> and <c>pyenv-version-file-read</c>.
/// </summary>
internal sealed class PyenvLocator : Locator
{
    internal override string Name => "Pyenv";

    internal override IReadOnlyList<PythonManager> Managers => [PythonManager.Pyenv];

    internal override IEnumerable<string> Find(Machine machine) =>
        Roots(machine).SelectMany(root => FoldersIn(machine.Files, Path.Combine(root, "versions")));

    internal override PythonManager? MakerOf(Machine machine, PythonEnvironment environment)
    {
        string? versions = Path.GetDirectoryName(environment.Prefix);
        return versions is not null && Path.GetFileName(versions) is "versions" && Path.GetDirectoryName(versions) is string root
            && (Roots(machine).Contains(root, StringComparer.Ordinal)
                || machine.Files.IsFile(Path.Combine(root, "libexec", "pyenv")) || machine.Files.IsDirectory(Path.Combine(root, "shims")))
            ? PythonManager.Pyenv
            : null;
    }

    internal override string? NameOf(PythonEnvironment environment) => Path.GetFileName(environment.Prefix);

    internal override IReadOnlyList<string>? FollowShim(Machine machine, string shim)
    {
        string? folder = Path.GetDirectoryName(shim);
        if (folder is null || Path.GetFileName(folder) is not "shims" || Path.GetDirectoryName(folder) is not string root
            || !machine.Files.IsDirectory(Path.Combine(root, "versions"))
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
            .Where(machine.Files.IsFile)
            .Take(1)];
    }

    // The variable, else the nearest .python-version upward, else the global file; several versions are tried in order.
    private static IEnumerable<string> Chosen(Machine machine, string root)
    {
        if (machine.Variable("PYENV_VERSION") is string variable)
        {
            return variable.Split(':', StringSplitOptions.RemoveEmptyEntries);
        }
        for (string? folder = machine.CurrentDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (Words(machine, Path.Combine(folder, ".python-version")) is { Count: > 0 } local)
            {
                return local;
            }
        }
        return Words(machine, Path.Combine(root, "version")) ?? [];
    }

    // The first word of each line; # begins a comment.
    private static List<string>? Words(Machine machine, string path) =>
        machine.Files.ReadText(path, 1 << 16)?.Split('\n')
            .Select(line => line.Split('#')[0].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).FirstOrDefault())
            .OfType<string>()
            .Where(word => !word.Contains('/', StringComparison.Ordinal) && word is not "..")
            .ToList();

    // A folder of that name (with or without "python-" in front), else the latest version that it begins (pyenv-latest).
    private static string? Installed(Machine machine, string versions, string version)
    {
        string name = version.StartsWith("python-", StringComparison.Ordinal) ? version["python-".Length..] : version;
        return machine.Files.IsDirectory(Path.Combine(versions, version)) ? version
            : machine.Files.IsDirectory(Path.Combine(versions, name)) ? name
            : machine.Files.List(versions)
                .Select(item => item.Name)
                .Where(one => one.StartsWith(name + '.', StringComparison.Ordinal))
                .MaxBy(one => Version.TryParse(one, out Version? parsed) ? parsed : new Version(0, 0));
    }

    private static IEnumerable<string> Roots(Machine machine) =>
        machine.Variable("PYENV_ROOT") is string root ? [machine.Absolute(root)]
        : machine.Homes().Select(home => Path.Combine(home, ".pyenv"));
}
