using Pep668.Machines;

namespace Pep668.Discovery.Locators;

/// <summary>
/// mise: <c>installs/python/VERSION</c> below <c>MISE_DATA_DIR</c>, else <c>mise</c> in <c>XDG_DATA_HOME</c>
/// (<c>%LOCALAPPDATA%</c> on Windows), with <c>MISE_INSTALLS_DIR</c>, <c>MISE_SHARED_INSTALL_DIRS</c> and
/// <c>MISE_SYSTEM_DATA_DIR</c> (<c>src/env.rs</c>). Links such as <c>3.12</c> and <c>latest</c> lead to the newest that
/// is installed (<c>src/runtime_symlinks.rs</c>), and so say what a shim starts. Shims are links to mise, or small
/// programs and scripts on Windows (<c>src/shims.rs</c>); the version is that of <see cref="MiseConfig"/>.
/// </summary>
internal sealed class MiseLocator : Locator
{
    internal override string Name => nameof(PythonManager.Mise);

    internal override IReadOnlyList<PythonManager> Managers => [PythonManager.Mise];

    internal override IEnumerable<string> Find(Machine machine) =>
        Installs(machine).SelectMany(installs => FoldersIn(machine.Files, Path.Combine(installs, "python")));

    internal override PythonManager? MakerOf(Machine machine, PythonEnvironment environment) =>
        Path.GetDirectoryName(environment.Prefix) is string python && Path.GetFileName(python) is "python"
        && Path.GetDirectoryName(python) is string installs && Installs(machine).Any(one => IsSameFolder(machine, one, installs))
            ? PythonManager.Mise
            : null;

    internal override string? NameOf(PythonEnvironment environment) => Path.GetFileName(environment.Prefix);

    internal override IReadOnlyList<string>? FollowShim(Machine machine, string shim)
    {
        if (!IsShim(machine, shim))
        {
            return null;
        }
        string command = Path.GetFileName(shim);
        string[] places = ["bin"];
        if (machine.Platform == Platform.Windows)
        {
            command = Path.GetFileNameWithoutExtension(command) + ".exe";
            places = ["", "Scripts"];
        }
        return [.. MiseConfig.Python(machine)
            .TakeWhile(version => version is not "system")
            .SelectMany(version => Folders(machine, version))
            .SelectMany(folder => places.Select(place => Path.Combine(folder, place, command)))
            .Where(machine.Files.IsExecutable)
            .Take(1)];
    }

    // A version, "prefix:3.12", "path:/opt/python"; "ref:…" is installed as "ref-…".
    private static IEnumerable<string> Folders(Machine machine, string version)
    {
        int colon = version.IndexOf(':', StringComparison.Ordinal);
        string scheme = colon < 0 ? "" : version[..colon], rest = version[(colon + 1)..];
        if (scheme is "path")
        {
            return [machine.Absolute(rest)];
        }
        string name = scheme is "ref" ? "ref-" + rest : rest;
        return name.Length == 0 || name is ".." || name.AsSpan().ContainsAny('/', '\\') ? []
            : Installs(machine).Select(installs => Path.Combine(installs, "python", name)).Where(machine.Files.IsDirectory);
    }

    // In its own shims folder everything is a shim; elsewhere a link to mise, or a script that calls it.
    private static bool IsShim(Machine machine, string shim)
    {
        if (Path.GetDirectoryName(shim) is not string folder || Path.GetFileNameWithoutExtension(shim) is "mise")
        {
            return false;
        }
        return machine.Files.ReadLink(shim) is string target && Path.GetFileNameWithoutExtension(target) is "mise"
            || Path.GetFileName(folder) is "shims" && (Shims(machine).Any(one => IsSameFolder(machine, one, folder))
                || machine.Files.ReadText(shim, 1 << 16)?.Contains("mise x --", StringComparison.Ordinal) == true);
    }

    private static IEnumerable<string> Shims(Machine machine) =>
        machine.Variable("MISE_SHIMS_DIR") is string shims
            ? [machine.Absolute(shims)]
            : Data(machine).Select(data => Path.Combine(data, "shims"));

    private static IEnumerable<string> Installs(Machine machine)
    {
        IEnumerable<string> own = machine.Variable("MISE_INSTALLS_DIR") is string installs ? [machine.Absolute(installs)]
            : Data(machine).Select(data => Path.Combine(data, "installs"));
        string shared = machine.Variable("MISE_SHARED_INSTALL_DIRS") ?? "";
        string system = machine.Variable("MISE_SYSTEM_DATA_DIR") is string named ? machine.Absolute(named) : "/usr/local/share/mise";
        return own
            .Append(Path.Combine(system, "installs"))
            .Concat(shared.Split(machine.Platform == Platform.Windows ? ';' : ':', StringSplitOptions.RemoveEmptyEntries)
                .Select(machine.Absolute));
    }

    private static IEnumerable<string> Data(Machine machine)
    {
        if (machine.Variable("MISE_DATA_DIR") is string data)
        {
            return [machine.Absolute(data)];
        }
        string? variable =
            machine.Variable("XDG_DATA_HOME") ?? (machine.Platform == Platform.Windows ? machine.Variable("LOCALAPPDATA") : null);
        return variable is not null ? [Path.Combine(machine.Absolute(variable), "mise")]
            : machine.Homes().Select(home => machine.Platform == Platform.Windows
                ? Path.Combine(home, "AppData", "Local", "mise")
                : Path.Combine(home, ".local", "share", "mise"));
    }
}
