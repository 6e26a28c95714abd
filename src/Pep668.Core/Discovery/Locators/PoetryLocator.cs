using Pep668.Machines;
using Pep668.Text;

namespace Pep668.Discovery.Locators;

/// <summary>
/// Poetry: <c>PROJECT-HASH-pyX.Y</c> (<c>utils/env/env_manager.py</c>, <c>generate_env_name</c>) in the folder that
/// <c>virtualenvs.path</c> names, by default <c>virtualenvs</c> below <c>cache-dir</c>; a setting is a variable
/// <c>POETRY_…</c>, else a key of the project's <c>poetry.toml</c>, else one of <c>config.toml</c>
/// (<c>config/config.py</c>, <c>factory.py</c>, <c>locations.py</c>). The <c>.venv</c> of a project
/// (<c>virtualenvs.in-project</c>) carries no sign of Poetry, but is made by virtualenv, beside a <c>poetry.lock</c> or
/// a project that Poetry builds. The interpreters that it downloads: in <c>python.installation-dir</c>, by default
/// <c>python</c> below <c>data-dir</c> (<c>utils/env/python/providers.py</c>).
/// </summary>
internal sealed class PoetryLocator : Locator
{
    internal override string Name => nameof(PythonManager.Poetry);

    internal override IReadOnlyList<PythonManager> Managers => [PythonManager.Poetry];

    internal override IEnumerable<string> Find(Machine machine) =>
        Roots(machine).SelectMany(root => FoldersIn(machine.Files, root))
            .Concat(Pythons(machine).SelectMany(folder => DownloadedPythons.In(machine.Files, folder)));

    internal override PythonManager? MakerOf(Machine machine, PythonEnvironment environment)
    {
        bool isOwn = DownloadedPythons.FolderOf(environment) is string python
            ? Path.GetDirectoryName(python) is string pythons && Pythons(machine).Any(one => IsSameFolder(machine, one, pythons))
            : environment.IsVirtual && Path.GetDirectoryName(environment.Prefix) is string folder
                && (IsGenerated(Path.GetFileName(environment.Prefix))
                    ? IsUsual(folder) || Roots(machine).Any(root => IsSameFolder(machine, root, folder))
                    : Path.GetFileName(environment.Prefix) is ".venv" && environment.Config?.Creator == PythonManager.Virtualenv
                        && IsProject(machine, folder));
        return isOwn ? PythonManager.Poetry : null;
    }

    internal override string? NameOf(PythonEnvironment environment) =>
        Path.GetFileName(DownloadedPythons.FolderOf(environment) ?? environment.Prefix) is var name && name is ".venv" ? null : name;

    private static bool IsProject(Machine machine, string folder) =>
        machine.Files.IsFile(Path.Combine(folder, "poetry.lock")) || machine.Files.IsFile(Path.Combine(folder, "poetry.toml"))
        || ReadToml(machine, [Path.Combine(folder, "pyproject.toml")]).Any(file => file.Find<TomlTable>("tool", "poetry") is not null
            || file.Find<string>("build-system", "build-backend")?.StartsWith("poetry.", StringComparison.Ordinal) == true);

    // NAME-HASH-pyX.Y
    private static bool IsGenerated(string name)
    {
        int end = name.LastIndexOf("-py", StringComparison.Ordinal);
        return end > 0 && HashedNames.EndsInHash(name.AsSpan(0, end))
            && name[(end + 3)..].Split('.') is [var major, var minor] && IsNumber(major) && IsNumber(minor);

        static bool IsNumber(string text) => text.Length > 0 && text.All(char.IsAsciiDigit);
    }

    // The cache of another user, or one that a variable named when the environment was made.
    private static bool IsUsual(string folder)
    {
        string? cache = Path.GetDirectoryName(folder);
        return Path.GetFileName(folder) is "virtualenvs"
            && (Path.GetFileName(cache) is "pypoetry"
                || (Path.GetFileName(cache) is "Cache" && Path.GetFileName(Path.GetDirectoryName(cache)) is "pypoetry"));
    }

    private static IEnumerable<string> Roots(Machine machine)
    {
        TomlTable[] files = [.. ReadToml(machine, ConfigFiles(machine))];
        string[] caches = (machine.Variable("POETRY_CACHE_DIR") ?? FirstString(files, "cache-dir")) is string cache
            ? [machine.Absolute(cache)]
            : [.. UserFolders.Cache(machine, "pypoetry")];
        return (machine.Variable("POETRY_VIRTUALENVS_PATH") ?? FirstString(files, "virtualenvs", "path")) is not string path
            ? caches.Select(one => Path.Combine(one, "virtualenvs"))
            : caches.Select(one => path.Replace("{cache-dir}", one, StringComparison.Ordinal))
                .Where(one => !one.Contains('{', StringComparison.Ordinal))
                .Select(machine.Absolute)
                .Distinct(StringComparer.Ordinal);
    }

    private static IEnumerable<string> Pythons(Machine machine)
    {
        TomlTable[] files = [.. ReadToml(machine, ConfigFiles(machine))];
        string? home = machine.Variable("POETRY_DATA_DIR") ?? FirstString(files, "data-dir") ?? machine.Variable("POETRY_HOME");
        string[] data = home is string named
            ? [machine.Absolute(named)]
            : [.. UserFolders.Data(machine, roaming: true).Select(folder => Path.Combine(folder, "pypoetry"))];
        return (machine.Variable("POETRY_PYTHON_INSTALLATION_DIR") ?? FirstString(files, "python", "installation-dir")) is not string path
            ? data.Select(one => Path.Combine(one, "python"))
            : data.Select(one => path.Replace("{data-dir}", one, StringComparison.Ordinal))
                .Where(one => !one.Contains('{', StringComparison.Ordinal))
                .Select(machine.Absolute)
                .Distinct(StringComparer.Ordinal);
    }

    // The project's own comes first.
    private static IEnumerable<string> ConfigFiles(Machine machine)
    {
        IEnumerable<string> project = machine.Upward()
            .Where(folder => machine.Files.IsFile(Path.Combine(folder, "pyproject.toml")))
            .Take(1)
            .Select(folder => Path.Combine(folder, "poetry.toml"));
        IEnumerable<string> user = machine.Variable("POETRY_CONFIG_DIR") is string folder
            ? [machine.Absolute(folder)]
            : UserFolders.Config(machine, roaming: true).Select(one => Path.Combine(one, "pypoetry"));
        return project.Concat(user.Select(one => Path.Combine(one, "config.toml")));
    }
}
