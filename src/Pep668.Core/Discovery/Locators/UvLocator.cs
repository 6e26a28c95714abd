using Pep668.Machines;

namespace Pep668.Discovery.Locators;

/// <summary>
/// uv. The interpreters that it manages: folders <c>IMPLEMENTATION-VERSION-OS-ARCHITECTURE-LIBC</c> in
/// <c>UV_PYTHON_INSTALL_DIR</c> or <c>python</c> below its data (<c>crates/uv-python/src/managed.rs</c>; the names:
/// <c>installation.rs</c>, <c>PythonInstallationKey</c>; those with only the minor version are links to the newest).
/// The tools that it installs: virtual environments with a <c>uv-receipt.toml</c> in <c>UV_TOOL_DIR</c> or <c>tools</c>
/// below its data (<c>crates/uv-tool/src/lib.rs</c>). Its data: <c>$XDG_DATA_HOME/uv</c> or <c>~/.local/share/uv</c>,
/// on Windows <c>%APPDATA%\uv</c>; before that <c>~/Library/Application Support/uv</c> and <c>%APPDATA%\uv\data</c>
/// (<c>crates/uv-dirs/src/lib.rs</c>, <c>crates/uv-state/src/lib.rs</c>). What <c>uv venv</c> makes says so in its
/// <c>pyvenv.cfg</c>.
/// </summary>
internal sealed class UvLocator : Locator
{
    /// <summary>The file in each environment of a tool.</summary>
    internal const string Receipt = "uv-receipt.toml";

    internal override string Name => nameof(PythonManager.Uv);

    // Other environments in the same folder are found too.
    internal override IReadOnlyList<PythonManager> Managers => [PythonManager.Uv, PythonManager.Venv, PythonManager.Virtualenv];

    internal override IEnumerable<string> Find(Machine machine) =>
        Installations(machine).SelectMany(root => FoldersIn(machine.Files, root))
            .Where(folder => IsKey(Path.GetFileName(folder)))
            .Select(folder => Path.Combine(folder, "install") is string install && machine.Files.IsDirectory(install) ? install : folder)
            .Concat(Tools(machine).SelectMany(root => FoldersIn(machine.Files, root)));

    internal override PythonManager? MakerOf(Machine machine, PythonEnvironment environment)
    {
        if (environment.IsVirtual)
        {
            return machine.Files.IsFile(Path.Combine(environment.Prefix, Receipt)) ? PythonManager.Uv : null;
        }
        string folder = Installed(environment);
        return IsKey(Path.GetFileName(folder)) && Path.GetDirectoryName(folder) is string root
            && (Installations(machine).Any(one => IsSameFolder(machine, one, root)) || IsMarked(machine, environment))
            ? PythonManager.Uv
            : null;
    }

    internal override string? NameOf(PythonEnvironment environment) =>
        Path.GetFileName(environment.IsVirtual ? environment.Prefix : Installed(environment));

    // Of old, the interpreter was in a folder "install" of its own.
    private static string Installed(PythonEnvironment environment) =>
        Path.GetFileName(environment.Prefix) is "install" ? Path.GetDirectoryName(environment.Prefix)! : environment.Prefix;

    // What uv writes into each: "This Python installation is managed by uv and should not be modified."
    private static bool IsMarked(Machine machine, PythonEnvironment environment) =>
        environment.MarkerPath is string marker
        && machine.Files.ReadText(marker, 1 << 16)?.Contains("managed by uv", StringComparison.Ordinal) == true;

    // cpython-3.12.1-linux-x86_64-gnu, cpython-3.13.0rc1+freethreaded-macos-aarch64-none,
    // pypy-3.10.14-windows-x86_64-none
    private static bool IsKey(string? name) =>
        name?.Split('-') is [{ Length: > 0 } implementation, [>= '0' and <= '9', ..], { Length: > 0 }, { Length: > 0 }, { Length: > 0 }]
        && char.IsAsciiLetterLower(implementation[0]);

    private static IEnumerable<string> Installations(Machine machine) =>
        UserFolders.Named(machine, "UV_PYTHON_INSTALL_DIR", Data(machine).Select(data => Path.Combine(data, "python")));

    /// <summary>The folders of tools, the one that is used first.</summary>
    internal static IEnumerable<string> Tools(Machine machine) =>
        UserFolders.Named(machine, "UV_TOOL_DIR", Data(machine).Select(data => Path.Combine(data, "tools")));

    private static IEnumerable<string> Data(Machine machine) =>
        machine.Platform == Platform.Windows
            ? machine.Variable("APPDATA") is string roaming ? [Path.Combine(roaming, "uv"), Path.Combine(roaming, "uv", "data")] : []
            : UserFolders.ApplicationSupport(machine).Concat(UserFolders.XdgData(machine)).Select(data => Path.Combine(data, "uv"));
}
