using Pep668.Machines;

namespace Pep668.Discovery;

/// <summary>
/// asdf: <c>installs/python/VERSION</c> below <c>ASDF_DATA_DIR</c> or <c>~/.asdf</c>. Which version a shim starts: <c>ASDF_PYTHON_VERSION</c>, else the nearest
/// <c>.tool-versions</c> upward, else the one at home (asdf's documentation, "Configuration").
/// </summary>
internal sealed class AsdfLocator : Locator
{
    private const string ToolVersions = ".tool-versions";

    internal override string Name => "Asdf";

    internal override IReadOnlyList<PythonManager> Managers => [PythonManager.Asdf];

    internal override IEnumerable<string> Find(Machine machine) =>
        Roots(machine).Select(Installs).SelectMany(installs => FoldersIn(machine.Files, installs));

    internal override PythonManager? MakerOf(Machine machine, PythonEnvironment environment) =>
        Path.GetDirectoryName(environment.Prefix) is string installs
        && Roots(machine).Any(root => string.Equals(Installs(root), installs, StringComparison.Ordinal))
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
        return [.. Chosen(machine)
            .TakeWhile(version => version is not "system")
            .Select(version => version.StartsWith("path:", StringComparison.Ordinal) ? version["path:".Length..] : Path.Combine(Installs(root), version))
            .Select(version => Path.Combine(version, "bin", command))
            .Where(machine.Files.IsFile)
            .Take(1)];
    }

    private static IEnumerable<string> Chosen(Machine machine)
    {
        if (machine.Variable("ASDF_PYTHON_VERSION") is string variable)
        {
            return variable.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        }
        for (string? folder = machine.CurrentDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (Versions(machine, Path.Combine(folder, ToolVersions)) is { Count: > 0 } local)
            {
                return local;
            }
        }
        return machine.Home is string home ? Versions(machine, Path.Combine(home, ToolVersions)) : [];
    }

    // "python 3.12.1 3.11.7 system" in a file of one tool a line.
    private static List<string> Versions(Machine machine, string path) =>
        (machine.Files.ReadText(path, 1 << 16) ?? "").Split('\n')
            .Select(line => line.Split('#')[0].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            .Where(words => words is ["python", ..])
            .SelectMany(words => words.Skip(1))
            .Where(version => version is not "..")
            .ToList();

    private static string Installs(string root) => Path.Combine(root, "installs", "python");

    private static IEnumerable<string> Roots(Machine machine) =>
        machine.Variable("ASDF_DATA_DIR") is string root ? [machine.Absolute(root)]
        : machine.Homes().Select(home => Path.Combine(home, ".asdf"));
}
