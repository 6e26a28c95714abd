using Pep668.Machines;
using Pep668.Text;

namespace Pep668.Discovery.Locators;

/// <summary>
/// PDM: <c>PROJECT-HASH-NAME</c> (<c>cli/commands/venv/utils.py</c>, <c>get_venv_prefix</c>) in the folder that
/// <c>venv.location</c> names, by default <c>pdm/venvs</c> in the user's data (<c>project/config.py</c>); the setting
/// is of the user's <c>config.toml</c>, or the file that <c>PDM_CONFIG_FILE</c> names (<c>core.py</c>), else of the
/// machine's. In a project, the environment whose interpreter its <c>.pdm-python</c> names (<c>project/core.py</c>).
/// The interpreters that it downloads: in the folder that <c>python.install_root</c> names, by default
/// <c>pdm/python</c> in the user's data (<c>cli/commands/python.py</c>).
/// </summary>
internal sealed class PdmLocator : Locator
{
    internal override string Name => nameof(PythonManager.Pdm);

    internal override IReadOnlyList<PythonManager> Managers => [PythonManager.Pdm];

    internal override IEnumerable<string> Find(Machine machine) =>
        Folders(machine, "venv", "location", "venvs").SelectMany(root => FoldersIn(machine.Files, root))
            .Concat(Pythons(machine).SelectMany(folder => DownloadedPythons.In(machine.Files, folder)))
            .Concat(machine.Upward().Select(folder => SavedPython(machine, folder)).OfType<string>().Take(1));

    internal override PythonManager? MakerOf(Machine machine, PythonEnvironment environment)
    {
        if (DownloadedPythons.FolderOf(environment) is string python && Path.GetDirectoryName(python) is string pythons)
        {
            // The folder can be shared with Rye, whose it is then.
            return Path.GetFileName(Path.GetDirectoryName(pythons)) is not ".rye"
                && Pythons(machine).Any(one => IsSameFolder(machine, one, pythons)) ? PythonManager.Pdm : null;
        }
        if (environment.Kind == EnvironmentKind.Global || Path.GetDirectoryName(environment.Prefix) is not string folder)
        {
            return null;
        }
        return (HashedNames.HasHashInside(Path.GetFileName(environment.Prefix))
            && (IsUsual(folder) || Folders(machine, "venv", "location", "venvs").Any(root => IsSameFolder(machine, root, folder))))
            || (environment.IsVirtual && SavedPython(machine, folder) is string saved
                && IsBelow(environment.Prefix, machine.Files.RealDirectoryPath(saved) ?? saved))
                ? PythonManager.Pdm
                : null;
    }

    internal override string? NameOf(PythonEnvironment environment) =>
        DownloadedPythons.FolderOf(environment) is string python ? Path.GetFileName(python)
        : Path.GetFileName(environment.Prefix) is string name && HashedNames.HasHashInside(name) ? name : null;

    // The data of another user, or one that a variable named when the environment was made.
    private static bool IsUsual(string folder) =>
        Path.GetFileName(folder) is "venvs" && Path.GetFileName(Path.GetDirectoryName(folder)) is "pdm";

    private static string? SavedPython(Machine machine, string project) =>
        machine.Files.ReadText(Path.Combine(project, ".pdm-python"), 1 << 16)?.Trim() is { Length: > 0 } path && Path.IsPathRooted(path)
            ? path : null;

    private static IEnumerable<string> Pythons(Machine machine) => Folders(machine, "python", "install_root", "python");

    // Where a setting says, else in the user's data.
    private static IEnumerable<string> Folders(Machine machine, string table, string key, string usual)
    {
        return FirstString(ReadToml(machine, ConfigFiles(machine)), table, key) is string named
            ? [machine.Absolute(named)]
            : UserFolders.Data(machine).Select(folder => Path.Combine(Own(machine, folder), usual));
    }

    private static IEnumerable<string> ConfigFiles(Machine machine)
    {
        IEnumerable<string> user = machine.Variable("PDM_CONFIG_FILE") is string file
            ? [machine.Absolute(file)]
            : UserFolders.Config(machine).Select(folder => Path.Combine(Own(machine, folder), "config.toml"));
        return user.Concat(UserFolders.SiteConfig(machine).Select(folder => Path.Combine(Own(machine, folder), "config.toml")));
    }

    // On Windows platformdirs puts the author above, who is called like the tool.
    private static string Own(Machine machine, string folder) =>
        machine.Platform == Platform.Windows ? Path.Combine(folder, "pdm", "pdm") : Path.Combine(folder, "pdm");
}
