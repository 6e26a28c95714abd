using Pep668.Machines;

namespace Pep668.Discovery.Locators;

/// <summary>
/// asdf: <c>installs/python/VERSION</c> below <c>ASDF_DATA_DIR</c> or <c>~/.asdf</c>
/// (<c>internal/config/config.go</c>). Which version a shim starts: <c>ASDF_PYTHON_VERSION</c>, else the nearest
/// <c>.tool-versions</c> upward, else the one at home (<c>internal/resolve/resolve.go</c>,
/// <c>internal/toolversions/toolversions.go</c>, <c>internal/shims/shims.go</c>). The shims of the versions before 0.16
/// read the same.
/// </summary>
internal sealed class AsdfLocator : Locator
{
    internal override string Name => nameof(PythonManager.Asdf);

    internal override IReadOnlyList<PythonManager> Managers => [PythonManager.Asdf];

    internal override IEnumerable<string> Find(Machine machine) =>
        Roots(machine).Select(Installs).SelectMany(installs => FoldersIn(machine.Files, installs));

    internal override PythonManager? MakerOf(Machine machine, PythonEnvironment environment) =>
        Path.GetDirectoryName(environment.Prefix) is string installs && Path.GetFileName(installs) is "python"
        && Path.GetFileName(Path.GetDirectoryName(installs)) is "installs"
        && Roots(machine).Any(root => IsSameFolder(machine, Installs(root), installs))
            ? PythonManager.Asdf
            : null;

    internal override string? NameOf(PythonEnvironment environment) => Path.GetFileName(environment.Prefix);

    internal override IReadOnlyList<string>? FollowShim(Machine machine, string shim)
    {
        string? folder = Path.GetDirectoryName(shim);
        if (folder is null || Path.GetFileName(folder) is not "shims" || Path.GetDirectoryName(folder) is not string root
            || machine.Files.ReadText(shim, 1 << 16)?.Contains("asdf exec", StringComparison.Ordinal) != true)
        {
            return null;
        }
        string command = Path.GetFileName(shim);
        IReadOnlyList<string> chosen = Chosen(machine);
        // asdf tries what it has installed first, then "system", then paths.
        string? installed = chosen
            .Where(version => version is not "system" && !IsPath(version))
            .Select(version => version.StartsWith("ref:", StringComparison.Ordinal) ? "ref-" + version["ref:".Length..] : version)
            .Where(version => version is not ".." && !version.Contains('/', StringComparison.Ordinal))
            .Select(version => Path.Combine(Installs(root), version, "bin", command))
            .FirstOrDefault(machine.Files.IsExecutable);
        return installed is not null ? [installed]
            : chosen.Contains("system", StringComparer.Ordinal) ? []
            : [.. chosen.Where(IsPath)
                .Select(version => Path.Combine(machine.Absolute(version["path:".Length..]), "bin", command))
                .Where(machine.Files.IsExecutable)
                .Take(1)];
    }

    private static bool IsPath(string version) => version.StartsWith("path:", StringComparison.Ordinal);

    private static IReadOnlyList<string> Chosen(Machine machine)
    {
        if (machine.Variable("ASDF_PYTHON_VERSION") is string variable)
        {
            return variable.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        }
        string name =
            machine.Variable("ASDF_TOOL_VERSIONS_FILENAME") ?? machine.Variable("ASDF_DEFAULT_TOOL_VERSIONS_FILENAME") ?? ".tool-versions";
        return machine.Upward().Concat(machine.Home is string home ? [home] : [])
            .Select(folder => ToolVersions(machine, Path.Combine(folder, name)))
            .FirstOrDefault(found => found.Count > 0) ?? [];
    }

    /// <summary>
    /// The Python of a <c>.tool-versions</c>, one tool a line (<c>python 3.12.1 3.11.7 system</c>): the first line that
    /// names it counts. Empty if no line does.
    /// </summary>
    internal static IReadOnlyList<string> ToolVersions(Machine machine, string path) =>
        (machine.Files.ReadText(path, 1 << 16) ?? "").Split('\n')
            .Select(line => line.Split('#')[0].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            .Where(words => words is ["python", _, ..])
            .Select(words => words[1..])
            .FirstOrDefault() ?? [];

    private static string Installs(string root) => Path.Combine(root, "installs", "python");

    private static IEnumerable<string> Roots(Machine machine) =>
        machine.Variable("ASDF_DATA_DIR") is string root ? [machine.Absolute(root)]
        : machine.Homes().Select(home => Path.Combine(home, ".asdf"));
}
