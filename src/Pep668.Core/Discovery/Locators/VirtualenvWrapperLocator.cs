using Pep668.Machines;

namespace Pep668.Discovery.Locators;

/// <summary>
/// virtualenvwrapper: folders in <c>WORKON_HOME</c>, relative to the home folder, or <c>~/.virtualenvs</c> (its
/// <c>virtualenvwrapper.sh</c>); virtualenvwrapper-win in <c>%USERPROFILE%\Envs</c> (its <c>scripts/workon.bat</c>).
/// What it made has the hooks that <c>virtualenvwrapper/user_scripts.py</c> writes into each, or the file that names
/// its project, <c>VIRTUALENVWRAPPER_PROJECT_FILENAME</c> or <c>.project</c>.
/// </summary>
internal sealed class VirtualenvWrapperLocator : Locator
{
    private const string Variable = "WORKON_HOME"; // variables in it are expanded (virtualenvwrapper_expandpath)

    internal override string Name => nameof(PythonManager.VirtualenvWrapper);

    // The folder may contain any environment: "workon" activates all of them.
    internal override IReadOnlyList<PythonManager> Managers =>
        [PythonManager.VirtualenvWrapper, PythonManager.Pipenv, PythonManager.Virtualenv, PythonManager.Venv, PythonManager.Uv];

    internal override IEnumerable<string> Find(Machine machine) => Folders(machine).SelectMany(folder => FoldersIn(machine.Files, folder));

    internal override PythonManager? MakerOf(Machine machine, PythonEnvironment environment) =>
        environment.IsVirtual && (HasHooks(machine, environment) || HasProject(machine, environment))
            ? PythonManager.VirtualenvWrapper
            : null;

    internal override string? NameOf(PythonEnvironment environment) => Path.GetFileName(environment.Prefix);

    /// <summary>Whether <c>mkvirtualenv</c> or <c>cpvirtualenv</c> made it, wherever it stands: the hooks are there
    /// from the start.</summary>
    internal static bool HasHooks(Machine machine, PythonEnvironment environment) =>
        environment.Scripts is string scripts
        && machine.Files.IsFile(Path.Combine(scripts, "postactivate")) && machine.Files.IsFile(Path.Combine(scripts, "predeactivate"));

    // Pipenv and editors write such a file too: only in its own folders it is a sign.
    private static bool HasProject(Machine machine, PythonEnvironment environment) =>
        machine.Files.IsFile(Path.Combine(environment.Prefix, machine.Variable("VIRTUALENVWRAPPER_PROJECT_FILENAME") ?? ".project"))
        && Path.GetDirectoryName(environment.Prefix) is string parent
        && Folders(machine).Any(folder => IsSameFolder(machine, folder, parent));

    /// <summary>The folders in which environments have a name.</summary>
    internal static IEnumerable<string> Folders(Machine machine)
    {
        IEnumerable<string> usual = machine.Homes().SelectMany(home => machine.Platform == Platform.Windows
            ? (string[])[Path.Combine(home, "Envs"), Path.Combine(home, ".virtualenvs")]
            : [Path.Combine(home, ".virtualenvs")]);
        return UserFolders.Expanded(machine, Variable) is string folder && machine.Home is string own && folder is not ['~', ..]
            ? usual.Prepend(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder, own))).Distinct(StringComparer.Ordinal)
            : UserFolders.Named(machine, usual, UserFolders.Expanded(machine, Variable));
    }
}
