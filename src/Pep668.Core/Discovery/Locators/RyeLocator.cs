using Pep668.Machines;
using Pep668.Text;
using Pep668.Versions;

namespace Pep668.Discovery.Locators;

/// <summary>
/// Rye: <c>py/NAME@VERSION</c> below <c>RYE_HOME</c> or <c>~/.rye</c>, the installation itself or its <c>install</c>; a
/// registered one is a link or a file with the interpreter's path (<c>rye/src/platform.rs</c>). Also its own
/// environment <c>self</c> and those of <c>tools</c> (<c>rye/src/bootstrap.rs</c>, <c>rye/src/installer.rs</c>). Its
/// shims are copies of or links to Rye: in a project they start the project's <c>.venv</c>, elsewhere the next Python
/// on PATH, or with <c>global-python</c> one of Rye's (<c>rye/src/cli/shim.rs</c>).
/// </summary>
internal sealed class RyeLocator : Locator
{
    internal override string Name => nameof(PythonManager.Rye);

    internal override IReadOnlyList<PythonManager> Managers => [PythonManager.Rye];

    internal override IEnumerable<string> Find(Machine machine) =>
        Roots(machine).SelectMany(root => Toolchains(machine, root)
            .Select(toolchain => toolchain.Path)
            .Concat(FoldersIn(machine.Files, Path.Combine(root, "tools")).Append(Path.Combine(root, "self"))));

    internal override PythonManager? MakerOf(Machine machine, PythonEnvironment environment)
    {
        string folder = Folder(environment);
        string? above = Path.GetDirectoryName(folder);
        bool own = environment.IsVirtual
            ? Path.GetFileName(folder) is "self" || Path.GetFileName(above) is "tools"
            : Path.GetFileName(above) is "py";
        string? root = environment.IsVirtual && Path.GetFileName(above) is not "tools" ? above : Path.GetDirectoryName(above);
        return own && root is not null && Roots(machine).Any(one => IsSameFolder(machine, one, root)) ? PythonManager.Rye : null;
    }

    internal override string? NameOf(PythonEnvironment environment) => Path.GetFileName(Folder(environment));

    internal override IReadOnlyList<string>? FollowShim(Machine machine, string shim)
    {
        if (Path.GetDirectoryName(shim) is not string folder || Path.GetFileName(folder) is not "shims"
            || Path.GetDirectoryName(folder) is not string root || !Roots(machine).Any(one => IsSameFolder(machine, one, root)))
        {
            return null;
        }
        string command = Path.GetFileName(shim);
        if (machine.Upward().FirstOrDefault(one => machine.Files.IsFile(Path.Combine(one, "pyproject.toml"))) is string project)
        {
            return [.. new[] { Path.Combine(project, ".venv", machine.Platform == Platform.Windows ? "Scripts" : "bin", command) }.Where(
                machine.Files.IsFile)];
        }
        TomlTable[] config = [.. ReadToml(machine, [Path.Combine(root, "config.toml")])];
        string stem = Path.GetFileNameWithoutExtension(command);
        return stem is "python" or "python3" && IsGlobal(config) && Pin(machine, config) is string pin ? Pinned(machine, root, pin) : [];
    }

    private static IReadOnlyList<string> Pinned(Machine machine, string root, string pin) =>
        [.. Toolchains(machine, root)
            .Where(toolchain => string.Equals(toolchain.Name, pin, StringComparison.Ordinal)
                || toolchain.Name.StartsWith(pin + ".", StringComparison.Ordinal))
            .OrderByDescending(toolchain => VersionNumbers.Parse(toolchain.Name), VersionNumbers.Order)
            .Take(1)
            .Select(toolchain => !machine.Files.IsDirectory(toolchain.Path) ? toolchain.Path
                : machine.Platform == Platform.Windows ? Path.Combine(toolchain.Path, "python.exe")
                : Path.Combine(toolchain.Path, "bin", "python3"))
            .Where(machine.Files.IsFile)];

    // The nearest .python-version, else the default of the configuration; without a name it is CPython.
    private static string? Pin(Machine machine, TomlTable[] config)
    {
        string? file = machine.Upward().Select(folder => Path.Combine(folder, ".python-version")).FirstOrDefault(machine.Files.IsFile);
        string? pin = file is null
            ? FirstString(config, "default", "toolchain")
            : machine.Files.ReadText(file, 1 << 16)?.Split('\n').Select(line => line.Trim())
                .FirstOrDefault(line => line.Length > 0 && line[0] != '#');
        return pin is null || pin.Contains('@', StringComparison.Ordinal) ? pin : "cpython@" + pin;
    }

    private static bool IsGlobal(TomlTable[] config) =>
        Array.Exists(config, file => file.Find<TomlScalar>("behavior", "global-python")?.Truth == TruthValue.True);

    private static IEnumerable<(string Name, string Path)> Toolchains(Machine machine, string root)
    {
        string folder = Path.Combine(root, "py");
        foreach (DirectoryItem item in machine.Files.List(folder)
            .Where(item => item.Name.Contains('@', StringComparison.Ordinal))
            .OrderBy(item => item.Name, StringComparer.Ordinal))
        {
            string path = Path.Combine(folder, item.Name);
            if (item.Kind == FileKind.File && (machine.Platform == Platform.Windows || !machine.Files.IsExecutable(path)))
            {
                if (machine.Files.ReadText(path, 1 << 15)?.TrimEnd() is { Length: > 0 } target && Path.IsPathRooted(target))
                {
                    yield return (item.Name, target);
                }
                continue;
            }
            string install = Path.Combine(path, "install");
            yield return (item.Name, machine.Files.IsDirectory(install) ? install : path);
        }
    }

    // Its folder below py, tools or the root.
    private static string Folder(PythonEnvironment environment) =>
        !environment.IsVirtual && Path.GetFileName(environment.Prefix) is "install"
            ? Path.GetDirectoryName(environment.Prefix)!
            : environment.Prefix;

    private static IEnumerable<string> Roots(Machine machine) =>
        machine.Variable("RYE_HOME") is string root ? [machine.Absolute(root)]
        : machine.Homes().Select(home => Path.Combine(home, ".rye"));
}
