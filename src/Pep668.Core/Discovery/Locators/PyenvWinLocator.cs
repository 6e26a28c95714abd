using Pep668.Machines;
using Pep668.Versions;

namespace Pep668.Discovery.Locators;

/// <summary>
/// pyenv-win: <c>versions\NAME</c> below <c>PYENV</c>, <c>PYENV_ROOT</c> or <c>PYENV_HOME</c>, which its
/// <c>install-pyenv-win.ps1</c> sets, else <c>%USERPROFILE%\.pyenv\pyenv-win</c>. Which version a shim starts follows
/// its <c>libexec/pyenv.vbs</c> and <c>libexec/libs/pyenv-lib.vbs</c>.
/// </summary>
internal sealed class PyenvWinLocator : Locator
{
    internal override string Name => FoundBy.PyenvWin;

    internal override IReadOnlyList<PythonManager> Managers => [PythonManager.Pyenv];

    internal override IEnumerable<string> Find(Machine machine) =>
        machine.Platform != Platform.Windows ? []
        : Roots(machine).SelectMany(root => FoldersIn(machine.Files, Path.Combine(root, "versions")));

    internal override PythonManager? MakerOf(Machine machine, PythonEnvironment environment) =>
        machine.Platform == Platform.Windows && !environment.IsVirtual && Path.GetDirectoryName(environment.Prefix) is string versions
        && string.Equals(Path.GetFileName(versions), "versions", StringComparison.OrdinalIgnoreCase)
        && Path.GetDirectoryName(versions) is string root
        && (machine.Files.IsFile(Path.Combine(root, "libexec", "pyenv.vbs")) || Roots(machine).Any(one => IsSameFolder(machine, one, root)))
            ? PythonManager.Pyenv
            : null;

    internal override string? NameOf(PythonEnvironment environment) => Path.GetFileName(environment.Prefix);

    internal override IReadOnlyList<string>? FollowShim(Machine machine, string shim)
    {
        string? folder = Path.GetDirectoryName(shim);
        if (machine.Platform != Platform.Windows || folder is null || Path.GetFileName(folder) is not "shims"
            || Path.GetDirectoryName(folder) is not string root
            || machine.Files.ReadText(shim, 1 << 16)?.Contains("pyenv exec", StringComparison.Ordinal) != true)
        {
            return null;
        }
        string command =
            Path.GetExtension(shim).ToUpperInvariant() is ".BAT" ? Path.GetFileNameWithoutExtension(shim) : Path.GetFileName(shim);
        return [.. Chosen(machine, root)
            .Select(version => Path.Combine(root, "versions", version))
            .SelectMany(version => (string[])[version, Path.Combine(version, "Scripts"), Path.Combine(version, "bin")])
            .Select(place => Path.Combine(place, command + ".exe"))
            .Where(machine.Files.IsFile)
            .Take(1)];
    }

    // The variable as it is, else the nearest .python-version upward, else the global file, one version a line.
    private static IEnumerable<string> Chosen(Machine machine, string root)
    {
        if (machine.Variable("PYENV_VERSION") is string variable)
        {
            return variable.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(IsName);
        }
        string? local = machine.Upward().Select(folder => Path.Combine(folder, ".python-version")).FirstOrDefault(machine.Files.IsFile);
        string[] lines = local is null ? [] : Lines(machine, local);
        return (lines.Length > 0 ? lines : Lines(machine, Path.Combine(root, "version"))).Select(
            version => Resolved(machine, root, version));
    }

    private static string[] Lines(Machine machine, string path) =>
        [.. (machine.Files.ReadText(path, 1 << 16) ?? "").Split('\n').Select(line => line.Trim()).Where(IsName)];

    private static bool IsName(string version) =>
        version.Length > 0 && version is not ".." && !version.AsSpan().ContainsAny('/', '\\');

    private static string Resolved(Machine machine, string root, string prefix) =>
        machine.Files.List(Path.Combine(root, "versions"))
            .Select(item => item.Name)
            .Where(one => one.StartsWith(prefix, StringComparison.Ordinal) && (one.Length == prefix.Length || one[prefix.Length] == '.')
                && VersionNumbers.IsFinal(one))
            .MaxBy(one => VersionNumbers.Parse(one), VersionNumbers.Order) ?? prefix;

    private static IEnumerable<string> Roots(Machine machine)
    {
        string?[] named = [machine.Variable("PYENV"), machine.Variable("PYENV_ROOT"), machine.Variable("PYENV_HOME")];
        IEnumerable<string> roots = named.OfType<string>()
            .Select(root => Path.TrimEndingDirectorySeparator(machine.Absolute(root)))
            .Distinct(StringComparer.OrdinalIgnoreCase);
        return roots.Any() ? roots : machine.Homes().Select(home => Path.Combine(home, ".pyenv", "pyenv-win"));
    }
}
