using System.Security.Cryptography;
using System.Text;
using Pep668.Machines;

namespace Pep668.Discovery.Locators;

/// <summary>
/// Pipenv: folders <c>PROJECT-HASH</c> in <c>WORKON_HOME</c>, else in <c>$XDG_DATA_HOME/virtualenvs</c> or
/// <c>~/.local/share/virtualenvs</c>, on Windows in <c>~\.virtualenvs</c> (<c>get_workon_home</c> in
/// <c>pipenv/utils/shell.py</c>), or a project's <c>.venv</c>. In each a <c>.project</c> names the project's folder
/// (<c>pipenv/utils/virtualenv.py</c>); the hash is that of its Pipfile's path (<c>pipenv/utils/venv_locator.py</c>),
/// which <c>PIPENV_PIPFILE</c> can name.
/// </summary>
internal sealed class PipenvLocator : Locator
{
    internal override string Name => nameof(PythonManager.Pipenv);

    // The folder may contain any environment.
    internal override IReadOnlyList<PythonManager> Managers =>
        [PythonManager.Pipenv, PythonManager.VirtualenvWrapper, PythonManager.Virtualenv, PythonManager.Venv, PythonManager.Uv];

    internal override IEnumerable<string> Find(Machine machine) =>
        Folders(machine).SelectMany(folder => FoldersIn(machine.Files, folder));

    /// <summary>The folders in which its environments have a name.</summary>
    internal static IEnumerable<string> Folders(Machine machine) =>
        UserFolders.Named(machine, Usual(machine), UserFolders.Expanded(machine, "WORKON_HOME"));

    internal override PythonManager? MakerOf(Machine machine, PythonEnvironment environment) =>
        environment.IsVirtual
            && machine.Files.ReadText(Path.Combine(environment.Prefix, ".project"), 1 << 16)?.Trim() is { Length: > 0 } project
        && Path.IsPathRooted(project)
        && (HasHash(environment.Prefix, Path.Combine(project, "Pipfile"))
            || (machine.Variable("PIPENV_PIPFILE") is string pipfile && HasHash(environment.Prefix, machine.Absolute(pipfile)))
            || (!VirtualenvWrapperLocator.HasHooks(machine, environment)
                && (machine.Files.IsFile(Path.Combine(project, "Pipfile")) || IsInOwnFolder(machine, environment.Prefix)
                    || HashedNames.EndsInHash(Path.GetFileName(environment.Prefix)))))
            ? PythonManager.Pipenv
            : null;

    // A project's .venv has no own name: its name is its prompt, which Pipenv sets to the project.
    internal override string? NameOf(PythonEnvironment environment) =>
        Path.GetFileName(environment.Prefix) is ".venv" ? null : Path.GetFileName(environment.Prefix);

    // With PIPENV_PYTHON, that follows the hash.
    private static bool HasHash(string folder, string pipfile)
    {
        string hash =
            Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(pipfile)).AsSpan(0, 6)).Replace('+', '-').Replace('/', '_');
        string name = Path.GetFileName(folder);
        return name.EndsWith("-" + hash, StringComparison.Ordinal) || name.Contains($"-{hash}-", StringComparison.Ordinal);
    }

    // The folder that no other tool has, unlike those of Windows and of the variable, which virtualenvwrapper shares.
    private static bool IsInOwnFolder(Machine machine, string folder) =>
        machine.Platform != Platform.Windows && Path.GetDirectoryName(folder) is string parent
            && Usual(machine).Any(one => IsSameFolder(machine, one, parent));

    private static IEnumerable<string> Usual(Machine machine) =>
        machine.Platform == Platform.Windows
            ? machine.Homes().Select(home => Path.Combine(home, ".virtualenvs"))
            : UserFolders.XdgData(machine).Select(data => Path.Combine(data, "virtualenvs"));
}
