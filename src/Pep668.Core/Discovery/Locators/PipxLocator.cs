using Pep668.Machines;

namespace Pep668.Discovery.Locators;

/// <summary>
/// pipx: <c>venvs/NAME</c> with a <c>pipx_metadata.json</c>, the <c>shared</c> environment with its pip
/// (<c>PIPX_SHARED_LIBS</c> instead), and in <c>py</c> the interpreters that it downloaded, below its home
/// (<c>src/pipx/paths.py</c>, <c>pipx_metadata_file.py</c>, <c>shared_libs.py</c>, <c>standalone_python.py</c>). Homes:
/// <c>PIPX_HOME</c>, <c>~/.local/pipx</c>, <c>~/pipx</c> on Windows and the user's data (<c>$XDG_DATA_HOME/pipx</c> or
/// <c>~/.local/share/pipx</c>, <c>~/Library/Application Support/pipx</c>, <c>%LOCALAPPDATA%\pipx\pipx</c>:
/// platformdirs' <c>user_data_dir</c>); for everybody <c>PIPX_GLOBAL_HOME</c> or <c>/opt/pipx</c>.
/// </summary>
internal sealed class PipxLocator : Locator
{
    /// <summary>The file in each environment of an application.</summary>
    internal const string Metadata = "pipx_metadata.json";

    internal override string Name => nameof(PythonManager.Pipx);

    // Other environments in the same folder are found too.
    internal override IReadOnlyList<PythonManager> Managers =>
        [PythonManager.Pipx, PythonManager.Venv, PythonManager.Virtualenv, PythonManager.Uv];

    internal override IEnumerable<string> Find(Machine machine) =>
        Homes(machine).SelectMany(
            home => FoldersIn(machine.Files, Path.Combine(home, "venvs")).Concat(FoldersIn(machine.Files, Path.Combine(home, "py"))))
            .Concat(Shared(machine));

    internal override PythonManager? MakerOf(Machine machine, PythonEnvironment environment)
    {
        bool isOwn = environment.IsVirtual
            ? machine.Files.IsFile(Path.Combine(environment.Prefix, Metadata))
                || Shared(machine).Any(one => IsSameFolder(machine, one, environment.Prefix))
            : Path.GetDirectoryName(environment.Prefix) is string folder && Path.GetFileName(folder) is "py"
                && Homes(machine).Any(home => IsSameFolder(machine, Path.Combine(home, "py"), folder));
        return isOwn ? PythonManager.Pipx : null;
    }

    internal override string? NameOf(PythonEnvironment environment) => Path.GetFileName(environment.Prefix);

    private static IEnumerable<string> Shared(Machine machine) =>
        UserFolders.Named(machine, "PIPX_SHARED_LIBS", Homes(machine).Select(home => Path.Combine(home, "shared")));

    /// <summary>The homes of the user's applications, the one that is used first.</summary>
    internal static IEnumerable<string> UserHomes(Machine machine)
    {
        IEnumerable<string> local = machine.Homes().Select(home => Path.Combine(home, ".local", "pipx"));
        IEnumerable<string> homes = machine.Platform == Platform.Windows
            ? (machine.Variable("LOCALAPPDATA") is string data ? [Path.Combine(data, "pipx", "pipx")] : Enumerable.Empty<string>())
                .Concat(machine.Homes().Select(home => Path.Combine(home, "pipx"))).Concat(local)
            : UserFolders.ApplicationSupport(machine)
                .Concat(machine.Platform == Platform.MacOS ? [] : UserFolders.XdgData(machine))
                .Select(data => Path.Combine(data, "pipx")).Concat(local);
        return UserFolders.Named(machine, "PIPX_HOME", homes);
    }

    /// <summary>The homes of the applications for all users (<c>pipx --global</c>).</summary>
    internal static IEnumerable<string> GlobalHomes(Machine machine) =>
        machine.Platform == Platform.Windows ? [] : UserFolders.Named(machine, "PIPX_GLOBAL_HOME", ["/opt/pipx"]);

    private static IEnumerable<string> Homes(Machine machine) =>
        UserHomes(machine).Concat(GlobalHomes(machine)).Distinct(StringComparer.Ordinal);
}
